"""The part of FHIR R4 that is read, as types: what passes here has the shape that the readers rely on.

Only the elements that matter for medical necessity stand here; everything else in a resource is left as
it is. A resource of another type passes unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from indicated.chart.dates import fhir_date


class Coding(Struct, frozen=True):
    """A code of a code system."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class CodeableConcept(Struct, frozen=True):
    """Codes that mean the same thing, and what the clinician saw or typed."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None

    @property
    def words(self) -> str:
        """All text of the concept: what was typed, else what the codes display."""
        return self.text or "; ".join(coding.display for coding in self.coding if coding.display)


class Reference(Struct, frozen=True):
    """A pointer to another resource."""

    reference: str | None = None
    display: str | None = None


class Period(Struct, frozen=True):
    """From and to; the end is missing while it goes on."""

    start: str | None = None
    end: str | None = None


class Quantity(Struct, frozen=True):
    """A measured amount."""

    value: float | None = None
    comparator: str | None = None
    unit: str | None = None
    code: str | None = None


class Annotation(Struct, frozen=True):
    """A remark on a resource."""

    text: str | None = None
    time: str | None = None


class Resource(Struct, frozen=True, rename="camel", kw_only=True):
    """What all resources share."""

    id: str | None = None


class Condition(Resource, frozen=True, rename="camel", kw_only=True):
    """A diagnosis or problem."""

    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    severity: CodeableConcept | None = None
    code: CodeableConcept | None = None
    body_site: tuple[CodeableConcept, ...] = ()
    recorded_date: str | None = None
    onset_date_time: str | None = None
    onset_period: Period | None = None
    abatement_date_time: str | None = None
    abatement_period: Period | None = None
    abatement_string: str | None = None
    abatement_age: Quantity | None = None
    abatement_range: dict[str, Any] | None = None

    @property
    def onset(self) -> str | None:
        """When it began."""
        return self.onset_date_time or (self.onset_period.start if self.onset_period else None)

    @property
    def abated(self) -> bool:
        """Whether it is said, in any way, that it is over."""
        times = (self.abatement_date_time, self.abatement_period, self.abatement_string)
        return any(times) or self.abatement_age is not None or self.abatement_range is not None


class Procedure(Resource, frozen=True, rename="camel", kw_only=True):
    """Something that was done, or not done."""

    status: str | None = None
    code: CodeableConcept | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    body_site: tuple[CodeableConcept, ...] = ()
    reason_code: tuple[CodeableConcept, ...] = ()
    note: tuple[Annotation, ...] = ()

    @property
    def performed(self) -> str | None:
        """When it was done; of a period, when it began."""
        return self.performed_date_time or (self.performed_period.start if self.performed_period else None)


class Component(Struct, frozen=True, rename="camel", kw_only=True):
    """One value of an observation that has several."""

    code: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_integer: int | None = None
    value_string: str | None = None
    value_codeable_concept: CodeableConcept | None = None
    data_absent_reason: CodeableConcept | None = None


class Observation(Resource, frozen=True, rename="camel", kw_only=True):
    """A measurement, a laboratory value or a score."""

    status: str | None = None
    code: CodeableConcept | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    effective_instant: str | None = None
    issued: str | None = None
    body_site: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_integer: int | None = None
    value_string: str | None = None
    value_codeable_concept: CodeableConcept | None = None
    data_absent_reason: CodeableConcept | None = None
    component: tuple[Component, ...] = ()

    @property
    def effective(self) -> str | None:
        """When it was measured; of a period, when it ended, for the value is known then."""
        period = self.effective_period
        spanned = (period.end or period.start) if period else None
        return self.effective_date_time or self.effective_instant or spanned


class MedicationStatement(Resource, frozen=True, rename="camel", kw_only=True):
    """What the patient is said to take."""

    status: str | None = None
    status_reason: tuple[CodeableConcept, ...] = ()
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    date_asserted: str | None = None
    note: tuple[Annotation, ...] = ()


class MedicationRequest(Resource, frozen=True, rename="camel", kw_only=True):
    """What was prescribed."""

    status: str | None = None
    status_reason: CodeableConcept | None = None
    intent: str | None = None
    do_not_perform: bool = False
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    authored_on: str | None = None
    note: tuple[Annotation, ...] = ()


class Medication(Resource, frozen=True, rename="camel", kw_only=True):
    """A drug that statements and prescriptions point to."""

    code: CodeableConcept | None = None


class Reaction(Struct, frozen=True):
    """What happened when a substance was taken."""

    manifestation: tuple[CodeableConcept, ...] = ()
    description: str | None = None


class AllergyIntolerance(Resource, frozen=True, rename="camel", kw_only=True):
    """A substance that the patient cannot take."""

    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    type: str | None = None
    code: CodeableConcept | None = None
    recorded_date: str | None = None
    reaction: tuple[Reaction, ...] = ()


class ServiceRequest(Resource, frozen=True, rename="camel", kw_only=True):
    """An order."""

    status: str | None = None
    intent: str | None = None
    do_not_perform: bool = False
    code: CodeableConcept | None = None
    order_detail: tuple[CodeableConcept, ...] = ()
    authored_on: str | None = None
    occurrence_date_time: str | None = None
    requester: Reference | None = None
    reason_code: tuple[CodeableConcept, ...] = ()
    body_site: tuple[CodeableConcept, ...] = ()


class ClaimItem(Struct, frozen=True, rename="camel", kw_only=True):
    """One service of a prior authorization claim."""

    product_or_service: CodeableConcept | None = None
    modifier: tuple[CodeableConcept, ...] = ()
    body_site: CodeableConcept | None = None


class Attachment(Struct, frozen=True, rename="camel", kw_only=True):
    """A document inside a resource, or a link to one."""

    content_type: str | None = None
    data: str | None = None
    url: str | None = None
    creation: str | None = None


class SupportingInfo(Struct, frozen=True, rename="camel", kw_only=True):
    """What is sent along with a claim: a remark or a document."""

    category: CodeableConcept | None = None
    value_string: str | None = None
    value_attachment: Attachment | None = None


class ClaimDiagnosis(Struct, frozen=True, rename="camel", kw_only=True):
    """One diagnosis of a claim."""

    diagnosis_codeable_concept: CodeableConcept | None = None


class Claim(Resource, frozen=True, rename="camel", kw_only=True):
    """A prior authorization request as the PAS guide sends it."""

    status: str | None = None
    use: str | None = None
    created: str | None = None
    item: tuple[ClaimItem, ...] = ()
    diagnosis: tuple[ClaimDiagnosis, ...] = ()
    supporting_info: tuple[SupportingInfo, ...] = ()


class ListEntry(Struct, frozen=True):
    """One entry of a list."""

    item: Reference | None = None
    deleted: bool = False


class ListResource(Resource, frozen=True, rename="camel", kw_only=True):
    """A list of other resources, as a medication list."""

    status: str | None = None
    code: CodeableConcept | None = None
    date: str | None = None
    entry: tuple[ListEntry, ...] = ()
    empty_reason: CodeableConcept | None = None


class Coverage(Resource, frozen=True, rename="camel", kw_only=True):
    """The insurance; kept for letters."""

    subscriber_id: str | None = None
    payor: tuple[Reference, ...] = ()


class HumanName(Struct, frozen=True):
    """A name of a person."""

    text: str | None = None
    family: str | None = None
    given: tuple[str | None, ...] = ()


class Patient(Resource, frozen=True, rename="camel", kw_only=True):
    """The patient; kept for letters."""

    name: tuple[HumanName, ...] = ()
    birth_date: str | None = None


T = TypeVar("T", bound=Struct)

TYPES: Mapping[str, type[Resource]] = {
    "AllergyIntolerance": AllergyIntolerance,
    "Claim": Claim,
    "Condition": Condition,
    "Coverage": Coverage,
    "List": ListResource,
    "Medication": Medication,
    "MedicationRequest": MedicationRequest,
    "MedicationStatement": MedicationStatement,
    "Observation": Observation,
    "Patient": Patient,
    "Procedure": Procedure,
    "ServiceRequest": ServiceRequest,
}


def typed(resource: Mapping[str, Any], kind: type[T]) -> T:
    """Give a resource its type. Raises msgspec.ValidationError, which resources of a read chart never do."""
    return msgspec.convert(resource, kind)


def dates_of(value: Any) -> Iterator[tuple[str, str]]:
    """Give path and text of every date of a typed resource that is not a possible FHIR date."""
    for name in value.__struct_fields__:
        part = getattr(value, name)
        if isinstance(part, Period):
            for end in ("start", "end"):
                text = getattr(part, end)
                if text and fhir_date(text) is None:
                    yield f"{name}.{end}", text
        elif isinstance(part, str) and name in _DATES and fhir_date(part) is None:
            yield name, part


_DATES = frozenset(
    {
        "recorded_date",
        "onset_date_time",
        "abatement_date_time",
        "performed_date_time",
        "effective_date_time",
        "effective_instant",
        "issued",
        "date_asserted",
        "authored_on",
        "occurrence_date_time",
        "created",
        "date",
        "birth_date",
        "authored",
        "sent",
    }
)
