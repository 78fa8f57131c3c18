"""From what a format reader gave to a document of the chart."""

from __future__ import annotations

from datetime import date

from indicated.chart.model import Document
from indicated.formats.model import Reading


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
