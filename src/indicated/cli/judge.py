"""From a chart on the disk to a determination: the verbs in a row."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from indicated.chart import Chart, RequestParts, read_chart
from indicated.cli.policy import policy_file
from indicated.determine import Determination, determine
from indicated.facts import find_facts
from indicated.facts.model import Fact, Status
from indicated.formats.recognition import Progress
from indicated.policy import Policy, adopted_policy, policy_in_force, read_policy
from indicated.policy.authority import prevailing
from indicated.policy.overlay import FILE as OVERLAY
from indicated.resources import POLICIES, VOCABULARY
from indicated.vocabulary import Vocabulary, read_vocabulary

_STAGE = "stimulation asked for"


def open_chart(path: str, parts: RequestParts, progress: Progress | None = None) -> Chart:
    """Read the chart that was named on the command line. `progress` is told of pages as they are recognised."""
    return read_chart(path, parts, stdin=sys.stdin.buffer if path == "-" else None, progress=progress)


def judge(chart: Chart, policy: Path | None = None) -> Determination:
    """Find the facts of a chart and determine them under a policy.

    `policy` is a file, or a folder of policies; else those that were adopted. Of a folder it is the policy for the
    requested procedure that is in force on the day of the request.
    """
    vocabulary = read_vocabulary(VOCABULARY)
    facts = find_facts(chart)
    return determine(choose(chart, policy, vocabulary, facts), vocabulary, chart, facts)


def choose(chart: Chart, named: Path | None, vocabulary: Vocabulary, facts: Iterable[Fact]) -> Policy:
    """Choose the policy under which a chart is judged: that of a file, an overlay, or the one for the procedure.

    Of a folder of overlays it is the one that prevails for the place and the line of business of the request.
    """
    request = chart.request
    if named and not named.exists():
        named = policy_file(str(named))
    if named and (named.is_file() or (named / OVERLAY).is_file()):
        return read_policy(named if named.is_file() else named / OVERLAY, vocabulary)
    stages = (str(request.extra["stage"]),) if "stage" in request.extra else _stages(facts)
    if named and (overlays := sorted(named.glob(f"*/{OVERLAY}"))) and not list(named.glob("*/policy*.yaml")):
        base = policy_in_force(POLICIES, request.procedure, request.date, vocabulary, stages)
        of_base = [one for path in overlays if (one := read_policy(path, vocabulary)).overlay]
        held = [one for one in of_base if one.overlay and one.overlay.base == base.id]
        place, line = (str(request.extra.get(name, "")) for name in ("jurisdiction", "line_of_business"))
        return prevailing([*held, base], request.date, place, line)
    if named is None:
        return adopted_policy(POLICIES, request.procedure, request.date, vocabulary, stages)
    return policy_in_force(named, request.procedure, request.date, vocabulary, stages)


def _stages(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Which stages of one number the chart plans."""
    return tuple(
        str(fact.value)
        for fact in facts
        if fact.word == _STAGE and fact.status is Status.PRESENT and fact.value
    )
