"""The examples inside the entries of the language: each is a passage of its own with a known reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact

_ORDER = ("present", "absent", "planned", "historical", "asked", "hypothetical", "other_person")
_PLACE = ("text", "heading", "kind", "date", "status")


def misread(word: str, example: Mapping[str, str]) -> str:
    """How an example is read otherwise than it says; empty when it is read as it says."""
    text = f"{example['heading']}:\n{example['text']}" if "heading" in example else example["text"]
    day = date.fromisoformat(example["date"]) if "date" in example else None
    facts = [
        f for f in facts_of_document(Document("passage", text, day, example.get("kind"))) if f.word == word
    ]
    if example["status"] == "none":
        return f"“{text}” gives a fact, and should give none" if facts else ""
    if not facts:
        return f"“{text}” gives no fact, and should give one that is {example['status']}"
    best = min(facts, key=lambda f: (_ORDER.index(f.status.value), -len(f.attributes)))
    if best.status.value != example["status"]:
        return f"“{text}” is {best.status.value}, and should be {example['status']}"
    for key, value in example.items():
        if key not in _PLACE and not _same(value, _part(best, key)):
            return f"“{text}”: {key} is {_part(best, key)!r}, and should be {value!r}"
    return ""


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
