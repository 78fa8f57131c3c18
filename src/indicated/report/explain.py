"""The whole derivation of one criterion, from the policy's sentence down to the words of the chart."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from indicated.determine.model import CriterionResult, CriterionStatus, Determination, Line
from indicated.errors import Problem
from indicated.facts.model import Evidence, Fact
from indicated.report.clean import one_line
from indicated.report.errors import ReportError
from indicated.report.ledger import cite
from indicated.report.words import STATUS, WHY


@dataclass(frozen=True)
class _Node:
    text: str
    below: tuple[_Node, ...] = ()


def explain(determination: Determination, criterion_id: str) -> str:
    """Say as a tree why a criterion has its status. Raises `ReportError` with the nearest id for an unknown one."""
    if not determination.sources:
        determination = cite(determination)
    found = {criterion.id: criterion for criterion in determination.criteria}
    if criterion_id not in found:
        close = difflib.get_close_matches(criterion_id, found, 1)
        hint = f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(found) or 'none'}."
        raise ReportError(
            [Problem(determination.policy.id, f"there is no criterion {criterion_id!r}.", hint)]
        )
    criterion = found[criterion_id]
    root = _Node(f"{criterion.id}: {criterion.text}", tuple(_criterion(criterion)))
    return "\n".join([root.text, *_branches(root.below, "")]) + "\n"


def _criterion(criterion: CriterionResult) -> list[_Node]:
    below = tuple(_line(line) for line in criterion.lines)
    nodes = [_Node(_status(criterion.status, criterion.why_unknown and WHY[criterion.why_unknown]), below)]
    said = {piece for line in criterion.lines for piece in _evidence(line)}
    rest = tuple(_quote(piece) for piece in criterion.evidence if piece not in said)
    if rest:
        nodes.append(_Node("Further evidence", rest))
    if criterion.conflict:
        nodes.append(_Node("These statements do not go together", tuple(map(_quote, criterion.conflict))))
    if criterion.ask:
        nodes.append(_Node(f"To ask: {criterion.ask}"))
    if criterion.basis:
        nodes.append(_Node(f"Sources: {criterion.basis}"))
    return nodes


def _line(line: Line) -> _Node:
    why = WHY[line.why_unknown] if line.why_unknown else ""
    found = f" — {one_line(line.found)}" if line.found else f" — {why}" if why else ""
    facts = tuple(_fact(fact) for fact in line.facts)
    in_facts = {piece for fact in line.facts for piece in fact.evidence}
    in_lines = {piece for below in line.lines for piece in _evidence(below)}
    rest = tuple(_quote(piece) for piece in line.evidence if piece not in in_facts | in_lines)
    return _Node(f"{_status(line.status)}: {line.text}{found}", (*map(_line, line.lines), *facts, *rest))


def _fact(fact: Fact) -> _Node:
    value = (
        ""
        if fact.value is None
        else f" {fact.value:g}"
        if isinstance(fact.value, float)
        else f" {fact.value}"
    )
    where = " ".join(part for part in (fact.side, fact.limb, "limb" if fact.limb else "") if part)
    day = fact.date.isoformat() if fact.date else ""
    parts = [f"{fact.word}{value}{f' {fact.unit}' if fact.unit else ''}", fact.status.value, where, day]
    more = [f"{key} {fact.attributes[key]}" for key in sorted(fact.attributes)]
    text = "fact: " + ", ".join(part for part in (*parts, *more) if part)
    steps = [_Node(f"read by {fact.reader}")] if fact.reader else []
    steps += [_Node(f"because {one_line(step)}") for step in fact.why]
    return _Node(text, (*map(_quote, fact.evidence), *steps))


def _quote(piece: Evidence) -> _Node:
    day = f", {piece.date.isoformat()}" if piece.date else ""
    kind = f", {one_line(piece.kind)}" if piece.kind else ""
    if piece.resource:
        element = f", {piece.element}" if piece.element else ""
        return _Node(f"{piece.document}: {piece.resource}{element}{kind}{day}")
    page = f", p. {piece.page}" if piece.page else ""
    return _Node(f"“{one_line(piece.quote)}” {piece.document}:{piece.start}-{piece.end}{page}{kind}{day}")


def _status(status: CriterionStatus, why: str | None = None) -> str:
    mark = STATUS[status]
    return f"{mark.sign} {mark.word}" + (f" — {why}" if why else "")


def _evidence(line: Line) -> list[Evidence]:
    """The evidence of a line and of all below it."""
    pieces = [*line.evidence, *(piece for fact in line.facts for piece in fact.evidence)]
    for below in line.lines:
        pieces += _evidence(below)
    return pieces


def _branches(nodes: Sequence[_Node], lead: str) -> list[str]:
    lines: list[str] = []
    for index, node in enumerate(nodes):
        last = index == len(nodes) - 1
        lines.append(f"{lead}{'└─ ' if last else '├─ '}{node.text}")
        lines += _branches(node.below, lead + ("   " if last else "│  "))
    return lines
