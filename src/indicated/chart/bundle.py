"""A FHIR R4 Bundle: checked resource by resource, before anything is read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from indicated.chart.attachments import documents_in
from indicated.chart.dates import fhir_date
from indicated.chart.fhir import (
    TYPES,
    DiagnosticReport,
    DocumentReference,
    Resource,
    dates_of,
    typed,
)
from indicated.chart.json_text import read_json
from indicated.chart.model import Bundle, Document
from indicated.chart.order import parts_of
from indicated.chart.patients import name_of, one_patient
from indicated.chart.request import RequestParts
from indicated.errors import ChartError, Problem

_MOST_PROBLEMS = 20
_WRONG = "entered-in-error"
_KNOWN_SINCE = ("recorded_date", "issued", "authored_on", "date_asserted", "date", "created")
_PLANNED = ("preparation", "intended")
_HAPPENED = ("effective", "performed", "effective_date_time", "onset_date_time")
_SHAPES = {
    "object": "an object",
    "array": "a list",
    "str": "text",
    "float": "a number",
    "int": "a whole number",
}


class _Entry(msgspec.Struct, frozen=True, rename="camel"):
    full_url: str | None = None
    resource: dict[str, Any] | None = None


class _Bundle(msgspec.Struct, frozen=True, rename="camel"):
    resource_type: str | None = None
    entry: tuple[_Entry, ...] = ()


@dataclass(frozen=True)
class ReadBundle:
    """A Bundle with the documents and the request in it. `notices` says what was left out, and why."""

    bundle: Bundle
    documents: tuple[Document, ...]
    notices: tuple[str, ...]

    def parts(self, procedure: str | None) -> RequestParts:
        """Find the request in the Bundle; `procedure` chooses among several."""
        return parts_of(self.bundle.resources, self.bundle.name, procedure)

    def known_by(self, day: date) -> ReadBundle:
        """Leave out the resources that were not known on that day."""
        kept: list[tuple[int, Mapping[str, Any]]] = []
        late: list[tuple[int, Mapping[str, Any]]] = []
        for number, resource in enumerate(self.bundle.resources, 1):
            (late if _later(resource, day) else kept).append((number, resource))
        notices = tuple(
            f"{self.bundle.name}: {name_of(resource, number)} is dated after the request and was not read."
            for number, resource in late
        )
        bundle = replace(self.bundle, resources=tuple(resource for _, resource in kept))
        return replace(self, bundle=bundle, notices=self.notices + notices)


def read_bundle(text: str, file: str, patient: str | None = None) -> ReadBundle:
    """Read a Bundle. Raises ChartError with everything that is wrong, by resource and element.

    `patient` is the id of the patient whom the request names, if it names one.
    """
    entries = _entries(read_json(text, file), file)
    problems: list[Problem] = []
    notices: list[str] = []
    kept: list[tuple[str | None, dict[str, Any]]] = []
    for number, (url, resource) in enumerate(entries, 1):
        name = name_of(resource, number)
        if _entered_in_error(resource):
            notices.append(f"{file}: {name} was entered in error and was not read.")
            continue
        kept.append((url, resource))
        problems += _problems(resource, f"{file}#{name}")
    problems += one_patient(kept, file, patient)
    documents: list[Document] = []
    if not problems:
        for found in _documents([r for _, r in kept], file, problems):
            if isinstance(found, Document):
                documents.append(found)
            else:
                notices.append(found)
    if problems:
        rest = len(problems) - _MOST_PROBLEMS
        more = [Problem(file, f"{rest} more problems are not shown.")] if rest > 0 else []
        raise ChartError(problems[:_MOST_PROBLEMS] + more)
    return ReadBundle(Bundle(file, tuple(r for _, r in kept)), tuple(documents), tuple(notices))


def _entries(value: Any, file: str) -> list[tuple[str | None, dict[str, Any]]]:
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind != "Bundle":
        holds = f"one {kind}" if isinstance(kind, str) and kind in TYPES else "no FHIR Bundle"
        raise ChartError([Problem(file, f"the file holds {holds}.", "Send a Bundle with the whole chart.")])
    try:
        bundle = msgspec.convert(value, _Bundle)
    except msgspec.ValidationError as error:
        raise ChartError([Problem(file, shape(error), "Export it again as FHIR R4.")]) from None
    found = []
    problems = []
    for number, entry in enumerate(bundle.entry, 1):
        if entry.resource is None:
            continue
        if not isinstance(entry.resource.get("resourceType"), str):
            what = f"entry {number} has a resource without a resourceType."
            problems.append(Problem(file, what, "Export it again as FHIR R4."))
        else:
            found.append((entry.full_url, entry.resource))
    if problems:
        raise ChartError(problems[:_MOST_PROBLEMS])
    if not found:
        raise ChartError([Problem(file, "the Bundle holds no resources.", "Send the whole chart.")])
    return found


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


def _entered_in_error(resource: Mapping[str, Any]) -> bool:
    if _WRONG in (resource.get("status"), resource.get("docStatus")):
        return True
    verification = resource.get("verificationStatus")
    codings = verification.get("coding") if isinstance(verification, dict) else None
    return isinstance(codings, list) and any(isinstance(c, dict) and c.get("code") == _WRONG for c in codings)


def _problems(resource: Mapping[str, Any], place: str) -> Iterator[Problem]:
    kind = TYPES.get(resource["resourceType"])
    if kind is None:
        return
    try:
        found = typed(resource, kind)
    except msgspec.ValidationError as error:
        yield Problem(place, shape(error), "Export it again as FHIR R4.")
        return
    inside = resource.get("contained", [])
    if not isinstance(inside, list) or not all(isinstance(each, dict) for each in inside):
        yield Problem(place, "a list of resources is expected (contained).", "Export it again as FHIR R4.")
        return
    for each in inside:
        if each.get("resourceType") == "Medication":
            yield from _problems(each, f"{place}/contained")
    for element, _ in dates_of(found):
        yield Problem(place, f"{element} is not a possible date.", "FHIR writes dates as 2026-03-10.")


def _documents(
    resources: Iterable[Mapping[str, Any]], file: str, problems: list[Problem]
) -> Iterator[Document | str]:
    for number, resource in enumerate(resources, 1):
        kind = {"DocumentReference": DocumentReference, "DiagnosticReport": DiagnosticReport}.get(
            resource["resourceType"]
        )
        if kind is None:
            continue
        name = f"{file}#{name_of(resource, number)}"
        if resource.get("status") == "superseded":
            yield f"{name}: superseded by a newer version and not read."
            continue
        try:
            yield from documents_in(typed(resource, kind), name)  # type: ignore[arg-type]
        except ChartError as error:
            problems += error.problems


def _later(resource: Mapping[str, Any], day: date) -> bool:
    """Tell whether a resource was written, or else happened, after a day."""
    kind = TYPES.get(resource["resourceType"])
    if kind is None or resource["resourceType"] in {"Patient", "Coverage"}:
        return False
    found = typed(resource, kind)
    written = _first(found, _KNOWN_SINCE)
    happened = None if resource.get("status") in _PLANNED else _first(found, _HAPPENED)
    return (written or happened or day) > day


def _first(resource: Resource, names: Iterable[str]) -> date | None:
    for name in names:
        text = getattr(resource, name, None)
        if isinstance(text, str) and (found := fhir_date(text)):
            return found
    return None
