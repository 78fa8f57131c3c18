"""How the vocabulary writes what people write, and how its terms are laid into one trie.

A term is words with a few signs:

    cool*             a word that begins so (at least three letters)
    (foot|left leg)   one of these; an empty choice makes it optional: (the|); choices may hold choices
    ~                 up to three words between, none of them a negation; ~6 up to six
    <limb>            anything that another entry tagged "limb" or "limb.lower" matches
    #                 a number
    \\( \\) \\< \\> \\# \\~   these signs themselves

The terms lie in a trie of plain data, so that a compiled vocabulary can be kept in a file. `finish` makes it ready
for `walk.find`, whose cost grows with the length of the text and not with the number of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from indicated.reading.patterns import lazy
from indicated.reading.tokens import split_words
from indicated.reading.walk import PREFIX, Step

Node = list[Any]
"""[literals, prefixes, classes, gaps, number, ends, joins, is the root]; each None until used."""

_LITERALS, _PREFIXES, _CLASSES, _GAPS, _NUMBER, _ENDS, _JOINS, _ROOT = range(8)
_PIECE = lazy(r"[()|]|<(?P<slot>[A-Za-z][A-Za-z0-9 .-]*)>|~(?P<gap>\d*)|#|[^\s()<>~#|]+|[<>]")
_ESCAPED = {f"\\{sign}": chr(0xE000 + n) for n, sign in enumerate("()<>#~|*")}
MEANT = {written: escape[1] for escape, written in _ESCAPED.items()}
"""What a sign that was put aside stands for."""
DEFAULT_GAP = 3
"""The words that a ~ without a number may skip."""


def empty_trie() -> Node:
    """A trie without terms."""
    return [None, None, None, None, None, None, None, False]


def add_term(trie: Node, term: str, tag: int) -> None:
    """Add one term to the trie under a tag number.

    Raises ValueError, with words for the author, when the term is not written as above.
    """
    trie[_ROOT] = True
    pieces = pieces_of(term)
    try:
        nodes, at = _sequence([trie], pieces, 0, inside=False)
    except ValueError as error:
        raise ValueError(f"'{term}': {error}") from None
    if at < len(pieces):
        raise ValueError(
            f"'{term}' has a '{pieces[at][0]}' too much; every sign of a choice needs its parentheses"
        )
    if trie[_GAPS]:
        raise ValueError(f"'{term}' begins with a gap; begin it with a word")
    for node in nodes:
        if node is trie:
            raise ValueError(f"'{term}' can match nothing at all; give it at least one word")
        if node[_ENDS] is None:
            node[_ENDS] = []
        if tag not in node[_ENDS]:
            node[_ENDS].append(tag)


def pieces_of(term: str) -> list[re.Match[str]]:
    """Cut a term into words, signs of a choice, slots, gaps and numbers; signs that stand for themselves are put aside."""
    for escape, stands_for in _ESCAPED.items():
        term = term.replace(escape, stands_for)
    return [match for match in _PIECE.finditer(term) if match[0].strip()]


def _sequence(
    nodes: list[Node], pieces: list[re.Match[str]], at: int, *, inside: bool
) -> tuple[list[Node], int]:
    """Lay the pieces from `at` up to a closing sign behind the nodes; return the last nodes and where it stopped."""
    while at < len(pieces) and pieces[at][0] != ")" and not (inside and pieces[at][0] == "|"):
        piece = pieces[at]
        at += 1
        if piece[0] == "(":
            nodes, at = _choice(nodes, pieces, at)
        elif piece["slot"]:
            nodes = [_step(node, _CLASSES, piece["slot"]) for node in nodes]
        elif piece["gap"] is not None:
            nodes = [_step(node, _GAPS, int(piece["gap"] or DEFAULT_GAP)) for node in nodes]
        elif piece[0] in "<>":
            raise ValueError(
                f"write \\{piece[0]} for the sign itself, or <name> for what another entry found"
            )
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
    # An empty option at the very beginning: the term may also begin behind it.
    start = [end for end in ends if end[_ROOT]][:1]
    for end in ends:
        if not end[_ROOT]:
            end[_JOINS] = end[_JOINS] or []
            end[_JOINS].append(together)
    return [together, *start], at


def words_of(option: str) -> tuple[str, ...]:
    """The tokens that one written piece of a term stands for; a word that only begins so keeps its star."""
    return _starred(option) if re.search(r"\w\*", option) else split_words(option)


def _words(nodes: list[Node], option: str) -> list[Node]:
    for word in words_of(option):
        if word.endswith("*") and word[0].isalpha():
            if len(word) <= PREFIX:
                raise ValueError(f"'{word}' is too short; write at least {PREFIX} letters before the star")
            nodes = [_step(node, _PREFIXES, word[:-1]) for node in nodes]
        else:
            nodes = [_step(node, _LITERALS, MEANT.get(word, word)) for node in nodes]
    return nodes


def _starred(option: str) -> tuple[str, ...]:
    out: list[str] = []
    for part in option.split():
        words = list(split_words(part.rstrip("*")))
        if part.endswith("*") and words and words[-1].isalpha():
            words[-1] += "*"
        out.extend(words or [part])
    return tuple(out)


def _step(node: Node, edge: int, key: Any) -> Node:
    if node[edge] is None:
        node[edge] = {}
    if edge == _PREFIXES:
        bucket = node[edge].setdefault(key[:PREFIX], {})
        return bucket.setdefault(key, empty_trie())  # type: ignore[no-any-return]
    return node[edge].setdefault(key, empty_trie())  # type: ignore[no-any-return]


def _number(node: Node) -> Node:
    if node[_NUMBER] is None:
        node[_NUMBER] = empty_trie()
    return node[_NUMBER]  # type: ignore[no-any-return]


def finish(trie: Node) -> Step:
    """The trie ready to be walked: ends of choices joined, branches that begin alike made one, and equal ones too.

    A word then leads from a step to one other, however many terms it may belong to, and what terms have in
    common is kept once.
    """
    known: dict[tuple[object, ...], Step] = {}
    done: dict[frozenset[int], Step] = {}
    nowhere: dict[str, Step] = {}

    def together(nodes: Iterable[Node]) -> Step:
        reached = _joined(nodes)
        here = frozenset(reached)
        if here in done:
            return done[here]
        parts = list(reached.values())
        prefixes: dict[str, dict[str, list[Node]]] = {}
        for part in parts:
            for key, bucket in (part[_PREFIXES] or {}).items():
                for prefix, following in bucket.items():
                    prefixes.setdefault(key, {}).setdefault(prefix, []).append(following)
        numbers = [part[_NUMBER] for part in parts if part[_NUMBER]]
        literals = each(_branches(parts, _LITERALS)) or nowhere
        begun = {key: each(bucket) or nowhere for key, bucket in prefixes.items()} or None
        slots = each(_branches(parts, _CLASSES))
        gaps = each(_branches(parts, _GAPS))
        number = together(numbers) if numbers else None
        tags = tuple(sorted({tag for part in parts for tag in part[_ENDS] or ()}))
        same = (
            _identity(literals),
            tuple((key, _identity(bucket)) for key, bucket in (begun or {}).items()),
            _identity(slots),
            _identity(gaps),
            id(number),
            tags,
        )
        others = (begun, slots, gaps, number) if begun or slots or gaps or number else None
        done[here] = known.setdefault(same, (literals, others, tags))
        return done[here]

    def each(branches: dict[Any, list[Node]]) -> dict[Any, Step] | None:
        return {key: together(nodes) for key, nodes in branches.items()} or None

    return together([trie])


def _joined(nodes: Iterable[Node]) -> dict[int, Node]:
    """The nodes and all that they are joined to."""
    reached: dict[int, Node] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if id(node) not in reached:
            reached[id(node)] = node
            waiting += node[_JOINS] or ()
    return reached


def _branches(parts: list[Node], edge: int) -> dict[Any, list[Node]]:
    found: dict[Any, list[Node]] = {}
    for part in parts:
        for key, following in (part[edge] or {}).items():
            found.setdefault(key, []).append(following)
    return found


def _identity(branches: dict[Any, Step] | None) -> tuple[tuple[Any, int], ...]:
    """What two sets of branches have in common when they lead to the same nodes."""
    return tuple((key, id(step)) for key, step in (branches or {}).items())


def known_words(terms: Iterable[str]) -> frozenset[str]:
    """All plain words of at least four letters in the terms: what a scanned word may be mended to."""
    return frozenset(word for term in terms for word in re.findall(r"[a-z]{4,}(?![a-z*])", term))
