"""`indicated facts`: what was found, before any policy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from indicated.chart import RequestParts
from indicated.cli import output as out
from indicated.cli.judge import open_chart
from indicated.errors import ChartError, Problem
from indicated.facts import find_facts
from indicated.report.facts import facts_jsonl, facts_text


def show_facts(charts: list[str], parts: RequestParts, format_: str, output: Path | None) -> None:
    """Find the facts of charts, one after the other, and print each chart's when they are found.

    A chart that cannot be read does not stop the others: its problems are told at the end, and the
    command then leaves with 3.
    """
    if format_ not in {"text", "jsonl"}:
        raise out.UsageError([Problem("--format", "this is no format of facts.", "Use text or jsonl.")])
    problems: list[Problem] = []
    pieces = _pieces(charts, parts, format_, problems)
    if output is None:
        for piece in pieces:
            out.put(piece, None)
    else:
        out.put(b"".join(pieces), output)
    if problems:
        raise ChartError(problems)


def _pieces(charts: list[str], parts: RequestParts, format_: str, problems: list[Problem]) -> Iterator[bytes]:
    several = len(charts) > 1
    for path in out.progress(charts, "Reading charts"):
        try:
            chart = open_chart(path, parts)
        except ChartError as error:
            name = f"{path}: " if several else ""
            problems += [Problem(f"{name}{p.place}", p.what, p.instead) for p in error.problems]
            continue
        out.notes(chart.notices, chart.name if several else "")
        facts = find_facts(chart)
        if format_ == "jsonl":
            yield facts_jsonl(chart.name, facts)
        else:
            heading = f"{chart.name}\n\n" if several else ""
            text = heading + facts_text(facts, out.width()) + ("\n" if several else "")
            yield text.encode(sys.stdout.encoding or "utf-8", "replace")
