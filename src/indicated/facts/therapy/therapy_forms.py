"""What forms, lists of appointments and tables say of therapy without a sentence: a box, a count, a cell, a day."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from datetime import timedelta

from indicated.facts.answers import box, ticked_of_pair
from indicated.facts.diagnosis.around import ticked_time
from indicated.facts.model import Status
from indicated.reading.dates import DateAt
from indicated.reading.note import Mention, Note, lying
from indicated.reading.patterns import lazy
from indicated.reading.tables import Line, lines_between

_PAIRED = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}
_TIMES = {"now": Status.PRESENT, "past": Status.HISTORICAL, "never": Status.ABSENT}
_CELLS = {
    "active": Status.PRESENT,
    "over": Status.HISTORICAL,
    "never": Status.ABSENT,
    "to come": Status.PLANNED,
}
_TALLY = "tally"
_CELL = "state of therapy"
_NUMBER = lazy(r"\d{1,3}")
_EDGE = lazy(r"\s*(?:\||\t|\s{3,}|,)\s*")
_FIELD = lazy(r"[:#] ?[a-z# ]{0,14}$")
_FIELD_REACH = 18
_NEW_CLAUSE = lazy(r"[,;-] ?$|[,;] and $|and $")
_STATUS = lazy(r"\b(?:status|state|stage) ?[:=] ?$")
_BOX = lazy(r" ?(?:[\[(] ?(?P<tick>[x✓✔])? ?[\])])(?=\s|$)")
_COLON = 3
_SOON = 75
_BESIDE = 44


def by_pair(note: Note, names: Sequence[Mention]) -> Status | None:
    """What a yes and a no with a box each say right behind the name ("Have you had PT [X] yes [ ] no")."""
    for name in names:
        told = ticked_of_pair(note.folded, name.end, note.segments[name.segment].end)
        if told:
            return _PAIRED[told]
    return None


def by_time(note: Note, names: Sequence[Mention]) -> Status | None:
    """What the boxes for the times say ("Physical therapy: [ ] never [ ] past [X] now")."""
    for name in names:
        told = ticked_time(note, name)
        if told:
            return _TIMES[told]
    return None


def by_count(note: Note, segment: int) -> Status | None:
    """What a field for the visits says ("authorized 24 | used 11"): none used is not begun."""
    for mention in note.within(segment, "therapy", _TALLY):
        number = _NUMBER.search(note.folded, mention.start, mention.end)
        if number:
            return Status.PRESENT if int(number[0]) else Status.ABSENT
    return None


def by_cell(note: Note, names: Sequence[Mention]) -> Status | None:
    """What the cell beside the name says in a table of treatments ("PT | active | 11/18")."""
    for name in names:
        end = note.segments[name.segment].end
        for state in lying(note.anywhere(_CELL), name.end, end):
            if state.group in _CELLS and _STATUS.search(note.folded, max(0, state.start - 12), state.start):
                return _CELLS[state.group]
        edge = _EDGE.match(note.folded, name.end)
        if not edge or "\n" in edge[0]:
            continue
        for state in lying(note.anywhere(_CELL), edge.end(), edge.end() + _BESIDE):
            after = note.folded[state.end : state.end + 1]
            if (
                state.group in _CELLS
                and state.start == edge.end()
                and after in ("", "|", "\n", "\t", ",", " ")
            ):
                whole = after != " " or note.folded[state.end : state.end + 3].isspace()
                whole = whole or note.folded[state.end : state.end + 2] in (" |", " (")
                if whole:
                    return _CELLS[state.group]
    return None


def by_first_day(note: Note, cues: Sequence[Mention]) -> Status | None:
    """What a field for the beginning says by the day behind it ("Date therapy began: 11/04/2025")."""
    for cue in cues:
        for day in note.dates_in(cue.segment):
            beside = 0 < day.start - cue.end <= _COLON and ":" in note.folded[cue.end : day.start]
            if cue.group in ("ask", "begun", "blank") and beside:
                return Status.PLANNED if is_to_come(note, day) else Status.PRESENT
    return None


def by_column(note: Note, names: Sequence[Mention]) -> Status | None:
    """What a table of services shows beside a name: a start that lies back, or visits that were counted."""
    heads = [m for m in note.anywhere(_CELL) if m.group == "column"]
    if not heads:
        return None
    for name in names:
        row = _line_of(note, name)
        head = _head_above(note, heads, row)
        if head is None or not (row.cells[0].start <= name.start and name.end <= row.cells[0].end):
            continue
        for number, cell in enumerate(row.cells):
            under = row.under(head, number)
            if under is None or not lying(heads, head.cells[under].start, head.cells[under].end):
                continue
            days = [d for d in note.dates_in(name.segment) if cell.start <= d.start < cell.end]
            count = _NUMBER.fullmatch(note.folded, cell.start, cell.end)
            if any(not is_to_come(note, d) for d in days) or (count and int(count[0])):
                return Status.PRESENT
    return None


def _line_of(note: Note, mention: Mention) -> Line:
    return lines_between(note.document.text, mention.start, mention.start)[0]


def _head_above(note: Note, heads: Sequence[Mention], row: Line) -> Line | None:
    """The nearest line with columns above a row that names one of those that tell of therapy."""
    if len(row.cells) < 2:
        return None
    above = heads[: bisect.bisect_left(heads, row.start, key=lambda head: head.start)]
    return next((line for m in reversed(above) if len((line := _line_of(note, m)).cells) > 1), None)


def is_to_come(note: Note, day: DateAt) -> bool:
    """Whether a day lies ahead of the document; one without a year also when its next turn is near."""
    today = note.document.date
    if not today:
        return False
    if day.day > today:
        return True
    if "-" in (note.folded[day.start - 1 : day.start], note.folded[day.end : day.end + 1]):
        return False  # from one day to another
    next_turn = day.day + timedelta(days=365)
    return not day.has_year and timedelta(0) < next_turn - today <= timedelta(days=_SOON)


def is_unfilled(note: Note, signs: Sequence[Mention]) -> bool:
    """Whether a field was left blank: a sign to fill in stands right behind its colon."""
    return any(_FIELD.search(note.folded, max(0, m.start - _FIELD_REACH), m.start) for m in signs)


def asks_for_else(note: Note, segment: int, told: Sequence[Mention]) -> bool:
    """Whether a question at the end of a statement has a clause of its own ("my first visit is Monday, can I ...?")."""
    piece = note.segments[segment]
    opens = note.within(segment, "question opens")
    behind = [m for m in opens if _NEW_CLAUSE.search(note.folded, max(0, m.start - 4), m.start)]
    if not behind or not told or note.folded[piece.end - 1] != "?":
        return False
    asked = behind[-1].start
    return all(m.end <= asked for m in told) and not any(m.start - piece.start <= 1 for m in opens)


def is_marked(note: Note, option: Mention) -> bool:
    """Whether the box of an option is ticked: the one behind it where there is one, else the one before it."""
    behind = _BOX.match(note.folded, option.end)
    return bool(behind["tick"]) if behind else box(note.folded, option.start) == "full"


def by_day(note: Note, names: Sequence[Mention]) -> bool:
    """Whether a day that is still to come stands beside a name ("02/24 1300 PT EVAL")."""
    return any(
        is_to_come(note, d) and -_BESIDE <= d.start - m.end <= _BESIDE
        for m in names
        for d in note.dates_in(m.segment)
    )
