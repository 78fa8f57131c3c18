"""A policy is put to the test by its cases: what they show, and what they would notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicated.authoring.cases import Case
from indicated.authoring.coverage import coverage
from indicated.authoring.impact import directions, replay
from indicated.authoring.mutants import mutants
from indicated.authoring.trial import try_policy
from indicated.chart import Chart
from indicated.determine import determine
from indicated.determine.model import Outcome
from indicated.facts.model import Fact
from indicated.score.expected import Expected
from small_facts import fact, first_block, policy, request, third_block, vocabulary


def case(name: str, facts: list[Fact]) -> Case:
    chart = Chart(name, request())
    found = determine(policy(), vocabulary(), chart, facts)
    expected = Expected(found.outcome, {one.id: one.status for one in found.criteria}, {})
    return Case(name, chart, tuple(facts), expected)


COMPLETE = case("complete", first_block())
INFECTED = case("infected", [*first_block(), fact("active infection", "present")])


def test_a_policy_whose_cases_hold_has_no_failure() -> None:
    assert not try_policy(policy(), vocabulary(), [COMPLETE, INFECTED]).failed


def test_a_wrong_answer_is_a_failure() -> None:
    assert COMPLETE.expected
    wrong = replace(COMPLETE, expected=replace(COMPLETE.expected, outcome=Outcome.MORE_INFORMATION))
    assert [score.case for score in try_policy(policy(), vocabulary(), [wrong]).failed] == ["complete"]


def test_a_case_that_differs_in_one_thing_kills_the_mutant_of_that_thing() -> None:
    few = try_policy(policy(), vocabulary(), [COMPLETE])
    more = try_policy(policy(), vocabulary(), [COMPLETE, INFECTED])
    assert few.mutants == more.mutants
    killed = {(m.criterion, m.what) for m in few.survivors} - {(m.criterion, m.what) for m in more.survivors}
    assert ("no-active-infection", "left out as a whole") in killed


@pytest.mark.parametrize(
    "what",
    [
        "“skin color change: present” left out",
        "“any of” made “all of”",
        "“active infection: absent within infection window” without its window",
        "“CRPS severity: moderate or severe” without “severe”",
        "asked of every request",
        "left out as a whole",
        "the parameter “INR limit” made 1.3",
        "the parameter “antithrombotic hold”: apixaban 4",
        "the parameter “equal lengths of relief” made “increasing”",
    ],
)
def test_each_kind_of_change_is_made(what: str) -> None:
    assert any(mutant.what == what for mutant in mutants(policy(), vocabulary()))


def test_a_mutant_differs_and_knows_its_line() -> None:
    lines = policy().path.read_text(encoding="utf-8").splitlines()
    for mutant in mutants(policy(), vocabulary()):
        assert mutant.policy != policy()
        if mutant.criterion and "left out" in mutant.what and not mutant.dropped:
            assert mutant.what.split("”")[0].strip("“").split(":")[0] in lines[mutant.line - 1]


def test_coverage_tells_what_no_case_shows() -> None:
    seen = {one.text: one.never for one in coverage(policy(), vocabulary(), [COMPLETE, INFECTED])}
    assert seen["There is no active infection, of the body or at the site."] == ("not_met",)
    assert "skin color change: present" in seen


def test_impact_names_chart_direction_and_line() -> None:
    mutant = next(m for m in mutants(policy(), vocabulary()) if m.what.endswith("without “moderate”"))
    stricter = mutant.policy
    moderate = case(
        "moderate",
        [f for f in first_block() if f.word not in ("pain severity", "pain score")]
        + [fact("pain severity", value="moderate")],
    )
    found = list(replay(policy(), stricter, vocabulary(), [moderate, case("third", third_block())]))
    [change] = [c for one in found for c in one.changes if c.chart == "moderate"]
    assert (change.criterion, change.before, change.after) == ("moderate-to-severe", "met", "not_met")
    assert change.cause == "CRPS severity: moderate or severe"
    assert directions(found)["criteria_met", "clinician_review"] >= 1


def test_the_same_policy_changes_nothing() -> None:
    assert not any(one.changes for one in replay(policy(), policy(), vocabulary(), [COMPLETE, INFECTED]))
