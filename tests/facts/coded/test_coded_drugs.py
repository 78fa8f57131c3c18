"""What each kind of coded drug says. All resources are fiction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from coded_entries import code, facts, one

from indicated.facts.model import Status


def taking(drug: str, status: str = "active", **parts: Any) -> dict[str, Any]:
    concept = code(drug) if ":" in drug else {"text": drug}
    body = {"status": status, "medicationCodeableConcept": concept, "dateAsserted": "2026-02-02"}
    return {"resourceType": "MedicationStatement"} | body | parts


@pytest.mark.parametrize(
    ("drug", "name"),
    [
        ("rxnorm:11289", "warfarin"),
        ("Eliquis 5 mg BID", "apixaban"),
        ("clopidogrel 75", "clopidogrel"),
        ("Xarelto", "rivaroxaban"),
        ("asa 81 mg", "aspirin"),
        ("LMWH 40 sc", "anticoagulant"),
    ],
)
def test_antithrombotic_drugs(drug: str, name: str) -> None:
    fact = one(taking(drug))
    assert (fact.word, fact.status, fact.attributes["drug"]) == ("antithrombotic drug", Status.PRESENT, name)


def test_an_unconfirmed_number_is_not_matched_on() -> None:
    assert facts(taking("rxnorm:1599538")) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("stopped", Status.HISTORICAL),
        ("completed", Status.HISTORICAL),
        ("intended", Status.PLANNED),
        ("unknown", Status.ASKED),
    ],
)
def test_the_status_of_a_drug(status: str, expected: Status) -> None:
    assert one(taking("warfarin", status)).status is expected


def test_a_drug_on_hold_is_held() -> None:
    drug, hold = facts(taking("apixaban", "on-hold"))
    assert (drug.status, hold.word, hold.status) == (Status.PRESENT, "antithrombotic hold", Status.PRESENT)
    assert "days" not in hold.attributes


def test_a_drug_that_is_not_taken_is_no_antithrombotic() -> None:
    assert facts(taking("apixaban", "not-taken")) == []


@pytest.mark.parametrize(
    ("drug", "kind"),
    [
        ("Celebrex 200", "nsaid"),
        ("paracetamol 1 g", "acetaminophen"),
        ("rxnorm:25480", "gabapentinoid"),
        ("nortriptyline 25 nocte", "antidepressant"),
        ("Norco 5-325", "opioid"),
        ("lidocaine 5% patch", "topical"),
        ("diclofenac sodium 1 % topical gel", "topical"),
        ("diclofenac 75 mg tablet", "nsaid"),
        ("Medrol dosepak", "steroid"),
    ],
)
def test_analgesics_by_class(drug: str, kind: str) -> None:
    fact = one(taking(drug))
    assert (fact.word, fact.attributes["drug_class"], fact.attributes["result"]) == (
        "analgesic trial",
        kind,
        "not_stated",
    )


@pytest.mark.parametrize(
    ("remark", "result"),
    [("does nothing", "insufficient"), ("stopped, GI upset", "not_tolerated"), ("good relief", "helps")],
)
def test_the_result_of_an_analgesic_in_a_remark(remark: str, result: str) -> None:
    assert one(taking("naproxen", "stopped", note=[{"text": remark}])).attributes["result"] == result


def test_a_medication_list_needs_more_than_one_entry() -> None:
    assert [f.word for f in facts(taking("metformin"))] == []
    (found,) = facts(taking("metformin"), taking("lisinopril", dateAsserted="2026-02-03"))
    assert (found.word, found.date) == ("medication list", date(2026, 2, 3))
    assert [e.resource for e in found.evidence] == ["MedicationStatement/r1", "MedicationStatement/r2"]


def test_prescriptions_are_a_list_from_three_on() -> None:
    def script(drug: str) -> dict[str, Any]:
        body = {"status": "active", "medicationCodeableConcept": {"text": drug}, "authoredOn": "2026-01-01"}
        return {"resourceType": "MedicationRequest"} | body

    assert facts(script("metformin"), script("lisinopril")) == []
    assert [f.word for f in facts(script("metformin"), script("lisinopril"), script("losartan"))] == [
        "medication list"
    ]


def test_an_empty_list_says_that_nothing_is_taken() -> None:
    empty = {"emptyReason": {"coding": [{"code": "nilknown"}]}, "date": "2026-02-01"}
    fact = one({"resourceType": "List", "status": "current", "code": code("loinc:10160-0")} | empty)
    assert fact.word == "medication list"


def test_a_drug_by_reference() -> None:
    drug = {"resourceType": "Medication", "id": "m1", "code": code("rxnorm:1364430")}
    statement = taking("x", medicationReference={"reference": "Medication/m1"}) | {
        "medicationCodeableConcept": None
    }
    assert [f.attributes["drug"] for f in facts(drug, statement)] == ["apixaban"]


def test_an_allergy_is_a_drug_that_cannot_be_taken() -> None:
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Naproxen"}, "type": "intolerance"}
    fact = one(allergy)
    assert (fact.status, fact.attributes["result"]) == (Status.ABSENT, "not_tolerated")
    assert one(allergy | {"type": "allergy"}).attributes["result"] == "contraindicated"
    assert facts(allergy | {"verificationStatus": {"coding": [{"code": "refuted"}]}}) == []
