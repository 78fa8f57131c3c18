"""Sympathetic blocks as notes tell of them: done, planned, called off, asked about, never had; with day, side and number."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

DAY = date(2025, 10, 20)


def blocks(text: str, kind: str | None = "progress note", day: date = DAY) -> list[Fact]:
    found = facts_of_document(Document("note", text, day, kind))
    return [f for f in found if f.word == "sympathetic block"]


def done(text: str, kind: str | None = "progress note", day: date = DAY) -> list[Fact]:
    return [f for f in blocks(text, kind, day) if f.status is Status.PRESENT]


def test_a_block_with_its_day_side_level_and_number() -> None:
    (fact,) = done("Second left LSB was performed at L3 on 9/30 without complication.")
    assert (fact.date, fact.side, fact.limb) == (date(2025, 9, 30), "left", "lower")
    assert fact.attributes["number"] == 2
    assert fact.attributes["level"] == "L3"
    assert fact.attributes["kind"] == "lumbar"


def test_a_list_of_days_is_a_list_of_blocks() -> None:
    found = done("Had three right lumbar sympathetic blocks: 2/4, 3/18 and 6/9.")
    assert [f.date for f in found] == [date(2025, 2, 4), date(2025, 3, 18), date(2025, 6, 9)]
    assert [f.attributes["number"] for f in found] == [1, 2, 3]


def test_months_are_kept_as_months() -> None:
    found = done("Two left sympathetic blocks so far, March and July.")
    assert [f.attributes["month"] for f in found] == ["2025-03", "2025-07"]
    assert all(f.date is None for f in found)


def test_the_day_of_a_procedure_note_is_its_own() -> None:
    text = "RIVERBEND SUITE   07/15/2025\n\nProcedure: Right L2 lumbar sympathetic block, fluoroscopy\n"
    (fact,) = done(text, "procedure note", date(2025, 8, 1))
    assert fact.date == date(2025, 7, 15)


def test_a_log_names_blocks_by_number_and_day_only() -> None:
    text = "No.  Date        Side  Level  Agent\n1    03/04/2025  L     L3     bupi 0.25 15 mL\n2    05/06/2025  L     L2     bupi 0.25 15 mL\n-    07/01/2025  L     -      -            CANCELLED, no driver\n"
    found = done(text, "procedure log")
    assert [(f.date, f.attributes["number"]) for f in found] == [(date(2025, 3, 4), 1), (date(2025, 5, 6), 2)]


@pytest.mark.parametrize(
    "text",
    [
        "LSB cancelled on arrival, blood pressure 210/118.",
        "Attempted right lumbar sympathetic block. Could not lie prone, needle withdrawn, no local given.",
        "Right LSB of 9/2 was never done, scanner down.",
        "Left L4-5 transforaminal epidural 9/2/25.",
        "Popliteal block for the ankle surgery.",
        "Complete heart block, on a beta blocker.",
        "Walks two blocks with a cane.",
        "DOS 9/2 was billed 64520 in error.",
    ],
)
def test_what_is_no_block(text: str) -> None:
    assert not done(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Plan: right LSB at L3, submit for authorization.", Status.PLANNED),
        ("If gabapentin fails we could try a sympathetic block.", Status.HYPOTHETICAL),
        ("No prior sympathetic blocks.", Status.ABSENT),
        ("Has the member had a lumbar sympathetic block before?", Status.ASKED),
        ("Her brother had a lumbar sympathetic block in the army.", Status.OTHER_PERSON),
    ],
)
def test_how_a_block_is_meant(text: str, status: Status) -> None:
    assert {f.status for f in blocks(text)} == {status}


def test_a_booked_day_is_in_the_future() -> None:
    (fact,) = blocks("R LSB booked Tue 11/4 0800.", "scheduling note")
    assert (fact.status, fact.date) == (Status.PLANNED, date(2025, 11, 4))


def test_moved_in_the_end_done() -> None:
    (fact,) = done("Cancelled twice but finally completed 10/9/25: left LSB, uneventful.")
    assert fact.date == date(2025, 10, 9)


def test_a_mark_in_time_is_no_block() -> None:
    assert not done("Before the block (9/2): flexion 80. LSB planned.")


def test_a_stellate_block_is_of_the_arm() -> None:
    (fact,) = done("Stellate ganglion block 5/5/25 for the left hand.")
    assert (fact.attributes["kind"], fact.limb) == ("stellate", "upper")


@pytest.mark.parametrize(
    "text",
    [
        "Hold clopidogrel for LSB, see letter 9/22: last dose 10/14.",
        "Cleared for LSB, INR 10/2 1.1.",
        "RE: M. Tallow, DOB 03/04/1961     64520 RT",
        "We used your lumbar sympathetic block form.",
    ],
)
def test_the_day_of_a_letter_a_dose_or_a_birth_is_no_block(text: str) -> None:
    assert not done(text, "medication profile")


def test_a_ticked_none_behind_a_question_mark() -> None:
    (fact,) = blocks("Previous sympathetic blocks?  [x] none", "prior authorization form")
    assert fact.status is Status.ABSENT


def test_the_record_of_a_series_by_number_date_and_drug() -> None:
    text = (
        "SYMPATHETIC BLOCK RECORD   Tallow M.   side: LEFT\n\n"
        " 1   3 Mar 2025   ropi 0.2% 14 ml   26.1 > 31.0\n"
        " -   7 Apr 2025   not done, fever\n"
        " 2   5 May 2025   ropi 0.2% 16 ml   26.4 > 31.9\n"
    )
    found = [(f.date, f.attributes.get("number")) for f in done(text, "block record")]
    assert found == [(date(2025, 3, 3), 1), (date(2025, 5, 5), 2)]


def test_rows_under_a_titled_table_are_blocks_of_their_own_days() -> None:
    text = (
        "OKONJO-FELL B          LEFT lumbar sympathetic block, bupivacaine 0.25%\n\n"
        "  #   date         level   mL     immediate        follow-up call\n"
        "  1   10/14/2025   L3      15     NRS 7 -> 1       60 % less, five days\n"
        "  2   12/02/2025   L3      15     NRS 6 -> 2       70 %, nine days\n"
    )
    found = facts_of_document(Document("summary", text, date(2026, 1, 20), "procedure log"))
    days = {f.date for f in found if f.word == "sympathetic block" and f.status is Status.PRESENT}
    assert {date(2025, 10, 14), date(2025, 12, 2)} <= days


def test_the_day_in_the_letterhead_of_a_list_of_blocks_is_that_of_the_list() -> None:
    text = (
        "HARBOR PAIN CENTER        INJECTION SUMMARY for the adjuster        08/04/2025\n"
        "PELLERIN, ODA       LEFT lumbar sympathetic, ropivacaine 0.2%, fluoro\n\n"
        "  #   date         level   mL     immediate        follow-up call\n"
        "  1   04/08/2025   L3      15     NRS 8 -> 2       65 % less, six days\n"
        "  2   06/17/2025   L3      15     NRS 7 -> 2       60 %, ten days\n"
    )
    found = facts_of_document(Document("summary", text, date(2025, 8, 4), "procedure note"))
    days = {f.date for f in found if f.word == "sympathetic block" and f.status is Status.PRESENT}
    assert days == {date(2025, 4, 8), date(2025, 6, 17)}


def test_a_month_right_before_a_bare_injection_is_that_of_the_block() -> None:
    text = (
        "Wants another R LSB. November injection took her from 9 down to 4 and it stayed for sixteen\ndays."
    )
    found = list(facts_of_document(Document("visit", text, date(2026, 1, 12), "follow-up note")))
    (length,) = [f for f in found if f.word == "block relief duration"]
    assert (length.value, length.attributes["block"]) == (16, "2025-11")


def test_the_day_to_come_of_an_order_stands_in_its_own_field() -> None:
    text = "CPT 64520 LT units 1\nlumbar (paravertebral sympathetic) injection\nest DOS 04/02/2026"
    planned = [f for f in blocks(text, "prior authorization form") if f.status is Status.PLANNED]
    assert date(2026, 4, 2) in {f.date for f in planned}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("As a habit I combine the sympathetic block with a week of daily therapy.", Status.HYPOTHETICAL),
        ("Our usual practice is to give lumbar sympathetic blocks on two Mondays.", Status.HYPOTHETICAL),
        ("Sympathetic block is timed for a Friday so that the pool is free on Saturday.", Status.PLANNED),
        ("Facet injections x2 did nothing, so LSB next month.", Status.PLANNED),
        ("ORDER SET 09/04: LSB R for the foot, TFESI x2 did not hold.", Status.PLANNED),
        ("She got the letter about the lumbar sympathetic block on 10/3.", Status.PLANNED),
        ("LSB teaching done 10/6, wife present.", Status.PLANNED),
        ("Request received 10/02/2025 for left lumbar sympathetic block (64520).", Status.PLANNED),
        ("He has had the lumbar sympathetic block explained to him twice.", Status.HYPOTHETICAL),
    ],
)
def test_what_was_done_about_a_block_is_not_the_block(text: str, status: Status) -> None:
    found = blocks(text)
    assert {f.status for f in found} <= {status}
    assert not any("number" in f.attributes for f in found)


def test_blocks_that_are_walked_and_blocks_that_are_wished_for_are_not_counted() -> None:
    found = blocks("Ahead of the injury he strolled to the ferry, 5 blocks. Plan: a series of 3 LSBs.")
    assert [(f.status, f.attributes.get("number")) for f in found] == [(Status.PLANNED, None)]


def test_an_effect_belongs_to_the_needle_that_had_it() -> None:
    (fact,) = done("Had an ESI in spring without benefit, then LSB on 9/30 which held nine days.")
    assert fact.date == date(2025, 9, 30)
    (fact,) = done("Consent for the LSB was signed and the LSB was done on 10/7.")
    assert fact.date == date(2025, 10, 7)


def test_a_log_at_a_lumbar_level_is_not_of_the_stellate_block_it_mentions() -> None:
    text = (
        "Block (R, L3)     next day     how long\n"
        "#1  03/04/25      3 from 7     6 d\n"
        "#2  05/06/25      2 from 7     9 d\n"
        "A stellate in 2018 for the hand is not counted.\n"
    )
    assert {f.attributes.get("kind") for f in done(text, "call sheets")} <= {None, "lumbar"}


@pytest.mark.parametrize(
    "text",
    [
        "LAKESIDE PAIN   10/20/2025   OKONJO-FELL B   64520-LT  #3 req",
        "Plan | L LSB #2, see the note of 10/02 from PT",
        "Addendum 10/17/2025: correction on the LSB request.",
    ],
)
def test_the_day_of_a_letterhead_or_an_addendum_is_no_block(text: str) -> None:
    assert not [f for f in done(text, "pain clinic note") if f.date]


def test_a_day_of_the_label_gives_way_to_that_of_the_sentence() -> None:
    (fact,) = done("History (new today): LSB on the left 9/9/25.")
    assert fact.date == date(2025, 9, 9)


def test_an_aside_on_another_patient_leaves_the_paragraph_to_this_one() -> None:
    text = (
        "The first LSB, on May 6, gave him nine days. "
        "(The LSB of June 3 in your system belongs to another patient's chart.)"
    )
    assert [f.date for f in done(text, "letter")] == [date(2025, 5, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "12 MAY 2025 R LSB L3",
        "Appointment for LSB 9/2/25 kept, block done at L3 without trouble.",
        "LSB 9/2/25, consent scanned, instructions given at discharge.",
    ],
)
def test_a_block_that_was_done_though_its_papers_are_told_of(text: str) -> None:
    assert [f.date for f in done(text)] in ([date(2025, 5, 12)], [date(2025, 9, 2)])
