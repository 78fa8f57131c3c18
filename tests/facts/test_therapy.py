"""Therapy, the plan for it around the block, and pain as its limit, where the words alone do not tell."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

DAY = date(2026, 2, 10)


def facts(word: str, text: str, kind: str | None = None, heading: str = "") -> list[Fact]:
    body = f"{heading}:\n{text}" if heading else text
    return [f for f in facts_of_document(Document("note", body, DAY, kind)) if f.word == word]


def statuses(word: str, text: str, kind: str | None = None, heading: str = "") -> set[str]:
    return {f.status.value for f in facts(word, text, kind, heading)}


@pytest.mark.parametrize(
    "text",
    [
        "PT 12.1 s, INR 1.0",
        "PT, PTT and platelets on arrival",
        "DP 2+, PT 2+ on both sides",
        "Pt is in no distress.",
        "PT REPORTS RARE USE OF IBUPROFEN SINCE THE FALL",
        "She is a physical therapist by trade.",
        "Family therapy, session 3.",
    ],
)
def test_what_only_looks_like_therapy_is_none(text: str) -> None:
    assert not facts("therapy", text)


def test_small_letters_are_the_patient_unless_a_neighbour_makes_them_therapy() -> None:
    assert not facts("therapy", "Told pt to continue gabapentin.")
    assert statuses("therapy", "pt says pt is going well") == {"present"}
    assert statuses("therapy", "started pt last week", kind="portal message") == {"present"}


def test_each_name_has_the_cue_nearest_to_it() -> None:
    assert "present" in statuses("therapy", "Declined OT, attends PT three times weekly.")
    assert statuses("therapy", "Attended PT for two months and then gave up.") == {"historical"}


def test_an_order_that_came_to_nothing_is_no_therapy() -> None:
    found = facts("therapy", "PT was ordered in May. Has not called anyone.")
    assert [f.status for f in found] == [Status.ABSENT]
    assert not found[0].attributes


def test_a_refusal_says_so_and_is_quoted_with_its_sentence() -> None:
    text = "Offered physiotherapy again. Flatly says no."
    (found,) = facts("therapy", text)
    assert found.status is Status.ABSENT
    assert found.attributes == {"refused": True}
    assert [e.quote for e in found.evidence] == [text]


def test_a_last_visit_counts_by_its_date() -> None:
    assert statuses("therapy", "Last PT visit 2/4/2026.") == {"present"}
    assert statuses("therapy", "Last PT visit 10/4/2025.") == {"historical"}


def test_an_empty_box_is_no_answer_and_an_answer_behind_a_question_is_one() -> None:
    assert statuses("therapy", "[ ] continue PT    [ ] OT") == {"asked"}
    assert statuses("therapy", "9  What therapy so far for this?     none") == {"absent"}


def test_therapy_of_another_part_of_the_body_is_not_told() -> None:
    assert not facts("therapy", "Had 8 visits of PT for rotator cuff in 2024.")


def test_a_therapists_own_note_of_a_visit_is_therapy() -> None:
    assert statuses("therapy", "Visit 11. The ball is easier now.", kind="PT daily note") == {"present"}
    assert not facts("therapy", "Visit 11. The ball is easier now.", kind="cardiology note")


def test_the_plan_needs_the_block_and_therapy() -> None:
    word = "rehabilitation plan"
    assert statuses(word, "Right LSB on 3/4; PT twice weekly goes on.", heading="Plan") == {"present"}
    assert not facts(word, "Right LSB on 3/4, sedation by request.", heading="Plan")
    assert not facts(word, "Ankle block for the reduction, PT as before.", heading="Plan")


def test_the_last_word_of_a_plan_holds() -> None:
    word = "rehabilitation plan"
    text = "The denial says no rehabilitation is planned. In fact PT continues throughout the blocks."
    assert statuses(word, text) == {"present"}
    assert statuses(word, "PT stopped in May; all agree it should stay stopped. Block #1 in June.") == {
        "absent"
    }
    assert statuses(word, "I do not see the block as a treatment on its own: PT goes along with it.") == {
        "present"
    }


def test_blocks_that_were_never_done_make_no_plan() -> None:
    assert not facts("rehabilitation plan", "PT twice weekly. Has not had nerve blocks of any sort.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Before the first block he could not do PT for pain. Since then every session in full.", "absent"),
        ("Tolerated well. Actual: 6 of 14 exercises done, rest declined due to burning.", "present"),
        ("Pain has not been in the way of any session.", "absent"),
        ("Stopped at 12 of 45 min because of pain.", "present"),
        ("Could do only the table work, pain 9 when standing.", "present"),
    ],
)
def test_pain_as_the_limit(text: str, status: str) -> None:
    assert statuses("pain limits therapy", text, kind="PT daily note") == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Stopped early, dizzy, BP 88/50.",
        "Missed three visits, car trouble.",
        "Limited by fatigue, naps between sets.",
    ],
)
def test_another_limit_is_no_answer(text: str) -> None:
    assert not facts("pain limits therapy", text, kind="PT daily note")


def test_a_limit_in_an_earlier_year_is_history() -> None:
    assert statuses("pain limits therapy", "In 2019 PT of the hand was cut short by pain.") == {"historical"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("PT:  [ ] in progress   [ ] completed   [ ] not started", "asked"),
        ("PT:  [x] in progress   [ ] completed   [ ] not started", "present"),
        ("PT:  [ ] in progress   [ ] completed   [x] not started", "absent"),
        ("Has the patient started PT?   [ ] yes   [x] no", "absent"),
        ("PT was offered x2, turned down both times.", "absent"),
        ("Currently in PT?  Y", "present"),
    ],
)
def test_boxes_and_replies_tell_whether_therapy_began(text: str, status: str) -> None:
    assert statuses("therapy", text) == {status}


def test_a_therapists_note_is_proved_by_the_day_on_which_care_began() -> None:
    text = "ORCHARD STREET PHYSICAL THERAPY      PROGRESS NOTE\nR foot CRPS      visit 12 (SOC 11/04/2025)"
    (fact,) = facts("therapy", text, "PT progress note")
    assert fact.status is Status.PRESENT
    assert "SOC 11/04/2025" in fact.evidence[0].quote


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("R LSB next week. Will therapy go on after the block?  [ ] yes  [x] no", "absent"),
        (
            "PT ended 1/14. She does not wish to go back, I do not plan any; the block is used by itself.",
            "absent",
        ),
        ("Right LSB. PT 2x/wk is to continue through June.", "present"),
    ],
)
def test_whether_therapy_goes_on_around_the_block(text: str, status: str) -> None:
    assert statuses("rehabilitation plan", text) == {status}


def test_a_limit_outweighs_full_minutes_after_a_block() -> None:
    sheet = """Flowsheet
date       visit   NRS     time used / booked    why less
01/08/26   20      8       18 / 45 min           pain on loading
01/14/26   21      3       45 / 45
01/30/26   24      7       12 / 45               pain, left"""
    found = facts("pain limits therapy", sheet, "PT flowsheet")
    assert {f.status for f in found} == {Status.PRESENT}
    assert any("12 / 45" in e.quote for f in found for e in f.evidence)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("planned: 30 min    done: 8 min    why: pain in the foot", {"present"}),
        ("PLANNED_MIN=45|DONE_MIN=15|STOP_REASON=PAIN", {"present"}),
        ("PLANNED_MIN=45|DONE_MIN=45|LIMITED_BY_PAIN=N", {"absent"}),
        ("40 of 40 min. Program cut down because of the wound.", set()),
        ("Does pain limit therapy?  never / rarely / (often) / always", {"present"}),
        ("Does pain limit therapy?  never / rarely / often / always", {"asked"}),
        ("Barriers: [ ] pain  [x] transport", set()),
    ],
)
def test_minutes_options_and_boxes(text: str, status: set[str]) -> None:
    assert statuses("pain limits therapy", text, "PT daily note") == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Q: Do you go to physical therapy? A: For the ankle? Yes, ma'am. Q: Since when? A: May.", "present"),
        ("Q. Any physical therapy so far? A. No sir, none.", "absent"),
        ("Physical therapy:   [ ] never   [X] in the past   [ ] now", "historical"),
        ("treatment | state | since\nPT | active | 2025-10-02", "present"),
        ("PT visits authorized: 20 | used: 0 | remaining: 20", "absent"),
        ("PT visits authorized: 20 | used: 7 | remaining: 13", "present"),
        ("Start of therapy: 12/02/2025", "present"),
        ("03/02 0900 PT EVAL new patient", "planned"),
        ("PT 2x/wk for the left knee in 2020; none for the foot.", "absent"),
        ("If the swelling goes down we will refer her to physiotherapy.", "hypothetical"),
        ("My next PT visit is Friday, can I still have the shot on Thursday?", "planned"),
    ],
)
def test_forms_tables_and_interviews_about_therapy(text: str, status: str) -> None:
    assert status in statuses("therapy", text, "intake form")


def test_of_several_beginnings_in_a_document_the_one_with_a_number_is_the_proof() -> None:
    text = "Her therapist writes well of her.\n\nPT since 10/6, 14 visits so far.\n\nPT continues."
    [fact] = facts("therapy", text, "consultation note")
    assert fact.evidence[0].quote == "PT since 10/6, 14 visits so far."
    assert fact.attributes["counted"] is True


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Plan: R LSB as sole treatment. Done with PT. Continue gabapentin, resume it the same night.",
            "absent",
        ),
        ("LSB alone. He wants no more PT. Work trial on 3/1.", "absent"),
        ("LSB 3/2; no interest in going back to PT.", "absent"),
        ("Therapy during the block series:  PT [x]  OT [ ]  none [ ]", "present"),
        ("Therapy during the block series:  PT [ ]  OT [ ]  none [x]", "absent"),
    ],
)
def test_what_goes_on_is_therapy_and_no_drug(text: str, status: str) -> None:
    assert statuses("rehabilitation plan", text, heading="Plan") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Every station done in PT, no rest breaks or changes for pain; what limits the carry is grip.",
            {"absent"},
        ),
        ("Since May PT is cut short by pain.", {"present"}),
        ("PT limited by grip strength, no pain complaint noted.", set()),
        ("PT: she gives 40 of the 90 minutes, then the burning in the foot ends it.", {"present"}),
        ("PT: ten minutes on the bike before the pain makes her get off.", {"present"}),
        ("PT: booked 60, average tolerated 32, foot pain.", {"present"}),
        ("PT: wore socks for the whole session, so the heel was not seen.", set()),
        ("PT: the last full session she managed was in July.", set()),
        ("Physio: cannot have the foot touched, the foot is through the roof when they try.", {"present"}),
        ("Q: Do you finish your PT sessions? A: No. Q: Why? A: The burning gets too bad.", {"present"}),
    ],
)
def test_the_reason_that_is_named_beside_a_limit(text: str, status: set[str]) -> None:
    assert statuses("pain limits therapy", text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Have you had PT [ ] yes [ ] no chiropractor [X] yes [ ] no", {"asked"}),
        ("Have you had PT [X] yes [ ] no surgery [ ] yes [X] no", {"present"}),
        ("Have you had surgery [X] yes [ ] no PT [ ] yes [X] no", {"absent"}),
    ],
)
def test_a_box_belongs_to_its_own_question(text: str, status: set[str]) -> None:
    assert statuses("therapy", text) == status
