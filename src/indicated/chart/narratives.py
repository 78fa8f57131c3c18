"""Documents that FHIR writes as narrative: the sections of a Composition, the text of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from indicated.chart.document import Found, document_of, unreadable
from indicated.errors import ChartError
from indicated.formats.ask import Ask
from indicated.formats.model import Page, Reading, SourceMap
from indicated.formats.sandbox import run

_AT_ONCE = 2_000_000
"""Letters of markup that one worker reads."""


@dataclass(frozen=True)
class Narrative:
    """A document that waits to be read: its sections with place, title and XHTML."""

    name: str
    on: date | None
    kind: str | None
    sections: tuple[tuple[str, str, str], ...]


def sections_of(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The sections of a Composition and those inside them, in the order of the document."""
    waiting = list(reversed(rows))
    number = 0
    while waiting:
        row = waiting.pop()
        number += 1
        code = _first_coding(row.get("code"))
        title, text = row.get("title"), row.get("text")
        named = title if isinstance(title, str) else code.get("display")
        division = text.get("div") if isinstance(text, dict) else None
        if isinstance(division, str):
            place = code.get("code") if isinstance(code.get("code"), str) else number
            yield f"section {place}", named if isinstance(named, str) else "", division
        inside = row.get("section")
        parts: list[Any] = inside if isinstance(inside, list) else []
        waiting.extend(part for part in reversed(parts) if isinstance(part, dict))


def read_narratives(waiting: Sequence[Narrative], file: str) -> Iterator[Found]:
    """Read narratives, many at a time. One that cannot be read is a document of which nothing was read."""
    batch: list[Narrative] = []
    length = 0
    for narrative in waiting:
        batch.append(narrative)
        length += sum(len(division) for _, _, division in narrative.sections)
        if length > _AT_ONCE:
            yield from _read(batch, file)
            batch, length = [], 0
    yield from _read(batch, file)


def _read(batch: Sequence[Narrative], file: str) -> Iterator[Found]:
    rows = [(number, *section) for number, one in enumerate(batch, 1) for section in one.sections]
    if not rows:
        return
    try:
        reading = run(Ask("narrative", msgspec.json.encode(rows)), file)
    except ChartError as error:
        if len(batch) > 1:
            for one in batch:
                yield from _read([one], file)
        else:
            yield unreadable(batch[0].name, error.problems[0].what, batch[0].on, batch[0].kind)
        return
    for page in reading.map.pages:
        one = batch[page.number - 1]
        if reading.text[page.start : page.end].strip():
            yield Found((document_of(_of_page(reading, page), one.name, one.on, one.kind),))


def _of_page(reading: Reading, page: Page) -> Reading:
    """The part of a reading that is one document."""
    places = tuple(
        msgspec.structs.replace(place, start=place.start - page.start, end=place.end - page.start)
        for place in reading.map.places_of(page.start, page.end)
    )
    hidden = tuple(msgspec.structs.replace(one, page=0) for one in reading.hidden if one.page == page.number)
    return Reading(reading.text[page.start : page.end], reading.how, SourceMap((), places), hidden)


def _first_coding(concept: Any) -> dict[str, Any]:
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return codings[0] if isinstance(codings, list) and codings and isinstance(codings[0], dict) else {}
