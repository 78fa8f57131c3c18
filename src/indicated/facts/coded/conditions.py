"""Condition: CRPS, other neuropathic pain, bleeding disorders and infections.

A coded diagnosis asserts; it is never the Budapest criteria, whatever its verification status says.
"""

from __future__ import annotations

from collections.abc import Iterator

from indicated.chart.fhir import CodeableConcept, Condition
from indicated.facts.coded.place import READER, Place, both, exactness, first_date, meaning, side_and_limb
from indicated.facts.model import Fact, Status, Value

_OVER = {"inactive", "remission", "resolved"}
_UNSURE = {"unconfirmed", "provisional", "differential"}
_SEVERITIES = {"255604002": "mild", "6736007": "moderate", "24484000": "severe"}


def condition_facts(condition: Condition, document: str, name: str) -> Iterator[Fact]:
    """Yield what a Condition says."""
    found = meaning("diagnoses", condition.code)
    if not found or condition.code is None:
        return
    entry, code = found
    place = Place(document, name, first_date(condition.recorded_date, condition.onset))
    clinical = _code(condition.clinical_status)
    verification = _code(condition.verification_status)
    over = clinical in _OVER or condition.abated
    status = Status.ABSENT if verification == "refuted" else Status.HISTORICAL if over else Status.PRESENT
    side, limb = both(condition.body_site)
    said_side, said_limb = side_and_limb([CodeableConcept(text=condition.code.text)])
    coded_side = entry.side(code) if code else None
    attributes: dict[str, Value] = dict(exactness(condition.recorded_date or condition.onset))
    why = [f"{code or 'the words of the entry'}: {entry.name}"]
    if entry.word == "CRPS":
        attributes["certainty"] = (
            "refuted" if status is Status.ABSENT else "suspected" if verification in _UNSURE else "asserted"
        )
        if entry.type:
            attributes["type"] = entry.type
        if coded_side and (side or said_side) and coded_side != (side or said_side):
            why.append("the code names another side than the entry's words, which go before it")
    elif entry.word == "other neuropathic pain":
        attributes |= {"name": entry.name, "target": False}
    elif verification in _UNSURE and status is Status.PRESENT:
        status = Status.HYPOTHETICAL
    elif clinical:
        why.append(f"clinical status {clinical}")
    yield Fact(
        entry.word,
        status,
        place.evidence("code"),
        side=side or said_side or coded_side,
        limb=limb or entry.limb or said_limb,
        date=place.on,
        attributes=attributes,
        reader=READER,
        why=tuple(why),
    )
    if entry.word == "CRPS" and status is Status.PRESENT and (severity := _severity(condition)):
        yield Fact(
            "pain severity",
            Status.PRESENT,
            place.evidence("severity"),
            value=severity,
            side=side or said_side or coded_side,
            limb=limb or entry.limb or said_limb,
            date=place.on,
            reader=READER,
        )


def _code(concept: CodeableConcept | None) -> str:
    return next((coding.code for coding in concept.coding if coding.code), "") if concept else ""


def _severity(condition: Condition) -> str | None:
    if condition.severity is None:
        return None
    for coding in condition.severity.coding:
        if coding.code in _SEVERITIES:
            return _SEVERITIES[coding.code]
    words = condition.severity.words.lower().split()
    return next((word for word in reversed(("mild", "moderate", "severe")) if word in words), None)


def target_facts(reasons: tuple[CodeableConcept, ...], place: Place) -> Iterator[Fact]:
    """Yield the other neuropathic pain for which a sympathetic block is ordered.

    It is the target when CRPS is not among the reasons. Two diagnoses by code alone do not say which.
    """
    found = [(number, meaning("diagnoses", reason)) for number, reason in enumerate(reasons)]
    named = [(number, entry[0]) for number, entry in found if entry]
    crps = any(entry.word == "CRPS" for _, entry in named)
    for number, entry in named:
        if entry.word == "other neuropathic pain":
            attributes: dict[str, Value] = {"name": entry.name} | ({} if crps else {"target": True})
            evidence = place.evidence(f"reasonCode[{number}]")
            yield Fact(
                entry.word, Status.PRESENT, evidence, date=place.on, attributes=attributes, reader=READER
            )
