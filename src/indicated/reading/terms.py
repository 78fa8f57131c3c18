"""How the vocabulary writes what people write, and the one pass that finds it in a text.

A term is words with a few signs:

    cool*             a word that begins so (at least three letters)
    (foot|left leg)   one of these; an empty choice makes it optional: (the|); choices may hold choices
    ~                 up to three words between, none of them a negation; ~6 up to six
    <limb>            anything that another entry tagged "limb" or "limb.lower" matches
    #                 a number
    \\( \\) \\< \\> \\# \\~   these signs themselves

All terms lie in one trie of plain dictionaries and tuples, so that a compiled vocabulary can be kept in a
file. `find` walks it once; the cost grows with the length of the text, not with the number of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from indicated.reading.tokens import Tokens, split_words

Node = list[Any]
"""[literals, prefixes, classes, gaps, number, ends, joins, is the root]; each None until used."""

_LITERALS, _PREFIXES, _CLASSES, _GAPS, _NUMBER, _ENDS, _JOINS, _ROOT = range(8)
_PIECE = re.compile(r"[()|]|<(?P<slot>[A-Za-z][A-Za-z0-9 .-]*)>|~(?P<gap>\d*)|#|[^\s()<>~#|]+|[<>]")
_ESCAPED = {f"\\{sign}": chr(0xE000 + n) for n, sign in enumerate("()<>#~|*")}
_MEANT = {written: escape[1] for escape, written in _ESCAPED.items()}
_PREFIX = 3
_NOT_BETWEEN = frozenset(
    ("no", "not", "nor", "never", "without", "denies", "denied", "neither", "nil", ";", "|")
)
Hit = tuple[int, int, int]
"""Tag number, first token, token after the last."""


def empty_trie() -> Node:
    """A trie without terms."""
    return [None, None, None, None, None, None, None, False]


def add_term(trie: Node, term: str, tag: int) -> None:
    """Add one term to the trie under a tag number.

    Raises ValueError, with words for the author, when the term is not written as above.
    """
    written = term
    for escape, stands_for in _ESCAPED.items():
        written = written.replace(escape, stands_for)
    trie[_ROOT] = True
    pieces = [match for match in _PIECE.finditer(written) if match[0].strip()]
    try:
        nodes, at = _sequence([trie], pieces, 0, inside=False)
    except ValueError as error:
        raise ValueError(f"'{term}': {error}") from None
    if at < len(pieces):
        raise ValueError(f"'{term}' has a '{pieces[at][0]}' too much; every sign of a choice needs its parentheses")
    for node in nodes:
        if node is trie:
            raise ValueError(f"'{term}' can match nothing at all; give it at least one word")
        if node[_ENDS] is None:
            node[_ENDS] = []
        if tag not in node[_ENDS]:
            node[_ENDS].append(tag)


def _sequence(nodes: list[Node], pieces: list[re.Match[str]], at: int, *, inside: bool) -> tuple[list[Node], int]:
    """Lay the pieces from `at` up to a closing sign behind the nodes; return the last nodes and where it stopped."""
    while at < len(pieces) and pieces[at][0] != ")" and not (inside and pieces[at][0] == "|"):
        piece = pieces[at]
        at += 1
        if piece[0] == "(":
            nodes, at = _choice(nodes, pieces, at)
        elif piece["slot"]:
            nodes = [_step(node, _CLASSES, piece["slot"]) for node in nodes]
        elif piece["gap"] is not None:
            nodes = [_step(node, _GAPS, int(piece["gap"] or 3)) for node in nodes]
        elif piece[0] in "<>":
            raise ValueError(f"write \\{piece[0]} for the sign itself, or <name> for what another entry found")
        elif piece[0] == "#":
            nodes = [_number(node) for node in nodes]
        else:
            nodes = _words(nodes, piece[0])
    return nodes, at


def _choice(nodes: list[Node], pieces: list[re.Match[str]], at: int) -> tuple[list[Node], int]:
    """Lay the options of a choice side by side and join their ends, so that terms grow by sums and not by products."""
    ends: list[Node] = []
    while True:
        option, at = _sequence(nodes, pieces, at, inside=True)
        ends.extend(option)
        if at >= len(pieces):
            raise ValueError("a choice is not closed; write ')' behind it")
        at += 1
        if pieces[at - 1][0] == ")":
            break
    if len(ends) == 1:
        return ends, at
    together = empty_trie()
    start = [end for end in ends if end[_ROOT]][:1]  # an empty option at the very beginning: the term may also begin behind it
    for end in ends:
        if not end[_ROOT]:
            end[_JOINS] = end[_JOINS] or []
            end[_JOINS].append(together)
    return [together, *start], at


def _words(nodes: list[Node], option: str) -> list[Node]:
    for word in _starred(option) if re.search(r"\w\*", option) else split_words(option):
        if word.endswith("*") and word[0].isalpha():
            if len(word) <= _PREFIX:
                raise ValueError(f"'{word}' is too short; write at least {_PREFIX} letters before the star")
            nodes = [_step(node, _PREFIXES, word[:-1]) for node in nodes]
        else:
            nodes = [_step(node, _LITERALS, _MEANT.get(word, word)) for node in nodes]
    return nodes


def _starred(option: str) -> list[str]:
    out: list[str] = []
    for part in option.split():
        words = list(split_words(part.rstrip("*")))
        if part.endswith("*") and words and words[-1].isalpha():
            words[-1] += "*"
        out.extend(words or [part])
    return out


def _step(node: Node, edge: int, key: Any) -> Node:
    if node[edge] is None:
        node[edge] = {}
    if edge == _PREFIXES:
        bucket = node[edge].setdefault(key[:_PREFIX], {})
        return bucket.setdefault(key, empty_trie())  # type: ignore[no-any-return]
    return node[edge].setdefault(key, empty_trie())  # type: ignore[no-any-return]


def _number(node: Node) -> Node:
    if node[_NUMBER] is None:
        node[_NUMBER] = empty_trie()
    return node[_NUMBER]  # type: ignore[no-any-return]


def find(
    trie: Node,
    tokens: Tokens,
    classes: dict[int, list[tuple[str, int]]],
    breaks: frozenset[int],
    starts: Iterable[int] | None = None,
) -> list[Hit]:
    """Return all matches that begin at one of the tokens `starts` (at any, by default), in their order.

    `classes` gives for a token number the tagged things that begin there, with the token after their
    end; `breaks` are the token numbers that no match may run across (a new row, paragraph or cell).
    """
    hits: list[Hit] = []
    words = tokens.words
    literals, prefixes = trie[_LITERALS] or {}, trie[_PREFIXES] or {}
    special = trie[_CLASSES] or trie[_NUMBER]
    for start in range(len(words)) if starts is None else starts:
        word = words[start]
        if (
            word in literals
            or word[:_PREFIX] in prefixes
            or (special and (start in classes or word[0].isdigit()))
        ):
            _walk(trie, words, start, start, classes, breaks, hits)
    return hits


def _walk(
    node: Node,
    words: tuple[str, ...],
    start: int,
    at: int,
    classes: dict[int, list[tuple[str, int]]],
    breaks: frozenset[int],
    hits: list[Hit],
) -> None:
    if node[_ENDS] is not None:
        hits.extend((tag, start, at) for tag in node[_ENDS])
    if node[_JOINS] is not None:
        for following in node[_JOINS]:
            _walk(following, words, start, at, classes, breaks, hits)
    if at >= len(words) or (at in breaks and at > start):
        return
    word = words[at]
    literals = node[_LITERALS]
    if literals is not None and word in literals:
        _walk(literals[word], words, start, at + 1, classes, breaks, hits)
    prefixes = node[_PREFIXES]
    if prefixes is not None:
        for prefix, following in prefixes.get(word[:_PREFIX], {}).items():
            if word.startswith(prefix):
                _walk(following, words, start, at + 1, classes, breaks, hits)
    if node[_CLASSES] is not None and at in classes:
        for name, end in classes[at]:
            following = node[_CLASSES].get(name)
            if following is not None:
                _walk(following, words, start, end, classes, breaks, hits)
    if node[_NUMBER] is not None and word[0].isdigit():
        _walk(node[_NUMBER], words, start, at + 1, classes, breaks, hits)
    if node[_GAPS] is not None:
        for width, following in node[_GAPS].items():
            for skip in range(min(width + 1, len(words) - at)):
                if skip and (at + skip in breaks or words[at + skip - 1] in _NOT_BETWEEN):
                    break
                _walk(following, words, start, at + skip, classes, breaks, hits)


def known_words(terms: Iterable[str]) -> frozenset[str]:
    """All plain words of at least four letters in the terms: what a scanned word may be mended to."""
    return frozenset(word for term in terms for word in re.findall(r"[a-z]{4,}(?![a-z*])", term))
