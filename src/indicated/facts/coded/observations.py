"""Observation: pain scores, INR, platelets and measures of function, in one unit each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from indicated.chart.fhir import CodeableConcept, Component, Observation
from indicated.facts.coded.place import READER, Place, first_date, meaning, side_and_limb
from indicated.facts.model import Fact, Status, Value
from indicated.reading.patterns import lazy
from indicated.resources import VOCABULARY
from indicated.vocabulary.codes import Coded, read_codes

_READ = {"final", "amended", "corrected", "preliminary"}
_NUMBER = lazy(r"\s*(\d{1,7}(?:\.\d{1,4})?)\s*(?:/\s*10)?\s*\Z", re.ASCII)
_THOUSANDS = {
    "10*3/ul",
    "10*9/l",
    "k/ul",
    "thousand/ul",
    "x10*3/ul",
    "x10*9/l",
    "10^9/l",
    "10^3/ul",
    "x10^9/l",
    "g/l",
}
_THOUSANDS |= {
    "10e9/l",
    "10e3/ul",
    "10*6/ml",
    "x10e3/ul",
    "x10e9/l",
    "k/mm3",
    "10*3/mm3",
    "x10^3/ul",
    "thou/ul",
}
_SINGLE = {"/ul", "cells/ul", "/mm3", "{cells}/ul", "{#}/ul", "per ul", "#/ul", "/cmm"}
_PLAUSIBLE = {"INR": (0.5, 30.0), "platelets": (1.0, 3000.0), "pain score": (0.0, 10.0)}
_SAFE_BOUND = {"INR": "<", "platelets": ">"}
"""The side on which a bound ("<1.5") may stand for the value: what is left out can only be better."""

_OF = {
    "worst": "worst",
    "maximum": "worst",
    "least": "least",
    "best": "least",
    "average": "usual",
    "usual": "usual",
}
_MISSING = "no value was obtained"


def observation_facts(observation: Observation, document: str, name: str) -> Iterator[Fact]:
    """Yield what an Observation and its components say."""
    if observation.status not in _READ:
        return
    place = Place(document, name, first_date(observation.effective, observation.issued))
    yield from _facts(observation, observation.code, "", place, observation.body_site)
    for number, component in enumerate(observation.component):
        yield from _facts(component, component.code, f"component[{number}].", place, observation.body_site)


def _facts(
    holder: Observation | Component,
    code: CodeableConcept | None,
    at: str,
    place: Place,
    site: CodeableConcept | None,
) -> Iterator[Fact]:
    if code is None:
        return
    value, unit, element, comparator = _value(holder)
    found = meaning("observations", code)
    if found and found[0].word in _PLAUSIBLE:
        yield from _measure(found[0].word, value, unit, comparator, at + element, code, place, site)
        return
    measure = read_codes(VOCABULARY).measure(code.words)
    if measure and value is not None:
        yield _function(measure, value, unit, at + element, code, place)


def _measure(
    word: str,
    value: float | None,
    unit: str,
    comparator: str,
    element: str,
    code: CodeableConcept,
    place: Place,
    site: CodeableConcept | None,
) -> Iterator[Fact]:
    amount, why = _amount(word, value, unit, comparator)
    attributes: dict[str, Value] = {}
    side, limb = side_and_limb([site, code])
    if word == "pain score":
        attributes["of"] = next((of for w, of in _OF.items() if w in code.words.lower()), "now")
    if comparator:
        attributes["comparator"] = comparator
    yield Fact(
        word,
        Status.ASKED if amount is None else Status.PRESENT,
        place.evidence(element),
        value=amount,
        unit="10^9/L" if word == "platelets" and amount is not None else None,
        side=side if word == "pain score" else None,
        limb=limb if word == "pain score" else None,
        date=place.on,
        attributes=attributes,
        reader=READER,
        why=(why,) if why else (),
    )


def _amount(word: str, value: float | None, unit: str, comparator: str) -> tuple[float | None, str]:
    """Bring a value to the unit of its word; None, and why, when it cannot be trusted."""
    if value is None:
        return None, _MISSING
    why = ""
    if word == "platelets":
        value, why = _per_nanoliter(value, unit)
    elif word == "pain score" and unit.lower() in {"mm", "{mm}"}:
        value, why = value / 10, "millimetres of a visual scale, divided by ten"
    low, high = _PLAUSIBLE[word]
    if value is None or not low <= value <= high:
        return None, why or "not a possible value, or an unknown unit"
    if comparator and not comparator.startswith(_SAFE_BOUND.get(word, "-")):
        return None, f"only a bound is known ({comparator})"
    return value, why


def _per_nanoliter(value: float, unit: str) -> tuple[float | None, str]:
    """Bring a platelet count to 10^9/L. Without a unit, a count of 2,000 or more is per microlitre."""
    plain = unit.lower().replace("µ", "u").replace("μ", "u").replace(" ", "")
    if plain in _SINGLE or (not plain and value >= 2000):
        return value / 1000, "per microlitre, divided by 1,000"
    if plain in _THOUSANDS or not plain:
        return value, ""
    return None, "an unknown unit"


def _function(
    measure: Coded, value: float, unit: str, element: str, code: CodeableConcept, place: Place
) -> Fact:
    side, limb = side_and_limb([code])
    written = read_codes(VOCABULARY).units.get(unit, unit)
    return Fact(
        "functional measure",
        Status.PRESENT,
        place.evidence(element),
        value=value,
        unit=written or measure.unit,
        side=side,
        limb=limb,
        date=place.on,
        attributes={"name": measure.name},
        reader=READER,
    )


def _value(holder: Observation | Component) -> tuple[float | None, str, str, str]:
    """Give value, unit, the element in which it stands, and "<" or ">" when only a bound is known."""
    if holder.value_quantity is not None:
        quantity = holder.value_quantity
        value = quantity.value
        good = value is not None and math.isfinite(value)
        return (
            value if good else None,
            quantity.code or quantity.unit or "",
            "valueQuantity",
            quantity.comparator or "",
        )
    if holder.value_integer is not None:
        return float(holder.value_integer), "", "valueInteger", ""
    text = holder.value_string or (
        holder.value_codeable_concept.words if holder.value_codeable_concept else ""
    )
    if match := _NUMBER.match(text):
        return float(match.group(1)), "", "valueString" if holder.value_string else "valueCodeableConcept", ""
    return None, "", "dataAbsentReason" if holder.data_absent_reason else "code", ""
