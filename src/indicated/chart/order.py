"""The request inside a Bundle: the prior authorization Claim, else the ServiceRequest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indicated.chart.dates import fhir_date
from indicated.chart.fhir import (
    Claim,
    CodeableConcept,
    Coverage,
    Patient,
    ServiceRequest,
    typed,
)
from indicated.chart.request import RequestParts
from indicated.errors import ChartError, Problem
from indicated.resources import VOCABULARY
from indicated.vocabulary.codes import icd10, read_codes

_CPT = ("http://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.12")
_HCPCS = ("HCPCS", "urn:oid:2.16.840.1.113883.6.285")
_ICD10 = ("icd-10", "icd10", "2.16.840.1.113883.6.90")
_ORDERED = {"active", "draft", "on-hold", None}


def parts_of(resources: Iterable[Mapping[str, Any]], file: str, procedure: str | None) -> RequestParts:
    """Find the request. Raises ChartError when several services are requested and none is named.

    `procedure` is the CPT number that the caller asks for, which chooses among several.
    """
    rows = list(resources)
    claimed = list(_claimed(rows))
    services = claimed or _not_only_therapy(list(_ordered(rows)))
    if procedure:
        services = [s for s in services if s.procedure == procedure.strip()[:5]]
    if len({(s.procedure, s.laterality) for s in services}) > 1:
        codes = ", ".join(sorted({s.procedure for s in services if s.procedure}))
        what = f"several services are requested ({codes})."
        raise ChartError([Problem(file, what, "Say which one is meant with --procedure and --side.")])
    extra = _letterhead(rows)
    found = max(services, key=lambda s: s.date or "") if services else RequestParts()
    return RequestParts(
        found.procedure, found.laterality, found.date, found.diagnoses, extra={**extra, **found.extra}
    )


def is_cpt(system: str | None) -> bool:
    """Tell whether a coding system is CPT or HCPCS."""
    return bool(system) and (system in _CPT or any(name in str(system) for name in _HCPCS))


def is_icd10(system: str | None) -> bool:
    """Tell whether a coding system is ICD-10 in one of its spellings."""
    return bool(system) and any(name in str(system).lower() for name in _ICD10)


def side_of(concepts: Iterable[CodeableConcept]) -> str | None:
    """Tell the side that body sites, modifiers or words name; both sides together are bilateral."""
    codes = read_codes(VOCABULARY)
    named: set[str] = set()
    for concept in concepts:
        by_code = [
            codes.sites[c.code][0] if c.code in codes.sites else codes.modifiers.get(c.code)
            for c in concept.coding
            if c.code
        ]
        side = next((s for s in by_code if s), None) or codes.side(concept.words)
        if side:
            named.add(side)
    if len(named) > 1:
        return "bilateral"
    return named.pop() if named else None


def _claimed(rows: Iterable[Mapping[str, Any]]) -> Iterator[RequestParts]:
    for row in rows:
        if row["resourceType"] != "Claim":
            continue
        claim = typed(row, Claim)
        if claim.use not in {"preauthorization", "predetermination"} or claim.status in {"cancelled"}:
            continue
        diagnoses = _diagnoses(d.diagnosis_codeable_concept for d in claim.diagnosis)
        for item in claim.item:
            code = _procedure(item.product_or_service)
            if code:
                sites = [*item.modifier, *([item.body_site] if item.body_site else [])]
                side = side_of(sites) or _side_by_diagnosis(diagnoses)
                yield RequestParts(code, side, _day(claim.created), diagnoses)


def _ordered(rows: Iterable[Mapping[str, Any]]) -> Iterator[RequestParts]:
    for row in rows:
        if row["resourceType"] != "ServiceRequest":
            continue
        order = typed(row, ServiceRequest)
        code = _procedure(order.code)
        if not code or order.status not in _ORDERED or order.do_not_perform:
            continue
        diagnoses = _diagnoses(order.reason_code)
        named = side_of(order.body_site) or side_of(order.order_detail)
        side = named or (side_of([order.code]) if order.code else None) or _side_by_diagnosis(diagnoses)
        who = order.requester.display if order.requester else None
        yield RequestParts(
            code, side, _day(order.authored_on), diagnoses, extra={"requester": who} if who else {}
        )


def _not_only_therapy(services: list[RequestParts]) -> list[RequestParts]:
    """Leave out orders for therapy that stand beside the order for another service."""
    codes = read_codes(VOCABULARY)
    others = [
        s for s in services if (c := codes.coded("CPT", s.procedure or "")) is None or c.word != "therapy"
    ]
    return others or services


def _procedure(concept: CodeableConcept | None) -> str | None:
    coding = concept.coding if concept else ()
    return next((c.code for c in coding if c.code and is_cpt(c.system)), None)


def _diagnoses(concepts: Iterable[CodeableConcept | None]) -> tuple[str, ...]:
    found = (
        next((c.code for c in concept.coding if c.code and is_icd10(c.system) and icd10(c.code)), None)
        for concept in concepts
        if concept
    )
    return tuple(dict.fromkeys(code for code in found if code))


def _side_by_diagnosis(diagnoses: Iterable[str]) -> str | None:
    codes = read_codes(VOCABULARY)
    sides = {
        entry.side(icd10(code) or "")
        for code in diagnoses
        if (entry := codes.diagnosis(code)) and entry.word == "CRPS"
    }
    return sides.pop() if len(sides) == 1 else None


def _day(text: str | None) -> str | None:
    found = fhir_date(text) if text else None
    return found.isoformat() if found else None


def _letterhead(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Collect what a letter says of patient and payer."""
    found: dict[str, Any] = {}
    for row in rows:
        if row["resourceType"] == "Patient":
            patient = typed(row, Patient)
            if patient.name:
                name = patient.name[0]
                found["patient_name"] = name.text or " ".join(
                    part for part in (*name.given, name.family) if part
                )
            if patient.birth_date:
                found["birth_date"] = patient.birth_date
        elif row["resourceType"] == "Coverage":
            coverage = typed(row, Coverage)
            if coverage.subscriber_id:
                found["member_id"] = coverage.subscriber_id
            if coverage.payor and coverage.payor[0].display:
                found["payer"] = coverage.payor[0].display
    return found
