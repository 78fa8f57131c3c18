"""Kleene's three values and the days of statements, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import z3

Formula = Any
"""A Boolean of z3, which has no types."""
Term = Any
"""A number of z3."""

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)
LONG_AGO = 10**6
"""An age beyond that of any statement; one without a day is taken for the oldest."""


@dataclass(frozen=True)
class Status:
    """Met, not met, or neither: then it is unknown."""

    met: Formula
    not_met: Formula

    @property
    def unknown(self) -> Formula:
        """Whether it is neither met nor not met."""
        return z3.Not(z3.Or(self.met, self.not_met))

    @property
    def known(self) -> Formula:
        """Whether it is met or not met."""
        return z3.Or(self.met, self.not_met)


UNKNOWN = Status(FALSE, FALSE)


@dataclass(frozen=True)
class Time:
    """The day of a statement as its age in days on the request date, if it has a day at all."""

    dated: Formula
    age: Term

    @property
    def rank(self) -> Term:
        """The age by which statements are ordered, the newest first."""
        return z3.If(self.dated, self.age, LONG_AGO)


NO_DAY = Time(FALSE, z3.IntVal(0))


def any_of(formulas: Iterable[Formula]) -> Formula:
    """Whether one of them holds."""
    return z3.Or(*formulas)


def all_of(formulas: Iterable[Formula]) -> Formula:
    """Whether all of them hold."""
    return z3.And(*formulas)


def at_least(count: int, formulas: Sequence[Formula]) -> Formula:
    """Whether at least so many of them hold."""
    if count <= 0:
        return TRUE
    if count > len(formulas):
        return FALSE
    return z3.PbGe([(formula, 1) for formula in formulas], count)


def only_one(formulas: Sequence[Formula]) -> Formula:
    """Whether exactly one of them holds."""
    return z3.PbEq([(formula, 1) for formula in formulas], 1) if formulas else FALSE


def negated(status: Status) -> Status:
    """Met for not met and not met for met."""
    return Status(status.not_met, status.met)


def combine(head: str, count: int, statuses: Sequence[Status]) -> Status:
    """The status of a group from those of its lines, as `indicated.evaluate.kleene.combine` has it."""
    if head == "none":
        statuses = [negated(status) for status in statuses]
    if head in ("all", "none"):
        count = len(statuses)
    elif head == "any":
        count = 1
    return Status(
        at_least(count, [status.met for status in statuses]),
        at_least(len(statuses) - count + 1, [status.not_met for status in statuses]),
    )


def newest(times: Iterable[tuple[Formula, Time]]) -> Time:
    """The newest of the times that count."""
    dated, age = FALSE, z3.IntVal(0)
    for counts, time in times:
        has = z3.And(counts, time.dated)
        age = z3.If(z3.And(has, z3.Or(z3.Not(dated), time.age < age)), time.age, age)
        dated = z3.Or(dated, has)
    return Time(dated, age)


def choose(cases: Sequence[tuple[Formula, Time]], otherwise: Time = NO_DAY) -> Time:
    """The time of the first case that holds."""
    dated, age = otherwise.dated, otherwise.age
    for holds, time in reversed(cases):
        dated, age = z3.If(holds, time.dated, dated), z3.If(holds, time.age, age)
    return Time(dated, age)
