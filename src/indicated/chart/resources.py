"""FHIR resources in whatever JSON they come: a Bundle of any type, a list, one resource, NDJSON, Parameters, a hook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from indicated.chart.json_text import read_json
from indicated.chart.shapes import shape
from indicated.errors import ChartError, Problem

Entry = tuple[str | None, dict[str, Any]]
"""A resource and the full URL by which others may point to it."""

MOST_PROBLEMS = 20
_AGAIN = "Export it again as FHIR R4."
_WHOLE = "Send a Bundle with the whole chart."
_DEEPEST = 10


class _BundleEntry(msgspec.Struct, frozen=True, rename="camel"):
    full_url: str | None = None
    resource: dict[str, Any] | None = None


class _Link(msgspec.Struct, frozen=True):
    relation: str | None = None


class _Bundle(msgspec.Struct, frozen=True, rename="camel"):
    entry: tuple[_BundleEntry, ...] = ()
    link: tuple[_Link, ...] = ()


def read_resources(text: str, file: str) -> tuple[list[Entry], list[str]]:
    """Give the resources of a file, and a sentence for what is not all there. Raises ChartError.

    A file without any FHIR in it is refused. Of a CDS Hooks request the context and what was fetched for it are
    read; what a service answered (cards, actions) is no chart.
    """
    values = list(_values(text, file))
    opened = _Opened(file)
    for value in values:
        opened.add(value, 0)
    if opened.problems:
        raise ChartError(opened.problems[:MOST_PROBLEMS])
    if not opened.entries:
        empty = opened.bundles > 0
        what = "the Bundle holds no resources." if empty else "the file holds no FHIR resource."
        raise ChartError([Problem(file, what, "Send the whole chart." if empty else _WHOLE)])
    return opened.entries, opened.notices


def holds_fhir(text: str) -> bool:
    """Whether JSON text is meant to be FHIR, as far as a look at its words can tell."""
    return '"resourceType"' in text


def _values(text: str, file: str) -> Iterator[Any]:
    """The values of a file: one, or one on each line."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip() or not _is_whole(first):
        yield read_json(text, file)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield read_json(line, f"{file}:{number}")


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Opened:
    """Takes containers apart and keeps the resources, in the order in which they stand."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.notices: list[str] = []
        self.problems: list[Problem] = []
        self.bundles = 0

    def add(self, value: Any, depth: int, url: str | None = None) -> None:
        """Add what a value holds."""
        if depth > _DEEPEST:
            self.problems.append(
                Problem(self.file, "Bundles or parameters are nested too deeply to be read.", _AGAIN)
            )
        elif isinstance(value, list):
            for each in value:
                self.add(each, depth + 1)
        elif isinstance(value, dict):
            self._object(value, depth, url)

    def _object(self, value: dict[str, Any], depth: int, url: str | None) -> None:
        kind = value.get("resourceType")
        if kind == "Bundle":
            self._bundle(value, depth)
        elif kind == "Parameters":
            self._parameters(value.get("parameter"), depth)
        elif isinstance(kind, str):
            self.entries.append((url, value))
        else:
            for part in ("context", "prefetch"):
                held = value.get(part)
                for each in held.values() if isinstance(held, Mapping) else ():
                    if isinstance(each, dict) and isinstance(each.get("resourceType"), str):
                        self.add(each, depth + 1)

    def _bundle(self, value: dict[str, Any], depth: int) -> None:
        self.bundles += 1
        try:
            bundle = msgspec.convert(value, _Bundle)
        except msgspec.ValidationError as error:
            self.problems.append(Problem(self.file, shape(error), _AGAIN))
            return
        for number, entry in enumerate(bundle.entry, 1):
            if entry.resource is None:
                continue
            if isinstance(entry.resource.get("resourceType"), str):
                self.add(entry.resource, depth + 1, entry.full_url)
            else:
                what = f"entry {number} has a resource without a resourceType."
                self.problems.append(Problem(self.file, what, _AGAIN))
        if any(link.relation == "next" for link in bundle.link):
            self.notices.append(f"{self.file}: a page of a longer answer; the pages after it were not sent.")

    def _parameters(self, rows: Any, depth: int) -> None:
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                self.add(row.get("resource"), depth + 1)
                if depth < _DEEPEST:
                    self._parameters(row.get("part"), depth + 1)
