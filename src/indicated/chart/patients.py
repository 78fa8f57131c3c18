"""One chart, one patient: whose the resources of a Bundle are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from indicated.errors import Problem

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}\Z", re.ASCII)
_SUBJECT = ("subject", "patient", "beneficiary")
_NOT_THE_PATIENT = ("subscriber", "policyHolder", "insured")


def name_of(resource: Mapping[str, Any], number: int) -> str:
    """Name a resource as Type/id; by its place in the Bundle when its id has not the shape of one."""
    found = resource.get("id")
    ident = found if isinstance(found, str) and _ID.match(found) else f"(entry {number})"
    return f"{resource['resourceType']}/{ident}"


def one_patient(
    entries: Iterable[tuple[str | None, Mapping[str, Any]]], file: str, requested: str | None
) -> list[Problem]:
    """Say which resources belong to another patient than the first, by their ids alone.

    `entries` are the full URL and the resource of each entry; `requested` is the id of the patient whom
    the request names, if it names one.
    """
    rows = list(entries)
    known = {}
    for number, (url, resource) in enumerate(rows, 1):
        if resource["resourceType"] == "Patient":
            known[url or ""] = name_of(resource, number)
    first: str | None = f"Patient/{requested.removeprefix('Patient/')}" if requested else None
    whose = "the request" if first else ""
    others: list[str] = []
    referenced: set[str] = set()
    for number, (_, resource) in enumerate(rows, 1):
        referenced.update(_references(resource, _NOT_THE_PATIENT, known))
        for patient in _references(resource, _SUBJECT, known):
            referenced.add(patient)
            if first is None:
                first, whose = patient, name_of(resource, number)
            elif patient != first:
                others.append(name_of(resource, number))
    patients = list(dict.fromkeys(known.values()))
    if first is None and patients:
        first, whose = patients[0], patients[0]
    others += [patient for patient in patients if patient != first and patient not in referenced]
    if not others:
        return []
    names = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
    what = f"{names} belongs to another patient than {whose}."
    return [Problem(file, what, "A chart holds one patient: take the others out.")]


def _references(
    resource: Mapping[str, Any], names: tuple[str, ...], known: Mapping[str, str]
) -> Iterable[str]:
    for name in names:
        value = resource.get(name)
        reference = value.get("reference") if isinstance(value, dict) else None
        if isinstance(reference, str) and (patient := _patient(reference, known)):
            yield patient


def _patient(reference: str, known: Mapping[str, str]) -> str | None:
    """Bring a relative, absolute or urn reference to Patient/id; None when it is not to a patient."""
    if reference in known:
        return known[reference]
    if reference.startswith("urn:"):
        return reference
    parts = reference.split("/_history/")[0].rstrip("/").split("/")
    return f"Patient/{parts[-1]}" if len(parts) > 1 and parts[-2] == "Patient" else None
