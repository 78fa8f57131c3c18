"""Whether a resource has the shape that the readers rely on, and what is wrong when it has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from indicated.chart.fhir import dates_of, typed
from indicated.chart.fhir_documents import TYPES
from indicated.errors import Problem

_AGAIN = "Export it again as FHIR R4."
_WRONG = "entered-in-error"
_READ_INSIDE = ("Binary", "Medication")
_SHAPES = {
    "object": "an object",
    "array": "a list",
    "str": "text",
    "float": "a number",
    "int": "a whole number",
}


def problems_of(resource: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """Yield everything that is wrong with a resource of a type that is read, and with those contained in it."""
    if resource["resourceType"] not in TYPES:
        return
    yield from _problems(resource, place)
    inside = resource.get("contained", [])
    if not isinstance(inside, list) or not all(isinstance(each, dict) for each in inside):
        yield Problem(place, "a list of resources is expected (contained).", _AGAIN)
        return
    for each in inside:
        if each.get("resourceType") in _READ_INSIDE:
            yield from _problems(each, f"{place}/contained")


def _problems(resource: Mapping[str, Any], place: str) -> Iterator[Problem]:
    try:
        found = typed(resource, TYPES[resource["resourceType"]])
    except msgspec.ValidationError as error:
        yield Problem(place, shape(error), _AGAIN)
        return
    for element, _ in dates_of(found):
        yield Problem(place, f"{element} is not a possible date.", "FHIR writes dates as 2026-03-10.")


def shape(error: msgspec.ValidationError) -> str:
    """Say in plain words what msgspec found; its messages hold types and paths, never values."""
    what, _, path = str(error).partition(" - at ")
    if what.startswith("Expected `"):
        wanted, _, got = what.removeprefix("Expected `").removesuffix("`").partition("`, got `")
        wanted = wanted.split(" | ")[0]
        what = f"{_SHAPES.get(wanted, wanted)} is expected but {_SHAPES.get(got, got)} stands there"
    else:
        what = what[0].lower() + what[1:].replace("`", '"')
    return f"{what} ({path.strip('`').removeprefix('$.')})." if path else f"{what}."


def entered_in_error(resource: Mapping[str, Any]) -> bool:
    """Whether a resource says of itself that it was made by mistake."""
    if _WRONG in (resource.get("status"), resource.get("docStatus")):
        return True
    verification = resource.get("verificationStatus")
    codings = verification.get("coding") if isinstance(verification, dict) else None
    return isinstance(codings, list) and any(isinstance(c, dict) and c.get("code") == _WRONG for c in codings)
