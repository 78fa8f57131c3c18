"""The documentation says what the program does, or the tests fail.

    python tests/test_docs.py --write      runs every example again and writes down what it prints

In the pages, a block marked `console` holds commands (lines that begin with `$ `) and what they print; a line `...`
stands for lines that are left out. They run in a copy of the working directory. Blocks marked `python` are doctests.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import indicated
from indicated.chart.model import Document
from indicated.errors import IndicatedError, PolicyError
from indicated.facts.find import facts_of_document
from indicated.policy import read_policy
from indicated.reading.language import read_language
from indicated.reading.terms import add_term, empty_trie, finish
from indicated.reading.tokens import tokenize
from indicated.reading.walk import Found, Trie, find, following
from indicated.resources import VOCABULARY
from indicated.vocabulary import Vocabulary, read_vocabulary

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"])
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "dist", "build")
INSTEAD = {"make": "make --assume-old=.venv/.ready"}
"""The tests run where everything is set up; setting up again would install the copy."""
WORD_LIST = ("<!-- words -->\n", "<!-- end of the words -->")
ALSO_GOOD = {"source", "rule"}
"""Words that are wrong for one thing and right for another."""
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, marked: str) -> list[str]:
    """The code blocks of a page that are marked with exactly these words."""
    found = re.findall(rf"^( *)```{re.escape(marked)}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


# Commands and what they print.


def set_up(folder: Path) -> Path:
    """Copy the working directory, with the environment of this Python as its `.venv`."""
    copy = folder / "indicated"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


def run(command: str, where: Path) -> list[str]:
    """The lines that a command prints, to standard output or to standard error."""
    kept = {key: os.environ[key] for key in ("HOME", "XDG_CACHE_HOME") if key in os.environ}
    paths = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["sh", "-c", INSTEAD.get(command, command)],
        cwd=where,
        env=kept | {"PATH": paths, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return [line.rstrip() for line in ran.stdout.splitlines()]


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines that the page prints below it."""
    command, below = "", list[str]()
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, below
            command, below = line[2:], []
        else:
            below.append(line.rstrip())
    yield command, below


def agrees(printed: list[str], written: list[str]) -> bool:
    """Whether what was printed is what is written, where `...` stands for any lines."""
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in written)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def refreshed(printed: list[str], written: list[str]) -> list[str]:
    """What to write: all that was printed, or as many lines before and behind `...` as were written."""
    if agrees(printed, written) or "..." not in written:
        return written if agrees(printed, written) else printed
    first = written.index("...")
    last = len(written) - 1 - written[::-1].index("...")
    behind = len(written) - last - 1
    return [*printed[:first], "...", *printed[len(printed) - behind :]]


def with_console() -> list[str]:
    return [str(p.relative_to(ROOT)) for p in PAGES if "```console\n" in p.read_text(encoding="utf-8")]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("docs"))


@pytest.mark.parametrize("name", with_console())
def test_commands_print_what_the_page_says(name: str, checkout: Path) -> None:
    for block in blocks(page(name), "console"):
        for command, written in commands(block):
            printed = run(command, checkout)
            assert agrees(printed, written), f"{name}: `{command}` prints:\n" + "\n".join(printed)


@pytest.mark.parametrize("name", [str(p.relative_to(ROOT)) for p in PAGES])
def test_python_on_the_page_runs(name: str, checkout: Path) -> None:
    found = blocks(page(name), "python")
    case = doctest.DocTestParser().get_doctest("\n".join(found), {}, name, name, 0)
    assert all(">>>" in block for block in found), "Python on a page is a doctest"
    with chdir(checkout):
        assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(case).failed == 0


# What must be documented.


def error_classes() -> list[str]:
    for module in pkgutil.walk_packages(indicated.__path__, "indicated."):
        importlib.import_module(module.name)
    found, waiting = [], [IndicatedError]
    while waiting:
        kind = waiting.pop()
        found.append(kind.__name__)
        waiting += kind.__subclasses__()
    return found


def test_every_error_is_on_the_page_for_integrators() -> None:
    written = page("docs/for-integrators.md")
    assert [name for name in error_classes() if f"`{name}`" not in written] == []


def word_list(vocabulary: Vocabulary) -> str:
    """Every word and parameter of the vocabulary as tables, one for each file."""
    out: list[str] = []
    files = dict.fromkeys(word.place.rpartition(":")[0] for word in vocabulary.words.values())
    for file in files:
        out += [
            f"\n### {Path(file).name}\n",
            "| word | means | values | not enough |",
            "| --- | --- | --- | --- |",
        ]
        for word in vocabulary.words.values():
            if word.place.rpartition(":")[0] == file:
                values = f"number, {word.unit}".rstrip(", ") if word.is_number else ", ".join(word.values)
                counts = f" Counts: {word.counts}." if word.counts else ""
                out.append(f"| `{word.name}` | {word.means}{counts} | {values} | {word.not_enough} |")
    out += ["\n### parameters.yaml\n", "| parameter | means | unit or values |", "| --- | --- | --- |"]
    for parameter in vocabulary.parameters.values():
        out.append(
            f"| `{parameter.name}` | {parameter.means} | {parameter.unit or ', '.join(parameter.values)} |"
        )
    return "\n".join(out) + "\n\n"


def test_every_word_is_on_the_page_of_words() -> None:
    start, end = WORD_LIST
    written = page("docs/vocabulary.md").partition(start)[2].partition(end)[0]
    assert written == word_list(read_vocabulary(VOCABULARY)), "run: python tests/test_docs.py --write"


def test_every_word_that_is_read_from_charts_is_on_the_page_of_reading() -> None:
    words = read_vocabulary(VOCABULARY).words.values()
    read = [word.name for word in words if word.definition is None and not word.facts_of]
    assert [name for name in read if f"`{name}`" not in page("docs/reading-notes.md")] == []


@pytest.mark.parametrize("name", [str(p.relative_to(ROOT)) for p in PAGES])
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page(name))
    assert [t for t in targets if not (ROOT / name).parent.joinpath(t).exists()] == []


def test_the_readme_names_what_the_tests_install() -> None:
    installs = re.search(r"apt-get install -y -qq (.+)$", page(".ci/run"), re.MULTILINE)
    assert installs
    assert [p for p in installs[1].split() if f"`{p}`" not in page("README.md")] == []


# ARCHITECTURE.md names files and functions that are there; GLOSSARY.md names words of the code.


def test_the_architecture_names_what_is_there() -> None:
    named = re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)(?:::([A-Za-z_.]+))?`", page("ARCHITECTURE.md"))
    assert len(named) > 10
    missing = [f"{file}::{function}" for file, function in named if not _is_there(file, function)]
    assert not missing


def _is_there(file: str, function: str) -> bool:
    path = next((p for p in (ROOT / "src" / "indicated" / file, ROOT / file) if p.is_file()), None)
    if path is None:
        return False
    scope: list[Any] = [ast.parse(path.read_text(encoding="utf-8"))]
    for part in function.split(".") if function else ():
        scope = [node for node in ast.iter_child_nodes(scope[0]) if getattr(node, "name", "") == part]
        if not scope:
            return False
    return True


def glossary() -> list[str]:
    return [
        w
        for row in re.findall(r"^\| (`.+?) \|", page("GLOSSARY.md"), re.MULTILINE)
        for w in re.findall(r"`([^`]+)`", row)
    ]


@pytest.mark.parametrize("word", glossary())
def test_every_word_of_the_glossary_is_used_in_the_code(word: str) -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    code += "".join(p.read_text(encoding="utf-8") for p in (ROOT / "policies").rglob("policy.yaml"))
    assert re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", code)


def test_what_we_do_not_say_is_no_class_of_the_code() -> None:
    rows = re.findall(r"^\| `.+ \| .+ \| (.+) \|$", page("GLOSSARY.md"), re.MULTILINE)
    banned = {word.strip().replace(" ", "") for row in rows for word in row.lower().split(",")}
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in (ROOT / "src").rglob("*.py")]
    classes = {n.name for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    assert len(banned) > 10
    assert [name for name in classes if name.lower() in banned - ALSO_GOOD] == []


# The examples of the pages on policies and on reading.


def test_the_example_policy_can_be_read(tmp_path: Path) -> None:
    (text,) = blocks(page("docs/for-policy-authors.md"), "yaml policy")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    policy = read_policy(tmp_path / "policy.yaml")
    assert [criterion.id for criterion in policy.criteria]


def test_the_wrong_policy_is_told_what_the_page_says(tmp_path: Path) -> None:
    text = page("docs/for-policy-authors.md")
    (right,), (wrong,), (told,) = (blocks(text, m) for m in ("yaml policy", "yaml wrong", "text"))
    path = tmp_path / "policy.yaml"
    head = right[: right.index("criteria:\n")]
    path.write_text(head + wrong, encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        read_policy(path)
    offset = head.count("\n")
    said = [str(problem).removeprefix(f"{path}:") for problem in raised.value.problems]
    lines = [f"line {int(s.partition(':')[0]) - offset}:{s.partition(':')[2]}" for s in said]
    assert "\n".join(lines) + "\n" == told


def examples(marked: str) -> list[dict[str, Any]]:
    found = blocks(page("docs/reading-notes.md"), f"yaml {marked}")
    return [entry for block in found for entry in yaml.load(block, Loader=yaml.BaseLoader)]  # noqa: S506


@pytest.mark.parametrize("example", examples("terms"), ids=lambda e: str(e["term"]))
def test_a_term_finds_what_the_page_says(example: dict[str, Any]) -> None:
    assert all(found_by(example["term"], text) for text in example["finds"])
    assert not any(found_by(example["term"], text) for text in example.get("not", []))


def found_by(term: str, text: str) -> bool:
    language, tokens = read_language(), tokenize(text.lower())
    after = following(tokens)
    classes: dict[int, list[tuple[str, int]]] = {}
    for trie in language.tries:
        found: Found = {}
        find(trie, tokens, after, classes, found)
        for tags, spans in found.items():
            for first, last in spans:
                classes.setdefault(first, []).extend((slot, last) for slot in language.filled_by(tags))
    written = empty_trie()
    add_term(written, term, 0)
    found = {}
    find(Trie(finish(written)), tokens, after, classes, found)
    return bool(found)


@pytest.mark.parametrize("example", examples("readings"), ids=lambda e: str(e["text"]))
def test_a_sentence_reads_as_the_page_says(example: dict[str, Any]) -> None:
    document = Document("note", example["text"], date(2026, 3, 10))
    facts = [f for f in facts_of_document(document) if f.word == example["word"]]
    assert {fact.status.value for fact in facts} == ({example["status"]} - {"no fact"})


def write() -> None:
    """Run every example of the pages again and write down what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = set_up(Path(folder))

        def renewed(match: re.Match[str]) -> str:
            lines: list[str] = []
            for command, written in commands(match[1]):
                printed = run(command, checkout)
                if any("error: the program failed" in line for line in printed):
                    sys.exit(f"`{command}` fails; nothing more is written")
                lines += [f"$ {command}", *refreshed(printed, written)]
            return "```console\n" + "\n".join(lines) + "\n```"

        for path in PAGES:
            before = path.read_text(encoding="utf-8")
            after = _BLOCK.sub(renewed, before)
            if path.name == "vocabulary.md":
                start, end = WORD_LIST
                head, _, rest = after.partition(start)
                words = word_list(read_vocabulary(VOCABULARY))
                after = head + start + words + end + rest.partition(end)[2]
            if after != before:
                path.write_text(after, encoding="utf-8")
                print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(f"usage: python {sys.argv[0]} --write")
    write()
