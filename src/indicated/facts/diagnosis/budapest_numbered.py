"""The four conditions of the Budapest criteria answered by their numbers ("1 yes, 2 yes (3), 3 yes (2), 4 yes") or as
the questions of a form.

They stand in the order of the rule (Harden 2010): disproportionate pain, symptoms, signs, no better explanation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicated.facts.choices import chosen
from indicated.facts.diagnosis.budapest_grid import MARK, mark_of
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_ITEM = lazy(r"(?:^|(?<=[\s,;|(]))\(?(?P<number>[1-4a-d])[.):]?[ :=-]{1,3}(?=\S)")
_COUNT = lazy(r"\s*\(\s*(?P<count>[0-4])(?:\s*/\s*4)?\b[^()]{0,20}\)")
_PLAIN = lazy(r"(?:[:?=|]|\.{3,}|-{3,}|\s{2,})\s*(?P<answer>yes|no|y|n)\s*[.)]?\s*$")
_FIRST_BOX = lazy(r"(?:\b(?:yes|y) ?)?(?:\[\s?[x✓✔*]?\s?\]|\(\s?[x✓✔]?\s?\)|[☐☑☒✓✔□])")
_CONDITIONS = ("pain", "symptom", "sign", "other")
_ORDERS = (["1", "2", "3", "4"], ["a", "b", "c", "d"])


class Numbered(NamedTuple):
    """Whether all four conditions are answered yes, with the categories that are counted behind the second and the third."""

    met: bool
    symptoms: int | None
    signs: int | None
    segments: tuple[int, ...]


def numbered(note: Note, segments: Sequence[int]) -> Numbered | None:
    """The answers by number that some neighbouring segments give, or None where one of the four is not answered."""
    found: list[tuple[str, bool, int | None, int]] = []
    for n in segments:
        end = note.segments[n].end
        for item in _ITEM.finditer(note.folded, note.segments[n].start, end):
            mark = MARK.match(note.folded, item.end(), end)
            if not mark or mark_of(mark) is None:
                continue
            told = _COUNT.match(note.folded, mark.end(), end)
            found.append((item["number"], bool(mark_of(mark)), int(told["count"]) if told else None, n))
    if [item[0] for item in found] not in _ORDERS:
        return _asked_in_turn(note, segments)
    where = tuple(sorted({item[3] for item in found}))
    return Numbered(all(item[1] for item in found), found[1][2], found[2][2], where)


def _asked_in_turn(note: Note, segments: Sequence[int]) -> Numbered | None:
    """The answers of a form that asks for each of the four conditions in a row of its own, or None where one is missing."""
    found: dict[str, tuple[bool, int]] = {}
    for n in segments:
        segment = note.segments[n]
        text = note.folded[segment.start : segment.end]
        plain = _PLAIN.search(text)
        box = _FIRST_BOX.search(text)
        answer = chosen(text[box.start() :]) if box else plain["answer"] if plain else ""
        if answer in ("", "open"):
            continue
        asked = _condition(note, n)
        if asked:
            found.setdefault(asked[0], (answer.startswith("y") == asked[1], n))
    if set(found) != set(_CONDITIONS):
        return None
    where = tuple(sorted(n for _, n in found.values()))
    return Numbered(all(holds for holds, _ in found.values()), None, None, where)


def _condition(note: Note, n: int) -> tuple[str, bool] | None:
    """Which condition a row asks for, and whether its yes means that the condition holds."""
    if note.within(n, "disproportionate pain", "present", "asked"):
        return "pain", True
    other = note.within(n, "other explanation", "present", "absent", "asked", "bare")
    if other:
        return "other", any(
            m.group in ("absent", "bare") or note.folded.startswith("no", m.start) for m in other
        )
    sides = {m.group for m in note.within(n, "Budapest part", "symptom", "sign")}
    return (sides.pop(), True) if len(sides) == 1 else None
