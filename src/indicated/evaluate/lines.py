"""Judges the lines of an outline: what was found of the word, put to the test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indicated.evaluate.days import in_window
from indicated.evaluate.kleene import MET, NOT_MET, UNKNOWN, combine, deciding, most_urgent
from indicated.evaluate.model import Answer, Candidate, CriterionStatus, Line, WhyUnknown
from indicated.evaluate.scene import Scene, evidence_of
from indicated.evaluate.statements import KINDS
from indicated.facts.model import Fact, Status, Value
from indicated.vocabulary.outline import Amount, Condition, Group, Test, in_days


def judge_group(group: Group, scene: Scene) -> Line:
    """A group of lines with its status."""
    lines = tuple(
        judge_group(member, scene) if isinstance(member, Group) else judge_condition(member, scene)
        for member in group.members
    )
    return group_line(group.text, group.head, group.count, lines)


def group_line(text: str, head: str, count: int, lines: tuple[Line, ...]) -> Line:
    """A head with the lines below it; its facts are those of the lines that decided."""
    status = combine(head, count, [line.status for line in lines])
    whole = Line(text, status, lines=lines, head=head, count=count)
    parts = deciding(whole)
    facts = unique(fact for part in parts for fact in part.facts)
    return Line(
        text=text,
        status=status,
        why_unknown=most_urgent(part.why_unknown for part in parts) if status is UNKNOWN else None,
        evidence=evidence_of(facts),
        facts=facts,
        lines=lines,
        head=head,
        count=count,
    )


def judge_condition(condition: Condition, scene: Scene) -> Line:
    """One line with its status and what was found."""
    test = condition.test
    kind = next((value for value in test.values if value in KINDS), "")
    answer = scene.answer(condition.word, kind)
    status, why, facts = judge(test, answer, scene, scene.vocabulary[condition.word].good_for, kind)
    return Line(
        text=condition.text,
        status=status,
        why_unknown=why,
        found=_found(answer, why, kind) + _limits(condition, scene),
        evidence=evidence_of(facts),
        facts=facts,
        lines=answer.lines,
    )


def judge(
    test: Test, answer: Answer, scene: Scene, good_for: Amount | None = None, kind: str = ""
) -> tuple[CriterionStatus, WhyUnknown | None, tuple[Fact, ...]]:
    """The status of a test on an answer, why it is unknown, and the facts on which that rests."""
    if not answer.candidates:
        return UNKNOWN, answer.why, answer.facts
    window = test.within or good_for
    judged = [(candidate, _judge_one(test, candidate, scene, kind)) for candidate in answer.candidates]
    facts = unique(fact for candidate, _ in judged for fact in candidate.facts)
    if window and any(
        not in_window(candidate.day, scene.on, scene.amount(window)) for candidate, _ in judged
    ):
        return UNKNOWN, WhyUnknown.STALE, facts
    statuses = {status for _, status in judged}
    if len(statuses) == 1:
        status = statuses.pop()
        return status, WhyUnknown.SILENT if status is UNKNOWN else None, facts
    if {MET, NOT_MET} <= statuses:
        return UNKNOWN, WhyUnknown.CONFLICTING, facts
    return UNKNOWN, WhyUnknown.SILENT, facts


def _judge_one(test: Test, candidate: Candidate, scene: Scene, kind: str) -> CriterionStatus:
    value: Value = candidate.value
    if test.operator == "is":
        if kind:
            return MET if value == "present" else NOT_MET
        return MET if value in test.values else NOT_MET
    if test.operator == "same as":
        other = scene.answer(test.word)
        values = {part.value for part in other.candidates}
        if len(values) != 1:
            return UNKNOWN
        return MET if value in values else NOT_MET
    limit = _limit(scene.amount(test.amount or Amount()))
    number = float(value)
    holds = {
        "at least": number >= limit,
        "at most": number <= limit,
        "more than": number > limit,
        "less than": number < limit,
    }[test.operator]
    if candidate.at_least and holds is (test.operator in ("at most", "less than")):
        return UNKNOWN  # the true number may be larger
    return MET if holds else NOT_MET


def _limit(amount: Amount) -> float:
    days = in_days(amount)
    return amount.number if days is None else days


def _found(answer: Answer, why: WhyUnknown | None, kind: str) -> str:
    if not answer.candidates:
        statuses = [fact.status for fact in answer.facts]
        near = next(
            (text for status, text in _NEAR.items() if status in statuses), "nothing in the chart says so"
        )
        return answer.note or near
    texts = [_said(candidate, kind) for candidate in answer.candidates]
    text = " and ".join(texts) + (f" ({answer.note})" if answer.note else "")
    if why is WhyUnknown.STALE:
        return f"{text}; too old"
    return f"{text}; the statements contradict each other" if why is WhyUnknown.CONFLICTING else text


_NEAR = {
    Status.ASKED: "asked, not answered",
    Status.PLANNED: "only planned",
    Status.HISTORICAL: "only said of earlier",
    Status.HYPOTHETICAL: "only a possibility",
    Status.OTHER_PERSON: "said of another person",
    Status.PRESENT: "mentioned, and not enough",
}
"""What is found when nothing answers the line, by what came nearest."""


def _limits(condition: Condition, scene: Scene) -> str:
    """The parameters that the line names, with the values that the policy gives them."""
    named = [
        amount for amount in (condition.test.amount, condition.test.within) if amount and amount.parameter
    ]
    good_for = scene.vocabulary[condition.word].good_for
    named += [good_for] if good_for and good_for.parameter else []
    names = dict.fromkeys(amount.parameter for amount in named)
    return "".join(f"; {name}: {scene.choice(name)}" for name in names)


def _said(candidate: Candidate, kind: str) -> str:
    value = candidate.value
    text = f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    if kind:
        text = kind if value == "present" else f"not {kind}"
    text = f"{text} or more" if candidate.at_least else text
    return f"{text}, {candidate.day}" if isinstance(candidate.day, date) else text


def unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, each once. (A fact holds a map, so it cannot stand in a set.)"""
    kept: list[Fact] = []
    for fact in facts:
        if fact not in kept:
            kept.append(fact)
    return tuple(kept)
