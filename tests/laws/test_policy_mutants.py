"""A policy with one line changed judges at least one chart otherwise: no line stands there for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from indicated.authoring.mutants import mutants
from indicated.evaluate import evaluate
from indicated.facts.model import Fact
from indicated.policy.model import Policy
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


MUTANTS = {
    f"{mutant.criterion or 'parameter'}-{number}": mutant.policy
    for number, mutant in enumerate(mutants(policy(), vocabulary()))
    if mutant.criterion and not mutant.dropped
}
BASELINE = judged(policy())


@pytest.mark.parametrize("name", MUTANTS)
def test_a_changed_line_is_noticed(name: str) -> None:
    assert judged(MUTANTS[name]) != BASELINE
