"""The first policy holds what its specification says."""

from __future__ import annotations

from indicated import resources
from indicated.report.ledger import read_ledger
from small_facts import policy, vocabulary

HOLD = {
    "warfarin": 5,
    "apixaban": 3,
    "rivaroxaban": 3,
    "edoxaban": 3,
    "dabigatran": 4,
    "clopidogrel": 7,
    "prasugrel": 7,
    "ticagrelor": 5,
    "enoxaparin": 1,
    "fondaparinux": 4,
}
FIRST, REPEAT = ("first block",), ("second block", "later block")


def test_the_criteria_and_of_whom_they_are_asked() -> None:
    assert {criterion.id: criterion.kinds for criterion in policy().criteria} == {
        "crps-diagnosis": (),
        "sympathetic-dysfunction": (),
        "moderate-to-severe": (),
        "pain-limits-therapy": (),
        "drug-treatment-insufficient": (),
        "therapy-started": (),
        "multimodal-program": (),
        "no-active-infection": (),
        "no-coagulopathy": (),
        "anticoagulation-managed": (),
        "not-other-neuropathic-pain": (),
        "functional-baseline": FIRST,
        "functional-improvement": REPEAT,
        "relief-duration-documented": REPEAT,
        "consistent-improvement": REPEAT,
        "increasing-duration": ("later block",),
    }


def test_the_periods_without_an_antithrombotic_drug() -> None:
    assert policy().parameters["antithrombotic hold"].table == HOLD


def test_every_choice_has_its_reason() -> None:
    assert set(policy().parameters) <= set(vocabulary().parameters)
    assert all(len(parameter.reason) > 20 for parameter in policy().parameters.values())


def test_the_sections_have_their_numbers() -> None:
    found = policy()
    assert (len(found.criteria), len(found.pitfalls), len(found.documentation)) == (16, 5, 6)


def test_every_source_is_in_the_ledger() -> None:
    assert set(policy().sources) <= {source.id for source in read_ledger(resources.EVIDENCE).entries}


def test_a_draft_says_so_and_no_day_is_invented() -> None:
    assert policy().status == "draft"
    assert policy().until is None
