"""Under which policy a chart is judged: by its procedure, by its stage, by an overlay, or by where its answer stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indicated import resources
from indicated.chart.model import Chart
from indicated.cli.judge import choose
from indicated.cli.score import _answered_under
from indicated.errors import PolicyError
from indicated.facts.model import Fact
from small_facts import fact, request, vocabulary

PLANNED = [fact("stimulation asked for", value="implant")]


def chosen(named: str | None, facts: list[Fact], **asked: Any) -> str:
    chart = Chart("small", request(**asked))
    return choose(chart, Path(named) if named else None, vocabulary(), facts).id


def test_the_chart_or_the_request_says_the_stage() -> None:
    every = str(resources.POLICIES)
    assert chosen(every, [], procedure="63650") == "spinal-cord-stimulation-trial"
    assert chosen(every, PLANNED, procedure="63650") == "spinal-cord-stimulator-implant"
    assert (
        chosen(every, PLANNED, procedure="63650", extra={"stage": "trial"}) == "spinal-cord-stimulation-trial"
    )


def test_without_a_name_only_the_adopted_policies_judge() -> None:
    assert chosen(None, []) == "lumbar-sympathetic-block"
    assert chosen(None, [], procedure="64510") == "lumbar-sympathetic-block"
    assert chosen(str(resources.POLICIES), [], procedure="64510") == "stellate-ganglion-block"
    assert chosen("stellate-ganglion-block", [], procedure="64510") == "stellate-ganglion-block"


def test_an_overlay_is_named_by_its_id_or_its_folder() -> None:
    assert chosen("six-a-year", []) == "six-a-year"
    assert chosen(str(resources.POLICIES / "overlays" / "six-a-year"), []) == "six-a-year"
    with pytest.raises(PolicyError, match="There are: lumbar-sympathetic-block"):
        chosen("no-such-policy", [])


def test_of_a_folder_of_overlays_the_one_that_holds_is_taken() -> None:
    folder = str(resources.POLICIES / "overlays")
    assert chosen(folder, []) == "lumbar-sympathetic-block"
    assert chosen(folder, [], extra={"jurisdiction": "PA"}) == "six-a-year"
    assert chosen(folder, [], extra={"line_of_business": "Medicare Advantage"}) == "six-weeks-first"
    assert chosen(folder, [], procedure="64510", extra={"jurisdiction": "PA"}) == "stellate-ganglion-block"


def test_an_answer_belongs_to_the_policy_beside_it(tmp_path: Path) -> None:
    beside = resources.POLICIES / "lumbar-sympathetic-block" / "cases" / "stellate-for-left-hand"
    assert _answered_under([beside])[beside].name == "lumbar-sympathetic-block"
    assert _answered_under([tmp_path / "cases" / "one"]) == {}
