"""Skin temperatures of both sides as coded: two Observations of one day make a comparison, one alone says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from indicated.chart.fhir import Observation
from indicated.chart.model import Limb, Side
from indicated.facts.coded.place import READER, Place, first_date, side_and_limb
from indicated.facts.model import Fact, Status

_SURFACE = "61008-9"
"""LOINC, body surface temperature (unconfirmed by its owner's release; the words of the entry count as well)."""
_READ = ("final", "amended", "corrected", "preliminary")
_DIFFERENCE = 1.0
"""Degrees Celsius between the sides, after the Budapest criteria."""
_CELSIUS = ("cel", "c", "°c", "degc")
_FAHRENHEIT = ("[degf]", "f", "°f", "degf")

Measured = tuple[Observation, str, str]
"""An Observation with its document and its name in the Bundle."""


def temperature_facts(observations: Sequence[Measured]) -> Iterator[Fact]:
    """Yield a temperature asymmetry, or its absence, for each day on which both sides were measured."""
    by_day: dict[tuple[date | None, Limb], dict[Side, tuple[float, Place]]] = {}
    for observation, document, name in observations:
        degrees = _celsius(observation)
        side, limb = side_and_limb([observation.body_site, observation.code])
        if degrees is None or side not in ("right", "left") or limb is None:
            continue
        place = Place(document, name, first_date(observation.effective, observation.issued))
        by_day.setdefault((place.on, limb), {})[side] = (degrees, place)
    for (day, limb), sides in by_day.items():
        if len(sides) < 2:
            continue
        (right, at_right), (left, at_left) = sides["right"], sides["left"]
        different = abs(right - left) >= _DIFFERENCE
        # No side: CRPS may be warm or cold, and nothing in the entries tells which of the two limbs is the ill one.
        # A fact without a side speaks of the limb that has the CRPS.
        yield Fact(
            "skin temperature asymmetry",
            Status.PRESENT if different else Status.ABSENT,
            (*at_right.evidence("valueQuantity"), *at_left.evidence("valueQuantity")),
            limb=limb,
            date=day,
            attributes={"reported": False},
            reader=READER,
            why=(f"right {right:g}, left {left:g} degrees Celsius",),
        )


def _celsius(observation: Observation) -> float | None:
    """The temperature of the skin, or None where the entry is of something else or in no known unit."""
    code, quantity = observation.code, observation.value_quantity
    if observation.status not in _READ or code is None or quantity is None or quantity.value is None:
        return None
    surface = any(coding.code == _SURFACE for coding in code.coding)
    words = code.words.lower()
    if not surface and not ("skin" in words and "temp" in words):
        return None
    unit = (quantity.code or quantity.unit or "").lower()
    if unit in _CELSIUS:
        return float(quantity.value)
    return (float(quantity.value) - 32) / 1.8 if unit in _FAHRENHEIT else None
