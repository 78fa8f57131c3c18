"""A chart as files: `case.yaml` or `request.yaml`, the documents in `documents/`, and perhaps `bundle.json`.

A folder without `documents/` and without a request file is a heap of documents, as a clinic drops them.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec

from indicated.chart.dates import day
from indicated.chart.document import Found, found_of, joined
from indicated.chart.files import Files
from indicated.chart.request import RequestParts
from indicated.chart.resources import holds_fhir
from indicated.chart.shapes import shape
from indicated.chart.yaml_text import Path as Within
from indicated.chart.yaml_text import Written, read_yaml
from indicated.errors import ChartError, Problem
from indicated.formats.detect import detect
from indicated.formats.limits import LARGEST_FILE
from indicated.formats.plain_text import LARGEST_BUNDLE, decode
from indicated.formats.read import read_document
from indicated.formats.recognition import Progress

REQUEST_FILES = ("case.yaml", "request.yaml")
BUNDLE = "bundle.json"
DOCUMENTS = "documents/"
_LARGEST_REQUEST = 1_000_000
_KNOWN = ("id", "title", "request", "documents", "expected", "notes")
_REQUEST = ("procedure", "laterality", "date", "diagnoses", "patient")
_Shape = TypeVar("_Shape")


class _Request(msgspec.Struct, frozen=True):
    procedure: str | None = None
    laterality: str | None = None
    date: str | None = None
    diagnoses: tuple[str, ...] | None = None
    patient: str | None = None


class _Listed(msgspec.Struct, frozen=True):
    file: str
    date: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Listing:
    """What the request file says: the chart's id, the request, and the documents with date and kind.

    `expected` and `title` of a case are not here: what the answer should be is never looked at.
    """

    file: str
    written: Written
    id: str | None
    parts: RequestParts
    listed: tuple[tuple[int, str, date | None, str | None], ...]
    notices: tuple[str, ...]

    def place(self, *path: str | int) -> str:
        """Say file and line of a part of the request file."""
        return self.written.place(self.file, path)


def read_listing(files: Files) -> Listing | None:
    """Read the request file of a chart; None when there is none. Raises ChartError."""
    lying = files.names()
    found = [name for name in REQUEST_FILES if name in lying]
    if not found:
        return None
    name = found[0]
    written = read_yaml(decode(files.read(name, name, _LARGEST_REQUEST), name).text, name)
    problems: list[Problem] = []
    notices: list[str] = [f"{found[1]} lies beside {name} and was not read."] if len(found) > 1 else []
    if not isinstance(written.value, dict):
        instead = "Begin with request: and, indented below it, procedure:, laterality: and date:."
        raise ChartError([Problem(written.place(name, ()), "the file is not a mapping of names.", instead)])
    _check_names(written.value, _KNOWN, (), written, name, problems, notices)
    asked = written.value.get("request")
    if asked is not None and isinstance(asked, dict):
        _check_names(asked, _REQUEST, ("request",), written, name, problems, None)
    request = _convert(asked or {}, _Request, ("request",), written, name, problems) or _Request()
    extra = {k: v for k, v in asked.items() if k not in _REQUEST} if isinstance(asked, dict) else {}
    listed = []
    rows = _convert(written.value.get("documents") or [], list[Any], ("documents",), written, name, problems)
    for number, row in enumerate(rows or []):
        path: Within = ("documents", number)
        one = _convert(row, _Listed, path, written, name, problems)
        if one:
            on = day(one.date) if one.date else None
            if one.date and on is None:
                place = written.place(name, (*path, "date"))
                problems.append(Problem(place, "the date is not a possible date.", "Write it as 2026-03-10."))
            listed.append((number, one.file, on, one.kind))
    ident = written.value.get("id")
    if problems:
        raise ChartError(problems)
    parts = RequestParts(
        request.procedure, request.laterality, request.date, request.diagnoses or (), request.patient, extra
    )
    return Listing(
        name, written, ident if isinstance(ident, str) else None, parts, tuple(listed), tuple(notices)
    )


def read_documents(
    files: Files, listing: Listing | None, progress: Progress | None = None
) -> tuple[Found, tuple[tuple[str, str], ...]]:
    """Read the listed documents and those that lie in the chart unlisted. Raises ChartError.

    Gives what was found, and the FHIR files with their texts, which are one chart and are read together.
    """
    problems: list[Problem] = []
    found: list[Found] = []
    fhir: dict[str, str] = {}
    listed: set[str] = set()
    for number, file, on, kind in listing.listed if listing else ():
        place = listing.place("documents", number, "file") if listing else file
        name = str(PurePosixPath(file))
        if name in listed:
            problems.append(Problem(place, "the same document is listed twice.", "Keep one of the two."))
            continue
        listed.add(name)
        try:
            data = files.read(file, place, _largest(name))
            if detect(data, name) == "json":
                fhir[name] = decode(data, place, largest=LARGEST_BUNDLE).text
            else:
                found.append(
                    found_of(read_document(data, place, hint=name, progress=progress), name, on, kind)
                )
        except ChartError as error:
            problems += error.problems
    for name in _lying(files):
        if name in listed:
            continue
        try:
            data = files.read(name, name, _largest(name))
            if detect(data, name) == "json":
                text = decode(data, name, largest=LARGEST_BUNDLE).text
                if name == BUNDLE or holds_fhir(text):
                    fhir[name] = text
                else:
                    found.append(Found(notices=(f"{name}: holds no FHIR resource and was not read.",)))
            else:
                found.append(found_of(read_document(data, name, progress=progress), name))
        except ChartError as error:
            problems += error.problems
    found.append(Found(notices=tuple(_left(files, listed))))
    if problems:
        raise ChartError(dict.fromkeys(problems))
    return joined(found), tuple(fhir.items())


def _largest(name: str) -> int:
    return LARGEST_BUNDLE if _named_json(name) else LARGEST_FILE


def _named_json(name: str) -> bool:
    return name.lower().endswith((".json", ".ndjson"))


def _lying(files: Files) -> tuple[str, ...]:
    """The files that are read though nothing lists them: FHIR wherever it lies, and the documents."""
    names = files.names()
    asked = [name for name in names if PurePosixPath(name).name in REQUEST_FILES]
    own = any(name in REQUEST_FILES for name in asked)
    if asked and not own:
        return ()
    # A request file further down is that of another chart.
    others = tuple(f"{PurePosixPath(name).parent}/" for name in asked if name not in REQUEST_FILES)
    names = tuple(name for name in names if name not in asked and not name.startswith(others))
    if own or any(name.startswith(DOCUMENTS) for name in names):
        return tuple(name for name in names if name.startswith(DOCUMENTS) or _named_json(name))
    return names


def _left(files: Files, listed: set[str]) -> list[str]:
    """Say which files lie beside the documents and were not read."""
    read = {*listed, *_lying(files), *REQUEST_FILES}
    return [
        f"{name}: lies outside {DOCUMENTS} and was not read." for name in files.names() if name not in read
    ]


def _check_names(
    value: Mapping[str, Any],
    known: tuple[str, ...],
    path: Within,
    written: Written,
    file: str,
    problems: list[Problem],
    notices: list[str] | None,
) -> None:
    """Refuse a name that is nearly a known one; notice any other that nobody reads."""
    for name in value:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, 1, 0.75)
        if near:
            place = written.place(file, (*path, name))
            problems.append(Problem(place, "a name is not one that is read.", f'Did you mean "{near[0]}"?'))
        elif notices is not None:
            notices.append(f"{written.place(file, (*path, name))}: a part of the file that is not read.")


def _convert(
    value: Any, kind: type[_Shape], path: Within, written: Written, file: str, problems: list[Problem]
) -> _Shape | None:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        problems.append(
            Problem(written.place(file, path), shape(error), "See docs/command-line.md for the form.")
        )
        return None
