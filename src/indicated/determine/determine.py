"""Determines: the fixed rule over an evaluation, with the questions, the changes and the guidance around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicated.chart.model import Chart
from indicated.determine import notices
from indicated.determine.changes import changes
from indicated.determine.model import (
    CriterionResult,
    CriterionStatus,
    Determination,
    Outcome,
    PolicyRef,
    Source,
    WhyUnknown,
)
from indicated.determine.outcome import outcome_of
from indicated.determine.questions import questions
from indicated.determine.reading_log import reading_log
from indicated.determine.scope import doubts, outside
from indicated.evaluate import Evaluation, evaluate
from indicated.evaluate.model import Judged
from indicated.facts.model import Fact
from indicated.policy.model import Criterion, Policy
from indicated.vocabulary.model import Vocabulary

ENGINE = "0.1.0"
"""The version of the program; a test holds it equal to that of the package."""
_LIMITS = (
    "A person decides. This program never denies a request, and nothing in it is medical advice.",
    "It knows only what was sent, up to the date of the request. What the chart does not say is unknown, never no.",
)


def determine(
    policy: Policy,
    vocabulary: Vocabulary,
    chart: Chart,
    facts: Iterable[Fact],
    sources: Sequence[Source] = (),
) -> Determination:
    """The determination of a chart's request under a policy.

    `facts` are those found in the chart; `sources` the evidence ledger, of which the entries that the policy lists
    are kept. Same arguments, same determination: there is no clock, network or chance in it.
    """
    known = tuple(facts)
    request = chart.request
    out = outside(policy, request, known)
    evaluation = (
        Evaluation("", (), (), ())
        if out
        else evaluate(policy, vocabulary, request, known, unread=chart.is_partly_unread)
    )
    ledger = {source.id: source for source in sources}
    criteria = tuple(
        _result(criterion, judged, ledger)
        for criterion, judged in zip(policy.criteria if not out else (), evaluation.criteria, strict=True)
    )
    outcome = Outcome.OUT_OF_SCOPE if out else outcome_of([criterion.status for criterion in criteria])
    by_id = {criterion.id: criterion for criterion in criteria}
    judged_guidance = {judged.id: judged for judged in evaluation.guidance}
    return Determination(
        chart=chart.name,
        request=request,
        policy=PolicyRef(policy.id, policy.title, policy.version, str(policy.effective), policy.sha256),
        outcome=outcome,
        reason=out or _reason(outcome, criteria),
        criteria=criteria,
        questions=questions(criteria),
        changes=changes(criteria, outcome),
        series=evaluation.series,
        pathway=() if out else notices.pathway(policy.pathway, judged_guidance),
        technique=() if out else notices.technique(policy.technique, judged_guidance),
        pitfalls=() if out else notices.pitfalls(policy.pitfalls, judged_guidance, by_id),
        documentation=() if out else notices.documentation(policy.documentation, by_id),
        statements=notices.statements(policy.statements),
        sources=tuple(ledger[name] for name in policy.sources if name in ledger),
        parameters=tuple((p.name, p.value, p.reason) for p in policy.parameters.values()),
        reading=reading_log(chart),
        limits=(*_LIMITS, *_draft(policy), *(() if out else doubts(policy, request))),
        engine=ENGINE,
    )


def _result(criterion: Criterion, judged: Judged, ledger: dict[str, Source]) -> CriterionResult:
    return CriterionResult(
        id=criterion.id,
        text=criterion.text,
        status=judged.status,
        why_unknown=judged.why_unknown,
        lines=judged.lines,
        evidence=judged.evidence,
        ask=criterion.ask if judged.status is CriterionStatus.UNKNOWN else None,
        sources=criterion.sources,
        basis=_basis(criterion, ledger),
        conflict=judged.conflict,
    )


def _basis(criterion: Criterion, ledger: dict[str, Source]) -> str:
    """How strong the sources of a criterion are, in one sentence."""
    cited = [ledger[name] for name in criterion.sources if name in ledger]
    if not cited:
        return ""
    return (
        "Rests on "
        + "; ".join(f"[{source.number}] {source.design.lower()}, {source.grade.lower()}" for source in cited)
        + "."
    )


def _reason(outcome: Outcome, criteria: Sequence[CriterionResult]) -> str:
    """Why the outcome is what it is, in a sentence."""
    if outcome is Outcome.CRITERIA_MET:
        return "Every criterion that is asked of this request is met."
    wanted = CriterionStatus.NOT_MET if outcome is Outcome.CLINICIAN_REVIEW else CriterionStatus.UNKNOWN
    named = [criterion for criterion in criteria if criterion.status is wanted]
    ids = ", ".join(criterion.id for criterion in named)
    if outcome is Outcome.CLINICIAN_REVIEW:
        return f"Not met: {ids}. A clinician looks at the request; this is no denial."
    torn = [criterion.id for criterion in named if criterion.why_unknown is WhyUnknown.CONFLICTING]
    more = f" The chart contradicts itself on {', '.join(torn)}." if torn else ""
    return f"Not known: {ids}.{more}"


def _draft(policy: Policy) -> tuple[str, ...]:
    return (
        ("The policy is a draft that no medical director has approved.",) if policy.status == "draft" else ()
    )
