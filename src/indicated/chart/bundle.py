"""The FHIR R4 resources of a chart: checked one by one, before anything is read from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicated.chart.attachments import Shelf, binary_in, documents_in
from indicated.chart.dates import fhir_date
from indicated.chart.document import Found, joined
from indicated.chart.fhir import Resource, typed
from indicated.chart.fhir_documents import TYPES, DocumentReference
from indicated.chart.model import Bundle
from indicated.chart.narratives import Narrative, read_narratives
from indicated.chart.patients import name_of, one_patient, people_of
from indicated.chart.resources import MOST_PROBLEMS, Entry, read_resources
from indicated.chart.shapes import entered_in_error, problems_of
from indicated.errors import ChartError, Problem
from indicated.formats.recognition import Progress

_KNOWN_SINCE = (
    "recorded_date",
    "issued",
    "authored_on",
    "date_asserted",
    "date",
    "created",
    "authored",
    "sent",
)
_PLANNED = ("preparation", "intended")
_HAPPENED = ("effective", "performed", "effective_date_time", "onset")
_ALWAYS = ("Patient", "Coverage")


@dataclass(frozen=True)
class _File:
    name: str
    entries: list[Entry]


def read_fhir(
    files: Sequence[tuple[str, str]], patient: str | None, progress: Progress | None = None
) -> Found:
    """Read the FHIR files of a chart, each with its name and text; together they are one chart.

    Each file becomes a Bundle of its name, and documents. `patient` is the id of the patient whom the request names,
    if it names one. Raises ChartError with everything that is wrong, by resource and element.
    """
    problems: list[Problem] = []
    notices: list[str] = []
    read: list[_File] = []
    for name, text in files:
        try:
            entries, told = read_resources(text, name)
        except ChartError as error:
            problems += error.problems
            continue
        kept = _File(name, [])
        for number, (url, resource) in enumerate(entries, 1):
            called = name_of(resource, number)
            if entered_in_error(resource):
                told.append(f"{name}: {called} was entered in error and was not read.")
                continue
            kept.entries.append((url, resource))
            problems += problems_of(resource, f"{name}#{called}")
        notices += told
        read.append(kept)
    read = list(_once(read, notices))
    of_others, who = one_patient([(file.name, file.entries) for file in read], patient)
    problems += of_others
    if problems:
        rest = len(problems) - MOST_PROBLEMS
        more = [Problem(problems[0].place.partition("#")[0], f"{rest} more problems are not shown.")]
        raise ChartError(problems[:MOST_PROBLEMS] + (more if rest > 0 else []))
    bundles = tuple(Bundle(file.name, tuple(resource for _, resource in file.entries)) for file in read)
    people = tuple(person for file in read for person in people_of(file.name, file.entries, who))
    return joined(
        [Found(bundles=bundles, people=people, notices=tuple(notices)), *_documents(read, progress)]
    )


def known_by(bundle: Bundle, day: date) -> tuple[Bundle, tuple[str, ...]]:
    """Leave out the resources that were not known on a day; and name them as Type/id."""
    rows = [(resource, _later(resource, day)) for resource in bundle.resources]
    late = tuple(name_of(resource, number) for number, (resource, is_late) in enumerate(rows, 1) if is_late)
    return Bundle(bundle.name, tuple(resource for resource, is_late in rows if not is_late)), late


def _once(files: Sequence[_File], notices: list[str]) -> Iterator[_File]:
    """Leave out a resource that came before, word for word, and the older ones of several versions of one resource."""
    seen: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for file in files:
        for url, resource in file.entries:
            if isinstance(resource.get("id"), str):
                server = url.rpartition("/")[0] if url and url.startswith("http") else ""
                seen.setdefault((resource["resourceType"], resource["id"], server), []).append(resource)
    same: set[int] = set()
    old: set[int] = set()
    for rows in seen.values():
        same |= {
            id(row) for number, row in enumerate(rows) if any(row == each for each in rows[:number][:20])
        }
        stamps = {id(row): _version(row) for row in rows if id(row) not in same}
        if len(stamps) > 1 and all(stamps.values()):
            newest = max(stamps.values())
            old |= {row for row, stamp in stamps.items() if stamp < newest}
    gone = same | old
    for file in files:
        kept: list[Entry] = []
        for number, (url, resource) in enumerate(file.entries, 1):
            if id(resource) not in gone:
                kept.append((url, resource))
            elif id(resource) in old:
                called = name_of(resource, number)
                notices.append(f"{file.name}: {called} came more than once; the newest version was read.")
        yield _File(file.name, kept)


def _version(resource: Mapping[str, Any]) -> str:
    """When this version of a resource was written; a plain comparison of the text puts versions in order."""
    meta = resource.get("meta")
    stamp = meta.get("lastUpdated") if isinstance(meta, dict) else None
    return stamp if isinstance(stamp, str) else ""


def _documents(files: Sequence[_File], progress: Progress | None) -> Iterator[Found]:
    shelf = Shelf((entry for file in files for entry in file.entries), progress)
    replaced = _replaced(files)
    for file in files:
        waiting: list[Narrative] = []
        for number, (url, resource) in enumerate(file.entries, 1):
            called = name_of(resource, number)
            name = f"{file.name}#{called}"
            if resource.get("status") == "superseded" or {called, url} & replaced:
                yield Found(notices=(f"{name}: superseded by a newer version and not read.",))
                continue
            for found in documents_in(resource, name, shelf):
                if isinstance(found, Narrative):
                    waiting.append(found)
                else:
                    yield found
        yield from read_narratives(waiting, file.name)
    for file in files:
        for number, (_, resource) in enumerate(file.entries, 1):
            if resource["resourceType"] == "Binary":
                yield from binary_in(resource, f"{file.name}#{name_of(resource, number)}", shelf)


def _replaced(files: Sequence[_File]) -> set[str | None]:
    """The documents that a newer one of the chart says to replace."""
    found: set[str | None] = set()
    for file in files:
        for _, resource in file.entries:
            if resource["resourceType"] == "DocumentReference" and resource.get("relatesTo"):
                for relation in typed(resource, DocumentReference).relates_to:
                    if relation.code == "replaces" and relation.target and relation.target.reference:
                        found.add(relation.target.reference)
    return found


def _later(resource: Mapping[str, Any], day: date) -> bool:
    """Tell whether a resource was written, or else happened, after a day."""
    kind = TYPES.get(resource["resourceType"])
    if kind is None or resource["resourceType"] in _ALWAYS:
        return False
    found = typed(resource, kind)
    written = _first(found, _KNOWN_SINCE)
    happened = None if resource.get("status") in _PLANNED else _first(found, _HAPPENED)
    return (written or happened or day) > day


def _first(resource: Resource, names: Sequence[str]) -> date | None:
    for name in names:
        text = getattr(resource, name, None)
        if isinstance(text, str) and (found := fhir_date(text)):
            return found
    return None
