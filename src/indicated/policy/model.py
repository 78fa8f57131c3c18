"""A medical policy: what it is, its criteria as outlines, and what it has to say beyond them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from indicated.vocabulary.outline import Amount, Group

PolicyStatus = Literal["draft", "approved", "retired"]


@dataclass(frozen=True)
class Scope:
    """What the policy is for. A request for anything else is out of its scope and no criterion is judged.

    `procedures` are CPT numbers. `diagnoses` are the ICD-10-CM codes of the limb it covers, `elsewhere` those that
    name another body part. `other_procedures` are numbers easily mistaken for it, with what to say.
    """

    procedures: tuple[str, ...]
    limb: str
    diagnoses: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    other_procedures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """A choice that the policy makes where its sources leave it open, with the reason."""

    name: str
    value: str
    reason: str
    amount: Amount | None = None
    table: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Criterion:
    """What must be so. `kinds` are the kinds of request of which it is asked; empty means every request."""

    id: str
    text: str
    outline: Group
    ask: str
    sources: tuple[str, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guidance:
    """What is shown and decides nothing: a step of the pathway, an advice, a pitfall, a document to send, a statement.

    `outline` says when a step is done, an advice followed or a pitfall seen; `shown_by` names the criteria whose
    answer shows that a document is there.
    """

    id: str
    text: str
    sources: tuple[str, ...] = ()
    outline: Group | None = None
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """One version of a medical policy, as its file has it. `until` is the last day on which it is in force."""

    id: str
    title: str
    version: str
    status: PolicyStatus
    effective: date
    until: date | None
    owner: str
    purpose: str
    scope: Scope
    parameters: Mapping[str, Parameter]
    criteria: tuple[Criterion, ...]
    pathway: tuple[Guidance, ...]
    technique: tuple[Guidance, ...]
    pitfalls: tuple[Guidance, ...]
    documentation: tuple[Guidance, ...]
    statements: tuple[Guidance, ...]
    sources: tuple[str, ...]
    sha256: str
    path: Path

    def in_force(self, on: date) -> bool:
        """Whether the policy is in force on a day."""
        return self.status != "retired" and self.effective <= on and (self.until is None or on <= self.until)
