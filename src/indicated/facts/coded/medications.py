"""MedicationStatement, MedicationRequest and AllergyIntolerance: what is taken, was taken, cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from indicated.chart.fhir import (
    AllergyIntolerance,
    CodeableConcept,
    MedicationRequest,
    MedicationStatement,
    Reference,
)
from indicated.facts.coded.place import READER, Place, first_date
from indicated.facts.model import Fact, Status, Value
from indicated.resources import VOCABULARY
from indicated.vocabulary.codes import read_codes
from indicated.vocabulary.drugs import Drug, read_drugs

_TAKEN = {
    "active": Status.PRESENT,
    "on-hold": Status.PRESENT,
    "completed": Status.HISTORICAL,
    "stopped": Status.HISTORICAL,
    "intended": Status.PLANNED,
    "draft": Status.PLANNED,
    "not-taken": Status.ABSENT,
    "unknown": Status.ASKED,
}
_UNSURE = {"unconfirmed", "refuted", "entered-in-error"}


@dataclass(frozen=True)
class Medication:
    """A drug of a Bundle with the way it is taken: what statement and prescription have in common."""

    place: Place
    concept: CodeableConcept
    status: Status
    on_hold: bool
    element: str
    remarks: str
    ended: date | None = None


def of_statement(
    statement: MedicationStatement, document: str, name: str, drugs: Mapping[str, CodeableConcept]
) -> Medication | None:
    """Read a MedicationStatement; `drugs` has the Medication resources that references point to."""
    period = statement.effective_period
    on = first_date(
        statement.date_asserted,
        statement.effective_date_time,
        period.end if period else None,
        period.start if period else None,
    )
    concept, element = _concept(statement.medication_codeable_concept, statement.medication_reference, drugs)
    status = _TAKEN.get(statement.status or "")
    if not concept or not status:
        return None
    ended = first_date(period.end) if period and period.end else None
    if status is Status.PRESENT and ended and on and ended < on:
        status = Status.HISTORICAL
    remarks = [c.words for c in statement.status_reason] + [n.text or "" for n in statement.note]
    held = statement.status == "on-hold"
    return Medication(Place(document, name, on), concept, status, held, element, " ".join(remarks), ended)


def of_request(
    request: MedicationRequest, document: str, name: str, drugs: Mapping[str, CodeableConcept]
) -> Medication | None:
    """Read a MedicationRequest; one that was cancelled, or says not to give the drug, is none."""
    concept, element = _concept(request.medication_codeable_concept, request.medication_reference, drugs)
    status = _TAKEN.get(request.status or "")
    if not concept or not status or request.do_not_perform:
        return None
    if status is Status.PRESENT and request.intent == "proposal":
        status = Status.PLANNED
    remarks = [request.status_reason.words] if request.status_reason else []
    remarks += [n.text or "" for n in request.note]
    place = Place(document, name, first_date(request.authored_on))
    return Medication(place, concept, status, request.status == "on-hold", element, " ".join(remarks))


def medication_facts(medication: Medication) -> Iterator[Fact]:
    """Yield what one medication says: an antithrombotic, its hold, a trial of an analgesic."""
    drug = drug_of(medication.concept)
    if drug is None:
        return
    evidence = medication.place.evidence(medication.element)
    on = medication.place.on
    if drug.antithrombotic and medication.status is not Status.ABSENT:
        named: dict[str, Value] = {"drug": drug.name}
        yield Fact(
            "antithrombotic drug", medication.status, evidence, date=on, attributes=named, reader=READER
        )
        if medication.on_hold:
            held = medication.place.evidence("status")
            yield Fact("antithrombotic hold", Status.PRESENT, held, date=on, attributes=named, reader=READER)
    if drug.analgesic and medication.status is not Status.PLANNED:
        result = read_codes(VOCABULARY).result(medication.remarks) or "not_stated"
        yield Fact(
            "analgesic trial",
            medication.status,
            evidence,
            date=on,
            attributes={"drug_class": drug.analgesic, "drug": drug.name, "result": result},
            reader=READER,
            why=("the remark on the entry says so",) if result != "not_stated" else (),
        )


def list_facts(statements: list[Medication], requests: list[Medication]) -> Iterator[Fact]:
    """Yield the medication list when the entries make one.

    Two statements of what is taken are a list; prescriptions are one from three on, because a single
    prescription says nothing of what else is taken. The list is as old as its newest entry.
    """
    for entries, enough in ((statements, 2), (requests, 3)):
        current = [m for m in entries if m.status is Status.PRESENT]
        if len(current) >= enough:
            evidence = tuple(e for m in current for e in m.place.evidence(m.element))
            on = max((m.place.on for m in current if m.place.on), default=None)
            yield Fact("medication list", Status.PRESENT, evidence, date=on, reader=READER)
            return


def allergy_facts(allergy: AllergyIntolerance, document: str, name: str) -> Iterator[Fact]:
    """Yield an analgesic that cannot be taken."""
    verification = (
        {c.code for c in allergy.verification_status.coding} if allergy.verification_status else set()
    )
    clinical = {c.code for c in allergy.clinical_status.coding} if allergy.clinical_status else set()
    drug = drug_of(allergy.code) if allergy.code else None
    if drug is None or not drug.analgesic or verification & _UNSURE or clinical & {"inactive", "resolved"}:
        return
    on = first_date(allergy.recorded_date)
    result = "not_tolerated" if allergy.type == "intolerance" else "contraindicated"
    yield Fact(
        "analgesic trial",
        Status.ABSENT,
        Place(document, name, on).evidence("code"),
        date=on,
        attributes={"drug_class": drug.analgesic, "drug": drug.name, "result": result},
        reader=READER,
    )


def drug_of(concept: CodeableConcept) -> Drug | None:
    """Find the drug of a concept, by its RxNorm ingredient or its name.

    A concept that names an antithrombotic beside something else is the antithrombotic.
    """
    drugs = read_drugs(VOCABULARY)
    found = [
        drugs.by_rxnorm[coding.code]
        for coding in concept.coding
        if coding.code and coding.code in drugs.by_rxnorm and "rxnorm" in (coding.system or "").lower()
    ]
    for text in (concept.text, *(coding.display for coding in concept.coding)):
        if text:
            found += drugs.named(text, any_case=True)
    text = " ".join((concept.text or "", *(coding.display or "" for coding in concept.coding)))
    found = [drugs.as_applied(drug, text) for drug in found]
    topical = next((drug for drug in found if drug.analgesic == "topical"), None)
    return next((drug for drug in found if drug.antithrombotic), None) or topical or next(iter(found), None)


def _concept(
    concept: CodeableConcept | None, reference: Reference | None, drugs: Mapping[str, CodeableConcept]
) -> tuple[CodeableConcept | None, str]:
    if concept is not None:
        return concept, "medicationCodeableConcept"
    if reference is None:
        return None, ""
    found = drugs.get((reference.reference or "").split("/")[-1].removeprefix("#"))
    return found or (
        CodeableConcept(text=reference.display) if reference.display else None
    ), "medicationReference"
