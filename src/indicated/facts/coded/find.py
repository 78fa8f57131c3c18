"""Goes once through a Bundle and lets each resource say what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from indicated.chart.fhir import (
    AllergyIntolerance,
    CodeableConcept,
    Condition,
    ListResource,
    MedicationRequest,
    MedicationStatement,
    Observation,
    Procedure,
    ServiceRequest,
    typed,
)
from indicated.chart.fhir import Medication as MedicationResource
from indicated.chart.model import Bundle
from indicated.chart.patients import name_of
from indicated.facts.coded.conditions import condition_facts
from indicated.facts.coded.medications import (
    Medication,
    allergy_facts,
    list_facts,
    medication_facts,
    of_request,
    of_statement,
)
from indicated.facts.coded.observations import observation_facts
from indicated.facts.coded.place import READER, Place, first_date
from indicated.facts.coded.procedures import order_facts, procedure_facts
from indicated.facts.coded.temperature import Measured, temperature_facts
from indicated.facts.model import Fact, Status

_MEDICATION_LIST = "10160-0"
_NOTHING_TAKEN = {"nilknown"}


def coded_facts(*bundles: Bundle) -> Iterator[Fact]:
    """Yield the facts of the Bundles of a chart that `read_chart` gave, in the order of their resources.

    Bundles of one chart may point into each other, and what makes a list may stand in several of them.

    A status code decides whether a thing is so now, was so, or is only planned. Dates are those of the
    resource: when it was asserted or recorded, of a measurement when it was taken.
    """
    drugs = {ident: drug for bundle in bundles for ident, drug in _drugs(bundle).items()}
    statements: list[Medication] = []
    requests: list[Medication] = []
    measured: list[Measured] = []
    rows = ((bundle.name, name_of(r, n), r) for bundle in bundles for n, r in enumerate(bundle.resources, 1))
    for document, name, resource in rows:
        medication = _medication(resource, document, name, drugs)
        if medication:
            (requests if resource["resourceType"] == "MedicationRequest" else statements).append(medication)
            yield from medication_facts(medication)
        else:
            yield from _facts(resource, document, name)
        if resource["resourceType"] == "Observation":
            measured.append((typed(resource, Observation), document, name))
    yield from temperature_facts(measured)
    yield from list_facts(statements, requests)


def _facts(resource: Mapping[str, Any], document: str, name: str) -> Iterator[Fact]:
    match resource["resourceType"]:
        case "Condition":
            yield from condition_facts(typed(resource, Condition), document, name)
        case "Procedure":
            yield from procedure_facts(typed(resource, Procedure), document, name)
        case "ServiceRequest":
            yield from order_facts(typed(resource, ServiceRequest), document, name)
        case "Observation":
            yield from observation_facts(typed(resource, Observation), document, name)
        case "AllergyIntolerance":
            yield from allergy_facts(typed(resource, AllergyIntolerance), document, name)
        case "List":
            yield from _empty_list(typed(resource, ListResource), document, name)


def _medication(
    resource: Mapping[str, Any], document: str, name: str, drugs: Mapping[str, CodeableConcept]
) -> Medication | None:
    if resource["resourceType"] == "MedicationStatement":
        return of_statement(typed(resource, MedicationStatement), document, name, drugs)
    if resource["resourceType"] == "MedicationRequest":
        return of_request(typed(resource, MedicationRequest), document, name, drugs)
    return None


def _empty_list(found: ListResource, document: str, name: str) -> Iterator[Fact]:
    """A medication list that says of itself that nothing is taken is a list, and a denial."""
    codes = {c.code for c in found.code.coding} if found.code else set()
    reasons = {c.code for c in found.empty_reason.coding} if found.empty_reason else set()
    if (
        found.status == "current"
        and _MEDICATION_LIST in codes
        and reasons & _NOTHING_TAKEN
        and not found.entry
    ):
        place = Place(document, name, first_date(found.date))
        evidence = place.evidence("emptyReason")
        yield Fact("medication list", Status.PRESENT, evidence, date=place.on, reader=READER)


def _drugs(bundle: Bundle) -> dict[str, CodeableConcept]:
    """The Medication resources, also those contained in others, by their id."""
    found: dict[str, CodeableConcept] = {}
    for resource in bundle.resources:
        inside = resource.get("contained")
        for each in (resource, *(inside if isinstance(inside, list) else ())):
            if isinstance(each, dict) and each.get("resourceType") == "Medication":
                medication = typed(each, MedicationResource)
                if medication.id and medication.code:
                    found[medication.id] = medication.code
    return found
