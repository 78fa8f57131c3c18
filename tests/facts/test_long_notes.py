"""A note ten times as long takes about ten times the work: counted in calls, as seconds depend on the machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.resources import POLICIES

CASE = POLICIES / "lumbar-sympathetic-block" / "cases" / "first-block-complete" / "documents"
TEXT = "\n\n".join(file.read_text() for file in sorted(CASE.glob("*.txt")))
TABLES = """\
PHYSICAL THERAPY
Service            First visit     Visits
Gait training      2025-11-03      9
Hand therapy       2025-12-11      4

Date        Walking distance   Pain      Block
2025-11-03  120 m              6/10      LSB #1, 60% for 9 days
2025-12-11  340 m              3/10      LSB #2, 70% for 15 days

Clopidogrel:
  Take 75 mg daily. Stop 7 days before the block.
Physical therapy goes on twice a week around the blocks. Pain ends most exercises early.
"""
SLACK = 2.0


def calls(work: Callable[[], Any]) -> int:
    """Count the calls of Python and of its own functions that some work takes."""
    count = 0

    def note_call(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note_call)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def read(times: int) -> int:
    text = "\n\n".join([TEXT] * times)
    return len(list(facts_of_document(Document("note", text, date(2026, 1, 1)))))


def seconds(times: int) -> float:
    text = "\n\n".join([TEXT, TABLES] * times)
    start = time.process_time()
    assert list(facts_of_document(Document("note", text, date(2026, 1, 1))))
    return time.process_time() - start


def test_the_time_grows_with_the_length_of_the_note_and_its_tables() -> None:
    """What loops without a call shows in the seconds alone: pairs of lines would take ten times as long as this allows."""
    seconds(1)
    assert min(seconds(40) for _ in range(2)) < 10 * 2.5 * seconds(4)


def test_the_work_grows_with_the_length_of_the_note() -> None:
    read(1)  # expressions are compiled and tables read at the first use
    short, long = calls(lambda: read(2)), calls(lambda: read(20))
    assert long < 10 * SLACK * short
