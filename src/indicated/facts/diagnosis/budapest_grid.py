"""The Budapest categories laid out as a grid: a row for each category, one cell for symptoms and one for signs.

Rows may carry two marks ("Sensory  X  -"), two worded cells ("vasomotor   no   none: 29.8 L, 29.7 R") or repeat
the name of the category in each half. A row of totals wins over what can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indicated.facts.diagnosis.around import denial
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

MARK = lazy(
    r"\[\s*(?P<box>[x✓✔*]?)\s*\]|(?P<ticked>[☒☑✓✔])|(?P<open>☐)|\(?(?P<plus>\+{1,3})\)?(?!\s+[a-z]{3})|\((?P<minus>-)\)|(?<=[\s:=|])(?P<dash>-{1,2})(?=\s|$|[,;|])|(?<=[a-z])(?P<stuck>-)(?=\s|$|[,;|/])"
    r"|\b(?P<untested>nt|n/t|not tested|not examined|not assessed|not asked|deferred|cast|unable|unknown|refused)\b"
    r"|\b(?P<no>no|n|neg|negative|absent|none|nil|never|nl|normal|full|denies|denied|unremarkable|symmetric|symmetrical|equal|5/5|0)\b"
    r"|\b(?P<yes>yes|y|x|pos|positive|present|1)\b"
)
_NEXT_ROW = lazy(
    r"\n|\s*[;/,]\s+(?=(?:sens|vaso|sudo|motor|mot\b|troph))|\s*\|\s*(?=(?:sens|vaso|sudo|motor|mot\b|troph))"
)
_CELLS = lazy(r"\s{2,}|\t|\s*\|\s*")
_TOTAL = lazy(
    r"(?:total|sum|count|score|categories|=)?[\s:=|]*(?P<a>[0-4])(?:-[0-4])?\s*(?:/|of)\s*4[\s:=|,;and]+(?P<b>[0-4])(?:-[0-4])?\s*(?:/|of)\s*4\b"
    r"|(?:total|sum|count)s?[\s:=|]+(?P<c>[0-4])(?:\s*/\s*4)?[\s:=|,]+(?P<d>[0-4])(?:\s*/\s*4)?\s*$"
)
_ROWS, _INDENT = 3, 6


class Grid(NamedTuple):
    """Categories with a symptom, with a sign, and those not asked or not examined; `segments` hold the rows."""

    symptoms: int
    signs: int
    open_symptoms: int
    open_signs: int
    segments: tuple[int, ...]


class _Row(NamedTuple):
    group: str
    symptom: bool | None
    sign: bool | None
    segment: int


def read_grid(note: Note, segments: Sequence[int]) -> Grid | None:
    """The grid that some neighbouring segments form, or None."""
    rows: list[_Row] = []
    totals: tuple[int, int] | None = None
    turned = _signs_first(note, segments)
    for n, start, end in _lines(note, segments):
        total = _TOTAL.match(note.folded[start:end].strip(" -*"))
        if total and rows:
            totals = int(total["a"] or total["c"]), int(total["b"] or total["d"])
            continue
        row = _row(note, n, start, end)
        if row:
            rows.append(row._replace(symptom=row.sign, sign=row.symptom) if turned else row)
    if len({r.group for r in rows}) < _ROWS:
        return None
    symptoms = {r.group for r in rows if r.symptom}
    signs = {r.group for r in rows if r.sign}
    counted = totals or (len(symptoms), len(signs))
    return Grid(
        *counted,
        0 if totals else len({r.group for r in rows if r.symptom is None} - symptoms),
        0 if totals else len({r.group for r in rows if r.sign is None} - signs),
        tuple(sorted({r.segment for r in rows})),
    )


def mark_of(match: re.Match[str]) -> bool | None:
    """Yes, no, or None for not tested."""
    if match["untested"]:
        return None
    if match["box"] is not None:
        return bool(match["box"])
    return bool(match["ticked"] or match["plus"] or match["yes"])


def _lines(note: Note, segments: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    for n in segments:
        start = note.segments[n].start
        end = note.segments[n].end
        start = max((m.end for m in note.within(n, "Budapest criteria") if m.start == start), default=start)
        for cut in (*_NEXT_ROW.finditer(note.folded, start, end), None):
            yield n, start, cut.start() if cut else end
            start = cut.end() if cut else end


def _signs_first(note: Note, segments: Sequence[int]) -> bool:
    """Whether the head of the grid has the column of signs before that of symptoms."""
    for n in segments:
        parts = note.within(n, "Budapest part", "symptom", "sign")
        if {m.group for m in parts} == {"symptom", "sign"}:
            return parts[0].group == "sign"
    return False


def _row(note: Note, n: int, start: int, end: int) -> _Row | None:
    named = [m for m in note.within(n, "Budapest category") if start <= m.start and m.end <= end]
    head = max((m.end for m in note.within(n, "Budapest part") if start <= m.start < end), default=start)
    if not named or min(named[0].start - start, abs(named[0].start - head)) > _INDENT:
        return None
    first = named[0]
    label_end = max(m.end for m in named if m.group == first.group and m.start - first.end <= 3)
    cells = _cells(note.folded, label_end, end)
    if len(cells) == 1 or len({m.group for m in named}) == 1:
        marks = [mark_of(m) for m in MARK.finditer(note.folded, label_end, end)]
        if len(marks) == 2 and len({m.group for m in named}) == 1:
            return _Row(first.group, marks[0], marks[1], n)
    if len(cells) == 3 and any(m.group == first.group and m.start == cells[1][0] for m in named):
        cells = [cells[0], cells[2]]
    if len(cells) != 2:
        return None
    said = [_said(note, named, a, b) for a, b in cells]
    return _Row(first.group, said[0], said[1], n)


def _cells(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for gap in (*_CELLS.finditer(folded, start, end), None):
        stop = gap.start() if gap else end
        if folded[at:stop].strip(" .:|"):
            found.append((at, stop))
        at = gap.end() if gap else end
    return found


def _said(note: Note, named: Sequence[Mention], start: int, end: int) -> bool | None:
    """What a cell says: the mark at its beginning, else whether something in it is named and not denied."""
    mark = MARK.match(note.folded, start, end) or MARK.match(note.folded, start + 1, end)
    if mark:
        return mark_of(mark)
    inside = [m for m in named if start <= m.start < end]
    if any(denial(note, m) is None for m in inside):
        return True
    return not (inside or MARK.search(note.folded, start, end))
