"""What a format reader gives: the text of a document, and where each piece of it stands in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points (1/72 inch), counted from the upper left corner of the page."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A run of the text and where it stands: a box on a page, or a path inside the file.

    `start` and `end` count characters of the text. `page` counts from 1; 0 where the format has no pages.
    `path` names the place for a person ("table 2, row 3", "section 10160-0"). `confidence` is that of optical
    recognition, from 0 to 1; None for text that was read as text.
    """

    start: int
    end: int
    page: int = 0
    box: Box | None = None
    path: str = ""
    confidence: float | None = None


class Page(msgspec.Struct, frozen=True):
    """One page: its span of the text, its size in points, and how it was read.

    `how` is "text" or "OCR". `problem` says why the page could not be read, and is empty when it was.
    `blank` is a page without ink, which is read and says nothing. `turned` says by how many degrees, clockwise,
    the page of the source was turned to be read; its boxes are those of the turned page.
    """

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    how: str = "text"
    confidence: float | None = None
    problem: str = ""
    blank: bool = False
    turned: int = 0


class Hidden(msgspec.Struct, frozen=True):
    """Text that a reader of the page does not see and that is not read as chart: where it is and why.

    `why` is one of "invisible", "tiny", "hidden run", "comment", "metadata", "outside the page". `length`
    counts its characters; the words themselves are not kept.
    """

    why: str
    length: int
    page: int = 0
    path: str = ""


class SourceMap(msgspec.Struct, frozen=True):
    """Pages and places of a text. Both are in the order of the text and do not overlap."""

    pages: tuple[Page, ...] = ()
    places: tuple[Place, ...] = ()

    def page_at(self, position: int) -> Page | None:
        """The page that holds a character of the text; None for a format without pages."""
        number = bisect_right(self.pages, position, key=lambda page: page.start) - 1
        return self.pages[number] if number >= 0 else None

    def places_of(self, start: int, end: int) -> Iterator[Place]:
        """The places of the characters from `start` to `end`, in the order of the text."""
        number = max(0, bisect_right(self.places, start, key=lambda place: place.start) - 1)
        for place in self.places[number:]:
            if place.start >= end:
                return
            if place.end > start:
                yield place


class Reading(msgspec.Struct, frozen=True):
    """A document as a format reader read it.

    `how` says by what ("PDF", "PDF, page 3 by OCR", "DOCX"). `kind` and `date` are given by formats that
    carry them (a C-CDA header). `resources` are the coded entries of the file as FHIR R4 resources, and
    `patient` what the file's own header says of the patient (keys: name, birth_date, record_number). `members`
    are the files of an archive, by their paths in it.
    `notices` are sentences for the reading log, without a word of the chart.
    """

    text: str
    how: str
    map: SourceMap = SourceMap()
    hidden: tuple[Hidden, ...] = ()
    notices: tuple[str, ...] = ()
    kind: str | None = None
    date: date | None = None
    patient: dict[str, str] = {}
    resources: tuple[dict[str, Any], ...] = ()
    members: dict[str, bytes] = {}


class TextBuilder:
    """Puts a text together piece by piece and remembers where each piece came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.pages: list[Page] = []
        self.places: list[Place] = []

    def add(self, text: str, **where: Any) -> None:
        """Add a piece. `where` are the fields of its `Place`; without any it has no place (a line end)."""
        if where and text:
            self.places.append(Place(self.length, self.length + len(text), **where))
        self.parts.append(text)
        self.length += len(text)

    def end_page(self, number: int, since: int, **fields: Any) -> None:
        """Close a page that began at the character `since`. `fields` are further fields of its `Page`."""
        self.pages.append(Page(number, since, self.length, **fields))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def map(self) -> SourceMap:
        """The source map so far."""
        return SourceMap(tuple(self.pages), tuple(self.places))
