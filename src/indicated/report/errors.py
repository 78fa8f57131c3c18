"""What can go wrong when a report is made."""

from __future__ import annotations

from indicated.errors import CheckFailed, IndicatedError


class ReportError(IndicatedError):
    """What was asked of the report cannot be done: an unknown format, or a part that is not installed."""

    exit_code = 2


class QuoteMismatch(CheckFailed):
    """A quote does not stand in its document at its place, so no report may leave the program."""
