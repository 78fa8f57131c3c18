"""Antithrombotic drugs in notes: which is taken, by whom, since when not, and when all are denied."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str, word: str = "antithrombotic drug") -> list[Fact]:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    return [f for f in facts_of_document(document) if f.word == word]


def _said(text: str) -> list[tuple[str, str]]:
    return [(f.status.value, str(f.attributes.get("drug", ""))) for f in _facts(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Takes Eliquis 5 mg BID.", [("present", "apixaban")]),
        ("Coumadin out in May, Xarelto in.", [("historical", "warfarin"), ("present", "rivaroxaban")]),
        ("Prasugrel was changed to clopidogrel.", [("historical", "prasugrel"), ("present", "clopidogrel")]),
        ("Did not stop her ticagrelor.", [("present", "ticagrelor")]),
        ("Never filled the Plavix.", [("absent", "clopidogrel")]),
        ("Her father takes warfarin.", [("other_person", "warfarin")]),
        ("If AF comes back we would start apixaban.", [("hypothetical", "apixaban")]),
        ("ELlQUlS 5 mg", [("present", "apixaban")]),
    ],
)
def test_each_drug_keeps_its_own_statement(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "No blood thinners.",
        "Not on aspirin or any antithrombotic.",
        "Blood thinner use: N",
        "Not taking Plavix, Coumadin or Xarelto.",
        "Anything that thins the blood:        Zero.",
        "Blood thinners?\nNone.",
    ],
)
def test_a_denial_of_the_class_is_one_of_all(text: str) -> None:
    assert ("absent", "") in _said(text)
    assert not any(status == "present" for status, _ in _said(text))


def test_a_denial_of_one_drug_is_no_denial_of_all() -> None:
    assert _said("No Plavix.") == [("absent", "clopidogrel")]


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin 81 mg daily.",
        "Port flushed with heparin.",
        "Allergic to heparin.",
        "The right calf is thinner than the left.",
        "Anticoagulation: reviewed.",
        "Saw an ad for Eliquis.",
    ],
)
def test_what_is_no_drug_taken(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize("text", ["Blood thinner?  ______", "Patient {is/is not:3} on an anticoagulant."])
def test_a_blank_is_asked(text: str) -> None:
    assert {status for status, _ in _said(text)} == {"asked"}


def test_a_drug_that_is_held_for_the_block_is_taken() -> None:
    assert ("present", "apixaban") in _said("Hold Eliquis 3 days prior to the block.")


def test_a_list_of_current_drugs_needs_drugs() -> None:
    assert (
        _facts("MEDS: losartan 50, metformin 500 bid. Nothing else.", "medication list")[0].status.value
        == "present"
    )
    assert _facts("MEDS: see scanned list.", "medication list")[0].status.value == "asked"
    assert not _facts("Meds tried: naproxen 500, gabapentin 300.", "medication list")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("( ) warfarin ( ) Eliquis ( ) Plavix (x) none", "absent"),
        ("( ) warfarin (x) Eliquis ( ) Plavix ( ) none", "present"),
        ("Denies thinners, including Plavix, Coumadin and Eliquis.", "absent"),
        ("Lovenox 40 mg daily until 2/27.", "present"),
        ("Lovenox 40 mg daily until 1/20.", "historical"),
        ("apixaban 5 mg | active | start 2025-04-02", "present"),
        ("The Xarelto in the bag is her husband's.", "other_person"),
        ("No alcohol, cilostazol 100 mg bid.", "present"),
        ("Changed from warfarin to Savaysa in May.", "present"),
        ("Warfarin 5 mg prescribed; first tablet tomorrow.", "planned"),
        ("He spells it: p-r-a-d-a-x-a, twice a day.", "present"),
        ("Pletal on the list, but he never picked it up.", "absent"),
    ],
)
def test_lists_days_and_owners(text: str, status: str) -> None:
    document = Document("note", text, date(2026, 2, 10), "nursing intake")
    found = [f for f in facts_of_document(document) if f.word == "antithrombotic drug"]
    assert status in {f.status.value for f in found}
    assert status == "present" or "present" not in {f.status.value for f in found}
