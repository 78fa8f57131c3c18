"""Dates as charts write them."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.reading.dates import dates, months, relative_dates

ANCHOR = date(2026, 2, 26)  # a Thursday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-10-03", date(2025, 10, 3)), ("10/3/25", date(2025, 10, 3)), ("10/3", date(2025, 10, 3)), ("2/3", date(2026, 2, 3)),
        ("3 october 2025", date(2025, 10, 3)), ("oct. 3, 2025", date(2025, 10, 3)), ("21.11.25", date(2025, 11, 21)),
        ("25/11/2025", date(2025, 11, 25)), ("july 4th", date(2025, 7, 4)), ("until july 4.", date(2025, 7, 4)),
    ],
)  # fmt: skip
def test_full_dates_and_those_without_a_year(text: str, day: date) -> None:
    (found,) = dates(text, ANCHOR)
    assert found.day == day
    assert found.exact


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", date(2026, 2, 25)), ("last mon", date(2026, 2, 23)), ("last thursday", date(2026, 2, 19)),
        ("on the 12th.", date(2026, 2, 12)), ("the 28th,", date(2026, 1, 28)), ("the 6th of last month", date(2026, 1, 6)),
        ("tues 17th - ok", date(2026, 2, 17)),
    ],
)  # fmt: skip
def test_days_told_from_the_day_of_the_document(text: str, day: date) -> None:
    found = list(relative_dates(text, ANCHOR))
    assert day in [d.day for d in found]


def test_an_ordinal_of_a_block_is_no_day() -> None:
    assert not list(relative_dates("the 4th block", ANCHOR))


def test_bare_months_are_the_latest_such_month() -> None:
    found = list(months("the one in may, and october", ANCHOR))
    assert [d.day for d in found] == [date(2025, 5, 1), date(2025, 10, 1)]
    assert not any(d.exact for d in found)


def test_may_the_verb_is_no_month() -> None:
    assert not list(months("she may have had one", ANCHOR))


@pytest.mark.parametrize("text", ["7/10 of them 31/31", "99/99/2025", "2/30/2025"])
def test_no_dates_that_the_calendar_does_not_have(text: str) -> None:
    assert all(d.day.year <= 2026 for d in dates(text, ANCHOR))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("seen 24/01/2026. block on 07/02", date(2026, 2, 7)),
        ("seen 24/01/2026. block on 14/02", date(2026, 2, 14)),
        ("(dates day/month) 03/12", date(2025, 12, 3)),
        ("seen 01/24/2026, earlier 02/07", date(2026, 2, 7)),
        ("24/01/2026 and 01/24/2026, earlier 03/02/2026", date(2026, 3, 2)),
    ],
)
def test_a_document_that_writes_days_first_does_so_throughout(text: str, day: date) -> None:
    assert [d.day for d in dates(text, ANCHOR)][-1] == day
