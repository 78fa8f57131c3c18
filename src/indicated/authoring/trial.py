"""Puts a policy to the test: its cases, the lines that they show, and the mutants that they notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from indicated.authoring.cases import Case
from indicated.authoring.coverage import Seen, coverage
from indicated.authoring.mutants import Mutant, mutants
from indicated.determine import determine
from indicated.determine.outcome import outcome_of
from indicated.evaluate import evaluate
from indicated.evaluate.model import CriterionStatus
from indicated.policy.model import Policy
from indicated.score import CaseScore, compare
from indicated.vocabulary import Vocabulary

Statuses = tuple[CriterionStatus, ...]


@dataclass(frozen=True)
class Trial:
    """How a policy stood its test. `survivors` are the mutants that no case notices, of `mutants` in all."""

    policy: Policy
    scores: tuple[CaseScore, ...]
    seen: tuple[Seen, ...]
    mutants: int
    survivors: tuple[Mutant, ...]

    @property
    def failed(self) -> tuple[CaseScore, ...]:
        """The cases that are not judged as they should be."""
        return tuple(score for score in self.scores if not score.whole)

    @property
    def passed(self) -> bool:
        """Whether every case is judged as it should be and every mutant is noticed."""
        return not self.failed and not self.survivors


def try_policy(
    policy: Policy,
    vocabulary: Vocabulary,
    cases: Sequence[Case],
    each: Callable[[Sequence[Mutant]], Iterable[Mutant]] = iter,
) -> Trial:
    """Judge the cases, see which lines they show, and which mutants none of them notices.

    `each` goes through the mutants, as a bar of progress does.
    """
    scores = tuple(
        compare(case.name, case.expected, determine(policy, vocabulary, case.chart, case.facts), case.chart)
        for case in cases
        if case.expected
    )
    inside = [case for case, score in zip(cases, scores, strict=True) if score.said != "out_of_scope"]
    baseline = _judged(policy, vocabulary, inside)
    tried = tuple(mutants(policy, vocabulary))
    survivors = tuple(
        mutant for mutant in each(tried) if not _noticed(mutant, policy, vocabulary, inside, baseline)
    )
    return Trial(policy, scores, coverage(policy, vocabulary, inside), len(tried), survivors)


def _judged(policy: Policy, vocabulary: Vocabulary, cases: Iterable[Case]) -> list[Statuses]:
    return [
        tuple(one.status for one in evaluate(policy, vocabulary, case.chart.request, case.facts).criteria)
        for case in cases
    ]


def _noticed(
    mutant: Mutant,
    policy: Policy,
    vocabulary: Vocabulary,
    cases: Sequence[Case],
    baseline: Sequence[Statuses],
) -> bool:
    """Whether a case is judged otherwise. Only the criterion that was changed is judged again."""
    if not mutant.criterion:
        return any(
            _judged(mutant.policy, vocabulary, [case]) != [before]
            for case, before in zip(cases, baseline, strict=True)
        )
    place = next(n for n, criterion in enumerate(policy.criteria) if criterion.id == mutant.criterion)
    if mutant.dropped:
        return any(
            outcome_of(before) is not outcome_of((*before[:place], *before[place + 1 :]))
            for before in baseline
        )
    alone = replace(
        mutant.policy, criteria=(mutant.policy.criteria[place],), pathway=(), technique=(), pitfalls=()
    )
    return any(
        _judged(alone, vocabulary, [case]) != [(before[place],)]
        for case, before in zip(cases, baseline, strict=True)
    )
