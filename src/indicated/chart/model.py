"""A chart as it came: the request, and the documents exactly as they were received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from indicated.formats.model import Hidden, SourceMap

Side = Literal["right", "left", "bilateral"]
Limb = Literal["upper", "lower", "other"]


@dataclass(frozen=True)
class Request:
    """The prior authorization request.

    `procedure` is a CPT number; `laterality` the side to be treated; `date` the day of the request,
    after which nothing is known; `diagnoses` ICD-10-CM codes as they were sent. `extra` holds what a
    letter needs and the engine does not (units, place of service, names), as it was sent.
    """

    procedure: str
    laterality: Side | None
    date: date
    diagnoses: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One document as text. `text` is never changed: every span counts characters in it.

    `name` is the path inside the chart; `date` the document's own date; `kind` what it is
    ("procedure note"), in the words of whoever sent it. `how` says by what it was read ("text", "PDF"), `map`
    leads from the text to pages and boxes of the source, and `hidden` lists what a reader of the source does
    not see, which is not in the text. `dated_by` says where the date was found when it was neither sent with the
    document nor in the head of its file: the name of its label on the page ("service"), or "letterhead".
    `doubts` says what of the patient's data on its pages does not agree, though the pages are used.
    """

    name: str
    text: str
    date: date | None = None
    kind: str | None = None
    how: str = "text"
    map: SourceMap = field(default=SourceMap(), repr=False)
    hidden: tuple[Hidden, ...] = ()
    dated_by: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """The coded part of a chart: FHIR R4 resources as plain dictionaries, in the order received."""

    name: str
    resources: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class SetAside:
    """Pages that are not used, since they name another patient than the request; no pages for a whole document.

    `doubtful` when that is not certain: then what they say may be missing.
    """

    document: str
    pages: tuple[int, ...]
    why: str
    doubtful: bool


@dataclass(frozen=True)
class Chart:
    """A request with everything that came with it. `name` is the chart's id, never a patient's name.

    `notices` says what was not read, or not as it should be, and why: a document dated after the request,
    an entry made in error, an attachment that is no text. `set_aside` lists pages of another patient.
    """

    name: str
    request: Request
    documents: tuple[Document, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    notices: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def is_partly_unread(self) -> bool:
        """Whether something that came could not be read, or was set aside without certainty."""
        return any(page.problem for document in self.documents for page in document.map.pages) or any(
            one.doubtful for one in self.set_aside
        )
