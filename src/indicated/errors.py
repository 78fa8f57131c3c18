"""What can go wrong, said to the person who can mend it.

    IndicatedError
    ├── ChartError        the chart could not be read (exit code 3)
    ├── PolicyError       the policy or the vocabulary could not be read (exit code 3)
    └── CheckFailed       a check that was asked for failed (exit code 4)

Every error carries one or more `Problem`s: where it is, what is wrong, what to write instead.
No problem ever holds text of a chart: a message may reach a log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place.

    `place` is a file, or `file:line`; `what` says what is wrong; `instead` says what to write.
    """

    place: str
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f" {self.instead}" if self.instead else "")


class IndicatedError(Exception):
    """The root of all errors that the program raises on purpose."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ChartError(IndicatedError):
    """The chart could not be read."""

    exit_code = 3


class PolicyError(IndicatedError):
    """The policy, the vocabulary or the evidence ledger could not be read."""

    exit_code = 3


class CheckFailed(IndicatedError):
    """A check that was asked for found something."""

    exit_code = 4
