"""What was found for every line of a policy, with the facts that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicated.facts.model import Evidence, Fact, Value


class CriterionStatus(StrEnum):
    """Kleene's three values, and a criterion that is not asked of this request."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class WhyUnknown(StrEnum):
    """Why a thing is not known."""

    SILENT = "silent"
    STALE = "stale"
    CONFLICTING = "conflicting"
    UNREADABLE = "unreadable"


NOT_ALL_READ = "more may stand on pages that were not read"
"""The note of an answer that would rest on the absence of something while a part of the chart is unread."""


@dataclass(frozen=True)
class Candidate:
    """One value that the chart gives to a word. `at_least` means that the true number may be larger."""

    value: Value
    day: date | None
    facts: tuple[Fact, ...]
    at_least: bool = False


@dataclass(frozen=True)
class Answer:
    """What the chart says of a word.

    No candidate means that it is not known, and `why` says why; `facts` are then those that came near. Several
    candidates are statements of one day and of like weight that differ: a test that tells them apart finds a conflict.
    """

    candidates: tuple[Candidate, ...] = ()
    why: WhyUnknown = WhyUnknown.SILENT
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    note: str = ""

    @property
    def day(self) -> date | None:
        """The day of the newest candidate."""
        return max((candidate.day for candidate in self.candidates if candidate.day), default=None)


@dataclass(frozen=True)
class Line:
    """One line of the policy, or a group of lines, with what the chart says to it.

    `text` is the line as the policy has it ("skin color change: present"), or a head ("any of").
    `found` says in words what was found ("present, 2026-02-20"). `lines` are the lines below a head, or
    those of the derived word that the line tests. `head` is empty for a line; for a group it is "all", "any",
    """

    text: str
    status: CriterionStatus
    why_unknown: WhyUnknown | None = None
    found: str = ""
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    head: str = ""
    count: int = 0


@dataclass(frozen=True)
class Block:
    """One earlier sympathetic block of the series.

    `relief_days` is a lower bound when `censored`; None when not documented. `relief` is "60 %", "better",
    "none" or empty when not documented.
    """

    date: str
    side: str
    level: str
    relief: str
    relief_days: float | None
    censored: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Judged:
    """A criterion or a piece of guidance, with its status and the lines below it."""

    id: str
    status: CriterionStatus
    why_unknown: WhyUnknown | None
    lines: tuple[Line, ...]
    evidence: tuple[Evidence, ...]
    conflict: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """All that was found: the criteria, the guidance that has an outline, and the series of blocks."""

    kind: str
    """The kind of request: first block, second block or later block."""
    criteria: tuple[Judged, ...]
    guidance: tuple[Judged, ...]
    series: tuple[Block, ...]
