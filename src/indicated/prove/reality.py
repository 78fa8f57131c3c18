"""Runs the program on a chart that was found, so that nothing is told which the program does not confirm."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from indicated.chart import Chart, read_chart
from indicated.determine import Determination, determine
from indicated.evaluate import evaluate
from indicated.evaluate.kleene import MET, NOT_MET, UNKNOWN, combine
from indicated.evaluate.model import CriterionStatus, Judged
from indicated.facts import find_facts
from indicated.facts.model import Fact
from indicated.policy.model import Criterion, Policy
from indicated.prove import properties, rules
from indicated.prove.case import Witness
from indicated.prove.properties import Claim
from indicated.prove.session import any_value
from indicated.vocabulary.model import Vocabulary
from indicated.vocabulary.outline import Amount, Condition, Group, Test, in_days

_MEDICINE = "antithrombotic medicine"


class Reality:
    """A witness as the program reads and judges it under a policy."""

    def __init__(self, witness: Witness, policy: Policy, vocabulary: Vocabulary) -> None:
        self.policy, self.vocabulary = policy, vocabulary
        self.chart, self.facts = _read(witness)
        self.determination: Determination = determine(policy, vocabulary, self.chart, self.facts)
        self._statuses = {one.id: one.status for one in self.determination.criteria}

    def has(self, claim: Claim) -> bool:
        """Whether an outcome or the status of a criterion came out."""
        if not claim.criterion:
            return self.determination.outcome.value == claim.status.replace(" ", "_")
        return self.status(claim.criterion) == claim.status

    def status(self, criterion: str) -> str:
        """The status of a criterion in words; empty when the request is out of scope."""
        found = self._statuses.get(criterion)
        return found.value.replace("_", " ") if found else ""

    def holds(self, condition: Group | None) -> bool:
        """Whether an outline is met."""
        return condition is None or self._group(condition) is MET

    def _group(self, group: Group) -> CriterionStatus:
        parts = [
            self._group(member) if isinstance(member, Group) else self._condition(member)
            for member in group.members
        ]
        return combine(group.head, group.count, parts)

    def _condition(self, condition: Condition) -> CriterionStatus:
        word, test = condition.word, condition.test
        known = tuple(value for value in test.values if value != properties.UNKNOWN)
        asks_unknown = known != test.values
        if word in self.vocabulary.words:
            status = (
                self._judged(condition, replace(test, values=known)).status
                if known or not asks_unknown
                else NOT_MET
            )
            unknown = (
                asks_unknown
                and self._judged(condition, any_value(word, test, self.vocabulary)).status is UNKNOWN
            )
            return MET if unknown else status
        if word in self._statuses:
            return MET if self.status(word) in test.values else NOT_MET
        return self._of_drug(word, test, asks_unknown=asks_unknown)

    def _judged(self, condition: Condition, test: Test) -> Judged:
        group = Group("all", (replace(condition, test=test),), 0, condition.line)
        alone = Criterion("condition", "", group, "", ())
        policy = replace(self.policy, criteria=(alone,), pathway=(), technique=(), pitfalls=())
        unread = self.chart.is_partly_unread
        return evaluate(policy, self.vocabulary, self.chart.request, self.facts, unread=unread).criteria[0]

    def _of_drug(self, word: str, test: Test, *, asks_unknown: bool) -> CriterionStatus:
        """What is said of one drug: whether it is taken, and for how long it is left out."""
        drugs = {form(d): d for d in rules.drugs(self.policy) for form in _FORMS}
        drug = drugs[word]
        holds = [
            fact
            for fact in self.facts
            if fact.word == rules.HOLD and self._is_meant(str(fact.attributes.get("drug", "")), drug)
        ]
        if word == rules.taking(drug):
            line = Condition(_MEDICINE, any_value(_MEDICINE, test, self.vocabulary), "", 0)
            judged = self._judged(line, line.test)
            names = [part.text.partition(":")[0] for one in judged.lines for part in one.lines]
            said = any(self._is_meant(name, drug) for name in names)
        elif word == rules.going_on(drug):
            said = any(fact.attributes.get("continue") is True for fact in holds)
        else:
            days = [float(n) for f in holds if isinstance(n := f.attributes.get("days"), int | float)]
            said = bool(days)
            if said and test.amount:
                return MET if all(_compares(number, test) for number in days) else NOT_MET
        return MET if said is not asks_unknown else NOT_MET

    def _is_meant(self, name: str, drug: str) -> bool:
        """Whether a drug of the chart is the one of a property, which may be one without a name or a period."""
        if drug == rules.UNNAMED:
            return name in ("", rules.UNNAMED)
        if drug == rules.UNLISTED:
            return bool(name) and name not in rules.drugs(self.policy)
        return name == drug


_FORMS = (rules.taking, rules.going_on, rules.days_without)


def _compares(number: float, test: Test) -> bool:
    amount = test.amount or Amount()
    days = in_days(amount)
    limit = amount.number if days is None else days
    return {
        "at least": number >= limit,
        "at most": number <= limit,
        "more than": number > limit,
        "less than": number < limit,
    }.get(test.operator, False)


def _read(witness: Witness) -> tuple[Chart, tuple[Fact, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "case"
        witness.write(place, "found by proof")
        chart = read_chart(place)
        return chart, tuple(find_facts(chart))
