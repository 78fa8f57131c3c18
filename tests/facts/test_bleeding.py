"""Disorders of bleeding, the bleeding history, and INR and platelets with units and days."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact

ON = date(2026, 2, 10)


def _facts(text: str, word: str = "bleeding disorder") -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, ON, "laboratory report")) if f.word == word]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mild hemophilia A.", "present"),
        ("Factor VII 11 %, bled two units at tonsillectomy.", "present"),
        ("No bleeding disorder.", "absent"),
        ("Denies nosebleeds, gum bleeding or easy bruising.", "absent"),
        ("Von Willebrand's was struck from the list.", "absent"),
        ("ITP in childhood, resolved.", "historical"),
        ("Mother has von Willebrand disease.", "other_person"),
        ("Bleeding disorder?   ______", "asked"),
        ("Absolute contraindications are uncorrected coagulopathy and infection.", "hypothetical"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _facts(text)[0].status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "Bruises on Eliquis.",
        "DVT in 2019.",
        "Factor V Leiden.",
        "Bleeding heart.",
        "ITP reviewed with client.",
    ],
)
def test_what_is_no_disorder(text: str) -> None:
    assert _facts(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Platelets 305000 /uL", 305),
        ("Plt 231 K/uL", 231),
        ("Thrombozyten / platelets  268 G/L", 268),
        ("platelets two hundred and thirty thousand", 230),
        ("Platelets      99 x10^9/L", 99),
        ("PLT 210 x10*3/uL", 210),
        ("platelets 99 x10e9/L", 99),
        ("Platelets 1.5 x10^5/uL", 150),
        ("Platelet count 152,000/mcL", 152),
        ("Plt 1O8 -> re-read 168", 168),
        ("Plt: 3/3 148 -> 3/17 121 -> 3/31 92", 92),
    ],
)
def test_platelets_in_one_unit(text: str, value: float) -> None:
    fact = _facts(text, "platelets")[0]
    assert (fact.value, fact.unit) == (value, "10^9/L")


@pytest.mark.parametrize(
    ("text", "value"),
    [("INR 1.1 (0.9-1.1)", 1.1), ("INR 1,7", 1.7), ("international normalized ratio one point one", 1.1)],
)
def test_inr(text: str, value: float) -> None:
    assert _facts(text, "INR")[0].value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("INR 1.0 (drawn 02/03/2026)", date(2026, 2, 3)),
        ("Labs 2/3: plt 210, INR 1.0", date(2026, 2, 3)),
        ("          10/02/25    01/09/26\nINR         1.0         1.1", date(2026, 1, 9)),
        ("| INR | 0.9 | 0.9-1.1 |\ncollected 2026-01-28T06:55", date(2026, 1, 28)),
        ("INR 1.0", ON),
    ],
)
def test_the_day_of_collection(text: str, day: date) -> None:
    assert _facts(text, "INR")[0].date == day


@pytest.mark.parametrize("text", ["PT/INR to be drawn.", "INR not resulted, recollect.", "INR pending."])
def test_a_test_without_a_result_is_asked(text: str) -> None:
    fact = _facts(text, "INR")[0]
    assert (fact.status.value, fact.value) == ("asked", None)


@pytest.mark.parametrize(
    "text",
    [
        "PLT walker issued.",
        "Platelet-rich plasma 2022.",
        "Goal INR 2-3.",
        "INR anywhere between 1.8 and 4.8.",
    ],
)
def test_what_is_no_value(text: str) -> None:
    found = [*_facts(text, "INR"), *_facts(text, "platelets")]
    assert all(f.value is None for f in found)


def test_a_condition_is_no_value() -> None:
    fact = _facts("If the INR comes back over 1.4 we cancel.", "INR")[0]
    assert (fact.status.value, fact.value) == ("hypothetical", None)


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("INR 1.2 in June, now 2.7.", "INR", 2.7),
        ("INR drifted from 2.4 to 1.3 off the drug.", "INR", 1.3),
        ("INR on the 2nd 2.2, after the pause 1.2 on the 9th.", "INR", 1.2),
        ("Plt 160 -> 84 since autumn.", "platelets", 84),
        ("Platelets 31 in October, 77 in December, 141 on 2/6.", "platelets", 141),
        ("Plt 12/1: 70. 1/5: 96. 2/2: 118.", "platelets", 118),
        ("Nadir platelets 19; today 205.", "platelets", 205),
        ("Platelets 24, clumped. Citrate repeat: 198.", "platelets", 198),
        ("Platelets 88 (was 210 last spring).", "platelets", 88),
    ],
)
def test_the_latest_of_several_values(text: str, word: str, value: float) -> None:
    assert _facts(text, word)[0].value == value


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[ ] hemophilia  [ ] von Willebrand  [x] none of the above", {"absent"}),
        ("☐ hemophilia\n☐ low platelets\n☒ none of these", {"absent"}),
        ("hemophilia [ ]  vWD [ ]  none [x]", {"absent"}),
        ("[x] hemophilia [ ] vWD [ ] none", {"present"}),
        ("[ ] hemophilia [ ] vWD [ ] none", {"asked"}),
    ],
)
def test_a_list_of_boxes(text: str, status: set[str]) -> None:
    assert {f.status.value for f in _facts(text)} == status


@pytest.mark.parametrize(
    "text",
    [
        "Coags pending, platelets fine.",
        "Coags were normal in 2018.",
        "Bruises for no reason, vWD panel sent.",
    ],
)
def test_an_open_or_old_test_clears_nothing(text: str) -> None:
    assert all(f.status.value != "absent" for f in _facts(text))
