"""Dated events, as the blocks of a series, and what is counted over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import z3

from indicated.evaluate.aggregates import INCREASING, NOT_INCREASING
from indicated.prove.answers import Answer, Candidate, Judged, exactly_one, of_status
from indicated.prove.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Formula,
    Status,
    Term,
    Time,
    all_of,
    any_of,
    at_least,
    combine,
    newest,
)
from indicated.vocabulary.model import Aggregate, Events, Word
from indicated.vocabulary.outline import Condition

if TYPE_CHECKING:
    from indicated.prove.encode import Encoder, Event

DONE = "present"


@dataclass(frozen=True)
class Slot:
    """A place for an event, from the first to the last. `counts` says whether there is one within the window."""

    event: Event
    counts: Formula
    time: Time


def slots(encoder: Encoder, name: str) -> tuple[Slot, ...]:
    """The events of a word: any number up to the bound, in the order of their days, those without a day first."""
    definition = encoder.vocabulary[name].definition
    if not isinstance(definition, Events):
        return ()
    leaves, found = encoder.leaves, []
    made = leaves.of(name, (name, encoder.most_events)) is None
    before: Candidate | None = None
    for number in range(1, encoder.most_events + 1):
        event = (name, number)
        (one,) = leaves.values(name, (DONE,), event).candidates
        if made and before is not None:
            earlier = z3.Or(
                z3.Not(before.time.dated), z3.And(one.time.dated, before.time.age >= one.time.age)
            )
            leaves.always.append(z3.Implies(before.here, z3.And(one.here, earlier)))
            leaves.plain.append(z3.Implies(before.here, before.time.age >= one.time.age + 14))
        window = z3.And(encoder.in_window(one.time, definition.within), one.time.age >= 1)
        found.append(Slot(event, z3.And(one.here, z3.Or(z3.Not(one.time.dated), window)), one.time))
        before = one
    return tuple(found)


def length(encoder: Encoder, name: str) -> int:
    """How many days the window of the events has."""
    definition = encoder.vocabulary[name].definition
    return encoder.days(definition.within) if isinstance(definition, Events) else 0


def lacking(encoder: Encoder, name: str) -> Formula:
    """Whether events may stand on pages that were not read."""
    return z3.And(encoder.unread, encoder.leaves.hidden(f"{name} may go on where the chart is unread"))


def aggregate(encoder: Encoder, definition: Aggregate, word: Word) -> Answer:
    """The answer to a word that is counted over events."""
    found = slots(encoder, definition.events)
    unseen = lacking(encoder, definition.events)
    last = newest((slot.counts, slot.time) for slot in found)
    facts = encoder.leaves.time(f"what {word.name} rests on")
    readable = z3.Not(unseen)
    match definition.name:
        case "count":
            number = z3.Sum([z3.If(slot.counts, z3.RealVal(1), z3.RealVal(0)) for slot in found])
            return _number(TRUE, number, last, last, unseen)
        case "days since":
            sure = all_of(z3.Implies(slot.counts, slot.time.dated) for slot in found)
            has = any_of(slot.counts for slot in found)
            return _number(z3.And(has, sure, readable), z3.ToReal(last.age), last, last)
        case "every" | "any" if definition.condition:
            head = "all" if definition.name == "every" else "any"
            return _of_each(encoder, definition.condition, head, found, unseen, last, facts)
        case "in a row" if definition.condition:
            return _in_a_row(encoder, definition.condition, found, unseen, last, facts)
        case "latest":
            parts: list[Candidate] = []
            for number, slot in enumerate(found):
                is_last = z3.And(slot.counts, readable, z3.Not(any_of(s.counts for s in found[number + 1 :])))
                parts += encoder.answer(definition.word, event=slot.event).when(is_last)
            return Answer(tuple(parts))
        case "trend":
            return _trend(encoder, definition.word, word, found, unseen, last, facts)
        case "best" | "total":
            return _over_numbers(encoder, definition, found, unseen, last, facts)
    return encoder.leaves.number(word.name, signed=True)


def _number(here: Formula, number: Term, time: Time, facts: Time, more: Formula = FALSE) -> Answer:
    return Answer((Candidate(here, time, facts, number=number, at_least=more),))


def _asked(encoder: Encoder, condition: Condition, found: Sequence[Slot]) -> list[Judged]:
    return [encoder.condition(condition, slot.event) for slot in found]


def _neutral(counts: Formula, status: Status, head: str) -> Status:
    """The status of an event, or what changes nothing where there is none."""
    met, not_met = (TRUE, FALSE) if head == "all" else (FALSE, TRUE)
    return Status(z3.If(counts, status.met, met), z3.If(counts, status.not_met, not_met))


def _of_each(
    encoder: Encoder,
    condition: Condition,
    head: str,
    found: Sequence[Slot],
    unseen: Formula,
    last: Time,
    facts: Time,
) -> Answer:
    judged = _asked(encoder, condition, found)
    statuses = [_neutral(slot.counts, one.status, head) for slot, one in zip(found, judged, strict=True)]
    statuses.append(_neutral(unseen, UNKNOWN, head))
    whole = combine(head, 0, statuses)
    has = any_of(slot.counts for slot in found)
    return _timed(Status(z3.And(has, whole.met), z3.And(has, whole.not_met)), last, facts)


def _timed(status: Status, time: Time, facts: Time, names: tuple[str, str] = ("met", "not met")) -> Answer:
    return Answer(
        tuple(
            Candidate(one.here, time, facts, one.value) for one in of_status(status, time, names).candidates
        )
    )


def _in_a_row(
    encoder: Encoder,
    condition: Condition,
    found: Sequence[Slot],
    unseen: Formula,
    last: Time,
    facts: Time,
) -> Answer:
    """How many of the last events in a row pass, and whether there may be more."""
    going, open_end, number = TRUE, unseen, []
    for slot, one in reversed(list(zip(found, _asked(encoder, condition, found), strict=True))):
        ends = z3.And(going, slot.counts, z3.Not(one.status.met))
        open_end = z3.Or(open_end, z3.And(ends, one.status.unknown))
        number.append(z3.If(z3.And(going, slot.counts, one.status.met), z3.RealVal(1), z3.RealVal(0)))
        going = z3.And(going, z3.Not(ends))
    return _number(TRUE, z3.Sum(number), last, facts, open_end)


def _trend(
    encoder: Encoder,
    of: str,
    word: Word,
    found: Sequence[Slot],
    unseen: Formula,
    last: Time,
    facts: Time,
) -> Answer:
    """Whether a number grows from each event to the next."""
    equal = bool(word.parameters) and encoder.policy.parameters[word.parameters[0]].value == INCREASING
    answers = [encoder.answer(of, event=slot.event) for slot in found]
    statuses = []
    for second in range(1, len(found)):
        for first in range(second):
            between = any_of(slot.counts for slot in found[first + 1 : second])
            next_to = z3.And(found[first].counts, found[second].counts, z3.Not(between))
            statuses.append(_neutral(next_to, _grows(answers[first], answers[second], equal), "all"))
    statuses.append(_neutral(unseen, UNKNOWN, "all"))
    whole = combine("all", 0, statuses)
    several = at_least(2, [slot.counts for slot in found])
    status = Status(z3.And(several, whole.met), z3.And(several, whole.not_met))
    return _timed(status, last, facts, (INCREASING, NOT_INCREASING))


def _grows(first: Answer, second: Answer, equal: bool) -> Status:
    known = z3.And(first.known, second.known)
    met, not_met = [known], [known]
    for a in first.candidates:
        for b in second.candidates:
            if a.number is None or b.number is None:
                continue
            both = z3.And(a.here, b.here)
            grows = b.number >= a.number if equal else b.number > a.number
            met.append(z3.Implies(both, z3.And(grows, z3.Not(a.at_least))))
            not_met.append(z3.Implies(both, z3.And(z3.Not(grows), z3.Not(b.at_least))))
    return Status(z3.And(*met), z3.And(*not_met))


def _over_numbers(
    encoder: Encoder,
    definition: Aggregate,
    found: Sequence[Slot],
    unseen: Formula,
    last: Time,
    facts: Time,
) -> Answer:
    """The largest number, or the sum, over the events of which a single number is known."""
    answers = [encoder.answer(definition.word, event=slot.event) for slot in found]
    single = [z3.And(slot.counts, exactly_one(a)) for slot, a in zip(found, answers, strict=True)]
    all_known = all_of(z3.Implies(slot.counts, one) for slot, one in zip(found, single, strict=True))
    best, total, more = z3.RealVal(-1), z3.RealVal(0), z3.Or(unseen, z3.Not(all_known))
    for one, answer in zip(single, answers, strict=True):
        for candidate in answer.candidates:
            counts = z3.And(one, candidate.here)
            best = z3.If(z3.And(counts, candidate.number > best), candidate.number, best)
            total = z3.If(counts, total + candidate.number, total)
            more = z3.Or(more, z3.And(counts, candidate.at_least))
    here = any_of(single)
    if definition.name == "best":
        return _number(here, best, last, facts, more)
    return _number(z3.And(here, all_known, z3.Not(unseen)), total, last, facts, more)
