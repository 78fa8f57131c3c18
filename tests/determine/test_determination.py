"""The determination around the statuses: outcome, scope, questions, changes, guidance."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from indicated import resources
from indicated.chart.model import Chart, Document
from indicated.determine import determine
from indicated.determine.determine import ENGINE
from indicated.determine.model import DocumentRead, Notice, Outcome, Source
from indicated.facts.model import Fact
from small_facts import block, fact, first_block, judged, policy, request, third_block, vocabulary


def without(facts: list[Fact], *words: str) -> list[Fact]:
    return [found for found in facts if found.word not in words]


def statuses(notices: tuple[Notice, ...]) -> dict[str, str]:
    return {notice.id: notice.status for notice in notices}


@pytest.mark.parametrize("facts", [first_block(), third_block()])
def test_a_complete_chart_meets_the_criteria(facts: list[Fact]) -> None:
    found = judged(facts)
    assert found.outcome is Outcome.CRITERIA_MET
    assert found.questions == ()


def test_one_thing_missing_is_asked_for() -> None:
    found = judged(without(first_block(), "therapy"))
    assert found.outcome is Outcome.MORE_INFORMATION
    assert [question.criteria for question in found.questions] == [("therapy-started",)]
    assert "therapy-started" in found.reason


def test_one_thing_against_it_goes_to_a_clinician_even_if_another_is_missing() -> None:
    facts = [
        *without(first_block(), "active infection", "therapy"),
        fact("active infection", day=date(2026, 3, 9)),
    ]
    found = judged(facts)
    assert found.outcome is Outcome.CLINICIAN_REVIEW
    assert "no denial" in found.reason


def test_a_question_that_two_criteria_share_is_asked_once_and_names_the_block() -> None:
    facts = [*without(third_block(), "block relief duration"), *block(date(2025, 9, 1), days=6)[1:]]
    shared = [question for question in judged(facts).questions if len(question.criteria) == 2]
    assert [question.criteria for question in shared] == [
        ("relief-duration-documented", "increasing-duration")
    ]
    assert "2025-12-01" in shared[0].text
    assert "2025-09-01" not in shared[0].text


def test_a_question_on_a_contradiction_quotes_both_sides() -> None:
    torn = fact(
        "active infection", day=date(2026, 2, 20), document="documents/02.txt", quote="infected open wound"
    )
    found = judged([*first_block(), torn])
    assert found.outcome is Outcome.MORE_INFORMATION
    assert "infected open wound" in found.questions[0].text
    assert "documents/01-consult.txt" in found.questions[0].text


def test_a_question_on_what_is_too_old_says_so() -> None:
    old = fact("active infection", "absent", day=date(2025, 12, 1))
    found = judged([*without(first_block(), "active infection"), old])
    assert found.questions[0].why == "stale"
    assert "2025-12-01" in found.questions[0].text


def test_out_of_scope_judges_nothing_and_says_why() -> None:
    found = judged(first_block(), request(procedure="64510"))
    assert (found.outcome, found.criteria, found.questions, found.changes) == (
        Outcome.OUT_OF_SCOPE,
        (),
        (),
        (),
    )
    assert "64520" in found.reason


def test_an_arm_in_codes_and_text_is_out_of_scope_and_in_one_of_them_is_not() -> None:
    arm = [fact("CRPS", side="right", limb="upper")]
    assert judged(arm, request(diagnoses=("G90.511",))).outcome is Outcome.OUT_OF_SCOPE
    assert judged(arm, request(diagnoses=())).outcome is Outcome.OUT_OF_SCOPE
    assert judged(arm).outcome is Outcome.CLINICIAN_REVIEW
    wrong_code = judged(first_block(), request(diagnoses=("G90.511",)))
    assert wrong_code.outcome is Outcome.CRITERIA_MET
    assert any("should be checked" in limit for limit in wrong_code.limits)


def test_what_would_change_it_is_the_smallest_set() -> None:
    found = judged(without(first_block(), "therapy", "pain score"))
    nearest = found.changes[0]
    assert nearest.outcome is Outcome.CRITERIA_MET
    assert nearest.facts == ("CRPS severity: moderate or severe", "physical or occupational therapy: begun")
    signs = judged(without(first_block(), "skin color change"))
    ways = [change.facts for change in signs.changes if change.outcome is Outcome.CRITERIA_MET]
    assert ways == [
        ("abnormal sweating: present",),
        ("skin color change: present",),
        ("skin temperature asymmetry: present",),
    ]


def test_the_pathway_shows_where_the_patient_stands() -> None:
    assert statuses(judged([]).pathway)["first-line"] == "stands here"
    first = statuses(judged(first_block()).pathway)
    assert first["first-line"] == "done"
    assert first["lumbar-sympathetic-block"] == "stands here"
    assert first["spinal-cord-stimulation"] == "next"
    failed = [*first_block(), *block(date(2025, 9, 1), days=9, percent=20)]
    assert statuses(judged(failed).pathway)["spinal-cord-stimulation"] == "stands here"


def test_the_technique_is_noted_and_never_held_against_the_request() -> None:
    plan = fact(
        "block technique", "planned", level="L4", guidance="fluoroscopy", drug="botulinum toxin", volume_ml=5
    )
    found = judged([*first_block(), plan])
    assert found.outcome is Outcome.CRITERIA_MET
    assert statuses(found.technique) == {
        "fluoroscopic-guidance": "satisfied",
        "usual-level": "raised",
        "usual-volume": "raised",
        "local-anesthetic": "raised",
        "no-other-agent": "raised",
    }


def test_the_pitfalls_are_raised_when_the_chart_shows_them() -> None:
    assert statuses(judged(first_block()).pitfalls) == {
        "therapy-delayed": "not raised",
        "blocks-without-progress": "not raised",
        "other-pain": "not raised",
        "peripheral-nerve-blocks": "reminder",
        "pain-scores-only": "not raised",
    }
    bad = [
        *without(first_block(), "therapy", "functional measure"),
        fact("therapy", "absent", refused=True),
        fact("other neuropathic pain", name="diabetic neuropathy", target=True),
        *block(date(2025, 9, 1), days=9, percent=70),
        *block(date(2025, 12, 1), days=4, percent=70),
    ]
    raised = {name for name, status in statuses(judged(bad).pitfalls).items() if status == "raised"}
    assert raised == {"therapy-delayed", "blocks-without-progress", "other-pain", "pain-scores-only"}


def test_the_check_list_of_documents() -> None:
    first = statuses(judged(first_block()).documentation)
    assert first.pop("durations-documented") == "not applicable"
    assert set(first.values()) == {"satisfied"}
    assert len(first) == 5
    assert set(statuses(judged([]).documentation).values()) == {"missing", "not applicable"}


def test_the_strength_of_the_sources_stands_beside_the_criterion() -> None:
    one = Source("ref-1", 1, "A guideline", "Guideline", "", "Low", "", "", "low", True)
    found = determine(policy(), vocabulary(), Chart("small", request()), first_block(), [one])
    assert found.criteria[0].basis == "Rests on [1] guideline, low."
    assert found.sources == (one,)


def test_it_says_what_was_read_and_by_which_version() -> None:
    chart = Chart("small", request(), (Document("documents/01.txt", "text", date(2026, 2, 1), "letter"),))
    found = determine(policy(), vocabulary(), chart, [])
    assert found.reading.documents == (
        DocumentRead("documents/01.txt", "letter", "2026-02-01", "sender", how="text"),
    )
    assert found.policy.sha256 == policy().sha256
    assert {name for name, _, _ in found.parameters} == set(policy().parameters)


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((resources.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == ENGINE


def test_there_is_no_outcome_that_denies() -> None:
    assert {outcome.value for outcome in Outcome} == {
        "criteria_met",
        "more_information",
        "clinician_review",
        "out_of_scope",
    }
    source = Path(resources.__file__).parent
    for folder in ("vocabulary", "policy", "evaluate", "determine"):
        for path in (source / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8").lower()
            for word in ("adverse", "reject", "disapprove", "not_approved"):
                assert word not in text, f"{path.name}: {word}"


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    script = "from small_facts import judged, third_block; print(repr(judged(third_block()[3:])))"
    here = Path(__file__).resolve().parents[1]
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{here.parent / 'src'}"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
