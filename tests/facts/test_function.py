"""Measures of function: which number belongs to what, on which day and side; and how function changed after a block."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.function.quantities import quantities
from indicated.facts.model import Fact, Status

DAY = date(2026, 2, 20)
SHEET = """PROGRESS SUMMARY

Measure              11/03/25 (pre)   12/05/25     01/08/26
L DF active (deg)         0              4            3
6MWT, crutches (m)      112            161          150
LEFS                   17/80          30/80        28/80
TUG (s)                 28.1           n/t         19.0

LSB #1 done 11/18/25.
"""
EXPORT = """"date","6MWT ft","LEFS","note"
"10/02/2025","510","21","before any"
"11/14/2025","760","","after needle 1"
"""
ENTRIES = """--- 07/10/2025  evaluation ---
R DF 2 deg. LEFS 22/80. 6MWT 160 m.

--- 09/11/2025  progress ---
R DF 6 deg. LEFS 38/80. 6MWT 245 m.
"""


def _facts(text: str, word: str = "functional measure") -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, DAY)) if f.word == word]


def _values(text: str) -> list[tuple[object, object, object]]:
    return [(f.attributes.get("name"), f.value, f.unit) for f in _facts(text)]


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("Amb 85' w/ FWW, CGA.", "walking distance", 85, "ft"),
        ("She manages two hundred yards with a stick.", "walking distance", 200, "yd"),
        ("Walks half a mile on good days.", "walking distance", 0.5, "mi"),
        ("Standing tolerance 10-15 min.", "standing time", 10, "min"),
        ("Sock and shoe: 6 min 30 s.", "donning sock and shoe", 390, "s"),
        ("R ankle dorsiflexion lacks 5 degrees of neutral.", "ankle dorsiflexion", -5, "degrees"),
        ("TUG 18.7 sec (fall risk >13.5)", "TUG", 18.7, "s"),
        ("PROMIS PI T 68; PROMIS PF T 33", "PROMIS Physical Function", 33, "T-score"),
        ("How long can you stand? 20 minutes", "standing time", 20, "min"),
        ("6 Minute Walk Test ......... 155 m", "6MWT", 155, "m"),
        ("stairs (12), seconds: 21", "stairs time", 21, "s"),
        ("Tinetti 18/28", "Tinetti", 18, "points"),
    ],
)
def test_a_number_belongs_to_the_measure_that_takes_its_unit(
    text: str, name: str, value: float, unit: str
) -> None:
    assert (name, value, unit) in _values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sleeps 4 h, up 3 times.",
        "Stationary bike 10 min, mirror box 15 min.",
        "Orthostatics: standing 3 min 118/70.",
        "97116 gait training, total timed min 38",
        "PT 12.1 s (ref 11.0-13.5)",
        "Presented w/ PROM at 36 wk; ROM 0420, clear fluid.",
        "HOB 30 degrees. Infused over 4 h.",
        "Lives 140 miles from clinic, 2.5 h drive.",
        "Temp R hallux 25.8 -> 31.7.",
        "Toe extension 1/2, DF 4/5 strength.",
        "Normal range of motion, no edema or tenderness.",
    ],
)
def test_other_numbers_are_no_function(text: str) -> None:
    assert not [f for f in _facts(text) if f.value is not None]


def test_columns_of_a_flowsheet_date_their_values() -> None:
    found = {(f.attributes["name"], f.date): f.value for f in _facts(SHEET)}
    assert found["6MWT", date(2025, 11, 3)] == 112
    assert found["6MWT", date(2026, 1, 8)] == 150
    assert found["LEFS", date(2025, 12, 5)] == 30
    assert found["TUG", date(2026, 1, 8)] == 19.0
    assert ("TUG", date(2025, 12, 5)) not in found


def test_the_side_of_a_row_is_in_its_label_and_a_scale_has_none() -> None:
    sides = {f.attributes["name"]: f.side for f in _facts(SHEET)}
    assert sides["ankle dorsiflexion"] == "left"
    assert sides["LEFS"] is None


def test_a_table_shows_the_change_after_the_block() -> None:
    changes = {f.attributes["change"] for f in _facts(SHEET, "functional change")}
    assert changes == {"better"}
    for fact in _facts(SHEET, "functional change"):
        item = fact.evidence[0]
        assert SHEET[item.start : item.end] == item.quote


def test_rows_of_an_export_are_dated() -> None:
    found = {(f.attributes["name"], f.date): f.value for f in _facts(EXPORT)}
    assert found == {
        ("6MWT", date(2025, 10, 2)): 510,
        ("LEFS", date(2025, 10, 2)): 21,
        ("6MWT", date(2025, 11, 14)): 760,
    }


def test_sections_under_a_date_give_it_to_their_sentences() -> None:
    found = {(f.attributes["name"], f.date): f.value for f in _facts(ENTRIES)}
    assert found["LEFS", date(2025, 7, 10)] == 22
    assert found["LEFS", date(2025, 9, 11)] == 38
    assert found["6MWT", date(2025, 9, 11)] == 245


def test_a_date_in_brackets_belongs_to_its_own_value() -> None:
    found = {f.value: f.date for f in _facts("LEFS 20/80 (11/3: 24).")}
    assert found == {20: DAY, 24: date(2025, 11, 3)}


def test_a_side_right_before_a_number_is_of_that_number_only() -> None:
    found = {f.value: f.side for f in _facts("Ankle DF 2 (R 12).")}
    assert found[12] == "right"
    assert found[2] is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("PLOF: walked 3 miles daily.", Status.HISTORICAL),
        ("Worked 50 h/wk until the crush injury.", Status.HISTORICAL),
        ("LTG: amb 1000 ft w/o device.", Status.PLANNED),
        ("If she could do even 500 ft we would wait.", Status.HYPOTHETICAL),
        ("Her mother walks 2 miles daily.", Status.OTHER_PERSON),
        ("LEFS: ____/80", Status.ASKED),
        ("Pt refused LEFS and 6MWT.", Status.ABSENT),
    ],
)
def test_what_is_not_ability_now_has_another_status(text: str, status: Status) -> None:
    assert {f.status for f in _facts(text)} == {status}


def test_a_withdrawn_value_is_none() -> None:
    assert [f.value for f in _facts("LEFS 38 withdrawn.")] in ([], [None])


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("LEFS 22 before LSB, 37 after.", "better"),
        ("TUG 15 s before LSB, 24 s after.", "worse"),
        ("ODI 58% pre LSB, 36% post.", "better"),
        ("s/p LSB: 6MWT 290 m, was 288 m, the same.", "same"),
        ("IW up to 6 hr/day from 3 after the block.", "better"),
        ("Start of series 150 ft. Peak after LSB 2: 600 ft. Today 400 ft.", "better"),
        ("Pain is better since the block but walking is unchanged.", "same"),
        ("Since the block she is back to doing her own shopping.", "better"),
        ("Before the shot he could do the stairs, now he can't.", "worse"),
    ],
)
def test_function_is_compared_before_and_after_a_block(text: str, change: str) -> None:
    facts = _facts(text, "functional change")
    assert {(f.status, f.attributes.get("change")) for f in facts} == {(Status.PRESENT, change)}


@pytest.mark.parametrize(
    "text",
    [
        "No updated LEFS since LSB #2.",
        "Post LSB 6MWT: deferred, in boot.",
        "LEFS before block: 31    LEFS after block: ____",
        "Walking distance after the block was never established.",
    ],
)
def test_what_was_not_measured_again_is_asked(text: str) -> None:
    facts = _facts(text, "functional change")
    assert {(f.status, f.attributes.get("change")) for f in facts} == {(Status.ASKED, "not_remeasured")}


@pytest.mark.parametrize(
    "text",
    [
        "NRS 8 pre LSB, 3 post.",
        "Since LSB sleeps 7 h instead of 4.",
        "Renal function improved after the block.",
        "LEFS 31 today.",
        "Foot 27.9 -> 33.0 C after LSB.",
    ],
)
def test_what_is_no_function_has_not_changed(text: str) -> None:
    assert not _facts(text, "functional change")


def test_two_numbers_share_the_unit_of_the_second() -> None:
    text = "from 100 to 500 feet"
    assert [(q.value, q.unit) for q in quantities(text, 0, len(text))] == [(100, "ft"), (500, "ft")]


@pytest.mark.parametrize(
    "text",
    [
        "Dorsiflexion 4 degrees on the left, 15 degrees on the right.",
        "DF 4\u00b0 L, 15\u00b0 R",
        "L DF 4 (R 15)",
        "Ankle DF, left 4 deg and 15 deg on the right",
    ],
)
def test_a_side_belongs_to_the_number_that_it_stands_by(text: str) -> None:
    assert {(f.value, f.side) for f in _facts(text)} == {(4, "left"), (15, "right")}


def test_a_month_of_years_ago_makes_a_value_historical() -> None:
    assert [f.status for f in _facts("6MWT was 340 m in Feb 2024 at the old clinic.")] == [Status.HISTORICAL]


def test_british_columns_are_read_days_first() -> None:
    sheet = "Physio, 17/02/2026\n\n              07/01   14/01   03/02\nknee flex      88      95      92\nwork h/wk       0      16       8\n"
    found = {(f.attributes["name"], f.value, f.date) for f in _facts(sheet)}
    assert ("knee flexion", 88, date(2026, 1, 7)) in found
    assert ("work hours", 8, date(2026, 2, 3)) in found


def test_the_words_behind_the_first_value_are_not_of_the_second() -> None:
    found = _facts("LEFS 28 before and 28 three weeks after the block.", "functional change")
    assert [f.attributes["change"] for f in found] == ["same"]


@pytest.mark.parametrize(
    "text",
    [
        "Unable to put a sock on the left foot by herself.",
        "Needs assistance with bathing and lower body dressing.",
        "No longer drives, and has given up gardening.",
        "Remains off work.",
    ],
)
def test_daily_activities_by_name_are_a_measure(text: str) -> None:
    assert [(f.status, f.attributes["name"]) for f in _facts(text)] == [(Status.PRESENT, "daily activities")]


@pytest.mark.parametrize(
    "text",
    [
        "You cannot drive home after the block.",
        "Goal: dress without help, mod A with bathing by March.",
        "[ ] unable to climb stairs",
        "His wife cannot drive.",
        "Unable to work with PT this week, therapist ill.",
        "Off work since ***.",
        "Before the injury she was able to climb ladders.",
    ],
)
def test_instructions_goals_blanks_and_others_tell_nothing_of_daily_life(text: str) -> None:
    assert not [f for f in _facts(text) if f.status is Status.PRESENT]


def test_a_refusal_is_not_outweighed_by_an_activity_named_beside_it() -> None:
    found = _facts("Pt declines LEFS and any walk test. Says he cannot drive.")
    assert [(f.status, f.attributes.get("refused")) for f in found] == [(Status.ABSENT, True)]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("LEFS not repeated today, pt late. Redo next visit.", "not_remeasured"),
        (
            "After the block in May he could dress his foot himself, for the first time since the crash.",
            "better",
        ),
        ("Before the LSB could do the stairs once a day, now sleeps on the couch, can't do any.", "worse"),
        ("The block let me do the school run for two weeks.", "better"),
    ],
)
def test_a_change_in_free_words(text: str, change: str) -> None:
    assert [f.attributes.get("change") for f in _facts(text, "functional change")] == [change]


@pytest.mark.parametrize(
    "text",
    [
        "Nails and hair same after the block.",
        "Function limited.\nBlock next week.\nPregabalin down to 75 mg.",
        "There is no better name for it; the block of May still holds. Walks with a stick.",
        "Carries a diagnosis of CRPS (outside records not available). No blocks yet.",
    ],
)
def test_words_of_change_about_other_things_tell_nothing_of_function(text: str) -> None:
    assert not _facts(text, "functional change")
