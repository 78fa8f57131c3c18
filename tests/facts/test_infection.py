"""Infection: active, over, excluded by a specific screen; what clears nobody and what alarms nobody."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document


def _statuses(text: str) -> set[str]:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    return {f.status.value for f in facts_of_document(document) if f.word == "active infection"}


@pytest.mark.parametrize(
    "text",
    [
        "No fever, cough, dysuria or open wounds.",
        "fever N / chills N / wounds N / abx N",
        "Fever / chills past 2 wk ......... no\nOpen sores .................. no",
        "No signs of infection.",
        "Infection: [x] none  [ ] active",
        "Work-up excludes clot, gout, infection.",
        "(-) fever  (-) cough  (-) open skin",
    ],
)
def test_a_specific_negative_screen_is_an_absence(text: str) -> None:
    assert _statuses(text) == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "ROS negative.",
        "T 98.4, BP 124/78, afebrile.",
        "WBC 6.8.",
        "Skin: no rashes or lesions.",
        "No fever.",
        "No redness, no warmth, no swelling.",
        "Skin warm and dry.",
    ],
)
def test_what_is_no_screen(text: str) -> None:
    assert "absent" not in _statuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cellulitis of the shin, on Keflex.",
        "Denies fever, but the wound drains pus.",
        "Macrobid 100 BID, day 3 of 7.",
        "Infected? Yes.",
        "Tested positive for COVID yesterday.",
    ],
)
def test_an_active_infection(text: str) -> None:
    assert "present" in _statuses(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Pneumonia in the fall, resolved.", "historical"),
        ("Pin site infection 5/2025, treated with cephalexin.", "historical"),
        ("Risks include bleeding and infection.", "hypothetical"),
        ("Her son has strep.", "other_person"),
        ("R/o osteomyelitis, MRI ordered.", "asked"),
        ("Any infection in the last month? ______", "asked"),
        ("{Denies/Endorses:1} fever, recent infection.", "asked"),
    ],
)
def test_other_statuses(text: str, status: str) -> None:
    assert _statuses(text) == {status}


@pytest.mark.parametrize(
    "text",
    ["Can't shake this cold foot.", "Flu shot given.", "Penicillin allergy.", "Sepsis screen not triggered."],
)
def test_what_only_looks_like_an_infection(text: str) -> None:
    assert "present" not in _statuses(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Active infection:  ○ Y  ● N", "absent"),
        ("Active infection:  ● Y  ○ N", "present"),
        ("Is there an infection now?  Yes ( )  No (X)", "absent"),
        ("Is there an infection now?  Yes ( )  No ( )", "asked"),
        ("It looked infected in the picture. Seen here, it is not: dry, no pus, no fever.", "absent"),
        ("Two pustules over the spine, swab sent.", "present"),
        ("A heel this moist may well become infected.", "hypothetical"),
        ("Absence of infection documented?  No.", "asked"),
        ("Both kids have strep.", "other_person"),
        ("The infected screws came out in April and treatment ended in May.", "historical"),
    ],
)
def test_forms_and_later_words(text: str, status: str) -> None:
    found = _statuses(text)
    assert status in found
    assert status == "present" or "present" not in found


def test_the_time_in_an_affirmed_question_is_no_end() -> None:
    assert "present" in _statuses("Any infection in the past 2 weeks?  ☒ Y  ☐ N")
    assert "absent" in _statuses("Any infection in the past 2 weeks?  ☐ Y  ☒ N")


def test_the_end_of_a_treatment_is_no_screen() -> None:
    assert "absent" not in _statuses("Completed vancomycin for the plate, incision healed. No further abx.")
