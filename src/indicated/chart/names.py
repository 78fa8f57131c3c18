"""Names of persons: whether two ways of writing one are the same person's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from indicated.chart.page_terms import page_words, plain

Likeness = Literal["same", "slip", "first", "relative", "other"]
"""One person; one person if a letter is mistyped; the first name alone is shared (a maiden name); the family name
alone is shared; neither."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HYPHEN = re.compile(r"\s*[-‐‑–]\s*")
_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")
_OCR = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})
_ORDER: tuple[Likeness, ...] = get_args(Likeness)
_SHORT_PREFIX, _LONG = 3, 5


@dataclass(frozen=True)
class Name:
    """The parts of a name. `family` are those known to be of the family name; without them it is the last part."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """All parts."""
        return (*self.given, *self.family)


def read_name(text: str) -> Name | None:
    """Read "First M. Last", "LAST, FIRST M" or "Last F."; None when it has not the shape of a name."""
    before, comma, after = _HYPHEN.sub("-", plain(text)).partition(",")
    words = page_words()
    first, second = (
        [word for word in _WORD.findall(part) if word not in words.titles_of_persons]
        for part in (before, after)
    )
    suffix = next((word for word in _WORD.findall(plain(text)) if word in _SUFFIXES), "")
    if comma and first and second:
        return Name(tuple(second), tuple(first), suffix)
    parts = first or second
    if len(parts) < 2 or not any(len(part) > 1 for part in parts):
        return None
    if len(parts[-1]) == 1:  # the initial behind the family name
        initials = tuple(part for part in parts if len(part) == 1)
        return Name(initials, tuple(part for part in parts if len(part) > 1), suffix)
    return Name(tuple(parts[:-1]), (parts[-1],), suffix)


@lru_cache(maxsize=4096)
def likeness(one: Name, other: Name) -> Likeness:
    """How alike two names are. The order of the parts, initials and nicknames make no difference."""
    small, large = sorted((one, other), key=lambda name: len(name.parts))
    left = list(large.parts)
    whole = slips = lost = 0
    for part in sorted(small.parts, key=len, reverse=True):
        found = next((mate for mate in left if alike(part, mate)), None)
        slip = found is None
        found = found or next((mate for mate in left if mistyped(part, mate)), None)
        if found is None:
            lost += 1
            continue
        left.remove(found)
        whole += min(len(part), len(found)) > 1
        slips += slip
    same_family, same_given = _some(one.family, other.family), _some(one.given, other.given)
    if (whole and not lost) or (same_family and same_given):
        return "slip" if slips else "same"
    if not whole:
        return "other"
    return "first" if same_given and not same_family else "relative"


def alike(one: str, other: str) -> bool:
    """Whether two parts of names are one: equal, an initial, a part of a double name, a short form or a nickname."""
    pairs = [(a, b) for a in {one, *one.split("-")} for b in {other, *other.split("-")} if a and b]
    return any(_alike(a, b) for a, b in pairs)


def _alike(one: str, other: str) -> bool:
    if one == other or 1 in (len(one), len(other)):
        return one[0] == other[0]
    if one.translate(_OCR) == other.translate(_OCR) or other in page_words().nicknames.get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORT_PREFIX and long.startswith(short)


def mistyped(one: str, other: str) -> bool:
    """Whether two parts of names differ by a slip: one letter, two in long names."""
    shortest = min(len(one), len(other))
    return shortest >= _LONG and _distance(one, other) <= (1 if shortest < 2 * _LONG - 1 else 2)


def stands_in(name: Name, words: frozenset[str]) -> bool:
    """Whether the family name and the first name, or a nickname of it, stand among words."""
    family = any(part in words for part in name.family if len(part) > 2)
    nicknames = page_words().nicknames
    given = (other for part in name.given if len(part) > 2 for other in {part, *nicknames.get(part, ())})
    return family and any(other in words for other in given)


def _some(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(alike(a, b) for a in one for b in other)


def _distance(one: str, other: str) -> int:
    """The number of letters to change, add, leave out or swap."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        after = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, after[-1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        before, row = row, after
    return row[-1]


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as names are written."""
    return frozenset(_WORD.findall(plain(text)))


def same_as_any(name: Name, others: Iterable[Name]) -> Likeness:
    """The greatest likeness to any of several names."""
    found: list[Likeness] = [likeness(name, other) for other in others]
    return min(found, key=_ORDER.index, default="other")
