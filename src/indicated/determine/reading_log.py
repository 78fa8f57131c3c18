"""The reading log: what of a chart was read, by what, and what was not."""

from __future__ import annotations

from collections import Counter

from indicated.chart.model import Chart, Document
from indicated.determine.model import DocumentRead, ReadingLog

SENDER, BUNDLE = "sender", "FHIR Bundle"
_OCR = "OCR"


def reading_log(chart: Chart) -> ReadingLog:
    """The log of a chart: its documents in the order of their names, and what was set aside."""
    documents = [_read(document) for document in chart.documents]
    documents += [DocumentRead(bundle.name, BUNDLE, how="FHIR") for bundle in chart.bundles]
    return ReadingLog(
        tuple(sorted(documents, key=lambda one: (one.name, one.kind))), chart.set_aside, chart.notices
    )


def _read(document: Document) -> DocumentRead:
    pages = document.map.pages
    sure = [page.confidence for page in pages if page.confidence is not None]
    hidden = Counter((one.page, one.why) for one in document.hidden)
    return DocumentRead(
        name=document.name,
        kind=document.kind or "",
        date=str(document.date or ""),
        dated_by=(document.dated_by or SENDER) if document.date else "",
        how=_how(document),
        pages=tuple(page.number for page in pages),
        confidence=round(sum(sure) / len(sure), 2) if sure else None,
        unreadable=tuple((page.number, page.problem) for page in pages if page.problem),
        hidden=tuple((page, why, count) for (page, why), count in sorted(hidden.items())),
        doubts=document.doubts,
    )


def _how(document: Document) -> str:
    """By what the pages of a document were read; of a part of a file, those of the part."""
    pages = [page for page in document.map.pages if not page.problem]
    recognised = sum(page.how == _OCR for page in pages)
    if not recognised:
        return document.how.partition(",")[0]
    if recognised == len(pages):
        return _OCR
    return f"{document.how.partition(',')[0]}, {recognised} of {len(pages)} pages by {_OCR}"
