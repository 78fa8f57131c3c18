"""`indicated doctor`: what is installed, what is missing, what is unsafe."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from indicated.cli import output as out
from indicated.errors import CheckFailed, IndicatedError, Problem
from indicated.resources import EVIDENCE, POLICIES, ROOT, VOCABULARY

_NEEDED = (
    "jinja2", "lxml", "msgspec", "orjson", "pillow", "pypdfium2", "python-docx", "PyYAML", "rich", "striprtf", "typer",
)  # fmt: skip
_OPTIONAL = {
    "weasyprint": (
        "reports as PDF",
        "cannot be made",
        "pip install 'indicated[pdf]' and the Pango library of the system",
    ),
    "z3": ("proofs about policies", "cannot be made", "pip install 'indicated[prove]'"),
    "httpx": (
        "calls of a language model on the own network",
        "cannot be made",
        "pip install 'indicated[model]'",
    ),
}
_DISTRIBUTION = {"z3": "z3-solver"}
_TESSERACT = "apt install tesseract-ocr, brew install tesseract, or the installer of UB Mannheim"
_SECONDS = 20


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: `state`, what it is, and what to do when it is not ok."""

    state: Literal["ok", "missing", "optional", "unsafe"]
    what: str
    instead: str = ""


def report() -> None:
    """Print every check. Raises CheckFailed when something that a review needs is missing."""
    checks = list(_checks())
    lines = [f"{c.state:9}{c.what}" + (f"  ->  {c.instead}" if c.instead else "") for c in checks]
    out.put(("\n".join(lines) + "\n").encode(sys.stdout.encoding or "utf-8", "replace"), None)
    missing = [c for c in checks if c.state == "missing"]
    if missing:
        raise CheckFailed(Problem("doctor", f"{c.what}.", c.instead) for c in missing)


def _checks() -> Iterator[Check]:
    found = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= (3, 11)
    yield Check("ok" if enough else "missing", f"Python {found}", "" if enough else "Install 3.11 or newer.")
    for name in _NEEDED:
        try:
            yield Check("ok", f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Check("missing", name, f"pip install {name}")
    yield _yaml()
    for name, (use, lacking, how) in _OPTIONAL.items():
        yield _importable(name, use, lacking, how)
    yield _tesseract()
    yield _page_cache()
    yield _cut_off()
    yield from _data()
    yield _encoding()
    if os.environ.get("INDICATED_DEBUG") == "1":
        yield Check(
            "unsafe", "INDICATED_DEBUG=1 shows tracebacks, which may quote charts", "unset INDICATED_DEBUG"
        )
    else:
        yield Check("ok", "no chart text in error messages")


def _yaml() -> Check:
    import yaml

    if yaml.__with_libyaml__:
        return Check("ok", "PyYAML with libyaml")
    return Check("missing", "libyaml, which PyYAML reads with", "pip install --only-binary :all: PyYAML")


def _importable(name: str, use: str, lacking: str, how: str) -> Check:
    try:
        import_module(name)
    except (ImportError, OSError):
        return Check("optional", f"{name}: {use} {lacking}", how)
    return Check("ok", f"{name} {version(_DISTRIBUTION.get(name, name))}: {use}")


def _tesseract() -> Check:
    """Whether scans and faxes can be read: the program, and its data for English."""
    from indicated.formats.ask import TESSERACT

    lacking = "Tesseract: scans and faxes cannot be read, and their pages count as unread"
    path = shutil.which(TESSERACT)
    if path is None:
        return Check("optional", lacking, _TESSERACT)
    try:
        told, languages = (
            subprocess.run(  # noqa: S603  # the program that recognises pages, with no argument of a chart
                [path, option], capture_output=True, text=True, timeout=_SECONDS, check=True
            ).stdout
            for option in ("--version", "--list-langs")
        )
    except (OSError, subprocess.SubprocessError):
        return Check("optional", f"{lacking} ({path} does not run)", _TESSERACT)
    if "eng" not in languages.split():
        return Check("optional", f"{lacking} (no data for English)", "apt install tesseract-ocr-eng")
    number = (told.splitlines() or [""])[0].removeprefix(TESSERACT).strip()
    return Check("ok", f"Tesseract {number}: scans and faxes")


def _page_cache() -> Check:
    """Where recognised pages, which are text of charts, are kept."""
    from indicated.formats.page_cache import SETTING, folder

    where = folder()
    if where is None:
        return Check("ok", f"recognised pages are not kept ({SETTING}=off)")
    return Check(
        "ok", f"recognised pages are kept in {where}, for their owner alone; {SETTING}=off keeps none"
    )


def _cut_off() -> Check:
    """Whether the system lets the readers of foreign files give up the network. A worker tries it, not this process."""
    code = "import sys; from indicated.formats.worker import cut_off; sys.exit(not cut_off())"
    try:
        found = subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-c", code], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        found = None
    if found and found.returncode == 0:
        return Check("ok", "readers of foreign files are cut off from the network by the system")
    what = "readers of foreign files are kept from the network by Python alone"
    return Check("optional", what, "allow unprivileged user namespaces (kernel.unprivileged_userns_clone=1)")


def _data() -> Iterator[Check]:
    from indicated.policy import read_policy
    from indicated.vocabulary import read_vocabulary
    from indicated.vocabulary.codes import read_codes
    from indicated.vocabulary.drugs import read_drugs

    try:
        words = read_vocabulary(VOCABULARY)
        read_codes(VOCABULARY)
        drugs = read_drugs(VOCABULARY)
        yield Check("ok", f"vocabulary: {len(words.words)} words, {len(drugs.drugs)} drugs and families")
        paths = sorted(POLICIES.glob("*/policy*.yaml"))
        for path in paths:
            policy = read_policy(path, words)
            yield Check("ok", f"policy {policy.id} {policy.version} ({policy.status})")
        if not paths:
            yield Check("missing", f"policies in {POLICIES}", "Reinstall indicated.")
    except (IndicatedError, OSError) as error:
        yield Check(
            "missing", f"policies and vocabulary in {ROOT} that can be read", str(error).splitlines()[0]
        )
    if not any(EVIDENCE.glob("*.yaml")):
        yield Check("missing", f"the evidence ledger in {EVIDENCE}", "Reinstall indicated.")


def _encoding() -> Check:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        return Check("ok", "the terminal shows UTF-8")
    return Check(
        "optional",
        f"the terminal shows {encoding or 'ASCII'}: some marks are replaced",
        "export PYTHONUTF8=1",
    )
