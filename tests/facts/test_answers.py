"""Answers of forms: yes, no, left open, and boxes."""

from __future__ import annotations

import pytest

from indicated.facts.answers import answer, box


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (": no", "no"),
        (" ......... no", "no"),
        (": none, never", "no"),
        (" Y/N: N", "no"),
        (" use: N", "no"),
        ("   [ ] Yes [x] No", "no"),
        (": yes", "yes"),
        ("?  YES   which: Plavix", "yes"),
        (" [x] Yes [ ] No", "yes"),
        (" Y / N", "open"),
        (": ______", "open"),
        ("  [ ] yes  [ ] no", "open"),
        (" ................", "open"),
        (" - no relief", ""),
        (": none for the seven days before", ""),
        (" 5 mg daily", ""),
        ("  Reply NONE or describe    A6  NONE", "no"),
    ],
)
def test_answer(text: str, said: str) -> None:
    assert answer(text.lower(), 0, len(text)) == said


@pytest.mark.parametrize(
    ("before", "found"), [("[x] ", "full"), ("[ ] ", "empty"), ("☑ ", "full"), ("no ", "")]
)
def test_box(before: str, found: str) -> None:
    assert box(before, len(before)) == found
