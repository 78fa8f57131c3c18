"""What the policy has to say beyond its criteria: steps, advice, pitfalls, the check list, statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicated.determine.model import CriterionResult, CriterionStatus, Notice
from indicated.evaluate.model import Judged
from indicated.policy.model import Guidance

MET, NOT_MET, UNKNOWN = CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN


def pathway(steps: Sequence[Guidance], judged: Mapping[str, Judged]) -> tuple[Notice, ...]:
    """The steps of treatment: those that are done, the one at which the patient stands, and what comes next.

    A step without an outline is an advice on the way.
    """
    notices: list[Notice] = []
    standing = False
    following = False
    for step in steps:
        found = judged.get(step.id)
        if found is None:
            status = "advice"
        elif not standing and found.status is MET:
            status = "done"
        elif not standing:
            status, standing = "stands here", True
        else:
            status, following = ("later" if following else "next"), True
        notices.append(_notice(step, status, found))
    return tuple(notices)


def technique(advices: Sequence[Guidance], judged: Mapping[str, Judged]) -> tuple[Notice, ...]:
    """The advice on technique: satisfied, raised when the plan differs, missing when the chart is silent."""
    said = {MET: "satisfied", NOT_MET: "raised", UNKNOWN: "missing"}
    return tuple(
        _notice(
            advice,
            said.get(judged[advice.id].status, "missing") if advice.id in judged else "advice",
            judged.get(advice.id),
        )
        for advice in advices
    )


def pitfalls(
    entries: Sequence[Guidance], judged: Mapping[str, Judged], criteria: Mapping[str, CriterionResult]
) -> tuple[Notice, ...]:
    """The pitfalls: raised when the chart shows one, else not raised; one that nothing can show is a reminder."""
    notices = []
    for entry in entries:
        found = judged.get(entry.id)
        if found is not None:
            status = "raised" if found.status is MET else "not raised"
        elif entry.shown_by:
            asked = [
                criteria[name] for name in entry.shown_by if criteria[name].status in (MET, NOT_MET, UNKNOWN)
            ]
            status = "raised" if any(criterion.status is not MET for criterion in asked) else "not raised"
        else:
            status = "reminder"
        notices.append(_notice(entry, status, found if status == "raised" else None))
    return tuple(notices)


def documentation(entries: Sequence[Guidance], criteria: Mapping[str, CriterionResult]) -> tuple[Notice, ...]:
    """The check list: satisfied when the chart answers each criterion behind an entry, for better or worse."""
    notices = []
    for entry in entries:
        behind = [criteria[name] for name in entry.shown_by]
        asked = [criterion for criterion in behind if criterion.status is not CriterionStatus.NOT_APPLICABLE]
        if not asked:
            status = "not applicable"
        else:
            status = "missing" if any(criterion.status is UNKNOWN for criterion in asked) else "satisfied"
        evidence = tuple(sorted({item for c in asked if status == "satisfied" for item in c.evidence}))
        notices.append(Notice(entry.id, entry.text, status, evidence, entry.sources))
    return tuple(notices)


def statements(entries: Sequence[Guidance]) -> tuple[Notice, ...]:
    """What the evidence says."""
    return tuple(Notice(entry.id, entry.text, "statement", (), entry.sources) for entry in entries)


def _notice(entry: Guidance, status: str, found: Judged | None) -> Notice:
    return Notice(entry.id, entry.text, status, found.evidence if found else (), entry.sources)
