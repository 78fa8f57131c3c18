"""Trials of analgesics: class, status and result; and what is no trial for the limb."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str, word: str = "analgesic trial") -> list[Fact]:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    return [f for f in facts_of_document(document) if f.word == word]


@pytest.mark.parametrize(
    ("text", "status", "kind", "result"),
    [
        ("Six weeks of naproxen did nothing.", "historical", "nsaid", "insufficient"),
        ("On gabapentin 600 tid, still 7.", "present", "gabapentinoid", "insufficient"),
        ("Takes Tylenol, it brings the pain from 8 to 3.", "present", "acetaminophen", "helps"),
        ("Takes Tylenol, it brings the pain from 8 to 6.", "present", "acetaminophen", "insufficient"),
        ("Duloxetine 60 daily, 20% better.", "present", "antidepressant", "insufficient"),
        ("Lyrica stopped, too drowsy to drive.", "historical", "gabapentinoid", "not_tolerated"),
        ("NSAIDs contraindicated, CKD.", "absent", "nsaid", "contraindicated"),
        ("Lidocaine 5% to the foot, negligible.", "present", "topical", "insufficient"),
        ("On naproxen. Adequate? No.", "present", "nsaid", "insufficient"),
        ("NSAID: [x] tried/failed  [ ] contraindicated", "historical", "nsaid", "insufficient"),
    ],
)
def test_status_class_and_result(text: str, status: str, kind: str, result: str) -> None:
    fact = _facts(text)[0]
    found = (fact.status.value, fact.attributes["drug_class"], fact.attributes["result"])
    assert found == (status, kind, result)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Start gabapentin 300 mg at night.", "planned"),
        ("Consider amitriptyline if sleep stays bad.", "hypothetical"),
        ("My sister takes Cymbalta.", "other_person"),
        ("NSAID tried?   ______", "asked"),
        ("Celebrex was prescribed, never filled.", "absent"),
        ("No pain medication has been tried.", "absent"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _facts(text)[0].status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin 81 mg daily for the stent.",
        "Ibuprofen for migraine.",
        "Lidocaine 1% 3 mL at the skin.",
        "Midazolam 2 mg and fentanyl 50 mcg IV for sedation.",
        "Depo-Medrol to the left shoulder.",
    ],
)
def test_what_is_no_trial(text: str) -> None:
    assert _facts(text) == []


def test_a_result_at_the_end_is_told_of_the_whole_list() -> None:
    found = _facts("Naproxen 500 bid; gabapentin 600 tid; duloxetine 60. Despite these 6/10.")
    assert [f.attributes["result"] for f in found] == ["insufficient"] * 3


def test_brackets_tell_of_the_drug_before_them_only() -> None:
    found = {
        f.attributes["drug"]: f.attributes["result"] for f in _facts("Tried: ibuprofen, gabapentin (rash).")
    }
    assert found == {"ibuprofen": "not_stated", "gabapentin": "not_tolerated"}


def test_a_sentence_on_something_else_says_nothing_of_the_drug() -> None:
    fact = _facts(
        "Allergies NKDA. Meds naproxen prn. Sessions at the rehabilitation centre are often ended early, and he had to quit twice."
    )[0]
    assert (fact.status.value, fact.attributes["result"]) == ("present", "not_stated")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Pain persists despite medication.", "present"),
        ("Refractory to first and second line agents.", "present"),
        ("Pain is well controlled with medication.", "absent"),
    ],
)
def test_drug_treatment_as_a_whole(text: str, status: str) -> None:
    assert _facts(text, "pain despite drugs")[0].status.value == status


@pytest.mark.parametrize(
    ("text", "status", "result"),
    [
        ("Tried:\nAcetaminophen 1 g TID | 8 wks | inadequate response", "historical", "insufficient"),
        ("Takes Mobic; it isn't worth the bottle.", "present", "insufficient"),
        ("Had a course of etoricoxib, six weeks, without meaningful relief.", "historical", "insufficient"),
        ("NSAIDs      Yes\nHelpful?    No", "present", "insufficient"),
        ("Cannot use anti-inflammatories because of an ulcer two years ago.", "absent", "contraindicated"),
        ("No NSAIDs ever: transplant kidney.", "absent", "contraindicated"),
    ],
)
def test_forms_titles_and_grounds(text: str, status: str, result: str) -> None:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    fact = next(f for f in facts_of_document(document) if f.word == "analgesic trial")
    assert (fact.status.value, fact.attributes["result"]) == (status, result)


def test_what_went_as_the_drug_before() -> None:
    document = Document("note", "Naproxen tried, no benefit. Tylenol: ditto.", date(2026, 2, 10), None)
    found = [f for f in facts_of_document(document) if f.word == "analgesic trial"]
    assert [(f.status.value, f.attributes["result"]) for f in found] == [("historical", "insufficient")] * 2


@pytest.mark.parametrize("text", ["His usual tablets do not hold him.", "Her pills barely touch it."])
def test_pain_in_spite_of_drugs_that_are_not_named(text: str) -> None:
    document = Document("note", text, date(2026, 2, 10), None)
    assert [f.status.value for f in facts_of_document(document) if f.word == "pain despite drugs"] == [
        "present"
    ]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Etoricoxib 60: blunts it by a whisker, no more.", "insufficient"),
        ("Mobic 15 for five weeks, might as well chew gum.", "insufficient"),
        ("Panadol 1 g qid with no satisfactory effect.", "insufficient"),
        ("Naproxen 500 bid achieves precious little.", "insufficient"),
        ("Tylenol 2x day takes the edge off the edge.", "insufficient"),
        ("Celebrex 200 daily, six it is regardless.", "insufficient"),
        ("Acetaminophen 3 g and meloxicam 15. With all of this it is eight.", "insufficient"),
        ("Pain meds etodolac 400, no change in the list.", "not_stated"),
        ("Etodolac 400 bid, no changes to the regimen.", "not_stated"),
        ("Naproxen 500 bid with a very good effect.", "helps"),
    ],
)
def test_what_people_say_of_little_help(text: str, result: str) -> None:
    found = _facts(text, "analgesic trial")
    assert {f.attributes["result"] for f in found} == {result}


def test_a_verdict_behind_a_list_and_what_is_not_taken() -> None:
    found = _facts(
        "| Rx | naproxen 250 BID, duloxetine 30. NO NOAC. limited benefit only |", "analgesic trial"
    )
    assert found[-1].attributes["result"] == "insufficient"


def test_the_box_of_none_answers_for_each_drug_of_the_list() -> None:
    text = "TAKEN SO FAR   NSAID (Advil, Aleve etc.) [ ]   Tylenol [ ]   none of these [x]"
    found = _facts(text, "analgesic trial")
    assert {f.attributes["drug_class"] for f in found} == {"nsaid", "acetaminophen"}
    assert {f.status.value for f in found} == {"absent"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("NSAIDs and paracetamol: neither was tried, neither is contraindicated.", "absent"),
        ("No objection to NSAIDs or paracetamol from the kidney clinic.", "hypothetical"),
        ("Nothing speaks against Motrin.", "hypothetical"),
    ],
)
def test_what_may_be_taken_is_neither_tried_nor_forbidden(text: str, status: str) -> None:
    found = _facts(text, "analgesic trial")
    assert {f.status.value for f in found} == {status}
    assert not any("result" in f.attributes for f in found)
