"""Derived words: from an outline, the first known of several, bands of a number, or the events of the chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicated.evaluate import rules
from indicated.evaluate.aggregates import aggregate
from indicated.evaluate.kleene import MET, NOT_MET, UNKNOWN, most_urgent
from indicated.evaluate.lines import judge, judge_group, unique
from indicated.evaluate.model import Answer, Candidate, CriterionStatus, Line, WhyUnknown
from indicated.evaluate.scene import Scene, day_of, evidence_of
from indicated.evaluate.statements import answer_base
from indicated.facts.model import Fact, Status
from indicated.vocabulary.model import Aggregate, AtAnyTime, Banded, Events, FirstKnownOf, Rule, StatedUnless
from indicated.vocabulary.outline import Group, Test


def resolve(scene: Scene, name: str, kind: str) -> Answer:
    """The answer to a word, derived or not."""
    word = scene.vocabulary[name]
    match word.definition:
        case None | Events():
            return answer_base(word, scene, kind)
        case Group() as outline:
            return from_line(judge_group(outline, scene))
        case FirstKnownOf(words, newest):
            return _newest_known(words, scene) if newest else _first_known(words, scene)
        case StatedUnless(stated, findings):
            return _stated_unless(stated, findings, scene)
        case AtAnyTime(inner):
            return _at_any_time(inner, scene)
        case Banded(inner, bands):
            return _banded(scene.answer(inner), bands, scene)
        case Aggregate() as definition:
            return aggregate(definition, word, scene)
        case Rule(rule):
            return rules.RULES[rule](scene)


def from_line(line: Line) -> Answer:
    """The answer of a word that is an outline: met, not met, or not known."""
    if line.status is UNKNOWN:
        return Answer(why=line.why_unknown or WhyUnknown.SILENT, facts=line.facts, lines=line.lines)
    return Answer((_candidate(line.status, line.facts),), facts=line.facts, lines=line.lines)


def _candidate(status: CriterionStatus, facts: tuple[Fact, ...]) -> Candidate:
    day = max((found for fact in facts if (found := day_of(fact))), default=None)
    return Candidate("met" if status is MET else "not met", day, facts)


def _first_known(words: Sequence[str], scene: Scene) -> Answer:
    answers = [scene.answer(word) for word in words]
    if len(answers) == 1:
        return answers[0]  # another name for one word
    lines = tuple(_part(word, answer) for word, answer in zip(words, answers, strict=True))
    for answer in answers:
        if answer.candidates:
            return Answer(answer.candidates, facts=answer.facts, lines=lines, note=answer.note)
    return _none_known(answers, lines)


def _newest_known(words: Sequence[str], scene: Scene) -> Answer:
    answers = [scene.answer(word) for word in words]
    lines = tuple(_part(word, answer) for word, answer in zip(words, answers, strict=True))
    known = [answer for answer in answers if answer.candidates]
    if not known:
        return _none_known(answers, lines)
    latest = max(answer.day or date.min for answer in known)
    tied = [answer for answer in known if (answer.day or date.min) == latest]
    candidates = tuple(candidate for answer in tied for candidate in answer.candidates)
    return Answer(candidates, facts=unique(f for answer in tied for f in answer.facts), lines=lines)


def _none_known(answers: Sequence[Answer], lines: tuple[Line, ...]) -> Answer:
    facts = unique(fact for answer in answers for fact in answer.facts)
    return Answer(why=most_urgent(answer.why for answer in answers), facts=facts, lines=lines)


def _part(word: str, answer: Answer) -> Line:
    """A word from which another is made, as a line of its derivation."""
    known = " and ".join(str(candidate.value) for candidate in answer.candidates)
    facts = unique(fact for candidate in answer.candidates for fact in candidate.facts) or answer.facts
    return Line(
        text=f"{word}: {known}" if known else word,
        status=MET if known else UNKNOWN,
        why_unknown=None if known else answer.why,
        found=answer.note,
        evidence=evidence_of(facts),
        facts=facts,
        lines=answer.lines,
    )


def _stated_unless(stated: str, findings: str, scene: Scene) -> Answer:
    """A stated verdict; findings of its own time that fall short win over it, and newer findings over an older one."""
    verdict = scene.answer(stated)
    shown = _at_any_time(findings, scene)
    if not verdict.candidates:
        asked = [day_of(fact) or date.min for fact in verdict.facts if fact.status is Status.ASKED]
        met = bool(shown.candidates) and shown.candidates[0].value == "met"
        if met and asked and max(asked) >= (shown.day or date.min):
            return Answer(facts=verdict.facts, lines=shown.lines, note="left open by the clinician")
        return Answer(
            shown.candidates, shown.why, unique((*shown.facts, *verdict.facts)), shown.lines, shown.note
        )
    lines = (_part(stated, verdict), *shown.lines)
    values = {candidate.value for candidate in verdict.candidates}
    if values == {"met"} and verdict.day:
        short = _falls_short(scene.as_of(verdict.day).answer(findings))
        if short:
            note = "the findings fall short"
            return Answer((_candidate(NOT_MET, short),), facts=short, lines=lines, note=note)
    later = (shown.day or date.min) > (verdict.day or date.min)
    if values == {"not met"} and later and shown.candidates and shown.candidates[0].value == "met":
        return Answer(shown.candidates, facts=shown.facts, lines=lines)
    return Answer(verdict.candidates, facts=verdict.facts, lines=lines)


def _falls_short(answer: Answer) -> tuple[Fact, ...]:
    """The findings of categories of which not enough can be reached: they were laid out one by one and fall short."""
    failed = [line for line in answer.lines if line.head == "at least" and line.status is NOT_MET]
    return unique(fact for line in failed for fact in line.facts)


def _at_any_time(word: str, scene: Scene) -> Answer:
    base = {name for name in scene.vocabulary.closure((word,)) if scene.vocabulary[name].definition is None}
    days = sorted({day for fact in scene.facts if fact.word in base and (day := day_of(fact))})
    for day in days:
        answer = scene.as_of(day).answer(word)
        if answer.candidates and answer.candidates[0].value == "met":
            return answer
    return scene.answer(word)


def _banded(answer: Answer, bands: Sequence[tuple[str, Test]], scene: Scene) -> Answer:
    candidates = []
    for candidate in answer.candidates:
        one = Answer((candidate,))
        held = [name for name, test in bands if judge(test, one, scene)[0] is MET]
        if held:
            candidates.append(Candidate(held[-1], candidate.day, candidate.facts))
    return Answer(tuple(candidates), answer.why, answer.facts, answer.lines, answer.note)
