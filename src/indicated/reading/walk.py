"""The one pass that finds all terms of a finished trie in a text.

A trie is walked from every word at which a term can begin, by plain dictionaries and a stack: this is where reading
spends its time, so a walk only begins, and only goes on, where the next word can lead further.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicated.reading.tokens import Tokens

PREFIX = 3
"""So many letters stand at least before the star of a term; words are looked up by them first."""
_NOT_BETWEEN = frozenset(
    ("no", "not", "nor", "never", "without", "denies", "denied", "neither", "nil", ";", "|")
)
_MOST_WORDS = 20_000
Step = tuple[dict[str, Any], tuple[Any, ...] | None, tuple[int, ...]]
"""A place in a finished trie: where each word leads, the other ways on, and the tags of the terms that end here.

The other ways on, or None: words that only begin so (by their first letters), slots, gaps (by the words that they may
skip) and the way of a number; each None where there is none.
"""
Spans = list[tuple[int, int]]
"""Matches as (first token, token after the last)."""
Found = dict[tuple[int, ...], Spans]
"""Matches by the tags of all the terms that end there."""
Classes = Mapping[int, Sequence[tuple[str, int]]]
"""What stands for a slot: by the token at which it begins, its name and the token after its end."""


class Trie(dict[str, tuple[Step, ...]]):
    """A finished trie: the steps that a first word leads to, kept for the next text, as charts have few words."""

    def __init__(self, root: Step) -> None:
        """Begin with no word known."""
        super().__init__()
        self._literals = root[0]
        self._prefixes, self.slots, _, self._number = root[1] or (None, None, None, None)

    def __missing__(self, word: str) -> tuple[Step, ...]:
        """Look a word up for the first time."""
        if len(self) >= _MOST_WORDS:
            self.clear()
        steps = [self._literals[word]] if word in self._literals else []
        if self._prefixes:
            begun = self._prefixes.get(word[:PREFIX], {})
            steps += [step for prefix, step in begun.items() if word.startswith(prefix)]
        if self._number and word[0].isdigit():
            steps.append(self._number)
        self[word] = found = tuple(steps)
        return found


def following(tokens: Tokens, breaks: Sequence[int] = ()) -> list[str]:
    """The word behind each token; an empty one at the end and where no match may go on (a new row, paragraph or cell)."""
    words = [*tokens.words[1:], ""]
    for place in breaks:
        if place:
            words[place - 1] = ""
    return words


def find(trie: Trie, tokens: Tokens, after: Sequence[str], classes: Classes, found: Found) -> None:
    """Add all matches of a trie to those that were found; `after` is what follows each token."""
    slots = trie.slots
    for start, steps in enumerate(map(trie.__getitem__, tokens.words)):
        if not steps and start not in classes:
            continue
        open_ends = []
        for step in steps:
            literals, others, tags = step
            if others is not None or after[start] in literals:
                open_ends.append((step, start + 1))
            elif tags:  # most matches are one word
                if tags in found:
                    found[tags].append((start, start + 1))
                else:
                    found[tags] = [(start, start + 1)]
        if slots is not None and start in classes:
            open_ends += [(slots[name], end) for name, end in classes[start] if name in slots]
        if open_ends:
            _walk(open_ends, start, after, classes, found)


def _walk(
    open_ends: list[tuple[Step, int]],
    start: int,
    after: Sequence[str],
    classes: Classes,
    found: Found,
) -> None:
    """Add the matches that begin at `start`, from steps and the tokens that they have come to."""
    while open_ends:
        (literals, others, tags), at = open_ends.pop()
        if tags:
            if tags in found:
                found[tags].append((start, at))
            else:
                found[tags] = [(start, at)]
        word = after[at - 1]
        if not word:
            continue
        if word in literals:
            open_ends.append((literals[word], at + 1))
        if others is None:
            continue
        prefixes, slots, gaps, number = others
        if prefixes is not None and word[:PREFIX] in prefixes:
            for prefix, step in prefixes[word[:PREFIX]].items():
                if word.startswith(prefix):
                    open_ends.append((step, at + 1))
        if slots is not None and at in classes:
            open_ends += [(slots[name], end) for name, end in classes[at] if name in slots]
        if number is not None and word[0].isdigit():
            open_ends.append((number, at + 1))
        if gaps is not None:
            _skip(gaps, at, after, open_ends)


def _skip(
    gaps: Mapping[int, Step],
    at: int,
    after: Sequence[str],
    open_ends: list[tuple[Step, int]],
) -> None:
    """Go on behind each of the words that a gap may skip, where its step leads further."""
    for width, step in gaps.items():
        literals, others, tags = step
        always = others is not None or tags
        for place in range(at, at + width + 1):
            word = after[place - 1]
            if not word:
                break
            if always or word in literals:
                open_ends.append((step, place))
            if word in _NOT_BETWEEN:
                break
