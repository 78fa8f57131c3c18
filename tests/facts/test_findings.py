"""Findings of the limb: whose they are, on which side, told or found, and what tables and numbers say of them."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.findings.compare import compare
from indicated.facts.findings.sided import sided
from indicated.facts.findings.words import FINDINGS
from indicated.facts.model import Fact, Status

TEMPERATURE, COLOR, SWEATING, EDEMA, TOUCH, MOTION, MOTOR, TROPHIC = FINDINGS


def _facts(text: str, word: str, kind: str | None = None) -> list[Fact]:
    found = facts_of_document(Document("note", text, date(2026, 3, 2), kind))
    return [f for f in found if f.word == word]


def _one(text: str, word: str, kind: str | None = None) -> Fact:
    facts = _facts(text, word, kind)
    assert len({(f.status, f.side) for f in facts}) == 1, [(f.status, f.side, f.why) for f in facts]
    return facts[0]


def test_in_a_list_each_answer_belongs_to_the_finding_beside_it() -> None:
    line = "EXAM:\nSudomotor (-)   vasomotor (+)   edema (+)   trophic (-)"
    assert _one(line, SWEATING).status is Status.ABSENT
    assert _one(line, EDEMA).status is Status.PRESENT
    assert _one(line, TROPHIC).status is Status.ABSENT


def test_signs_that_stand_first_belong_to_what_follows() -> None:
    line = "(-) allodynia (+) edema (-) weakness"
    assert _one(line, TOUCH).status is Status.ABSENT
    assert _one(line, EDEMA).status is Status.PRESENT
    assert _one(line, MOTOR).status is Status.ABSENT


def test_a_table_has_a_column_for_each_side() -> None:
    table = (
        "SIGNS:\n"
        "Foot         R          L\n"
        "temp C       31.2       28.4\n"
        "color        pink       mottled\n"
        "moisture     normal     normal\n"
        "DF           14         -2\n"
    )
    assert (_one(table, TEMPERATURE).status, _one(table, TEMPERATURE).side) == (Status.PRESENT, "left")
    assert (_one(table, COLOR).status, _one(table, COLOR).side) == (Status.PRESENT, "left")
    assert _one(table, SWEATING).status is Status.ABSENT
    assert (_one(table, MOTION).status, _one(table, MOTION).side) == (Status.PRESENT, "left")


def test_a_column_of_choices_is_read_by_the_place_of_its_cross() -> None:
    table = (
        "My leg, this week     never   sometimes   daily\n"
        "foot swollen          x\n"
        "foot cold                                 x\n"
    )
    assert _one(table, EDEMA).status is Status.ABSENT
    assert _one(table, TEMPERATURE).status is Status.PRESENT
    assert _one(table, TEMPERATURE).attributes["reported"] is True


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Color:  [x] equal   [ ] redder   [ ] mottled", Status.ABSENT),
        ("Color:  [ ] equal   [ ] redder   [x] mottled", Status.PRESENT),
        ("Color:  [ ] equal   [ ] redder   [ ] mottled", Status.ASKED),
    ],
)
def test_of_a_row_of_choices_the_ticked_one_counts(text: str, status: Status) -> None:
    assert _one(text, COLOR).status is status


@pytest.mark.parametrize(
    ("text", "status", "side"),
    [
        ("Strength: R DF 3+/5, L DF 5/5.", Status.PRESENT, "right"),
        ("Strength 5/5 in both legs.", Status.ABSENT, None),
        ("Strength: ankle 4/5 bilat.", Status.PRESENT, "bilateral"),
    ],
)
def test_grades_of_strength(text: str, status: Status, side: str | None) -> None:
    fact = _one(text, MOTOR)
    assert fact.status is status
    if side:
        assert fact.side == side


def test_a_date_is_no_grade() -> None:
    assert not _facts("Seen 3/5/26, strength to be tested by the therapist on 4/5/26.", MOTOR) or all(
        f.status is not Status.PRESENT for f in _facts("Seen 3/5/26 for follow-up.", MOTOR)
    )


@pytest.mark.parametrize(
    ("text", "status", "side"),
    [
        ("Ankle DF: R 2, L 15. PF: R 25, L 50.", Status.PRESENT, "right"),
        ("L ankle DF 12 PF 48 inv 30 ev 15;  R 12 / 50 / 30 / 15", Status.ABSENT, None),
        ("Active dorsiflexion on the left is minus four degrees.", Status.PRESENT, "left"),
    ],
)
def test_angles(text: str, status: Status, side: str | None) -> None:
    fact = _one(text, MOTION)
    assert fact.status is status
    if side:
        assert fact.side == side


def test_an_exercise_is_no_measure_of_motion() -> None:
    assert not _facts("Therex: ankle AROM 3x10, heel cord stretch 3x30 s.", MOTION)


def test_the_side_behind_a_comparison_is_the_other_one() -> None:
    assert _one("The foot is cooler than the left.", TEMPERATURE).side == "right"
    assert _one("R foot is cooler than L.", TEMPERATURE).side == "right"
    assert _one("Edema L > R at the ankle.", EDEMA).side == "left"


def test_a_slip_is_mended_where_the_writer_mends_it() -> None:
    assert _one("Swelling of the left ankle -- correction, right ankle.", EDEMA).side == "right"


def test_who_says_so() -> None:
    assert _one("She reports swelling of the left foot.", EDEMA).attributes["reported"] is True
    assert _one("EXAM:\nLeft foot swollen.", EDEMA).attributes["reported"] is False
    assert "reported" not in _one("Left foot swollen.", EDEMA).attributes


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Her roommate has a foot that is always ice cold.", TEMPERATURE, Status.OTHER_PERSON),
        ("Call if the leg becomes swollen.", EDEMA, Status.HYPOTHETICAL),
        ("Skin temp    R foot ______    L foot ______", TEMPERATURE, Status.ASKED),
        ("The redness of the right foot has resolved.", COLOR, Status.HISTORICAL),
        ("Do you have a cold foot?  yes", TEMPERATURE, Status.PRESENT),
        ("Swelling of the foot? No.", EDEMA, Status.ABSENT),
        ("Looked for mottling of the foot. Could not find any.", COLOR, Status.ABSENT),
    ],
)
def test_whose_and_when(text: str, word: str, status: Status) -> None:
    assert _one(text, word).status is status


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Incision clean, no redness or drainage.", COLOR),
        ("Lungs clear, no pulmonary edema.", EDEMA),
        ("Pedal pulses weak on the right.", MOTOR),
        ("R foot skin temp 29.4 C.", TEMPERATURE),
        ("Denies fever, chills or night sweats.", SWEATING),
        ("s/p IM nail left tibia.", TROPHIC),
        ("Goal: increase ankle ROM to 10 degrees.", MOTION),
    ],
)
def test_what_only_looks_like_a_finding(text: str, word: str) -> None:
    assert not _facts(text, word)


def test_the_quote_stands_in_the_text() -> None:
    text = "EXAM:\nThe right foot is mottled\nand cool. Gait antalgic."
    proof = _one(text, COLOR).evidence[0]
    assert text[proof.start : proof.end] == proof.quote == "The right foot is mottled\nand cool."


@pytest.mark.parametrize(
    ("word", "right", "left", "wanted"),
    [
        (TEMPERATURE, 28.0, 30.0, ("yes", "right")),
        (TEMPERATURE, 30.2, 30.0, ("no", None)),
        (TEMPERATURE, 90.3, 84.6, ("yes", "left")),
        (TEMPERATURE, 5.0, 30.0, None),
        (EDEMA, 26.0, 24.0, ("yes", "right")),
        (EDEMA, 1300.0, 1310.0, ("no", None)),
        (MOTOR, 0.0, 22.0, ("yes", "right")),
    ],
)
def test_what_two_measured_sides_say(word: str, right: float, left: float, wanted: object) -> None:
    assert compare(word, right, left) == wanted


def test_values_stand_behind_their_side_or_before_it() -> None:
    for text in ("r 28.1 l 30.9", "28.1 (r) 30.9 (l)"):
        spans = sided(text, 0, len(text))
        assert "28.1" in text[slice(*spans["right"])]
        assert "30.9" in text[slice(*spans["left"])]
    assert sided("r 28.1 before, 34.0 after", 0, 24) == {}


def test_no_does_not_reach_a_quality_behind_the_comma() -> None:
    line = "Right foot: mottled, cool, no edema, hair sparse."
    assert _one(line, TEMPERATURE).status is Status.PRESENT
    assert _one(line, EDEMA).status is Status.ABSENT
    assert _one(line, TROPHIC).status is Status.PRESENT
    assert _one("Foot not swollen, cold or red.", TEMPERATURE).status is Status.ABSENT


def test_the_side_in_brackets_is_there_to_compare_with() -> None:
    assert _one("DF 4 (L 15).", MOTION).side == "right"


def test_a_field_that_holds_only_an_answer_is_answered_by_it() -> None:
    assert _one("Right foot temp asymmetry > 1 C: N", TEMPERATURE).status is Status.ABSENT
    assert _one("Right foot temp asymmetry > 1 C: Y", TEMPERATURE).status is Status.PRESENT
    assert _one("Right foot temp asymmetry > 1 C: Y N", TEMPERATURE).status is Status.ASKED


def test_two_values_between_two_sides_belong_to_them_in_order() -> None:
    fact = _one("Right great toe pulp 24.6 C versus 28.9 C on the left.", TEMPERATURE)
    assert (fact.status, fact.side) == (Status.PRESENT, "right")


def test_girths_need_no_word_for_swelling() -> None:
    fact = _one("Right calf 36.1 cm, left calf 38.4 cm.", EDEMA)
    assert (fact.status, fact.side) == (Status.PRESENT, "left")


def test_the_healthy_side_does_not_answer_for_the_other() -> None:
    assert _one("The right foot is freezing and the left is fine.", TEMPERATURE).status is Status.PRESENT


def test_what_ends_in_the_next_sentence_is_over_only_where_that_sentence_goes_on() -> None:
    assert _one("The left foot was swollen. It has resolved.", EDEMA).status is Status.HISTORICAL
    assert _one("The left foot is swollen. Cough has resolved.", EDEMA).status is Status.PRESENT


def test_somebody_named_first_who_has_it_is_meant() -> None:
    line = "Her husband has gout, his toe is swollen today."
    assert _one(line, EDEMA).status is Status.OTHER_PERSON


def test_a_topic_that_is_only_planned_is_asked() -> None:
    assert _one("Volumetric testing of the feet next session.", EDEMA).status is Status.ASKED


def test_a_value_of_an_earlier_day_does_not_stand_for_the_present_one() -> None:
    assert _one("Left ankle DF 4/5 at eval, 5/5 now.", MOTOR).status is Status.ABSENT
    assert _one("DF right 2 -> 7 -> 16 (L 16)", MOTION).status is Status.ABSENT
    assert _one("DF right 4 (was -2 at eval; L 16)", MOTION).status is Status.PRESENT


def test_a_touch_that_is_scored_hurts_unless_the_score_is_zero() -> None:
    assert _one("Cotton wool right foot: 6/10 at visit 4, 0/10 today.", TOUCH).status is Status.ABSENT
    fact = _one("Pinprick R foot 8/10, L 1/10.", TOUCH)
    assert (fact.status, fact.side) == (Status.PRESENT, "right")


def test_the_marked_choice_of_a_row_decides() -> None:
    row = "Stiffness of the ankle in the morning:  none [ ]  mild [ ]  severe [X]"
    assert _one(row, MOTION).status is Status.PRESENT
    assert _one(row.replace("X", " "), MOTION).status is Status.ASKED
    assert _one("Trophic changes: none [x]", TROPHIC).status is Status.ABSENT


def test_bare_grades_count_under_a_title_of_strength() -> None:
    fact = _one("MMT:\nR: DF 3+, PF 4-, inv 4.", MOTOR)
    assert (fact.status, fact.side) == (Status.PRESENT, "right")


def test_the_abbreviation_for_full_range_is_not_the_word() -> None:
    assert _one("Right ankle FROM.", MOTION).status is Status.ABSENT
    assert not _facts("She came back from the ankle clinic.", MOTION)


def test_degrees_short_of_neutral_are_lost_motion() -> None:
    line = "Passive dorsiflexion of the left ankle stopped 12 degrees short of neutral."
    assert _one(line, MOTION).status is Status.PRESENT


def test_a_dash_that_begins_a_line_is_the_sign_of_a_list_and_denies_nothing() -> None:
    assert _one("EXAM:\n- edema of the left ankle\n- mottled skin", EDEMA).status is Status.PRESENT
    assert _one("EXAM:\n+ mottled skin\n- edema", EDEMA).status is Status.ABSENT


def test_rows_that_each_hold_one_side_are_read_together() -> None:
    rows = "02/11 08:10|SKIN TEMP ANKLE LT|26.4|C\n02/11 08:11|SKIN TEMP ANKLE RT|30.0|C"
    assert (_one(rows, TEMPERATURE).status, _one(rows, TEMPERATURE).side) == (Status.PRESENT, "left")
    assert _one("Skin temp: R 27.4 C; L 29.9 C.", TEMPERATURE).side == "right"


def test_the_circled_choice_of_a_row_decides() -> None:
    assert _one("Swelling of the foot:   never   (often)   always", EDEMA).status is Status.PRESENT
    assert _one("Swelling of the foot:   (never)   often   always", EDEMA).status is Status.ABSENT


def test_a_form_of_told_and_observed_says_who_found_it() -> None:
    fact = _one("Edema:   Reported [ ]   Observed [X]   Neither [ ]", EDEMA)
    assert (fact.status, fact.attributes["reported"]) == (Status.PRESENT, False)
    assert _one("Edema:   Reported [ ]   Observed [ ]   Neither [X]", EDEMA).status is Status.ABSENT


def test_an_answer_alone_belongs_to_its_heading() -> None:
    assert _one("TROPHIC CHANGES:\nNone.", TROPHIC).status is Status.ABSENT


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Tremor, if it came, would change the plan.", MOTOR, Status.HYPOTHETICAL),
        ("Were there edema I would agree.", EDEMA, Status.HYPOTHETICAL),
        ("Note of 4/2024 (Dr. Oyelaran): mottled right foot.", COLOR, Status.HISTORICAL),
        ("The right foot, dusky on admission, is pink today.", COLOR, Status.HISTORICAL),
        ("The edema has gone down but is still there by night.", EDEMA, Status.PRESENT),
        ("Son says mom's right ankle is swollen again.", EDEMA, Status.PRESENT),
        ("Son says his aunt's right ankle is swollen.", EDEMA, Status.OTHER_PERSON),
        ("Hair and nails not seen.", TROPHIC, Status.ASKED),
        ("Sweating not seen.", SWEATING, Status.ABSENT),
        ('Asked if one foot runs colder: "no, both alike".', TEMPERATURE, Status.ABSENT),
        ("Is the color of both feet the same? Yes.", COLOR, Status.ABSENT),
        ("Edema? Not documented.", EDEMA, Status.ASKED),
    ],
)
def test_whose_and_when_in_other_words(text: str, word: str, status: Status) -> None:
    assert {f.status for f in _facts(text, word)} == {status}


def test_a_cross_before_yes_or_no_marks_it() -> None:
    assert _one("Edema?   X Y   __ N", EDEMA).status is Status.PRESENT
    assert _one("Edema?   __ Y   X N", EDEMA).status is Status.ABSENT


def test_no_that_answers_does_not_deny_what_follows() -> None:
    assert _one('Ankle stiff? "No it moves okay."', MOTION).status is Status.ABSENT


def test_a_dash_between_a_limb_and_its_findings_denies_nothing() -> None:
    assert _one("CRPS of the right foot - edema, allodynia.", EDEMA).status is Status.PRESENT
    assert _one("Right foot \u2014 swelling, mottling.", EDEMA).status is Status.PRESENT
    assert _one("+ edema - allodynia of the right foot", TOUCH).status is Status.ABSENT


def test_what_is_told_of_a_limb_ends_the_list_that_is_denied() -> None:
    assert _one("Right foot: no edema, cool, mottled.", COLOR).status is Status.PRESENT
    assert _one("Right foot: no edema, erythema, mottling.", COLOR).status is Status.ABSENT


def test_what_is_back_is_no_part_of_the_body() -> None:
    assert _one("The swelling of the right foot is back.", EDEMA).status is Status.PRESENT


def test_the_warmer_side_is_the_ill_one_where_the_words_say_hot() -> None:
    assert _one("Skin temp R 33.4 C, L 30.1 C, foot red and hot.", TEMPERATURE).side == "right"
    assert _one("Skin temp R 33.4 C, L 30.1 C.", TEMPERATURE).side == "left"


def test_a_denial_behind_one_finding_does_not_reach_the_next() -> None:
    assert _one("Edema absent, mottling present, left foot.", COLOR).status is Status.PRESENT
    assert _one("Edema 0, allodynia 2+, left foot.", TOUCH).status is Status.PRESENT
    assert _one("Absent edema, mottling or sweating of the left foot.", COLOR).status is Status.ABSENT


def test_grades_of_strength_are_no_angles() -> None:
    assert not _facts("R DF 4/5, PF 5/5; L 5/5 throughout.", MOTION)


def test_an_earlier_finding_in_brackets_is_over() -> None:
    found = _facts("Right foot: color normal today (was dusky in May).", COLOR)
    assert {f.status for f in found} == {Status.ABSENT, Status.HISTORICAL}
