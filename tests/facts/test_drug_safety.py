"""Lists of drugs, holds and bleeding statements whose misreading would clear a patient who is not clear."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

_DAY = date(2026, 3, 2)


def _read(text: str, word: str) -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, _DAY)) if f.word == word]


@pytest.mark.parametrize(
    "text",
    [
        "Meds: amlodipine 5, ibuprofen 600 tid, vitamin D 1000.",
        "CURRENT MEDICATIONS:\nlisinopril 10 mg daily\nnaproxen 500 mg BID\nomeprazole 20 mg daily",
        "Current: etodolac 400 bid, ramipril 5. That's it, bottles seen.",
        "Medications: celecoxib 200 daily. Nothing else.",
    ],
)
def test_a_list_is_found_with_its_drugs(text: str) -> None:
    found = [f for f in _read(text, "medication list") if f.status is Status.PRESENT]
    assert len(found) == 1
    assert found[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "Meds: see list.",
        "Meds tried: naproxen 500, gabapentin 300, duloxetine 30.",
        "Pain meds: naproxen 500 bid, gabapentin 300 tid.",
        "Medication list enclosed.",
        "CURRENT MEDICATIONS:\nNo medications loaded. Click refresh to update the list.",
        "Drugs: naproxen, pregabalin. Seven out of ten is with both of these.",
        "MEDICATION: naproxen 500, gabapentin 300 from this office; cardiac meds from cardiology.",
    ],
)
def test_what_is_elsewhere_past_or_partial_is_no_list(text: str) -> None:
    assert not [f for f in _read(text, "medication list") if f.status is Status.PRESENT]


@pytest.mark.parametrize(
    "text",
    [
        "Takes no medicine at all, no blood thinner.",
        "Off warfarin since January 2024.",
        "Do you take a blood thinner (Coumadin, Eliquis)? Reply with name or NONE      A6  NONE. son does",
        "Consent: the risk of bleeding is higher in people on blood thinners.",
        "Blood thinner  Y / N      NPO since ______",
    ],
)
def test_what_is_not_taken_is_not_held(text: str) -> None:
    held = [f for f in _read(text, "antithrombotic hold") if f.status in (Status.PLANNED, Status.PRESENT)]
    assert not held


def test_a_hold_stands_in_the_rows_below_the_ticked_drug() -> None:
    text = (
        "[ ] none    [ ] warfarin    [X] Eliquis (apixaban)    [ ] Plavix\n\n"
        "Last dose:      Tue 3/10 evening\nDo not take:    Wed 3/11, Thu 3/12\nRestart:        Sat 3/14 morning\n"
    )
    held = _read(text, "antithrombotic hold")
    assert [(f.attributes["drug"], f.attributes["days"]) for f in held] == [("apixaban", 2.0)]


@pytest.mark.parametrize(
    "text",
    [
        "On no account is the prasugrel to be paused this year.",
        "Hold required: NO (edoxaban)",
        "Will do the block w/o stopping Eliquis.",
    ],
)
def test_a_hold_that_is_refused_is_none(text: str) -> None:
    assert {f.status for f in _read(text, "antithrombotic hold")} == {Status.ABSENT}


def test_the_latest_row_below_the_name_of_a_test_counts() -> None:
    text = "date         plt (10^9/L)     comment\n11/25/25         84\n02/20/26         78           next count May\n"
    found = _read(text, "platelets")
    assert [(f.value, f.date) for f in found] == [(78.0, date(2026, 2, 20))]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{Denies/Endorses:1} easy bruising, bleeding disorder.", Status.ASKED),
        ("Bleeding problems Y/N: N", Status.ABSENT),
        ("Coagulopathy:  Y  (N)", Status.ABSENT),
        ("Clotting problems? none that she knows of", Status.ABSENT),
        ("No bleeding disorder is known, and none was ever suspected.", Status.ABSENT),
    ],
)
def test_forms_and_denials_of_bleeding_disorders(text: str, status: Status) -> None:
    assert {f.status for f in _read(text, "bleeding disorder")} == {status}
