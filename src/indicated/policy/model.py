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
    name another body part. `other_procedures` are numbers easily mistaken for it, with what to say, and `labels` what
    each procedure is, in our own words. A `limb` of "upper or lower" is that of the request.
    """

    procedures: tuple[str, ...]
    limb: str
    diagnoses: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    other_procedures: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


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
class Overlay:
    """How a payer's rules differ from a policy: whose they are, where they hold, and what they change.

    `authority` is the kind of rule, of which `policies/authority.yaml` says which prevails. `jurisdictions` and
    `lines_of_business` are those for which it is made; none means all. `clocks` are the times in which a decision is
    due, in days. `changes` tell of each changed part, what was done to it, and why.
    """

    id: str
    base: str
    base_version: str
    authority: str
    jurisdictions: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    clocks: Mapping[str, Amount] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()


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
    overlay: Overlay | None = None
    places: Mapping[tuple[str, ...], str] = field(default_factory=dict, compare=False, repr=False)
    """Where each key, each entry and each key of an entry stands: `("criteria", "crps-diagnosis", "ask")`."""

    def place(self, *keys: str) -> str:
        """The file and line of a part of the policy, or of the nearest part around it that has one."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return self.places.get(keys, f"{self.path}:1")

    def in_force(self, on: date) -> bool:
        """Whether the policy is in force on a day."""
        return self.status != "retired" and self.effective <= on and (self.until is None or on <= self.until)
