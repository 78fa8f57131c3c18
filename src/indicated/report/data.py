"""The determination as one JSON object. Its schema lies in `schema/determination-1.json`.

The same determination gives the same bytes: keys stand in the order of this file, lists in that of the
engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indicated.chart.model import Chart
from indicated.determine.model import (
    Block,
    CriterionResult,
    Determination,
    Line,
    Notice,
    ReadingLog,
    Source,
)
from indicated.facts.model import Evidence
from indicated.report.facts import evidence_object, fact_object
from indicated.report.places import with_places

SCHEMA = "indicated/determination/1"


def determination_json(determination: Determination, chart: Chart) -> bytes:
    """The determination as JSON, indented, ending with a line feed. `chart` gives the places of quotes on their pages."""
    import orjson

    return orjson.dumps(
        with_places(determination_object(determination), chart),
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        default=str,
    )


def determination_object(determination: Determination) -> dict[str, Any]:
    """The determination as plain data."""
    request, policy = determination.request, determination.policy
    return {
        "schema": SCHEMA,
        "chart": determination.chart,
        "request": {
            "procedure": request.procedure,
            "laterality": request.laterality,
            "date": request.date.isoformat(),
            "diagnoses": list(request.diagnoses),
            "extra": {str(key): request.extra[key] for key in sorted(request.extra)},
        },
        "policy": {
            "id": policy.id,
            "title": policy.title,
            "version": policy.version,
            "effective": policy.effective,
            "sha256": policy.sha256,
        },
        "determination": determination.outcome.value,
        "reason": determination.reason,
        "criteria": [_criterion(criterion) for criterion in determination.criteria],
        "questions": [
            {"text": question.text, "criteria": list(question.criteria), "why": question.why.value}
            for question in determination.questions
        ],
        "what_would_change_it": [
            {"facts": list(change.facts), "determination": change.outcome.value}
            for change in determination.changes
        ],
        "series": [_block(block) for block in determination.series],
        "pathway": _notices(determination.pathway),
        "technique": _notices(determination.technique),
        "pitfalls": _notices(determination.pitfalls),
        "documentation": _notices(determination.documentation),
        "statements": _notices(determination.statements),
        "sources": [_source(source) for source in determination.sources],
        "parameters": [
            {"name": name, "value": value, "reason": reason}
            for name, value, reason in determination.parameters
        ],
        "reading": _reading(determination.reading),
        "limits": list(determination.limits),
        "engine": {"version": determination.engine},
    }


def _reading(log: ReadingLog) -> dict[str, Any]:
    return {
        "documents": [
            {
                "document": one.name,
                "kind": one.kind or None,
                "date": one.date or None,
                "dated_by": one.dated_by or None,
                "how": one.how,
                "pages": list(one.pages),
                "confidence": one.confidence,
                "unreadable": [{"page": page, "why": why} for page, why in one.unreadable],
                "hidden": [{"page": page or None, "why": why, "count": n} for page, why, n in one.hidden],
                "doubts": list(one.doubts),
            }
            for one in log.documents
        ],
        "set_aside": [
            {"document": one.document, "pages": list(one.pages), "why": one.why, "doubtful": one.doubtful}
            for one in log.set_aside
        ],
        "notices": list(log.notices),
    }


def _criterion(criterion: CriterionResult) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "text": criterion.text,
        "status": criterion.status.value,
        "why_unknown": criterion.why_unknown.value if criterion.why_unknown else None,
        "lines": [_line(line) for line in criterion.lines],
        "evidence": _evidence(criterion.evidence),
        "ask": criterion.ask,
        "sources": list(criterion.sources),
        "basis": criterion.basis,
        "conflict": _evidence(criterion.conflict),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "status": line.status.value,
        "why_unknown": line.why_unknown.value if line.why_unknown else None,
        "found": line.found,
        "evidence": _evidence(line.evidence),
        "facts": [fact_object(fact) for fact in line.facts],
        "lines": [_line(below) for below in line.lines],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "date": block.date,
        "side": block.side,
        "level": block.level,
        "relief": block.relief,
        "relief_days": block.relief_days,
        "censored": block.censored,
        "evidence": _evidence(block.evidence),
    }


def _notices(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "id": notice.id,
            "text": notice.text,
            "status": notice.status,
            "evidence": _evidence(notice.evidence),
            "sources": list(notice.sources),
        }
        for notice in notices
    ]


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "number": source.number,
        "what": source.what,
        "citation": source.citation,
        "design": source.design,
        "size": source.size,
        "grade": source.grade,
        "shows": source.shows,
        "does_not_show": source.does_not_show,
        "confidence": source.confidence,
        "confirmed": source.confirmed,
        "memo_says_more": source.memo_says_more,
    }


def _evidence(pieces: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [evidence_object(piece) for piece in pieces]
