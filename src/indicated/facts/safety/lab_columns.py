"""Values of a test that stand in a column below its name, one row for each day.

    date       plt    inr
    08/19/25    91    1.0
    11/25/25    84    1.1

The value of a row is the number whose place in the line is nearest to that of the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from indicated.facts.safety.lab_values import VALUE
from indicated.reading.note import Mention, Note

_ROWS, _ASIDE = 12, 9


def latest_below(
    note: Note, mention: Mention, read: Callable[[re.Match[str]], float | None]
) -> tuple[int, float, date] | None:
    """The place, value and day of the latest row below a name, or None where no row begins with a day."""
    at = mention.start - _line(note, mention.start)
    found: tuple[int, float, date] | None = None
    for number in range(mention.segment + 1, min(len(note.segments), mention.segment + 1 + _ROWS)):
        segment = note.segments[number]
        days = note.dates_in(number)
        begins = bool(days) and days[0].exact and not note.folded[segment.start : days[0].start].strip(" |")
        if not segment.row or not begins:
            break
        here = [
            (abs(match.start() - _line(note, match.start()) - at), match.start(), value)
            for match in VALUE.finditer(note.folded, days[0].end, segment.end)
            if match["digits"] and (value := read(match)) is not None
        ]
        if here and min(here)[0] <= _ASIDE and (found is None or days[0].day >= found[2]):
            found = (min(here)[1], min(here)[2], days[0].day)
    return found


def _line(note: Note, position: int) -> int:
    return note.folded.rfind("\n", 0, position) + 1
