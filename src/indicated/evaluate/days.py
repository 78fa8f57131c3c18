"""Windows of time, counted back from the request date, ends included."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from indicated.vocabulary.outline import Amount, in_days


def earliest(on: date, window: Amount) -> date:
    """The first day of a window that ends on a day. Months and years are those of the calendar."""
    if window.unit.startswith(("month", "year")):
        months = int(window.number) * (12 if window.unit.startswith("year") else 1)
        year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
        return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
    return on - timedelta(days=in_days(window) or 0)


def in_window(day: date | None, on: date, window: Amount) -> bool:
    """Whether a day lies in the window; an unknown day does not."""
    return day is not None and earliest(on, window) <= day <= on
