"""Words, numbers and signs of a text, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from indicated.reading.patterns import lazy

_TOKEN = lazy(
    r"([a-z]+(?![^\W\d_])|[^\W\d_]+|\d+(?:[.,]\d+)*|__+|(?<![^\W_])_|_(?![^\W_])|\.{2,}|\*{2,}|-{2,}>?|=+>?|->|[^\s\w])"
)
_DOUBLED = ("_", "..", "**", "--", "==")
_RUNS = {"_": "__", ".": "...", "*": "***", "-": "--", "=": "="}


@dataclass(frozen=True)
class Tokens:
    """`words[i]` stands at `starts[i]:ends[i]` of the text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(folded: str) -> Tokens:
    """Cut a folded text into words, numbers (with their decimals), runs of fill signs (each of one length), and single signs."""
    pieces = _TOKEN.split(folded)  # what lies between words and the words, in turns
    bounds = tuple(accumulate(map(len, pieces)))
    words = pieces[1::2]
    if any(run in folded for run in _DOUBLED):
        words = [word if word[0].isalnum() else _plain(word) for word in words]
    return Tokens(tuple(words), bounds[:-1:2], bounds[1::2])


def split_words(term: str) -> tuple[str, ...]:
    """The tokens of a term of the vocabulary, cut in the same way as the text."""
    return tuple(map(_plain, _TOKEN.findall(term)))


def _plain(sign: str) -> str:
    """Runs of fill signs are one token whatever their length: a blank is a blank."""
    if len(sign) > 1 and sign[0] == sign[-1] and sign[0] in _RUNS:
        return _RUNS[sign[0]]
    return "__" if sign == "_" else sign
