"""Which lines of a policy the cases show met, not met and unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicated.authoring.cases import Case
from indicated.evaluate import evaluate
from indicated.evaluate.model import CriterionStatus, Judged, Line
from indicated.policy.model import Criterion, Policy
from indicated.vocabulary import Vocabulary
from indicated.vocabulary.outline import Condition, Group

WANTED = (CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN)


@dataclass(frozen=True)
class Seen:
    """A line of a criterion and the statuses in which the cases show it. `line` is that of the file."""

    criterion: str
    line: int
    text: str
    statuses: frozenset[CriterionStatus]

    @property
    def never(self) -> tuple[CriterionStatus, ...]:
        """The statuses in which no case shows it."""
        return tuple(status for status in WANTED if status not in self.statuses)


def coverage(policy: Policy, vocabulary: Vocabulary, cases: Iterable[Case]) -> tuple[Seen, ...]:
    """Each criterion, and each of its lines where it has several, in the order of the policy."""
    found: dict[tuple[str, int, str], set[CriterionStatus]] = {
        (criterion.id, line, text): set() for criterion in policy.criteria for line, text in _lines(criterion)
    }
    for case in cases:
        evaluation = evaluate(policy, vocabulary, case.chart.request, case.facts)
        for criterion, judged in zip(policy.criteria, evaluation.criteria, strict=True):
            found[criterion.id, criterion.outline.line, criterion.text].add(judged.status)
            for member, line in _judged(criterion, judged):
                found[criterion.id, member.line, member.text].add(line.status)
    return tuple(
        Seen(name, line, text, frozenset(statuses)) for (name, line, text), statuses in found.items()
    )


def _lines(criterion: Criterion) -> Iterator[tuple[int, str]]:
    yield criterion.outline.line, criterion.text
    if sum(1 for _ in criterion.outline.conditions()) > 1:
        yield from ((condition.line, condition.text) for condition in criterion.outline.conditions())


def _judged(criterion: Criterion, judged: Judged) -> Iterator[tuple[Condition, Line]]:
    """Each condition of an outline with the line that judged it. A request for both sides has none of its own."""
    outline = criterion.outline
    if judged.status is CriterionStatus.NOT_APPLICABLE or sum(1 for _ in outline.conditions()) == 1:
        return
    lines = judged.lines if outline.head == "all" else judged.lines[0].lines if judged.lines else ()
    yield from _together(outline, lines)


def _together(group: Group, lines: tuple[Line, ...]) -> Iterator[tuple[Condition, Line]]:
    if [member.text for member in group.members] != [line.text for line in lines]:
        return
    for member, line in zip(group.members, lines, strict=True):
        if isinstance(member, Group):
            yield from _together(member, line.lines)
        else:
            yield member, line
