"""The Budapest criteria: counts in every layout, verdicts, and what must never be read as met."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact

_HEDGED = (
    "Does not {} the Budapest criteria.",
    "I do not think he would {} the Budapest criteria.",
    "If she were to {} the Budapest criteria, we would block.",
    "To be approved, members must {} the Budapest criteria.",
    "Please document whether the patient is found to {} the Budapest criteria.",
    "Budapest criteria: does he {} them?",
    "She would {} Budapest if a second sign were found.",
    "Not enough signs to {} Budapest.",
    "There are too few signs to {} Budapest.",
    "Her mother was said to {} the Budapest criteria.",
)


def _facts(text: str, word: str = "Budapest criteria", day: date | None = date(2026, 2, 10)) -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, day, "consultation note")) if f.word == word]


@pytest.mark.parametrize("sentence", _HEDGED)
@pytest.mark.parametrize("verb", ["meet", "satisfy", "fulfil", "reach", "pass"])
def test_a_denied_hedged_or_asked_verdict_is_never_met(sentence: str, verb: str) -> None:
    assert all(f.status.value != "present" for f in _facts(sentence.format(verb)))


@pytest.mark.parametrize(
    ("text", "symptoms", "signs"),
    [
        ("Budapest 02/04: sx 4/4, signs 2/4.", 4, 2),
        ("Budapest: symptoms in three of the four categories, signs in two.", 3, 2),
        ("All four symptom groups and three of the sign groups (Budapest).", 4, 3),
        ("CRPS I of the left leg (Budapest 3+2).", 3, 2),
        ("Budapest symptoms and signs in all four categories.", 4, 4),
        (
            "Budapest sx: [x] sensory [x] vasomotor [x] sudomotor [ ] motor\nsigns: [x] sensory [x] vasomotor [ ] sudomotor [ ] motor",
            3,
            2,
        ),
        (
            "BUDAPEST:\nSensory | Y | Y\nVasomotor | Y | Y\nSudomotor/edema | Y | N\nMotor/trophic | N | N",
            3,
            2,
        ),
        (
            "Budapest symptoms: allodynia, mottling, coldness, swelling. Signs: mottling, coldness, swelling.",
            3,
            2,
        ),
    ],
)
def test_the_categories_are_counted(text: str, symptoms: int, signs: int) -> None:
    attributes = _facts(text)[0].attributes
    assert (attributes["symptoms"], attributes["signs"]) == (symptoms, signs)


def test_numbers_that_fall_short_win_over_a_word_of_confidence() -> None:
    fact = _facts("Budapest criteria met: symptoms 2/4, signs 1/4.")[0]
    assert (fact.status.value, fact.attributes["verdict"]) == ("absent", "not_met")


def test_numbers_alone_are_no_verdict_and_with_both_conditions_they_are() -> None:
    alone = _facts("Budapest: sx 4/4, signs 3/4.")[0]
    full = _facts("Budapest: sx 4/4, signs 3/4. Pain out of proportion, nothing else explains it.")[0]
    assert "verdict" not in alone.attributes
    assert full.attributes["verdict"] == "met"


def test_an_untested_category_that_could_reach_the_number_leaves_it_open() -> None:
    fact = _facts("Budapest sx: sens Y, vaso Y, sudo Y, motor Y\nsigns: sens Y, vaso N, sudo N, motor NT")[0]
    assert fact.status.value == "asked"


@pytest.mark.parametrize(
    "text",
    [
        "By the Budapest criteria this is not CRPS.",
        "Some of the Budapest criteria are met.",
        "Budapest symptom criteria met.",
        "Budapest: color change confirmed, swelling confirmed.",
        "Budapest criteria positive for sensory symptoms only.",
        "Budapest worksheet attached? No.",
    ],
)
def test_a_part_of_the_criteria_is_not_the_whole(text: str) -> None:
    assert all(f.status.value != "present" for f in _facts(text))


def test_an_empty_form_says_nothing() -> None:
    assert all(f.status.value == "asked" for f in _facts("Budapest criteria   [ ] met   [ ] not met"))


def test_a_verdict_of_a_former_year_is_history_and_one_repeated_today_is_not() -> None:
    assert _facts("Met the Budapest criteria in 2021, has since recovered.")[0].status.value == "historical"
    assert _facts("Budapest positive in 2021 and again today.")[0].status.value == "present"


def test_the_city_is_no_criterion() -> None:
    assert not _facts("Born in Budapest, lives with two cats.")


@pytest.mark.parametrize(
    "text",
    [
        "Other diagnoses need to be excluded.",
        "Not all alternatives have been ruled out.",
        "Nothing else, no supplements.",
        "Please state that no other diagnosis better explains the symptoms.",
        "No better explanation: ____",
    ],
)
def test_other_explanations_are_not_cleared_by_talk_of_them(text: str) -> None:
    assert all(f.status.value != "absent" for f in _facts(text, "other explanation"))


def test_evidence_is_the_text_itself() -> None:
    text = "Exam as above. Budapest criteria satisfied,\nin all four categories. Plan: block."
    for fact in _facts(text):
        for piece in fact.evidence:
            assert text[piece.start : piece.end] == piece.quote
