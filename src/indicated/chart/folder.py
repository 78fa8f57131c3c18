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

from indicated.chart.bundle import shape
from indicated.chart.dates import day
from indicated.chart.document import document_of
from indicated.chart.files import Files
from indicated.chart.model import Document
from indicated.chart.request import RequestParts
from indicated.chart.yaml_text import Path as Within
from indicated.chart.yaml_text import Written, read_yaml
from indicated.errors import ChartError, Problem
from indicated.formats.plain_text import decode
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
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Read the listed documents and those that lie in `documents/` unlisted. Raises ChartError.

    Gives the documents and a notice for each that was not read as it should be.
    """
    problems: list[Problem] = []
    notices: list[str] = []
    documents: dict[str, Document] = {}
    for number, file, on, kind in listing.listed if listing else ():
        place = listing.place("documents", number, "file") if listing else file
        name = str(PurePosixPath(file))
        if name in documents:
            problems.append(Problem(place, "the same document is listed twice.", "Keep one of the two."))
            continue
        try:
            reading = read_document(files.read(file, place), place, progress=progress)
            documents[name] = document_of(reading, name, on, kind)
            notices += reading.notices
        except ChartError as error:
            problems += error.problems
    for name in _lying(files):
        if name in documents:
            continue
        try:
            reading = read_document(files.read(name, name), name, progress=progress)
            documents[name] = document_of(reading, name)
            notices += reading.notices
        except ChartError as error:
            problems += error.problems
    if problems:
        raise ChartError(dict.fromkeys(problems))
    return tuple(documents.values()), tuple(notices)


def _lying(files: Files) -> tuple[str, ...]:
    names = files.names()
    inside = tuple(name for name in names if name.startswith(DOCUMENTS))
    if inside or any(PurePosixPath(name).name in REQUEST_FILES for name in names):
        return inside  # a request file further down is that of another chart
    return tuple(name for name in names if name != BUNDLE)


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
