"""Measures of an arm and a hand are read with number, unit and side; they are no measure of a leg."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact

DAY = date(2026, 2, 10)


def measures(text: str) -> list[Fact]:
    found = facts_of_document(Document("note.txt", text, DAY, "therapy note"))
    return [fact for fact in found if fact.word == "functional measure" and fact.limb == "upper"]


@pytest.mark.parametrize(
    ("text", "name", "value", "unit", "side"),
    [
        ("Grip strength of the right hand 12 kg.", "grip strength", 12, "kg", "right"),
        ("Jamar grip, left: 31 lbs.", "grip strength", 31, "lb", "left"),
        ("Key pinch R 3.5 kg", "pinch strength", 3.5, "kg", "right"),
        ("QuickDASH 61/100", "QuickDASH", 61, None, None),
        ("DASH score today is 48.", "DASH", 48, None, None),
        ("9-hole peg test: 48 seconds with the left hand", "nine-hole peg test", 48, "s", "left"),
        ("Wrist extension 30 degrees, R", "wrist extension", 30, "degrees", "right"),
        ("Forearm supination on the left 25 deg.", "forearm supination", 25, "degrees", "left"),
    ],
)
def test_a_measure_is_read(text: str, name: str, value: float, unit: str | None, side: str | None) -> None:
    [fact] = measures(text)
    assert (fact.attributes["name"], fact.value, fact.unit, fact.side) == (name, value, unit, side)


@pytest.mark.parametrize(
    "text",
    [
        "Grip strength was not tested.",
        "Goal: grip strength 20 kg",
        "Grip strength ____ kg",
        "QuickDASH to be completed at the next visit.",
        "She will dash to the bus when she must.",
    ],
)
def test_what_has_no_value_is_none(text: str) -> None:
    assert not measures(text)
