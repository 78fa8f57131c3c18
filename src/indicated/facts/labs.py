"""Laboratory values of clotting: INR and the platelet count in 10^9/L, with the day of collection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from indicated.facts.finding import evidence
from indicated.facts.model import Fact, Status
from indicated.reading.amounts import NUMBER, number
from indicated.reading.context import setting
from indicated.reading.dates import dates
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.when import day_of

_WORDS = {"lab.INR": "INR", "lab.platelets": "platelets"}
_SPAN = 90
_VALUE = re.compile(
    rf"(?<![\d./-])(?P<low>{NUMBER})(?P<thousand> (?:hundred(?: and \w+)? )?thousand| ?k\b)?(?![\d/]*/\d)(?!\s?(?:%|sec|s\b|mg|min|ft|am\b|pm\b))"
)
_POINT = re.compile(r"\b(one|two|three|zero) point (\w+)")
_LIMITS = {"INR": (0.5, 20.0), "platelets": (1.0, 2000.0)}
_WANTS = re.compile(r"^\s*(?:\(?(?:[kg]/u?l|x?\s?10\*?\^?[39]/u?l|k/ul|/ul|g/l)\)?)?[\s:=|,;(]*")


def read_labs(note: Note, language: Language) -> Iterator[Fact]:
    """Yield the INR and platelet values of a note, and an open question where a test has no result."""
    for mention in note.named("lab"):
        if any(m.covers(mention) for m in note.within(mention.segment, "laboratory said", "not")):
            continue
        word = _WORDS[mention.name]
        found = list(_values(note, mention, word))
        meant = setting(note, language, mention)
        missing = note.within(mention.segment, "laboratory said", "missing")
        if found:
            value, day = found[-1]
            status = Status.OTHER_PERSON if meant.status is Status.OTHER_PERSON else Status.PRESENT
            if meant.status is Status.HYPOTHETICAL:
                status = Status.HYPOTHETICAL
            yield _fact(note, mention, word, status, value, day)
        elif missing or meant.status is Status.ASKED:
            yield _fact(note, mention, word, Status.ASKED, None, note.document.date)


def _values(note: Note, mention: Mention, word: str) -> Iterator[tuple[float, date | None]]:
    """The plausible numbers behind a test's name up to the next test, each with its day, the latest last."""
    piece = note.segments[mention.segment]
    others = [m.start for m in note.within(mention.segment, "lab") if m.start >= mention.end]
    end = min([piece.end, mention.end + _SPAN, *others])
    text = _POINT.sub(
        lambda m: f"{int(number(m[1]) or 0)}.{int(number(m[2]) or 0)}".ljust(len(m[0])),
        note.folded[mention.end : end],
    )
    days = list(dates(note.folded, note.document.date, mention.end, end))
    columns = _columns(note, mention)
    low, high = _LIMITS[word]
    found: list[tuple[float, date | None]] = []
    for match in _VALUE.finditer(text):
        at = mention.end + match.start()
        if any(d.start <= at < d.end for d in days) or re.search(
            r"(?:\d ?-|was|ref|range|<|>) ?$", text[: match.start()]
        ):
            continue
        value = number(match["low"])
        if value is None:
            continue
        value *= 1000 if match["thousand"] and value < 1000 else 1
        value = value / 1000 if word == "platelets" and value >= 2000 else value
        if not low <= value <= high or (word == "platelets" and re.match(r" ?-\d", text[match.end() :])):
            continue
        before = [d.day for d in days if d.end <= at]
        found.append((value, before[-1] if before else None))
        if not columns and not days:
            break
    if columns and len(found) >= len(columns):
        found = [(value, day) for (value, _), day in zip(found, columns, strict=False)]
        yield from sorted(found, key=lambda pair: pair[1] or date.min)
        return
    for value, day in found if days else found[:1]:
        yield value, day or _collected(note, mention)


def _columns(note: Note, mention: Mention) -> list[date]:
    """The dates of the row that heads the columns of a table, or none."""
    if not note.segments[mention.segment].row:
        return []
    for at in range(mention.segment - 1, max(-1, mention.segment - 8), -1):
        found = [d.day for d in note.dates_in(at)]
        if len(found) >= 2:
            return found
        if not note.segments[at].row:
            return []
    return []


def _collected(note: Note, mention: Mention) -> date | None:
    """The day of collection: in the statement, in one beside it, else that of the entry or document."""
    for at in (mention.segment, *note.neighbours(mention.segment, 1, 2)):
        found = note.dates_in(at)
        if found:
            return found[-1].day
    return day_of(note, mention.segment)


def _fact(
    note: Note, mention: Mention, word: str, status: Status, value: float | None, day: date | None
) -> Fact:
    unit = "10^9/L" if word == "platelets" and value is not None else None
    return Fact(word, status, (evidence(note, mention),), value=value, unit=unit, date=day, reader="labs")
