"""A page that could not be read can take an answer away and can give none, whatever else the chart holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from random_facts import any_facts

from indicated.chart.model import Chart, Document, Request, SetAside
from indicated.determine import Determination, determine
from indicated.determine.model import CriterionStatus, Line, WhyUnknown
from indicated.facts.model import Fact
from indicated.formats.model import Page, SourceMap
from small_facts import fact, first_block, judged, policy, request, third_block, vocabulary

LAW = settings(max_examples=150, deadline=None)
BLACK = Document("fax.pdf", "", map=SourceMap((Page(1, 0, 0, problem="the page is black"),)))
UNKNOWN = CriterionStatus.UNKNOWN


def judged_with_a_black_page(facts: Iterable[Fact], asked: Request | None = None) -> Determination:
    """Judge facts of a chart with one page that could not be read."""
    return determine(policy(), vocabulary(), Chart("small", asked or request(), (BLACK,)), facts)


def statuses(found: Determination) -> dict[str, str]:
    """The status of each criterion."""
    return {one.id: str(one.status) for one in found.criteria}


def lines_of(lines: Iterable[Line]) -> Iterator[Line]:
    """Every line."""
    for line in lines:
        yield line
        yield from lines_of(line.lines)


@LAW
@given(any_facts())
def test_an_unread_page_makes_nothing_met_or_not_met(facts: list[Fact]) -> None:
    for asked in (request(), request("bilateral", diagnoses=("G90.523",))):
        before, after = judged(facts, asked), judged_with_a_black_page(facts, asked)
        for one, other in zip(before.criteria, after.criteria, strict=True):
            assert other.status in (one.status, UNKNOWN), one.id
            assert other.why_unknown is not WhyUnknown.SILENT
            assert all(line.why_unknown is not WhyUnknown.SILENT for line in lines_of(other.lines))


@LAW
@given(any_facts())
def test_an_unread_page_never_turns_an_outcome_to_criteria_met(facts: list[Fact]) -> None:
    after = judged_with_a_black_page(facts)
    assert after.outcome != "criteria_met" or judged(facts).outcome == "criteria_met"


def test_what_is_stated_stays() -> None:
    before, after = statuses(judged(first_block())), statuses(judged_with_a_black_page(first_block()))
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {
        "anticoagulation-managed",
        "not-other-neuropathic-pain",
        "functional-improvement",
        "relief-duration-documented",
        "consistent-improvement",
        "increasing-duration",
    }
    assert after["crps-diagnosis"] == "met"


def test_a_list_without_a_drug_is_no_proof_while_a_page_is_unread_and_a_denial_is() -> None:
    listed = [fact("medication list")]
    denied = [fact("antithrombotic drug", "absent")]
    for facts, expected in ((listed, "unknown"), (denied, "met"), ([*listed, *denied], "met")):
        assert statuses(judged(facts))["anticoagulation-managed"] == "met"
        assert statuses(judged_with_a_black_page(facts))["anticoagulation-managed"] == expected


def test_a_failed_block_stays_failed_and_good_blocks_are_not_all_of_them() -> None:
    good = statuses(judged_with_a_black_page(third_block()))
    assert good["consistent-improvement"] == good["increasing-duration"] == "unknown"
    bad = [one for one in third_block() if one.word != "block relief"]
    episodes = {one.episode for one in third_block() if one.word == "sympathetic block"}
    bad += [fact("block relief", episode=episode, percent=20) for episode in episodes]
    assert statuses(judged_with_a_black_page(bad))["consistent-improvement"] == "not_met"


def test_a_series_that_the_chart_counts_is_whole() -> None:
    counted = [*third_block(), fact("sympathetic block", "planned", side="right", limb="lower", number=3)]
    assert statuses(judged_with_a_black_page(counted))["consistent-improvement"] == "met"


@pytest.mark.parametrize("doubtful", [True, False])
def test_a_page_set_aside_counts_as_unread_when_it_is_doubtful(doubtful: bool) -> None:
    aside = SetAside("fax.pdf", (2,), "another patient is named", doubtful)
    chart = Chart("small", request(), set_aside=(aside,))
    found = statuses(determine(policy(), vocabulary(), chart, [fact("medication list")]))
    assert found["anticoagulation-managed"] == ("unknown" if doubtful else "met")
