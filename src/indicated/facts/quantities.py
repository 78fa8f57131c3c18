"""Numbers with the units of function: distances, times, angles, hours of work, points on a scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.reading.amounts import NUMBER, number

_UNITS: tuple[tuple[str, str], ...] = (
    ("m/s", r"m ?/ ?s(?:ec)?\b|meters? per second|metres? per second"),
    (
        "h/week",
        r"(?:h|hrs?|hours?) ?(?:/|per|a|each|every|weekly) ?(?:wk|week)|(?:h|hrs?|hours?) weekly|(?:h|hrs?|hours?)/w\b",
    ),
    (
        "h/day",
        r"of an? \d{1,2}[- ](?:h|hr|hour)s? (?:shift|day)|(?:h|hrs?|hours?) ?(?:/|per|a|each) ?(?:d|day|shift)\b|(?:h|hrs?|hours?) daily|h/d\b",
    ),
    ("days/week", r"(?:of \d )?days? (?:/|per|a|each) ?(?:wk|week)|d/wk"),
    ("steps/day", r"(?:steps? ?)?(?:/|per|a|each) ?(?:d|day)\b|steps daily"),
    ("ft", r"(?:ft|feet|foot)\b|'(?![a-z])"),
    ("yd", r"(?:yds?|yards?)\b"),
    ("km", r"(?:km|kms|kilomet(?:er|re)s?)\b"),
    ("mi", r"(?:mi|miles?)\b"),
    ("blocks", r"(?:city )?blocks?\b"),
    ("min", r"(?:mins?|minutes?)\b"),
    ("s", r"(?:s|secs?|seconds?)\b(?!/)"),
    ("m", r"(?:m|meters?|metres?)\b(?! ?/)"),
    ("h", r"(?:h|hrs?|hours?)\b"),
    ("degrees", r"(?:°|degs?\b|degrees?\b)"),
    ("percent", r"%|percent\b|per cent\b"),
    ("stairs", r"(?:stairs?|steps?)\b"),
    ("flights", r"flights?\b"),
    ("reps", r"(?:reps?|repetitions?|times|x)\b"),
    ("lb", r"(?:lbs?|pounds?)\b"),
    ("kg", r"(?:kgs?|kilos?)\b"),
    ("points", r"(?:points?|pts?)\b"),
)
_UNIT = re.compile("|".join(f"(?P<u{n}>{pattern})" for n, (_, pattern) in enumerate(_UNITS)))
_NUMBER = re.compile(
    rf"(?<![\d.,/])(?<!/ )(?<![a-wyz])[<>~+]?(?P<sign>-(?=\d))?(?P<number>\d{{1,3}}(?:,\d{{3}})+|{NUMBER})(?![a-z]*\d)(?!(?:st|nd|rd|th)\b)"
)
_OTHER_UNIT = re.compile(
    r"[ -]?(?:w(?:ee)?ks?|d|days?|mo|mos|months?|y|yrs?|years?|yo|visits?|sessions?|mg|mcg|ml|cc|mm|cm|in|inch|inches|c|f|kg/m|am|pm|of \d+ visits)(?![a-z])"
    r"|\. ?\(|:? ?\d{2,3}/\d{2,3}|:\d\d|\)? ?/10\b"
)
_SHORT_OF = re.compile(r"\b(?:lack(?:s|ed|ing)?|short of neutral by|minus) (?:about )?$")
_OUT_OF = re.compile(r" ?(?:/|out of|of) ?(?P<of>\d{2,3})\b(?! ?(?:h|d|shift|day)| ?/)")


@dataclass(frozen=True)
class Quantity:
    """A number at `start:end` with its unit, "" where none is written; `of` is the top of its scale or 0."""

    start: int
    end: int
    value: float
    unit: str
    of: float = 0.0


def quantities(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the numbers of a span with their units; "6 min 30 s" is 390 s, "lacks 5 of neutral" is -5."""
    last: Quantity | None = None
    for match in _NUMBER.finditer(folded, start, end):
        value = number(match["number"])
        if value is None:
            continue
        value = (
            -value
            if match["sign"] or _SHORT_OF.search(folded, max(start, match.start() - 16), match.start())
            else value
        )
        stop, of, unit = match.end(), 0.0, ""
        scale = _OUT_OF.match(folded, stop, end)
        if scale:
            of, stop = float(scale["of"]), scale.end()
        gap = re.compile(r"[ -]{0,2}(?:full |seated |slow |city )?").match(folded, stop, end)
        at = gap.end() if gap else stop
        named = _UNIT.match(folded, at, end)
        if not named and _OTHER_UNIT.match(folded, stop):
            continue
        if named:
            index = next(n for n, found in enumerate(named.groups()) if found is not None)
            unit, stop = _UNITS[index][0], named.end()
        found = Quantity(match.start(), stop, value, unit, of)
        if last and last.unit == "min" and unit == "s" and found.start - last.end <= 2:
            found = Quantity(last.start, stop, last.value * 60 + value, "s")
            last = found
            continue
        if last:
            yield last
        last = found
    if last:
        yield last
