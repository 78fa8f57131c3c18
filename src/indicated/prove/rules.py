"""The named rules, as what they may answer.

Those on drugs, clotting and the relief of a block are put down step by step, since properties depend on them. Of the
others only what their answers exclude is said; all else is left open, so that a proof holds whatever a chart says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from indicated.evaluate.rules import blocks, diagnosis, safety
from indicated.policy.model import Policy
from indicated.prove import events
from indicated.prove.answers import Answer, Candidate, number
from indicated.prove.leaves import same
from indicated.prove.logic import FALSE, TRUE, Formula, Status, Time, any_of, choose, combine
from indicated.vocabulary.model import Events, Rule, Word
from indicated.vocabulary.outline import Amount, Group, Test

if TYPE_CHECKING:
    from indicated.prove.encode import Encoder, Event

HOLD, LISTED = "antithrombotic hold", "list without such a drug"
FIGURE, WORDS = "relief in percent", "relief in words"
UNNAMED, UNLISTED = "a drug that is not named", "a drug without a period"
DENIED, CHECK = "no antithrombotic drug", "check of the INR"
WARFARIN = "warfarin"
_SINGLE = ("side of the request", "purpose of the block", "first-line analgesics", "change of function")
"""Rules that never give two values at once."""


def taking(drug: str) -> str:
    """The unknown that says that a drug is taken by the newest word on it."""
    return f"taking {drug}"


def days_without(drug: str) -> str:
    """The unknown that says for how many days a drug is left out before the block."""
    return f"days without {drug}"


def going_on(drug: str) -> str:
    """The unknown that says that a drug is not left out."""
    return f"going on with {drug}"


def drugs(policy: Policy) -> tuple[str, ...]:
    """The drugs that have a period in the policy, and any other."""
    parameter = policy.parameters.get(HOLD)
    return (*(parameter.table if parameter else ()), UNNAMED, UNLISTED)


def answer(encoder: Encoder, rule: str, word: Word, event: Event | None) -> Answer:
    """What a rule may answer."""
    if rule == "antithrombotic medicine":
        return _antithrombotic(encoder)
    if rule == "clotting":
        return _clotting(encoder)
    if rule == "relief of a block":
        return _relief(encoder, event)
    if word.is_number:
        return encoder.leaves.number(word.name, event)
    if rule == "change of function":
        return _function(encoder, word)
    found = encoder.leaves.values(word.name, word.values, event)
    if rule in _SINGLE:
        encoder.leaves.always.append(z3.AtMost(*(one.here for one in found.candidates), 1))
    if rule == "side of the request":
        encoder.leaves.plain.append(found.only("right"))
    if rule == "limb of the diagnosis":
        elsewhere, others = found.has(diagnosis.ANOTHER_LIMB), (diagnosis.THIS_LIMB, diagnosis.REFUTED)
        encoder.leaves.always += [z3.Implies(elsewhere, z3.Not(found.has(name))) for name in others]
    if rule == "purpose of the block":
        _plain_purpose(encoder, found)
    return found


def _plain_purpose(encoder: Encoder, purpose: Answer) -> None:
    """In a chart that is written down, the block is for CRPS where it has CRPS and no other pain is its purpose."""
    places = _word_of(encoder, "limb of the diagnosis")
    if places is None:
        return
    limb = encoder.answer(places)
    named = z3.Or(limb.has(diagnosis.THIS_LIMB), limb.has(diagnosis.ANOTHER_LIMB))
    crps = purpose.candidates[0].value
    encoder.leaves.plain += [
        z3.Implies(named, purpose.known),
        z3.Implies(purpose.has(crps), named),
        *(
            z3.Implies(z3.And(a.here, b.here), a.time.age == b.time.age)
            for a in purpose.candidates
            if a.value == crps
            for b in limb.candidates
        ),
    ]


def _word_of(encoder: Encoder, rule: str) -> str | None:
    words = encoder.vocabulary.words.values()
    return next((w.name for w in words if isinstance(w.definition, Rule) and w.definition.name == rule), None)


def _function(encoder: Encoder, word: Word) -> Answer:
    """How function is after the blocks: nothing can be said without a block. Another window is another series."""
    names = encoder.vocabulary.closure((word.name,))
    series = next(n for n in names if isinstance(encoder.vocabulary[n].definition, Events))
    slots = events.slots(encoder, series)
    leaves, key = encoder.leaves, (f"{series} of {events.length(encoder, series)} days", 0)
    before = [leaf.answer for leaf in leaves if leaf.word == word.name]
    found = leaves.values(word.name, word.values, key)
    leaves.always.append(z3.AtMost(*(one.here for one in found.candidates), 1))
    for other in before:
        leaves.plain += [same(*pair) for pair in zip(found.candidates, other.candidates, strict=True)]
    leaves.plain += [  # it is told after the blocks
        z3.Implies(z3.And(one.here, slot.counts), one.time.age < slot.time.age)
        for one in found.candidates
        for slot in slots
    ]
    return Answer(found.when(any_of(slot.counts for slot in slots)))


def _relief(encoder: Encoder, event: Event | None) -> Answer:
    """Whether one block relieved the pain enough: by its length, then its figure, then words."""
    length = encoder.answer("block relief duration", event=event)
    shortest = Test("at least", amount=Amount(parameter="shortest relief"))
    lasted = encoder.test(shortest, length).status
    figures = encoder.leaves.number(FIGURE, event)
    degrees = encoder.answer("degree of relief", event=event)
    encoder.leaves.plain += [same(*pair) for pair in zip(figures.candidates, degrees.candidates, strict=True)]
    words = encoder.leaves.values(WORDS, (blocks.ENOUGH, blocks.NOT_ENOUGH), event)
    done = encoder.leaves.of(event[0], event) if event else None
    encoder.leaves.plain += [  # relief has not lasted longer than since the block
        z3.Implies(one.here, number(one) <= z3.ToReal(block.time.age - one.time.age))
        for block in (done.answer.candidates if done else ())
        for one in length.candidates
    ]
    threshold = encoder.amount(Amount(parameter="relief threshold")).number
    rests = encoder.leaves.time(f"relief of {event}")
    long_enough = z3.Not(lasted.not_met)
    found = [Candidate(lasted.not_met, length.time, rests, blocks.NOT_ENOUGH)]
    for one in figures.candidates:
        enough = number(one) >= threshold
        for value, holds in ((blocks.ENOUGH, enough), (blocks.NOT_ENOUGH, z3.Not(enough))):
            found.append(Candidate(z3.And(long_enough, one.here, holds), one.time, rests, value))
    in_words = z3.And(long_enough, z3.Not(figures.known))
    found += [Candidate(z3.And(in_words, one.here), one.time, rests, one.value) for one in words.candidates]
    if encoder.policy.parameters["length of relief alone"].value == "counts":
        alone = z3.And(in_words, z3.Not(words.known), lasted.met)
        found.append(Candidate(alone, length.time, rests, blocks.ENOUGH))
    return Answer(tuple(found))


def _drug_line(encoder: Encoder, drug: str) -> tuple[Formula, Status]:
    """Whether a drug is taken, and whether it is left out for its full period."""
    leaves = encoder.leaves
    taken = leaves.says(taking(drug))
    held = leaves.number(days_without(drug))
    on = leaves.says(going_on(drug))
    torn = leaves.hidden(f"{drug} is taken and denied on one day")
    needed = encoder.policy.parameters[HOLD].table.get(drug)
    leaves.plain += [z3.Not(torn), z3.Implies(z3.Or(held.known, on), taken), z3.Not(z3.And(held.known, on))]
    long, short = FALSE, on
    if needed is not None:
        long = any_of(z3.And(one.here, number(one) >= needed) for one in held.candidates)
        short = z3.Or(on, any_of(z3.And(one.here, number(one) < needed) for one in held.candidates))
    calm = z3.And(z3.Not(torn), z3.Not(z3.And(long, short)))
    settled = _inr_is_settled(encoder) if drug == WARFARIN else TRUE
    return taken, Status(z3.And(calm, long, settled), z3.And(calm, short))


def _inr_is_settled(encoder: Encoder) -> Formula:
    limit = Test(
        "at most", amount=Amount(parameter="INR limit"), within=Amount(parameter="laboratory window")
    )
    normal = encoder.test(limit, encoder.answer("INR")).status.met
    odd = encoder.leaves.hidden("an INR counts that the answer to INR does not tell")
    encoder.leaves.plain.append(z3.Not(odd))
    return z3.Or(z3.If(odd, encoder.leaves.hidden("that INR is normal"), normal), encoder.leaves.says(CHECK))


def _antithrombotic(encoder: Encoder) -> Answer:
    leaves = encoder.leaves
    lines = [_drug_line(encoder, drug) for drug in drugs(encoder.policy)]
    some = any_of(taken for taken, _ in lines)
    statuses = [Status(z3.Or(z3.Not(taken), one.met), z3.And(taken, one.not_met)) for taken, one in lines]
    unread = Status(z3.Not(encoder.unread), FALSE)
    whole = combine("all", 0, [*statuses, unread])
    denied = leaves.values(DENIED, ("yes",))
    listed = leaves.values(LISTED, ("yes",))
    fresh = [
        z3.And(one.here, encoder.in_window(one.time, Amount(parameter="limit of a medication list")))
        for one in listed.candidates
    ]
    said = z3.Or(denied.known, *fresh)
    surely = z3.And(denied.known, leaves.hidden("what was taken is denied later"))
    none = z3.And(z3.Not(some), said, z3.Or(z3.Not(encoder.unread), surely))
    leaves.plain += [z3.Implies(some, z3.Not(z3.Or(denied.known, listed.known)))]
    time = leaves.time("antithrombotic medicine")
    cases = (
        (safety.NONE, none),
        (safety.FULL, z3.And(some, whole.met)),
        (safety.SHORT, z3.And(some, whole.not_met)),
    )
    return Answer(tuple(Candidate(here, time, time, value) for value, here in cases))


def _clotting(encoder: Encoder) -> Answer:
    """Whether there is a disorder of clotting; an INR under warfarin that is to be held is none."""
    stated = encoder.answer("bleeding disorder")
    name = "laboratory values of clotting"
    values, outline = encoder.answer(name), encoder.vocabulary[name].definition
    members = outline.members if isinstance(outline, Group) else ()
    others = [
        encoder.group(m).status.not_met if isinstance(m, Group) else encoder.condition(m).status.not_met
        for m in members
        if isinstance(m, Group) or not m.word.startswith("INR")
    ]
    abnormal = values.has("not met")
    excused = FALSE
    if HOLD in encoder.policy.parameters and WARFARIN in drugs(encoder.policy):
        taken, line = _drug_line(encoder, WARFARIN)
        excused = z3.And(z3.Not(any_of(others)), taken, line.met)
    by_value, by_word = z3.And(abnormal, z3.Not(excused)), stated.known
    normal = z3.And(values.has("met"), z3.Not(by_word))
    time: Time = choose([(by_value, values.time)], stated.time)
    word = z3.And(z3.Not(by_value), by_word)
    rests = encoder.leaves.time("what coagulopathy rests on")
    return Answer(
        (
            Candidate(by_value, time, rests, "present"),
            *(one.when(word) for one in stated.candidates),
            Candidate(z3.And(z3.Not(by_value), normal), values.time, values.time, "absent"),
        )
    )
