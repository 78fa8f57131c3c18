"""Charts that are written down are judged as the formulas say, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
import z3

from indicated.determine.model import CriterionStatus
from indicated.policy import read_policy
from indicated.prove.answers import Candidate
from indicated.prove.case import holds, witness
from indicated.prove.leaves import MORE, Leaf, sentence_word, split
from indicated.prove.logic import Formula
from indicated.prove.reality import Reality
from indicated.prove.rules import UNLISTED, UNNAMED
from indicated.prove.sentences import NUMBER, Sentences, read_sentences
from indicated.prove.session import Session, open_session
from indicated.resources import POLICIES, VOCABULARY
from small_facts import vocabulary

NAMES = (
    "lumbar-sympathetic-block/policy.yaml",
    "spinal-cord-stimulation-trial/policy.yaml",
    "spinal-cord-stimulator-implant/policy.yaml",
    "overlays/three-then-program/overlay.yaml",
    "overlays/six-weeks-first/overlay.yaml",
)
DRUGS = ("", "warfarin", "apixaban", UNNAMED, UNLISTED)


@cache
def sentences() -> Sentences:
    return read_sentences(VOCABULARY)


@cache
def session(name: str) -> Session:
    return open_session(read_policy(POLICIES / name, vocabulary()), vocabulary(), sentences())


def said(name: str) -> Iterator[tuple[str, str, Leaf, Candidate, list[Formula]]]:
    """Every value of every unknown; of a number the smallest and the largest that its sentence can say."""
    for leaf in session(name).leaves:
        first = not leaf.event or leaf.event[1] in (0, session(name).encoder.most_events)
        if not first or leaf.implied or split(leaf.word)[1] not in DRUGS:
            continue
        for one in leaf.answer.candidates:
            for key in (NUMBER, MORE) if one.number is not None else (one.value,):
                found = sentences().of(sentence_word(leaf.word), key)
                if found is None or (one is not leaf.answer.candidates[0] and one.number is not None):
                    continue
                if one.number is None:
                    yield leaf.word, key, leaf, one, [one.here]
                    continue
                for number in (found.lowest, found.highest):
                    exact = [one.here, one.number == z3.RealVal(str(number)), one.at_least == (key == MORE)]
                    yield leaf.word, f"{key} {number:g}", leaf, one, exact


def cases() -> Iterator[tuple[str, str, str, Leaf, list[Formula]]]:
    seen: set[tuple[str, str]] = set()
    for name in NAMES:
        for word, value, leaf, _, formulas in said(name):
            if (word, value) not in seen:
                seen.add((word, value))
                yield name, word, value, leaf, formulas


CASES = {f"{word}: {value}": (name, leaf, formulas) for name, word, value, leaf, formulas in cases()}


@pytest.mark.parametrize("sentence", CASES)
def test_a_sentence_is_read_as_the_value_that_it_says(sentence: str) -> None:
    name, leaf, formulas = CASES[sentence]
    one = session(name)
    smallest = z3.Optimize()
    smallest.add(*one.leaves.always, *one.leaves.plain, *one.leaves.besides(), *formulas)
    for other in one.leaves:
        if other is not leaf:
            smallest.add_soft(z3.Not(other.known))
    assert smallest.check() == z3.sat, "no plain chart can say it"
    model = smallest.model()
    chart = witness(model, one.policy, one.on, one.leaves)
    real = Reality(chart, one.policy, one.vocabulary)
    for criterion in one.criteria.values():
        status = next(s for s in CriterionStatus if holds(model, criterion.has(s)))
        assert real.status(criterion.id) == status.value.replace("_", " "), (criterion.id, *chart.said)


def test_every_word_that_a_policy_reads_has_sentences() -> None:
    without = {
        sentence_word(leaf.word)
        for name in NAMES
        for leaf in session(name).leaves
        if not leaf.implied and sentence_word(leaf.word) not in sentences().by_word
    }
    assert without <= {"side of the request"}
