"""From a chart on the disk to a determination: the verbs in a row."""

from __future__ import annotations

import sys
from pathlib import Path

from indicated.chart import Chart, RequestParts, read_chart
from indicated.determine import Determination, determine
from indicated.facts import find_facts
from indicated.formats.recognition import Progress
from indicated.policy import Policy, policy_in_force, read_policy
from indicated.resources import POLICIES, VOCABULARY
from indicated.vocabulary import Vocabulary, read_vocabulary


def open_chart(path: str, parts: RequestParts, progress: Progress | None = None) -> Chart:
    """Read the chart that was named on the command line. `progress` is told of pages as they are recognised."""
    return read_chart(path, parts, stdin=sys.stdin.buffer if path == "-" else None, progress=progress)


def judge(chart: Chart, policy: Path | None = None) -> Determination:
    """Find the facts of a chart and determine them under a policy.

    `policy` is a file, or a folder of policies; else the policies that come with the program. Of a folder it
    is the policy for the requested procedure that is in force on the day of the request.
    """
    vocabulary = read_vocabulary(VOCABULARY)
    return determine(choose(chart, policy, vocabulary), vocabulary, chart, find_facts(chart))


def choose(chart: Chart, named: Path | None, vocabulary: Vocabulary) -> Policy:
    """Choose the policy under which a chart is judged."""
    if named and named.is_file():
        return read_policy(named, vocabulary)
    return policy_in_force(named or POLICIES, chart.request.procedure, chart.request.date, vocabulary)
