"""The limb of the CRPS, the Budapest criteria and what the block is for."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.facts.model import Evidence, Fact, Status
from small_facts import VISIT, criterion, fact, request, status

CRPS = fact("CRPS", side="right", limb="lower", certainty="asserted")
VERDICT = fact("Budapest criteria", verdict="met")
FINDINGS = (
    ("allodynia or hyperalgesia",),
    ("skin temperature asymmetry", "skin color change"),
    ("edema", "abnormal sweating"),
    ("reduced range of motion", "motor change", "trophic change"),
)


def findings(symptoms: int, signs: int, *, rest: str | None = None, day: date = VISIT) -> list[Fact]:
    """Symptoms and signs in so many categories; the others are absent when `rest` is, else not mentioned."""
    found = [fact("disproportionate pain", day=day), fact("other explanation", "absent", day=day)]
    for reported, number in ((True, symptoms), (False, signs)):
        for place, words in enumerate(FINDINGS):
            if place < number:
                found.append(fact(words[0], day=day, side="right", reported=reported))
            elif rest:
                found += [fact(word, rest, day=day, side="right", reported=reported) for word in words]
    return found


def test_a_name_alone_is_not_the_criteria() -> None:
    assert status("crps-diagnosis", [CRPS]) == "unknown"


def test_a_stated_verdict_counts() -> None:
    assert status("crps-diagnosis", [CRPS, VERDICT]) == "met"


def test_a_diagnosis_confirmed_by_criteria_counts() -> None:
    confirmed = fact("CRPS", side="right", limb="lower", certainty="confirmed_by_criteria")
    assert status("crps-diagnosis", [confirmed]) == "met"


@pytest.mark.parametrize(
    ("symptoms", "signs", "rest", "expected"),
    [
        (3, 2, "absent", "met"),
        (4, 4, None, "met"),
        (2, 2, "absent", "not_met"),
        (3, 1, "absent", "not_met"),
        (3, 1, None, "unknown"),
        (2, 4, None, "unknown"),
        (0, 4, None, "unknown"),
    ],
)
def test_findings_are_counted_by_category(symptoms: int, signs: int, rest: str | None, expected: str) -> None:
    assert status("crps-diagnosis", [CRPS, *findings(symptoms, signs, rest=rest)]) == expected


def test_findings_need_pain_out_of_proportion_and_no_other_explanation() -> None:
    bare = [
        found for found in findings(4, 4) if found.word not in ("disproportionate pain", "other explanation")
    ]
    assert status("crps-diagnosis", [CRPS, *bare]) == "unknown"
    assert (
        status("crps-diagnosis", [CRPS, *bare, fact("disproportionate pain"), fact("other explanation")])
        == "not_met"
    )


def test_findings_of_the_same_day_that_fall_short_win_over_the_verdict() -> None:
    assert status("crps-diagnosis", [CRPS, VERDICT, *findings(2, 1, rest="absent")]) == "not_met"


def test_findings_that_faded_later_do_not_undo_the_verdict() -> None:
    later = findings(1, 1, rest="absent", day=date(2026, 3, 1))
    assert status("crps-diagnosis", [CRPS, VERDICT, *later]) == "met"


def test_findings_that_were_enough_once_stay_so() -> None:
    earlier, later = findings(4, 4, day=date(2025, 9, 1)), findings(1, 1, rest="absent")
    assert status("crps-diagnosis", [CRPS, *earlier, *later]) == "met"


def test_numbers_of_categories_win_over_the_word() -> None:
    counted = fact("Budapest criteria", verdict="met", symptoms=2, signs=2)
    assert status("crps-diagnosis", [CRPS, counted]) == "not_met"


def test_numbers_that_suffice_need_the_rest_of_the_criteria_not_to_be_denied() -> None:
    counted = fact("Budapest criteria", symptoms=4, signs=3)
    suspected = fact("CRPS", side="right", limb="lower", certainty="suspected")
    assert status("crps-diagnosis", [CRPS, counted]) == "met"
    assert status("crps-diagnosis", [suspected, counted]) == "unknown"
    assert status("crps-diagnosis", [suspected, counted, fact("other explanation", "absent")]) == "met"
    assert status("crps-diagnosis", [CRPS, counted, fact("other explanation")]) == "not_met"


def test_criteria_that_were_met_at_an_earlier_visit_count() -> None:
    assert status("crps-diagnosis", [CRPS, fact("Budapest criteria", "historical")]) == "met"


def test_criteria_that_the_clinician_left_open_are_not_filled_in_from_findings() -> None:
    still_open = fact("Budapest criteria", "asked", day=date(2026, 3, 1))
    assert status("crps-diagnosis", [CRPS, *findings(4, 4), still_open]) == "unknown"
    earlier = fact("Budapest criteria", "asked", day=date(2025, 3, 1))
    assert status("crps-diagnosis", [CRPS, *findings(4, 4), earlier]) == "met"
    unsettled = fact("other explanation", "asked", day=date(2026, 2, 21))
    rest = [found for found in findings(4, 4) if found.word != "disproportionate pain"]
    assert (
        status(
            "crps-diagnosis", [CRPS, *rest, unsettled, fact("disproportionate pain", day=date(2026, 2, 21))]
        )
        == "unknown"
    )


def test_a_verdict_that_is_still_to_come_is_none() -> None:
    assert status("crps-diagnosis", [CRPS, fact("Budapest criteria", "asked")]) == "unknown"


def test_crps_of_another_limb_is_not_met() -> None:
    other = fact("CRPS", side="left", limb="lower")
    assert (
        status("crps-diagnosis", [other, fact("Budapest criteria", side="left", verdict="met")]) == "not_met"
    )


def test_crps_on_the_other_side_alone_makes_what_names_no_side_speak_of_that_side() -> None:
    chart = [fact("CRPS", day=date(2026, 1, 5)), fact("CRPS", side="left", limb="lower"), VERDICT]
    assert status("crps-diagnosis", chart) == "not_met"
    assert status("crps-diagnosis", chart, request("left", diagnoses=("G90.522",))) == "met"
    assert status("sympathetic-dysfunction", [*chart, fact("skin color change", limb="lower")]) == "unknown"


def test_a_verdict_on_the_other_limb_does_not_count() -> None:
    assert (
        status("crps-diagnosis", [CRPS, fact("Budapest criteria", side="left", verdict="met")]) == "unknown"
    )


def test_crps_of_both_legs_counts_for_one_of_them() -> None:
    both = fact("CRPS", side="bilateral", limb="lower")
    assert status("crps-diagnosis", [both, VERDICT]) == "met"


def test_a_refutation_is_not_met_and_one_of_the_same_day_a_conflict() -> None:
    earlier = fact("CRPS", day=date(2026, 1, 5), side="right", limb="lower")
    refuted = fact("CRPS", "absent", side="right", certainty="refuted", document="documents/02.txt")
    assert status("crps-diagnosis", [earlier, refuted]) == "not_met"
    torn = criterion("crps-diagnosis", [CRPS, VERDICT, refuted])
    assert (torn.status, torn.why_unknown) == ("unknown", "conflicting")
    assert len(torn.conflict) == 2


def test_a_code_gives_way_to_the_text() -> None:
    coded = Fact(
        "CRPS",
        Status.PRESENT,
        (Evidence("bundle.json", resource="Condition/1", element="code", date=date(2026, 3, 1)),),
        side="left",
        limb="lower",
    )
    assert status("crps-diagnosis", [CRPS, VERDICT, coded]) == "met"


def test_the_side_may_come_from_the_diagnosis_code() -> None:
    assert status("crps-diagnosis", [CRPS, VERDICT], request(side=None)) == "met"
    assert status("crps-diagnosis", [CRPS, VERDICT], request(side=None, diagnoses=("G90.522",))) == "not_met"


def test_the_purpose_of_the_block() -> None:
    name = "not-other-neuropathic-pain"
    assert status(name, [CRPS]) == "met"
    assert (
        status(name, [CRPS, fact("other neuropathic pain", name="diabetic neuropathy", target=False)])
        == "met"
    )
    assert status(name, [CRPS, fact("other neuropathic pain", "absent", name="radiculopathy")]) == "met"
    assert status(name, [CRPS, fact("other neuropathic pain", name="peroneal nerve lesion")]) == "unknown"
    assert (
        status(name, [CRPS, fact("other neuropathic pain", name="diabetic neuropathy", target=True)])
        == "not_met"
    )
    assert status(name, []) == "unknown"


def test_another_pain_that_is_not_ruled_out_leaves_a_suspected_crps_open() -> None:
    name, asked = "not-other-neuropathic-pain", fact("other neuropathic pain", "asked", name="radiculopathy")
    suspected = fact("CRPS", side="right", limb="lower", certainty="suspected")
    assert status(name, [suspected, asked]) == "unknown"
    assert status(name, [suspected]) == "met"
    assert status(name, [CRPS, asked]) == "met"


def test_two_diagnoses_that_cannot_be_told_apart_leave_the_purpose_open() -> None:
    name, day = "not-other-neuropathic-pain", date(2026, 1, 5)
    undecided = fact("other neuropathic pain", "asked", day=day, name="sural neuropathy", undecided=True)
    same_day = fact("CRPS", day=day, side="right", limb="lower")
    assert status(name, [same_day, undecided]) == "unknown"
    assert status(name, [same_day, undecided, CRPS]) == "met"


def test_a_later_word_on_the_purpose_wins() -> None:
    name, earlier = "not-other-neuropathic-pain", date(2026, 1, 5)
    aimed = fact("other neuropathic pain", day=earlier, name="radiculopathy", target=True)
    aside = fact("other neuropathic pain", name="radiculopathy", target=False)
    assert status(name, [CRPS, aimed]) == "not_met"
    assert status(name, [CRPS, aimed, aside]) == "met"
