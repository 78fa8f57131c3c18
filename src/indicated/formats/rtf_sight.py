"""What in an RTF document nobody sees: hidden, white or tiny runs, which are taken out before it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indicated.formats.model import Hidden

_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.I | re.S)
_COLOR = re.compile(r"\\red(\d+)\s*\\green(\d+)\s*\\blue(\d+)")
_TINY = 5
"""Half points: text of two points and a half is not seen."""


@dataclass(frozen=True)
class _Look:
    hidden: bool = False
    color: int = 0
    size: int = 24
    behind: bool = False

    def why(self, white: set[int]) -> str:
        if self.hidden:
            return "hidden run"
        if self.size <= _TINY:
            return "tiny"
        return "invisible" if self.color in white and not self.behind else ""


def without_unseen(source: str) -> tuple[str, tuple[Hidden, ...]]:
    """The document without runs that are not seen, and a `Hidden` for each."""
    white = _white(source)
    look, around = _Look(), []
    kept: list[str] = []
    hidden: list[Hidden] = []
    for match in _TOKEN.finditer(source):
        piece, word = match.group(), match.group(1)
        if piece == "{":
            around.append(look)
        elif piece == "}":
            look = around.pop() if around else _Look()
        elif word:
            look = _changed(look, word, match.group(2))
        elif (why := look.why(white)) and piece.strip():
            _tell(hidden, why, len(piece))
            continue
        kept.append(piece)
    return "".join(kept), tuple(hidden)


def _changed(look: _Look, word: str, number: str | None) -> _Look:
    value = int(number) if number and len(number) < 9 else None
    match word:
        case "plain":
            return _Look()
        case "v":
            return replace(look, hidden=value != 0)
        case "cf":
            return replace(look, color=value or 0)
        case "fs":
            return replace(look, size=24 if value is None else value)
        case "highlight" | "cb" | "chcbpat":
            return replace(look, behind=bool(value))
    return look


def _white(source: str) -> set[int]:
    """The numbers of the colors of the document that are white."""
    begun = source.find("{\\colortbl")
    if begun < 0:
        return set()
    table = source[begun : source.find("}", begun)].removeprefix("{\\colortbl")
    found = set()
    for number, entry in enumerate(table.split(";")):
        color = _COLOR.search(entry)
        if color and all(len(part) <= 3 and int(part) >= 250 for part in color.groups()):
            found.add(number)
    return found


def _tell(hidden: list[Hidden], why: str, length: int) -> None:
    if hidden and hidden[-1].why == why:
        length += hidden.pop().length
    hidden.append(Hidden(why, length))
