"""A fact: a word of the vocabulary with a status, a value, a date and the place in the chart that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indicated.chart.model import Limb, Side
from indicated.reading.status import Status

__all__ = ["Evidence", "Fact", "Status", "Value"]

Value = str | float | bool


@dataclass(frozen=True, order=True)
class Evidence:
    """Where a fact stands: a span of a document, or an element of a FHIR resource.

    For text, `document[start:end] == quote`, exactly. For coded data `resource` is "Type/id" and
    `element` the path inside it; then `start` and `end` are -1 and `quote` is empty.
    """

    document: str
    start: int = -1
    end: int = -1
    quote: str = ""
    resource: str = ""
    element: str = ""
    date: date | None = None
    """The date of the document or resource."""
    kind: str = ""
    """What the document is, as the chart calls it."""
    page: int = 0
    """The page of the file on which the quote begins, counted from 1; 0 where the format has no pages."""


@dataclass(frozen=True)
class Fact:
    """One thing that the chart says.

    `word` is a word of the vocabulary. `value` and `unit` belong to measures. `side` and `limb` say of
    which limb it is; None means that the text does not say. `date` is when it was so: the date that the
    sentence gives, else the date of the document. `attributes` are the further parts that a word may have
    (for a block: kind, level). `episode` ties the facts of one event together, as the relief of a block to
    the block. `reader` names what found it, and `why` the steps that led to the status.
    """

    word: str
    status: Status
    evidence: tuple[Evidence, ...]
    value: Value | None = None
    unit: str | None = None
    side: Side | None = None
    limb: Limb | None = None
    date: date | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)
    episode: str | None = None
    reader: str = ""
    why: tuple[str, ...] = ()
