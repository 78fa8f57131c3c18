"""Every quote is read again from the document before a report leaves the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from indicated.chart.model import Chart
from indicated.chart.patients import name_of
from indicated.determine.model import Determination
from indicated.errors import Problem
from indicated.facts.model import Evidence
from indicated.report.errors import QuoteMismatch


def verify_quotes(determination: Determination, chart: Chart) -> None:
    """Check that each piece of evidence stands in the chart, word for word, at its place.

    Raises `QuoteMismatch` with one problem for each that does not. A problem names the document and the
    characters, never the text.
    """
    texts = {document.name: document.text for document in chart.documents}
    resources = {
        (bundle.name, name_of(resource, number))
        for bundle in chart.bundles
        for number, resource in enumerate(bundle.resources, 1)
    }
    problems = []
    for piece in dict.fromkeys(evidence_in(determination)):
        if piece.resource:
            if (piece.document, piece.resource) not in resources:
                problems.append(Problem(piece.document, f"the resource {piece.resource} is not in it."))
            continue
        place = f"{piece.document}, characters {piece.start} to {piece.end}"
        text = texts.get(piece.document)
        if text is None:
            problems.append(Problem(place, "the chart has no such document."))
        elif not piece.quote or not 0 <= piece.start < piece.end <= len(text):
            problems.append(Problem(place, "there is no quote at this place."))
        elif text[piece.start : piece.end] != piece.quote:
            problems.append(Problem(place, "the document has other words at this place."))
    if problems:
        raise QuoteMismatch(problems)


def evidence_in(thing: object) -> Iterator[Evidence]:
    """Every piece of evidence in a determination, wherever it hangs, in the order of the fields."""
    if isinstance(thing, Evidence):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from evidence_in(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from evidence_in(getattr(thing, field.name))
