from __future__ import annotations

import pytest

from indicated.reading.terms import add_term, empty_trie, finish
from indicated.reading.tokens import tokenize
from indicated.reading.walk import Found, Trie, find, following


def found(
    term: str,
    text: str,
    classes: dict[int, list[tuple[str, int]]] | None = None,
    breaks: tuple[int, ...] = (),
) -> list[str]:
    trie = empty_trie()
    add_term(trie, term, 0)
    tokens = tokenize(text)
    hits: Found = {}
    find(Trie(finish(trie)), tokens, following(tokens, breaks), classes or {}, hits)
    return [text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in hits.get((0,), [])]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("cold foot", "a cold foot", ["cold foot"]),
        ("cold foot", "a cold footed man", []),
        ("swell*", "swelling and swollen", ["swelling"]),
        ("(cold|cool) (foot|lower leg)", "cool lower leg", ["cool lower leg"]),
        ("the (left|) foot", "the foot", ["the foot"]),
        ("foot ~ cold", "foot is still very cold", ["foot is still very cold"]),
        ("foot ~1 cold", "foot is still very cold", []),
        ("foot ~ cold", "foot is not cold", []),
        ("# days", "for 12 days", ["12 days"]),
        ("w/o", "w/o edema", ["w/o"]),
        (r"\(-\)", "edema (-)", ["(-)"]),
    ],
)
def test_a_term_finds_what_it_says(term: str, text: str, expected: list[str]) -> None:
    assert found(term, text) == expected


def test_a_slot_takes_what_an_earlier_entry_found() -> None:
    assert found("<limb> is cold", "left foot is cold", {1: [("limb", 2)]}) == ["foot is cold"]


def test_no_term_runs_across_a_break() -> None:
    assert found("cold foot", "cold foot", breaks=(1,)) == []


@pytest.mark.parametrize("term", ["ab*", "(a|) (b|)", "open (paren", "<Bad", "~ foot"])
def test_a_term_that_cannot_be_read_says_why(term: str) -> None:
    with pytest.raises(ValueError, match=term.split("*")[0].split("(")[0].strip() or "match nothing"):
        add_term(empty_trie(), term, 0)


def test_terms_that_begin_or_end_alike_are_found_each() -> None:
    trie = empty_trie()
    for tag, term in enumerate(("(a|the) (cold|cool*) ~ foot", "cold # (mg|)", "the (cold|) foot")):
        add_term(trie, term, tag)
    tokens = tokenize("the cooler foot, a cold and painful foot, the cold foot, cold 5 mg")
    found: Found = {}
    find(Trie(finish(trie)), tokens, following(tokens), {}, found)
    hits = {
        (tag, " ".join(tokens.words[first:last]))
        for tags, spans in found.items()
        for tag in tags
        for first, last in spans
    }
    assert hits == {
        (0, "the cooler foot"),
        (0, "a cold and painful foot"),
        (0, "the cold foot"),
        (1, "cold 5"),
        (1, "cold 5 mg"),
        (2, "the cold foot"),
    }
