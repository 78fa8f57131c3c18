"""`indicated vocabulary lint`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import orjson

from indicated.authoring.language_lint import Coverage, Finding, coverage, lint
from indicated.cli import output as out
from indicated.errors import CheckFailed, Problem
from indicated.formats.plain_text import decode
from indicated.reading.language import read_language

_SERIOUS = ("misread", "twice", "two meanings")


def look_over(notes: Path | None, *, as_json: bool, strict: bool) -> None:
    """Print what is to be looked at in the language of charts, and what it finds in notes.

    Raises CheckFailed when an example is misread; with `strict` also for a term that stands twice or in two meanings.
    """
    found = list(lint())
    seen = coverage(read_language(), _texts(notes)) if notes else None
    out.put(_json(found, seen) if as_json else _text(found, seen), None)
    wanted = _SERIOUS if strict else _SERIOUS[:1]
    failed = [finding for finding in found if finding.kind in wanted]
    if failed:
        raise CheckFailed(
            [Problem("vocabulary/language", f"{len(failed)} findings must be mended.", "See the list.")]
        )


def _texts(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        raise out.UsageError(
            [Problem(str(folder), "there is no such folder.", "Name a folder of .txt notes.")]
        )
    paths = sorted(folder.rglob("*.txt"))
    for path in out.progress(paths, "Reading notes"):
        yield decode(path.read_bytes(), path.name).text


def _text(found: list[Finding], seen: Coverage | None) -> bytes:
    lines = [f"{finding.kind:13} {finding.entry}: {finding.what}" for finding in found]
    kinds = Counter(finding.kind for finding in found)
    lines.append(", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "nothing to look at")
    if seen:
        known = seen.statements - seen.silent
        lines.append(f"{seen.notes} notes, {seen.statements} statements, {known} of them with a known term")
        most = sorted(seen.hits.items(), key=lambda item: -item[1])[:20]
        lines.append("most found: " + ", ".join(f"{name} {count}" for name, count in most if count))
        lines.append("never found: " + (", ".join(seen.never) or "none"))
    return ("\n".join(lines) + "\n").encode()


def _json(found: list[Finding], seen: Coverage | None) -> bytes:
    data = {"findings": [asdict(finding) for finding in found], "coverage": asdict(seen) if seen else None}
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"
