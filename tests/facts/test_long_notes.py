"""A note ten times as long takes about ten times the work: counted in calls, as seconds depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.resources import POLICIES

CASE = POLICIES / "lumbar-sympathetic-block" / "cases" / "first-block-complete" / "documents"
TEXT = "\n\n".join(file.read_text() for file in sorted(CASE.glob("*.txt")))
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


def test_the_work_grows_with_the_length_of_the_note() -> None:
    read(1)  # expressions are compiled and tables read at the first use
    short, long = calls(lambda: read(2)), calls(lambda: read(20))
    assert long < 10 * SLACK * short
