"""Every line of the memo has its place in the policy."""

from __future__ import annotations

import re

import yaml

from indicated import resources
from indicated.policy.read import SECTIONS
from small_facts import policy

FOLDER = resources.POLICIES / "lumbar-sympathetic-block"
LINES = 49
HEADINGS = {3, 4, 8, 14, 19, 24, 29, 31, 36, 42}


def table() -> dict[int, list[str]]:
    content: dict[int, list[str]] = yaml.safe_load((FOLDER / "memo-lines.yaml").read_text(encoding="utf-8"))
    return content


def test_every_line_has_a_place() -> None:
    assert list(table()) == list(range(1, LINES + 1))
    assert all(table().values())


def test_the_headings_are_those_of_the_memo() -> None:
    assert {line for line, places in table().items() if places == ["heading"]} == HEADINGS


def test_every_place_is_in_the_policy() -> None:
    found = policy()
    places = {"scope", "purpose", "criteria", "documentation"}
    places |= {f"criteria/{criterion.id}" for criterion in found.criteria}
    places |= {f"{name}/{entry.id}" for name in SECTIONS for entry in getattr(found, name)}
    places |= {f"parameters/{name}" for name in found.parameters}
    for line, named in table().items():
        for place in named:
            assert place == "heading" or place in places, f"line {line}: {place}"


def test_every_criterion_pitfall_and_document_comes_from_a_line() -> None:
    named = {place for places in table().values() for place in places}
    found = policy()
    for section in ("criteria", "pathway", "pitfalls", "documentation", "technique"):
        for entry in getattr(found, section):
            assert f"{section}/{entry.id}" in named


def test_what_changed_is_told_for_this_version() -> None:
    assert re.search(
        rf"^## {re.escape(policy().version)}\b", (FOLDER / "CHANGES.md").read_text(encoding="utf-8"), re.M
    )
