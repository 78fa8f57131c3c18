"""`indicated review` and `indicated explain`."""

from __future__ import annotations

import sys
from pathlib import Path

from indicated.chart import RequestParts
from indicated.cli import output as out
from indicated.cli.judge import judge, open_chart
from indicated.errors import Problem
from indicated.report import FORMATS, Kind, render

_BY_SUFFIX = {
    ".txt": "text",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}


def review_chart(
    path: str,
    parts: RequestParts,
    policy: Path | None,
    named: str | None,
    output: Path | None,
    *,
    letter: bool,
    request: bool,
) -> None:
    """Review one chart and write the report."""
    if letter and request:
        what = "--letter and --request cannot go together."
        raise out.UsageError([Problem("indicated review", what, "Run it once for each.")])
    kind: Kind = "letter" if letter else "request" if request else "review"
    format_ = format_of(named, output)
    if format_ in {"pdf", "docx"} and output is None and sys.stdout.isatty():
        what = f"a {format_} file is not for a terminal."
        raise out.UsageError([Problem("indicated review", what, f"Name a file: -o memo.{format_}")])
    with out.recognition() as progress:
        chart = open_chart(path, parts, progress)
    out.notes(chart.notices)
    determination = judge(chart, policy)
    to_terminal = output is None
    data = render(
        determination,
        chart,
        format_,
        kind,
        width=out.width() if to_terminal else 100,
        color=out.color() if to_terminal else False,
        encoding=(sys.stdout.encoding or "utf-8") if to_terminal else "utf-8",
    )
    out.put(data, output)


def format_of(named: str | None, output: Path | None) -> str:
    """Tell the format: the one that was named, else that of the file's name, else text."""
    if named is not None:
        return named
    if output is None:
        return "text"
    found = _BY_SUFFIX.get(output.suffix.lower())
    if found is None:
        what = "the name of the file does not tell the format."
        raise out.UsageError([Problem(str(output), what, f"Add --format, one of: {', '.join(FORMATS)}.")])
    return found


def explain_criterion(path: str, parts: RequestParts, policy: Path | None, criterion: str) -> None:
    """Print the whole derivation of one criterion."""
    from indicated.report.explain import explain

    with out.recognition() as progress:
        chart = open_chart(path, parts, progress)
    out.notes(chart.notices)
    out.put(explain(judge(chart, policy), criterion).encode(_encoding(), "replace"), None)


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"
