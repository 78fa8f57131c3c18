"""What another policy would do to charts that were judged before: who changes, in which direction, by which line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicated.authoring.cases import Case
from indicated.determine import determine
from indicated.determine.model import CriterionResult, CriterionStatus, Determination, Outcome
from indicated.evaluate.model import Line
from indicated.policy.model import Policy
from indicated.vocabulary import Vocabulary

ABSENT = "no such criterion"


@dataclass(frozen=True)
class Change:
    """A criterion of a chart that the two policies judge otherwise. `cause` is the line that decides it."""

    chart: str
    criterion: str
    before: str
    after: str
    cause: str


@dataclass(frozen=True)
class Replay:
    """One chart under both policies."""

    chart: str
    before: Outcome
    after: Outcome
    changes: tuple[Change, ...]


def replay(before: Policy, after: Policy, vocabulary: Vocabulary, cases: Iterable[Case]) -> Iterator[Replay]:
    """Judge each chart under both policies. The facts are the same for both."""
    for case in cases:
        one = determine(before, vocabulary, case.chart, case.facts)
        two = determine(after, vocabulary, case.chart, case.facts)
        yield Replay(case.name, one.outcome, two.outcome, tuple(_changes(case.name, one, two)))


def directions(replays: Iterable[Replay]) -> Counter[tuple[str, str]]:
    """How many charts go from one outcome to another; those that stay are not counted."""
    return Counter((one.before.value, one.after.value) for one in replays if one.before is not one.after)


def _changes(chart: str, one: Determination, two: Determination) -> Iterator[Change]:
    old = {criterion.id: criterion for criterion in one.criteria}
    new = {criterion.id: criterion for criterion in two.criteria}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        before, after = _status(was), _status(now)
        if before != after:
            yield Change(chart, name, before, after, _cause(was, now))


def _status(criterion: CriterionResult | None) -> str:
    return criterion.status.value if criterion else ABSENT


def _cause(was: CriterionResult | None, now: CriterionResult | None) -> str:
    """The first line whose status differs, or that only one of the two has; else the criterion as a whole."""
    if was is None or now is None or CriterionStatus.NOT_APPLICABLE in (was.status, now.status):
        return "of which requests it is asked"
    old = {line.text: line.status for line in _lines(was.lines)}
    new = {line.text: line.status for line in _lines(now.lines)}
    for text in dict.fromkeys((*new, *old)):
        if old.get(text) is not new.get(text):
            return text
    return "how its lines are joined, or a parameter"


def _lines(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _lines(line.lines if line.head else ())
