"""Findings that are measured: skin temperatures without a word for them, strength grades, angles of a joint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.chart.model import Side
from indicated.facts.findings.angles import limited
from indicated.facts.findings.compare import compare, looks_hot
from indicated.facts.findings.earlier import latest
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.sided import number_in, sided
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_TEMPERATURE = "skin temperature asymmetry"
_EDEMA = "edema"
_MOTOR = "motor change"
_GRADE = lazy(r"(?<![\d/.-])([0-5])\s?([+-]{1,2})?\s?(?:/|of|out of)\s?5(?:\s?([+-]))?(?![\d/%])")
_BARE_GRADE = lazy(r"(?<=[a-z:] )([0-5])([+-]{1,2})?()(?=\s*(?:[,;/|()]|\.(?:\s|$)|$|\n|and\b))(?!\s*/\s*\d)")
_SIDE = lazy(
    r"(?<![a-z0-9'])(?:(?P<r>right|rt|rle|rue|r)|(?P<l>left|lt|lle|lue|l)|(?P<b>both|bilat\w*|ble))(?![a-z0-9'])"
)
_UNIT = lazy(r"\d ?(?:°|deg\w* ?[cf]\b|[cf]\b)")
_CENTIMETERS = lazy(r"\d ?cm\b")
_OTHER_LENGTH = lazy(
    r"\b(?:scar|wound|lesion|incision|ulcer|length|needle|shorter|longer|walk|reach|atroph|wast|step)"
)
_CLOSE = 2
_FORCE = lazy(r"\d ?(?:n|nm|kg|kgf|lbs?|lbf|newtons?)\b")
_DECIMAL = lazy(r"\d\d\.\d|\d\d ?(?:°|f\b|c\b)|\d\d, r \d\d")


def measured(scene: Scene) -> Iterator[Spoken]:
    """Yield what numbers say of temperature, strength and motion."""
    note = scene.note
    if _TEMPERATURE in scene.words:
        yield from _temperatures(note)
        yield from _girths(note)
    if _MOTOR in scene.words or note.has_title(_MOTOR) or note.named("movement"):
        yield from _grades(scene)
        yield from _forces(note)
    yield from limited(note)


def _temperatures(note: Note) -> Iterator[Spoken]:
    """Two sides of a spot where skin temperature is taken, with the degrees of each."""
    for mention in note.named(_TEMPERATURE, "site", "spot"):
        segment = note.segments[mention.segment]
        if not _DECIMAL.search(note.folded, segment.start, segment.end):
            continue
        if mention.group == "spot" and not _UNIT.search(note.folded, segment.start, segment.end):
            continue
        spans = sided(note.folded, segment.start, segment.end)
        if not spans:
            continue
        right, left = (number_in(note.folded, *spans[side]) for side in ("right", "left"))
        if right is None or left is None or not (min(right, left) > 18 and max(right, left) < 100):
            continue
        if re.search(r"\d ?(?:cm|mm|ml|kg|lb|in)\b", note.text_of(mention.segment)):
            continue
        verdict = compare(_TEMPERATURE, right, left, hot=looks_hot(note.text_of(mention.segment)))
        if verdict:
            status = Status.PRESENT if verdict[0] == "yes" else Status.ABSENT
            yield Spoken(_TEMPERATURE, mention, status, (f"right {right}, left {left}",), verdict[1])


def _girths(note: Note) -> Iterator[Spoken]:
    """Two sides of a spot where a limb is measured round, with the centimeters of each and no word for it."""
    for mention in note.named(_TEMPERATURE, "site", "spot"):
        text = note.text_of(mention.segment)
        if not _CENTIMETERS.search(text) or _OTHER_LENGTH.search(text):
            continue
        if note.within(mention.segment, _EDEMA):
            continue
        segment = note.segments[mention.segment]
        spans = sided(note.folded, segment.start, segment.end)
        if not spans:
            continue
        right, left = (number_in(note.folded, *spans[side]) for side in ("right", "left"))
        if right is None or left is None or not (min(right, left) >= 15 and max(right, left) <= 60):
            continue
        verdict = compare(_EDEMA, right, left)
        if verdict:
            status = Status.PRESENT if verdict[0] == "yes" else Status.ABSENT
            anchor = Mention(_EDEMA, "topic", mention.start, mention.end, mention.segment)
            yield Spoken(_EDEMA, anchor, status, (f"right {right}, left {left} cm",), verdict[1], False)


def _grades(scene: Scene) -> Iterator[Spoken]:
    """Strength by grades out of five; less than five is weak."""
    note = scene.note
    for number, segment in enumerate(note.segments):
        found = list(_GRADE.finditer(note.folded, segment.start, segment.end))
        if not found and _titled(scene, number) and note.within(number, "movement"):
            found = list(_BARE_GRADE.finditer(note.folded, segment.start, segment.end))
        if not found or not _of_strength(scene, number):
            continue
        low: set[Side] = set()
        weak = False
        sided_grades = _sides_of(note, segment.start, segment.end, found)
        now = {grade.start() for grade in latest(note, number, found)}
        for grade, side in zip(found, sided_grades, strict=True):
            if grade.start() not in now:
                continue
            if grade[1] == "5" and "-" not in (grade[2] or ""):
                continue
            weak = True
            if side:
                low.add(side)
        anchor = Mention(_MOTOR, "topic", found[0].start(), found[0].end(), number)
        side = low.pop() if len(low) == 1 else ("bilateral" if len(low) > 1 else None)
        status = Status.PRESENT if weak else Status.ABSENT
        yield Spoken(_MOTOR, anchor, status, (f"strength '{found[0][0]}'",), side)


def _forces(note: Note) -> Iterator[Spoken]:
    """Two sides of a movement whose force is taken, with the newtons, pounds or kilograms of each."""
    for mention in note.named("movement"):
        segment = note.segments[mention.segment]
        if len(_FORCE.findall(note.folded, mention.end, segment.end)) < 2:
            continue
        spans = sided(note.folded, mention.end, segment.end)
        values = [number_in(note.folded, *spans[side]) for side in ("right", "left")] if spans else [None]
        if None in values:
            continue
        right, left = (float(value or 0) for value in values)
        verdict = compare(_MOTOR, right, left)
        if verdict:
            status = Status.PRESENT if verdict[0] == "yes" else Status.ABSENT
            anchor = Mention(_MOTOR, "topic", mention.start, mention.end, mention.segment)
            yield Spoken(_MOTOR, anchor, status, (f"right {right:g}, left {left:g}",), verdict[1], False)


def _of_strength(scene: Scene, number: int) -> bool:
    note = scene.note
    if any(m.group in ("topic", "present", "limb", "absent") for m in note.within(number, _MOTOR)):
        return True
    if note.within(number, "movement"):
        return True
    grade = _GRADE.search(note.folded, note.segments[number].start, note.segments[number].end)
    if grade and any(0 <= grade.start() - m.end <= _CLOSE for m in note.within(number, "limb")):
        return True  # "LE 5/5"
    return _titled(scene, number)


def _titled(scene: Scene, number: int) -> bool:
    """Whether a statement stands under a title of strength ("MMT")."""
    segment = scene.note.segments[number]
    return any((_MOTOR, "topic") in scene.titles.of(title) for title in (segment.label, segment.heading))


def _sides_of(note: Note, start: int, end: int, grades: list[re.Match[str]]) -> list[Side | None]:
    """The side of each grade: named since the grade before, else at once behind it, else the one that still holds."""
    out: list[Side | None] = []
    held: Side | None = None
    last = start
    for grade in grades:
        before = list(_SIDE.finditer(note.folded, last, grade.start()))
        behind = re.compile(r"\s?\(?" + _SIDE.pattern).match(
            note.folded, grade.end(), min(end, grade.end() + 8)
        )
        mark = before[-1] if before else None
        if mark is None and behind:
            mark = behind
        if mark:
            held = "right" if mark["r"] else "left" if mark["l"] else "bilateral"
        out.append(held)
        last = behind.end() if behind and mark is behind else grade.end()
    return out
