"""What would change the outcome: the smallest sets of lines that, answered otherwise, would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from indicated.determine.model import Change, CriterionResult, CriterionStatus, Line, Outcome
from indicated.determine.outcome import outcome_of
from indicated.evaluate.kleene import combine

MET, NOT_MET = CriterionStatus.MET, CriterionStatus.NOT_MET
MOST_SETS = 4
"""How many different smallest sets are shown for one outcome, and how many are kept while searching."""
MOST_SINGLE = 8
"""How many single facts that would send the request to a clinician are shown."""

Answers = Mapping[str, CriterionStatus]
"""What is assumed of a line, by its text."""


def changes(criteria: Sequence[CriterionResult], outcome: Outcome) -> tuple[Change, ...]:
    """The changes, nearest outcome first; found by search and checked with the same rule that determines."""
    asked = [criterion for criterion in criteria if criterion.status is not CriterionStatus.NOT_APPLICABLE]
    failing = [criterion for criterion in asked if criterion.status is NOT_MET]
    unmet = [criterion for criterion in asked if criterion.status is not MET]
    sets: list[dict[str, CriterionStatus]] = []
    if failing and len(failing) < len(unmet):
        sets += _smallest(failing)
    if unmet:
        sets += _smallest(unmet)
    if outcome in (Outcome.CRITERIA_MET, Outcome.MORE_INFORMATION):
        sets += _single_failures(asked)
    found = (_change(answers, asked) for answers in sets)
    return tuple(dict.fromkeys(change for change in found if change.outcome is not outcome))


def _change(answers: Answers, criteria: Sequence[CriterionResult]) -> Change:
    statuses = [_criterion_status(criterion, answers) for criterion in criteria]
    return Change(
        tuple(text if status is MET else f"not {text}" for text, status in sorted(answers.items())),
        outcome_of(statuses),
    )


def _criterion_status(criterion: CriterionResult, answers: Answers) -> CriterionStatus:
    return combine("all", 0, [_status(line, answers) for line in criterion.lines])


def _status(line: Line, answers: Answers) -> CriterionStatus:
    if not line.head:
        return answers.get(line.text, line.status)
    return combine(line.head, line.count, [_status(part, answers) for part in line.lines])


def _smallest(criteria: Sequence[CriterionResult]) -> list[dict[str, CriterionStatus]]:
    """The smallest sets of answers that make all of the criteria met."""
    joined = [dict[str, CriterionStatus]()]
    for criterion in criteria:
        ways = _ways("all", 0, criterion.lines, MET)
        joined = _nearest({**one, **other} for one, other in product(joined, ways) if _agree(one, other))
    return joined


def _ways(
    head: str, count: int, lines: Sequence[Line], wanted: CriterionStatus
) -> list[dict[str, CriterionStatus]]:
    """The smallest sets of answers that give a group the wanted status; bounded, and in a fixed order."""
    goal = wanted
    if head == "none":
        head, goal = ("all", _other(wanted)) if wanted is MET else ("any", MET)
    if head == "all" or (head == "at least" and count == len(lines)):
        needed = len(lines) if goal is MET or wanted is MET else 1
    elif head == "any":
        needed = 1 if goal is MET else len(lines)
    else:
        needed = count if goal is MET else len(lines) - count + 1
    each = [_ways_of(line, goal) for line in lines]
    cheapest = sorted(range(len(lines)), key=lambda number: (min(map(len, each[number]), default=99), number))
    done = [number for number in cheapest if any(not way for way in each[number])]
    open_ = [number for number in cheapest if number not in done]
    still = needed - len(done)
    if still <= 0:
        return [{}]
    if still == len(open_):
        return _joined([each[number] for number in open_])
    if still == 1:
        return _nearest(way for number in open_ for way in each[number])
    return _joined([each[number] for number in open_[:still]])


def _ways_of(line: Line, wanted: CriterionStatus) -> list[dict[str, CriterionStatus]]:
    if line.status is wanted:
        return [{}]
    if line.head:
        return _ways(line.head, line.count, line.lines, wanted)
    return [{line.text: wanted}]


def _joined(parts: Sequence[list[dict[str, CriterionStatus]]]) -> list[dict[str, CriterionStatus]]:
    joined = [dict[str, CriterionStatus]()]
    for ways in parts:
        joined = _nearest({**one, **other} for one, other in product(joined, ways) if _agree(one, other))
    return joined


def _nearest(ways: Iterable[dict[str, CriterionStatus]]) -> list[dict[str, CriterionStatus]]:
    unique = {tuple(sorted(way.items())): way for way in ways}
    ordered = [unique[key] for key in sorted(unique, key=lambda key: (len(key), key))]
    return [way for way in ordered if len(way) == len(ordered[0])][:MOST_SETS]


def _agree(one: Answers, other: Answers) -> bool:
    return all(other.get(text, status) is status for text, status in one.items())


def _other(status: CriterionStatus) -> CriterionStatus:
    return NOT_MET if status is MET else MET


def _single_failures(criteria: Sequence[CriterionResult]) -> list[dict[str, CriterionStatus]]:
    """Single answers that would make some criterion not met, in the order of the policy."""
    found = []
    for criterion in criteria:
        ways = [way for way in _ways("all", 0, criterion.lines, NOT_MET) if len(way) == 1]
        found += ways[:1]
    return found[:MOST_SINGLE]
