"""Tables of blocks that lie on their side: a column for each block ("#1   #2   #3"), a row for what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicated.chart.model import Side
from indicated.facts.blocks.mentions import WORD
from indicated.facts.blocks.place import levels
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.amounts import durations, number, percents
from indicated.reading.dates import dates
from indicated.reading.note import Note
from indicated.reading.patterns import lazy
from indicated.reading.tables import Cell, Line, lines

_NUMBER = lazy(
    r"(?:(?:block|blk|lsb|inj|injection|shot) ?)?(?:#|no\.? ?)?\s?(?P<n>[1-9])(?:st|nd|rd|th)?(?: (?:block|blk|lsb|inj|injection|shot))?"
)
_SIGN = lazy(r"#|no\b|block|blk|lsb|inj|shot|st\b|nd\b|rd\b|th\b")
_DATE = lazy(r"(?:date|dos|day|done|performed)\b")
_LASTED = lazy(r"last(?:ed|ing)|durat|how long|\bheld\b|hold|days of|relief time|length|wore off after")
_UNIT = lazy(r"\((days?|d|weeks?|wks?|hours?|hrs?|h)\)|\b(days?|weeks?|wks?|hours?|hrs?)\b")
_SHARE = lazy(r"%|pct|percent|relief|better|improv")
_BEFORE = lazy(r"\b(?:pre|before|baseline)\b")
_AT_HOME = lazy(r"\b(?:home|next (?:day|am|morning)|\d\d ?h(?:rs?|ours?)?|day ?\d|d\d|call|phone)\b")
_IN_THE_ROOM = lazy(r"\b(?:\d\d? ?min\w*|pacu|recovery|in room|immediate|function|rom|walk\w*|d/c)\b")
_NONE = lazy(r"\W*(?:none|no relief|nil|0(?: ?%| ?d(?:ays?)?)?|zero)\W*")
_PER_UNIT = {"h": 1 / 24, "d": 1.0, "w": 7.0}
_APART, _COLUMNS, _GAP, _TOP = 18, 2, 2, 10


@dataclass
class _Column:
    """One block: its number, where its column begins, and the cells of its rows with their labels."""

    number: int
    head: Cell
    cells: list[tuple[str, Cell]]


@dataclass(frozen=True)
class Crosswise:
    """What such tables say, each fact with the number of its segment, and the segments that they take up."""

    facts: tuple[tuple[int, Fact], ...]
    segments: frozenset[int]

    def covers(self, note: Note, fact: Fact) -> bool:
        """Whether a fact was read from a row of such a table, as if it were a line of its own."""
        return any(note.segment_at(item.start) in self.segments for item in fact.evidence)


def crosswise(note: Note) -> Crosswise:
    """The blocks of such tables with their relief and its length."""
    facts: list[tuple[int, Fact]] = []
    segments: set[int] = set()
    every = lines(note.folded) if _about_blocks(note) else ()
    for at, line in enumerate(every):
        columns = _columns(note, line)
        if columns:
            _fill(note, columns, every[at + 1 :])
            if not any(_of_a_block(note, column) for column in columns):
                continue
            found = [told for column in columns for told in _facts(note, column, line)]
            facts += found
            if found:
                segments |= {note.segment_at(c.start) for column in columns for _, c in column.cells}
    return Crosswise(tuple(facts), frozenset(segments))


def _of_a_block(note: Note, column: _Column) -> bool:
    """Whether a column tells of a block, not of a visit: by its level, or by how long it lasted."""
    return any(_LASTED.search(label) or levels(note, c.start, c.end) for label, c in column.cells)


def _about_blocks(note: Note) -> bool:
    named = note.named(WORD)
    return note.has(WORD) and any(m.group in ("lumbar", "name", "weak") for m in named)


def _columns(note: Note, line: Line) -> list[_Column]:
    """The columns of a head: two or more numbers that go up by one, maybe behind a cell that names them."""
    cells = [c for c in line.cells if c.start < c.end]
    found = [_NUMBER.fullmatch(note.folded[c.start : c.end]) for c in cells]
    if found and found[0] is None:
        cells, found = cells[1:], found[1:]
    if len(found) < _COLUMNS or not all(found):
        return []
    numbers = [int(m["n"]) for m in found if m]
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    if not rising or not _SIGN.search(note.folded, line.start, line.end):
        return []
    return [_Column(n, c, []) for n, c in zip(numbers, cells, strict=True)]


def _fill(note: Note, columns: Sequence[_Column], below: Sequence[Line]) -> None:
    empty = 0
    for line in below:
        if not line.cells:
            empty += 1
            if empty >= _GAP:
                return
            continue
        empty = 0
        if len(line.cells) < _COLUMNS:
            return
        label = note.folded[line.cells[0].start : line.cells[0].end]
        for cell in line.cells[1:]:
            begin = cell.start - line.start
            apart, nearest = min(
                (abs(begin - (c.head.start - _line_start(note, c.head))), n) for n, c in enumerate(columns)
            )
            if apart <= _APART:
                columns[nearest].cells.append((label, cell))


def _line_start(note: Note, cell: Cell) -> int:
    return note.folded.rfind("\n", 0, cell.start) + 1


def _facts(note: Note, column: _Column, head: Line) -> Iterator[tuple[int, Fact]]:
    dated = next(
        (
            (cell, found)
            for label, cell in column.cells
            if _DATE.match(label)
            and (found := next(dates(note.folded, note.document.date, cell.start, cell.end), None))
            and found.exact
        ),
        None,
    )
    if dated is None or (note.document.date and dated[1].day > note.document.date):
        return
    cell, day = dated
    attributes: dict[str, Value] = {"number": column.number}
    level = next((known for _, c in column.cells if (known := levels(note, c.start, c.end))), "")
    if level:
        attributes |= {"level": level, "kind": "lumbar"}
    segment = note.segment_at(cell.start)
    yield (
        segment,
        Fact(
            WORD, Status.PRESENT, proof(note, [segment]), side=_side(note, column, head),
            limb="lower" if level else None, date=day.day, attributes=attributes, reader="blocks",
            why=("a column of a list or log",),
        ),
    )  # fmt: skip
    yield from _relief(note, column, day.day.isoformat())


def _side(note: Note, column: _Column, head: Line) -> Side | None:
    named = {m.name for _, c in column.cells for m in note.between(c.start, c.end, "side")}
    above = note.segment_at(max(0, head.start - 1))
    named = named or {m.name for n in range(max(0, above - _GAP), above + 1) for m in note.within(n, "side")}
    return (
        None
        if len(named) != 1
        else "right"
        if "side.right" in named
        else "left"
        if "side.left" in named
        else None
    )


def _relief(note: Note, column: _Column, block: str) -> Iterator[tuple[int, Fact]]:
    before: float | None = None
    shared = lasted = False
    scores: list[tuple[Cell, float]] = []
    for label, cell in column.cells:
        text = note.folded[cell.start : cell.end]
        if _LASTED.search(label):
            days = None if lasted else _days(label, text)
            if days is not None:
                lasted = True
                yield _told(note, cell, "block relief duration", days, {"block": block})
        elif _IN_THE_ROOM.search(label):
            continue
        elif _BEFORE.search(label):
            before = number(text) if before is None else before
        elif _SHARE.search(label) and (share := _share(label, text)) is not None:
            shared = True
            yield _told(note, cell, "block relief", None, {"percent": share, "block": block}, zero=share == 0)
        elif _AT_HOME.search(label) and (score := number(text)) is not None and score <= _TOP:
            scores.append((cell, score))
    if scores and not shared and before and scores[0][1] <= before <= _TOP:
        cell, score = scores[0]
        share = round(100 * (before - score) / before)
        yield _told(note, cell, "block relief", None, {"percent": share, "block": block}, zero=share == 0)


def _told(
    note: Note, cell: Cell, word: str, days: float | None, attributes: dict[str, Value], *, zero: bool = False
) -> tuple[int, Fact]:
    segment = note.segment_at(cell.start)
    status = Status.ABSENT if zero or days == 0 else Status.PRESENT
    return segment, Fact(
        word, status, proof(note, [segment]), value=days, unit="days" if days is not None else None,
        date=note.document.date, attributes=attributes, reader="relief", why=("a column of the table",),
    )  # fmt: skip


def _days(label: str, text: str) -> float | None:
    if _NONE.fullmatch(text):
        return 0.0
    found = next(durations(text), None)
    if found is not None:
        return found.value
    unit, value = _UNIT.search(label), number(text)
    if unit is None or value is None:
        return None
    return round(value * _PER_UNIT[(unit[1] or unit[2])[0]], 4)


def _share(label: str, text: str) -> int | None:
    if _NONE.fullmatch(text):
        return 0
    found = next(percents(text), None)
    value = (
        found.value
        if found
        else number(text)
        if "%" in label or "pct" in label or "percent" in label
        else None
    )
    return round(value) if value is not None and value <= 100 else None
