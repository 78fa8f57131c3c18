"""The lines of an outline."""

from __future__ import annotations

import pytest

from indicated.vocabulary.outline import Amount, Test, in_days, parse_test


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("present", Test("is", ("present",))),
        ("moderate or severe", Test("is", ("moderate", "severe"))),
        ("at least 4 of 10", Test("at least", amount=Amount(4, "of 10"))),
        ("at most 1.4", Test("at most", amount=Amount(1.4, ""))),
        ("more than 0", Test("more than", amount=Amount(0, ""))),
        ("less than moderate pain", Test("less than", amount=Amount(parameter="moderate pain"))),
        ("same as side of the request", Test("same as", word="side of the request")),
        ("absent within 30 days", Test("is", ("absent",), within=Amount(30, "days"))),
        (
            "absent within infection window",
            Test("is", ("absent",), within=Amount(parameter="infection window")),
        ),
        ("at least 3 within 6 months", Test("at least", amount=Amount(3, ""), within=Amount(6, "months"))),
        ("", None),
    ],
)
def test_a_test_is_parsed(text: str, expected: Test | None) -> None:
    assert parse_test(text) == expected


def test_lengths_of_time_in_days() -> None:
    assert in_days(Amount(2, "weeks")) == 14
    assert in_days(Amount(12, "hours")) == 0.5
    assert in_days(Amount(3, "mL")) is None
