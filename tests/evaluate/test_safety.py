"""Infection, clotting and antithrombotic drugs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from indicated import resources
from indicated.evaluate import evaluate
from indicated.facts.model import Fact
from indicated.policy import read_policy
from small_facts import ON, VISIT, criterion, fact, request, status, vocabulary


def ago(days: int) -> date:
    return ON - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ([], "unknown", "silent"),
        ([fact("active infection", "absent", day=ago(30))], "met", None),
        ([fact("active infection", "absent", day=ago(31))], "unknown", "stale"),
        ([fact("active infection", day=ago(3))], "not_met", None),
        ([fact("active infection", day=ago(60))], "unknown", "stale"),
        (
            [fact("active infection", day=ago(20)), fact("active infection", "absent", day=ago(2))],
            "met",
            None,
        ),
        (
            [fact("active infection", day=ago(20)), fact("active infection", "historical", day=ago(2))],
            "unknown",
            "silent",
        ),
        (
            [
                fact("active infection", "absent", day=ago(20)),
                fact("active infection", "historical", day=ago(2)),
            ],
            "met",
            None,
        ),
        ([fact("active infection", "historical", day=ago(2))], "unknown", "silent"),
        (
            [fact("active infection", day=ago(2)), fact("active infection", "absent", day=ago(2))],
            "unknown",
            "conflicting",
        ),
    ],
)
def test_infection(facts: list[Fact], expected: str, why: str | None) -> None:
    found = criterion("no-active-infection", facts)
    assert (found.status, found.why_unknown) == (expected, why)


def inr(value: float, day: date = VISIT) -> Fact:
    return fact("INR", value=value, day=day)


def platelets(value: float, day: date = VISIT) -> Fact:
    return fact("platelets", value=value, unit="10^9/L", day=day)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([fact("bleeding disorder", "absent", day=ago(700))], "met"),
        ([fact("bleeding disorder", "other_person")], "unknown"),
        ([fact("bleeding disorder")], "not_met"),
        ([inr(1.4), platelets(100)], "met"),
        ([inr(1.0)], "unknown"),
        ([inr(1.0), platelets(250, ago(91))], "unknown"),
        ([inr(1.0), platelets(250, ago(90))], "met"),
        ([inr(1.5)], "not_met"),
        ([platelets(99), fact("bleeding disorder", "absent")], "not_met"),
        ([inr(1.8, ago(40)), inr(1.1), platelets(250)], "met"),
        ([inr(1.0), fact("bleeding disorder", "absent")], "met"),
        (
            [
                inr(2.4),
                platelets(250),
                fact("bleeding disorder", "absent"),
                fact("antithrombotic drug", drug="warfarin"),
                fact("antithrombotic hold", "planned", drug="warfarin", days=5),
                fact("INR", "planned"),
            ],
            "met",
        ),
    ],
)
def test_clotting(facts: list[Fact], expected: str) -> None:
    assert status("no-coagulopathy", facts) == expected


def test_two_values_of_one_day_on_both_sides_of_the_limit_contradict() -> None:
    found = criterion(
        "no-coagulopathy", [inr(1.2), fact("INR", value=1.9, document="documents/02.txt"), platelets(250)]
    )
    assert (found.status, found.why_unknown) == ("unknown", "conflicting")


def taken(drug: str, day: date = VISIT, state: str = "present") -> Fact:
    return fact("antithrombotic drug", state, drug=drug, day=day)


def hold(drug: str, days: float | None = None, state: str = "planned") -> Fact:
    known: dict[str, Any] = {} if days is None else {"days": days}
    return fact("antithrombotic hold", state, drug=drug, **known)


LIST = fact("medication list")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([fact("antithrombotic drug", "absent")], "met"),
        ([LIST], "met"),
        ([LIST, taken("aspirin")], "met"),
        ([taken("aspirin")], "unknown"),
        ([LIST, taken("apixaban")], "unknown"),
        ([LIST, taken("apixaban"), hold("apixaban", 3)], "met"),
        ([LIST, taken("apixaban"), hold("apixaban", 2)], "not_met"),
        ([LIST, taken("apixaban"), hold("apixaban")], "unknown"),
        ([LIST, taken("apixaban"), hold("apixaban", state="absent")], "not_met"),
        ([LIST, taken("apixaban"), hold("apixaban", 3, "historical")], "unknown"),
        ([LIST, taken("clopidogrel"), hold("", 7)], "met"),
        ([LIST, taken("clopidogrel"), hold("clopidogrel", 5)], "not_met"),
        ([taken("apixaban"), taken("clopidogrel"), hold("apixaban", 3)], "unknown"),
        ([taken("apixaban"), taken("clopidogrel"), hold("apixaban", 3), hold("clopidogrel", 7)], "met"),
        ([taken("apixaban"), taken("clopidogrel"), hold("clopidogrel", 2)], "not_met"),
        ([taken("warfarin"), hold("warfarin", 5)], "unknown"),
        ([taken("warfarin"), hold("warfarin", 5), fact("INR", "planned")], "met"),
        ([taken("warfarin"), hold("warfarin", 4), fact("INR", "planned")], "not_met"),
        ([taken("cilostazol"), hold("cilostazol", 9)], "unknown"),
        ([taken("apixaban", ago(200)), taken("apixaban", VISIT, "historical"), LIST], "met"),
        ([taken("apixaban", VISIT, "historical")], "unknown"),
        ([taken("apixaban", ago(200)), fact("antithrombotic drug", "absent")], "met"),
        ([fact("antithrombotic drug")], "unknown"),
        ([hold("apixaban", 3)], "met"),
        ([fact("medication list", day=ago(500))], "unknown"),
    ],
)
def test_antithrombotic_drugs(facts: list[Fact], expected: str) -> None:
    assert status("anticoagulation-managed", facts) == expected


def test_two_lists_of_one_day_that_differ_contradict() -> None:
    first = fact("medication list", document="documents/01.txt")
    second = fact("medication list", document="documents/02.txt")
    drug = fact("antithrombotic drug", drug="clopidogrel", document="documents/01.txt")
    found = criterion("anticoagulation-managed", [first, second, drug])
    assert (found.status, found.why_unknown) == ("unknown", "conflicting")
    newer = fact("medication list", day=ago(1), document="documents/02.txt")
    assert status("anticoagulation-managed", [first, newer, drug]) == "met"


def test_a_policy_that_sets_no_periods_judges_clotting_beside_a_hold() -> None:
    """It asks for clotting and for no drug at all; an INR under warfarin is then a disorder until somebody says more."""
    path = resources.POLICIES / "spinal-cord-stimulator-implant" / "policy.yaml"
    implant = read_policy(path, vocabulary())
    facts = [
        fact("INR", value=2.6),
        fact("antithrombotic drug", drug="warfarin"),
        fact("antithrombotic hold", "planned", drug="warfarin", days=5.0),
    ]
    judged = evaluate(implant, vocabulary(), request(procedure="63685"), facts)
    assert [one.status for one in judged.criteria if one.id == "no-coagulopathy"] == ["not_met"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([fact("antithrombotic drug", "absent")], "met"),
        ([fact("antithrombotic drug", "absent", drug="warfarin")], "unknown"),
        ([taken("clopidogrel", ago(30)), fact("antithrombotic drug", "absent", drug="warfarin")], "not_met"),
        ([taken("clopidogrel", ago(30)), fact("antithrombotic drug", "absent")], "met"),
    ],
)
def test_that_one_drug_is_not_taken_says_nothing_of_others(facts: list[Fact], expected: str) -> None:
    path = resources.POLICIES / "spinal-cord-stimulator-implant" / "policy.yaml"
    judged = evaluate(read_policy(path, vocabulary()), vocabulary(), request(procedure="63685"), facts)
    assert [one.status for one in judged.criteria if one.id == "no-antithrombotic"] == [expected]
