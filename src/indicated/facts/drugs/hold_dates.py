"""Days without a dose before the block, from days that are named: last dose and block, lists and spans of days.

The day of the block does not count, nor does the day of the last dose. Days may be dates, weekdays or days of the month;
between two weekdays lies less than a week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indicated.reading.dates import dates, nearest
from indicated.reading.patterns import lazy

_WEEKDAY = lazy(r"\b(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b(?:'s)?")
_OF_MONTH = lazy(r"\b(?:the|on) (?P<n>3[01]|[12]?\d)(?:st|nd|rd|th)\b")
_NEAR_DAY = lazy(
    r"\b(?P<today>today|this morning|this am)\b|\b(?P<tomorrow>tomorrow|tmrw)\b|\b(?P<yesterday>yesterday|last night)\b"
)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BLOCK = r"(?:block|blocks|lsb|lsb\w*|lumbar sympathetic|injection|inject|injecting|needle|procedure(?: date)?|proc date|shot|jab|dos|date of service|surgery date|d0|day 0|do (?:him|her|it)|does (?:him|her)|day itself|arriv\w+|here|leading up to|until|appt|appointment|tx|up to|see you|proc)"
_BLOCK_BEFORE = lazy(rf"\b{_BLOCK}\b[^;.]{{0,24}}?$")
_BLOCK_AFTER = lazy(
    r"^[\s)'s]{0,5}(?:\(?[\d/]{3,10}\)? ?)?(?:for |[\w' ]{0,10})?\b(?:block|lsb|injection|needle|procedure|shot|appointment)\b"
)
_LAST = lazy(
    r"\b(?:last|final|through|thru|until|till|up to|including|(?<!not )(?<!not to )(?<!n't )take|took|takes|swallow\w*)\b(?! \d+ (?:days?|nights?|d\b))[^;]{0,44}?$"
)
_FROM = lazy(
    r"\b(?:stop\w*|off|hold\w*|held|from|start\w*|begin\w*|since|none|nothing|no|skip\w*|omit\w*|pause\w*|cease|d/c|discontinue\w*|out|for|without|nil|stop date)\b[^;.]{0,40}?$"
)
_WITHOUT_BEFORE = lazy(
    r"\b(?:none|nothing|no|nil|skip\w*|omit\w*|hold\w*|held|without|off|out|for|not|stop\w*|pull\w*|missed|zero|pause\w*|leave\w*)\b[^;]{0,50}?$"
)
_WITHOUT_AFTER = lazy(
    r"^[\s:)|,-]*(?:none(?! (?:since|from|after|on|until))|nothing(?! (?:since|from|after|on|until))|nil|no\b|skip|off|hold|held|omit|x\b|0\b|zero|no dose|without)"
)
_THROUGH = lazy(
    r"\s*(?:am|pm|\(?[a-z]{3}\)?)?\s*(?:-+|to|through|thru|until|till|>)\s*(?:and including\s*)?(?:the\s*)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*)?$"
)
_BETWEEN = lazy(
    r"[\s,/&+()]*(?:and|or|nor|plus|on|the|not)?[\s,/&+()]*(?:the\s*)?(?:nor\s*)?(?:on\s*)?(?:the\s*)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?"
)
_MORE_DAYS = lazy(
    r"\s*(?:,|,? and|&|\+)\s*(?P<n>3[01]|[12]?\d)(?:st|nd|rd|th)?(?![\d/.:]|\s*(?:days?|mg|%|d\b|weeks?|h\b))"
)
_RANGE_END = lazy(r"\s?-\s?(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?![/\d])")
_STOP_AFTER = lazy(
    r"\b(?:stop\w*|off|hold\w*|held|none|nothing|no|quit|d/c|discontinue\w*|cease\w*|skip\w*|out|paus\w+|interrupt\w*|omit\w*)\b[^.;\n]{0,36}\bafter\b[^.;\n\d]{0,30}$"
)
_LAST_BEHIND = lazy(r"^[\s:)|,-]*(?:last|final)\b")
_MONTH_LONG = 32
_TAKEN_ON = lazy(r"(?<!not )(?<!not to )(?<!n't )\b(?:last|final|through|thru|take|took|takes)\b")


@dataclass(frozen=True)
class Point:
    """A day named at `start:end`: a date, or only a weekday (0 is Monday)."""

    start: int
    end: int
    day: date | None
    weekday: int

    def days_to(self, later: Point) -> int | None:
        """Days from this one to a later one, or None when it is not later."""
        if self.day and later.day:
            gap = (later.day - self.day).days
            return gap if gap > 0 else None
        return (later.weekday - self.weekday) % 7 or 7


def points(folded: str, start: int, end: int, anchor: date | None) -> list[Point]:
    """The days that a span names, in order; a weekday beside its date is one day."""
    found: list[Point] = []
    for at in dates(folded, anchor, start, end):
        if at.exact:
            day = at.day if at.has_year or anchor is None else nearest(at.day, anchor)
            found.append(Point(at.start, at.end, day, day.weekday()))
    found += list(_ends_of_ranges(folded, end, found, anchor))
    for match in _OF_MONTH.finditer(folded, start, end):
        before = [p.day for p in found if p.day and p.end <= match.start()]
        near = _day_after(int(match["n"]), max(before)) if before else _day_near(int(match["n"]), anchor)
        if near and not _overlapped(found, match.start(), match.end()):
            found.append(Point(match.start(), match.end(), near, near.weekday()))
    found += list(_days_of_list(folded, end, found))
    if anchor:
        for match in _NEAR_DAY.finditer(folded, start, end):
            day = anchor + timedelta(1 if match["tomorrow"] else -1 if match["yesterday"] else 0)
            found.append(Point(match.start(), match.end(), day, day.weekday()))
    bare = [
        m for m in _WEEKDAY.finditer(folded, start, end) if not any(_together(folded, m, p) for p in found)
    ]
    found += [Point(m.start(), m.end(), None, _WEEK.index(m["day"][:3])) for m in bare]
    return sorted(found, key=lambda p: p.start)


def _ends_of_ranges(folded: str, end: int, found: Sequence[Point], anchor: date | None) -> Iterator[Point]:
    """The days behind a hyphen that end a span: "1/20-1/24"."""
    for point in list(found):
        until = _RANGE_END.match(folded, point.end, end)
        if until and point.day and anchor:
            try:
                day = date(point.day.year, int(until["month"]), int(until["day"]))
            except ValueError:
                continue
            day = nearest(day, anchor)
            yield Point(until.start("month"), until.end(), day, day.weekday())


def _days_of_list(folded: str, end: int, found: Sequence[Point]) -> Iterator[Point]:
    """The bare numbers behind a date that go on with it: "Jan 28, 29, 30"."""
    for point in list(found):
        at, day = point.end, point.day
        while (
            day and (more := _MORE_DAYS.match(folded, at, end)) and int(more["n"]) == (day + timedelta(1)).day
        ):
            day, at = day + timedelta(1), more.end()
            yield Point(more.start("n"), more.end("n"), day, day.weekday())


def _day_after(number: int, day: date) -> date | None:
    """The next day of that number behind a day named before it."""
    return next((d for n in range(_MONTH_LONG) if (d := day + timedelta(n)).day == number), None)


def _together(folded: str, weekday: re.Match[str], point: Point) -> bool:
    """Whether a weekday and a date are one day: "Tue 2/24", "Sunday's supper (2/22)", "tomorrow, Wed"."""
    if not point.start - _BESIDE <= weekday.end() <= point.end + _BESIDE:
        return False
    first, last = sorted(((weekday.start(), weekday.end()), (point.start, point.end)))
    between = folded[first[1] : last[0]]
    joined = re.fullmatch(r"[\s,(]*(?:'s)?\s*(?:\w+ )?[\s,(]*|[\s,]*\(", between)
    return bool(joined) and not re.search(r"\b(?:and|or|to)\b", between)


_BESIDE = 20


def _overlapped(found: Sequence[Point], start: int, end: int) -> bool:
    return any(p.start < end and start < p.end for p in found)


def _day_near(number: int, anchor: date | None) -> date | None:
    if anchor is None:
        return None
    options = [anchor + timedelta(n) for n in range(-15, 16)]
    return next((d for d in sorted(options, key=lambda d: abs((d - anchor).days)) if d.day == number), None)


@dataclass(frozen=True)
class Named:
    """What the days say: days without a dose, and the last day with one or the first without, where it is a date."""

    days: int
    last_dose: date | None = None
    first_without: date | None = None


def from_days(folded: str, start: int, end: int, anchor: date | None, *, block_today: bool) -> Named | None:
    """Days without a dose by the days that a span names, or None where they do not tell."""
    found = points(folded, start, end, anchor)
    if not found:
        return None
    block = _block(folded, start, found)
    if block is None and block_today and anchor:
        block = Point(end, end, anchor, anchor.weekday())
    rest = [
        p
        for p in found
        if p is not block
        and (block is None or p.days_to(block) is not None)
        and not (p.day and block and p.day == block.day)
    ]
    listed = _listed(folded, start, rest)
    if listed is not None and block is not None:
        return listed
    if block is None:
        return listed if listed and listed.days > 1 else None
    last = next((p for p in rest if _is_last(folded, start, p)), None)
    if last is not None and (gap := last.days_to(block)) is not None:
        return Named(gap - 1, last_dose=last.day)
    first = next((p for p in rest if _FROM.search(folded[max(start, p.start - 60) : p.start])), None)
    if first is not None and (gap := first.days_to(block)) is not None:
        return Named(gap, first_without=first.day)
    return None


def _block(folded: str, start: int, found: Sequence[Point]) -> Point | None:
    for point in reversed(found):
        before = folded[max(start, point.start - 40) : point.start]
        if _BLOCK_BEFORE.search(before) and not re.search(
            r"\b(?:last|back|resume|restart|letter|note|see|per|call|visit|dated|sheet)\b[^.;]{0,12}$", before
        ):
            return point
    for point in found:
        if _BLOCK_AFTER.match(folded[point.end : point.end + 40]):
            return point
    return None


def _is_last(folded: str, start: int, point: Point) -> bool:
    line = folded.rfind("\n", 0, point.start) + 1
    if _LAST_BEHIND.match(folded[point.end : point.end + 30]):
        return True
    begins = not folded[line : point.start].strip()
    reach = max(start, point.start - 70, line if begins else 0)
    before = re.sub(r"\b(?:last|this|past) *$", "", folded[reach : point.start])
    if _STOP_AFTER.search(before):
        return True
    return bool(_LAST.search(before)) and bool(_TAKEN_ON.search(before))


def _listed(folded: str, start: int, rest: Sequence[Point]) -> Named | None:
    """Days in a list or a span ("nothing Sat, Sun, Mon", "hold 3/3 thru 3/9"), counted up to the day before the block."""
    for at, first in enumerate(rest):
        last = at
        spanned = False
        while last + 1 < len(rest):
            between = folded[rest[last].end : rest[last + 1].start]
            if last == at and _THROUGH.fullmatch(between):
                spanned, last = True, last + 1
                break
            if not _BETWEEN.fullmatch(between):
                break
            last += 1
        before, after = (
            folded[max(start, first.start - 60) : first.start],
            folded[rest[last].end : rest[last].end + 20],
        )
        without = _WITHOUT_BEFORE.search(before) and not _TAKEN_ON.search(before[-30:])
        if not (without or _WITHOUT_AFTER.match(after)) or (last == at and not _WITHOUT_AFTER.match(after)):
            continue
        if spanned:
            gap = first.days_to(rest[last])
            days = None if gap is None else gap + 1
        else:
            days = last - at + 1
        if days is not None:
            return Named(days, first_without=first.day)
    return None
