"""The fixed rule that turns statuses into an outcome. It is the same for every policy, and it cannot deny."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.determine.model import CriterionStatus, Outcome


def outcome_of(statuses: Sequence[CriterionStatus]) -> Outcome:
    """The outcome of a request in scope: a criterion not met goes to a clinician, an unknown one is asked about."""
    if CriterionStatus.NOT_MET in statuses:
        return Outcome.CLINICIAN_REVIEW
    if CriterionStatus.UNKNOWN in statuses:
        return Outcome.MORE_INFORMATION
    asked = [status for status in statuses if status is not CriterionStatus.NOT_APPLICABLE]
    return Outcome.CRITERIA_MET if asked else Outcome.MORE_INFORMATION
