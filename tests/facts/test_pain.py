"""Pain scores and grades of severity: which number, of which pain, of when, and what is neither."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

DAY = date(2026, 2, 10)


def facts(word: str, text: str, heading: str = "", kind: str | None = None) -> list[Fact]:
    body = f"{heading}:\n{text}" if heading else text
    return [f for f in facts_of_document(Document("note", body, DAY, kind)) if f.word == word]


def scores(text: str, heading: str = "") -> dict[str, float]:
    """The scores that are said of now, by the kind of pain."""
    found = facts("pain score", text, heading)
    return {
        str(f.attributes["of"]): float(f.value)
        for f in found
        if f.status is Status.PRESENT and f.value is not None
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Worst 9, least 4, average 6, right now 7 (leg pain).",
            {"worst": 9, "least": 4, "usual": 6, "now": 7},
        ),
        ("NRS now 6 daily, 4 on a good day.", {"usual": 6, "least": 4}),
        ("Avg/Worst/Least: 6/9/3 (pain)", {"usual": 6, "worst": 9, "least": 3}),
        ("PS: C 5  A 6  W 9", {"now": 5, "usual": 6, "worst": 9}),
        ("Flares of the foot pain go to nine.", {"worst": 9}),
        ("Current pain  0 1 2 3 4 5 (6) 7 8 9 10", {"now": 6}),
        ("VAS 74 mm", {"now": 7.4}),
        ("VAS 65/100", {"now": 6.5}),
        ("Pain is six and a half most of the time.", {"usual": 6.5}),
        ("How bad is your pain (0-10)? 8", {"now": 8}),
        ("Driver: wife.    Pain today 6.", {"now": 6}),
    ],
)
def test_the_kinds_of_scores(text: str, found: dict[str, float]) -> None:
    assert scores(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Sleep 4/10, mood 5/10.",
        "Dorsiflexion 4/5.",
        "Norco 10/325 for the pain.",
        "Back in clinic on 7/10 at 8:40 for the pain diary.",
        "Visit 6/10 authorized.",
        "Budapest symptoms 4 of 4, pain out of proportion.",
        "CRPS type 1 of the left leg, pain unchanged.",
        "Pain for 6 weeks.",
        "Allodynia and pain to 8 cm above the ankle.",
        "A/P: 1) CRPS of the foot",
    ],
)
def test_other_numbers_are_no_scores(text: str) -> None:
    assert not scores(text)


def test_of_two_feet_each_has_its_score() -> None:
    found = facts("pain score", "L foot 1/10, R foot 6/10 (current pain).")
    assert {(f.side, f.value) for f in found} == {("left", 1.0), ("right", 6.0)}


def test_pain_elsewhere_is_of_another_site() -> None:
    (found,) = facts("pain score", "Low back pain 8/10.")
    assert found.attributes["site"] == "other"


def test_scores_of_other_times_are_not_of_now() -> None:
    assert not scores("At the last visit the pain was 8/10.")
    assert not scores("In 2023 the pain was 9/10.")
    assert scores("Last winter pain was 9/10, today 5/10.") == {"now": 5}
    assert not scores("pain no more than 3/10 in stance", heading="Goals")


def test_no_pain_is_told_as_absent_and_a_blank_as_asked() -> None:
    assert [f.status for f in facts("pain score", "No pain at present.")] == [Status.ABSENT]
    assert [f.status for f in facts("pain score", "Pain score: ____/10")] == [Status.ASKED]
    assert [f.status for f in facts("pain score", "Pain today: ***/10.")] == [Status.ASKED]


def graded(text: str, heading: str = "") -> list[tuple[str, object]]:
    return [(f.status.value, f.value) for f in facts("pain severity", text, heading)]


@pytest.mark.parametrize(
    ("text", "status", "grade"),
    [
        ("Not mild, as stated before, but severe: the foot pain wakes him.", "present", "severe"),
        ("Neither severe nor even moderate, the foot pain is mild by now.", "present", "mild"),
        ("Pain went from severe to moderate.", "present", "moderate"),
        ("Moderate to severe pain of the foot.", "present", "moderate"),
        ("Pain level - none / mild / MODERATE / severe", "present", "moderate"),
        ("Pain: mild (moderate) severe", "present", "moderate"),
        ("The pain is by no means severe.", "absent", "severe"),
        ("The pain used to be severe.", "historical", "severe"),
    ],
)
def test_grades(text: str, status: str, grade: str) -> None:
    assert graded(text) == [(status, grade)]


@pytest.mark.parametrize(
    "text",
    [
        "Moderate sedation was given.",
        "Severe ankle sprain in spring.",
        "Severe allodynia to touch.",
        "Sural nerve found severed.",
        "Gait: wide based, mild.",
        "Transfers: mod I.",
        "Severe, length dependent polyneuropathy of both legs.",
    ],
)
def test_grades_of_other_things_are_none(text: str) -> None:
    assert not graded(text)


def test_a_blank_with_its_scale_is_no_ten() -> None:
    found = facts("pain score", "Pain score now ____ / 10")
    assert [(f.status, f.value) for f in found] == [(Status.ASKED, None)]


def test_repetitions_are_no_score_and_a_task_ends_at_the_worst() -> None:
    found = facts("pain score", "Heel raises stopped after 3 repetitions, pain 9/10.")
    assert [(f.value, f.attributes["of"]) for f in found] == [(9, "worst")]


def test_an_export_gives_the_scores_of_its_newest_row() -> None:
    text = "date|pain_avg7d|pain_worst|sleep_h\n2026-01-05|4|6|7\n2026-02-04|7|9|5"
    assert scores(text) == {"usual": 7.0, "worst": 9.0}


def test_the_pain_of_somebody_else_is_told_apart() -> None:
    found = facts("pain score", "Husband w/ kidney stones, pain 9/10 last night.")
    assert {f.status for f in found} == {Status.OTHER_PERSON}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Pain:  mild [ ]  moderate [x]  severe [ ]", "moderate"),
        ("Pain:  [ ] mild  [ ] moderate  [x] severe", "severe"),
        ("PAIN_SEVERITY=MODERATE", "moderate"),
    ],
)
def test_a_marked_grade_on_either_side_of_its_box(text: str, grade: str) -> None:
    assert ("present", grade) in graded(text)


def test_a_score_of_the_recovery_room_is_marked() -> None:
    text = "In the recovery room the pain was 0/10.\n\nAt home the pain is 6/10."
    found = facts_of_document(Document("note", text, date(2026, 3, 2), "letter"))
    marks = {f.value: f.attributes.get("procedure", False) for f in found if f.word == "pain score"}
    assert marks == {0.0: True, 6.0: False}


def test_a_change_told_before_the_score_of_now_is_of_an_earlier_time() -> None:
    found = facts("pain score", "First block in January, pain went from 7 to 2. Currently 6/10 again.")
    assert [f.value for f in found if f.status is Status.PRESENT] == [6]
