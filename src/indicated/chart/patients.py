"""One chart, one patient: whose the resources and documents of a chart are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicated.errors import Problem

Entry = tuple[str | None, Mapping[str, Any]]
"""The full URL and the resource of an entry."""

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}\Z", re.ASCII)
_SUBJECT = ("subject", "patient", "beneficiary")
_NOT_THE_PATIENT = ("subscriber", "policyHolder", "insured")
_ONE = "A chart holds one patient: take the others out."
_WHOLE_DATE = len("2026-03-10")


@dataclass(frozen=True)
class Person:
    """Whom a document or a Patient resource says it is about; what it does not say is empty. Kept out of messages."""

    place: str
    name: str = ""
    birth_date: str = ""


def name_of(resource: Mapping[str, Any], number: int) -> str:
    """Name a resource as Type/id; by its place in the Bundle when its id has not the shape of one."""
    found = resource.get("id")
    ident = found if isinstance(found, str) and _ID.match(found) else f"(entry {number})"
    return f"{resource['resourceType']}/{ident}"


def one_patient(
    files: Sequence[tuple[str, Sequence[Entry]]], requested: str | None
) -> tuple[list[Problem], str | None]:
    """Say which resources belong to another patient than the first, by their ids alone; and who the first is.

    `files` are the entries of each file; `requested` is the id of the patient whom the request names, if it
    names one.
    """
    rows = [
        (file, name_of(resource, number), url, resource)
        for file, entries in files
        for number, (url, resource) in enumerate(entries, 1)
    ]
    known = {url or "": name for _, name, url, resource in rows if resource["resourceType"] == "Patient"}
    first: str | None = f"Patient/{requested.removeprefix('Patient/')}" if requested else None
    whose = "the request" if first else ""
    others: list[tuple[str, str]] = []
    referenced: set[str] = set()
    for file, name, _, resource in rows:
        referenced.update(_references(resource, _NOT_THE_PATIENT, known))
        for patient in _references(resource, _SUBJECT, known):
            referenced.add(patient)
            if first is None:
                first, whose = patient, name
            elif patient != first:
                others.append((file, name))
    patients = [(file, name) for file, name, _, resource in rows if resource["resourceType"] == "Patient"]
    if first is None and patients:
        _, first = patients[0]
        whose = first
    others += [each for each in dict.fromkeys(patients) if each[1] != first and each[1] not in referenced]
    if not others:
        return [], first
    names = ", ".join(name for _, name in others[:5])
    names += f" and {len(others) - 5} more" if len(others) > 5 else ""
    return [Problem(others[0][0], f"{names} belongs to another patient than {whose}.", _ONE)], first


def people_of(file: str, entries: Iterable[Entry], patient: str | None) -> Iterable[Person]:
    """Who the patient of the chart is, by the Patient resources of a file."""
    for number, (_, resource) in enumerate(entries, 1):
        name = name_of(resource, number)
        if resource["resourceType"] == "Patient" and name == patient:
            names = resource.get("name")
            named = names[0] if isinstance(names, list) and names and isinstance(names[0], dict) else {}
            given = named.get("given")
            parts = [*(given if isinstance(given, list) else ()), named.get("family"), named.get("text")]
            born = resource.get("birthDate")
            words = " ".join(part for part in parts if isinstance(part, str))
            yield Person(f"{file}#{name}", words, born if isinstance(born, str) else "")


def same_person(people: Sequence[Person]) -> tuple[list[Problem], list[str]]:
    """Compare whom the documents are about: another birth date is another patient, another name is told."""
    problems, notices = [], []
    born = next((person for person in people if len(person.birth_date) == _WHOLE_DATE), None)
    named = next((person for person in people if person.name), None)
    for person in people:
        dated = born and len(person.birth_date) == _WHOLE_DATE
        if born and dated and person.birth_date != born.birth_date:
            what = f"this is about a patient with another birth date than {born.place}."
            problems.append(Problem(person.place, what, _ONE))
        elif named and person.name and not _words(person.name) & _words(named.name):
            notices.append(f"{person.place}: the name of the patient is another one than in {named.place}.")
    return problems, notices


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{2,}", name.casefold()))


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
