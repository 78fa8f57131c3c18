"""The day that a document is of, as its first lines say it. A wrong day is worse than none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from indicated.chart.page_terms import LONGEST, any_of, head_lines, page_words, plain
from indicated.chart.written_dates import Written, writes_days_first, written_dates

_OLDEST = timedelta(days=365 * 15)
"""A date further back than this is a birth date, or a page of another time."""
_LABELLED, _TOP, _FIRST = 10, 4, 2
"""So many lines may hold the day with a label, and so many without one; the first
two are the letterhead."""
_EARLY, _START = 12, 32
"""A date that begins before the 12th letter of a line begins the line; so much is looked at."""
_GAP = re.compile(r"[ \t]*[:.=#-]{0,2}[ \t]*(?:(?:is|was|on)\b)?[ \t]*\(?\Z")
_FIELD = re.compile(r"\s{2,}|\t|\||;")


@dataclass(frozen=True)
class HeaderDate:
    """A day, and the name of the labels by which it was found ("service"); "letterhead" for a day without a label."""

    day: date
    label: str


@dataclass(frozen=True)
class _Patterns:
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    other: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = page_words()
    return _Patterns(
        tuple((name, re.compile(any_of(labels))) for name, labels in words.dates.items()),
        re.compile(any_of((*words.not_dates, *words.patient["birth date"]))),
    )


def header_date(text: str, latest: date, known: frozenset[date] = frozenset()) -> HeaderDate | None:
    """The day of a document by the first lines of its text; None where they do not say it clearly.

    `latest` is the day of the request, by which years of two digits are read. `known` are birth dates.
    Days of birth, of an injury, of printing, faxing or receiving and days to come do not count.
    """
    days_first = writes_days_first(text)
    labelled: dict[str, set[date]] = {}
    bare: set[date] = set()
    firm: set[date] = set()
    for number, line in enumerate(head_lines(text, _LABELLED)):
        folded = plain(line)
        found = [
            (one, _label(folded, one), _stands_free(folded, one))
            for one in written_dates(folded, latest, days_first=days_first)
            if one.day not in known and latest - one.day <= _OLDEST
        ]
        free = [one for one, name, stands in found if name is None and stands]
        if free and len(found) > 1:
            continue  # a row of a table
        for one, name, _ in found:
            if name:
                labelled.setdefault(name, set()).add(one.day)
        if number < _TOP:
            bare.update(one.day for one in free)
        firm.update(one.day for one in free if _is_letterhead(folded, one, number))
    for name, _ in _patterns().labels:
        if name in labelled:
            days = labelled[name]
            agrees = len(days) == 1 and (firm or bare) <= days
            return HeaderDate(days.pop(), name) if agrees else None
    if len(firm) == 1:
        return HeaderDate(firm.pop(), "letterhead")
    if len(bare) != 1 or _is_log(text, bare, latest, days_first):
        return None
    return HeaderDate(bare.pop(), "letterhead")


def _is_letterhead(line: str, one: Written, number: int) -> bool:
    """Whether a date without a label stands behind a title in the first lines, or alone in a line of the top."""
    around = line[: one.start].strip(" -=*#_"), line[one.end :].strip(" .,-=*_")
    return (number < _FIRST and bool(around[0])) or (number < _TOP and not any(around))


def _is_log(text: str, head: set[date], latest: date, days_first: bool) -> bool:
    """Whether other lines of the text begin with dates of their own: then the text is of several days."""
    for line in text.splitlines():
        start = re.sub(r"^\W+", "", plain(line[:LONGEST]))[:_START]
        one = next(written_dates(start, latest, days_first=days_first), None)
        if one and one.start < _EARLY and one.day not in head:
            return True
    return False


def _label(line: str, one: Written) -> str | None:
    """The name of the label before a date; empty for a label of another kind, None where there is none."""
    before = line[: one.start]
    since = max((match.end() for match in _FIELD.finditer(before.rstrip())), default=0)
    field = before[since:] if before[since:].strip() else before
    others = list(_patterns().other.finditer(field))
    for name, pattern in _patterns().labels:
        for match in pattern.finditer(field):
            inside = any(one.end() >= match.end() and one.start() < match.start() for one in others)
            before_it = _patterns().other.search(field[: match.start()])
            if _GAP.fullmatch(field, match.end()) and not inside and not before_it:
                return name
    return "" if others else None


def _stands_free(line: str, one: Written) -> bool:
    """Whether a date is a field of its own, or ends a title: no sentence goes on behind it."""
    after = _FIELD.split(line[one.end :], maxsplit=1)[0].strip(" )-–—.,*")
    before = _FIELD.split(line[: one.start].rstrip())[-1] if line[: one.start].strip() else ""
    if line[: one.start].endswith(("  ", "\t", "|")):
        before = ""
    clock = re.fullmatch(r"(?:at )?\d{1,2}:?\d{2}(?::\d\d)? ?(?:[ap]\.?m\.?|h|hrs?)?", after)
    words = before.strip(" (-–—:,*").split()
    return (not after or clock is not None) and len(words) <= 5 and not before.strip().endswith((".", ","))
