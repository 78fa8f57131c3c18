"""Filling silence never turns a line over that was answered: over outlines by chance, and over the policy."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from random_facts import FINDINGS, PLAIN, any_facts, facts_of

from indicated.determine.model import CriterionStatus
from indicated.evaluate import evaluate
from indicated.facts.model import Fact
from indicated.policy.model import Criterion
from indicated.vocabulary.outline import Condition, Group, parse_test
from small_facts import first_block, judged, policy, request, third_block, vocabulary

WORDS = (*FINDINGS, *PLAIN)
KNOWN = (CriterionStatus.MET, CriterionStatus.NOT_MET)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    word = draw(st.sampled_from(WORDS))
    values = vocabulary()[word].values
    text = draw(st.sampled_from([*values, " or ".join(values[:2])]))
    text += draw(st.sampled_from(["", " within 30 days", " within 6 months"]))
    test = parse_test(text)
    assert test is not None
    return Condition(word, test, f"{word}: {text}", 1)


def groups(members: st.SearchStrategy[Condition | Group]) -> st.SearchStrategy[Group]:
    heads = st.sampled_from(["all", "any", "none", "at least"])
    return st.builds(
        lambda head, parts: Group(head, tuple(parts), 1 + len(parts) // 2, 1),
        heads,
        st.lists(members, min_size=1, max_size=4),
    )


OUTLINES = groups(st.recursive(conditions(), groups, max_leaves=8))


@settings(max_examples=120, deadline=None)
@given(OUTLINES, any_facts(), st.data())
def test_a_word_that_was_silent_turns_nothing_over(
    outline: Group, facts: list[Fact], data: st.DataObject
) -> None:
    asked = replace(
        policy(), criteria=(Criterion("any", "", outline, "", ()),), pathway=(), technique=(), pitfalls=()
    )
    silent = sorted({one.word for one in outline.conditions()} - {found.word for found in facts})
    before = evaluate(asked, vocabulary(), request(), facts).criteria[0].status
    if silent and before in KNOWN:
        word = data.draw(st.sampled_from(silent))
        added = data.draw(st.lists(facts_of(word), min_size=1, max_size=3))
        assert evaluate(asked, vocabulary(), request(), [*facts, *added]).criteria[0].status is before


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([first_block(), third_block()]), st.data())
def test_giving_back_what_was_taken_away_turns_nothing_over(
    complete: list[Fact], data: st.DataObject
) -> None:
    """From any part of a complete chart to the whole: what was met stays met, and nothing becomes not met."""
    part = [found for found in complete if found.word == "sympathetic block" or data.draw(st.booleans())]
    less, more = judged(part), judged(complete)
    for one, other in zip(less.criteria, more.criteria, strict=True):
        if one.status in KNOWN:
            assert other.status is one.status, one.id
