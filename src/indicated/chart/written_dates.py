"""Full dates as pages write them: with day, month and year, in digits or with the month's name."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = r"(?P<mon{n}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_D = r"[\doil]"
"""A digit, or a letter that optical recognition puts for one."""
_YEAR = rf"(?:(?:19|20|2o){_D}{{2}}|'?{_D}{{2}})"
_DATE = re.compile(
    rf"(?<![\w./-])(?:"
    rf"(?P<y1>(?:19|20){_D}{{2}})[-/.](?P<m1>{_D}{{1,2}})[-/.](?P<d1>{_D}{{1,2}})"
    rf"|(?P<a2>{_D}{{1,2}})(?P<sign>[/.-]) ?(?P<b2>{_D}{{1,2}})(?P=sign) ?(?P<y2>{_YEAR})"
    rf"|(?P<d3>{_D}{{1,2}})(?:st|nd|rd|th)?[ -]{{0,2}}{_MONTH.format(n=3)},?[ -]{{0,2}}(?P<y3>{_YEAR})"
    rf"|{_MONTH.format(n=4)}[ -]{{0,2}}(?P<d4>{_D}{{1,2}})(?:st|nd|rd|th)?,?[ -]{{1,2}}(?P<y4>(?:19|20){_D}{{2}})"
    rf")(?![\w/]|[-.]\d)",
    re.ASCII | re.IGNORECASE,
)
_LETTERS = str.maketrans("oOiIlL", "001111")
_LAST_MONTH = 12


@dataclass(frozen=True)
class Written:
    """A date at `start:end` of a text."""

    start: int
    end: int
    day: date


def written_dates(text: str, latest: date, *, days_first: bool = False) -> Iterator[Written]:
    """The full dates in a text. A year of two digits is the last one that does not lie after `latest`.

    Months come first unless that cannot be, dots divide the parts, or `days_first`.
    """
    for match in _DATE.finditer(text):
        parts = {name: value.translate(_LETTERS) for name, value in match.groupdict().items() if value}
        found = _day(match, parts, latest, days_first)
        if found:
            yield Written(match.start(), match.end(), found)


def writes_days_first(text: str) -> bool:
    """Whether a text writes days before months: some of its dates can be read so alone, and none only otherwise."""
    days = months = False
    for match in _DATE.finditer(text):
        if match["a2"] and match["sign"] != ".":
            first, second = (match[name].translate(_LETTERS) for name in ("a2", "b2"))
            days = days or int(first) > _LAST_MONTH >= int(second)
            months = months or int(second) > _LAST_MONTH >= int(first)
    return days and not months


def _day(match: re.Match[str], parts: dict[str, str], latest: date, days_first: bool) -> date | None:
    if "y1" in parts:
        return _possible(parts["y1"], parts["m1"], parts["d1"], latest)
    if "y2" in parts:
        first, second = parts["a2"], parts["b2"]
        if days_first or int(first) > _LAST_MONTH or (parts["sign"] == "." and int(second) <= _LAST_MONTH):
            first, second = second, first
        return _possible(parts["y2"], first, second, latest)
    number = "3" if "y3" in parts else "4"
    month = _MONTHS[match[f"mon{number}"].lower()]
    return _possible(parts[f"y{number}"], str(month), parts[f"d{number}"], latest)


def _possible(year: str, month: str, day: str, latest: date) -> date | None:
    whole = int(year.lstrip("'"))
    if whole < 100:
        whole += 2000 if whole <= latest.year % 100 else 1900
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None
