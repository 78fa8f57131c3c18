"""`indicated doctor`: what is installed, what is missing, what is unsafe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from indicated.cli import output as out
from indicated.errors import CheckFailed, IndicatedError, Problem
from indicated.resources import EVIDENCE, POLICIES, ROOT, VOCABULARY

_NEEDED = ("jinja2", "msgspec", "orjson", "python-docx", "PyYAML", "rich", "typer")
_OPTIONAL = {
    "weasyprint": ("reports as PDF", "pip install 'indicated[pdf]' and the Pango library of the system")
}


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
    for name, (use, how) in _OPTIONAL.items():
        yield _importable(name, use, how)
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


def _importable(name: str, use: str, how: str) -> Check:
    try:
        import_module(name)
    except (ImportError, OSError):
        return Check("optional", f"{name}: {use} cannot be made", how)
    return Check("ok", f"{name} {version(name)}: {use}")


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
