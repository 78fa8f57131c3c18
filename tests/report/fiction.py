"""One invented patient, with everything that a report may have to show. Reused by all tests of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indicated.chart.model import Bundle, Chart, Document, Request
from indicated.determine.model import (
    Block,
    Change,
    CriterionResult,
    CriterionStatus,
    Determination,
    Line,
    Notice,
    Outcome,
    PolicyRef,
    Question,
    WhyUnknown,
)
from indicated.determine.reading_log import reading_log
from indicated.facts.model import Evidence, Fact, Status

MET, NOT_MET = CriterionStatus.MET, CriterionStatus.NOT_MET
UNKNOWN, NOT_APPLICABLE = CriterionStatus.UNKNOWN, CriterionStatus.NOT_APPLICABLE

CONSULT = Document(
    "documents/01-pain-consult.txt",
    "Pain clinic, Lakeside.\n"
    "Right ankle sprain in spring, and CRPS of the right foot since. Budapest clinical criteria are fulfilled:\n"
    "all four groups by history, vasomotor and sudomotor on examination. The right foot is 2.1 °C cooler\n"
    "than the left, mottled & damp. Usual pain 7/10. Ibuprofen 600 mg three times a day for six weeks\n"
    "changed nothing. We plan the block so that therapy can go on: three visits a week from the day after.\n",
    date(2026, 2, 20),
    "consultation note",
)
THERAPY = Document(
    "documents/02-therapy.txt",
    "Visit 14. Had to stop after ten minutes because of <b>burning</b> pain.\n"
    "Dorsiflexion 4 degrees, was 4 degrees in December.\n",
    date(2026, 2, 25),
    "therapy progress note",
)
PHONE = Document(
    "documents/03-phone.txt",
    "Block of January 5: 60 % better for 6 days. Block of January 26: 70 % better, still so 14 days later.\n"
    "Patient not sure how long the one in December helped.\n"
    "Takes clopidogrel | told to stop it 7 days before.\n",
    date(2026, 2, 9),
    "telephone note",
)
MEDICATIONS = Document(
    "documents/04-medications.txt", "Current medications: ibuprofen, lisinopril.\n", date(2026, 2, 9)
)

CHART = Chart(
    "fiction-01",
    Request(
        "64520",
        "right",
        date(2026, 3, 10),
        ("G90.521",),
        {"units": 1, "place_of_service": "outpatient hospital", "patient_name": "Avery Example"},
    ),
    (CONSULT, THERAPY, PHONE, MEDICATIONS),
    (
        Bundle(
            "bundle.json",
            ({"resourceType": "Observation", "id": "inr-1", "valueQuantity": {"value": 1.0}},),
        ),
    ),
)


def says(document: Document, words: str) -> Evidence:
    """The evidence for these words of a document."""
    start = document.text.index(words)
    return Evidence(
        document.name, start, start + len(words), words, date=document.date, kind=document.kind or ""
    )


INR = Evidence(
    "bundle.json",
    resource="Observation/inr-1",
    element="valueQuantity",
    date=date(2026, 2, 27),
    kind="laboratory",
)


def criterion(
    id_: str,
    text: str,
    status: CriterionStatus,
    *evidence: Evidence,
    lines: tuple[Line, ...] = (),
    why: WhyUnknown | None = None,
    ask: str | None = None,
    sources: tuple[str, ...] = ("1",),
    conflict: tuple[Evidence, ...] = (),
) -> CriterionResult:
    """A criterion with what matters for the report."""
    return CriterionResult(id_, text, status, why, lines, evidence, ask, sources, conflict=conflict)


def determination() -> Determination:
    """More information is needed: the chart contradicts itself about a drug, and one block has no length."""
    cooler = says(CONSULT, "The right foot is 2.1 °C cooler\nthan the left")
    mottled = says(CONSULT, "mottled & damp")
    plan = says(CONSULT, "therapy can go on: three visits a week from the day after")
    color = Fact(
        "skin color change",
        Status.PRESENT,
        (mottled,),
        side="right",
        limb="lower",
        date=date(2026, 2, 20),
        attributes={"reported": False},
        reader="notes",
        why=("the sign is described by the examiner",),
    )
    criteria = (
        criterion(
            "crps-diagnosis",
            "CRPS of the limb is confirmed by the Budapest criteria.",
            MET,
            says(CONSULT, "Budapest clinical criteria are fulfilled"),
            lines=(Line("Budapest criteria: present", MET, found="present, 2026-02-20"),),
        ),
        criterion(
            "sympathetic-dysfunction",
            "The limb shows sympathetic dysfunction.",
            MET,
            cooler,
            mottled,
            lines=(
                Line(
                    "any of",
                    MET,
                    lines=(
                        Line(
                            "skin temperature asymmetry: present",
                            MET,
                            found="present, 2026-02-20",
                            evidence=(cooler,),
                        ),
                        Line(
                            "skin color change: present",
                            MET,
                            found="present",
                            evidence=(mottled,),
                            facts=(color,),
                        ),
                        Line("abnormal sweating: present", UNKNOWN, WhyUnknown.SILENT),
                    ),
                ),
            ),
        ),
        criterion(
            "pain-limits-therapy",
            "Pain keeps the patient from taking full part in therapy.",
            MET,
            says(THERAPY, "Had to stop after ten minutes because of <b>burning</b> pain"),
            sources=("4",),
        ),
        criterion(
            "multimodal-program",
            "The block is part of a rehabilitation program.",
            MET,
            plan,
            lines=(
                Line(
                    "rehabilitation plan: present",
                    MET,
                    found="present",
                    facts=(Fact("rehabilitation plan", Status.PRESENT, (plan,)),),
                ),
            ),
            sources=("2", "3"),
        ),
        criterion(
            "no-coagulopathy", "No bleeding disorder stands in the way.", MET, INR, sources=("narouze-2018",)
        ),
        criterion(
            "anticoagulation-managed",
            "Drugs that thin the blood are stopped in time.",
            UNKNOWN,
            why=WhyUnknown.CONFLICTING,
            ask="Is clopidogrel taken now, and who agreed to stop it 7 days before the block?",
            conflict=(
                says(PHONE, "Takes clopidogrel"),
                says(MEDICATIONS, "Current medications: ibuprofen, lisinopril."),
            ),
            lines=(Line("antithrombotic drug: absent", UNKNOWN, WhyUnknown.CONFLICTING),),
            sources=("narouze-2018",),
        ),
        criterion("functional-baseline", "A measure of function exists.", NOT_APPLICABLE),
        criterion(
            "functional-improvement",
            "Function got better after earlier blocks.",
            UNKNOWN,
            why=WhyUnknown.STALE,
            ask="Which measure of function was taken again after the last block?",
            lines=(Line("functional change: better within 90 days", UNKNOWN, WhyUnknown.STALE),),
            sources=("2", "3"),
        ),
        criterion(
            "increasing-duration",
            "Each block helped for longer than the one before.",
            UNKNOWN,
            why=WhyUnknown.SILENT,
            ask="How many days did each earlier block help?",
            lines=(Line("block relief duration: increasing", UNKNOWN, WhyUnknown.SILENT),),
            sources=("5",),
        ),
    )
    return Determination(
        chart="fiction-01",
        request=CHART.request,
        policy=PolicyRef(
            "lumbar-sympathetic-block",
            "Lumbar sympathetic block for CRPS of a lower limb",
            "1.0.0",
            "2026-01-01",
            "ab" * 32,
        ),
        outcome=Outcome.MORE_INFORMATION,
        reason="Three requirements cannot be told from the chart.",
        criteria=criteria,
        questions=tuple(Question(c.ask, (c.id,), c.why_unknown) for c in criteria if c.ask and c.why_unknown),
        changes=(Change(("antithrombotic drug: absent", "functional change: better"), Outcome.CRITERIA_MET),),
        series=(
            Block("2025-12-08", "right", "L3", "", None, False, (says(PHONE, "the one in December helped"),)),
            Block("2026-01-05", "right", "L2", "60 %", 6, False, (says(PHONE, "60 % better for 6 days"),)),
            Block(
                "2026-01-26",
                "right",
                "L2",
                "70 %",
                14,
                True,
                (says(PHONE, "70 % better, still so 14 days later"),),
            ),
        ),
        pathway=(
            Notice(
                "first-line", "Therapy and simple analgesics come first.", "satisfied", sources=("1", "2")
            ),
            Notice(
                "second-line",
                "The block comes when pain keeps the patient from therapy.",
                "stands here",
                (plan,),
            ),
        ),
        technique=(
            Notice("guidance", "The block is done at L2 or L3 with fluoroscopy.", "missing", sources=("5",)),
        ),
        pitfalls=(
            Notice(
                "function",
                "Pain scores alone do not show that a block helped.",
                "raised",
                (says(THERAPY, "Dorsiflexion 4 degrees, was 4 degrees in December"),),
                ("2", "3"),
            ),
        ),
        documentation=(
            Notice("durations", "How long each block helped is documented.", "missing", sources=("2", "3")),
            Notice("budapest", "The Budapest criteria are documented.", "satisfied", sources=("1",)),
        ),
        statements=(
            Notice("asra", "A block may be a part of multimodal treatment of CRPS.", "", sources=("2", "3")),
            Notice(
                "cochrane", "Trials have not shown that blocks work better than placebo.", "", sources=("11",)
            ),
        ),
        sources=(),
        parameters=(
            ("lowest pain score", "4 of 10", "The usual border of moderate pain; the policy gives none."),
        ),
        reading=reading_log(CHART),
        limits=("Pictures and handwriting were not read.",),
        engine="indicated 0.1.0",
    )


def with_status(id_: str, status: CriterionStatus, outcome: Outcome) -> Determination:
    """The same patient with one criterion decided otherwise."""
    before = determination()
    criteria = tuple(
        replace(c, status=status, why_unknown=None, ask=None, conflict=()) if c.id == id_ else c
        for c in before.criteria
    )
    return replace(before, criteria=criteria, outcome=outcome)
