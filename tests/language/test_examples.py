"""Every example in the vocabulary is read as it says: each is a passage of its own with a known reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact
from indicated.reading.language import language_entries

_ORDER = ("present", "absent", "planned", "historical", "asked", "hypothetical", "other_person")
_PLACE = ("text", "heading", "kind", "date", "status")


def _examples() -> Iterator[Any]:
    for entry in language_entries():
        word = entry.get("word", "")
        if word.startswith("how ") or word.endswith(" said"):
            continue  # says how another word is meant, and names nothing by itself
        for number, example in enumerate(entry.get("examples", ())):
            yield pytest.param(word, example, id=f"{word}-{number}")


@pytest.mark.parametrize(("word", "example"), list(_examples()))
def test_the_example_is_read_as_it_says(word: str, example: Mapping[str, str]) -> None:
    text = f"{example['heading']}:\n{example['text']}" if "heading" in example else example["text"]
    day = date.fromisoformat(example["date"]) if "date" in example else None
    facts = [
        f for f in facts_of_document(Document("passage", text, day, example.get("kind"))) if f.word == word
    ]
    if example["status"] == "none":
        assert not facts
        return
    assert facts, "nothing was found"
    best = min(facts, key=lambda f: (_ORDER.index(f.status.value), -len(f.attributes)))
    assert best.status.value == example["status"]
    for key, value in example.items():
        if key not in _PLACE:
            assert _same(value, _part(best, key)), f"{key} is {_part(best, key)!r}"


def _part(fact: Fact, key: str) -> Any:
    if key in ("side", "limb", "value", "unit", "date"):
        return getattr(fact, key)
    if key == "days":
        return fact.value
    return fact.attributes.get(key)


def _same(wanted: str, got: Any) -> bool:
    try:
        return abs(float(wanted) - float(got)) < 0.02 * max(1.0, abs(float(wanted)))
    except (TypeError, ValueError):
        mine, theirs = set(wanted.lower().split()), set(str(got).lower().split())
        return mine <= theirs or theirs <= mine
