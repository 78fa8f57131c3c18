"""The formulas allow what the engine answers: whatever a chart says, its statuses are among those allowed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from random_facts import any_facts

from indicated.evaluate import evaluate
from indicated.evaluate.derive import resolve
from indicated.evaluate.model import Answer
from indicated.evaluate.rules import safety
from indicated.evaluate.scene import Scene, usable
from indicated.evaluate.series import events_of
from indicated.evaluate.statements import KINDS
from indicated.facts.model import Fact
from indicated.policy import Policy, read_policy
from indicated.prove import rules
from indicated.prove.leaves import OTHER, Leaf, Leaves
from indicated.prove.sentences import Sentences
from indicated.prove.session import Session, most_events
from indicated.resources import POLICIES
from small_facts import ON, fact, first_block, policy, request, third_block, vocabulary

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scene(of: Policy, facts: list[Fact], *, unread: bool) -> Scene:
    asked = request()
    whole = Scene(
        vocabulary=vocabulary(),
        parameters=of.parameters,
        scope=of.scope,
        request=asked,
        side=None,
        on=asked.date,
        facts=usable(facts, asked.date),
        resolve=resolve,
        unread=unread,
    )
    return whole.on_side("right")


def pinned(leaf: Leaf, answer: Answer) -> list[Any]:
    """That the unknown is what the engine answers."""
    given = {one.value: one for one in answer.candidates}
    if any(one.number is not None for one in leaf.answer.candidates):
        if len(given) > 2:
            reject()
        found = []
        for one, real in zip(leaf.answer.candidates, [*given.values(), None, None], strict=False):
            found.append(one.here == (real is not None))
            if real is not None:
                found += [one.number == z3.RealVal(str(real.value)), one.at_least == real.at_least]
                found += days(one.time, real.day)
        return found
    found = []
    for one in leaf.answer.candidates:
        others = [real for value, real in given.items() if value not in _values(leaf)]
        real = given.get(one.value) or (others[0] if one.value == OTHER and others else None)
        found.append(one.here == (real is not None))
        found += days(one.time, real.day) if real is not None else []
    return found


def _values(leaf: Leaf) -> list[str]:
    return [one.value for one in leaf.answer.candidates]


def days(time: Any, day: date | None) -> list[Any]:
    return [time.dated == (day is not None), *([time.age == (ON - day).days] if day else [])]


def pins(session: Session, real: Scene) -> list[Any]:
    """All unknowns that the engine answers by a word of the vocabulary, the drugs that are taken, and the blocks."""
    found: list[Any] = [session.encoder.unread == real.unread]
    for leaf in session.leaves:
        name, _, kind = leaf.word.partition(", ")
        place = real
        if leaf.event and leaf.event[1]:
            series, number = leaf.event
            events = events_of(series, real)
            if len(events) > session.encoder.most_events:
                reject()
            index = number - 1 - (session.encoder.most_events - len(events))
            if leaf.word == series:
                (one,) = leaf.answer.candidates
                found += [one.here == (index >= 0)]
                found += days(one.time, events[index].day) if index >= 0 else []
                continue
            if index < 0:
                continue
            place = real.with_facts(events[index].facts, event=True)
        if name in vocabulary().words:
            found += pinned(leaf, place.answer(name, kind if kind in KINDS else ""))
        elif name.startswith("taking "):
            drug = name.removeprefix("taking ")
            current = safety._current(real)
            known = (*rules.drugs(session.policy), rules.UNNAMED)
            taken = drug in current or (drug == rules.UNLISTED and any(d not in known for d in current))
            found.append(leaf.known == taken)
    return found


def allowed(of: Policy, facts: list[Fact], *, unread: bool = False) -> None:
    session = Session(of, vocabulary(), Leaves("", Sentences({}, {})), ON, most_events([of], vocabulary()))
    real = scene(of, facts, unread=unread)
    solver = z3.Solver()
    solver.add(*session.leaves.always, *pins(session, real))
    assert solver.check() == z3.sat, "the unknowns do not allow what the chart says"
    judged = evaluate(of, vocabulary(), request(), facts, unread=unread)
    for one in judged.criteria:
        solver.push()
        solver.add(session.criteria[one.id].has(one.status))
        assert solver.check() == z3.sat, f"{one.id}: {one.status} is not allowed"
        solver.pop()
    solver.add(*(session.criteria[one.id].has(one.status) for one in judged.criteria))
    assert solver.check() == z3.sat, "not all statuses together"


@LAW
@given(any_facts(), st.booleans())
def test_what_the_engine_says_of_any_chart_is_allowed(facts: list[Fact], unread: bool) -> None:
    allowed(policy(), facts, unread=unread)


@LAW
@given(st.sampled_from([first_block, third_block]), any_facts(), st.booleans())
def test_what_the_engine_says_of_a_nearly_complete_chart_is_allowed(
    complete: Any, more: list[Fact], unread: bool
) -> None:
    allowed(policy(), [*complete(), *more[:3]], unread=unread)


@pytest.mark.parametrize("name", ["three-then-program", "six-weeks-first", "six-a-year"])
@settings(max_examples=10, deadline=None)
@given(facts=any_facts())
def test_what_the_engine_says_under_an_overlay_is_allowed(name: str, facts: list[Fact]) -> None:
    of = read_policy(POLICIES / "overlays" / name / "overlay.yaml", vocabulary())
    allowed(of, facts)


def test_an_answer_that_the_engine_cannot_give_is_not_allowed() -> None:
    session = Session(policy(), vocabulary(), Leaves("", Sentences({}, {})), ON, 4)
    facts = [*first_block(), fact("active infection", day=ON)]
    solver = z3.Solver()
    solver.add(*session.leaves.always, *pins(session, scene(policy(), facts, unread=False)))
    solver.add(session.criteria["no-active-infection"].has("met"))
    assert solver.check() == z3.unsat
