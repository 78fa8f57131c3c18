"""What a chart may answer to a word: some values, each with its day. Put to the test as the engine does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import z3

from indicated.prove.logic import (
    FALSE,
    UNKNOWN,
    Formula,
    Status,
    Term,
    Time,
    all_of,
    any_of,
    newest,
    only_one,
)
from indicated.vocabulary.outline import Test


@dataclass(frozen=True)
class Candidate:
    """A value that a chart may give to a word: `here` says whether it does.

    Either `value` or `number` is set. `at_least` means that the true number may be larger. `time` is the day of the
    value, `facts` the newest day of all on which it rests.
    """

    here: Formula
    time: Time
    facts: Time
    value: str = ""
    number: Term | None = None
    at_least: Formula = FALSE

    def when(self, holds: Formula) -> Candidate:
        """The same candidate, given only while something holds."""
        return replace(self, here=z3.And(holds, self.here))


@dataclass(frozen=True)
class Answer:
    """All values that a chart may give to a word. None of them here means that it is not known."""

    candidates: tuple[Candidate, ...] = ()

    @property
    def known(self) -> Formula:
        """Whether there is a value."""
        return any_of(one.here for one in self.candidates)

    @property
    def time(self) -> Time:
        """The day of the newest value."""
        return newest((one.here, one.time) for one in self.candidates)

    def has(self, value: str) -> Formula:
        """Whether a value is among those given."""
        return any_of(one.here for one in self.candidates if one.number is None and one.value == value)

    def only(self, value: str) -> Formula:
        """Whether a value is given and no other."""
        others = [one.here for one in self.candidates if one.number is not None or one.value != value]
        return z3.And(self.has(value), z3.Not(any_of(others)))

    def when(self, holds: Formula) -> tuple[Candidate, ...]:
        """The candidates, given only while something holds."""
        return tuple(one.when(holds) for one in self.candidates)


@dataclass(frozen=True)
class Judged:
    """The status of a line with the newest day of the facts that decided it."""

    status: Status
    time: Time


def of_status(status: Status, time: Time, names: tuple[str, str] = ("met", "not met")) -> Answer:
    """The answer of a word that is made from a status."""
    pairs = ((status.met, names[0]), (status.not_met, names[1]))
    return Answer(tuple(Candidate(here, time, time, value) for here, value in pairs))


def judge(
    answer: Answer,
    one: Callable[[Candidate], Status],
    fresh: Callable[[Time], Formula] | None,
) -> Judged:
    """The status of a test on an answer: that of all its values together. `fresh` says what is not too old."""
    statuses = [(candidate.here, one(candidate)) for candidate in answer.candidates]
    sound = answer.known
    if fresh:
        sound = z3.And(sound, *(z3.Implies(c.here, fresh(c.time)) for c in answer.candidates))
    met = z3.And(sound, *(z3.Implies(here, status.met) for here, status in statuses))
    not_met = z3.And(sound, *(z3.Implies(here, status.not_met) for here, status in statuses))
    time = newest((candidate.here, candidate.facts) for candidate in answer.candidates)
    return Judged(Status(met, not_met), time)


def is_value(candidate: Candidate, values: Iterable[str], kind: str) -> Status:
    """Whether a candidate has one of some values. Of one kind of finding, it is whether there is any."""
    if candidate.number is not None:
        return Status(FALSE, z3.BoolVal(True))
    holds = candidate.value == "present" if kind else candidate.value in tuple(values)
    return Status(z3.BoolVal(holds), z3.BoolVal(not holds))


def compares(candidate: Candidate, test: Test, limit: float) -> Status:
    """Whether a number holds against a limit; a lower bound may be larger."""
    if candidate.number is None:
        return UNKNOWN
    bound = z3.RealVal(str(limit))
    holds = {
        "at least": candidate.number >= bound,
        "at most": candidate.number <= bound,
        "more than": candidate.number > bound,
        "less than": candidate.number < bound,
    }[test.operator]
    above = test.operator in ("at least", "more than")
    sure = z3.Not(candidate.at_least)
    return Status(
        holds if above else z3.And(holds, sure), z3.And(z3.Not(holds), sure) if above else z3.Not(holds)
    )


def same_as(candidate: Candidate, other: Answer) -> Status:
    """Whether a value is that of another word, which has to have a single one."""
    equal = [z3.And(part.here, _equal(candidate, part)) for part in other.candidates]
    single = _single(other.candidates)
    return Status(z3.And(single, any_of(equal)), z3.And(single, z3.Not(any_of(equal))))


def _equal(one: Candidate, other: Candidate) -> Formula:
    if one.number is not None and other.number is not None:
        return one.number == other.number
    return z3.BoolVal(one.number is None and other.number is None and one.value == other.value)


def _single(candidates: Sequence[Candidate]) -> Formula:
    """Whether all values that are given are the same one, and there is one."""
    pairs = (
        z3.Implies(z3.And(a.here, b.here), _equal(a, b))
        for number, a in enumerate(candidates)
        for b in candidates[:number]
    )
    return z3.And(any_of(one.here for one in candidates), all_of(pairs))


def number(one: Candidate) -> Term:
    """The number of a candidate of a measure."""
    return one.number


def exactly_one(answer: Answer) -> Formula:
    """Whether an answer has a single value."""
    return only_one([one.here for one in answer.candidates])
