"""Tables in plain text: lines cut into cells, and columns that stand under a row of heads."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indicated.reading.patterns import lazy

_GAP = lazy(r" {2,}| *\t *")
_CSV = lazy(r'^"[^"]*"(?:,"[^"]*")+$|^[^,\n]*(?:,[^ ,\n][^,\n]*|,){2,}$')
_APART = 16


@dataclass(frozen=True)
class Cell:
    """A cell at `start:end` of the text, without the white space and quotes around it. Empty cells have start == end."""

    start: int
    end: int

    @property
    def middle(self) -> float:
        """The middle of the cell."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class Line:
    """A line with its cells. `ruled` says that signs divide them (bars, commas, tabs), so that their order counts."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    ruled: bool

    def under(self, head: Line, cell: int) -> int | None:
        """The number of the head's cell that a cell of this line stands under, or None."""
        if self.ruled and head.ruled:
            shift = len(head.cells) - len(self.cells)
            return (
                cell + shift
                if shift in (0, -1) and 0 <= cell + shift < len(head.cells)
                else cell
                if cell < len(head.cells)
                else None
            )
        middle = self.cells[cell].middle - self.start
        distance, nearest = min((abs(c.middle - head.start - middle), n) for n, c in enumerate(head.cells))
        return nearest if distance <= _APART else None


@lru_cache(maxsize=4)
def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text with their cells; an empty line has none. Several readers ask for those of one note."""
    found: list[Line] = []
    start = 0
    for written in text.split("\n"):
        end = start + len(written)
        found.append(_line(text, start, end))
        start = end + 1
    return tuple(found)


def lines_between(text: str, start: int, end: int) -> tuple[Line, ...]:
    """The lines of a text from the one that holds `start` to the one that holds `end`."""
    every = lines(text)
    first = max(0, bisect.bisect_right(every, start, key=_begin) - 1)
    return every[first : bisect.bisect_right(every, end, first, key=_begin)]


def _begin(line: Line) -> int:
    return line.start


def _line(text: str, start: int, end: int) -> Line:
    written = text[start:end]
    if "|" in written:
        barred = list(_cells(text, start, end, re.compile(r"\|")))
        framed = written.strip()
        first, last = int(framed[0] == "|"), len(barred) - int(framed[-1] == "|")
        return Line(start, end, tuple(barred[first:last]), True)
    if _CSV.match(written.strip()):
        quoted = written.lstrip().startswith('"')
        return Line(
            start, end, tuple(_cells(text, start, end, re.compile(r'(?<="),(?=")' if quoted else ","))), True
        )
    if "  " not in written and "\t" not in written:  # most lines are prose
        cell = _trimmed(text, start, end)
        return Line(start, end, (cell,) if cell.start < cell.end else (), False)
    cells = tuple(c for c in _cells(text, start, end, _GAP) if c.start < c.end)
    return Line(start, end, cells, "\t" in written)


def _cells(text: str, start: int, end: int, sign: re.Pattern[str]) -> Iterator[Cell]:
    begin = start
    for stop in [*sign.finditer(text, start, end), None]:
        yield _trimmed(text, begin, stop.start() if stop else end)
        begin = stop.end() if stop else end


def _trimmed(text: str, first: int, last: int) -> Cell:
    while first < last and text[first] in ' \t"':
        first += 1
    while first < last and text[last - 1] in ' \t"':
        last -= 1
    return Cell(first, last)


def bodies(found: Sequence[Line], is_head: Callable[[Line], bool]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield (heads, rows) of each table: the lines under one or two lines of heads, up to a gap or a line of prose."""
    at = 0
    while at < len(found):
        if not is_head(found[at]):
            at += 1
            continue
        heads, at = [found[at]], at + 1
        if at < len(found) and is_head(found[at]):
            heads.append(found[at])
            at += 1
        rows: list[Line] = []
        while (
            at < len(found)
            and (len(found[at].cells) > 1 or (not rows and not found[at].cells))
            and not is_head(found[at])
        ):
            if found[at].cells:
                rows.append(found[at])
            at += 1
        yield heads, rows
