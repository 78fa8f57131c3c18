"""A policy with one line changed judges at least one chart otherwise: no line stands there for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from indicated.evaluate import evaluate
from indicated.facts.model import Fact
from indicated.policy.model import Criterion, Policy
from indicated.vocabulary.outline import Condition, Group, Test
from small_facts import ON, block, fact, first_block, policy, request, third_block, vocabulary


def without(facts: list[Fact], *words: str) -> list[Fact]:
    return [found for found in facts if found.word not in words]


def charts() -> Iterator[list[Fact]]:
    """Complete charts, each of them with one thing missing, and each with one thing against it."""
    for complete in (first_block(), third_block()):
        yield complete
        for word in sorted({found.word for found in complete}):
            yield without(complete, word)
    yield [*first_block(), fact("CRPS", day=ON, side="right", limb="lower", status="absent")]
    yield [fact("skin temperature asymmetry", side="right")]
    yield [fact("abnormal sweating", side="right")]
    yield [fact("pain score", value=3.0)]
    yield [fact("pain severity", value="severe")]
    yield [fact("analgesic trial", "absent")]
    yield [fact("analgesic trial", drug_class="nsaid", result="not_stated")]
    yield [
        *(
            fact("analgesic trial", "absent", drug_class=kind, result="contraindicated")
            for kind in ("nsaid", "acetaminophen")
        ),
        fact("pain despite drugs"),
    ]
    yield [fact("active infection", "absent", day=date(2025, 12, 1))]
    yield [
        fact("antithrombotic drug", drug="apixaban"),
        fact("antithrombotic hold", "planned", drug="apixaban", days=3),
    ]
    yield [*third_block(), fact("other neuropathic pain", target=True, day=ON)]
    yield [*block(date(2025, 9, 1), days=9, percent=60), *block(date(2025, 12, 1), days=4, percent=60)]
    yield block(date(2025, 9, 1), days=9, percent=20)


CHARTS = list(charts())


def judged(rules: Policy) -> list[list[str]]:
    return [
        [str(one.status) for one in evaluate(rules, vocabulary(), request(), facts).criteria]
        for facts in CHARTS
    ]


def changed(group: Group) -> Iterator[Group]:
    """The outline with one line left out, one value taken away or exchanged, one window dropped, or another head."""
    heads = {"all": "any", "any": "all"}
    if group.head in heads and len(group.members) > 1:
        yield replace(group, head=heads[group.head])  # type: ignore[arg-type]
    for place, member in enumerate(group.members):
        before, after = group.members[:place], group.members[place + 1 :]
        if before or after:
            yield replace(group, members=(*before, *after))
        if isinstance(member, Group):
            for inner in changed(member):
                yield replace(group, members=(*before, inner, *after))
        else:
            for test in other_tests(member):
                yield replace(group, members=(*before, replace(member, test=test), *after))


def other_tests(condition: Condition) -> Iterator[Test]:
    test = condition.test
    known = vocabulary()[condition.word].values
    other = next(value for value in known if value not in test.values)
    yield replace(test, values=(other,))
    for value in test.values if len(test.values) > 1 else ():
        yield replace(test, values=tuple(kept for kept in test.values if kept != value))
    if test.within:
        yield replace(test, within=None)


def mutants() -> Iterator[tuple[str, Policy]]:
    rules = policy()
    for place, criterion in enumerate(rules.criteria):
        ways: list[Criterion] = [
            replace(criterion, outline=outline) for outline in changed(criterion.outline)
        ]
        if criterion.kinds:
            ways += [
                replace(criterion, kinds=()),
                *(replace(criterion, kinds=(kind,)) for kind in criterion.kinds[:-1]),
            ]
        for number, way in enumerate(ways):
            yield (
                f"{criterion.id}-{number}",
                replace(rules, criteria=(*rules.criteria[:place], way, *rules.criteria[place + 1 :])),
            )


MUTANTS = dict(mutants())
BASELINE = judged(policy())


@pytest.mark.parametrize("name", MUTANTS)
def test_a_changed_line_is_noticed(name: str) -> None:
    assert judged(MUTANTS[name]) != BASELINE
