"""The cases that stand beside a policy: charts with known answers, whose facts are found once for every question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indicated.chart import Chart, read_chart
from indicated.errors import PolicyError, Problem
from indicated.facts import find_facts
from indicated.facts.model import Fact
from indicated.policy.model import Policy
from indicated.score.expected import FILE, Expected, read_expected


@dataclass(frozen=True)
class Case:
    """A chart with the facts that were found in it. `expected` is the known answer, if there is one."""

    name: str
    chart: Chart
    facts: tuple[Fact, ...]
    expected: Expected | None = None


def case_folders(policy: Policy) -> list[Path]:
    """The folders of the cases beside a policy. Raises PolicyError when there are none."""
    folder = policy.path.parent / "cases"
    found = sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not found:
        what = "there are no cases beside the policy."
        raise PolicyError([Problem(str(folder), what, f"A case is a folder with {FILE} and documents.")])
    return found


def read_cases(folders: Iterable[Path]) -> Iterator[Case]:
    """Read cases with their answers. Raises ChartError for one that cannot be read."""
    for folder in folders:
        chart = read_chart(folder)
        yield Case(folder.name, chart, find_facts(chart), read_expected(folder))
