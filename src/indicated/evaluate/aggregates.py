"""The closed set of aggregates over dated events: count, latest, days since, every, any, in a row and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from indicated.evaluate.kleene import MET, NOT_MET, UNKNOWN, combine, most_urgent
from indicated.evaluate.lines import group_line, judge_condition, unique
from indicated.evaluate.model import NOT_ALL_READ, Answer, Candidate, CriterionStatus, Line, WhyUnknown
from indicated.evaluate.scene import Scene, evidence_of
from indicated.evaluate.series import Event, events_of, may_lack_events
from indicated.facts.model import Fact
from indicated.vocabulary.model import Aggregate, Word
from indicated.vocabulary.outline import Condition

INCREASING, NOT_INCREASING = "increasing", "not increasing"


def aggregate(definition: Aggregate, word: Word, scene: Scene) -> Answer:
    """The answer to a word that is an aggregate over events."""
    events = events_of(definition.events, scene)
    lacking = may_lack_events(definition.events, scene)
    match definition.name:
        case "count":
            facts = _done(events)
            count = Candidate(float(len(events)), _last(events), facts, at_least=lacking)
            return Answer((count,), facts=facts)
        case "days since" | "latest" | "total" | "change from baseline" if lacking:
            return Answer(why=WhyUnknown.UNREADABLE, facts=_done(events), note=NOT_ALL_READ)
        case "days since":
            day = _last(events)
            if day is None or any(event.day is None for event in events):
                return Answer(facts=_done(events))  # one without a day may be the last
            return Answer((Candidate(float((scene.on - day).days), day, _done(events)),), facts=_done(events))
        case "every" | "any" if definition.condition:
            return _asked_of_each(
                definition.condition,
                "all" if definition.name == "every" else "any",
                events,
                scene,
                lacking=lacking,
            )
        case "in a row" if definition.condition:
            return _in_a_row(definition.condition, events, scene, lacking=lacking)
        case "latest":
            if not events:
                return Answer()
            return _scene_of(events[-1], scene).answer(definition.word)
        case "trend":
            equal = word.parameters[0] if word.parameters else ""
            return _trend(definition.word, events, scene, equal, lacking=lacking)
        case "best" | "total":
            return _over_numbers(definition, events, scene, lacking=lacking)
    return _change(definition.word, events, scene)


def _scene_of(event: Event, scene: Scene) -> Scene:
    return scene.with_facts(event.facts, event=True)


def _title(number: int, event: Event) -> str:
    return f"block {number}, {event.day or 'not dated'}"


def _done(events: Sequence[Event]) -> tuple[Fact, ...]:
    return unique(fact for event in events for fact in event.done)


def _last(events: Sequence[Event]) -> date | None:
    return max((event.day for event in events if event.day), default=None)


def _unread() -> Line:
    """The events that may stand on pages that were not read, as a line: nothing is known of them."""
    return Line("blocks on pages that were not read", UNKNOWN, WhyUnknown.UNREADABLE, NOT_ALL_READ)


def _asked_of_each(
    condition: Condition, head: str, events: Sequence[Event], scene: Scene, *, lacking: bool
) -> Answer:
    """One test of every event, joined by Kleene's logic. Without an event there is nothing to say."""
    if not events:
        return Answer()
    lines = []
    for number, event in enumerate(events, start=1):
        line = judge_condition(condition, _scene_of(event, scene))
        facts = line.facts or event.done
        lines.append(
            Line(
                text=f"{_title(number, event)}: {condition.text}",
                status=line.status,
                why_unknown=line.why_unknown,
                found=line.found,
                evidence=evidence_of(facts),
                facts=facts,
                lines=line.lines,
            )
        )
    lines += [_unread()] if lacking else []
    whole = group_line("every block" if head == "all" else "any block", head, 0, tuple(lines))
    status = combine(head, 0, [line.status for line in lines])
    if status is UNKNOWN:
        return Answer(why=whole.why_unknown or WhyUnknown.SILENT, facts=whole.facts, lines=tuple(lines))
    value = "met" if status is MET else "not met"
    return Answer((Candidate(value, _last(events), whole.facts),), facts=whole.facts, lines=tuple(lines))


def _in_a_row(condition: Condition, events: Sequence[Event], scene: Scene, *, lacking: bool) -> Answer:
    """How many of the last events in a row pass a test. Where one is not known, there may be more than were counted."""
    facts: list[Fact] = []
    number, open_end = 0, lacking
    for event in reversed(events):
        line = judge_condition(condition, _scene_of(event, scene))
        if line.status is not MET:
            open_end = open_end or line.status is UNKNOWN
            break
        number += 1
        facts += line.facts or event.done
    found = unique(facts) or _done(events)
    return Answer((Candidate(float(number), _last(events), found, at_least=open_end),), facts=found)


def _trend(word: str, events: Sequence[Event], scene: Scene, equal: str, *, lacking: bool) -> Answer:
    """Whether a number grows from each event to the next.

    A known fall between two neighbours settles it, whatever is missing elsewhere or between them.
    """
    if len(events) < 2:
        return Answer(facts=_done(events))
    equal_grows = bool(equal) and scene.choice(equal) == INCREASING
    answers = [_scene_of(event, scene).answer(word) for event in events]
    lines = []
    for number, ((before, after), (first, second)) in enumerate(
        zip(pairwise(events), pairwise(answers), strict=True), start=1
    ):
        status, why = _grows(first, second, equal_grows)
        facts = unique((*(first.facts or before.done), *(second.facts or after.done)))
        lines.append(
            Line(
                text=f"{_title(number, before)} to {_title(number + 1, after)}: {INCREASING}",
                status=status,
                why_unknown=why,
                found=f"{_shown(first)}, then {_shown(second)}",
                evidence=evidence_of(facts),
                facts=facts,
            )
        )
    lines += [_unread()] if lacking else []
    status = combine("all", 0, [line.status for line in lines])
    facts = unique(fact for line in lines if line.status is status for fact in line.facts)
    if status is UNKNOWN:
        why = most_urgent(line.why_unknown for line in lines)
        return Answer(why=why, facts=facts, lines=tuple(lines))
    value = INCREASING if status is MET else NOT_INCREASING
    return Answer((Candidate(value, _last(events), facts),), facts=facts, lines=tuple(lines))


def _grows(first: Answer, second: Answer, equal_grows: bool) -> tuple[CriterionStatus, WhyUnknown | None]:
    if not first.candidates or not second.candidates:
        return UNKNOWN, most_urgent(answer.why for answer in (first, second) if not answer.candidates)
    statuses = {_pair(a, b, equal_grows) for a in first.candidates for b in second.candidates}
    if len(statuses) == 1:
        status = statuses.pop()
        return status, WhyUnknown.SILENT if status is UNKNOWN else None
    return UNKNOWN, WhyUnknown.CONFLICTING if {MET, NOT_MET} <= statuses else WhyUnknown.SILENT


def _pair(first: Candidate, second: Candidate, equal_grows: bool) -> CriterionStatus:
    """Whether a second number is larger than a first; either may be only a lower bound."""
    before, after = float(first.value), float(second.value)
    grows = after > before or (equal_grows and after == before)
    if grows:
        return UNKNOWN if first.at_least else MET
    return UNKNOWN if second.at_least else NOT_MET


def _shown(answer: Answer) -> str:
    if not answer.candidates:
        return "not documented"
    return " or ".join(f"{one.value:g}{' or more' if one.at_least else ''}" for one in answer.candidates)


def _over_numbers(definition: Aggregate, events: Sequence[Event], scene: Scene, *, lacking: bool) -> Answer:
    """The largest number, or the sum, over the events. A sum is not known while one of its parts is not."""
    answers = [_scene_of(event, scene).answer(definition.word) for event in events]
    known = [answer.candidates[0] for answer in answers if len(answer.candidates) == 1]
    if not known or (definition.name == "total" and len(known) < len(answers)):
        return Answer(facts=_done(events))
    facts = unique(fact for candidate in known for fact in candidate.facts)
    numbers = [float(candidate.value) for candidate in known]
    value = max(numbers) if definition.name == "best" else sum(numbers)
    partial = lacking or any(candidate.at_least for candidate in known) or len(known) < len(answers)
    return Answer((Candidate(value, _last(events), facts, at_least=partial),), facts=facts)


def _change(word: str, events: Sequence[Event], scene: Scene) -> Answer:
    """The change of a number from the last value before the first event to the last one after it."""
    from indicated.evaluate.statements import answer_base

    first = next((event.day for event in events if event.day), None)
    if first is None:
        return Answer()
    before = scene.as_of(first).answer(word)
    later = [fact for fact in scene.facts if any(item.date and item.date > first for item in fact.evidence)]
    after = answer_base(scene.vocabulary[word], scene.with_facts(later))
    if len(before.candidates) != 1 or len(after.candidates) != 1:
        return Answer(facts=unique((*before.facts, *after.facts)))
    facts = unique((*before.facts, *after.facts))
    value = float(after.candidates[0].value) - float(before.candidates[0].value)
    return Answer((Candidate(value, after.day, facts),), facts=facts)
