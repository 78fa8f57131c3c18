"""A memo as Markdown. Text of the chart is escaped, so that it stays text wherever the file is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.report.clean import markdown as safe
from indicated.report.memo import (
    BarChart,
    Block,
    Callout,
    Fields,
    Finding,
    Items,
    Mark,
    Memo,
    Paragraph,
    Quote,
    Quoted,
    Reference,
    Section,
    Table,
    TestLine,
)

_BAR = 30


def markdown_bytes(memo: Memo) -> bytes:
    """The memo as Markdown text in UTF-8."""
    lines = [line for part in memo.parts for line in _part(part.title, part.lead, part.sections)]
    return ("\n".join([*lines, "---", "", safe(memo.running)]) + "\n").encode("utf-8", "replace")


def _part(title: str, lead: str, sections: Sequence[Section]) -> Iterator[str]:
    yield from (f"# {safe(title)}", "")
    if lead:
        yield from (safe(lead), "")
    for section in sections:
        yield from (f"## {safe(section.heading)}", "")
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Callout(mark, text):
            yield from (f"> **{_mark(mark)}**", ">", f"> {safe(text)}", "")
        case Paragraph(text, references, strong):
            words = f"**{safe(text)}**" if strong else safe(text)
            yield from (words + _numbers(references), "")
        case Items(entries, ordered):
            yield from (
                f"{f'{count}.' if ordered else '-'} {safe(entry)}" for count, entry in enumerate(entries, 1)
            )
            yield ""
        case Quoted(quotes):
            for quote in quotes:
                yield from _quote(quote)
        case Finding():
            yield from _finding(block)
        case Table(caption, head, rows, quiet):
            if not quiet:
                yield from (f"**{safe(caption)}**", "")
            yield from _table(head, rows)
        case Reference(number, citation, remarks):
            yield from (f"**\\[{number}\\]** {safe(citation)}", "")
            yield from (f"- {safe(label)}: {safe(text)}" for label, text in remarks)
            yield ""
        case BarChart():
            yield from _chart(block)
        case Fields(caption, fields):
            yield from (f"**{safe(caption)}**", "")
            filled = [(field.label, field.value or field.blank) for field in fields]
            yield from _table(("Field", "Entry"), filled)


def _finding(finding: Finding) -> Iterator[str]:
    yield from (f"### {_mark(finding.mark)}: {safe(finding.title)}", "")
    if finding.note:
        yield from (safe(finding.note), "")
    if finding.lines:
        yield from _lines(finding.lines, 0)
        yield ""
    for quote in finding.quotes:
        yield from _quote(quote)
    if finding.conflict:
        yield from ("These statements do not go together:", "")
        for quote in finding.conflict:
            yield from _quote(quote)
    if finding.ask:
        yield from (f"**To ask:** {safe(finding.ask)}", "")
    if finding.basis:
        yield from (f"*{safe(finding.basis)}*", "")


def _lines(lines: Sequence[TestLine], depth: int) -> Iterator[str]:
    for line in lines:
        found = f" ({safe(line.found)})" if line.found else ""
        yield f"{'  ' * depth}- {_mark(line.mark)}: {safe(line.text)}{found}"
        yield from _lines(line.lines, depth + 1)


def _quote(quote: Quote) -> Iterator[str]:
    words = f"“{safe(quote.text)}”" if quote.text else safe(quote.coded)
    yield from (f"> {words}  ", f"> {safe(quote.source)}", "")


def _chart(chart: BarChart) -> Iterator[str]:
    """The chart drawn with blocks; a hollow bar is one whose length is not known."""
    yield from (f"**{safe(chart.title)}**", "", "```text")
    longest = max((bar.days or 0 for bar in chart.bars), default=0) or 1
    width = max((len(bar.label) for bar in chart.bars), default=0)
    for bar in chart.bars:
        drawn = (
            "░" * 6 if bar.days is None else "█" * max(round(_BAR * bar.days / longest), 1 if bar.days else 0)
        )
        arrow = "▶" if bar.censored and bar.days is not None else ""
        yield f"{bar.label.replace('`', ''):<{width}}  {drawn}{arrow} {bar.length}, {bar.relief.replace('`', '')}"
    yield from ("```", "")


def _table(head: Sequence[str], rows: Sequence[Sequence[str | Mark]]) -> Iterator[str]:
    yield f"| {' | '.join(safe(cell) for cell in head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_mark(cell) if isinstance(cell, Mark) else safe(cell) for cell in row)} |"
    yield ""


def _mark(mark: Mark) -> str:
    return f"{mark.sign} {safe(mark.word)}"


def _numbers(references: Sequence[int]) -> str:
    return f" \\[{', '.join(map(str, references))}\\]" if references else ""
