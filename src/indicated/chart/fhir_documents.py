"""Resources of FHIR R4 that are documents, or hold them: the part of each that is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from indicated.chart.fhir import TYPES as CLINICAL
from indicated.chart.fhir import Attachment, CodeableConcept, Period, Reference, Resource


class Content(Struct, frozen=True):
    """What holds the attachment in a DocumentReference."""

    attachment: Attachment | None = None


class DocumentContext(Struct, frozen=True):
    """What a document is about."""

    period: Period | None = None


class RelatesTo(Struct, frozen=True):
    """What a document does to an older one."""

    code: str | None = None
    target: Reference | None = None


class DocumentReference(Resource, frozen=True, rename="camel", kw_only=True):
    """A document of the chart."""

    status: str | None = None
    doc_status: str | None = None
    type: CodeableConcept | None = None
    date: str | None = None
    content: tuple[Content, ...] = ()
    context: DocumentContext | None = None
    relates_to: tuple[RelatesTo, ...] = ()


class Binary(Resource, frozen=True, rename="camel", kw_only=True):
    """The bytes of a document that others point to."""

    content_type: str | None = None
    data: str | None = None


class Payload(Struct, frozen=True, rename="camel", kw_only=True):
    """One part of a message: a text or a document."""

    content_string: str | None = None
    content_attachment: Attachment | None = None


class Communication(Resource, frozen=True, rename="camel", kw_only=True):
    """A message with which documents are sent to a payer."""

    status: str | None = None
    category: tuple[CodeableConcept, ...] = ()
    sent: str | None = None
    payload: tuple[Payload, ...] = ()


class QuestionnaireResponse(Resource, frozen=True, rename="camel", kw_only=True):
    """A form that was filled in. Its items are read by their own reader."""

    status: str | None = None
    questionnaire: str | None = None
    authored: str | None = None
    item: tuple[dict[str, Any], ...] = ()


class Narrative(Struct, frozen=True):
    """The text of a resource as XHTML."""

    div: str | None = None


class Composition(Resource, frozen=True, rename="camel", kw_only=True):
    """A document of FHIR's own kind. Its sections are read by their own reader."""

    status: str | None = None
    type: CodeableConcept | None = None
    title: str | None = None
    date: str | None = None
    section: tuple[dict[str, Any], ...] = ()


class DiagnosticReport(Resource, frozen=True, rename="camel", kw_only=True):
    """A report of a laboratory, an imaging department or a neurophysiologist."""

    status: str | None = None
    code: CodeableConcept | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    issued: str | None = None
    conclusion: str | None = None
    presented_form: tuple[Attachment, ...] = ()
    text: Narrative | None = None

    @property
    def effective(self) -> str | None:
        """When it was examined; of a period, when that ended."""
        period = self.effective_period
        return self.effective_date_time or ((period.end or period.start) if period else None)


DOCUMENTS: Mapping[str, type[Resource]] = {
    "Binary": Binary,
    "Communication": Communication,
    "Composition": Composition,
    "DiagnosticReport": DiagnosticReport,
    "DocumentReference": DocumentReference,
    "QuestionnaireResponse": QuestionnaireResponse,
}

TYPES: Mapping[str, type[Resource]] = {**CLINICAL, **DOCUMENTS}
"""All types that are read."""
