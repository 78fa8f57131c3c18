"""Spinal cord stimulators: stage, status, and the other stimulators."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str) -> list[Fact]:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    return [f for f in facts_of_document(document) if f.word == "spinal cord stimulator"]


@pytest.mark.parametrize(
    ("text", "status", "stage"),
    [
        ("Spinal cord stimulator implanted 2021, works well.", "present", "implant"),
        ("Currently day 4 of SCS trial.", "present", "trial"),
        ("DRG stimulator explanted in 2020.", "historical", "implant"),
        ("SCS trial in 2023 failed.", "historical", "trial"),
        ("SCS trial scheduled for 3/12.", "planned", "trial"),
    ],
)
def test_status_and_stage(text: str, status: str, stage: str) -> None:
    fact = _facts(text)[0]
    assert (fact.status.value, fact.attributes["stage"]) == (status, stage)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("If the series fails, consider SCS.", "hypothetical"),
        ("No SCS, no pump.", "absent"),
        ("Patient declined a stimulator.", "absent"),
        ("Her husband's SCS beeps at the store.", "other_person"),
        ("Spinal cord stimulator?  Y / N", "asked"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _facts(text)[0].status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "TENS unit at home.",
        "Bone stimulator.",
        "Deep brain stimulator.",
        "Vagus nerve stimulator.",
        "TSH 2.1.",
        "Nina Orr, DPT, SCS",
        "Cool metal will evoke pain.",
    ],
)
def test_other_stimulators_are_none(text: str) -> None:
    assert not _facts(text)
