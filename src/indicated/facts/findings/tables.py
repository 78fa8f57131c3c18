"""Findings in tables with a column for each side, and in lines that give each side its own value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indicated.chart.model import Side
from indicated.facts.findings.angles import Angle, angles_verdict
from indicated.facts.findings.compare import compare, looks_hot
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.sided import NUMBER, Spans, number_in, number_now, paired, sided
from indicated.facts.findings.source import Titles
from indicated.facts.findings.words import FINDINGS, SAID
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_HEAD = lazy(r"(?<![a-z0-9])(?:(?P<r>right|rt|rle|rue|r)|(?P<l>left|lt|lle|lue|l))(?![a-z0-9])")
_CELLS = lazy(r"[ ]{2,}|\t+|[ ]*\|[ ]*")
_SIDE_AHEAD = lazy(r"(?:r|l|rt|lt|right|left)\b[^a-z]{0,3}\d")
_BLANK = lazy(r"[\s_.:/|()\[\]cfm]*")
_DASH = lazy(r"[\s:|]*-{1,2}[\s.,;|]*")
_MOTOR = "motor change"
_MEASURES = ("skin temperature asymmetry", "edema", _MOTOR)
_EQUALS = lazy(
    r"\s*(?:foot|feet|leg|ankle|sole|hand|side|knee|calf|toes?)?\s*(?:=+|equals?|equal to|same as|is the same as|similar to)\s*\w?"
)
_APART = lazy(r"[,;/|]\s*(?:\w+[\s:]*){0,2}$|\s{2,}\S*[\s:]*$|\b(?:and|vs\.?)\s\S*\s*$")
_BY_NAME: dict[str, Side] = {"side.right": "right", "side.left": "left"}
_NAMING = ("topic", "present", "limb", "absent")
_CLOSE = 16
_WIDE = 90


@dataclass(frozen=True)
class Columns:
    """The columns of a table: for each, where it stands in the line, and its side."""

    places: tuple[tuple[int, Side], ...]
    first: int
    """The segment of the head."""


def tabled(scene: Scene) -> Iterator[Spoken]:
    """Yield the findings that are given side by side."""
    note = scene.note
    head: Columns | None = None
    for number, segment in enumerate(note.segments):
        if not segment.row:
            head = None
            continue
        found = _columns(note, number)
        if found:
            head = found
            continue
        if head is None and segment.title != (0, 0) and segment.start - segment.title[1] <= 24:
            head = _columns_in(note, *segment.title, number)
        if head is None:
            continue
        cells = _cells(note, number, head)
        if cells:
            label_end = min(start for start, _ in cells.values())
            yield from _row(scene, number, head, cells, label_end)
    yield from _under_title(scene)
    for word in scene.words:
        for mention in note.named(word, "topic", "present", "limb"):
            spans = _line(note, mention)
            if spans:
                spoken = _judged(note, word, mention, spans)
                if spoken:
                    yield spoken


def _under_title(scene: Scene) -> Iterator[Spoken]:
    """Numbers of both sides whose only name is the heading: "SKIN TEMP" above "R 27.1 / L 29.9"."""
    note, titles = scene.note, scene.titles
    for word in _MEASURES:
        if not note.has_title(word):
            continue
        for number, segment in enumerate(note.segments):
            if not {(word, "topic"), (word, "site")} & titles.of(segment.heading):
                continue
            if note.within(number, word, "topic") or _columns(note, number):
                continue
            spans = sided(note.folded, segment.start, segment.end)
            if spans:
                spoken = _judged(
                    note, word, Mention(word, "topic", segment.start, segment.start, number), spans
                )
                if spoken:
                    yield spoken


def _columns(note: Note, number: int) -> Columns | None:
    """The columns of a row that is the head of a table with sides, or None."""
    segment = note.segments[number]
    return _columns_in(note, segment.start, segment.end, number)


def _columns_in(note: Note, start: int, end: int, number: int) -> Columns | None:
    text = note.folded[start:end]
    if re.search(r"\d", text) or len(text) > 90:
        return None
    line = note.folded.rfind("\n", 0, start) + 1
    marks = [
        (m.start() - line, "right" if m["r"] else "left") for m in _HEAD.finditer(note.folded, start, end)
    ]
    if len({side for _, side in marks}) != 2 or len(text.split()) > 3 * len(marks) + 2:
        return None
    return Columns(tuple(marks), number)  # type: ignore[arg-type]


def _cells(note: Note, number: int, head: Columns) -> Spans:
    """The cell of each side in a row: by the order of the cells if none is missing, else by its place."""
    segment = note.segments[number]
    line = note.folded.rfind("\n", 0, segment.start) + 1
    end = note.folded.find("\n", segment.start)
    text = note.folded[line : end if end >= 0 else len(note.folded)]
    pieces: list[tuple[int, int]] = []
    at = len(text) - len(text.lstrip())
    for gap in _CELLS.finditer(text, at):
        if gap.start() > at:
            pieces.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        pieces.append((at, len(text)))
    values = pieces[1:]
    if len(values) != len(head.places):
        return {}
    cells: dict[Side, tuple[int, int]] = {}
    for (start, stop), (_, side) in zip(values, head.places, strict=True):
        cells.setdefault(side, (line + start, line + stop))
    return cells


def _row(scene: Scene, number: int, head: Columns, cells: Spans, label_end: int) -> Iterator[Spoken]:
    note, titles = scene.note, scene.titles
    segment = note.segments[number]
    for word in scene.words:
        topics = [m for m in note.within(number, word, *_NAMING) if m.end <= label_end]
        above = any(
            (word, group) in titles.of(t)
            for t in (segment.heading, segment.label)
            for group in ("topic", "present")
        )
        above = above or bool(note.within(head.first, word, "topic", "present"))
        if not topics and not above:
            continue
        anchor = topics[0] if topics else Mention(word, "topic", segment.start, label_end, number)
        spoken = _judged(note, word, anchor, cells)
        if spoken:
            yield (
                replace(spoken, reported=False)
                if (segment.heading, segment.label) and not _told(titles, segment.heading)
                else spoken
            )


def _told(titles: Titles, heading: str) -> bool:
    return ("title of telling", "told") in titles.of(heading)


def _line(note: Note, mention: Mention) -> Spans:
    """The sides behind a topic in its own line, as far as no other finding begins."""
    segment = note.segments[mention.segment]
    end = min(segment.end, mention.end + _WIDE)
    following = mention.segment + 1
    if (
        not segment.row
        and following < len(note.segments)
        and note.segments[following].paragraph == segment.paragraph
        and _SIDE_AHEAD.match(note.folded, note.segments[following].start)
        and not note.among(following, *FINDINGS)
    ):
        end = min(note.segments[following].end, mention.end + _WIDE)
    if segment.row:
        line_end = note.folded.find("\n", mention.end)
        end = min(line_end if line_end >= 0 else len(note.folded), mention.end + _WIDE)
    for other in note.among(mention.segment, *FINDINGS):
        if (
            other.group == "topic"
            and not (mention.name == "motor change" and other.name == "reduced range of motion")
            and other.name != mention.name
            and other.start >= mention.end
        ):
            end = min(end, other.start)
    pair = paired(note.folded, max(segment.start, mention.start - _CLOSE), mention.end, end)
    if pair:
        return pair
    spans = sided(note.folded, mention.end, end) or _sides_around(note, mention, end)
    if not spans or min(start for start, _ in spans.values()) - mention.end > 34:
        return {}
    return spans


def _sides_around(note: Note, mention: Mention, end: int) -> Spans:
    """One side before a topic and the other behind it: "R foot temp 28.8 C (L 31.1)"."""
    sides = [m for m in note.within(mention.segment, "side") if m.name in _BY_NAME and m.start < end]
    before = [m for m in sides if m.start < mention.start and mention.start - m.end <= _CLOSE]
    behind = [m for m in sides if m.start >= mention.end]
    if not before or len(behind) != 1 or before[-1].name == behind[0].name:
        return {}
    values = list(NUMBER.finditer(note.folded, mention.end, behind[0].start))
    if len(values) == 2 and number_in(note.folded, behind[0].end, end) is None:
        # "L foot girth 25.2 vs 24.0 R": each value stands beside its side.
        return {_BY_NAME[before[-1].name]: values[0].span(), _BY_NAME[behind[0].name]: values[1].span()}
    return {
        _BY_NAME[before[-1].name]: (mention.end, behind[0].start),
        _BY_NAME[behind[0].name]: (behind[0].end, end),
    }


def _judged(note: Note, word: str, mention: Mention, spans: Spans) -> Spoken | None:
    (r0, r1), (l0, l1) = spans["right"], spans["left"]
    right, left = number_now(note, mention.segment, r0, r1), number_now(note, mention.segment, l0, l1)
    why = (f"right '{note.folded[r0:r1].strip()}', left '{note.folded[l0:l1].strip()}'",)
    if right is not None and left is not None:
        if word == "reduced range of motion":
            return _turned(note, mention, right, left, why)
        if (
            word not in _MEASURES
            or mention.group != "topic"
            or (word == _MOTOR and "/" in note.folded[r0 : r1 + 1].strip()[-2:])
        ):
            return None
        verdict = compare(
            word,
            right,
            left,
            hot=looks_hot(note.text_of(mention.segment)),
        )
        if verdict is None:
            return None
        status = Status.PRESENT if verdict[0] == "yes" else Status.ABSENT
        return Spoken(word, mention, status, why, verdict[1], False)
    first, second = sorted((spans["right"], spans["left"]))
    if _EQUALS.fullmatch(note.folded, first[0], first[1] - 1) and not note.folded[
        second[0] : second[1]
    ].strip(" .;,|)"):
        return Spoken(word, mention, Status.ABSENT, why, "right" if r0 < l0 else "left")
    if not _apart(note, mention, first, second):
        return None
    signs = {side: _cell_sign(note, word, *span) for side, span in spans.items()}
    if None in signs.values() or ("open" in signs.values() and mention.group not in ("topic", "absent")):
        return None
    ill = [side for side, sign in signs.items() if sign == "yes"]
    if ill:
        return Spoken(word, mention, Status.PRESENT, why, ill[0] if len(ill) == 1 else "bilateral")
    status = Status.ASKED if "open" in signs.values() else Status.ABSENT
    return Spoken(word, mention, status, why)


def _apart(note: Note, mention: Mention, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two cells in words stand apart as cells do, not as parts of a sentence."""
    lead = note.folded[mention.end : first[0]]
    cell = note.folded[first[0] : first[1]]
    return (
        len(re.findall(r"[a-z]{2,}", lead)) <= 3
        and not re.search(r"\b(?:than|as|the|she|he|it|is|are)\b", lead + cell)
        and bool(_APART.search(note.folded, first[0] - 1, second[0]))
    )


def _turned(note: Note, mention: Mention, right: float, left: float, why: tuple[str, ...]) -> Spoken | None:
    movements = [m for m in note.within(mention.segment, "movement") if m.start <= mention.end]
    if not movements:
        return None
    name = movements[-1].name.partition(".")[2]
    verdict = angles_verdict([Angle(name, "right", right), Angle(name, "left", left)])
    return Spoken(mention.name, mention, verdict[0], why, verdict[1], False) if verdict else None


def _cell_sign(note: Note, word: str, start: int, end: int) -> str | None:
    """What a cell says: "yes", "no", "open" (empty), or None where it cannot be told.

    A dash denies a finding that is seen or not; in the place of a measure it says that there is none.
    """
    if _BLANK.fullmatch(note.folded, start, end):
        return "open"
    if _DASH.fullmatch(note.folded, start, end):
        return "open" if word in _MEASURES else "no"
    number = note.segment_at(start)
    inside = [m for m in note.among(number, word, SAID) if m.start >= start and m.end <= end]
    groups = {m.group for m in inside if m.name == word}
    answers = {m.group for m in inside if m.name == SAID}
    if answers & {"no"} and not groups & {"present", "limb", "said"}:
        return "no"
    if groups & {"present", "limb", "said"}:
        return "yes"
    if groups & {"normal", "absent"} or answers & {"no", "normal", "fine"}:
        return "no"
    if "yes" in answers:
        return "yes"
    return "open" if "open" in answers else None
