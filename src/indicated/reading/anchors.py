"""The words without which a term cannot match, so that an entry is sought only where one of them stands.

Of each term the rarest part is its anchor. Most statements of a chart hold no anchor of most entries, and
for those the entry need not be walked at all. Nothing is missed by that: every match holds an anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indicated.reading.terms import MEANT, pieces_of, words_of

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
_COST_OF_COMMON, _COST_OF_SIGN, _COST_OF_DIGITS, _COST_OF_NUMBER, _COST_OF_SLOT = 20.0, 30.0, 5.0, 60.0, 50.0


class _Anchor(NamedTuple):
    """Words (or beginnings of words, with a star) of which one must stand there; `cost` grows with how common they are."""

    words: frozenset[str]
    cost: float


def anchors(term: str, slots: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the words of which every match of the term has one ("swell*" for a beginning).

    `slots` gives the anchors of what a slot of the term stands for.
    """
    found, _ = _of_sequence(pieces_of(term), 0, slots)
    return found.words if found else frozenset()


def _of_sequence(
    pieces: list[re.Match[str]], at: int, slots: Mapping[str, frozenset[str]], *, inside: bool = False
) -> tuple[_Anchor | None, int]:
    """The best anchor up to a closing sign, and where that stands."""
    best: _Anchor | None = None
    while at < len(pieces) and pieces[at][0] != ")" and not (inside and pieces[at][0] == "|"):
        piece = pieces[at]
        at += 1
        candidate: _Anchor | None
        if piece[0] == "(":
            candidate, at = _of_choice(pieces, at, slots)
        elif piece["gap"] is not None:
            continue
        elif piece["slot"]:
            candidate = _Anchor(slots.get(piece["slot"], frozenset()), _COST_OF_SLOT)
        elif piece[0] == "#":
            candidate = _Anchor(frozenset({NUMBER}), _COST_OF_NUMBER)
        else:
            candidate = _of_words(piece[0])
        if candidate and (best is None or candidate.cost < best.cost):
            best = candidate
    return best, at


def _of_choice(
    pieces: list[re.Match[str]], at: int, slots: Mapping[str, frozenset[str]]
) -> tuple[_Anchor | None, int]:
    """A choice has an anchor when each of its options has one."""
    words: set[str] = set()
    cost = 0.0
    whole = True
    while at < len(pieces):
        option, at = _of_sequence(pieces, at, slots, inside=True)
        if option is None:
            whole = False
        else:
            words |= option.words
            cost += option.cost
        at += 1
        if pieces[at - 1][0] == ")":
            break
    return (_Anchor(frozenset(words), cost) if whole else None), at


def _of_words(option: str) -> _Anchor | None:
    candidates = []
    for word in words_of(option):
        begins = word.endswith("*") and word[0].isalpha()
        candidates.append(_Anchor(frozenset({word if begins else MEANT.get(word, word)}), _cost(word)))
    return min(candidates, key=lambda a: a.cost) if candidates else None


def _cost(word: str) -> float:
    if word in _COMMON:
        return _COST_OF_COMMON
    if not word[0].isalnum():
        return _COST_OF_SIGN
    return _COST_OF_DIGITS if word.isdigit() else 1.0 + 2.0 / len(word)


class Anchors(dict[str, tuple[str, ...]]):
    """For each word of a text the entries that it is an anchor of, worked out when a word is first met."""

    def __init__(
        self,
        whole: Mapping[str, tuple[str, ...]],
        begins: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]],
    ) -> None:
        """`whole` gives the entries of a word, `begins` those of beginnings, by their first three letters."""
        super().__init__()
        self._whole, self._begins = whole, begins

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = dict.fromkeys(self._whole.get(word, ()))
        for prefix, names in self._begins.get(word[:_PREFIX], ()):
            if word.startswith(prefix):
                found.update(dict.fromkeys(names))
        if word[0].isdigit():
            found.update(dict.fromkeys(self._whole.get(NUMBER, ())))
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = tuple(found)
        return self[word]


_MOST_WORDS = 50_000
"""Words that are remembered at a time: all of a language's common ones, and no more memory than that."""


def by_word(
    anchors_of: Mapping[str, Iterable[str]],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """Turn the anchors of entries round: the entries of each word, and of each beginning by its first three letters."""
    names: dict[str, list[str]] = {}
    for name, words in anchors_of.items():
        for word in sorted(words):
            names.setdefault(word, []).append(name)
    whole: dict[str, tuple[str, ...]] = {}
    begins: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # one object for equal ones: they are kept in a file
    for word, found in names.items():
        entries = same.setdefault(tuple(found), tuple(found))
        if word.endswith("*") and word[0].isalpha():
            begins.setdefault(word[:_PREFIX], []).append((word[:-1], entries))
        else:
            whole[word] = entries
    return whole, {key: tuple(pairs) for key, pairs in begins.items()}
