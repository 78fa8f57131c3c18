"""Which block a statement means: by its day, its number, its month, as the last one, or as the one before."""

from __future__ import annotations

import re
from datetime import date

from indicated.facts.blocks.dates import when_named
from indicated.facts.blocks.effect import PREVIOUS, Effects, enclosing
from indicated.facts.blocks.mentions import MEANT
from indicated.facts.blocks.place import ordinal
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_NUMBER = lazy(
    r"(?:#\s?|\bblock (?:no\.? ?)?|\bno\.? |\bnumber )(\d)\b|\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th) (?:(?:right|left|r|l|lumbar|sympathetic|lsb|one|time|block|injection|shot|needle|inj|blk)\b)|\b(?:the|her|his|my|after|from|following|since|of) (1st|2nd|3rd|4th|first|second|third|fourth)\b(?! (?:(?:\w+|# ?\d) )?(?:nights?|days?|weeks?|wks?|months?|hours?|evening|morning|time|visit|step|of)\b)"
)
_ISO = lazy(r"\d{4}-\d\d-\d\d")
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ONE_OF = lazy(
    r"\bthe (jan\w*|feb\w*|march|april|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*) (?:one|block|injection|shot|lsb|needle)\b"
)


def block_meant(effects: Effects, segment: int, position: int) -> str | None:
    """Which block a statement means: an ISO date, "#n", a month, "all", "last", or None where the text does not say."""
    note = effects.note
    here = note.segments[segment]
    each = [m for m in note.within(segment, MEANT, "each") if m.start <= position and position - m.end < 30]
    if each:
        return "all"
    own = sorted(
        effects.named_in(segment),
        key=lambda n: abs(n.mention.start - position) + (40 if n.mention.start > position else 0),
    )
    for named in own:
        whens = when_named(note, named.mention)
        if whens and len(whens) == 1:
            if whens[0].day:
                return whens[0].day.isoformat()
            if whens[0].month:
                return whens[0].month
    said = _said(note, segment, position)
    if said:
        return said
    own_number = next((f"#{n}" for named in own if (n := ordinal(note, named))), None)
    if own_number:
        return own_number
    event = enclosing(effects, segment)
    if event is not None and _ISO.fullmatch(event) and PREVIOUS.match(note.text_of(segment)):
        return f"before {event}"
    if note.within(segment, MEANT, "each"):
        return "all"
    if event is not None:
        return event
    if note.within(segment, MEANT, "last") and own:
        return "last"
    if not own:
        told = _told_before(effects, segment)
        if told:
            return told
    for named in effects.named_above(here.title):
        whens = when_named(note, named.mention, title=True)
        if whens and whens[0].day:
            return whens[0].day.isoformat()
        number = ordinal(note, named)
        if number:
            return f"#{number}"
    if any(m.group == "last" for m in note.above(segment, MEANT)):
        return "last"
    return _only(effects)


def _told_before(effects: Effects, segment: int) -> str | None:
    """The dated block of which the sentences before speak in the same paragraph ("The block of May 20 ... It still holds")."""
    note = effects.note
    paragraph = note.segments[segment].paragraph
    for number in range(segment - 1, max(-1, segment - 4), -1):
        if note.segments[number].paragraph != paragraph or note.segments[segment].row:
            return None
        days = {f.date for n, f in effects.done if n == number and f.date}
        if days:
            return days.pop().isoformat() if len(days) == 1 else None
    return None


def _said(note: Note, segment: int, position: int) -> str | None:
    """A number or month that the statement itself gives its block; of several the nearest before it."""
    here = note.segments[segment]
    found: list[tuple[int, str]] = []
    for match in _NUMBER.finditer(note.folded, here.start, here.end):
        word = match[1] or match[2] or match[3]
        value = _ORDINAL.get(word) or int(word[0])
        found.append((match.start(), f"#{value}"))
    for match in _ONE_OF.finditer(note.folded, here.start, here.end):
        month = _month(note, match[1])
        if month:
            found.append((match.start(), month))
    before = [f for f in found if f[0] <= position]
    return before[-1][1] if before else found[0][1] if found else None


def blocks_named_in(note: Note, segment: int) -> list[tuple[int, int, str]]:
    """The parts of a sentence that each speak of one block by its number or month: (start, end, which block)."""
    here = note.segments[segment]
    marks: list[tuple[int, int, str]] = []
    for match in _NUMBER.finditer(note.folded, here.start, here.end):
        word = match[1] or match[2] or match[3]
        marks.append((match.start(), match.end(), f"#{_ORDINAL.get(word) or int(word[0])}"))
    for match in _ONE_OF.finditer(note.folded, here.start, here.end):
        month = _month(note, match[1])
        if month:
            marks.append((match.start(), match.end(), month))
    marks.sort()
    if len({which for _, _, which in marks}) < 2:
        return []
    ends = [m[0] for m in marks[1:]] + [here.end]
    return [(end_of_mark, end, which) for (_, end_of_mark, which), end in zip(marks, ends, strict=True)]


def _month(note: Note, name: str) -> str | None:
    anchor = note.document.date
    if anchor is None:
        return None
    month = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec").index(
        name[:3]
    ) + 1
    return f"{anchor.year - (month > anchor.month):04d}-{month:02d}"


def _only(effects: Effects) -> str | None:
    days = {f.date for _, f in effects.done if f.date}
    unknown = [f for _, f in effects.done if not f.date]
    if len(days) == 1 and not any("number" in f.attributes or "month" in f.attributes for f in unknown):
        return next(iter(days)).isoformat()
    return None


def day_of_block(effects: Effects, meant: str | None) -> date | None:
    """The day of the block that is meant, where the note gives it."""
    if meant and meant.startswith("before "):
        return max(
            (f.date for _, f in effects.done if f.date and f.date.isoformat() < meant[7:]), default=None
        )
    if meant and re.fullmatch(r"\d{4}-\d\d-\d\d", meant):
        return date.fromisoformat(meant)
    if meant and meant.startswith("#"):
        days = {f.date for _, f in effects.done if f.date and f.attributes.get("number") == int(meant[1:])}
        return days.pop() if len(days) == 1 else None
    if meant == "last":
        return max((f.date for _, f in effects.done if f.date), default=None)
    if meant and re.fullmatch(r"\d{4}-\d\d", meant):
        days = {f.date for _, f in effects.done if f.date and f"{f.date:%Y-%m}" == meant}
        return days.pop() if len(days) == 1 else None
    if meant is None:
        days = {f.date for _, f in effects.done if f.date}
        return days.pop() if len(days) == 1 else None
    return None
