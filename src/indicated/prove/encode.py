"""Puts a parsed policy over the unknowns of a chart: the status of every line as a formula.

It follows `indicated.evaluate`, definition by definition. Tests hold the two together: what the engine answers on any
chart is an answer that these formulas allow, and charts written down from them are judged as the formulas say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import z3

from indicated.determine.model import Outcome
from indicated.evaluate.days import earliest
from indicated.evaluate.model import CriterionStatus
from indicated.evaluate.statements import KINDS
from indicated.policy.model import Policy
from indicated.policy.read import KIND
from indicated.prove import events, rules
from indicated.prove.answers import (
    Answer,
    Candidate,
    Judged,
    compares,
    is_value,
    judge,
    of_status,
    same_as,
)
from indicated.prove.leaves import OTHER, Leaves
from indicated.prove.logic import (
    FALSE,
    TRUE,
    Formula,
    Status,
    Time,
    all_of,
    any_of,
    choose,
    combine,
    newest,
)
from indicated.vocabulary.check import values_of
from indicated.vocabulary.model import (
    Aggregate,
    AtAnyTime,
    Banded,
    Events,
    FirstKnownOf,
    Rule,
    StatedUnless,
    Vocabulary,
    Word,
)
from indicated.vocabulary.outline import Amount, Condition, Group, Test, in_days

Event = tuple[str, int]


@dataclass(frozen=True)
class Asked:
    """A criterion as formulas: whether it is asked of the request at all, and its status if it is."""

    id: str
    asked: Formula
    status: Status

    def has(self, status: str) -> Formula:
        """Whether the criterion has a status, by its name."""
        if status == CriterionStatus.NOT_APPLICABLE:
            return z3.Not(self.asked)
        found = {
            CriterionStatus.MET: self.status.met,
            CriterionStatus.NOT_MET: self.status.not_met,
            CriterionStatus.UNKNOWN: self.status.unknown,
        }[CriterionStatus(status)]
        return z3.And(self.asked, found)


class Encoder:
    """A policy over the unknowns of one chart, for one side, on the day `on`."""

    def __init__(
        self,
        policy: Policy,
        vocabulary: Vocabulary,
        leaves: Leaves,
        on: date,
        most_events: int,
        unread: Formula | None = None,
    ) -> None:
        self.policy, self.vocabulary, self.leaves = policy, vocabulary, leaves
        self.on, self.most_events = on, most_events
        self.unread = leaves.hidden("a part of the chart is unread") if unread is None else unread
        if unread is None:
            leaves.plain.append(z3.Not(self.unread))
        self._answers: dict[tuple[str, str, Event | None], Answer] = {}

    def answer(self, name: str, kind: str = "", event: Event | None = None) -> Answer:
        """What the chart may answer to a word."""
        key = (name, kind, event)
        if key not in self._answers:
            self._answers[key] = self._resolve(self.vocabulary[name], kind, event)
        return self._answers[key]

    def _resolve(self, word: Word, kind: str, event: Event | None) -> Answer:
        match word.definition:
            case None | Events():
                return self._base(word, kind, event)
            case Group() as outline:
                judged = self.group(outline, event)
                return of_status(judged.status, judged.time)
            case FirstKnownOf(words, by_day):
                answers = [self.answer(name, event=event) for name in words]
                return _newest_known(answers) if by_day else _first_known(answers)
            case StatedUnless(stated, findings):
                return self._stated_unless(stated, findings, event)
            case AtAnyTime(inner):
                return self.at_any_time(inner, event)
            case Banded(inner, bands):
                return self._banded(self.answer(inner, event=event), bands)
            case Aggregate() as definition:
                return events.aggregate(self, definition, word)
            case Rule(rule):
                return rules.answer(self, rule, word, event)

    def _base(self, word: Word, kind: str, event: Event | None) -> Answer:
        leaves = self.leaves
        if word.is_number:
            return leaves.number(word.name, event)
        if word.attribute:
            return leaves.values(word.name, (*word.values, OTHER), event)
        values = tuple(word.statuses)
        if not set(KINDS) & set(word.values):
            return leaves.values(word.name, values, event)
        kinds = {one: leaves.values(f"{word.name}, {one}", values, event) for one in KINDS}
        whole = leaves.values(word.name, values, event, implied=True)
        self._plain_finding(whole, tuple(kinds.values()))
        return kinds[kind] if kind else whole

    def _plain_finding(self, whole: Answer, kinds: Sequence[Answer]) -> None:
        """In a chart that is written down, a finding is told or seen, all on one day, and one that is there counts."""
        present = any_of(one.has("present") for one in kinds)
        absent = z3.And(z3.Not(present), any_of(one.has("absent") for one in kinds))
        self.leaves.plain += [whole.only("present") == present, whole.only("absent") == absent]
        self.leaves.plain += [
            z3.Implies(z3.And(one.here, part.here), one.time.age == part.time.age)
            for one in whole.candidates
            for kind in kinds
            for part in kind.candidates
        ]

    def amount(self, amount: Amount) -> Amount:
        """The amount itself, or that of the parameter that it names."""
        return self.policy.parameters[amount.parameter].amount or Amount() if amount.parameter else amount

    def limit(self, amount: Amount) -> float:
        """The number of an amount, in days where it is a length of time."""
        found = self.amount(amount)
        days = in_days(found)
        return found.number if days is None else days

    def in_window(self, time: Time, window: Amount) -> Formula:
        """Whether a day lies in a window that ends on the request date."""
        return z3.And(time.dated, time.age >= 0, time.age <= self.days(window))

    def days(self, window: Amount) -> int:
        """How many days a window has that ends on the request date."""
        return (self.on - earliest(self.on, self.amount(window))).days

    def test(self, test: Test, answer: Answer, good_for: Amount | None = None, kind: str = "") -> Judged:
        """The status of a test on an answer."""

        def one(candidate: Candidate) -> Status:
            if test.operator == "is":
                return is_value(candidate, test.values, kind)
            if test.operator == "same as":
                return same_as(candidate, self.answer(test.word))
            return compares(candidate, test, self.limit(test.amount or Amount()))

        window = test.within or good_for
        return judge(answer, one, (lambda time: self.in_window(time, window)) if window else None)

    def condition(self, condition: Condition, event: Event | None = None) -> Judged:
        """One line with its status."""
        kind = next((value for value in condition.test.values if value in KINDS), "")
        answer = self.answer(condition.word, kind, event)
        return self.test(condition.test, answer, self.vocabulary[condition.word].good_for, kind)

    def group(self, group: Group, event: Event | None = None) -> Judged:
        """A group of lines with its status, and the newest day of those that decided."""
        judged = [
            self.group(member, event) if isinstance(member, Group) else self.condition(member, event)
            for member in group.members
        ]
        return joined(group.head, group.count, judged)

    def _stated_unless(self, stated: str, findings: str, event: Event | None) -> Answer:
        verdict, shown = self.answer(stated, event=event), self.at_any_time(findings, event)
        now, outline = self.answer(findings, event=event), self.vocabulary[findings].definition
        left_open = self.leaves.hidden(f"{stated} is left open by a clinician")
        short = self.leaves.hidden(f"{findings} of the time of {stated} fall short", follows=True)
        falls_short = FALSE
        if isinstance(outline, Group):
            counted = [m for m in outline.members if isinstance(m, Group) and m.head == "at least"]
            falls_short = any_of(self.group(member, event).status.not_met for member in counted)
        self.leaves.plain += [z3.Not(left_open), short == falls_short]
        self.leaves.plain += [  # what was found is known on the day of the verdict
            z3.Implies(z3.And(one.here, now.known), one.time.age <= now.time.age)
            for one in verdict.candidates
        ]
        undone = z3.And(verdict.only("met"), verdict.time.dated, short)
        later = z3.And(
            verdict.only("not met"),
            shown.only("met"),
            shown.time.rank < verdict.time.rank,
        )
        alone = z3.And(z3.Not(verdict.known), z3.Not(z3.And(left_open, shown.has("met"))))
        time = self.leaves.time(f"{findings} that fall short")
        as_stated = z3.And(verdict.known, z3.Not(undone), z3.Not(later))
        return Answer(
            (
                Candidate(undone, time, time, "not met"),
                *shown.when(z3.Or(alone, later)),
                *verdict.when(as_stated),
            )
        )

    def at_any_time(self, name: str, event: Event | None) -> Answer:
        """An outline that was met on some day: now, or on an earlier day of which nothing else is known."""
        inner = self.answer(name, event=event)
        earlier = self.leaves.hidden(f"{name} were met on an earlier day", follows=True)
        self.leaves.plain.append(z3.Not(earlier))
        time = self.leaves.time(f"{name} on an earlier day")
        time = choose([(earlier, time)], inner.time)
        met = z3.Or(earlier, inner.has("met"))
        return Answer(
            (Candidate(met, time, time, "met"), *(one.when(z3.Not(met)) for one in inner.candidates))
        )

    def _banded(self, answer: Answer, bands: Sequence[tuple[str, Test]]) -> Answer:
        found: list[Candidate] = []
        for one in answer.candidates:
            single = Answer((Candidate(TRUE, one.time, one.facts, one.value, one.number, one.at_least),))
            held = [self.test(test, single).status.met for _, test in bands]
            for number, (name, _) in enumerate(bands):
                last = z3.And(held[number], z3.Not(any_of(held[number + 1 :])))
                found.append(Candidate(z3.And(one.here, last), one.time, one.facts, name))
        return Answer(tuple(found))

    def criteria(self) -> tuple[Asked, ...]:
        """Every criterion of the policy."""
        readable = Encoder(self.policy, self.vocabulary, self.leaves, self.on, self.most_events, unread=FALSE)
        kind = readable.answer(KIND)
        order = self.vocabulary[KIND].values
        found = []
        for criterion in self.policy.criteria:
            status = self.group(criterion.outline).status
            if not criterion.kinds:
                found.append(Asked(criterion.id, TRUE, status))
                continue
            asked = any_of(kind.has(name) for name in criterion.kinds)
            lacking = events.lacking(self, self._series())
            later = any_of(
                z3.And(kind.has(name), z3.BoolVal(any(k in order[place + 1 :] for k in criterion.kinds)))
                for place, name in enumerate(order)
            )
            may_be = z3.And(z3.Not(asked), lacking, later)
            known = Status(z3.And(asked, status.met), z3.And(asked, status.not_met))
            found.append(Asked(criterion.id, z3.Or(asked, may_be), known))
        return tuple(found)

    def _series(self) -> str:
        """The events by which requests are told apart."""
        names = self.vocabulary.closure((KIND,))
        return next(n for n in names if isinstance(self.vocabulary[n].definition, Events))

    def values_of(self, name: str) -> tuple[str, ...]:
        """The values that a word may have."""
        return values_of(name, self.vocabulary)


def joined(head: str, count: int, judged: Sequence[Judged]) -> Judged:
    """A group from its lines; its day is that of the lines that decided."""
    status = combine(head, count, [one.status for one in judged])
    times = []
    for one in judged:
        met, not_met = one.status.met, one.status.not_met
        same = (not_met, met) if head == "none" else (met, not_met)
        decides = z3.Or(z3.And(status.met, same[0]), z3.And(status.not_met, same[1]))
        times.append((decides, one.time))
    return Judged(status, newest(times))


def outcome(criteria: Sequence[Asked]) -> dict[str, Formula]:
    """The outcome of a request in scope, by the fixed rule of `indicated.determine.outcome`."""
    review = any_of(one.has(CriterionStatus.NOT_MET) for one in criteria)
    unknown = any_of(one.has(CriterionStatus.UNKNOWN) for one in criteria)
    nothing = all_of(z3.Not(one.asked) for one in criteria)
    information = z3.And(z3.Not(review), z3.Or(unknown, nothing))
    return {
        Outcome.CLINICIAN_REVIEW: review,
        Outcome.MORE_INFORMATION: information,
        Outcome.CRITERIA_MET: z3.Not(z3.Or(review, information)),
        Outcome.OUT_OF_SCOPE: FALSE,
    }


def _first_known(answers: Sequence[Answer]) -> Answer:
    found: list[Candidate] = []
    for number, answer in enumerate(answers):
        found += answer.when(z3.Not(any_of(one.known for one in answers[:number])))
    return Answer(tuple(found))


def _newest_known(answers: Sequence[Answer]) -> Answer:
    found: list[Candidate] = []
    for answer in answers:
        newer = any_of(
            z3.And(other.known, other.time.rank < answer.time.rank)
            for other in answers
            if other is not answer
        )
        found += answer.when(z3.Not(newer))
    return Answer(tuple(found))
