"""When a block was done: the date beside its name, the dates that follow it as a list, or the procedure note's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indicated.facts.blocks.mentions import MEANT, SAID, STRONG, WORD
from indicated.reading.dates import DateAt, dates, months
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

PROCEDURE_KIND = lazy(
    r"^(?:(?!template|policy|follow|questionnaire|request|author|order|consent|pre-?proc|post|schedul).)*(?:\bproc|operat|\bop (?:note|report)|an(?:a)?esth(?!\w* (?:pain|consult|clinic|visit|pre))|\bor log|surg(?:ical|ery) (?:note|report)|injection flow|day.?surgery|block record|\brecovery (?:room|note|record|sheet)|\bpacu\b)"
    r"(?:(?!template|policy|follow|questionnaire|request|author|order|consent|schedul).)*$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_BEFORE = lazy(
    r"\b(jan(?:uary)?|feb(?:ruary)?|march|april?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?'?s? (?:\w+ )?$"
)
_JOIN = lazy(
    r"\s*(?:,|;|/|&|\+|and|then|, and|,? again(?: on)?)?\s*(?:(?:#|no\.? ?)\d\s*[:(-]?\s*|\(?(?:r|l|rt|lt|right|left)\)?,?\s*|on\s+)?\s*$"
)
_EMPTY_BOX = lazy(r"(?:\[ ?\]|\( ?\)|☐) ?$")
_HEAD = 8
_FAR = 70
_ANY = lazy(r"\b(?:an?|any|each|every|most|some|first)[ -]$")
_BETWEEN = lazy(
    r";|\n\s*\n|\b(?:rtc|f/u|follow-? ?up|return|seen|visit|labs?|mri|xr|started|since|injury|injured|fx|fracture|sprain|surgery|dob|born|printed|generated|prepared|faxed|copied|signed|dictated|release)\b"
)
_ON_THE_BODY = lazy(r"\b(?:my|her|his|the|low|lower|your) back$")
_OF_ANOTHER_THING = lazy(
    r"\b(?:dob|d\.o\.b\.?|born(?: on)?|birth ?date|date of birth|letter(?: of| dated| from)?|visit(?: of| on| note)?|seen(?: on)?|last seen|appointment|appt|call(?: of)?|fax(?:ed)?(?: on)?|message(?: of)?|orders?(?: set)?(?: of)?|addend\w*(?: of| entered| dated)?|entered|entry(?: of)?|correction(?: of)?|requests?(?: of| received)?|referred(?: on)?|referrals?(?: of)?|rx(?: of)?|last (?:dose|tablet|pill)|dose|hold(?: from| on)?|held(?: from)?|stop(?:s|ped)?(?: on)?|inr(?: of)?|labs?(?: of)?|signed|doi|printed|auth(?:orization)? (?:dated|of|thru|through|until|expires))[ :=(.-]*(?:on |of |dated )?$"
)


@dataclass(frozen=True)
class When:
    """The day of a block. `month` is given instead ("2025-05") where only the month is known."""

    day: date | None = None
    month: str = ""
    has_year: bool = True
    start: int = -1


def own_date(note: Note) -> date | None:
    """The day of a procedure note: its labelled date, else a full date in its head, else the document's."""
    anchor = note.document.date
    for mention in note.named(MEANT, "own_date"):
        found = next(dates(note.folded, anchor, mention.end, mention.end + 30), None)
        if found and found.exact and not note.folded[mention.end : found.start].strip(" :.=|-"):
            return found.day
    for segment in note.segments[:_HEAD]:
        for found in dates(note.folded, anchor, segment.start, segment.end):
            behind = note.folded[max(segment.start, found.start - 12) : found.start]
            born = re.search(r"dob|born|d\.o\.b|birth", behind)
            if (
                found.exact
                and found.has_year
                and anchor
                and not born
                and 0 <= (anchor - found.day).days <= 120
            ):
                return found.day
    return anchor


def when_named(note: Note, mention: Mention, *, title: bool = False) -> list[When]:
    """The days that stand with a block's name in its sentence: the nearest, and those that go on from it as a list."""
    segment = note.segments[mention.segment]
    start, end = segment.title if title else (segment.start, segment.end)
    found = _dates_between(note, start, end) if title else _dates_in(note, mention.segment)
    others = [
        m
        for m in note.within(mention.segment, WORD)
        if m.group in (*STRONG, "other", "weak")
        and m != mention
        and not _EMPTY_BOX.search(note.folded, max(0, m.start - 5), m.start)
    ]
    found = [d for d in found if not _weekday_of(note, d, found)]
    near = [d for d in found if not _taken(note, d, mention, others)]
    colon = note.folded.find(
        ":", segment.start, mention.start
    )  # "HPI (new today): LSB 5/12": a day of the label
    near = [d for d in near if d.start > colon] or near
    if not near:
        return []
    moved = note.within(mention.segment, SAID, "moved")
    later = [d for d in found if moved and d.start >= moved[-1].end]
    if later:
        return [_when(later[0])]
    first = min(near, key=lambda d: _distance(d, mention))
    if _distance(first, mention) > _FAR and not segment.row:
        return []
    chain = [first]
    for following in [d for d in found if d.start > first.end]:
        if _JOIN.match(note.folded[chain[-1].end : following.start].strip(" ()")):
            chain.append(following)
        else:
            break
    return [_when(d) for d in chain]


def _weekday_of(note: Note, found: DateAt, others: Iterable[DateAt]) -> bool:
    """Whether a day of the week only stands with the date that it belongs to ("Thurs 3/12")."""
    named = re.match(
        r"(?:[a-z]+ )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$", note.folded[found.start : found.end]
    )
    return bool(named) and any(0 <= d.start - found.end <= 2 for d in others)


def _dates_between(note: Note, start: int, end: int) -> list[DateAt]:
    return list(dates(note.folded, note.document.date, start, end))


def _dates_in(note: Note, segment: int) -> list[DateAt]:
    found = [d for d in note.dates_in(segment) if not _any_of_them(note, d)]
    if not note.document.date:
        return found
    piece = note.segments[segment]
    bare = [
        *months(note.folded, note.document.date, piece.start, piece.end),
        *_months_of_blocks(note, segment),
    ]
    bare = [m for n, m in enumerate(bare) if not any(o.start == m.start for o in bare[:n])]
    return sorted(
        [*found, *(m for m in bare if not any(d.start < m.end and m.start < d.end for d in found))],
        key=lambda d: d.start,
    )


def _any_of_them(note: Note, found: DateAt) -> bool:
    """Whether a weekday is any such day, not a day that was ("timed to a Tuesday", "every Thursday")."""
    return _ANY.search(note.folded, max(0, found.start - 12), found.start) is not None


def _months_of_blocks(note: Note, segment: int) -> Iterator[DateAt]:
    """A month right before the name of a block ("December injection took him down to 3")."""
    anchor = note.document.date
    for mention in note.within(segment, WORD, *STRONG, "weak"):
        start = max(note.segments[segment].start, mention.start - 12)
        match = _MONTH_BEFORE.search(note.folded, start, mention.start)
        if match and anchor:
            month = _MONTHS.index(match[1][:3]) + 1
            day = date(anchor.year - (month > anchor.month), month, 1)
            yield DateAt(match.start(1), match.end(1), day, exact=False, has_year=False)


def _when(found: DateAt) -> When:
    if found.exact:
        return When(found.day, "", found.has_year, found.start)
    if found.day.day == 1:
        return When(None, f"{found.day:%Y-%m}", found.has_year, found.start)
    return When(None, "", found.has_year, found.start)


def _distance(found: DateAt, mention: Mention) -> int:
    if found.start >= mention.end:
        return found.start - mention.end
    return max(0, mention.start - found.end) + 6


def _taken(note: Note, found: DateAt, mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether a date stands nearer to another needle, or behind words that end the statement."""
    if found.start >= mention.end:
        between = note.folded[mention.end : found.start]
        other = any(mention.end <= m.start and m.end <= found.start for m in others)
    else:
        between = note.folded[found.end : mention.start]
        other = any(found.end <= m.start and m.end <= mention.start for m in others)
    if other or _BETWEEN.search(between) or _of_another_thing(note, found):
        return True
    still = note.within(mention.segment, "lasting.still")
    ends = [
        *note.within(mention.segment, "lasting.ended"),
        *(m for m in still if note.folded[m.start : m.end].startswith(("as of", "until", "till"))),
    ]
    ends = [m for m in ends if not _ON_THE_BODY.search(note.folded, max(0, m.start - 12), m.end)]
    if any(0 <= found.start - m.end <= 9 or (m.start < found.end and found.start < m.end) for m in ends):
        return True
    mine = _distance(found, mention)
    return any(_distance(found, m) < mine for m in others if m.group != "weak")


def _of_another_thing(note: Note, found: DateAt) -> bool:
    """Whether the words before a date make it that of a letter, a visit, a birth, a dose, a test."""
    start = note.segments[note.segment_at(found.start)].start
    return _OF_ANOTHER_THING.search(note.folded, max(start, found.start - 32), found.start) is not None


def future(when: When, anchor: date | None) -> date | None:
    """A day without a year as a day to come: that of the year in which it next falls."""
    if when.day is None or anchor is None or when.has_year or when.day >= anchor:
        return when.day
    try:
        soon = when.day.replace(year=when.day.year + 1)
        return soon if (soon - anchor).days <= 200 else None
    except ValueError:
        return when.day
