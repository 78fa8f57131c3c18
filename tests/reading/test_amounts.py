"""Numbers, shares, scores and lengths of time as people write them."""

from __future__ import annotations

import pytest

from indicated.reading.amounts import durations, number, percents, scores


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4½", 4.5),
        ("twenty-one", 21),
        ("2,5", 2.5),
        ("1,200", 1200),
        ("2 1/2", 2.5),
        ("seven", 7),
        ("foot", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a good three weeks", 21), ("about 10 d", 10), ("a week and a half", 10.5), ("week and a half", 10.5),
        ("two and a half weeks", 17.5), ("one-and-a-half weeks", 10.5), ("4-5 mo", 120), ("> 1 week", 7), ("36h", 1.5),
        ("x5d", 5), ("2 wks and 3 days", 17), ("a dozen days", 12), ("half a day", 0.5), ("forty-eight hours", 2),
        ("three pain-free weeks", 21), ("ten to fourteen days", 10), ("a fortnight", 14), ("the whole weekend", 2),
        ("a couple of good days", 2), ("3 wk + 1 d", 22), ("1 month and 1 week", 37),
    ],
)  # fmt: skip
def test_lengths_of_time_in_days(text: str, days: float) -> None:
    (found,) = durations(text)
    assert found.value == pytest.approx(days)


@pytest.mark.parametrize("text", ["left it and the d", "box5d", "a d", "3/4/25", "l5"])
def test_what_is_no_length_of_time(text: str) -> None:
    assert not list(durations(text))


@pytest.mark.parametrize(
    ("text", "value"), [("75 %", 75), ("sixty percent", 60), ("50-60%", 50), ("two thirds", 66.7)]
)
def test_shares(text: str, value: float) -> None:
    (found,) = percents(text)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"), [("7/10", 7), ("6-7/10", 6), ("eight out of ten", 8), ("70/100", 7)]
)
def test_scores(text: str, value: float) -> None:
    (found,) = scores(text)
    assert found.value == value
