"""The letter of medical necessity that a clinic may sign: it claims what the chart proves, and nothing else.

What is still missing stands on a cover note for the clinic, never in the letter. Fields are filled from what came
with the request, under these names: patient_name, birth_date, member_id, case_number, payer, requester, facility,
units, period, place_of_service. What did not come is a marked blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from indicated.determine.model import CriterionResult, CriterionStatus, Determination, Line, Outcome
from indicated.facts.model import Evidence, Status
from indicated.report.memo import (
    Block,
    Callout,
    Field,
    Fields,
    Items,
    Memo,
    Paragraph,
    Part,
    Quoted,
    Section,
    Table,
)
from indicated.report.pieces import abbreviations, bar, facts_of, quotes, requested, running_head
from indicated.report.words import (
    DIAGNOSES,
    OUTCOME,
    OUTCOME_MEANS,
    PROCEDURES,
    STATUS,
    long_date,
    title_case,
)

_MODIFIERS = {"right": "RT", "left": "LT", "bilateral": "50"}
_PLAN_WORDS = ("rehabilitation plan", "therapy")


def letter_memo(determination: Determination) -> Memo:
    """The cover note for the clinic and, on a new page, the letter."""
    title = "Letter of medical necessity"
    letter_sections = _letter(determination)
    letter_sections += abbreviations(letter_sections)
    parts = (
        Part(
            "Cover note for the clinic",
            "Take this page off before the letter is sent.",
            _cover(determination),
        ),
        Part(title, f"{title_case(requested(determination.request))}.", letter_sections),
    )
    return Memo(title, running_head(title, determination), parts)


def request_fields(determination: Determination) -> tuple[Field, ...]:
    """What is requested, in codes and in words. What was not sent is a blank."""
    request = determination.request
    extra = request.extra
    name = PROCEDURES.get(request.procedure, "")
    diagnoses = "; ".join(
        f"{code} ({DIAGNOSES[code]})" if code in DIAGNOSES else code for code in request.diagnoses
    )
    side = f"{request.laterality} (modifier {_MODIFIERS[request.laterality]})" if request.laterality else ""
    return (
        Field("Procedure code (CPT)", f"{request.procedure}, {name}" if name else request.procedure),
        Field("Diagnosis codes (ICD-10-CM)", diagnoses, "diagnosis codes"),
        Field("Side", side, "right, left or both"),
        Field("Units", _sent(extra, "units"), "number of units and of blocks asked for"),
        Field("Period asked for", _sent(extra, "period"), "first and last day"),
        Field(
            "Place of service",
            _sent(extra, "place_of_service"),
            "office, outpatient hospital or surgery center",
        ),
        Field("Date of the request", long_date(request.date)),
    )


def _sent(extra: object, key: str) -> str:
    """A value that came with the request, as text."""
    value = extra.get(key) if hasattr(extra, "get") else None
    return "" if value is None else str(value)


def _letter(determination: Determination) -> tuple[Section, ...]:
    extra = determination.request.extra
    contact = Fields(
        "Whom this letter is about, and who writes it",
        (
            Field("Date", hint="date of signature"),
            Field("To", _sent(extra, "payer"), "payer, department, fax or portal"),
            Field("Patient", _sent(extra, "patient_name"), "name"),
            Field("Date of birth", _sent(extra, "birth_date"), "date of birth"),
            Field("Member number", _sent(extra, "member_id"), "member number"),
            Field("Case number", _sent(extra, "case_number"), "case number, if there is one"),
            Field("Requesting clinician", _sent(extra, "requester"), "name, specialty and provider number"),
            Field("Clinic", _sent(extra, "facility"), "name, address, telephone and fax"),
        ),
    )
    sections = [
        Section("letter-contact", "Contact", (contact,)),
        Section(
            "letter-request", "What is requested", (Fields("The request", request_fields(determination)),)
        ),
    ]
    met = [criterion for criterion in determination.criteria if _claimed(criterion)]
    if met:
        blocks: list[Block] = [
            Paragraph("The chart shows the following. The words in quotation marks are its own.")
        ]
        for criterion in met:
            pieces = quotes(criterion.evidence, facts_of(criterion.lines))
            blocks += [Paragraph(criterion.text, strong=True), Quoted(pieces)]
        sections.append(Section("letter-reasons", "Why the block is needed", tuple(blocks)))
    if determination.series:
        told = quotes(piece for block in determination.series for piece in block.evidence)
        quoted = (Quoted(told),) if told else ()
        sections.append(Section("letter-series", "Earlier blocks", (_series(determination), *quoted)))
    sections += [_plan(met), _closing(determination)]
    return tuple(sections)


def _claimed(criterion: CriterionResult) -> bool:
    """A letter claims what is met and stands in the chart with a quote or a coded entry."""
    return criterion.status is CriterionStatus.MET and bool(criterion.evidence)


def _series(determination: Determination) -> Table:
    rows = []
    for block in determination.series:
        drawn = bar(block)
        where = ", ".join(part for part in (block.side, block.level) if part)
        length = drawn.length if block.relief_days is not None else "[fill in: how long it helped]"
        rows.append((block.date, where, block.relief or "[fill in: relief]", length))
    return Table(
        "Every earlier block of the series", ("Date", "Side and level", "Relief", "How long"), tuple(rows)
    )


def _plan(met: list[CriterionResult]) -> Section:
    """The plan after the block: what the chart has of it, then blanks for what payers ask."""
    pieces = quotes(piece for criterion in met for line in criterion.lines for piece in _plan_evidence(line))
    blocks: list[Block] = []
    if pieces:
        blocks += [Paragraph("The chart says of the therapy around the block:"), Quoted(pieces)]
    blocks.append(
        Fields(
            "Plan after the block",
            (
                Field("First therapy visit after the block", hint="date"),
                Field("Therapy visits", hint="number a week and for how many weeks"),
                Field(
                    "What will be measured again",
                    hint="the measure, its value now and the date of the next one",
                ),
                Field(
                    "How relief will be recorded", hint="who asks for percent and days of relief, and when"
                ),
                Field("Next visit", hint="date"),
            ),
        )
    )
    return Section("letter-plan", "Plan after the block", tuple(blocks))


def _plan_evidence(line: Line) -> Iterator[Evidence]:
    for fact in line.facts:
        if fact.word in _PLAN_WORDS and fact.status in (Status.PRESENT, Status.PLANNED):
            yield from fact.evidence
    for below in line.lines:
        yield from _plan_evidence(below)


def _closing(determination: Determination) -> Section:
    policy = determination.policy
    text = f"The points above follow the policy “{policy.title}”, version {policy.version}."
    signature = Fields(
        "Signature",
        (
            Field("Signed", hint="signature, name and credentials"),
            Field("Telephone for questions", hint="number"),
        ),
    )
    enclosed = tuple(
        f"{name} ({', '.join(part for part in (kind, day) if part)})" if kind or day else name
        for name, day, kind in _cited_documents(determination)
    )
    blocks: list[Block] = [Paragraph(text)]
    if enclosed:
        blocks += [Paragraph("Enclosed:"), Items(enclosed)]
    return Section("letter-closing", "Signature", (*blocks, signature))


def _cited_documents(determination: Determination) -> list[tuple[str, str, str]]:
    """The documents that the letter quotes, in the order in which they were read."""
    cited = {
        piece.document
        for criterion in determination.criteria
        if _claimed(criterion)
        for piece in criterion.evidence
    }
    read = determination.reading.documents
    return [(one.name, one.date, one.kind) for one in read if one.name in cited]


def _cover(determination: Determination) -> tuple[Section, ...]:
    missing = tuple(
        (
            STATUS[criterion.status],
            criterion.text,
            criterion.ask or "The chart shows the opposite; see the review.",
        )
        for criterion in determination.criteria
        if criterion.status in (CriterionStatus.UNKNOWN, CriterionStatus.NOT_MET)
    )
    outcome = determination.outcome
    out = outcome is Outcome.OUT_OF_SCOPE
    state: list[Block] = [Callout(OUTCOME[outcome], determination.reason if out else OUTCOME_MEANS[outcome])]
    if out:
        state.append(Paragraph("The letter makes no claim, as this policy does not speak of the request."))
    sections = [Section("cover-state", "Where the request stands", tuple(state))]
    if missing:
        table = Table("Not claimed in the letter", ("Status", "The policy asks", "What to add"), missing)
        text = "The letter is silent on these points. Add the record, make the letter again, then send it."
        sections.append(Section("cover-missing", "What the chart does not show", (Paragraph(text), table)))
    undocumented = [
        block.date for block in determination.series if block.relief_days is None or not block.relief
    ]
    checks = [
        "Fill in every field that is marked, or take it out.",
        "Read every quote in its document; the letter goes out under your name.",
        "Enclose the documents that are listed at the end of the letter.",
    ]
    checks += [f"Relief or its length is not documented for the block of {day}." for day in undocumented]
    checks += _sides(determination)
    sections.append(Section("cover-checks", "Before it is sent", (Items(tuple(checks)),)))
    return (*sections, *abbreviations(sections))


def _sides(determination: Determination) -> list[str]:
    """Say when a diagnosis code names another side than the request."""
    request = determination.request
    if request.laterality not in ("right", "left"):
        return ["The request names no single side; payers ask for one."] if request.laterality is None else []
    other = "left" if request.laterality == "right" else "right"
    return [
        f"The code {code} names the {other} side, and the request the {request.laterality}."
        for code in request.diagnoses
        if f"the {other} lower limb" in DIAGNOSES.get(code, "")
    ]
