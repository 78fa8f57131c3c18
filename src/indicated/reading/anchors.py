"""The words without which a term cannot match: only statements that hold one of them are looked at closely.

Most of a chart speaks of other things. Of each term the rarest part is its anchor; a statement without any
anchor, and not beside one that has it, holds nothing that the vocabulary names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicated.reading.tokens import split_words

_PIECE = re.compile(r"[()|]|<[A-Za-z][A-Za-z0-9 .-]*>|~\d*|#|(?:\\.|[^\s()<>~#|])+")
_COMMON = frozenset(
    ["a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "for", "with", "from", "by", "as", "is", "are", "was", "were", "be", "been", "it", "its", "he", "she", "they", "his", "her", "him", "my", "i", "we", "you", "this", "that", "no", "not", "nor", "any", "none", "all", "some", "one", "two", "more", "less", "than", "then", "so", "if", "when", "after", "before", "since", "now", "today", "up", "down", "out", "off", "over", "again", "there", "here", "has", "have", "had", "do", "does", "did", "can", "could", "will", "would", "may", "might", "should", "pt", "patient", "right", "left", "r", "l", "rt", "lt", "both", "foot", "leg", "pain", "day", "days", "week", "weeks", "time", "times", "ago", "last", "first", "next", "new", "old", "good", "well", "better", "per", "note", "s", "t", "x", "d", "w", "o", "c", "p", "n", "y"]
)
_NEVER = 1000.0


@dataclass(frozen=True)
class _Anchor:
    """Words (or beginnings of words, with a star) of which one must stand there; `cost` grows with how common they are."""

    words: frozenset[str]
    cost: float


def anchors(term: str) -> frozenset[str] | None:
    """Return the words of which every match of the term has one ("swell*" for a beginning), or None where there are none."""
    pieces = _PIECE.findall(term)
    found, _ = _of_sequence(pieces, 0)
    return found.words if found and found.cost < _NEVER else None


def _of_sequence(pieces: list[str], at: int, *, inside: bool = False) -> tuple[_Anchor | None, int]:
    best: _Anchor | None = None
    while at < len(pieces) and pieces[at] != ")" and not (inside and pieces[at] == "|"):
        piece = pieces[at]
        at += 1
        if piece == "(":
            candidate, at = _of_choice(pieces, at)
        elif piece[0] in "<~#":
            continue
        else:
            candidate = _of_words(piece)
        if candidate and (best is None or candidate.cost < best.cost):
            best = candidate
    return best, at


def _of_choice(pieces: list[str], at: int) -> tuple[_Anchor | None, int]:
    """A choice has an anchor when each of its options has one."""
    words: set[str] = set()
    cost = 0.0
    whole = True
    while True:
        option, at = _of_sequence(pieces, at, inside=True)
        if option is None:
            whole = False
        else:
            words |= option.words
            cost += option.cost
        at += 1
        if at > len(pieces) or pieces[at - 1] == ")":
            break
    return (_Anchor(frozenset(words), cost) if whole and words else None), at


def _of_words(piece: str) -> _Anchor | None:
    candidates = []
    plain = piece.replace("\\", "")
    for word in split_words(plain.rstrip("*")):
        if word[0].isalnum():
            star = plain.endswith("*") and plain.rstrip("*").endswith(word)
            candidates.append(_Anchor(frozenset({word + "*" if star else word}), _cost(word)))
    return min(candidates, key=lambda a: a.cost) if candidates else None


def _cost(word: str) -> float:
    if word in _COMMON:
        return 20.0
    return 5.0 if word.isdigit() else 1.0 + 2.0 / len(word)


class Spotter:
    """Finds the tokens that are anchors. Beginnings of words are looked up by their first three letters."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words` as `anchors` gives them."""
        self._whole = {word for word in words if not word.endswith("*")}
        self._begins: dict[str, tuple[str, ...]] = {}
        for word in words:
            if word.endswith("*"):
                self._begins[word[:3]] = (*self._begins.get(word[:3], ()), word[:-1])

    def spots(self, tokens: tuple[str, ...]) -> Iterator[int]:
        """Yield the numbers of the tokens that are anchors."""
        whole, begins = self._whole, self._begins
        for at, word in enumerate(tokens):
            if word in whole or (word[:3] in begins and word.startswith(begins[word[:3]])):
                yield at
