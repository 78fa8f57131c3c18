"""A memo for the terminal: short, with every status as a word and a sign, and the words of the chart below it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indicated.report.clean import one_line, printable
from indicated.report.memo import (
    Bar,
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

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_TONES = {"good": "green", "bad": "red", "open": "yellow", "quiet": "bright_black"}


def terminal_bytes(
    memo: Memo, *, width: int = 100, color: bool = False, encoding: str = "utf-8", whole: bool = False
) -> bytes:
    """The memo for a terminal of `width` columns.

    Sections of detail are named and left out unless `whole`; what is to be
    asked then stands in its own section only. With NO_COLOR set, or without `color`, no escape
    sequence is printed. Where the encoding is not a Unicode one, signs and frames are ASCII.
    """
    from rich.console import Console

    color = color and not os.environ.get("NO_COLOR")
    unicode = encoding.lower().replace("-", "").startswith("utf")
    console = Console(
        width=max(width, 40),
        color_system="standard" if color else None,
        force_terminal=color,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    printer = _Printer(unicode, whole)
    with console.capture() as captured:
        for piece in printer.memo(memo):
            console.print(piece)
    text = "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
    return text.encode(encoding, "replace")


@dataclass(frozen=True)
class _Printer:
    """Turns blocks into what rich prints. Texts of the chart go in as `Text`, which nothing in them can steer."""

    unicode: bool
    whole: bool

    def memo(self, memo: Memo) -> Iterator[RenderableType]:
        left_out: list[str] = []
        for part in memo.parts:
            yield self.text(part.title, "bold")
            if part.lead:
                yield self.text(part.lead)
            for section in part.sections:
                if section.detail and not self.whole:
                    left_out.append(section.heading)
                    if section.brief:
                        yield from self.section(replace(section, blocks=section.brief))
                else:
                    yield from self.section(section)
            yield ""
        if left_out:
            yield self.text(
                f"In the full memo (--format html, pdf, docx or md): {', '.join(left_out)}.", "dim"
            )
        yield self.text(memo.running, "dim")

    def section(self, section: Section) -> Iterator[RenderableType]:
        yield ""
        yield self.text(section.heading, "bold underline" if self.unicode else "bold")
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[RenderableType]:
        match block:
            case Callout(mark, text):
                yield self.mark(mark)
                yield self.indent(self.text(text), 2)
            case Paragraph(text, references, strong):
                numbers = f" [{', '.join(map(str, references))}]" if references else ""
                yield self.text(text + numbers, "bold" if strong else "")
            case Items(entries, ordered):
                for count, entry in enumerate(entries, 1):
                    yield self.hanging(f"{count}." if ordered else "-", self.text(entry))
            case Quoted(quotes):
                yield from self.quotes(quotes, 2)
            case Finding():
                yield from self.finding(block)
            case Table(caption, head, rows, quiet):
                if not quiet:
                    yield self.text(caption, "italic")
                yield self.table(head, rows)
            case Reference(number, citation, remarks):
                yield self.hanging(f"[{number}]", self.text(citation))
                for label, text in remarks:
                    yield self.indent(self.text(f"{label}: {text}", "dim"), 6)
            case BarChart():
                yield from self.chart(block.bars)
            case Fields(caption, fields):
                yield self.text(caption, "italic")
                yield self.table(
                    ("Field", "Entry"), [(field.label, field.value or field.blank) for field in fields]
                )

    def finding(self, finding: Finding) -> Iterator[RenderableType]:
        title = self.mark(finding.mark)
        title.append("  ")
        title.append_text(self.text(finding.title))
        yield self.hanging("", title, 0)
        if finding.note:
            yield self.indent(self.text(finding.note, "dim"), 4)
        if finding.mark.tone in ("bad", "open"):
            yield from self.lines(finding.lines, 4)
        yield from self.quotes(finding.quotes, 4)
        if finding.conflict:
            yield self.indent(self.text("These statements do not go together:"), 4)
            yield from self.quotes(finding.conflict, 6)
        if finding.ask and self.whole:
            yield self.indent(self.text(f"To ask: {finding.ask}"), 4)

    def lines(self, lines: Iterable[TestLine], depth: int) -> Iterator[RenderableType]:
        for line in lines:
            text = self.mark(line.mark)
            text.append("  ")
            text.append_text(self.text(line.text))
            if line.found:
                text.append_text(self.text(f"  ({line.found})", "dim"))
            yield self.indent(text, depth)
            yield from self.lines(line.lines, depth + 2)

    def quotes(self, quotes: Sequence[Quote], depth: int) -> Iterator[RenderableType]:
        opening, closing = ("“", "”") if self.unicode else ('"', '"')
        for quote in quotes:
            words = f"{opening}{one_line(quote.text)}{closing}" if quote.text else quote.coded
            text = self.text(words, "italic")
            text.append_text(self.text(f"  {quote.where}", "dim"))
            yield self.indent(text, depth)

    def chart(self, bars: Sequence[Bar]) -> Iterator[RenderableType]:
        """One line for each block; a value that is a lower bound ends in an arrow."""
        longest = max((bar.days or 0 for bar in bars), default=0) or 1
        full, hollow, arrow = ("█", "░", "▶") if self.unicode else ("#", ".", ">")
        rows = []
        for bar in bars:
            length = 0 if not bar.days else max(round(24 * bar.days / longest), 1)
            drawn = hollow * 5 if bar.days is None else full * length + (arrow if bar.censored else "")
            rows.append((bar.label, drawn, f"{bar.length}, {bar.relief}"))
        yield self.table(("Block", "How long it helped", ""), rows)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str | Mark]]) -> RenderableType:
        from rich import box
        from rich.table import Table as Grid

        grid = Grid(box=box.SIMPLE_HEAD if self.unicode else box.ASCII2, pad_edge=False, show_edge=False)
        for name in head:
            grid.add_column(self.text(name), overflow="fold")
        for row in rows:
            grid.add_row(*(self.mark(cell) if isinstance(cell, Mark) else self.text(cell) for cell in row))
        return grid

    def mark(self, mark: Mark) -> Text:
        sign = mark.sign if self.unicode else mark.plain
        return self.text(f"{sign} {mark.word}", f"bold {_TONES[mark.tone]}")

    def text(self, text: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(printable(text), style=style)

    def indent(self, text: RenderableType, depth: int) -> RenderableType:
        from rich.padding import Padding

        return Padding(text, (0, 0, 0, depth))

    def hanging(self, lead: str, text: Text, depth: int = 2) -> RenderableType:
        from rich.table import Table as Grid

        if not lead:
            return self.indent(text, depth)
        grid = Grid.grid(padding=(0, 1))
        grid.add_row(self.text(lead), text)
        return self.indent(grid, depth)
