"""What a block did to the pain, and for how long."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

DAY = date(2025, 10, 20)


def facts(word: str, text: str, kind: str | None = "progress note") -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, DAY, kind)) if f.word == word]


def percent(text: str) -> object:
    (fact,) = facts("block relief", text)
    return fact.attributes.get("percent")


def days(text: str, kind: str | None = "progress note") -> object:
    (fact,) = facts("block relief duration", text, kind)
    return fact.value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("LSB gave 65% relief.", 65),
        ("Two thirds of the burning went away after the LSB.", 67),
        ("The LSB cut the pain in half.", 50),
        ("After the LSB the pain is about a quarter of what it was.", 75),
        ("Pain went from 8 to 2 after the sympathetic block.", 75),
        ("LSB: NRS 8/10 before, 4/10 at home on day 1.", 50),
        ("Since the LSB it is 3/10 vs 6/10.", 50),
        ("Better than half of the pain left with the LSB.", 50),
        ("Block: not quite 50%, more like 40%.", 40),
        ("Pain fell by 3 points from 6 after the LSB.", 50),
    ],
)
def test_a_share_of_the_pain(text: str, wanted: int) -> None:
    assert percent(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["The LSB did nothing for her.", "No relief whatsoever from the sympathetic block.", "LSB: a dud."],
)
def test_no_relief(text: str) -> None:
    (fact,) = facts("block relief", text)
    assert fact.status is Status.ABSENT
    (length,) = facts("block relief duration", text)
    assert (length.status, length.value) == (Status.ABSENT, 0)


@pytest.mark.parametrize(
    "text",
    [
        "ESI gave 80% relief for 3 months. LSB not done.",
        "Pregabalin helps 40%. LSB was last month.",
        "Stellate block in 2021, 90% relief. No block of the leg.",
        "Propofol 90 mg, LSB took 12 min.",
        "Leg numb for 5 hours after the LSB.",
        "RTC 3 weeks after LSB.",
    ],
)
def test_relief_of_other_things_is_none_of_the_block(text: str) -> None:
    found = facts("block relief", text) + facts("block relief duration", text)
    assert not [f for f in found if f.status in (Status.PRESENT, Status.ABSENT)]


def test_a_score_in_the_procedure_room_is_no_relief() -> None:
    text = "Procedure: right LSB 10/20/2025.\nNRS 8 -> 1 at 20 min.\n"
    assert not facts("block relief", text, "procedure note")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("LSB helped for a good three weeks.", 21),
        ("LSB helped about 10 d.", 10),
        ("The block lasted a week and a half.", 10.5),
        ("LSB 10/1, relief until 10/9.", 8),
        ("LSB relief 4-5 mo.", 120),
        ("Relief from the LSB began 8/12 and ended 8/26.", 14),
        ("LSB gave relief for 36 hours.", 1.5),
        ("Relief after LSB > 1 week.", 7),
        ("LSB: 80% x 9d.", 9),
        ("LSB did not last the month she had hoped for, only 19 days.", 19),
        ("Block wore off after two and a half weeks.", 17.5),
    ],
)
def test_a_length(text: str, wanted: float) -> None:
    assert days(text) == pytest.approx(wanted)


def test_relief_that_goes_on_is_censored() -> None:
    (fact,) = facts("block relief duration", "LSB 10/6, still holding.")
    assert (fact.value, fact.attributes["censored"]) == (14, True)


def test_a_lost_length_is_unknown() -> None:
    (fact,) = facts("block relief duration", "LSB helped, diary lost, she cannot say how long.")
    assert fact.status is Status.ASKED
    assert fact.attributes["unknown"] is True


def test_which_block_is_meant() -> None:
    text = "Blocks on 3/4 and 5/6 (right LSB). The March one held for 6 days, the May one for 13."
    found = {f.attributes["block"]: f.value for f in facts("block relief duration", text)}
    assert found == {"2025-03": 6, "2025-05": 13}


def test_the_columns_of_a_table() -> None:
    text = "date|type|side|level|status|pct_relief|well_from|well_until\n2025-03-04|LSB|L|L3|DONE|0.60|2025-03-04|2025-03-10\n2025-05-06|LSB|L|L3|DONE|0.70|2025-05-06|2025-05-19\n"
    assert [f.attributes["percent"] for f in facts("block relief", text, "export")] == [60, 70]
    assert [f.value for f in facts("block relief duration", text, "export")] == [6, 13]


def test_all_blocks() -> None:
    (fact,) = facts("block relief", "Right LSB 3/4 and 5/6. Every one of them did her good.")
    assert fact.attributes["block"] == "all"


def test_last_time_in_a_record_is_the_block_before_it() -> None:
    text = (
        "01/07/2025  R LSB L3.  Bupi 0.25 % 15.  Uneventful.\n"
        "03/11/2025  R LSB L3.  Bupi 0.25 % 15.  Uneventful.\n"
        "            Last time 5 days, about 55 % by her account.\n"
    )
    (fact,) = facts("block relief duration", text, "procedure note")
    assert (fact.value, fact.attributes["block"]) == (5, "before 2025-03-11")


def test_a_phone_note_that_never_names_the_block() -> None:
    text = "Oct 9    pt: was fine till supper. up at 2 am w/ 8, i.e. nine hours after.      (tm)\n"
    (fact,) = facts("block relief duration", text, "telephone note")
    assert (fact.value, fact.date) == (0.375, date(2025, 10, 9))


def test_blocks_by_their_number_alone() -> None:
    found = facts("block relief duration", "Had two LSBs. #1 was 6 days, then #2 was 9 days.")
    assert [(f.value, f.attributes["block"]) for f in found] == [(6, "#1"), (9, "#2")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Relief from last block: 0 20 40 [60] 80 100 %", 60),
        ("Relief after the LSB: __35__ %", 35),
        ("LSB: between 60 and 70% relief.", 60),
        ('Denies full relief from the LSB but puts it at "a good 45".', 45),
        ('After LSB "all gone, 100%" in PACU. At home about 40% better.', 40),
    ],
)
def test_marked_filled_and_spoken_shares(text: str, wanted: int) -> None:
    assert percent(text) == wanted


def test_a_block_of_a_former_illness_is_history() -> None:
    (fact,) = facts("block relief", "An LSB in 2017 gave 80% relief of the earlier episode.")
    assert fact.status is Status.HISTORICAL


def test_what_did_not_happen_after_a_block_is_no_failure_of_it() -> None:
    assert not facts("block relief", "In the weeks after the block it did not happen.")


def test_a_score_of_the_procedure_room_is_no_relief_though_the_block_before_is_told_of() -> None:
    text = "Left LSB L3 (#2)\nPrior: 12 d of relief.\nFluoro, bupi 0.25 % 15 mL. NRS 7 -> 1.\n"
    assert all("percent" not in f.attributes for f in facts("block relief", text, "procedure note"))


@pytest.mark.parametrize(
    "text",
    [
        "LSB 9/2. Nothing better to explain the pain was found.",
        "Since the LSB she worked the loom pedal with that foot.",
    ],
)
def test_words_of_relief_that_speak_of_something_else(text: str) -> None:
    assert not facts("block relief", text)


def test_a_day_before_a_share_is_no_range() -> None:
    assert percent("LSB 9/2, as I wrote on 9/12 - 70 % better.") == 70


def test_numbness_that_resolved_and_news_that_came_late_are_no_lengths() -> None:
    assert not facts("block relief duration", "LSB 9/2. Thigh numb, quad 2/5, resolved approx 5 h.")
    assert not facts("block relief duration", "LSB 9/2: nobody told me of it till today.")


def test_blocks_that_a_paragraph_counts_on() -> None:
    text = (
        "The first LSB, on February 3, took him from a seven to a three for eight days. "
        "The second, on April 7, gave him better than half, and that for two weeks. "
        "The third, on June 2, lasted from June 3 to June 24."
    )
    done = [f for f in facts("sympathetic block", text, "letter") if f.status is Status.PRESENT]
    assert [(f.date, f.attributes["number"]) for f in done] == [
        (date(2025, 2, 3), 1),
        (date(2025, 4, 7), 2),
        (date(2025, 6, 2), 3),
    ]
    lasted = [(f.value, f.attributes["block"]) for f in facts("block relief duration", text, "letter")]
    assert lasted == [(8, "2025-02-03"), (14, "#2"), (21, "#3")]


def test_what_stands_below_a_numbered_block_with_the_day_of_its_call() -> None:
    text = (
        "#1  (LSB R 02/03/2025)    call 02/11/25  N. Quill RN\n"
        "    Spoke w/ him. 8 down to 3, still 3 the day of the call.\n\n"
        "#2  (LSB R 04/07/2025)    call 05/02/25  N. Quill RN\n"
        "    70 pct, 18 days. Went fishing.\n"
    )
    found = facts("block relief duration", text, "phone log")
    assert [(f.value, f.date, f.attributes.get("censored")) for f in found] == [
        (8, date(2025, 2, 11), True),
        (18, date(2025, 5, 2), None),
    ]
    assert facts("block relief", text, "phone log")[-1].attributes["percent"] == 70


def test_a_late_addendum_is_of_its_own_day() -> None:
    text = (
        "Left LSB 9/2/2025, L3.\n\nF/U 9/6/2025 (call): relief lasted 4 days.\n\n"
        "ADDENDUM entered 10/1/2025\n\nDuration of relief from the block of 9/2 was 12 days.\n"
    )
    note = Document("note", text, date(2025, 9, 2), "procedure note")
    found = [f for f in facts_of_document(note) if f.word == "block relief duration"]
    assert [f.value for f in found] == [4, 12]
    assert found[0].date == date(2025, 9, 6)


def test_a_log_that_asks_how_long_it_held_and_sums_up() -> None:
    text = (
        'nurse log - "how long did it hold" calls          RN Quill\n'
        "06/12   he is pleased, 2/10\n"
        '06/15   "gone, I could tell from the sock yesterday evening." So 4 days.\n\n'
        "09/22   back to 6 as of Thurs. I make that 9 days, he agrees.\n\n"
        "10/14   (about the left knee genicular inj by ortho: lasted 2 days, not ours)\n"
    )
    found = [f for f in facts("block relief duration", text, "nurse phone log") if f.value is not None]
    assert [(f.value, f.date) for f in found] == [(4, date(2025, 6, 15)), (9, date(2025, 9, 22))]


def test_each_of_these_blocks() -> None:
    text = "LSB series, all left: 3 February, 7 April, 2 June 2025.\nEach of these three gave her 60 percent relief."
    (fact,) = facts("block relief", text, "letter")
    assert (fact.attributes["percent"], fact.attributes["block"]) == (60, "all")


def test_ends_on_the_day_of_the_block_itself() -> None:
    assert days("Right LSB 9/2: wore off on the drive home.") == 0.25
    assert not facts("block relief duration", "Right LSB 9/2. Numbness gone by bedtime.")


def test_lengths_of_all_blocks_in_their_order() -> None:
    text = "Right LSB 7/8/25 and 9/2/25. Both held: 8 days, then 11."
    found = {str(f.attributes["block"]): f.value for f in facts("block relief duration", text)}
    assert found == {"2025-07-08": 8, "2025-09-02": 11}


def test_a_length_alone_below_a_block() -> None:
    text = "LSB calls\n\n#1 (R LSB 07/08/2025)  call 08/01/25  RN\n   Calm foot. Three weeks, to the day.\n"
    assert [f.value for f in facts("block relief duration", text, "phone log")] == [21]
