"""One list of questions: everything that is unknown, each thing asked once."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.determine.model import CriterionResult, CriterionStatus, Line, Question, WhyUnknown
from indicated.evaluate.kleene import most_urgent
from indicated.facts.model import Evidence


def questions(criteria: Sequence[CriterionResult]) -> tuple[Question, ...]:
    """The questions to the clinic, in the order of the policy; criteria with the same question share it."""
    asked: dict[str, list[CriterionResult]] = {}
    for criterion in criteria:
        if criterion.status is CriterionStatus.UNKNOWN and criterion.ask:
            asked.setdefault(criterion.ask, []).append(criterion)
    return tuple(
        Question(
            text=" ".join([text, *_details(waiting)]),
            criteria=tuple(criterion.id for criterion in waiting),
            why=most_urgent(criterion.why_unknown for criterion in waiting),
        )
        for text, waiting in asked.items()
    )


def _details(waiting: Sequence[CriterionResult]) -> list[str]:
    """What makes the question exact: the contradiction, what is too old, and which event is not documented."""
    details = []
    for criterion in waiting:
        if criterion.conflict:
            both = " and ".join(_quoted(item) for item in criterion.conflict)
            details.append(f"The chart contradicts itself: {both}.")
    stale = [
        line
        for criterion in waiting
        for line in _leaves(criterion.lines)
        if line.why_unknown is WhyUnknown.STALE
    ]
    details += [f"What was sent is too old: {line.found}." for line in stale[:1]]
    missing = dict.fromkeys(
        line.text.partition(":")[0]
        for criterion in waiting
        for line in _below(criterion.lines)
        if line.status is CriterionStatus.UNKNOWN
        and line.text.startswith("block ")
        and " to " not in line.text
    )
    if missing:
        details.append(f"Not documented: {'; '.join(missing)}.")
    return details


def _quoted(item: Evidence) -> str:
    page = f", p. {item.page}" if item.page else ""
    where = f"{item.document}{page}{f', {item.date}' if item.date else ''}"
    quote = " ".join(item.quote.split())
    return f"“{quote}” ({where})" if quote else f"{item.resource} ({where})"


def _leaves(lines: Sequence[Line]) -> list[Line]:
    return [leaf for line in lines for leaf in (_leaves(line.lines) if line.head else [line])]


def _below(lines: Sequence[Line]) -> list[Line]:
    return [line for part in lines for line in (part, *_below(part.lines))]
