"""Dates as charts write them: full, without a year, or told from the day of the document.

A date without a year is the latest one that lies in the past of the document. Day and month are read in the
American order unless the day cannot be a month, dots divide them, or the document writes days first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from indicated.reading.patterns import lazy

_MONTHS = {
    name: i + 1
    for i, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
_MONTH = r"(?P<mon{n}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_LAST_MONTH = 12
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_FORMS = lazy(
    r"(?<![\d./-])(?:"
    r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d?)-(?P<d1>\d\d?)(?![\d])"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)"
    r"|(?P<d3>\d\d?)\.(?P<m3>\d\d?)\.(?P<y3>(?:19|20)?\d\d)(?!\d)"
    rf"|(?P<a4>\d\d?)[/-](?P<b4>\d\d?)[/-](?P<y4>(?:19|20)?\d\d)(?![\d/])"
    rf"|(?P<d5>\d\d?)(?:st|nd|rd|th)?[ -](?:of )?{_MONTH.replace('{n}', '5')}(?:,?[ -](?P<y5>{_YEAR})(?![\d:/.]))?(?![a-z])"
    rf"|(?<![a-z]){_MONTH.replace('{n}', '6')}[ -](?:the )?(?P<d6>\d\d?)(?:st|nd|rd|th)?(?![\d/%]|\.\d|[ -]?(?:days?|d|nights?|hours?|hrs?|h|w(?:ee)?ks?|mo(?:nth)?s?|%|percent|of 10)\b)(?:,? (?P<y6>(?:19|20)\d\d))?"
    rf"|(?<![a-z]){_MONTH.replace('{n}', '7')},?(?: of)? (?P<y7>(?:19|20)\d\d|'\d\d)(?!\d)"
    r"|(?P<m8>[01]?\d)/(?P<y8>(?:19|20)\d\d)(?![\d/])"
    r"|(?P<m9>1[0-2]|0?[1-9])/(?P<d9>3[01]|[12]\d|0?[1-9])(?![\d/%]|\.\d| ?(?:mg|of)\b)"
    r")"
)
_SLASHED = lazy(r"(?<![\d./-])(?P<a>\d\d?)[/-](?P<b>\d\d?)[/-](?:(?:19|20)\d\d|\d\d)(?![\d/])")
_DAY_FIRST = ("day/month", "dd/mm", "day first", "d/m/y")
_DIGIT = lazy(r"\d")
_RELATIVE = lazy(
    r"\b(?P<today>today|this morning|tonight|this afternoon|this am)\b"
    r"|\b(?P<yesterday>yesterday|last night)\b"
    r"|\b(?P<tomorrow>tomorrow|tmrw)\b"
    r"|\b(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<unit>d|days?|wks?|weeks?|months?|mos?|yrs?|years?) (?P<dir>ago|back|prior|earlier|hence)\b"
    r"|\b(?:the|on|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?) (?P<dom>3[01]|[12]?\d)(?:st|nd|rd|th)\b(?: (?:of )?(?P<which>last|this|next|the same) month)?"
    r"(?=\s*(?:[.,;:)!?\"'>-]|$|\n|\d+\.\d|(?:and|to|but|at|with|w/|of this|because|then|it|she|he|i|was|is|when|where|until|till|thru|through|all|the|in|from|for|by|as|held|holds|lasted|gave|helped|worked|brought|took|had|has|did|wore|went|saw)\b))"
    r"|\b(?:(?P<rel>last|this past|past|next|this coming|this|on|since|until|till|thru|through|by|from) )?"
    r"(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)
_HOLIDAY = lazy(
    r"\b(?:christmas eve|christmas|xmas|new year'?s eve|new year|thanksgiving|halloween|valentine|fourth of july|4th of july|independence day|labor day|memorial day|boxing day)\b(?:'?s)?(?: day)?"
)
_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas eve": lambda year: date(year, 12, 24),
    "christmas": lambda year: date(year, 12, 25),
    "xmas": lambda year: date(year, 12, 25),
    "boxing day": lambda year: date(year, 12, 26),
    "new year's eve": lambda year: date(year, 12, 31),
    "new years eve": lambda year: date(year, 12, 31),
    "new year": lambda year: date(year, 1, 1),
    "thanksgiving": lambda year: _nth(year, 11, 3, 4),
    "halloween": lambda year: date(year, 10, 31),
    "valentine": lambda year: date(year, 2, 14),
    "fourth of july": lambda year: date(year, 7, 4),
    "4th of july": lambda year: date(year, 7, 4),
    "independence day": lambda year: date(year, 7, 4),
    "labor day": lambda year: _nth(year, 9, 0, 1),
    "memorial day": lambda year: _nth(year, 5, 0, -1),
}
_BARE_MONTH = lazy(
    rf"(?:(?<=in )|(?<=the )|(?<=mid )|(?<=mid-)|(?<=early )|(?<=late )|(?<=of )|(?<=and )|(?<=, )|(?<=since )|(?<=last )|(?<=\()|(?<=: ))"
    rf"(?!may (?:be|have|not|well|need|also|only|or|help|last|still|go|get))(?!mar\b){_MONTH.replace('{n}', '0')}(?![a-z]|[ -]\d|,? (?:19|20)\d\d|/)"
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}


@dataclass(frozen=True)
class DateAt:
    """A date at `start:end`. `exact` is False where only the month (then the 1st) or a reckoned day is known."""

    start: int
    end: int
    day: date
    exact: bool = True
    has_year: bool = True


def dates(folded: str, anchor: date | None, start: int = 0, end: int | None = None) -> Iterator[DateAt]:
    """Dates in digits or with the month's name. `anchor` is the date of the document, for those without a year."""
    stop = len(folded) if end is None else end
    if not _DIGIT.search(folded, start, stop):
        return  # most statements hold no date, and none is written without a digit
    days_first = _writes_days_first(folded)
    forms = _forms_of_days_first() if days_first else _FORMS
    for match in forms.finditer(folded, start, stop):
        found = _read(match, anchor, days_first=days_first)
        if found is not None:
            yield found


@lru_cache(maxsize=64)
def _writes_days_first(folded: str) -> bool:
    """Whether a document writes 17/06/2025 for the 17th of June: by a date that can be read in one way only."""
    days = months = False
    for match in _SLASHED.finditer(folded):
        days = days or int(match["a"]) > _LAST_MONTH >= int(match["b"])
        months = months or int(match["b"]) > _LAST_MONTH >= int(match["a"])
    return not months and (days or any(sign in folded for sign in _DAY_FIRST))


@lru_cache(maxsize=1)
def _forms_of_days_first() -> re.Pattern[str]:
    american = r"(?P<m9>1[0-2]|0?[1-9])/(?P<d9>3[01]|[12]\d|0?[1-9])"
    return re.compile(
        _FORMS.pattern.replace(american, r"(?P<d9>3[01]|[12]\d|0?[1-9])/(?P<m9>1[0-2]|0?[1-9])")
    )


def nearest(day: date, anchor: date) -> date:
    """A day without a year in the year that brings it nearest to the document: what lies ahead has one as well."""
    options = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            options.append(day.replace(year=year))
        except ValueError:
            continue
    return min(options, key=lambda d: abs((d - anchor).days)) if options else day


def relative_dates(folded: str, anchor: date, start: int = 0, end: int | None = None) -> Iterator[DateAt]:
    """Days told from the date of the document: "yesterday", "last Wed", "three weeks ago"."""
    yield from _holidays(folded, anchor, start, len(folded) if end is None else end)
    for match in _RELATIVE.finditer(folded, start, len(folded) if end is None else end):
        day = anchor
        exact = True
        if match["yesterday"]:
            day = anchor - timedelta(1)
        elif match["tomorrow"]:
            day = anchor + timedelta(1)
        elif match["n"]:
            count = _NUMBERS.get(match["n"]) or int(match["n"])
            unit = match["unit"][0] if not match["unit"].startswith("mo") else "o"
            exact = unit == "d"
            span = timedelta(min(count * {"d": 1, "w": 7, "o": 30, "y": 365}[unit], 36500))
            day = anchor + span if match["dir"] == "hence" else anchor - span
        elif match["dom"]:
            reckoned = _day_of_month(int(match["dom"]), match["which"], anchor)
            if reckoned is None:
                continue
            day = reckoned
        elif match["day"]:
            wanted = _WEEKDAYS.index(match["day"][:3])
            if match["rel"] in ("next", "this coming", "by"):
                day = anchor + timedelta((wanted - anchor.weekday() - 1) % 7 + 1)
            else:
                back = (anchor.weekday() - wanted) % 7
                day = anchor - timedelta(back or (7 if match["rel"] in ("last", "this past", "past") else 0))
        yield DateAt(match.start(), match.end(), day, exact, False)


def _holidays(folded: str, anchor: date, start: int, end: int) -> Iterator[DateAt]:
    """Holidays that people date by, as the latest one up to the anchor."""
    for match in _HOLIDAY.finditer(folded, start, end):
        name = next(key for key in _HOLIDAYS if match[0].startswith(key))
        day = _HOLIDAYS[name](anchor.year)
        yield DateAt(
            match.start(),
            match.end(),
            day if day <= anchor else _HOLIDAYS[name](anchor.year - 1),
            True,
            False,
        )


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th such weekday of a month; the last one for -1."""
    if nth < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta((following.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def months(folded: str, anchor: date, start: int = 0, end: int | None = None) -> Iterator[DateAt]:
    """Bare names of months as the first day of the latest such month ("the one in May", "the June block")."""
    for match in _BARE_MONTH.finditer(folded, start, len(folded) if end is None else end):
        month = _MONTHS[match["mon0"][:3]]
        year = anchor.year - (month > anchor.month)
        yield DateAt(match.start(), match.end(), date(year, month, 1), False, False)


def _day_of_month(day: int, which: str | None, anchor: date) -> date | None:
    """The latest day of that number up to the anchor; of the month before or after it where that is said."""
    month = date(anchor.year, anchor.month, 1)
    if which == "next":
        month = (month + timedelta(32)).replace(day=1)
    elif which == "last" or (which is None and day > anchor.day):
        month = (month - timedelta(1)).replace(day=1)
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _read(match: re.Match[str], anchor: date | None, *, days_first: bool = False) -> DateAt | None:
    group = match.groupdict()
    if group["m1"]:
        return _date(match, group["y1"], group["m1"], group["d1"], anchor)
    if group["m2"]:
        return _date(match, group["y2"], group["m2"], group["d2"], anchor)
    if group["m3"]:
        return _date(match, group["y3"], group["m3"], group["d3"], anchor)
    if group["a4"]:
        month, day = group["a4"], group["b4"]
        if int(month) > _LAST_MONTH or (days_first and int(day) <= _LAST_MONTH):
            month, day = day, month
        return _date(match, group["y4"], month, day, anchor)
    if group["d5"]:
        return _date(match, group["y5"], str(_MONTHS[group["mon5"][:3]]), group["d5"], anchor)
    if group["d6"]:
        return _date(match, group["y6"], str(_MONTHS[group["mon6"][:3]]), group["d6"], anchor)
    if group["y7"]:
        return _date(match, group["y7"], str(_MONTHS[group["mon7"][:3]]), None, anchor)
    if group["m8"]:
        return _date(match, group["y8"], group["m8"], None, anchor)
    return _date(match, None, group["m9"], group["d9"], anchor)


def _date(
    match: re.Match[str], year: str | None, month: str, day: str | None, anchor: date | None
) -> DateAt | None:
    try:
        if year is not None:
            number = int(year.lstrip("'"))
            number += 0 if number > 99 else (2000 if number < 70 else 1900)
            return DateAt(
                match.start(), match.end(), date(number, int(month), int(day or 1)), day is not None
            )
        if anchor is None:
            return None
        found = date(anchor.year, int(month), int(day or 1))
        if found > anchor:
            found = date(anchor.year - 1, found.month, found.day)
        return DateAt(match.start(), match.end(), found, day is not None, False)
    except ValueError:
        return None
