"""Faults planted in the policy, one at a time: the property that each breaks is refuted with a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from indicated.policy.model import Criterion, Policy
from indicated.prove.properties import Property, read_properties
from indicated.prove.prover import REFUTED, Prover
from indicated.prove.sentences import Sentences, read_sentences
from indicated.resources import VOCABULARY
from indicated.vocabulary.outline import Amount, Condition, Group, Test, parse_test
from small_facts import policy, vocabulary

Fault = Callable[[Policy], Policy]


@cache
def sentences() -> Sentences:
    return read_sentences(VOCABULARY)


@cache
def properties() -> dict[str, Property]:
    return {one.id: one for one in read_properties(policy(), vocabulary())}


def changed(name: str, change: Callable[[Criterion], Criterion]) -> Fault:
    return lambda p: replace(p, criteria=tuple(change(c) if c.id == name else c for c in p.criteria))


def line(name: str, text: str) -> Fault:
    """The criterion with this as its only line."""
    word, _, asked = text.partition(": ")
    test = parse_test(asked)
    assert test is not None
    group = Group("all", (Condition(word, test, text, 1),), 0, 1)
    return changed(name, lambda criterion: replace(criterion, outline=group))


def kinds(name: str, *wanted: str) -> Fault:
    return changed(name, lambda criterion: replace(criterion, kinds=wanted))


def dropped(name: str) -> Fault:
    return lambda p: replace(p, criteria=tuple(c for c in p.criteria if c.id != name), documentation=())


def parameter(name: str, number: float, unit: str) -> Fault:
    def moved(p: Policy) -> Policy:
        one = replace(p.parameters[name], amount=Amount(number, unit), value=f"{number:g} {unit}")
        return replace(p, parameters={**p.parameters, name: one})

    return moved


def period(drug: str, days: float) -> Fault:
    def moved(p: Policy) -> Policy:
        hold = p.parameters["antithrombotic hold"]
        table = replace(hold, table={**hold.table, drug: days})
        return replace(p, parameters={**p.parameters, hold.name: table})

    return moved


def joined_by_any(criterion: Criterion) -> Criterion:
    return replace(criterion, outline=replace(criterion.outline, head="any"))


def asking_both(criterion: Criterion) -> Criterion:
    """Lines that exclude each other."""
    one, other = (
        Condition("active infection", Test("is", (value,)), value, 1) for value in ("present", "absent")
    )
    return replace(criterion, outline=Group("all", (one, other), 0, 1))


FAULTS: dict[str, tuple[Fault, str]] = {
    "a criterion is dropped": (dropped("no-active-infection"), "not-with-infection"),
    "a value is added with or": (
        line("no-active-infection", "active infection: absent or present within infection window"),
        "not-with-infection",
    ),
    "a window is left out": (
        line("no-active-infection", "active infection: absent"),
        "not-with-an-old-screen",
    ),
    "all becomes any": (changed("crps-diagnosis", joined_by_any), "not-without-crps"),
    "no full hold is let through": (
        line("anticoagulation-managed", "antithrombotic medicine: none or full hold or no full hold"),
        "not-without-hold",
    ),
    "a period of one drug is shortened": (period("clopidogrel", 3), "not-without-hold"),
    "a limit of a value is raised": (parameter("INR limit", 2.0, ""), "not-with-coagulopathy"),
    "a lowest value is lowered": (parameter("platelet limit", 50.0, "10^9/L"), "not-with-coagulopathy"),
    "mild is let through": (
        line("moderate-to-severe", "CRPS severity: mild or moderate or severe"),
        "not-when-mild",
    ),
    "block alone is let through": (
        line("multimodal-program", "rehabilitation plan: therapy goes on or block alone"),
        "not-without-therapy",
    ),
    "another pain is let through": (
        line("not-other-neuropathic-pain", "pain treated by the block: CRPS or another neuropathic pain"),
        "not-for-other-pain",
    ),
    "for is narrowed to the second block": (
        kinds("consistent-improvement", "second block"),
        "not-without-gain",
    ),
    "for names another request": (kinds("increasing-duration", "second block"), "not-without-longer-relief"),
    "the series is cut to half a year": (
        parameter("window of the series", 6, "months"),
        "a-block-of-the-year-counts",
    ),
    "nobody can meet it": (changed("no-active-infection", asking_both), "first-block-possible"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_prove_finds_a_planted_fault(fault: str) -> None:
    plant, name = FAULTS[fault]
    proof = Prover(plant(policy()), vocabulary(), sentences()).prove(properties()[name])
    assert proof.verdict == REFUTED, proof.why
    assert proof.witnesses or proof.of.head == "can be"


def test_every_property_of_a_faulty_policy_is_one_that_holds_without_the_fault() -> None:
    prover = Prover(policy(), vocabulary(), sentences())
    for name in sorted({name for _, name in FAULTS.values()}):
        assert prover.prove(properties()[name]).holds, name
