"""The rules of the house, so that nobody has to remember them. CONTRIBUTING.md says them in words."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicated.cli.main import fault
from indicated.determine.model import Outcome
from indicated.reading.language import language_entries
from indicated.reading.status import Status
from indicated.reading.terms import add_term, empty_trie

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
CODE = sorted([*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def in_package(path: Path) -> str:
    """The package of a source file: "cli", "report"; a module at the top by its own name."""
    return path.relative_to(ROOT / "src" / "indicated").parts[0].removesuffix(".py")


def test_no_file_is_longer_than_people_read() -> None:
    long = {name(p): n for p in CODE if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name(path)}:{node.name}": lines
        for path in CODE
        if "tests" not in path.relative_to(ROOT).parts  # an invented chart is one long literal
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long


def test_only_the_command_line_keeps_what_it_did_not_expect() -> None:
    """Elsewhere a broad `except` may tidy up, and then it raises again."""
    caught = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        if in_package(path) != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _broad(node.type) and not _raises_again(node)
    ]
    assert not caught


def _broad(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))
        for kind in kinds
    )


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_every_error_has_a_name() -> None:
    raised = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise) and re.match(r"(Base)?Exception\b", ast.unparse(node.exc or node))
    ]
    assert not raised


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Definition]]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def test_every_public_name_says_what_it_is() -> None:
    silent, unfinished = [], []
    for path in SOURCES:
        for what, node in public(tree(path).body):
            text = ast.get_docstring(node)
            if not text:
                silent.append(f"{name(path)}:{what}")
            elif not text.split("\n\n")[0].rstrip().endswith((".", ":", "?", ".)")):
                unfinished.append(f"{name(path)}:{what}")
    assert not silent
    assert not unfinished


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(p) for p in SOURCES if p.read_text("utf-8").strip() and not ast.get_docstring(tree(p))]
    assert not silent


# No denial. Where facts are read and weighed the word belongs to the patient ("denies bleeding"); in these packages
# it would be an outcome, which only a person may give.

OUTCOME_PACKAGES = ("policy", "determine", "report", "score", "cli", "errors")
DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ial|ials)|reject(?:ed|ion|s)?|adverse)\b", re.IGNORECASE)
SAID_OF_US = re.compile(r"\b(?:no|never|cannot|nothing|none of them)\s+(?:\w+\s+)?$", re.IGNORECASE)


def test_there_are_four_outcomes_and_none_of_them_denies() -> None:
    assert {outcome.value for outcome in Outcome} == {
        "criteria_met",
        "more_information",
        "clinician_review",
        "out_of_scope",
    }


def test_the_program_speaks_of_denial_only_to_say_that_it_does_not() -> None:
    texts = [
        (f"{name(path)}:{node.lineno}", node.value)
        for path in SOURCES
        if in_package(path) in OUTCOME_PACKAGES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [
        (name(path), path.read_text(encoding="utf-8"))
        for folder in ("src/indicated/report", "policies")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".j2", ".css", ".json") or path.name == "policy.yaml"
    ]
    spoken = [
        place
        for place, text in texts
        for match in DENIAL.finditer(text)
        if not SAID_OF_US.search(text[: match.start()])
    ]
    assert not spoken


def test_nothing_that_decides_is_named_after_a_denial() -> None:
    named = [
        f"{name(path)}:{found}"
        for path in SOURCES
        if in_package(path) in OUTCOME_PACKAGES
        for node in ast.walk(tree(path))
        for found in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", ""))
        if isinstance(found, str) and re.search(r"den(?:y|ied|ial)|adverse|reject", found, re.IGNORECASE)
    ]
    assert not named


# No chart text in messages.

CANARY = "Wilhelmina Quackenbush, born 1961-04-05"


def test_a_fault_of_the_program_does_not_quote_the_chart() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        said = fault(error)
    assert "Quackenbush" not in said
    assert "Reference" in said


@pytest.mark.parametrize("package", ["chart", "reading", "facts"])
def test_errors_of_the_readers_are_raised_without_the_text_they_read(package: str) -> None:
    """Where a reader raises, what it raises may not hold a text, a quote or a value of the chart."""
    holds = re.compile(r"\b(?:text|quote|folded|body|content|line_text|sentence|words)\b(?!_)")
    quoting = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        if in_package(path) == package
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem"
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        for part in ast.walk(argument)
        if isinstance(part, ast.FormattedValue) and holds.search(ast.unparse(part.value))
    ]
    assert not quoting


# The language files.

ENTRY_KINDS = ("word", "class", "cue")
SAID_BESIDE = ("means", "about", "examples")
CUE_PLACES = ("before", "after", "within", "heading", "kind")


def test_every_entry_of_the_language_is_well_formed() -> None:
    wrong = [problem for entry in language_entries() for problem in faults(entry)]
    assert not wrong


def faults(entry: dict[str, object]) -> Iterator[str]:
    kinds = [kind for kind in ENTRY_KINDS if kind in entry]
    title = str(entry.get(kinds[0])) if kinds else str(entry)[:60]
    if len(kinds) != 1:
        yield f"{title}: is one of {ENTRY_KINDS}"
        return
    groups = {key: terms for key, terms in entry.items() if key not in (*ENTRY_KINDS, *SAID_BESIDE)}
    if not groups and "about" not in entry:
        yield f"{title}: has no terms"
    if "cue" in entry and set(groups) - set(CUE_PLACES):
        yield f"{title}: a cue stands {CUE_PLACES}"
    if "class" in entry and set(groups) - {"terms"}:
        yield f"{title}: a class has terms only"
    for key, terms in groups.items():
        if not isinstance(terms, list) or not terms or not all(isinstance(t, str) and t for t in terms):
            yield f"{title}, {key}: is a list of terms"
            continue
        for term in terms if key not in ("heading", "kind") else ():
            try:
                add_term(empty_trie(), term.lower(), 0)
            except ValueError as error:
                yield f"{title}, {key}: {error}"
    examples = entry.get("examples", [])
    for example in examples if isinstance(examples, list) else [examples]:
        if not isinstance(example, dict) or not example.get("text"):
            yield f"{title}: an example has a text"
        elif "status" in example and example["status"] not in [*Status, "none", "not mentioned"]:
            yield f"{title}: an example has a status that there is not"


# What is installed.


def test_every_dependency_has_a_lower_bound() -> None:
    project = PROJECT["project"]
    asked = [*project["dependencies"], *(d for ds in project["optional-dependencies"].values() for d in ds)]
    assert [d for d in asked if not re.fullmatch(r"[A-Za-z0-9-]+>=\d[\d.]*", d)] == []
    assert project["requires-python"] == ">=3.11"


def locked(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, re.MULTILINE))
    loose = re.findall(r"^[A-Za-z][^\s=]*(?=\s|$)(?!==).*$", text, re.MULTILINE)
    assert not [line for line in loose if "==" not in line]
    return pins


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_what_is_locked(file: str) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    versions = {package["name"]: package.get("version") for package in lock["package"]}
    pins = locked(file)
    assert pins
    assert {name: version for name, version in pins.items() if versions.get(name) != version} == {}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_hash(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert not [block[:40] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_all_that_the_project_asks_for_is_locked() -> None:
    needed = {re.split(r">=", d)[0].lower() for d in PROJECT["project"]["dependencies"]}
    groups = {d.lower() for ds in PROJECT["dependency-groups"].values() for d in ds}
    assert needed <= set(locked("requirements.txt"))
    assert needed | groups <= set(locked("requirements-dev.txt"))


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_requirements_are_the_export_of_the_lock(file: str) -> None:
    uv = shutil.which("uv")
    if not uv:
        pytest.skip("uv is not installed; only who changes a dependency needs it")
    text = (ROOT / file).read_text(encoding="utf-8")
    command = re.search(r"^#\s+uv (export .*)$", text, re.MULTILINE)
    assert command
    words = [word for word in command[1].split() if word != file and word != "-o"]
    export = subprocess.run(
        [uv, *words, "--frozen", "--offline"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert without_comments(export.stdout) == without_comments(text)


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
