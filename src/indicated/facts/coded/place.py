"""Where a coded fact stands and which limb it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicated.chart.dates import fhir_date
from indicated.chart.fhir import CodeableConcept
from indicated.chart.model import Limb, Side
from indicated.chart.order import is_cpt, is_icd10
from indicated.facts.model import Evidence
from indicated.resources import VOCABULARY
from indicated.vocabulary.codes import Coded, icd10, read_codes

READER = "coded"


@dataclass(frozen=True)
class Place:
    """A resource of a Bundle: the file, "Type/id" and its date."""

    document: str
    resource: str
    on: date | None = None

    def evidence(self, element: str) -> tuple[Evidence, ...]:
        """Point at one element of the resource."""
        return (
            Evidence(
                self.document, resource=self.resource, element=element, date=self.on, kind="coded entry"
            ),
        )


def first_date(*texts: str | None) -> date | None:
    """Read the first of several FHIR dates that is given."""
    return next((found for text in texts if text and (found := fhir_date(text))), None)


def exactness(text: str | None) -> dict[str, str]:
    """Say that a date is known only to the month or the year; nothing when the day is known."""
    length = len(text) if text else 0
    return {"date_precision": "year"} if length == 4 else {"date_precision": "month"} if length == 7 else {}


def meaning(group: str, concept: CodeableConcept | None) -> tuple[Coded, str] | None:
    """Find what a concept stands for, by its codes and else by its words; with the code that said so."""
    if concept is None:
        return None
    codes = read_codes(VOCABULARY)
    for coding in concept.coding:
        if not coding.code:
            continue
        system = coding.system or ""
        found = None
        if is_icd10(system) and (code := icd10(coding.code)):
            found = codes.diagnosis(code)
        elif "snomed" in system:
            found = codes.coded("SNOMED CT", coding.code)
        elif is_cpt(system):
            found = codes.coded("CPT", coding.code)
        elif "loinc" in system:
            found = codes.coded("LOINC", coding.code)
        if found:
            return found, icd10(coding.code) or coding.code if is_icd10(system) else coding.code
    spoken = codes.written(group, concept.words) if concept.words else None
    return (spoken, "") if spoken else None


def side_and_limb(concepts: Iterable[CodeableConcept | None]) -> tuple[Side | None, Limb | None]:
    """Tell side and limb from body sites and words, the first that says so first."""
    codes = read_codes(VOCABULARY)
    sides: list[Side] = []
    limbs: list[Limb] = []
    for concept in concepts:
        if concept is None:
            continue
        by_code: list[Any] = [codes.sites[c.code] for c in concept.coding if c.code and c.code in codes.sites]
        side = next((s for s, _ in by_code if s), None) or codes.side(concept.words)
        limb = next((found for _, found in by_code if found), None) or codes.limb(concept.words)
        sides += [side] if side else []
        limbs += [limb] if limb else []
    return (sides[0] if sides else None, limbs[0] if limbs else None)


def both(sites: Iterable[CodeableConcept]) -> tuple[Side | None, Limb | None]:
    """Tell side and limb of several body sites, which together may be both sides."""
    found = [side_and_limb([site]) for site in sites]
    sides = {side for side, _ in found if side}
    limbs = {limb for _, limb in found if limb}
    side: Side | None = "bilateral" if len(sides) > 1 else next(iter(sides), None)
    return side, next(iter(limbs)) if len(limbs) == 1 else None
