"""Values that stand per side: "R 28.1  L 30.9", "24.9 (R) 28.8 (L)", "R purple, L normal"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indicated.chart.model import Side
from indicated.facts.findings.earlier import latest
from indicated.reading.note import Note
from indicated.reading.patterns import lazy
from indicated.reading.place import opposite

Spans = Mapping[Side, tuple[int, int]]
_SIDE = lazy(
    r"(?<![a-z0-9'])(?:(?P<r>right|rt|rle|rue|r)|(?P<l>left|lt|lle|lue|l))(?![a-z0-9'])(?!/[rl]\b)(?:[\s-]*(?:foot|feet|leg|ankle|sole|hand|side|knee|calf|toes?|limb|dorsum|palm|wrist)\b)?"
)
_OTHER = lazy(
    r"\b(?:the other|contralateral|contralat|opposite|uninvolved|unaffected|the good|the sound|the healthy)\b(?: (?:side|foot|leg|ankle|one))?"
)
NUMBER = lazy(r"(?<![\d.,/])-?\d+(?:[.,]\d+)?(?![\d/]|\.\d)")
_MINUS = lazy(r"\bminus (\d+|one|two|three|four|five|six|eight|ten)\b")
_BOTH = lazy(r"(?<![a-z0-9])(right|left|r|l)\s?/\s?(right|left|r|l)(?![a-z0-9])")
_TWO = lazy(r"(-?\d+(?:\.\d+)?)\s?(?:°?\s?[cf]|cm|ml|kg)?\s?(?:/|vs\.?|v\.?|,)\s?(-?\d+(?:\.\d+)?)(?![\d/])")
_ARROW = lazy(r"-+>|=+>|→")
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}


def sided(folded: str, start: int, end: int) -> Spans:
    """The room of each side in `start:end`, where both sides are named once; else nothing.

    The value stands behind its side, or before it where the text begins with the value.
    """
    marks = list(_SIDE.finditer(folded, start, end))
    seen: dict[Side, re.Match[str]] = {}
    for mark in marks:
        seen.setdefault("right" if mark["r"] else "left", mark)
    if len(seen) == 1 and (other := _OTHER.search(folded, next(iter(seen.values())).end(), end)):
        seen[opposite(next(iter(seen)))] = other
    if len(seen) != 2:
        return {}
    (first, one), (second, two) = sorted(seen.items(), key=lambda item: item[1].start())
    lead = folded[start : one.start()]
    if (
        NUMBER.search(lead)
        and not NUMBER.search(folded[two.end() : end])
        and NUMBER.search(folded[one.end() : two.start()])
    ):
        return {first: (start, one.start()), second: (one.end(), two.start())}
    if not NUMBER.search(folded, two.end(), end):
        values = list(NUMBER.finditer(folded, one.end(), two.start()))
        if len(values) == 2:
            return {first: (one.end(), values[0].end()), second: (values[1].start(), two.start())}
    third = next((m.start() for m in marks if m.start() > two.start()), end)
    return {first: (one.end(), two.start()), second: (two.end(), third)}


def number_in(folded: str, start: int, end: int) -> float | None:
    """The first number of a stretch of text, or None; what stands around the stretch does not matter."""
    stretch = _ARROW.split(folded[start:end])[-1]
    words = _MINUS.search(stretch)
    if words:
        return -float(_SMALL.get(words[1], 0) or words[1])
    found = NUMBER.search(stretch)
    return float(found[0].replace(",", ".")) if found else None


def number_now(note: Note, segment: int, start: int, end: int) -> float | None:
    """The first number of a stretch that is not of an earlier day ("56.0 at intake, 53.1 today")."""
    if _ARROW.search(note.folded, start, end):
        return number_in(note.folded, start, end)
    values = list(NUMBER.finditer(note.folded, start, end))
    kept = latest(note, segment, values) if len(values) > 1 else []
    return (
        number_in(note.folded, kept[0].start(), kept[0].end()) if kept else number_in(note.folded, start, end)
    )


def paired(folded: str, start: int, at: int, end: int) -> Spans:
    """The two values behind a topic at `at` whose sides are named together before: "L/R skin temp 26.4/29.9"."""
    order = _BOTH.search(folded, start, end)
    values = _TWO.search(folded, max(at, order.end()), end) if order else None
    if order and values is None:
        values = _TWO.search(folded, at, order.start())
    if order is None or values is None or order[1][0] == order[2][0]:
        return {}
    first: Side = "right" if order[1][0] == "r" else "left"
    return {first: values.span(1), "left" if first == "right" else "right": values.span(2)}
