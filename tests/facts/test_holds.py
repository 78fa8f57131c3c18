"""Holds before the block: the days without a dose, by dates, weekdays, lists and lengths, and what is no hold."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact

TUESDAY = date(2026, 2, 10)


def _holds(text: str, on: date = TUESDAY, heading: str = "") -> list[Fact]:
    document = Document("note", f"{heading}\n{text}" if heading else text, on, "phone note")
    return [f for f in facts_of_document(document) if f.word == "antithrombotic hold"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hold Plavix for 7 days before the block.", 7),
        ("Hold Xarelto 72 hours before the block.", 3),
        ("Stop clopidogrel one week before the injection.", 7),
        ("Last dose of Eliquis 2/20, block 2/24.", 3),
        ("Last Pradaxa Thursday evening, injection Tuesday.", 4),
        ("No Xarelto on 2/21, 2/22 or 2/23. Block 2/24.", 3),
        ("Savaysa held 2/21 thru 2/23, LSB 2/24.", 3),
        ("Clopidogrel D-7 to D-1: nil. D0: block.", 7),
        ("Hold ticagrelor 3... correction, 5 days.", 5),
        ("Plavix off so that seven clear days go by, last tablet eight days before the block.", 7),
        ("Last dose of Lovenox 2 days before the block.", 1),
    ],
)
def test_days_without_a_dose_before_the_day_of_the_block(text: str, days: float) -> None:
    assert _holds(text)[0].attributes["days"] == days


def test_the_day_of_the_block_does_not_count() -> None:
    fact = _holds("No Eliquis on the 21st, the 22nd, nor on the day itself, the 23rd.", date(2026, 2, 16))[0]
    assert fact.attributes["days"] == 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hold Eliquis 3 days before the block.", "planned"),
        ("Off Plavix since 2/3 for today's block.", "present"),
        ("Continue Plavix without interruption.", "absent"),
        ("Do not stop Eliquis.", "absent"),
        ("Eliquis was held 3 days for her colonoscopy.", "historical"),
        ("If the block is approved, Plavix would be held 7 days.", "hypothetical"),
        ("Eliquis: hold ___ days", "asked"),
        ("Her husband must hold his Plavix for a week.", "other_person"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _holds(text)[0].status.value == status


def test_a_drug_that_goes_on_says_so() -> None:
    fact = _holds("Block to be done on uninterrupted rivaroxaban.")[0]
    assert fact.attributes == {"drug": "rivaroxaban", "continue": True}


@pytest.mark.parametrize(
    "text",
    [
        "Takes Eliquis 5 mg BID.",
        "Blood thinners: none, never.",
        "Off warfarin since January.",
        "Date of 2/24 is being held for him; he takes Plavix.",
        "Hold metformin the morning of the block.",
    ],
)
def test_what_is_no_hold(text: str) -> None:
    assert _holds(text) == []


def test_nothing_is_told_of_days_that_are_not_told() -> None:
    assert "days" not in _holds("Eliquis to be held before the block per cardiology.")[0].attributes


def test_each_drug_has_its_own_days() -> None:
    found = {
        f.attributes["drug"]: f.attributes.get("days") for f in _holds("Hold Eliquis 3 days, Plavix 7 days.")
    }
    assert found == {"apixaban": 3, "clopidogrel": 7}


@pytest.mark.parametrize(
    ("text", "status", "days"),
    [
        ("Coumadin: no more after Wednesday's tablet 2/11. Block 2/17.", "planned", 5),
        ("2/11 last Brilinta\n2/12-2/16 none\n2/17 LSB", "planned", 5),
        ("Not to take Effient from 2/11 until after the block on 2/18.", "planned", 7),
        ("Skip 6 doses of Eliquis before the block.", "planned", 3),
        ("No Eliquis for 6 doses (= 3 days) ahead of the block.", "planned", 3),
        ("Lovenox: no syringe the day before, none that morning.", "planned", 1),
        ("Hold Pradaxa the morning of the block only.", "planned", 0),
        ("drug | hold (days) | restart\nclopidogrel | 7 | day after", "planned", 7),
        ("Plavix will be held 7 days per ASRA guidelines.", "planned", 7),
    ],
)
def test_days_by_last_doses_doses_and_columns(text: str, status: str, days: int) -> None:
    document = Document("note", text, date(2026, 2, 10), "follow-up note")
    fact = next(f for f in facts_of_document(document) if f.word == "antithrombotic hold")
    assert (fact.status.value, fact.attributes.get("days")) == (status, days)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Plavix 75: [ ] hold [ ] continue", "asked"),
        ("Plavix 75: [ ] hold ___ d [x] continue", "absent"),
        ("Grateful if she could stay on her ticagrelor for the block.", "absent"),
        ("Clinic policy: patients on Plavix stop it 7 days before blocks.", "hypothetical"),
        ("The Xarelto hold is for her husband's colonoscopy.", "other_person"),
    ],
)
def test_choices_requests_and_owners(text: str, status: str) -> None:
    document = Document("note", text, date(2026, 2, 10), "follow-up note")
    found = {f.status.value for f in facts_of_document(document) if f.word == "antithrombotic hold"}
    assert found == {status}
