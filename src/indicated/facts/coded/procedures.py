"""Procedure and ServiceRequest: sympathetic blocks, therapy and spinal cord stimulation."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.chart.fhir import CodeableConcept, Procedure, ServiceRequest
from indicated.facts.coded.conditions import target_facts
from indicated.facts.coded.place import READER, Place, both, exactness, first_date, meaning, side_and_limb
from indicated.facts.coded.remarks import remark_facts
from indicated.facts.model import Fact, Status, Value
from indicated.reading.patterns import lazy
from indicated.vocabulary.codes import Coded

_LEVEL = lazy(r"\bL\s?([1-5])\b")
BLOCK = "sympathetic block"
_DONE = {"completed": Status.PRESENT, "in-progress": Status.PRESENT, "preparation": Status.PLANNED}
_ORDERED = {"active", "draft", "on-hold"}


def procedure_facts(procedure: Procedure, document: str, name: str) -> Iterator[Fact]:
    """Yield what a Procedure says. One that was stopped or not done is no block and no therapy."""
    status = _DONE.get(procedure.status or "")
    found = meaning("procedures", procedure.code)
    if not status or not found or procedure.code is None:
        return
    place = Place(document, name, first_date(procedure.performed))
    yield _fact(
        found,
        status,
        place,
        procedure.code,
        procedure.body_site,
        procedure.reason_code,
        exactness(procedure.performed),
    )
    if found[0].word == BLOCK and status is Status.PRESENT:
        yield from remark_facts(procedure, place, BLOCK)


def order_facts(order: ServiceRequest, document: str, name: str) -> Iterator[Fact]:
    """Yield what is ordered: a plan, never something that was done."""
    found = meaning("procedures", order.code)
    if order.status not in _ORDERED or order.do_not_perform or not found or order.code is None:
        return
    place = Place(document, name, first_date(order.authored_on))
    sites = order.body_site or order.order_detail
    yield _fact(found, Status.PLANNED, place, order.code, sites, order.reason_code, {})
    if found[0].word == BLOCK:
        yield from target_facts(order.reason_code, place)


def _fact(
    found: tuple[Coded, str],
    status: Status,
    place: Place,
    code: CodeableConcept,
    sites: tuple[CodeableConcept, ...],
    reasons: tuple[CodeableConcept, ...],
    exact: dict[str, str],
) -> Fact:
    entry, number = found
    side, limb = both(sites)
    said_side, said_limb = side_and_limb([code])
    attributes: dict[str, Value] = dict(exact)
    if entry.kind:
        attributes["kind"] = entry.kind
    if entry.word == BLOCK and (level := _LEVEL.search(code.words)):
        attributes["level"] = f"L{level.group(1)}"
    if entry.word == "spinal cord stimulator":
        stage = entry.stage or _stage(code.words)
        attributes |= {"stage": stage} if stage else {}
    if entry.word == "therapy" and (about := _about(reasons)):
        attributes["about"] = about
    return Fact(
        entry.word,
        status,
        place.evidence("code"),
        side=side or said_side,
        limb=limb or entry.limb or said_limb,
        date=place.on,
        attributes=attributes,
        reader=READER,
        why=(f"{number or 'the words of the entry'}: {entry.word}",),
    )


def _stage(text: str) -> str | None:
    low = text.lower()
    return "trial" if "trial" in low else "implant" if "implant" in low or "permanent" in low else None


def _about(reasons: tuple[CodeableConcept, ...]) -> str | None:
    """Tell whether therapy is for CRPS or for something else, where its reason is coded."""
    found = [meaning("diagnoses", reason) for reason in reasons]
    if any(entry and entry[0].word == "CRPS" for entry in found):
        return "this"
    return "other" if reasons and all(reason.coding for reason in reasons) else None
