"""Flowsheets and exports: measures in rows under dates, or dates in rows under measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicated.facts.function.measured import WORD, Measured, canonical, fits, phase_of
from indicated.facts.function.quantities import Quantity, quantities
from indicated.reading.dates import dates
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note, lying
from indicated.reading.patterns import lazy
from indicated.reading.tables import Cell, Line, bodies, lines

_DATELIKE = lazy(r"\d[/.-]\d|[a-z]{3}\.? \d|\d [a-z]{3}")
_PLAIN = lazy(r"[+-]?\d+(?:\.\d+)?%?")
_BLANK = (
    "",
    "-",
    "--",
    "---",
    "n/t",
    "nt",
    "n/a",
    "blank",
    "not done",
    "pending",
    "not taken",
    "__",
    "___",
    "____",
    "n/d",
)


@dataclass(frozen=True)
class Tabled:
    """What the tables of a note hold: values, the spans of their lines, and rows whose later cell is blank."""

    values: tuple[Measured, ...]
    spans: tuple[tuple[int, int], ...]
    blanks: tuple[Measured, ...]


def in_tables(note: Note, language: Language) -> Tabled:
    """Read all tables of a note that hold measures of function."""
    values: list[Measured] = []
    spans: list[tuple[int, int]] = []
    blanks: list[Measured] = []
    if "\n" not in note.folded:
        return Tabled((), (), ())
    hidden = note.named(WORD, "not")
    measures = [m for m in note.anywhere("measure") if not any(h.covers(m) for h in hidden)]
    if not measures:
        return Tabled((), (), ())
    phases = note.anywhere("phase")
    found = lines(note.folded)

    def head(line: Line) -> bool:
        return _is_head(note, line, phases) or _is_head_of_measures(note, language, line, measures)

    for heads, rows in bodies(found, head):
        across = _is_head_of_measures(note, language, heads[0], measures)
        for row in rows:
            if not row.cells:
                continue
            read = (
                _dated_row(note, language, heads[0], row, measures, phases)
                if across
                else _measured_row(note, language, heads, row, measures, phases)
            )
            for item, blank in read:
                (blanks if blank else values).append(item)
                spans.append((row.start, row.end))
    return Tabled(tuple(values), tuple(dict.fromkeys(spans)), tuple(blanks))


def _inside(mentions: list[Mention], cell: Cell) -> list[Mention]:
    return lying(mentions, cell.start, cell.end)


def _date_in(note: Note, cell: Cell) -> date | None:
    return next((d.day for d in dates(note.folded, note.document.date, cell.start, cell.end)), None)


def _is_column(note: Note, cell: Cell, phases: list[Mention]) -> bool:
    """Whether a cell heads a column of values: a date, or a word of before and after, and no value beside it."""
    if not 2 < cell.end - cell.start <= 26:
        return False
    found = list(dates(note.folded, note.document.date, cell.start, cell.end))
    rest = note.folded[cell.start : cell.end]
    for d in found:
        rest = rest.replace(note.folded[d.start : d.end], "")
    if sum(c.isdigit() for c in rest) > 1 or (rest[:1].isdigit() and not found):
        return False
    return bool(found) or bool(_inside(phases, cell))


def _is_head(note: Note, line: Line, phases: list[Mention]) -> bool:
    if len(line.cells) < 2 or not (
        _DATELIKE.search(note.folded, line.start, line.end)
        or any(m.start < line.end for m in lying(phases, line.start, line.end))
    ):
        return False
    if any(_PLAIN.fullmatch(note.folded, c.start, c.end) for c in line.cells):
        return False
    return sum(_is_column(note, c, phases) for c in line.cells) > 1


def _is_head_of_measures(note: Note, language: Language, line: Line, measures: list[Mention]) -> bool:
    """Whether a line names measures side by side, one a cell, without values."""
    if len(line.cells) < 2:
        return False
    named = [c for c in line.cells if _inside(measures, c)]
    if not named or (len(named) < 2 and "date" not in note.folded[line.start : line.end]):
        return False
    valued = [c for c in named if _value(note, language, c, _inside(measures, c)[-1])]
    return 2 * len(valued) < len(named)


def _value(note: Note, language: Language, cell: Cell, mention: Mention | None) -> Quantity | None:
    start = mention.end if mention and cell.start <= mention.start < cell.end else cell.start
    return next(
        (
            q
            for q in quantities(note.folded, start, cell.end)
            if mention is None or fits(language, mention, q) or not q.unit
        ),
        None,
    )


def _measured_row(
    note: Note,
    language: Language,
    heads: list[Line],
    row: Line,
    measures: list[Mention],
    phases: list[Mention],
) -> Iterator[tuple[Measured, bool]]:
    """The values of one measure, each with the day and the phase of its column."""
    first_is_value = (
        _is_column(note, heads[0].cells[0], phases) and row.ruled and len(row.cells) == len(heads[0].cells)
    )
    mentions = _inside(measures, row.cells[0])
    if not mentions:
        return
    mention = _chief(language, mentions)
    segment = note.segment_at(row.cells[0].start)
    unit = _unit_of_label(note, row.cells[0], mention)
    for number, cell in enumerate(row.cells):
        if number == 0 and not first_is_value:
            continue
        day, phase = _column(note, heads, row, number, phases)
        if day is None and not phase:
            continue
        quantity = _value(note, language, cell, mention)
        if quantity:
            if not quantity.unit and unit and fits(language, mention, Quantity(0, 0, 0.0, unit)):
                quantity = Quantity(quantity.start, quantity.end, quantity.value, unit, quantity.of)
            named = canonical(language, mention, quantity)
            yield Measured(named, quantity, segment, row.start, row.end, day, phase, True), False
        elif note.folded[cell.start : cell.end].strip(" _") in _BLANK:
            at = Quantity(cell.start, cell.end, 0.0, unit)
            yield Measured(mention, at, segment, row.start, row.end, day, phase, True), True


def _chief(language: Language, mentions: list[Mention]) -> Mention:
    """The measure that a label names: the closest-fitting word before a loose one, then the longest."""
    return max(mentions, key=lambda m: ("general" not in language.about[m.name], m.end - m.start, -m.start))


def _unit_of_label(note: Note, cell: Cell, mention: Mention) -> str:
    """The unit that stands in the label: "6MWT, crutches (m)", "AROM DF, deg"."""
    tail = note.folded[mention.end : cell.end].strip(" ,()").split(" ")[-1].strip("(),.")
    found = next(iter(quantities("1 " + tail, 0, len(tail) + 2)), None) if tail else None
    return found.unit if found else ""


def _column(
    note: Note, heads: list[Line], row: Line, number: int, phases: list[Mention]
) -> tuple[date | None, str]:
    day, phase = None, ""
    for head in heads:
        at = row.under(head, number)
        if at is None:
            continue
        cell = head.cells[at]
        day = day or _date_in(note, cell)
        found = _inside(phases, cell)
        phase = phase or (phase_of(found[0]) if found else "")
    return day, phase


def _dated_row(
    note: Note, language: Language, head: Line, row: Line, measures: list[Mention], phases: list[Mention]
) -> Iterator[tuple[Measured, bool]]:
    """The values of several measures on the day, or in the phase, that the row names."""
    day = next((found for c in row.cells if (found := _date_in(note, c))), None)
    here = [m for c in row.cells for m in _inside(phases, c)]
    phase = phase_of(here[0]) if here else ""
    segment = note.segment_at(row.cells[0].start)
    for number, cell in enumerate(row.cells):
        if list(dates(note.folded, note.document.date, cell.start, cell.end)):
            continue
        at = row.under(head, number)
        mentions = _inside(measures, head.cells[at]) if at is not None else []
        if not mentions:
            continue
        mention = _chief(language, mentions)
        quantity = _value(note, language, cell, None)
        if not quantity:
            continue
        unit = quantity.unit or _unit_of_label(note, head.cells[at or 0], mention)
        if at is not None and fits(language, mention, Quantity(0, 0, 0.0, unit)):
            quantity = Quantity(quantity.start, quantity.end, quantity.value, unit, quantity.of)
            yield (
                Measured(
                    canonical(language, mention, quantity),
                    quantity,
                    segment,
                    row.start,
                    row.end,
                    day or note.document.date,
                    phase,
                    True,
                ),
                False,
            )
