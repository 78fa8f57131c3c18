"""Sympathetic dysfunction, severity, drugs and therapy."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.facts.model import Fact
from small_facts import ON, criterion, fact, request, status

SIGNS = ("skin temperature asymmetry", "skin color change", "abnormal sweating")
EARLIER = date(2026, 1, 5)


def test_one_sign_is_enough_and_all_three_must_be_absent_to_fail() -> None:
    name = "sympathetic-dysfunction"
    assert status(name, []) == "unknown"
    assert status(name, [fact(SIGNS[0], "absent")]) == "unknown"
    assert status(name, [fact(sign, "absent") for sign in SIGNS]) == "not_met"
    assert status(name, [fact(SIGNS[0], "absent"), fact(SIGNS[1])]) == "met"


def test_only_the_limb_to_be_blocked_counts() -> None:
    name = "sympathetic-dysfunction"
    assert status(name, [fact(SIGNS[0], side="left")]) == "unknown"
    assert status(name, [fact(SIGNS[0], side="right", limb="upper")]) == "unknown"
    assert status(name, [fact(SIGNS[0], limb="lower")]) == "met"


def test_the_latest_mention_counts() -> None:
    name = "sympathetic-dysfunction"
    gone = [fact(sign, "absent") for sign in SIGNS]
    assert status(name, [fact(SIGNS[0], day=EARLIER), *gone]) == "not_met"
    assert status(name, [fact(SIGNS[0], day=EARLIER), fact(SIGNS[0], "historical")]) == "unknown"


def test_told_and_not_seen_on_one_day_is_no_contradiction() -> None:
    told, seen = fact(SIGNS[1], reported=True), fact(SIGNS[1], "absent", reported=False)
    assert status("sympathetic-dysfunction", [told, seen]) == "met"


def test_seen_and_not_seen_on_one_day_is_one() -> None:
    found = criterion(
        "sympathetic-dysfunction",
        [
            fact(SIGNS[1], reported=False),
            fact(SIGNS[1], "absent", reported=False, document="documents/02.txt"),
        ],
    )
    assert (found.status, found.why_unknown) == ("unknown", "conflicting")
    assert {item.document for item in found.conflict} == {"documents/01-consult.txt", "documents/02.txt"}


def test_a_statement_that_names_the_side_outweighs_one_that_does_not() -> None:
    found = [
        fact(SIGNS[1], side="right", limb="lower"),
        fact(SIGNS[1], "absent", document="documents/02.txt"),
    ]
    assert status("sympathetic-dysfunction", found) == "met"


def test_a_template_gives_way_to_a_finding() -> None:
    automatic = fact(SIGNS[1], "absent", reported=False, template=True)
    assert status("sympathetic-dysfunction", [fact(SIGNS[1], reported=False), automatic]) == "met"


@pytest.mark.parametrize("weak", ["planned", "hypothetical", "other_person", "asked"])
def test_what_is_not_so_now_proves_nothing(weak: str) -> None:
    assert status("sympathetic-dysfunction", [fact(sign, weak) for sign in SIGNS]) == "unknown"


def test_nothing_after_the_request_is_known() -> None:
    assert status("sympathetic-dysfunction", [fact(SIGNS[0], day=date(2026, 3, 11))]) == "unknown"


def test_a_fact_without_a_quotation_proves_nothing() -> None:
    bare = fact(SIGNS[0])
    assert status("sympathetic-dysfunction", [Fact(bare.word, bare.status, ())]) == "unknown"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([fact("pain severity", value="severe")], "met"),
        ([fact("pain severity", value="mild")], "not_met"),
        ([fact("pain score", value=4.0, of="usual")], "met"),
        ([fact("pain score", value=3.0, of="now")], "not_met"),
        ([fact("pain score", value=9.0, of="worst")], "unknown"),
        ([fact("pain score", value=9.0, of="usual", site="other")], "unknown"),
        ([fact("pain score", value=3.0, of="usual"), fact("pain score", value=6.0, of="now")], "not_met"),
        ([fact("pain score", value=7.0, day=EARLIER), fact("pain score", value=2.0)], "not_met"),
        (
            [fact("pain score", value=7.0), fact("pain score", value=0.0, kind="procedure note", told=ON)],
            "met",
        ),
        ([fact("pain severity", value="mild", day=EARLIER), fact("pain score", value=6.0)], "met"),
        ([fact("pain severity", value="severe", side="left", limb="lower")], "met"),
    ],
)
def test_severity(facts: list[Fact], expected: str) -> None:
    assert status("moderate-to-severe", facts) == expected


def test_mild_and_six_on_one_day_contradict() -> None:
    found = criterion(
        "moderate-to-severe", [fact("pain severity", value="mild"), fact("pain score", value=6.0)]
    )
    assert (found.status, found.why_unknown) == ("unknown", "conflicting")


def drug(kind: str, result: str, state: str = "present") -> Fact:
    return fact("analgesic trial", state, drug_class=kind, result=result)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([drug("nsaid", "insufficient")], "met"),
        ([drug("nsaid", "not_stated")], "unknown"),
        ([drug("nsaid", "not_stated"), fact("pain despite drugs")], "met"),
        ([drug("acetaminophen", "not_stated", "historical"), drug("gabapentinoid", "insufficient")], "met"),
        ([drug("gabapentinoid", "insufficient")], "unknown"),
        ([drug("nsaid", "contraindicated", "absent"), fact("pain despite drugs")], "unknown"),
        (
            [
                drug("nsaid", "contraindicated", "absent"),
                drug("acetaminophen", "not_tolerated", "historical"),
                fact("pain despite drugs"),
            ],
            "met",
        ),
        ([fact("analgesic trial", "absent")], "not_met"),
        ([fact("analgesic trial", "absent"), drug("opioid", "insufficient")], "unknown"),
        ([drug("nsaid", "helps"), fact("pain despite drugs", "absent")], "not_met"),
    ],
)
def test_drugs(facts: list[Fact], expected: str) -> None:
    assert status("drug-treatment-insufficient", facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "unknown"),
        ([fact("therapy")], "met"),
        ([fact("therapy", "historical")], "met"),
        ([fact("therapy", "planned")], "unknown"),
        ([fact("therapy", "absent", refused=True)], "not_met"),
        ([fact("therapy", day=EARLIER), fact("therapy", "absent", refused=True)], "met"),
        ([fact("therapy", "absent", day=EARLIER), fact("therapy")], "met"),
        ([fact("therapy", about="other")], "unknown"),
        ([fact("therapy"), fact("therapy", "absent", document="documents/02.txt")], "unknown"),
    ],
)
def test_therapy(facts: list[Fact], expected: str) -> None:
    assert status("therapy-started", facts) == expected


def test_a_plan_left_open_later_undoes_an_older_one() -> None:
    older = fact("rehabilitation plan", day=EARLIER)
    assert status("multimodal-program", [older]) == "met"
    assert status("multimodal-program", [older, fact("rehabilitation plan", "asked")]) == "unknown"
    assert status("multimodal-program", [older, fact("rehabilitation plan", "absent")]) == "not_met"


def test_both_sides_must_show_it_when_both_are_asked_for() -> None:
    asked = request(side="bilateral", diagnoses=("G90.523",))
    right, left = fact(SIGNS[0], side="right"), fact(SIGNS[0], side="left")
    assert status("sympathetic-dysfunction", [right], asked) == "unknown"
    assert status("sympathetic-dysfunction", [right, left], asked) == "met"


def test_a_score_of_the_recovery_room_does_not_set_aside_an_earlier_one() -> None:
    at_home = fact("pain score", value=7.0, day=EARLIER)
    asleep = fact("pain score", value=0.0, procedure=True)
    assert status("moderate-to-severe", [at_home, asleep]) == "met"
    assert status("moderate-to-severe", [asleep]) == "not_met"
