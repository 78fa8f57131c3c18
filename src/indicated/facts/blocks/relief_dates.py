"""How long relief lasted, reckoned from the days that a statement gives: a start and an end, or the block and today."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from indicated.facts.blocks.effect import Effects, told_on
from indicated.facts.blocks.relief_fields import Span
from indicated.facts.blocks.relief_span import OF_A_SIDE_EFFECT, is_still
from indicated.reading.dates import DateAt, dates, relative_dates
from indicated.reading.note import Note
from indicated.reading.patterns import lazy
from indicated.reading.when import entry_date

_END = lazy(
    r"(?:until|till?|thru|through|up to|wore off|worn off|came back|was back|back|returned|gone(?: by)?|lost|ended|end(?:s|ed)?:?|over|quit(?: on (?:me|her|him))?\"?|stopped(?: working)?|faded|finished|ran out|flared|recurred|no longer[^.]{0,60}as of|well_until|relief ended|crept back|all the way (?:until|to|till)|when i woke up|again|failed)[\s:,\"'(]*(?:it )?(?:on |by |about |around |the |in |at |early |late |sometime )*(?:(?:evening|morning|night|afternoon|day|end|start|weekend|am|pm) (?:of |on )?(?:the )?)?$"
)
_NOT_TILL = lazy(r"\b(?:not|never|nobody|no one|nothing|\w+n't)\b[^.;,]{0,34}\b(?:until|till|before) $")
"""Behind these a day is the first on which something was known or done, not the end of relief ("wasn't told till today")."""
RECKONED = "from a start and an end"
_BY = lazy(r"\b(?:by|on|as of|from) (?:the )?$")
_WAS_BACK = lazy(
    r",? (?:[a-z'-]+ ){0,4}?(?:was|were|is|had|has|came) (?:all |right |fully |already )?(?:back|returned|come back|crept back|worn off|at baseline|over)\b|,? (?:[a-z'-]+ ){0,3}?(?:returned|came back|crept back|recurred|wore off)\b"
)
_NEXT = lazy(
    r"\b(?:gone|over|wore off|worn off|back|returned|ended|faded|until|till|through)(?: (?:again|to \w+|in full))?(?: by| on| in)?(?: the)? (?:(?P<same>same|that)|next|following|very next) (?:(?P<early>morning|am|dawn|breakfast)|day|evening|night|afternoon|pm)\b"
)
_SAME_DAY = lazy(
    r"\b(?:gone|over|wore off|worn off|back|returned|ended|faded|lasted|held)\b(?: [a-z]+){0,3}? (?:(?:on|during|for|until|till|before) the (?:drive|ride|way|trip|walk|bus|car ride)(?: back)?(?: home)?|in the (?:car|taxi|cab|parking lot|elevator|lobby)|before (?:i|she|he|we|they) (?:even )?(?:got|was|were|reached|made it) (?:home|to the car|to bed)|by (?:supper|dinner|dinnertime|bedtime|tea|teatime|nightfall))\b"
)
"""An end on the day of the block itself."""
_OF_THE_NEEDLE = lazy(
    r"\b(?:numb\w*|weak\w*|warm\w*|sore\w*|heav\w*|drows\w*|sedat\w*|nausea\w*|dizz\w*|tingl\w*|headache\w*|bruis\w*|swell\w*|leg|foot|strength|feeling|sensation)\b(?:(?!relief|benefit|pain)[^.;])*$"
)
"""What the needle or the drug does besides, before an end on the same day: that is no relief."""
_DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = lazy(
    r"\b(?:from (?:the )?)?(?P<first>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?: (?:evening|night|afternoon|morning))? (?:to|till|until|through|thru|-) (?:the |that )?(?P<last>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)
_TOLD_BY_DAY = lazy(
    r"\b(?:yesterday|today|last night|this (?:morning|afternoon)|mon|tue|wed|thu|fri|sat|sun)"
)
_GOOD_SPELL = lazy(r"good|relief|better|pain[- ]free|held|lasted|helped|calm|comfort|low")


def reckoned(effects: Effects, segment: int, block: date | None) -> Span | None:
    """The days between the block, or the start of the relief, and its end; censored where it still goes on."""
    note = effects.note
    here = note.segments[segment]
    found = [
        d
        for d in _dates(note, segment)
        if d.exact and not _NOT_TILL.search(note.folded, max(here.start, d.start - 44), d.start)
    ]
    ends = [
        d
        for d in found
        if _END.search(note.folded[max(here.start, d.start - 60) : d.start])
        or (
            _BY.search(note.folded, max(here.start, d.start - 8), d.start)
            and _WAS_BACK.match(note.folded, d.end, here.end)
        )
    ]
    if not ends and re.search(r"\bend(?:ed)?:", note.text_of(segment)):
        ends = found[-1:]
    also: tuple[int, ...] = ()
    for first, last in pairwise(found):
        between = note.folded[first.end : last.start]
        if (
            re.fullmatch(r"\s*(?:-|to|thru|through|until|till)\s*", between)
            and first.day < last.day
            and _GOOD_SPELL.search(note.text_of(segment))
        ):
            return Span(first.start, last.end, float((last.day - first.day).days), False, RECKONED)
    told = _by_words(effects, segment)
    if told is not None and not ends:
        return told
    if ends:
        end = ends[-1]
        begins = [d for d in found if d.day < end.day and d is not end]
        start = begins[0].day if begins else block
        if start is None:
            start, also = _beside(note, segment, end)
        if start is not None and 0 <= (end.day - start).days <= 730:
            days = (end.day - start).days
            if days > 0:
                begin = min([d.start for d in begins] + [end.start])
                return Span(begin, end.end, float(days), False, RECKONED, also)
    if (
        not here.row
        and is_still(note, segment)
        and (today := told_on(note, segment))
        and block
        and (note.within(segment, "relief") or _calm(note, segment))
    ):
        days = (today - block).days
        if days > 0:
            return Span(here.start, here.end, float(days), True, "still going on")
    return None


def _by_words(effects: Effects, segment: int) -> Span | None:
    """An end that is told from the day of the block ("gone by the next morning"), or two days of one week."""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    soon = _NEXT.search(text)
    if soon and not OF_A_SIDE_EFFECT.search(text, 0, soon.start()):
        days = 0.5 if soon["same"] else 0.75 if soon["early"] else 1.0
        return Span(here.start + soon.start(), here.start + soon.end(), days, False, RECKONED)
    soon = _SAME_DAY.search(text)
    if soon and not _OF_THE_NEEDLE.search(text, 0, soon.start()):
        return Span(here.start + soon.start(), here.start + soon.end(), 0.25, False, RECKONED)
    week = _WEEKDAYS.search(text)
    if week:
        first, last = (_DAYS_OF_WEEK.index(week[name][:3]) for name in ("first", "last"))
        days = float((last - first) % 7 or 7)
        return Span(here.start + week.start(), here.start + week.end(), days, False, RECKONED)
    return None


def _dates(note: Note, segment: int) -> list[DateAt]:
    """The dates of a statement; "yesterday" in a dated entry is told from the day of the entry."""
    if not _TOLD_BY_DAY.search(note.text_of(segment)):
        return note.dates_in(segment)
    entry = entry_date(note, segment)
    if entry is None or entry == note.document.date:
        return note.dates_in(segment)
    here = note.segments[segment]
    plain = list(dates(note.folded, note.document.date, here.start, here.end))
    told = relative_dates(note.folded, entry, here.start, here.end)
    return sorted(
        [*plain, *(r for r in told if not any(d.start < r.end and r.start < d.end for d in plain))],
        key=lambda d: d.start,
    )


def _calm(note: Note, segment: int) -> bool:
    return bool(
        re.search(
            r"pain[- ]free|relief|better|good|holding|working|helping|effect|\b[0-3] ?/ ?10",
            note.text_of(segment),
        )
    )


def _beside(note: Note, segment: int, end: DateAt) -> tuple[date | None, tuple[int, ...]]:
    """The day of the block in the sentence beside ("It quit the 20th. LSB was the 9th.")."""
    for beside in (segment + 1, segment - 1):
        if not 0 <= beside < len(note.segments):
            continue
        if not note.within(beside, "sympathetic block") and not note.within(beside, "lasting.began"):
            continue
        days = [d for d in note.dates_in(beside) if d.exact and d.day < end.day]
        if days:
            return days[-1].day, (beside,)
    return None, ()
