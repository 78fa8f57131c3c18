"""The words without which a term cannot match, so that an entry is sought only where one of them stands.

Of each term the rarest part is its anchor, and it is known how many words can stand before it. Most statements
of a chart hold no anchor of most entries, and where they hold one, few words near it can begin a match.
Nothing is missed by that: every match holds an anchor, no further from its beginning than that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from indicated.reading.terms import DEFAULT_GAP, MEANT, pieces_of, words_of

NUMBER = "<number>"
"""The anchor of a term whose only fixed part is some number."""
_PREFIX = 3
_COMMON = frozenset(
    [
        "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "for", "with", "from", "by", "as",
        "is", "are", "was", "were", "be", "been", "it", "its", "he", "she", "they", "his", "her", "him",
        "my", "i", "we", "you", "this", "that", "no", "not", "nor", "any", "none", "all", "some", "one",
        "two", "more", "less", "than", "then", "so", "if", "when", "after", "before", "since", "now",
        "today", "up", "down", "out", "off", "over", "again", "there", "here", "has", "have", "had", "do",
        "does", "did", "can", "could", "will", "would", "may", "might", "should", "pt", "patient", "right",
        "left", "r", "l", "rt", "lt", "both", "foot", "leg", "pain", "day", "days", "week", "weeks", "time",
        "times", "ago", "last", "first", "next", "new", "old", "good", "well", "better", "per", "note", "s",
        "t", "x", "d", "w", "o", "c", "p", "n", "y",
    ]
)  # fmt: skip
_FREQUENT = frozenset(
    [
        "about", "also", "am", "area", "back", "being", "blood", "but", "care", "change", "chronic", "clear",
        "daily", "denies", "did", "disease", "does", "due", "each", "examination", "following", "full", "further",
        "given", "having", "how", "hand", "her", "history", "however", "into", "just", "low", "lower", "made", "mg",
        "medical", "medication", "medications", "medicine", "month", "months", "much", "need", "negative", "normal",
        "noted", "once", "only", "other", "own", "performed", "physical", "placed", "position", "present", "prior",
        "problems", "procedure", "range", "side", "significant", "since", "skin", "small", "states", "still",
        "such", "symptoms", "taken", "their", "them", "these", "those", "through", "treatment", "under", "until",
        "upper", "use", "used", "using", "very", "visit", "what", "where", "which", "while", "who", "without",
        "work", "year", "years", "your",
    ]
)  # fmt: skip
_COST_OF_COMMON, _COST_OF_FREQUENT, _COST_OF_SIGN, _COST_OF_DIGITS = 300.0, 40.0, 300.0, 150.0
_COST_OF_NUMBER, _COST_OF_SLOT = 400.0, 60.0

Reaches = Mapping[str, int]
"""Words ("swell*" for a beginning) of which every match has one, and how many words may stand before each."""


class Slot(NamedTuple):
    """What is known of the things that fill a slot: their anchors, and the most words that one of them has."""

    reaches: Reaches
    length: int


class _Anchor(NamedTuple):
    """Words of which one must stand there; `cost` grows with how common they are."""

    reaches: Reaches
    cost: float


class _Part(NamedTuple):
    """What is known of a piece of a term, or of several in a row: the best anchor, and the most words it can take."""

    anchor: _Anchor | None
    length: int


def anchors(term: str, slots: Mapping[str, Slot]) -> Slot:
    """Return the words of which every match of the term has one, and the most words of a match.

    `slots` gives the same of what a slot of the term stands for.
    """
    part, _ = _of_sequence(pieces_of(term), 0, slots)
    return Slot(part.anchor.reaches if part.anchor else {}, part.length)


def _of_sequence(
    pieces: list[re.Match[str]], at: int, slots: Mapping[str, Slot], *, inside: bool = False
) -> tuple[_Part, int]:
    """What is known of the pieces up to a closing sign, and where that stands."""
    best: _Anchor | None = None
    before = 0
    while at < len(pieces) and pieces[at][0] != ")" and not (inside and pieces[at][0] == "|"):
        piece = pieces[at]
        at += 1
        if piece[0] == "(":
            part, at = _of_choice(pieces, at, slots)
        elif piece["gap"] is not None:
            part = _Part(None, int(piece["gap"] or DEFAULT_GAP))
        elif piece["slot"]:
            filled = slots.get(piece["slot"], Slot({}, 1))
            part = _Part(_Anchor(filled.reaches, _COST_OF_SLOT), filled.length)
        elif piece[0] == "#":
            part = _Part(_Anchor({NUMBER: 0}, _COST_OF_NUMBER), 1)
        else:
            part = _of_words(piece[0])
        if part.anchor and (best is None or part.anchor.cost < best.cost):
            best = _Anchor(
                {word: before + reach for word, reach in part.anchor.reaches.items()}, part.anchor.cost
            )
        before += part.length
    return _Part(best, before), at


def _of_choice(pieces: list[re.Match[str]], at: int, slots: Mapping[str, Slot]) -> tuple[_Part, int]:
    """A choice has an anchor when each of its options has one."""
    reaches: dict[str, int] = {}
    cost, length = 0.0, 0
    whole = True
    while at < len(pieces):
        option, at = _of_sequence(pieces, at, slots, inside=True)
        length = max(length, option.length)
        if option.anchor is None:
            whole = False
        else:
            widen(reaches, option.anchor.reaches)
            cost += option.anchor.cost
        at += 1
        if pieces[at - 1][0] == ")":
            break
    return _Part(_Anchor(reaches, cost) if whole else None, length), at


def widen(reaches: dict[str, int], others: Reaches) -> None:
    """Add further anchors to some; of the same word the larger reach stays."""
    for word, reach in others.items():
        reaches[word] = max(reach, reaches.get(word, 0))


def _of_words(option: str) -> _Part:
    words = words_of(option)
    best: _Anchor | None = None
    for before, word in enumerate(words):
        cost = _cost(word)
        if best is None or cost < best.cost:
            begins = word.endswith("*") and word[0].isalpha()
            best = _Anchor({word if begins else MEANT.get(word, word): before}, cost)
    return _Part(best, len(words))


def _cost(word: str) -> float:
    if word in _COMMON:
        return _COST_OF_COMMON
    if word in _FREQUENT:
        return _COST_OF_FREQUENT
    if not word[0].isalnum():
        return _COST_OF_SIGN
    return _COST_OF_DIGITS if word.isdigit() else 1.0 + 2.0 / len(word)


Places = tuple[tuple[str, int], ...]
"""Entries that a word is an anchor of, each with its reach."""


class Anchors(dict[str, Places]):
    """For each word of a text the entries that it is an anchor of, worked out when a word is first met."""

    def __init__(
        self, whole: Mapping[str, Places], begins: Mapping[str, tuple[tuple[str, Places], ...]]
    ) -> None:
        """`whole` gives the entries of a word, `begins` those of beginnings, by their first three letters."""
        super().__init__()
        self._whole, self._begins = whole, begins

    def __missing__(self, word: str) -> Places:
        found = dict(self._whole.get(word, ()))
        for prefix, places in self._begins.get(word[:_PREFIX], ()):
            if word.startswith(prefix):
                widen(found, dict(places))
        if word[0].isdigit():
            widen(found, dict(self._whole.get(NUMBER, ())))
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = tuple(found.items())
        return self[word]


_MOST_WORDS = 50_000
"""Words that are remembered at a time: all of a language's common ones, and no more memory than that."""


def by_word(
    anchors_of: Mapping[str, Reaches],
) -> tuple[dict[str, Places], dict[str, tuple[tuple[str, Places], ...]]]:
    """Turn the anchors of entries round: the entries of each word, and of each beginning by its first three letters."""
    entries: dict[str, list[tuple[str, int]]] = {}
    for name, reaches in anchors_of.items():
        for word, reach in sorted(reaches.items()):
            entries.setdefault(word, []).append((name, reach))
    whole: dict[str, Places] = {}
    begins: dict[str, list[tuple[str, Places]]] = {}
    same: dict[Places, Places] = {}  # one object for equal ones: they are kept in a file
    for word, found in entries.items():
        places = same.setdefault(tuple(found), tuple(found))
        if word.endswith("*") and word[0].isalpha():
            begins.setdefault(word[:_PREFIX], []).append((word[:-1], places))
        else:
            whole[word] = places
    return whole, {key: tuple(pairs) for key, pairs in begins.items()}
