"""The series of blocks: which count, how much and how long they helped, and how function was afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.facts.model import Fact
from small_facts import block, fact, judged, status, third_block

SEPT, DEC, JAN = date(2025, 9, 1), date(2025, 12, 1), date(2026, 1, 10)
REPEAT = ("functional-improvement", "relief-duration-documented", "consistent-improvement")


def test_no_block_makes_a_first_request() -> None:
    assert status("functional-baseline", []) == "unknown"
    for name in (*REPEAT, "increasing-duration"):
        assert status(name, []) == "not_applicable"


def test_one_block_makes_a_second_request() -> None:
    facts = block(SEPT)
    assert status("functional-baseline", facts) == "not_applicable"
    assert status("increasing-duration", facts) == "not_applicable"
    for name in REPEAT:
        assert status(name, facts) == "unknown"


@pytest.mark.parametrize(
    "other",
    [
        fact("sympathetic block", day=date(2025, 3, 9), side="right"),
        fact("sympathetic block", day=DEC, side="left"),
        fact("sympathetic block", day=DEC, side="right", limb="upper"),
        fact("sympathetic block", day=DEC, kind_="stellate"),
        fact("sympathetic block", "planned", day=date(2026, 3, 20), side="right", told=DEC),
        fact("sympathetic block", "asked", side="right"),
        fact("sympathetic block", "absent"),
        fact("sympathetic block", day=date(2026, 3, 10), side="right"),
    ],
)
def test_what_is_no_block_of_the_series(other: Fact) -> None:
    facts = [other]
    if "kind" in other.attributes or other.limb == "upper":
        assert status("functional-baseline", facts) == "unknown"
    assert status("relief-duration-documented", facts) == "not_applicable"


def test_a_block_just_within_twelve_months_counts() -> None:
    assert status("relief-duration-documented", block(date(2025, 3, 10), days=5)) == "met"


def test_a_block_told_twice_is_one_block() -> None:
    facts = [
        fact("sympathetic block", day=DEC, side="right"),
        fact("sympathetic block", day=DEC, document="b.txt"),
    ]
    assert len(judged(facts).series) == 1


def test_a_block_that_is_only_counted_has_no_length_of_relief() -> None:
    asked = fact("sympathetic block", "asked", side="right", number=3)
    facts = [*block(SEPT, days=6, percent=60), asked]
    assert status("relief-duration-documented", facts) == "unknown"
    assert status("increasing-duration", facts) == "unknown"


@pytest.mark.parametrize(
    ("days", "percent", "expected"),
    [
        (6, 60, "met"),
        (6, 50, "met"),
        (6, 49, "not_met"),
        (0.5, 80, "not_met"),
        (None, 80, "met"),
        (9, None, "met"),
        (0.5, None, "not_met"),
        (0, None, "not_met"),
        (None, None, "unknown"),
    ],
)
def test_relief(days: float | None, percent: float | None, expected: str) -> None:
    assert status("consistent-improvement", block(SEPT, days=days, percent=percent)) == expected


def test_relief_in_words_gives_way_to_a_figure() -> None:
    facts = block(SEPT, days=6)
    praise = fact("block relief", episode=facts[0].episode, better=True)
    assert status("consistent-improvement", [*facts, praise]) == "met"
    assert status("consistent-improvement", [*block(SEPT, days=6, percent=30), praise]) == "not_met"
    none = fact("block relief", "absent", episode=facts[0].episode)
    assert status("consistent-improvement", [facts[0], none]) == "not_met"


def test_what_is_said_of_all_blocks_stands_unless_withdrawn_for_one() -> None:
    facts = [*block(SEPT, days=6), *block(DEC, days=9)]
    every = fact("block relief", block="all", better=True)
    assert status("consistent-improvement", [*facts, every]) == "met"
    withdrawn = fact("block relief", "absent", episode=facts[0].episode)
    assert status("consistent-improvement", [*facts, every, withdrawn]) == "not_met"


def test_relief_is_tied_to_its_block_by_date_or_number() -> None:
    done = [fact("sympathetic block", day=day, side="right", told=JAN) for day in (SEPT, DEC)]
    lengths = [
        fact("block relief duration", value=6.0, unit="days", block="2025-09-01"),
        fact("block relief duration", value=9.0, unit="days", block="#2"),
    ]
    assert status("increasing-duration", [*done, *lengths]) == "met"


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ((6, 13), "met"),
        ((6, 6), "not_met"),
        ((13, 6), "not_met"),
        ((None, 6), "unknown"),
        ((None, 9, 4), "not_met"),
        ((9, None, 4), "unknown"),
        ((5, 9, 14), "met"),
    ],
)
def test_lengths_of_relief(lengths: tuple[float | None, ...], expected: str) -> None:
    days = (date(2025, 6, 1), SEPT, DEC)
    facts = [
        found
        for day, length in zip(days, lengths, strict=False)
        for found in block(day, days=length, percent=70)
    ]
    assert status("increasing-duration", facts) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (block(SEPT, days=3), block(DEC, days=42, censored=True), "met"),
        (block(SEPT, days=50), block(DEC, days=42, censored=True), "unknown"),
        (block(SEPT, days=42, censored=True), block(DEC, days=50), "unknown"),
        (block(SEPT, days=42, censored=True), block(DEC, days=40), "not_met"),
    ],
)
def test_relief_that_still_goes_on_is_a_lower_bound(
    first: list[Fact], second: list[Fact], expected: str
) -> None:
    assert status("increasing-duration", [*first, *second]) == expected


def test_a_lower_bound_gives_way_to_a_length_that_reaches_it() -> None:
    second = block(DEC, days=15)
    still = fact("block relief duration", value=4.0, unit="days", episode=second[0].episode, censored=True)
    assert status("increasing-duration", [*block(SEPT, days=6), *second, still]) == "met"


def test_hours_and_none_are_documented_lengths() -> None:
    assert status("relief-duration-documented", [*block(SEPT, days=0.25), *block(DEC, days=0)]) == "met"
    lost = fact("block relief duration", "asked", episode=f"block-{DEC}", unknown=True)
    assert status("relief-duration-documented", [*block(SEPT, days=6), *block(DEC), lost]) == "unknown"


def test_a_stated_length_wins_over_one_computed_from_dates() -> None:
    first = block(SEPT, days=6)
    computed = fact("block relief duration", value=60.0, unit="days", episode=first[0].episode, computed=True)
    assert status("increasing-duration", [*first, computed, *block(DEC, days=13)]) == "met"


def measure(value: float, day: date, name: str = "LEFS", unit: str | None = None) -> Fact:
    return fact("functional measure", day=day, name=name, value=value, unit=unit)


BEFORE, AFTER, LAST = date(2025, 8, 1), date(2025, 10, 1), date(2026, 2, 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([measure(20, BEFORE), measure(41, AFTER)], "met"),
        ([measure(20, BEFORE), measure(20, AFTER)], "not_met"),
        ([measure(20, BEFORE), measure(41, AFTER), measure(30, LAST)], "met"),
        ([measure(60, BEFORE, "ODI"), measure(40, AFTER, "ODI")], "met"),
        ([measure(14, BEFORE, "TUG", "s"), measure(18, AFTER, "TUG", "s")], "not_met"),
        ([measure(20, BEFORE)], "unknown"),
        ([measure(41, AFTER)], "unknown"),
        ([fact("functional change", day=AFTER, change="better")], "met"),
        ([fact("functional change", day=AFTER, change="same")], "not_met"),
        ([fact("functional change", day=BEFORE, change="better")], "unknown"),
        ([fact("functional change", day=AFTER, change="not_remeasured")], "unknown"),
        (
            [measure(20, BEFORE), measure(18, AFTER), fact("functional change", day=AFTER, change="better")],
            "not_met",
        ),
    ],
)
def test_function_after_blocks(facts: list[Fact], expected: str) -> None:
    assert status("functional-improvement", [*block(SEPT, days=6), *facts]) == expected


def test_a_measure_that_was_refused_later_is_still_a_baseline() -> None:
    name = "functional-baseline"
    refused = fact("functional measure", "absent", refused=True)
    assert status(name, [refused]) == "not_met"
    assert status(name, [measure(20, BEFORE), refused]) == "met"


def test_a_measure_that_is_only_missing_was_not_refused() -> None:
    assert status("functional-baseline", [fact("functional measure", "absent")]) == "unknown"


def test_the_ability_before_the_injury_is_no_baseline() -> None:
    former = fact("functional measure", "historical", name="running distance", value=5.0, unit="mi")
    assert status("functional-baseline", [former]) == "unknown"


def test_the_series_is_shown_from_the_first_to_the_last() -> None:
    found = judged(third_block()).series
    assert [(one.date, one.relief, one.relief_days) for one in found] == [
        ("2025-09-01", "60 %", 6.0),
        ("2025-12-01", "70 %", 13.0),
    ]
