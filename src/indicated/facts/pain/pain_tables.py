"""Pain scores in the columns of an export: a row of heads that names the pain, and under it dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.facts.pain.pain_number_sense import OF, SCALE
from indicated.reading.note import Note
from indicated.reading.patterns import lazy
from indicated.reading.tables import Line, bodies, lines

_SCORE = lazy(r"(?P<value>10|\d)(?:\.(?P<part>\d))?(?: ?/ ?10)?")
_NUMBERS = lazy(r"(?:^|[|,\"])\s*\d")
_MAX = 10


def read_pain_tables(note: Note, word: str) -> Iterator[Fact]:
    """Yield the scores of the newest row of each table that divides its cells by signs."""
    if "|" not in note.folded and '","' not in note.folded and ",pain" not in note.folded:
        return

    def is_head(line: Line) -> bool:
        written = note.folded[line.start : line.end]
        return (
            line.ruled and len(line.cells) > 1 and not _NUMBERS.search(written) and bool(_pains(note, line))
        )

    for heads, rows in bodies(lines(note.document.text), is_head):
        columns = _pains(note, heads[-1])
        scored = [row for row in rows if row.ruled and _scores(note, heads[-1], row, columns)]
        if not scored:
            continue
        last = max(enumerate(scored), key=lambda pair: (_day(note, pair[1]), pair[0]))[1]
        for of, value in _scores(note, heads[-1], last, columns):
            yield _fact(note, word, last, of, value)


def _pains(note: Note, line: Line) -> dict[int, str]:
    """The columns that give a pain score, with the pain of which they give it."""
    found: dict[int, str] = {}
    segment = note.segment_at(line.start)
    mentions = [*note.within(segment, SCALE, "scale"), *note.within(segment, "pain as reason", "pain")]
    kinds = note.within(segment, OF)
    for n, cell in enumerate(line.cells):
        if any(cell.start <= m.start < cell.end for m in mentions):
            of = [m.group for m in kinds if cell.start <= m.start < cell.end]
            found[n] = of[0] if of else ""
    return found


def _scores(note: Note, head: Line, row: Line, columns: dict[int, str]) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for n, cell in enumerate(row.cells):
        column = row.under(head, n)
        match = _SCORE.fullmatch(note.folded, cell.start, cell.end)
        if column in columns and match:
            value = float(match["value"]) + (int(match["part"]) / _MAX if match["part"] else 0)
            found.append((columns[column], value))
    return found


def _day(note: Note, row: Line) -> int:
    days = [
        d.day.toordinal() for d in note.dates_in(note.segment_at(row.start)) if row.start <= d.start < row.end
    ]
    return max(days, default=0)


def _fact(note: Note, word: str, row: Line, of: str, value: float) -> Fact:
    attributes: dict[str, Value] = {"site": "limb"}
    if of:
        attributes["of"] = of
    return Fact(
        word,
        Status.PRESENT,
        proof(note, [note.segment_at(row.start)]),
        value=value,
        date=note.document.date,
        attributes=attributes,
        reader="pain score",
        why=("the newest row of a table",),
    )
