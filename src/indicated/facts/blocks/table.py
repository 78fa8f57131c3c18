"""Tables and exports of blocks: what the columns say of the relief that each row's block brought and how long it lasted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicated.reading.amounts import durations, number, percents
from indicated.reading.dates import dates
from indicated.reading.note import Note
from indicated.reading.patterns import lazy
from indicated.reading.segments import Segment
from indicated.reading.tables import Line, lines_between

_PERCENT = lazy(r"relief|pct|%|improv|better|reduc|\brel\b")
_LASTED = lazy(r"last(?:ed|ing)|durat|how long|rel_?dur|\bdur(?:_|\b)|held|days of|hrs of|days$|length")
_FROM = lazy(r"(?:well|relief|good|effect)[_ ](?:from|start|began|on)$|relief (?:began|started)")
_UNTIL = lazy(
    r"(?:well|relief|good|effect)[_ ](?:until|till|end|ended|to|off)$|wore off|relief ended|came back"
)
_UNIT = lazy(
    r"\((days?|d|weeks?|wks?|hours?|hrs?|h)\)|[_ ](days?|d|weeks?|wks?|hours?|hrs?|h)$|^(days?|weeks?|hours?)"
)
_FACTOR = {"h": 1 / 24, "d": 1.0, "w": 7.0}
_NONE = lazy(r"^(?:none|no|nil|0|0 ?%|n|no relief|0\.0+)$")
_LOOK_BACK = 1600


@dataclass(frozen=True)
class Columns:
    """What a row says: a share in percent, a length in days, each with its place; None where its cell is empty."""

    percent: float | None = None
    days: float | None = None
    from_dates: bool = False


def columns_of(note: Note, segment: int) -> Columns | None:
    """What the columns of a row say, or None where it stands in no table with such columns."""
    piece = note.segments[segment]
    if not piece.row:
        return None
    found = _with_columns(note, piece)
    for head in reversed(found[:-1]):
        names = [note.folded[c.start : c.end] for c in head.cells]
        if any(_PERCENT.search(n) or _LASTED.search(n) or _UNTIL.search(n) for n in names) and not any(
            re.search(r"\d{2,}", n) for n in names
        ):
            return _read(note, head, found[-1], names)
    return None


def is_head(note: Note, segment: int) -> bool:
    """Whether a row is the head of a table: names of columns, no figure, no box, and a row below."""
    if not note.segments[segment].row:
        return False
    text = note.text_of(segment)
    below = segment + 1 < len(note.segments) and note.segments[segment + 1].row
    return (
        below
        and not re.search(r"[\d\[(?:_*{]", text.replace("_", ""))
        and len(re.split(r"\||\s{3,}|\t", text)) > 2
    )


def cell_under(note: Note, segment: int, name: str) -> str:
    """The cell of a row under a head whose name matches, empty where there is none."""
    piece = note.segments[segment]
    if not piece.row:
        return ""
    found = _with_columns(note, piece)
    for head in reversed(found[:-1]):
        row = found[-1]
        names = [note.folded[c.start : c.end] for c in head.cells]
        if any(re.search(name, n) for n in names):
            for cell in range(len(row.cells)):
                under = row.under(head, cell)
                if under is not None and re.search(name, names[under]):
                    return note.folded[row.cells[cell].start : row.cells[cell].end].strip()
    return ""


def _with_columns(note: Note, piece: Segment) -> list[Line]:
    """The lines with columns down to a row, as far up as a table may begin."""
    reach = lines_between(note.folded, piece.start - _LOOK_BACK, piece.start)
    return [line for line in reach if len(line.cells) > 2]


def _read(note: Note, head: Line, row: Line, names: list[str]) -> Columns | None:
    percent: float | None = None
    days: float | None = None
    ends = {}
    for cell in range(len(row.cells)):
        under = row.under(head, cell)
        if under is None:
            continue
        written = note.folded[row.cells[cell].start : row.cells[cell].end].strip()
        name = names[under]
        if not written or written in ("-", "--"):
            continue
        if _UNTIL.search(name) or _FROM.search(name):
            day = next(dates(written, note.document.date), None)
            if day:
                ends["until" if _UNTIL.search(name) else "from"] = day.day
        elif _LASTED.search(name):
            days = _days(written, name)
        elif _PERCENT.search(name):
            percent = _share(written, name)
    if days is None and len(ends) == 2 and ends["until"] >= ends["from"]:
        return Columns(percent, float((ends["until"] - ends["from"]).days), True)
    return Columns(percent, days) if percent is not None or days is not None else None


def _share(written: str, name: str) -> float | None:
    if _NONE.match(written):
        return 0.0
    found = next(percents(written), None)
    if found:
        return found.value
    if re.fullmatch(r"0?\.\d+|1\.0+", written):
        return round(float(written) * 100, 1)
    if re.fullmatch(r"\d{1,3}", written) and ("pct" in name or "%" in name or "rel" in name):
        return float(written) if float(written) <= 100 else None
    return None


def _days(written: str, name: str) -> float | None:
    if _NONE.match(written):
        return 0.0
    found = next(durations(written), None)
    if found:
        return found.value
    unit = _UNIT.search(name)
    value = number(written)
    if value is None or unit is None:
        return None
    letter = next(g for g in unit.groups() if g)[0]
    return round(value * _FACTOR[letter], 4)
