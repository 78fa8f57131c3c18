"""From what a format reader gave to the documents, coded entries and patient of the chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicated.chart.model import Bundle, Document
from indicated.chart.patients import Person
from indicated.formats.model import Page, Reading, SourceMap


@dataclass(frozen=True)
class Found:
    """What one file of a chart gave, or several together."""

    documents: tuple[Document, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    people: tuple[Person, ...] = ()
    notices: tuple[str, ...] = ()


def joined(parts: Iterable[Found]) -> Found:
    """Put together what several files gave, in their order."""
    rows = list(parts)
    return Found(
        tuple(document for part in rows for document in part.documents),
        tuple(bundle for part in rows for bundle in part.bundles),
        tuple(person for part in rows for person in part.people),
        tuple(notice for part in rows for notice in part.notices),
    )


def document_of(reading: Reading, name: str, on: date | None = None, kind: str | None = None) -> Document:
    """Make a document. What the sender says of its date and kind goes before what the file says itself."""
    return Document(
        name,
        reading.text,
        on or reading.date,
        kind or reading.kind,
        how=reading.how,
        map=reading.map,
        hidden=reading.hidden,
    )


def found_of(reading: Reading, name: str, on: date | None = None, kind: str | None = None) -> Found:
    """Make a document with its coded entries, which are a Bundle of the document's name, and with its patient."""
    document = document_of(reading, name, on, kind)
    bundles = (Bundle(name, reading.resources),) if reading.resources else ()
    who = Person(name, reading.patient.get("name", ""), reading.patient.get("birth_date", ""))
    notices = tuple(text if text.startswith(name) else f"{name}: {text}" for text in reading.notices)
    return Found((document,), bundles, (who,) if reading.patient else (), notices)


def unreadable(name: str, why: str, on: date | None = None, kind: str | None = None) -> Found:
    """Make a document of which nothing could be read, so that nobody takes its silence for an answer."""
    pages = (Page(1, 0, 0, how="not read", problem=why.removesuffix(".")),)
    document = Document(name, "", on, kind, how="not read", map=SourceMap(pages))
    return Found((document,), notices=(f"{name}: not read: {why}",))
