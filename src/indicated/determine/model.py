"""The determination: what the engine found, whole, in the shape of the policy. Reports only print it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indicated.chart.model import Request, SetAside
from indicated.evaluate.model import Block, CriterionStatus, Line, WhyUnknown
from indicated.facts.model import Evidence

__all__ = [
    "Block",
    "Change",
    "CriterionResult",
    "CriterionStatus",
    "Determination",
    "DocumentRead",
    "Line",
    "Notice",
    "Outcome",
    "PolicyRef",
    "Question",
    "ReadingLog",
    "Source",
    "WhyUnknown",
]


class Outcome(StrEnum):
    """The four things that the engine can say. None of them denies anything."""

    CRITERIA_MET = "criteria_met"
    MORE_INFORMATION = "more_information"
    CLINICIAN_REVIEW = "clinician_review"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class CriterionResult:
    """One criterion with its status, its lines and its evidence.

    `id`, `text`, `ask` and `sources` are those of the policy. `ask` is None unless the status is unknown.
    `basis` says how strong the sources are in one sentence. `conflict` holds both sides of a contradiction.
    """

    id: str
    text: str
    status: CriterionStatus
    why_unknown: WhyUnknown | None
    lines: tuple[Line, ...]
    evidence: tuple[Evidence, ...]
    ask: str | None
    sources: tuple[str, ...] = ()
    basis: str = ""
    conflict: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing to ask the clinic, once, with the criteria that wait for it."""

    text: str
    criteria: tuple[str, ...]
    why: WhyUnknown


@dataclass(frozen=True)
class Change:
    """A smallest set of facts that would turn the outcome: each entry is "word: value" in policy words."""

    facts: tuple[str, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Notice:
    """Something the policy has to say beyond its criteria: a pitfall, an advice, a documentation item, a step.

    `status` is "raised", "satisfied", "missing" or "stands here" as its kind has it.
    """

    id: str
    text: str
    status: str
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One entry of the evidence ledger, as the report prints it."""

    id: str
    number: int
    citation: str
    design: str
    size: str
    grade: str
    shows: str
    does_not_show: str
    confidence: str
    confirmed: bool
    what: str = ""
    """What it is, in one sentence."""
    memo_says_more: str = ""
    """Where the memo behind the policy says more than the source."""


@dataclass(frozen=True)
class PolicyRef:
    """Which policy was applied: its id, title, version, effective date and the hash of its text."""

    id: str
    title: str
    version: str
    effective: str
    sha256: str


@dataclass(frozen=True)
class DocumentRead:
    """A document as it was read, or a FHIR Bundle.

    `dated_by` says where its date is from: "sender" for one that came with it, else the label on its page.
    `how` is by what it was read; `confidence`, from 0 to 1, is that of the pages that were recognised.
    `unreadable` are pages that could not be read, each with the reason. `hidden` counts what a reader of a page
    does not see, by page and reason; it was not used. `doubts` says what of the patient's data does not agree.
    """

    name: str
    kind: str = ""
    date: str = ""
    dated_by: str = ""
    how: str = ""
    pages: tuple[int, ...] = ()
    confidence: float | None = None
    unreadable: tuple[tuple[int, str], ...] = ()
    hidden: tuple[tuple[int, str, int], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadingLog:
    """What of the chart was read and how, what was not, and what was set aside as another patient's."""

    documents: tuple[DocumentRead, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Determination:
    """Everything that a report says, and nothing that it does not."""

    chart: str
    request: Request
    policy: PolicyRef
    outcome: Outcome
    reason: str
    criteria: tuple[CriterionResult, ...]
    questions: tuple[Question, ...]
    changes: tuple[Change, ...]
    series: tuple[Block, ...]
    pathway: tuple[Notice, ...]
    technique: tuple[Notice, ...]
    pitfalls: tuple[Notice, ...]
    documentation: tuple[Notice, ...]
    statements: tuple[Notice, ...]
    sources: tuple[Source, ...]
    parameters: tuple[tuple[str, str, str], ...]
    """Name, value and reason of each interpretation parameter."""
    reading: ReadingLog
    limits: tuple[str, ...]
    engine: str
