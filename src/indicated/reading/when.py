"""The day of which a statement speaks: its own date, the date of the entry that it belongs to, or the document's."""

from __future__ import annotations

from datetime import date

from indicated.reading.dates import DateAt, dates
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_ENTRY_START = lazy(
    r"[\s\"'\[(#*=_-]*(?:visit|addendum|add|note|date|dos|entry|re-?check|progress|tel|phone|day|week)?[\s:#\d]*$"
)
_LOOK_BACK = 60


def entry_date(note: Note, segment: int, reach: int = _LOOK_BACK) -> date | None:
    """The date of the dated entry that holds a segment ("09/11/2025 progress ..."), or None.

    `reach` is how many segments above it the entry may begin.
    """
    here = note.segments[segment]
    inline = note.segments[note.segment_at(here.title[0])].start == here.title[0]
    if here.title != (0, 0) and not inline:
        in_title = next(dates(note.folded, note.document.date, *here.title), None)
        if in_title:
            return in_title.day
    for at in range(segment, max(-1, segment - reach), -1):
        piece = note.segments[at]
        if at and note.segments[at - 1].paragraph == piece.paragraph and not piece.row:
            continue
        found = next(
            (
                d
                for d in dates(note.folded, note.document.date, piece.start, min(piece.end, piece.start + 45))
                if d.has_year or not note.folded[d.start : d.end].endswith("/10")  # that is a pain score
            ),
            None,
        )
        if found and _ENTRY_START.match(note.folded, piece.start, found.start):
            return found.day
    return None


def day_of(note: Note, segment: int, near: int | None = None) -> date | None:
    """The day of a statement: the date in it that stands nearest to `near`, else that of its entry, else the document's."""
    found: list[DateAt] = note.dates_in(segment)
    if found:
        at = near if near is not None else note.segments[segment].start
        return min(found, key=lambda d: abs(d.start - at)).day
    return entry_date(note, segment) or note.document.date
