"""The documents inside one file: a fax or a printed chart, cut where a page begins a new document.

A page begins one when its count of pages starts again, or when it has a title and a day that the pages before do not
have. In doubt the pages stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import msgspec

from indicated.chart.header_date import HeaderDate, header_date
from indicated.chart.model import Document
from indicated.chart.page_terms import LONGEST, any_of, fields, head_lines, page_words, plain
from indicated.formats.model import Page, SourceMap

_TITLE_LINES, _LETTER_LINES, _EDGE = 4, 12, 3
_FEW = 5
"""So many words may stand in a title beside its own."""


@dataclass(frozen=True)
class Head:
    """What the first lines of a page say: its kind, its day, whether it is a letter, and its first line."""

    kind: str | None
    day: HeaderDate | None
    letter: bool
    first: str


def parts(document: Document, latest: date, births: frozenset[date] = frozenset()) -> tuple[Document, ...]:
    """Cut a document into those that it holds; each has its kind and its day by its own first page.

    `latest` is the day of the request; `births` are birth dates, which are the day of no document. The day that the
    sender gave to the file is that of its parts only where no page gives one.
    """
    document = with_pages(document)
    pages = document.map.pages
    heads = [head(document.text[page.start : page.end], latest, births) for page in pages]
    starts = [0, *_starts(document, pages, heads)] if len(pages) > 1 else [0]
    if len(starts) == 1:
        return (_described(document, head(document.text, latest, births), alone=True),)
    if any(heads[first].day for first in starts):
        document = replace(document, date=None)
    spans = zip(starts, [*starts[1:], len(pages)], strict=True)
    return tuple(
        _described(cut(document, pages[first:after]), heads[first], alone=False) for first, after in spans
    )


def with_pages(document: Document) -> Document:
    """The document itself; a text with form feeds gets the pages that they divide."""
    if document.map.pages or "\f" not in document.text:
        return document
    pages, start = [], 0
    for number, piece in enumerate(document.text.split("\f"), 1):
        end = min(start + len(piece) + 1, len(document.text))
        pages.append(Page(number, start, end, blank=not piece.strip()))
        start = end
    return replace(document, map=SourceMap(tuple(pages), document.map.places))


def cut(document: Document, pages: Sequence[Page]) -> Document:
    """The document that some neighbouring pages are, with its map and the hidden text of these pages."""
    start, end = pages[0].start, pages[-1].end
    numbers = {page.number for page in pages}
    moved = tuple(
        msgspec.structs.replace(page, start=page.start - start, end=page.end - start) for page in pages
    )
    places = tuple(
        msgspec.structs.replace(place, start=max(place.start, start) - start, end=min(place.end, end) - start)
        for place in document.map.places_of(start, end)
    )
    first, last = pages[0].number, pages[-1].number
    return replace(
        document,
        name=f"{file_of(document)}{_MARK}{f' {first}' if first == last else f's {first}-{last}'}",
        text=document.text[start:end],
        map=SourceMap(moved, places),
        hidden=tuple(one for one in document.hidden if one.page in numbers or (first == 1 and not one.page)),
    )


_MARK = "#page"


def file_of(document: Document) -> str:
    """The name of the file that a document is a part of."""
    return document.name.partition(_MARK)[0]


def head(text: str, latest: date, births: frozenset[date] = frozenset()) -> Head:
    """Read the first lines of a page or a document."""
    lines = head_lines(text)
    day = header_date(text, latest, births)
    letter = any(_letter().match(plain(line).strip()) for line in lines[:_LETTER_LINES])
    kind = _title(lines) or (page_words().letter_kind if letter and day else None)
    return Head(kind, day, letter, " ".join(plain(lines[0]).split()) if lines else "")


def _described(document: Document, found: Head, *, alone: bool) -> Document:
    """Give a document the kind and the day of its head where it has none; a part of a file goes by its own head."""
    day, by = document.date, document.dated_by
    if found.day and (day is None or not alone):
        day, by = found.day.day, found.day.label
    kind = document.kind if alone and document.kind else found.kind or document.kind
    return replace(document, date=day, dated_by=by, kind=kind)


def _starts(document: Document, pages: Sequence[Page], heads: Sequence[Head]) -> Iterator[int]:
    current = heads[0]
    for number in range(1, len(pages)):
        page, this = pages[number], heads[number]
        if page.problem or page.blank:
            continue
        counts = _counts(document.text[page.start : page.end])
        own = [one for one in counts if one != (page.number, len(pages))]
        if any(count == 1 for count, _ in own) or (not own and _begins(this, current)):
            yield number
            current = this


def _begins(this: Head, current: Head) -> bool:
    """Whether a page without a count begins another document: by a title or a salutation, with a day of its own."""
    if this.day is None or this.kind is None:
        return False
    if current.day and this.day.day == current.day.day and this.first == current.first:
        return False  # a running head
    return this.letter or this.kind != current.kind or not current.day or this.day.day != current.day.day


def _counts(text: str) -> list[tuple[int, int]]:
    """What a page says of its place among its pages, in its first and last lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    edges = plain("\n".join(line[:LONGEST] for line in [*lines[:_EDGE], *lines[-_EDGE:]]))
    found = (tuple(int(one) for one in match.groups() if one) for match in _count().finditer(edges))
    return [(pair[0], pair[1]) for pair in found]


@lru_cache(maxsize=1)
def _count() -> re.Pattern[str]:
    forms = (
        r"(\d{1,3})".join(re.escape(piece).replace(r"\ ", r"\s*") for piece in term.split("#"))
        for term in page_words().counts
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


@lru_cache(maxsize=1)
def _letter() -> re.Pattern[str]:
    return re.compile(any_of(page_words().letter))


@lru_cache(maxsize=1)
def _titles() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {_bare(title): kind for kind, titles in page_words().kinds.items() for title in titles}
    return re.compile(any_of(title for titles in page_words().kinds.values() for title in titles)), kinds


def _bare(text: str) -> str:
    return re.sub(r"[ \-]", "", text)


def _title(lines: Sequence[str]) -> str | None:
    """The kind by the longest title in the first lines; a title is a short field without a sentence around it."""
    pattern, kinds = _titles()
    best = ""
    for line in lines[:_TITLE_LINES]:
        if line.rstrip().endswith((".", ";", ",")):
            break  # the text has begun
        for field in fields(line):
            folded = plain(field)
            if field.endswith(".") or ": " in field or not field[:1].isupper():
                continue
            for match in pattern.finditer(folded):
                rest = (folded[: match.start()] + folded[match.end() :]).split()
                if len(rest) <= _FEW and len(match[0]) > len(best):
                    best = match[0]
    return kinds.get(_bare(best))
