"""The clinic's letter claims only what is proven; the request asks once for all that is missing."""

from __future__ import annotations

from dataclasses import replace

from fiction import CHART, MET, NOT_MET, UNKNOWN, determination, with_status

from indicated.chart.model import Request
from indicated.determine.model import Determination, Outcome, Question, WhyUnknown
from indicated.report import build_memo, render
from indicated.report.ledger import cite
from indicated.report.memo import Fields, Part, Quoted, Section
from indicated.report.pieces import _own_text

BLANK = "[fill in: "


def parts(found: Determination) -> tuple[str, str]:
    """The texts of the cover note and of the letter."""
    cover, letter = build_memo(cite(found), "letter").parts
    return " ".join(_own_text(cover)), " ".join(_own_text(letter))


def fields_of(part: Part) -> dict[str, str]:
    return {
        field.label: field.value or field.blank
        for section in part.sections
        for block in section.blocks
        if isinstance(block, Fields)
        for field in block.fields
    }


def quotes_of(section: Section) -> list[str]:
    return [quote.text for block in section.blocks if isinstance(block, Quoted) for quote in block.quotes]


def test_every_claim_is_a_met_criterion_with_a_quote() -> None:
    found = determination()
    letter = build_memo(cite(found), "letter").parts[1]
    reasons = next(section for section in letter.sections if section.id == "letter-reasons")
    words = " ".join(_own_text(reasons.blocks))
    for criterion in found.criteria:
        assert (criterion.text in words) == (criterion.status is MET)
    assert set(quotes_of(reasons)) == {e.quote for c in found.criteria if c.status is MET for e in c.evidence}


def test_what_is_missing_stands_on_the_cover_note_only() -> None:
    cover, letter = parts(determination())
    for criterion in determination().criteria:
        if criterion.status is UNKNOWN:
            assert criterion.text in cover
            assert criterion.text not in letter
    assert "block of 2025-12-08" in cover
    assert "More information needed" not in letter


def test_a_criterion_without_evidence_is_not_claimed() -> None:
    found = determination()
    bare = replace(found, criteria=(replace(found.criteria[0], evidence=()), *found.criteria[1:]))
    assert found.criteria[0].text not in parts(bare)[1]


def test_what_is_not_met_is_not_claimed_either() -> None:
    found = with_status("pain-limits-therapy", NOT_MET, Outcome.CLINICIAN_REVIEW)
    cover, letter = parts(found)
    assert "Pain keeps the patient from taking full part in therapy." in cover
    assert "Pain keeps the patient from taking full part in therapy." not in letter


def test_the_letter_carries_what_payers_ask_for() -> None:
    letter = fields_of(build_memo(cite(determination()), "letter").parts[1])
    assert letter["Procedure code (CPT)"].startswith("64520")
    assert letter["Diagnosis codes (ICD-10-CM)"].startswith("G90.521 (complex regional pain syndrome type I")
    assert letter["Side"] == "right (modifier RT)"
    assert letter["Units"] == "1"
    assert letter["Place of service"] == "outpatient hospital"
    assert letter["Patient"] == "Avery Example"
    for label in (
        "Period asked for",
        "Signed",
        "Member number",
        "First therapy visit after the block",
        "Therapy visits",
    ):
        assert letter[label].startswith(BLANK)


def test_no_field_is_filled_with_what_was_not_sent() -> None:
    found = replace(determination(), request=Request("64520", None, CHART.request.date))
    letter = fields_of(build_memo(cite(found), "letter").parts[1])
    blank = [label for label, value in letter.items() if value.startswith(BLANK)]
    assert {"Side", "Units", "Place of service", "Diagnosis codes (ICD-10-CM)", "Patient"} <= set(blank)
    assert "names no single side" in parts(found)[0]


def test_a_code_of_the_other_side_is_named_on_the_cover_note() -> None:
    request = replace(CHART.request, diagnoses=("G90.522",))
    cover, _ = parts(replace(determination(), request=request))
    assert "G90.522 names the left side, and the request the right" in cover


def test_a_block_without_a_length_is_a_blank_and_not_a_guess() -> None:
    _, letter = parts(determination())
    assert "[fill in: how long it helped]" in letter
    assert "at least 14 days" in letter


def test_the_plan_after_the_block_is_quoted() -> None:
    letter = build_memo(cite(determination()), "letter").parts[1]
    plan = next(section for section in letter.sections if section.id == "letter-plan")
    assert quotes_of(plan) == ["therapy can go on: three visits a week from the day after"]


def test_out_of_scope_makes_no_claim() -> None:
    cover, letter = parts(replace(determination(), outcome=Outcome.OUT_OF_SCOPE, criteria=(), series=()))
    assert "makes no claim" in cover
    assert "The chart shows the following" not in letter


def request_text(found: Determination) -> str:
    return render(found, CHART, "md", "request").decode()


def test_the_request_groups_its_questions_by_who_can_answer() -> None:
    memo = build_memo(cite(determination()), "request")
    headings = [section.heading for section in memo.parts[0].sections]
    assert headings[1:4] == [
        "From the medication list and the prescribers",
        "From the physical or occupational therapist",
        "From the records of earlier blocks",
    ]


def test_the_request_says_why_and_what_will_do() -> None:
    text = " ".join(_own_text(build_memo(cite(determination()), "request")))
    assert text.count("Why it is needed: ") == 3
    assert "range of motion in degrees" in text
    assert "It must be newer than what was sent." in text
    assert "which of the two is right" in text
    assert "Takes clopidogrel" in request_text(determination())


def test_the_same_question_is_asked_once() -> None:
    found = determination()
    twice = (
        Question("How long?", ("increasing-duration",), WhyUnknown.SILENT),
        Question("How long?", ("functional-improvement",), WhyUnknown.SILENT),
    )
    text = request_text(replace(found, questions=twice))
    assert text.count("How long?") == 1
    assert (
        "Each block helped for longer than the one before; Function got better after earlier blocks" in text
    )


def test_nothing_missing_is_said() -> None:
    found = replace(determination(), questions=(), outcome=Outcome.CRITERIA_MET)
    assert "Nothing is missing that this policy asks for" in request_text(found)


def test_the_review_names_no_patient() -> None:
    for format_ in ("text", "md", "html"):
        assert b"Avery" not in render(determination(), CHART, format_)
        assert b"Avery" not in render(determination(), CHART, format_, "request")
