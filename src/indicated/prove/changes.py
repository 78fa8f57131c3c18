"""What differs between two policies: in words, and by charts that the two judge otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from itertools import permutations

import z3

from indicated.policy.model import Criterion, Policy
from indicated.prove.case import Witness
from indicated.prove.leaves import Leaves
from indicated.prove.logic import Formula, any_of
from indicated.prove.properties import OUTCOMES, STATUSES, Claim
from indicated.prove.reality import Reality
from indicated.prove.sentences import Sentences
from indicated.prove.session import Session, most_events, search
from indicated.vocabulary.model import Vocabulary
from indicated.vocabulary.outline import Group

OUTCOME = "outcome"


@dataclass(frozen=True)
class Change:
    """One direction in which charts move. `witness` is the smallest chart, `why` says what hinders where there is none.

    `criterion` is empty for the outcome.
    """

    criterion: str
    before: str
    after: str
    witness: Witness | None
    why: str = ""


@dataclass(frozen=True)
class Difference:
    """Two policies beside each other. `same` has what is proven to be the same for every chart."""

    words: tuple[str, ...]
    changes: tuple[Change, ...]
    same: tuple[str, ...]


def difference(before: Policy, after: Policy, vocabulary: Vocabulary, sentences: Sentences) -> Difference:
    """All that differs, the outcome first."""
    on, events = max(before.effective, after.effective), most_events([before, after], vocabulary)
    leaves = Leaves("", sentences)
    one, two = (Session(policy, vocabulary, leaves, on, events) for policy in (before, after))
    shared = [criterion.id for criterion in before.criteria if criterion.id in two.criteria]
    changes: list[Change] = []
    same: list[str] = []
    for name, values in (("", OUTCOMES), *((name, STATUSES) for name in shared)):
        moves = [
            (z3.And(one.claim(was), two.claim(now)), was, now)
            for was, now in permutations([Claim(name, value) for value in values], 2)
        ]
        if search([one], [any_of(move for move, _, _ in moves)], plainly=False).none:
            same.append(name or OUTCOME)
            continue
        for move, was, now in moves:
            if found := _change(one, two, move, was, now):
                changes.append(found)
    return Difference(tuple(_words(before, after)), tuple(changes), tuple(same))


def _change(one: Session, two: Session, move: Formula, was: Claim, now: Claim) -> Change | None:
    """The smallest chart that moves in one direction; None when it is proven that there is none."""
    found = search([one], [move])
    if found.none:
        return None
    if not found.witnesses:
        return Change(was.criterion, was.status, now.status, None, found.why)
    chart = found.witnesses[0]
    real = (Reality(chart, one.policy, one.vocabulary), Reality(chart, two.policy, two.vocabulary))
    if real[0].has(was) and real[1].has(now):
        return Change(was.criterion, was.status, now.status, chart)
    why = "the program judges the chart that was found in another way"
    return Change(was.criterion, was.status, now.status, None, why)


def _words(before: Policy, after: Policy) -> Iterator[str]:
    for name in ("title", "version", "status", "effective", "until", "owner", "purpose"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{name}: “{old}” becomes “{new}”"
    for name in ("procedures", "limb", "diagnoses", "elsewhere"):
        old, new = getattr(before.scope, name), getattr(after.scope, name)
        if old != new:
            yield f"scope, {name}: {_listed(old)} becomes {_listed(new)}"
    for name in dict.fromkeys((*before.parameters, *after.parameters)):
        was, now = before.parameters.get(name), after.parameters.get(name)
        if was is None or now is None or was.value != now.value:
            yield f"parameter {name}: {was.value if was else 'none'} becomes {now.value if now else 'none'}"
    old_ones = {criterion.id: criterion for criterion in before.criteria}
    new_ones = {criterion.id: criterion for criterion in after.criteria}
    for name in dict.fromkeys((*old_ones, *new_ones)):
        if name not in new_ones:
            yield f"{name}: left out"
        elif name not in old_ones:
            yield f"{name}: added"
            yield from (f"  + {line}" for line in _lines(new_ones[name].outline))
        else:
            yield from _of_criterion(old_ones[name], new_ones[name])


def _listed(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value) or "none"


def _of_criterion(old: Criterion, new: Criterion) -> Iterator[str]:
    for name in ("text", "ask"):
        if getattr(old, name) != getattr(new, name):
            yield f"{old.id}, {name}: “{getattr(old, name)}” becomes “{getattr(new, name)}”"
    for name, called in (("kinds", "for"), ("sources", "sources")):
        if getattr(old, name) != getattr(new, name):
            every = "every request" if called == "for" else "none"
            was, now = (", ".join(getattr(one, name)) or every for one in (old, new))
            yield f"{old.id}, {called}: {was} becomes {now}"
    lines = [line for line in ndiff(_lines(old.outline), _lines(new.outline)) if line[:1] in "+-"]
    if lines:
        yield f"{old.id}, lines:"
        yield from (f"  {line}" for line in lines)


def _lines(group: Group, depth: int = 0) -> list[str]:
    found = [f"{'  ' * depth}{group.text}"]
    for member in group.members:
        if isinstance(member, Group):
            found += _lines(member, depth + 1)
        else:
            found.append(f"{'  ' * (depth + 1)}{member.text}")
    return found
