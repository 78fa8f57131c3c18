"""One case: what we answered beside what a careful reviewer answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicated.chart.model import Chart
from indicated.determine.model import CriterionStatus, Determination, Outcome, WhyUnknown
from indicated.facts.model import Evidence
from indicated.score.expected import Expected, Quote

MISSING = "missing"
"""The status that stands for a criterion of which we said nothing."""


@dataclass(frozen=True)
class Answer:
    """One criterion of one case: the status that is right and the one that we said."""

    criterion: str
    right: str
    said: str

    @property
    def agrees(self) -> bool:
        """Tell whether both are the same."""
        return self.right == self.said

    @property
    def unsafe(self) -> bool:
        """Tell whether we said met where the answer is not met or unknown."""
        return self.said == CriterionStatus.MET and self.right not in (
            CriterionStatus.MET,
            CriterionStatus.NOT_APPLICABLE,
        )


@dataclass(frozen=True)
class CaseScore:
    """How one case went. `said` is None, and `failure` says why, when the chart could not be reviewed.

    `quotes` counts our quotes from documents, `inexact` those that do not stand there word for word, `beside`
    those for a criterion met or not met that touch none of the words on which the answer rests.
    """

    case: str
    right: Outcome
    said: Outcome | None
    answers: tuple[Answer, ...]
    quotes: int = 0
    inexact: int = 0
    beside: int = 0
    compared: int = 0
    conflicts: int = 0
    conflicts_found: int = 0
    failure: str = ""

    @property
    def unsafe(self) -> bool:
        """Tell whether we said that the criteria are met where they are not all met."""
        return self.said is Outcome.CRITERIA_MET and self.right is not Outcome.CRITERIA_MET

    @property
    def whole(self) -> bool:
        """Tell whether determination and every criterion agree."""
        return self.said is self.right and all(answer.agrees for answer in self.answers)


def compare(case: str, expected: Expected, determination: Determination, chart: Chart) -> CaseScore:
    """Lay a determination beside the known answer."""
    results = {result.id: result for result in determination.criteria}
    answers = tuple(
        Answer(ident, right.value, results[ident].status.value if ident in results else MISSING)
        for ident, right in expected.criteria.items()
    )
    texts = {document.name: document.text for document in chart.documents}
    quotes = inexact = beside = compared = conflicts_found = 0
    for ident, result in results.items():
        conflicts_found += ident in expected.conflicts and result.why_unknown is WhyUnknown.CONFLICTING
        known = spans(expected.evidence.get(ident, ()), texts)
        settled = result.status in (CriterionStatus.MET, CriterionStatus.NOT_MET) and bool(known)
        for piece in dict.fromkeys(result.evidence):
            if not piece.resource:
                quotes += 1
                inexact += texts.get(piece.document, "")[piece.start : piece.end] != piece.quote
            if settled:
                compared += 1
                beside += not any(touches(piece, span) for span in known)
    return CaseScore(
        case,
        expected.outcome,
        determination.outcome,
        answers,
        quotes,
        inexact,
        beside,
        compared,
        len(expected.conflicts),
        conflicts_found,
    )


def failed(case: str, expected: Expected, failure: str) -> CaseScore:
    """Score a case that could not be reviewed: every answer counts as missing."""
    answers = tuple(Answer(ident, right.value, MISSING) for ident, right in expected.criteria.items())
    return CaseScore(case, expected.outcome, None, answers, failure=failure)


Span = tuple[str, int, int, str]
"""Document, start, end, and the resource for a coded entry."""


def spans(evidence: Iterable[Quote], texts: Mapping[str, str]) -> tuple[Span, ...]:
    """Find where the quotes of the answer stand, each as often as it stands there."""
    return tuple(span for quote in evidence for span in _spans(quote, texts))


def _spans(quote: Quote, texts: Mapping[str, str]) -> Iterator[Span]:
    if quote.file not in texts:
        yield quote.file, -1, -1, quote.quote
        return
    start = texts[quote.file].find(quote.quote)
    while start >= 0 and quote.quote:
        yield quote.file, start, start + len(quote.quote), ""
        start = texts[quote.file].find(quote.quote, start + 1)


def touches(piece: Evidence, span: Span) -> bool:
    """Tell whether a piece of our evidence overlaps a span of the answer."""
    document, start, end, resource = span
    if piece.document != document:
        return False
    if resource or piece.resource:
        return piece.resource == resource
    return piece.start < end and start < piece.end
