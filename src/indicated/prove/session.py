"""The solver at work on one policy or two: which charts are possible, and the smallest of them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import z3

from indicated.determine.model import Outcome
from indicated.evaluate.statements import KINDS
from indicated.policy.model import Policy
from indicated.prove import properties, rules
from indicated.prove.answers import Answer, Judged
from indicated.prove.case import Witness, witness
from indicated.prove.encode import Encoder, joined, outcome
from indicated.prove.leaves import USUAL_AGE, Leaves
from indicated.prove.logic import FALSE, NO_DAY, TRUE, Formula, Status, any_of
from indicated.prove.properties import Claim
from indicated.prove.sentences import Sentences
from indicated.vocabulary.check import values_of
from indicated.vocabulary.model import NUMBER, Aggregate, Vocabulary
from indicated.vocabulary.outline import Amount, Condition, Group, Test

LEAST_EVENTS, MOST_EVENTS = 4, 8
PATIENCE = 60_000
"""Milliseconds after which a question counts as not decided."""
_COUNTS = ("count", "in a row")


class Session:
    """A policy over the unknowns of one chart. Two policies may share the unknowns."""

    def __init__(
        self,
        policy: Policy,
        vocabulary: Vocabulary,
        leaves: Leaves,
        on: date,
        most_events: int,
    ) -> None:
        self.policy, self.vocabulary, self.leaves, self.on = policy, vocabulary, leaves, on
        self.encoder = Encoder(policy, vocabulary, leaves, on, most_events)
        self.criteria = {one.id: one for one in self.encoder.criteria()}
        self.outcome = outcome(tuple(self.criteria.values()))

    def claim(self, claim: Claim) -> Formula:
        """Whether a claim holds."""
        if claim.criterion:
            return self.criteria[claim.criterion].has(claim.status.replace(" ", "_"))
        return self.outcome[Outcome(claim.status.replace(" ", "_"))]

    def claims(self, claims: Sequence[Claim]) -> Formula:
        """Whether one of some claims holds."""
        return any_of(self.claim(one) for one in claims)

    def condition(self, group: Group | None) -> Formula:
        """Whether an outline of a property is met."""
        return TRUE if group is None else self._group(group).status.met

    def _group(self, group: Group) -> Judged:
        judged = [
            self._group(member) if isinstance(member, Group) else self._condition(member)
            for member in group.members
        ]
        return joined(group.head, group.count, judged)

    def _condition(self, condition: Condition) -> Judged:
        word, test = condition.word, condition.test
        if word in self.criteria:
            has = any_of(self.criteria[word].has(value.replace(" ", "_")) for value in test.values)
            return Judged(Status(has, z3.Not(has)), NO_DAY)
        known = tuple(value for value in test.values if value != properties.UNKNOWN)
        asked = replace(condition, test=replace(test, values=known))
        if word in self.vocabulary.words:
            judged, answer = self.encoder.condition(asked), self.encoder.answer(word)
            good_for = self.vocabulary[word].good_for
        else:
            answer, good_for = self._of_drug(word), None
            judged = self.encoder.test(asked.test, answer)
        if known == test.values:
            return judged
        said = judged.status.met if known else FALSE
        anything = self.encoder.test(any_value(word, test, self.vocabulary), answer, good_for).status
        met = z3.Or(said, anything.unknown)
        return Judged(Status(met, z3.Not(met)), judged.time)

    def _of_drug(self, word: str) -> Answer:
        if any(word == rules.days_without(drug) for drug in rules.drugs(self.policy)):
            return self.leaves.number(word)
        return self.leaves.values(word, (properties.YES,))


def any_value(word: str, test: Test, vocabulary: Vocabulary) -> Test:
    """A test that is unknown only when nothing is known of a word, or nothing in the window of the test."""
    values = values_of(word, vocabulary) or (properties.YES,)
    if values == NUMBER or word.startswith(rules.days_without("")):
        return Test("at least", amount=Amount(0), within=test.within)
    return Test("is", tuple(value for value in values if value not in KINDS), within=test.within)


def most_events(policies: Sequence[Policy], vocabulary: Vocabulary) -> int:
    """How many events a chart has at most: two more than the largest number of events that a policy names."""
    largest = 0.0
    for policy in policies:
        for criterion in policy.criteria:
            for condition in criterion.outline.conditions():
                definition, amount = vocabulary[condition.word].definition, condition.test.amount
                if amount and isinstance(definition, Aggregate) and definition.name in _COUNTS:
                    parameter = policy.parameters.get(amount.parameter)
                    number = (parameter.amount if parameter else amount) or amount
                    largest = max(largest, number.number)
    return int(min(MOST_EVENTS, max(LEAST_EVENTS, largest + 2)))


@dataclass(frozen=True)
class Found:
    """What the solver found: that there is no chart, a chart in words, or neither, with the reason."""

    none: bool = False
    witnesses: tuple[Witness, ...] = ()
    why: str = ""


def search(sessions: Sequence[Session], goal: Sequence[Formula], *, plainly: bool = True) -> Found:
    """Look for a chart for which all of the goal holds. Sessions with unknowns of their own are charts of their own.

    Without `plainly` it is only asked whether there is one.
    """
    charts = {id(session.leaves): session.leaves for session in sessions}
    always = [formula for leaves in charts.values() for formula in leaves.always]
    solver = z3.Solver()
    solver.set("timeout", PATIENCE)
    solver.add(*always, *goal)
    if (answer := solver.check()) != z3.sat:
        return Found(none=answer == z3.unsat, why="" if answer == z3.unsat else "the solver ran out of time")
    if not plainly:
        return Found()
    plain = [f for leaves in charts.values() for f in (*leaves.plain, *leaves.besides())]
    solver.add(*plain)
    if solver.check() != z3.sat:
        return Found(why="a chart is possible, and none that can be written in plain sentences was found")
    smallest = z3.Optimize()
    smallest.set("timeout", PATIENCE)
    smallest.add(*always, *plain, *goal)
    for leaves in charts.values():
        for leaf in leaves:
            smallest.add_soft(z3.Not(leaf.known), "10")
            for one in leaf.answer.candidates:
                if leaf.event is None or not leaf.event[1]:
                    smallest.add_soft(z3.Implies(one.here, one.time.age == USUAL_AGE), "1")
    model = smallest.model() if smallest.check() == z3.sat else solver.model()
    found = []
    for leaves in charts.values():
        session = next(one for one in sessions if one.leaves is leaves)
        found.append(witness(model, session.policy, session.on, leaves))
    return Found(witnesses=tuple(found))


def open_session(policy: Policy, vocabulary: Vocabulary, sentences: Sentences, name: str = "") -> Session:
    """One policy over the unknowns of a chart of its own, on the first day on which it is in force."""
    leaves = Leaves(name, sentences)
    return Session(policy, vocabulary, leaves, policy.effective, most_events([policy], vocabulary))
