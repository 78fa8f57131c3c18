"""Minutes of therapy that were planned and done: a shortfall with pain as its reason shows that pain limits therapy.

They stand in the columns of a flowsheet, in pairs ("18 / 50 min"), or behind their names ("planned 45, done 12").
Full minutes say less: they count only where nothing in the document was cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.reading.note import Mention, Note, lying
from indicated.reading.patterns import lazy
from indicated.reading.tables import Line, bodies, lines

NAME = "therapy minutes"
_PAIR = lazy(
    r"(?<![\d./])(?P<one>\d{1,3})(?: ?min\w*)? ?(?:/|of|out of) ?(?:the )?(?P<other>\d{1,3})(?![\d./])(?P<unit>[ -]?min)?"
)
_BEHIND = lazy(r"[\s:=,\"']{0,4}(?:only |just |at )?(?P<value>\d{1,3})(?![\d./]*[/.]\d)")
_BEFORE = lazy(r"(?P<value>\d{1,3})(?: ?min\w*)? ?$")
_NUMBER = lazy(r"^\D{0,4}(?P<value>\d{1,3})(?![\d/.])")
_ROW = lazy(r"\d[/.-]\d|(?<!\d)\d+ ?min|\|\s*\d+\s*\||\s{2}\d{1,3}(?:\s{2}|$)")
_LONGEST = 240
_FULL = 0.9
_SEVERE = 7


@dataclass(frozen=True)
class Minutes:
    """One visit or task: the statement, whether it fell short, and whether pain stands beside it as the reason."""

    segment: int
    short: bool
    pain: bool


def read_minutes(note: Note) -> Iterator[Minutes]:
    """Yield what is told of minutes planned and done, row by row and statement by statement."""
    named = note.named(NAME)
    if not named:
        return
    taken: set[int] = set()
    if len({m.group for m in named}) > 1 or any(m.group in ("both", "reason") for m in named):
        for found in _in_tables(note, named):
            taken.add(found.segment)
            yield found
    for segment in sorted({m.segment for m in named} - taken):
        pair = _told(note, segment)
        if pair:
            yield Minutes(segment, _is_short(*pair), _painful(note, segment))


def _in_tables(note: Note, named: Sequence[Mention]) -> Iterator[Minutes]:
    def is_head(line: Line) -> bool:
        here = lying(named, line.start, line.end)
        groups = {m.group for m in here}
        if len(line.cells) < 2 or _ROW.search(note.folded, line.start, line.end):
            return False
        return "both" in groups or len(groups) > 1

    for heads, rows in bodies(lines(note.document.text), is_head):
        head = heads[-1]
        for row in rows:
            segment = note.segment_at(row.start)
            pair = _cells(note, named, head, row)
            pain = any(row.start <= m.start < row.end for m in note.within(segment, "pain as reason", "pain"))
            reason = any(m.group == "reason" and head.start <= m.start < head.end for m in named)
            if pair:
                yield Minutes(segment, _is_short(*pair), pain)
            elif reason and pain and any(c.isdigit() for c in note.folded[row.start : row.end]):
                yield Minutes(segment, True, True)


def _cells(note: Note, named: Sequence[Mention], head: Line, row: Line) -> tuple[int, int] | None:
    """The minutes done and planned of a row."""
    values: dict[str, int] = {}
    for n, cell in enumerate(row.cells):
        column = row.under(head, n)
        if column is None:
            continue
        over = head.cells[column]
        groups = {m.group for m in named if over.start <= m.start < over.end}
        written = note.folded[cell.start : cell.end]
        pair = _PAIR.search(written)
        if "both" in groups and pair:
            return int(pair["one"]), int(pair["other"])
        number = _NUMBER.match(written)
        for group in groups & {"planned", "done"}:
            if number:
                values.setdefault(group, int(number["value"]))
        if number and groups == {"time"}:
            values.setdefault("time", int(number["value"]))
    values.setdefault("done", values.pop("time", -1))
    if values["done"] < 0:
        return None
    return (values["done"], values["planned"]) if "planned" in values else None


def _told(note: Note, segment: int) -> tuple[int, int] | None:
    """The minutes done and planned that a statement tells in words."""
    values: dict[str, int] = {}
    piece = note.segments[segment]
    for m in note.within(segment, NAME, "planned", "done"):
        behind = _BEHIND.match(note.folded, m.end, piece.end)
        before = _BEFORE.search(note.folded, max(piece.start, m.start - 12), m.start)
        found = behind or before
        if found:
            values.setdefault(m.group, int(found["value"]))
    if "done" in values and "planned" in values:
        return values["done"], values["planned"]
    pair = _PAIR.search(note.folded, piece.start, piece.end)
    if pair and pair["unit"]:
        return int(pair["one"]), int(pair["other"])
    return None


def _is_short(done: int, planned: int) -> bool:
    return 0 < planned <= _LONGEST and done < _FULL * planned


def _painful(note: Note, segment: int) -> bool:
    """Whether pain is named in the statement, or in the field behind it that gives the reason."""
    if note.within(segment, "pain as reason", "pain"):
        return True
    if any(score.value >= _SEVERE for score in note.scores_in(segment)):
        return True
    following = segment + 1
    if following >= len(note.segments):
        return False
    why = note.segments[following].label or note.text_of(following)[:16]
    return bool(note.within(following, "pain as reason", "pain")) and bool(
        note.within(following, NAME, "reason") or why.startswith("why")
    )
