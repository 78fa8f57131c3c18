"""Years of an earlier time beside what a sentence tells."""

from __future__ import annotations

from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_YEAR = lazy(r"(?P<since>since (?:\w+ )?)?\b(?P<year>(?:19|20)\d\d)\b(?!-)")
_WELL_BEFORE = 2
"""Years; a year behind a statement that lies only one back may be that of the course of treatment."""


def years_before(note: Note, segment: int, position: int) -> list[int]:
    """Where a year before that of the document stands in a statement in front of a position, unless "since" it."""
    if note.document.date is None:
        return []
    start = note.segments[segment].start
    return [
        match.start()
        for match in _YEAR.finditer(note.folded, start, position)
        if int(match["year"]) < note.document.date.year and not match["since"]
    ]


def years_behind(note: Note, told: Mention, reach: int) -> list[int]:
    """The start of what is told, for each year well before that of the document that stands within reach behind it."""
    today, end = note.document.date, min(note.segments[told.segment].end, told.end + reach)
    return [
        told.start
        for match in _YEAR.finditer(note.folded, told.end, end)
        if today and today.year - int(match["year"]) >= _WELL_BEFORE and not match["since"]
    ]
