"""Angles of joints against the other side, or against the least that is normal.

The least values are low ones of healthy adults (American Academy of Orthopaedic Surgeons: ankle 20 up and 50
down), so that a stiff foot is not found where a goniometer only read a little short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.chart.model import Side
from indicated.facts.findings.earlier import is_earlier
from indicated.facts.findings.scene import Spoken
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.place import opposite

_WORD = "reduced range of motion"
_LEAST = {
    "dorsiflexion": 8,
    "plantarflexion": 35,
    "inversion": 20,
    "eversion": 8,
    "toe extension": 40,
    "knee flexion": 115,
    "knee to wall": 5,
}
_GAP = {"plantarflexion": 10, "knee flexion": 10, "toe extension": 15, "inversion": 8, "knee to wall": 2.5}
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
}
_VALUE = lazy(
    r"(?<![\d/.])(?:(?P<minus>minus |neg |- ?)?(?:(?P<n>\d{1,3}(?!\d))|(?P<word>"
    + "|".join(_NUMBERS)
    + r")(?= deg))|(?P<zero>neutral))(?:\s?(?:°|deg\w*))?(?! ?(?:x\b|/ ?5|\.\d|/\d|%|wk|week|reps?|sec|s\b|min))"
)
_SIDE = lazy(r"(?<![a-z0-9'])(?:(?P<r>right|rt|rle|r)|(?P<l>left|lt|lle|l))(?![a-z0-9'])")
_IS_GRADE = lazy(r"[0-5]\s?/\s?5")
_BEHIND = lazy(r"\s?\(?(?:(?P<r>right|rt|r)|(?P<l>left|lt|l))\b(?!\s*-?\d)")
_LIST = lazy(r"(?<![\d/.])-?\d{1,3}(?:\s?[/,]\s?-?\d{1,3})+(?![\d/])")
_LACKS = lazy(r"\b(?:lacks?|lacking|short|minus|loss|lag|deficit)\b")
_SHORT_OF = lazy(
    r"\s*(?:short|shy|lacking|below|from neutral|off neutral|of (?:plantar[ -]?flexion|equinus)|less than neutral)\b"
)
_WAS = lazy(r"\bwas\b")
_FAR = 34


@dataclass(frozen=True)
class Angle:
    """A measured angle of a movement; `side` None where it is not said."""

    movement: str
    side: Side | None
    degrees: float


def limited(note: Note) -> Iterator[Spoken]:
    """Yield what the measured angles of each paragraph say of the range of motion."""
    others = note.named(_WORD, "not")
    mentions = [m for m in note.named("movement") if not any(other.covers(m) for other in others)]
    by_paragraph: dict[int, list[Mention]] = {}
    for m in mentions:
        by_paragraph.setdefault(note.segments[m.segment].paragraph, []).append(m)
    for group in by_paragraph.values():
        angles = list(_angles(note, group))
        verdict = angles_verdict(angles)
        if verdict:
            status, side = verdict
            anchor = Mention(_WORD, "topic", group[0].start, group[0].end, group[0].segment)
            yield Spoken(
                _WORD,
                anchor,
                status,
                (", ".join(f"{a.movement} {a.side or ''} {a.degrees:g}" for a in angles),),
                side,
            )


def _angles(note: Note, group: list[Mention]) -> Iterator[Angle]:
    held: Side | None = None
    for at, m in enumerate(group):
        segment = note.segments[m.segment]
        begin = group[at - 1].end if at and group[at - 1].segment == m.segment else segment.start
        before = list(_SIDE.finditer(note.folded, begin, m.start))
        if before:
            held = _side(before[-1])
        movement = m.name.partition(".")[2]
        stop = (
            group[at + 1].start if at + 1 < len(group) and group[at + 1].segment == m.segment else segment.end
        )
        taken: set[Side | None] = set()
        position = m.end
        for value in _VALUE.finditer(note.folded, m.end, stop):
            between = note.folded[position : value.start()]
            if is_earlier(note, m.segment, value.start(), value.end()) or (taken and _WAS.search(between)):
                position = value.end()
                continue
            if len(between) > _FAR or any(sign.isdigit() for sign in between):
                break
            marks = list(_SIDE.finditer(between))
            side = _side(marks[-1]) if marks else None
            behind = _BEHIND.match(note.folded, value.end())
            if side is None and taken and behind:
                side = _side(behind)
            if side is None and taken:
                break
            if side is None:
                side = held
            if side in taken:
                break
            taken.add(side)
            held = side if not taken - {side} else held
            lacking = _LACKS.search(between) or _SHORT_OF.match(note.folded, value.end())
            yield Angle(
                movement,
                side,
                0.0
                if value["zero"]
                else float(value["n"] or _NUMBERS[value["word"]]) * (-1 if value["minus"] or lacking else 1),
            )
            position = value.end()
    yield from _lists(note, group)


def _lists(note: Note, group: list[Mention]) -> Iterator[Angle]:
    """A second side that only lists its numbers: "R 12 / 50 / 30 / 15", "(L 15, 50)"."""
    names: list[str] = []
    for m in group:
        name = m.name.partition(".")[2]
        if name not in names:
            names.append(name)
    if len(names) < 2:
        return
    last = note.segments[group[-1].segment]
    following = group[-1].segment + 1
    end = last.end
    if following < len(note.segments) and note.segments[following].paragraph == last.paragraph:
        end = note.segments[following].end
    for found in _LIST.finditer(note.folded, group[-1].end, end):
        values = [float(n) for n in re.findall(r"-?\d+", found[0])]
        marks = list(_SIDE.finditer(note.folded, group[-1].end, found.start()))
        if _IS_GRADE.fullmatch(found[0]):
            continue
        if len(values) == len(names) and marks:
            for name, value in zip(names, values, strict=True):
                yield Angle(name, _side(marks[-1]), value)


def _side(mark: re.Match[str]) -> Side:
    return "right" if mark["r"] else "left"


def angles_verdict(angles: list[Angle]) -> tuple[Status, Side | None] | None:
    """Whether the angles are short of the other side or of the least that is normal, and on which side."""
    short: set[Side | None] = set()
    fine = 0
    for movement in {a.movement for a in angles}:
        sides = {a.side: a.degrees for a in angles if a.movement == movement}
        least, gap = _LEAST.get(movement), _GAP.get(movement, 5)
        if "right" in sides and "left" in sides:
            right, left = sides["right"], sides["left"]
            if least is not None and max(right, left) < least:
                short |= {"right", "left"}
            elif abs(right - left) >= gap:
                short.add("right" if right < left else "left")
            else:
                fine += 1
        elif least is not None:
            for side, degrees in sides.items():
                if degrees < least:
                    short.add(side)
                else:
                    fine += 1
    named = {s for s in short if s}
    if None in short and not named:
        # "DF 4 (L 15)": the side that is named is there to compare with.
        named = {opposite(a.side) for a in angles if a.side}
    if short:
        side = named.pop() if len(named) == 1 else ("bilateral" if named else None)
        return Status.PRESENT, side
    compared: set[Side] = {a.side for a in angles if a.side}
    alone = len(compared) == 1 and any(a.side is None for a in angles)
    return (Status.ABSENT, opposite(compared.pop()) if alone else None) if fine else None
