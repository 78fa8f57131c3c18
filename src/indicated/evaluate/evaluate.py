"""Evaluates a policy over the facts of a chart: a status for every line, with its evidence. Pure; no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indicated import resources
from indicated.chart.model import Request, Side
from indicated.evaluate.derive import resolve
from indicated.evaluate.kleene import UNKNOWN
from indicated.evaluate.lines import group_line, judge_group, unique
from indicated.evaluate.model import (
    NOT_ALL_READ,
    Block,
    Candidate,
    CriterionStatus,
    Evaluation,
    Judged,
    Line,
    WhyUnknown,
)
from indicated.evaluate.scene import Scene, day_of, evidence_of, usable
from indicated.evaluate.series import Event, events_of, may_lack_events
from indicated.facts.model import Evidence, Fact, Status
from indicated.policy.model import Criterion, Policy, Scope
from indicated.policy.read import KIND
from indicated.vocabulary.codes import read_codes
from indicated.vocabulary.model import Vocabulary

SERIES = "series of blocks"
_NOT_ALL = "not all pages could be read"


def evaluate(
    policy: Policy,
    vocabulary: Vocabulary,
    request: Request,
    facts: Iterable[Fact],
    *,
    unread: bool = False,
) -> Evaluation:
    """The status of every criterion and of all guidance. Nothing later than the request date is used.

    `unread` says that a part of the chart could not be read. What rests on the absence of something is then not
    known, and neither is what the chart does not say; what it says stays.
    A request for both sides is judged on each of them, and a criterion is met when it is met on both.
    """
    scenes = _scenes(policy, vocabulary, request, usable(facts, request.date))
    kinds = [_kind(scene) for scene in scenes]
    scenes = tuple(replace(scene, unread=unread, _answers={}) for scene in scenes)
    sections = (policy.pathway, policy.technique, policy.pitfalls)
    return Evaluation(
        kind=kinds[-1],
        criteria=tuple(_criterion(criterion, scenes, kinds) for criterion in policy.criteria),
        guidance=tuple(
            _judged(entry.id, judge_group(entry.outline, scenes[0]), unread=unread)
            for section in sections
            for entry in section
            if entry.outline
        ),
        series=tuple(block for scene in scenes for block in _blocks(scene)),
    )


def _scenes(
    policy: Policy, vocabulary: Vocabulary, request: Request, facts: tuple[Fact, ...]
) -> tuple[Scene, ...]:
    whole = Scene(
        vocabulary=vocabulary,
        parameters=policy.parameters,
        scope=_scope(policy.scope, request, facts),
        request=request,
        side=None,
        on=request.date,
        facts=facts,
        resolve=resolve,
    )
    asked = {str(part.value) for part in whole.answer("side of the request").candidates}
    sides: tuple[Side, ...] = ("right", "left")
    if asked == {"bilateral"}:
        return tuple(whole.on_side(side) for side in sides)
    return tuple(whole.on_side(side) for side in sides if side in asked) or (whole,)


def _scope(scope: Scope, request: Request, facts: tuple[Fact, ...]) -> Scope:
    """The scope with the limb of the request, where the policy is for either: by the text, else by the diagnosis codes.

    Where that is not one, no limb is chosen, and nothing that is said of a limb counts.
    """
    if " or " not in scope.limb:
        return scope
    spoken = {
        fact.limb for fact in facts if fact.word == "CRPS" and fact.status is Status.PRESENT and fact.limb
    }
    table = read_codes(resources.VOCABULARY)
    coded = {found.limb for code in request.diagnoses if (found := table.diagnosis(code)) and found.limb}
    limbs = spoken or coded
    return replace(scope, limb=str(limbs.pop())) if len(limbs) == 1 else scope


def _kind(scene: Scene) -> str:
    """The kind of request. The number of earlier blocks is always known, so there is always one."""
    return str(scene.answer(KIND).candidates[0].value)


def _criterion(criterion: Criterion, scenes: Sequence[Scene], kinds: Sequence[str]) -> Judged:
    judged = [
        (scene, judge_group(criterion.outline, scene))
        for scene, kind in zip(scenes, kinds, strict=True)
        if not criterion.kinds or kind in criterion.kinds
    ]
    judged += [
        (scene, _unread(judge_group(criterion.outline, scene)))
        for scene, kind in zip(scenes, kinds, strict=True)
        if criterion.kinds and kind not in criterion.kinds and _may_be(criterion.kinds, kind, scene)
    ]
    if not judged:
        return Judged(criterion.id, CriterionStatus.NOT_APPLICABLE, None, (), ())
    if len(judged) == 1:
        root = judged[0][1]
    else:
        root = group_line("both sides", "all", 0, tuple(_on_side(scene, line) for scene, line in judged))
    return _judged(criterion.id, root, unread=any(scene.unread for scene, _ in judged))


def _may_be(kinds: Sequence[str], kind: str, scene: Scene) -> bool:
    """Whether a request may be of one of some kinds, by blocks that stand on pages that were not read."""
    order = scene.vocabulary[KIND].values
    later = order[order.index(kind) + 1 :]
    return may_lack_events(SERIES, scene) and any(name in later for name in kinds)


def _unread(line: Line) -> Line:
    """A line of a criterion of which it is not known whether it is asked."""
    return replace(
        line,
        status=UNKNOWN,
        why_unknown=WhyUnknown.UNREADABLE,
        found="" if line.lines else NOT_ALL_READ,
        lines=tuple(_unread(part) for part in line.lines),
    )


def _told(line: Line) -> Line:
    """A line of a chart that could not be read in full: silence may be that of the pages that were not read."""
    silent = line.why_unknown is WhyUnknown.SILENT
    return replace(
        line,
        why_unknown=WhyUnknown.UNREADABLE if silent else line.why_unknown,
        found=f"{line.found}; {_NOT_ALL}" if silent and line.found and not line.lines else line.found,
        lines=tuple(_told(part) for part in line.lines),
    )


def _on_side(scene: Scene, line: Line) -> Line:
    return group_line(f"{scene.side} side, {line.text}", line.head, line.count, line.lines)


def _judged(identifier: str, root: Line, *, unread: bool) -> Judged:
    root = _told(root) if unread else root
    why = root.why_unknown
    conflict = _conflict(root) if root.status is UNKNOWN and why is WhyUnknown.CONFLICTING else ()
    lines = root.lines if root.head == "all" else (root,)
    return Judged(identifier, root.status, why, lines, root.evidence, conflict)


def _conflict(line: Line) -> tuple[Evidence, ...]:
    """The evidence of every line that found a contradiction, both sides of it."""
    if line.why_unknown is not WhyUnknown.CONFLICTING:
        return ()
    if line.head:
        found = {item for part in line.lines for item in _conflict(part)}
        return tuple(sorted(found))
    return line.evidence


def _blocks(scene: Scene) -> tuple[Block, ...]:
    return tuple(_block(event, scene) for event in events_of(SERIES, scene))


def _block(event: Event, scene: Scene) -> Block:
    own = scene.with_facts(event.facts, event=True)
    length = own.answer("block relief duration").candidates
    only: Candidate | None = length[0] if len(length) == 1 else None
    side = next((fact.side for fact in event.done if fact.side), None)
    level = next((str(f.attributes["level"]) for f in event.facts if f.attributes.get("level")), "")
    return Block(
        date=str(event.day or ""),
        side=side or "",
        level=level,
        relief=_relief(own),
        relief_days=float(only.value) if only else None,
        censored=bool(only and only.at_least),
        evidence=evidence_of(unique((*event.done, *event.facts))),
    )


def _relief(scene: Scene) -> str:
    """The relief in the words of the chart: its figure, else better or none."""
    facts = sorted(scene.of("block relief"), key=lambda fact: str(day_of(fact)))
    figures = [fact.attributes["percent"] for fact in facts if "percent" in fact.attributes]
    if figures:
        return f"{figures[-1]:g} %"
    for fact in reversed(facts):
        if fact.status is Status.ABSENT or fact.attributes.get("better") is False:
            return "none"
        if fact.attributes.get("better") is True:
            return "better"
    return ""
