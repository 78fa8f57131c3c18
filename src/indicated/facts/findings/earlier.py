"""Which of several values of one measure is today's: "3+/5 at eval, 5/5 now", "3 -> 9 -> 14", "was -5, now 15"."""

from __future__ import annotations

import re

from indicated.facts.findings.words import SAID
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_ARROW = lazy(r"\s*(?:deg\w*|°)?\s*(?:-+>|=+>|→)")
_BEHIND = 4
_BEFORE = 2


def is_earlier(note: Note, segment: int, start: int, end: int) -> bool:
    """Whether the value at `start:end` is said to be of an earlier day, or leads by an arrow to a later one."""
    if _ARROW.match(note.folded, end):
        return True
    return any(0 <= m.start - end <= _BEHIND for m in note.within(segment, SAID, "earlier")) or any(
        0 <= start - m.end <= _BEFORE for m in note.within(segment, SAID, "up from")
    )


def latest(note: Note, segment: int, values: list[re.Match[str]]) -> list[re.Match[str]]:
    """The values that are not of an earlier day; all of them where every one is, for then nothing later was measured."""
    kept = [v for v in values if not is_earlier(note, segment, v.start(), v.end())]
    return kept or values
