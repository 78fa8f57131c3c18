"""An entry is sought only where its anchors stand, and that must lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicated.reading.anchors import NUMBER, anchors
from indicated.reading.language import Language, read_language
from indicated.reading.shadow import fold
from indicated.reading.terms import add_term, empty_trie, find, shrink
from indicated.reading.tokens import Tokens, tokenize
from indicated.resources import POLICIES

NOTES = sorted(POLICIES.glob("*/cases/*/documents/*.txt"))[:40]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("cold foot", {"cold"}),
        ("(cold|cool*) (the|) foot", {"cold", "cool*"}),
        ("swell*", {"swell*"}),
        ("no", {"no"}),
        (r"\(\)", {"("}),
        ("<limb>", {"toe", "heel"}),
        ("# (of|)", {NUMBER}),
    ],
)
def test_the_anchor_of_a_term_is_its_rarest_part(term: str, words: set[str]) -> None:
    assert anchors(term, {"limb": frozenset({"toe", "heel"})}) == words


@pytest.mark.parametrize("file", NOTES, ids=lambda f: f"{f.parts[-3]}/{f.stem}")
def test_every_match_holds_an_anchor_of_its_entry(file: Path) -> None:
    language, tokens = read_language(), tokenize(fold(file.read_text()))
    slots = every_slot(tokens, language)
    for name, entry in language.entries.items():
        for _, first, last in find(entry.trie, tokens, slots, frozenset()):
            words = tokens.words[first:last]
            assert any(name in language.anchors[word] for word in words), (name, words)


def every_slot(tokens: Tokens, language: Language) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for name, by_group in language.slots.items():
        entry = language.entries[name]
        for tag, first, last in find(entry.trie, tokens, {}, frozenset()):
            found.setdefault(first, []).extend((slot, last) for slot in by_group[entry.groups[tag]])
    return found


def test_a_shrunk_trie_finds_what_the_whole_one_does() -> None:
    trie = empty_trie()
    for tag, term in enumerate(("(a|the) (cold|cool*) ~ foot", "cold # (mg|)", "the cold foot")):
        add_term(trie, term, tag)
    tokens = tokenize("the cooler foot, a cold and painful foot, the cold foot, cold 5 mg")
    assert set(find(shrink(trie), tokens, {}, frozenset())) == set(find(trie, tokens, {}, frozenset()))
