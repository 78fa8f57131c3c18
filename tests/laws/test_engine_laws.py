"""Laws that hold for every chart, complete or not, consistent or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from random_facts import ANY_FACT, any_facts

from indicated.chart.model import Side
from indicated.determine import Determination
from indicated.determine.model import CriterionStatus, Outcome
from indicated.facts.model import Fact
from small_facts import ON, fact, first_block, judged, policy, request, third_block

LAW = settings(max_examples=80, deadline=None)
COMPLETE = st.sampled_from([first_block(), third_block()])
MIRROR: dict[Side | None, Side | None] = {
    "right": "left",
    "left": "right",
    "bilateral": "bilateral",
    None: None,
}


def statuses(found: Determination) -> list[tuple[str, str, str]]:
    return [(one.id, str(one.status), str(one.why_unknown)) for one in found.criteria]


def shifted(found: Fact, days: int) -> Fact:
    def moved(day: date | None) -> date | None:
        return day + timedelta(days=days) if day else None

    evidence = tuple(replace(item, date=moved(item.date)) for item in found.evidence)
    return replace(found, date=moved(found.date), evidence=evidence)


@LAW
@given(any_facts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(facts: list[Fact], chance: object) -> None:
    mixed = list(facts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert judged(facts) == judged(mixed)


@LAW
@given(any_facts())
def test_the_same_input_gives_the_same_text(facts: list[Fact]) -> None:
    assert repr(judged(facts)) == repr(judged(list(facts)))


@LAW
@given(any_facts())
def test_mirroring_left_and_right_changes_nothing_else(facts: list[Fact]) -> None:
    mirrored = [replace(found, side=MIRROR[found.side]) for found in facts]
    assert statuses(judged(facts)) == statuses(judged(mirrored, request("left", diagnoses=("G90.522",))))


@LAW
@given(any_facts(), st.integers(-2000, 2000))
def test_shifting_all_dates_changes_nothing_else(facts: list[Fact], days: int) -> None:
    moved = [shifted(found, days) for found in facts]
    later = judged(moved, request(on=ON + timedelta(days=days)))
    assert statuses(judged(facts)) == statuses(later)


@LAW
@given(any_facts())
def test_the_outcome_is_one_of_four_and_follows_the_fixed_rule(facts: list[Fact]) -> None:
    found = judged(facts)
    asked = {one.status for one in found.criteria}
    expected = Outcome.CRITERIA_MET
    if CriterionStatus.NOT_MET in asked:
        expected = Outcome.CLINICIAN_REVIEW
    elif CriterionStatus.UNKNOWN in asked:
        expected = Outcome.MORE_INFORMATION
    assert found.outcome in (expected, Outcome.OUT_OF_SCOPE)
    assert "denied" not in repr(found)


@LAW
@given(any_facts())
def test_every_unknown_has_a_question_and_no_question_is_asked_twice(facts: list[Fact]) -> None:
    found = judged(facts)
    unknown = {one.id for one in found.criteria if one.status is CriterionStatus.UNKNOWN}
    waiting = [name for question in found.questions for name in question.criteria]
    assert sorted(waiting) == sorted(unknown)
    assert len({question.text for question in found.questions}) == len(found.questions)
    assert all((one.why_unknown is not None) == (one.id in unknown) for one in found.criteria)


@LAW
@given(any_facts())
def test_what_is_met_or_not_met_has_evidence(facts: list[Fact]) -> None:
    for one in judged(facts).criteria:
        if one.status in (CriterionStatus.MET, CriterionStatus.NOT_MET):
            assert one.evidence, one.id
            assert all(item.quote or item.resource for item in one.evidence)
        if one.conflict:
            assert one.why_unknown == "conflicting"
            assert len(one.conflict) >= 2


@LAW
@given(COMPLETE, st.data())
def test_a_criterion_without_its_facts_is_no_longer_met(complete: list[Fact], data: st.DataObject) -> None:
    before = judged(complete)
    assert before.outcome is Outcome.CRITERIA_MET
    met = [one for one in before.criteria if one.status is CriterionStatus.MET]
    chosen = data.draw(st.sampled_from(met))
    rest = [found for found in complete if not set(found.evidence) & set(chosen.evidence)]
    after = judged(rest)
    assert next(one for one in after.criteria if one.id == chosen.id).status is not CriterionStatus.MET
    assert after.outcome is not Outcome.CRITERIA_MET


@LAW
@given(any_facts(), COMPLETE, st.integers(0, 3))
def test_a_contraindication_never_gives_criteria_met(
    facts: list[Fact], complete: list[Fact], which: int
) -> None:
    against = (
        fact("active infection", day=ON),
        fact("bleeding disorder", day=ON),
        fact("antithrombotic drug", day=ON, drug="clopidogrel"),
        fact("INR", day=ON, value=3.1),
    )[which]
    for chart in (facts, complete, [*complete, *facts]):
        assert judged([*chart, against]).outcome is not Outcome.CRITERIA_MET


@LAW
@given(COMPLETE, ANY_FACT)
def test_what_is_not_said_of_the_patient_now_changes_no_status(complete: list[Fact], other: Fact) -> None:
    before = judged(complete)
    attributes: dict[str, Any] = dict(other.attributes)
    for state in ("hypothetical", "other_person"):
        weak = fact(other.word, state, day=other.date, value=other.value, side=other.side, **attributes)
        assert statuses(judged([*complete, weak])) == statuses(before)
    future = shifted(other, (ON - (other.date or ON)).days + 1)
    assert statuses(judged([*complete, future])) == statuses(before)


@LAW
@given(any_facts())
def test_what_would_change_it_would_change_it(facts: list[Fact]) -> None:
    found = judged(facts)
    for change in found.changes:
        assert change.facts
        assert change.outcome is not found.outcome
    if found.outcome in (Outcome.MORE_INFORMATION, Outcome.CLINICIAN_REVIEW):
        assert any(change.outcome is Outcome.CRITERIA_MET for change in found.changes)


@LAW
@given(any_facts())
def test_a_request_for_another_limb_or_procedure_is_out_of_scope_and_judges_nothing(
    facts: list[Fact],
) -> None:
    lower = [found for found in facts if found.word != "CRPS"]
    for asked in (request(procedure="64510"), request(diagnoses=("G90.511",))):
        found = judged(lower, asked)
        assert (found.outcome, found.criteria, found.questions) == (Outcome.OUT_OF_SCOPE, (), ())


def test_nothing_at_all_is_more_information_and_asks_for_everything() -> None:
    found = judged([])
    assert found.outcome is Outcome.MORE_INFORMATION
    asked = {one.id for one in policy().criteria if not one.kinds or "first block" in one.kinds}
    assert {name for question in found.questions for name in question.criteria} == asked
