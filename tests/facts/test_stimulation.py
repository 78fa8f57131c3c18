"""The trial of a stimulator, the psychological evaluation, earlier treatment and programs for pain are read."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document

DAY = date(2026, 2, 20)


def said(text: str, word: str) -> list[tuple[str, object]]:
    found = facts_of_document(Document("note.txt", text, DAY, "consultation note"))
    return [(fact.status.value, fact.value) for fact in found if fact.word == word]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Plan: trial of spinal cord stimulation, scheduled for March.", "stimulation asked for", "trial"),
        ("Permanent implant of the stimulator is scheduled for April 2.", "stimulation asked for", "implant"),
        (
            "An SCS trial was completed and the leads were removed. It lasted 6 days with 65 % pain relief.",
            "relief in the stimulation trial",
            65,
        ),
        (
            "An SCS trial was completed and the leads were removed. It lasted 6 days with 65 % pain relief.",
            "length of the stimulation trial",
            6,
        ),
        ("She had a 5-day trial of an SCS, since removed.", "length of the stimulation trial", 5),
        ("Conservative treatment for 8 months without lasting benefit.", "conservative treatment", 240),
        ("He completed 10 weeks of physical therapy.", "conservative treatment", 70),
    ],
)
def test_a_value_is_read(text: str, word: str, expected: object) -> None:
    assert {value for _, value in said(text, word)} == {expected}


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("No SCS trial has been done.", "stimulation trial", "absent"),
        ("Psychological evaluation: cleared for a stimulator.", "psychological evaluation", "present"),
        ("Psych eval pending.", "psychological evaluation", "asked"),
        ("Not cleared on the psychological evaluation.", "psychological evaluation", "absent"),
        (
            "Is enrolled in an interdisciplinary pain program, week 3.",
            "comprehensive pain program",
            "present",
        ),
        ("Referred to a functional restoration program.", "comprehensive pain program", "planned"),
        ("Declined the chronic pain program.", "comprehensive pain program", "absent"),
    ],
)
def test_a_verdict_is_read(text: str, word: str, status: str) -> None:
    assert [found for found, _ in said(text, word)] == [status]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The SCS trial was completed; less than 40 % pain relief.", "relief in the stimulation trial"),
        ("The SCS trial was completed with 50 % less opioid use.", "relief in the stimulation trial"),
        ("The SCS trial was completed 14 days ago.", "length of the stimulation trial"),
        ("Plan: physical therapy 2x/week for 12 weeks.", "conservative treatment"),
        ("Spinal cord stimulation may be an option one day.", "stimulation asked for"),
        ("A psychological evaluation was done.", "psychological evaluation"),
    ],
)
def test_what_looks_alike_says_nothing(text: str, word: str) -> None:
    assert not said(text, word)
