"""The memo: one small model of a report, built once from a determination and printed in every format.

A memo has parts (a letter and its cover note), a part has sections, a section has blocks. Text is plain: what
it looks like is for the printers to say, and what is dangerous in it is for them to escape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "bad", "open", "quiet"]


@dataclass(frozen=True)
class Mark:
    """A status as a word, a sign and a tone, so that none of the three carries the meaning alone."""

    word: str
    sign: str
    plain: str
    """The sign where only ASCII can be printed."""
    tone: Tone


@dataclass(frozen=True)
class Callout:
    """The one thing to read first."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with the numbers of the sources that it rests on. A `strong` one is to be seen first."""

    text: str
    references: tuple[int, ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list. An ordered one is counted from 1."""

    entries: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of the chart, exactly, with the place where they stand.

    Coded data have no words; then `reading` says what was read from them.
    """

    text: str
    document: str
    place: str
    date: str = ""
    kind: str = ""
    reading: str = ""
    page: int = 0

    @property
    def paged(self) -> str:
        """The document with the page, where it has pages."""
        return f"{self.document}, p. {self.page}" if self.page else self.document

    @property
    def coded(self) -> str:
        """What stands in the place of the words of a coded entry."""
        return f"Coded entry: {self.reading}" if self.reading else "Coded entry"

    @property
    def where(self) -> str:
        """Where it stands, as short as can be."""
        return ", ".join(part for part in (self.paged, self.date) if part)

    @property
    def source(self) -> str:
        """Where it stands, in one line: kind, document, date, place."""
        return ", ".join(part for part in (self.kind, self.paged, self.date, self.place) if part)


@dataclass(frozen=True)
class Quoted:
    """Quotes one below the other."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class TestLine:
    """A line of the policy with what was found, and the lines below it."""

    text: str
    mark: Mark
    found: str
    lines: tuple[TestLine, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One requirement with its status, its lines, its quotes and what is to be asked."""

    id: str
    title: str
    mark: Mark
    note: str
    lines: tuple[TestLine, ...] = ()
    quotes: tuple[Quote, ...] = ()
    conflict: tuple[Quote, ...] = ()
    ask: str = ""
    basis: str = ""
    references: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table. The first column names the row; `caption` says what the table shows.

    A `quiet` caption is only spoken by screen readers, as the heading above says the same.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Mark, ...], ...]
    quiet: bool = False


@dataclass(frozen=True)
class Reference:
    """One source: its number, its citation, and labeled remarks on it."""

    number: int
    citation: str
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """How long one block helped. `days` is None when the chart does not say; censored means at least."""

    label: str
    days: float | None
    censored: bool
    relief: str

    @property
    def length(self) -> str:
        """The length in words."""
        if self.days is None:
            return "not documented"
        days = f"{self.days:g} " + ("day" if self.days == 1 else "days")
        return f"at least {days}" if self.censored else days


@dataclass(frozen=True)
class BarChart:
    """One bar for each block. `description` says in words what is to be seen."""

    title: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Field:
    """A field of a form. An empty value is a blank to be filled in, and `hint` says with what."""

    label: str
    value: str = ""
    hint: str = ""

    @property
    def blank(self) -> str:
        """The words that stand in an empty field."""
        return f"[fill in: {self.hint or self.label.lower()}]"


@dataclass(frozen=True)
class Fields:
    """Fields one below the other."""

    caption: str
    fields: tuple[Field, ...]


Block = Callout | Paragraph | Items | Quoted | Finding | Table | Reference | BarChart | Fields


@dataclass(frozen=True)
class Section:
    """A section. A `detail` is left out where space is short, as on a terminal, but for its `brief`."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    detail: bool = False
    brief: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part that begins on its own page. `lead` stands below its title."""

    title: str
    lead: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Memo:
    """A whole report. `running` stands at the head of every page and names no patient."""

    title: str
    running: str
    parts: tuple[Part, ...]
