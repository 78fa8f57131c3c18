"""Kleene's three-valued logic: false and unknown is false, true or unknown is true, silence is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicated.evaluate.model import CriterionStatus, Line, WhyUnknown

MET, NOT_MET, UNKNOWN = CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN
_URGENCY = (WhyUnknown.CONFLICTING, WhyUnknown.STALE, WhyUnknown.UNREADABLE, WhyUnknown.SILENT)


def at_least(count: int, statuses: Sequence[CriterionStatus]) -> CriterionStatus:
    """Whether at least `count` of the statuses are met."""
    met = sum(status is MET for status in statuses)
    possible = met + sum(status is UNKNOWN for status in statuses)
    if met >= count:
        return MET
    return UNKNOWN if possible >= count else NOT_MET


def both(statuses: Sequence[CriterionStatus]) -> CriterionStatus:
    """Whether all of the statuses are met."""
    return at_least(len(statuses), statuses)


def negated(status: CriterionStatus) -> CriterionStatus:
    """Met for not met and not met for met; unknown stays unknown."""
    return {MET: NOT_MET, NOT_MET: MET}.get(status, status)


def combine(head: str, count: int, statuses: Sequence[CriterionStatus]) -> CriterionStatus:
    """The status of a group from those of its lines."""
    if head == "all":
        return both(statuses)
    if head == "any":
        return at_least(1, statuses)
    if head == "none":
        return both([negated(status) for status in statuses])
    return at_least(count, statuses)


def deciding(line: Line) -> tuple[Line, ...]:
    """The lines of a group that made it what it is: the met ones of a met group, and so on."""
    wanted = negated(line.status) if line.head == "none" else line.status
    return tuple(part for part in line.lines if part.status is wanted)


def most_urgent(reasons: Iterable[WhyUnknown | None]) -> WhyUnknown:
    """The reason that most needs an answer; silence when there is none."""
    return min((reason for reason in reasons if reason), key=_URGENCY.index, default=WhyUnknown.SILENT)
