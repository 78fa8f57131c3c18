"""An entry is sought only where its anchors stand, and that must lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicated.reading.anchors import NUMBER, Slot, anchors
from indicated.reading.language import Language, read_language
from indicated.reading.shadow import fold
from indicated.reading.terms import find
from indicated.reading.tokens import Tokens, tokenize
from indicated.resources import POLICIES

NOTES = sorted(POLICIES.glob("*/cases/*/documents/*.txt"))[:40]


@pytest.mark.parametrize(
    ("term", "reaches"),
    [
        ("cold foot", {"cold": 0}),
        ("(cold|cool*) (the|) foot", {"cold": 0, "cool*": 0}),
        ("(the|) foot ~ (is|looks) mottled", {"mottled": 6}),
        ("no", {"no": 0}),
        (r"\(\)", {"(": 0}),
        ("the <limb>", {"toe": 1, "heel": 2}),
        ("# (of|)", {NUMBER: 0}),
    ],
)
def test_the_anchor_of_a_term_is_its_rarest_part(term: str, reaches: dict[str, int]) -> None:
    assert anchors(term, {"limb": Slot({"toe": 0, "heel": 1}, 2)}).reaches == reaches


@pytest.mark.parametrize("file", NOTES, ids=lambda f: f"{f.parts[-3]}/{f.stem}")
def test_every_match_holds_an_anchor_of_its_entry(file: Path) -> None:
    language, tokens = read_language(), tokenize(fold(file.read_text()))
    slots = every_slot(tokens, language)
    for name, entry in language.entries.items():
        for _, first, last in find(entry.trie, tokens, slots, frozenset()):
            words = tokens.words[first:last]
            reached = (
                distance <= reach
                for distance, word in enumerate(words)
                for anchored, reach in language.anchors[word]
                if anchored == name
            )
            assert any(reached), (name, words)


def every_slot(tokens: Tokens, language: Language) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for name, by_group in language.slots.items():
        entry = language.entries[name]
        for tag, first, last in find(entry.trie, tokens, {}, frozenset()):
            found.setdefault(first, []).extend((slot, last) for slot in by_group[entry.groups[tag]])
    return found
