"""Which of several values of one test counts: the latest, by the dates beside them or by the words between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from indicated.reading.dates import DateAt
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_SERIES = "lab series"


@dataclass(frozen=True)
class Reading:
    """A value with its place, and the date that goes with it in a series."""

    start: int
    value: float
    day: date | None = None


def going_on(note: Note, mention: Mention, tests: Sequence[str]) -> Iterator[int]:
    """The segments behind a test's own that still tell of it: the rest of the sentence, or a repeat of the test.

    "Nadir 22 in May; today 187." "Platelets 19, clumped. Citrate repeat: 232."
    """
    own = note.segments[mention.segment]
    for number in range(mention.segment + 1, min(len(note.segments), mention.segment + 1 + _REACH)):
        segment = note.segments[number]
        named = any(note.within(number, test, "name", "count") for test in tests)
        if segment.paragraph != own.paragraph or segment.row:
            return
        first = min(
            (m.start for test in tests for m in note.within(number, test, "name")), default=segment.end
        )
        begins = [d for d in note.dates_in(number) if d.start == segment.start]
        if begins and not named and _DATED_VALUE.match(note.folded, begins[0].end, segment.end):
            yield number
            continue
        newer = [m for m in note.within(number, _SERIES, "newer") if m.end <= first]
        if not newer or (named and not _VALUE_SOON.search(note.folded, newer[0].end, first)):
            return
        yield number
        if named:
            return


_REACH = 3
_DATED_VALUE = lazy(r"\s*[:=-]?\s*\d")
_VALUE_SOON = lazy(r"\d")


def latest_of(note: Note, found: Sequence[Reading], days: Sequence[DateAt]) -> Reading | None:
    """The latest of several values, or None where nothing says which that is."""
    dated = list(_dated(found, days))
    if len({reading.day for reading in dated if reading.day}) > 1 and len(dated) == len(found):
        return max(dated, key=lambda reading: (reading.day or date.min, reading.start))
    newer = [
        later
        for before, later in pairwise(found)
        if (said := _between(note, before, later)) and said[-1].group == "newer"
    ]
    if newer:
        return newer[-1]
    risen = [
        later for before, later in pairwise(found) if _TURNED.search(note.folded, before.start, later.start)
    ]
    return risen[-1] if risen else None


def _between(note: Note, before: Reading, later: Reading) -> list[Mention]:
    return note.between(before.start, later.start, _SERIES, "newer", "older")


_TURNED = lazy(r"(?:->|>|\bto\b)(?:[^.;\d]|\d{1,2}/\d{1,2}(?:/\d{2,4})?)*$")


def _dated(found: Sequence[Reading], days: Sequence[DateAt]) -> Iterator[Reading]:
    """The values with their days: one by one where they are as many, else the nearest day with no value between."""
    if len(days) == len(found):
        for reading, day in zip(found, sorted(days, key=lambda d: d.start), strict=True):
            yield Reading(reading.start, reading.value, day.day)
        return
    for reading in found:
        near = [
            day
            for day in days
            if not any(min(day.start, reading.start) < r.start < max(day.start, reading.start) for r in found)
        ]
        if near:
            best = min(near, key=lambda day: abs(day.start - reading.start))
            yield Reading(reading.start, reading.value, best.day)
