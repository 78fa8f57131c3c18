"""Numbers with the units of function: distances, times, angles, hours of work, points on a scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.reading.amounts import NUMBER, number
from indicated.reading.patterns import lazy

_HOUR = r"(?:h|hrs?|hours?)\b\.?"
_UNITS: tuple[tuple[str, str], ...] = (
    ("m/s", r"m ?/ ?s(?:ec)?\b|mps\b|met(?:er|re)s?(?: per | ?/ ?(?:a )?)sec(?:ond)?\b"),
    (
        "h/week",
        rf"{_HOUR} ?(?:(?:of )?(?:work|duty) )?(?:/|per|a|each|every|weekly|out of the) ?(?:wk|week)\b|{_HOUR} (?:weekly|last week|this week)|{_HOUR}/ ?w\b|hpw\b",
    ),
    (
        "h/day",
        (
            rf"of (?:an? |his |her |my )?(?:\d{{1,2}}|eight|ten|twelve)[- ]?(?:h|hr|hour)s?\b(?: (?:shift|day))?|{_HOUR} ?(?:(?:of )?(?:work|duty) )?(?:/|per|a|each|every) ?(?:d|day|shift|workday)\b"
            rf"|{_HOUR} (?:daily|shifts?|days?)\b|h/d\b"
        ),
    ),
    (
        "days/week",
        r"of (?:\d|five|seven) (?:school ?)?days|days? ?(?:/|per|a|each|every|out of the) ?(?:wk|week)|d/wk|days? weekly",
    ),
    (
        "steps/day",
        r"(?:steps? ?)?(?:/|per|a|each|every) ?(?:d|day)\b|steps? (?:daily|today|yesterday)|daily steps",
    ),
    ("ft", r"(?:ft|feet|foot)\b\.?|'(?![a-z'])"),
    ("yd", r"(?:yds?|yards?)\b"),
    ("km", r"(?:kms?|k|kilomet(?:er|re)s?)\b"),
    ("mi", r"(?:mi|miles?)\b"),
    ("blocks", r"(?:city |short |long )?blocks?\b"),
    ("min", r"(?:mins?|minutes?)\b|min\."),
    ("s", r"(?:s|secs?|seconds?)\b(?!/)"),
    ("m", r"(?:m|mtrs?|meters?|metres?)\b(?! ?/)"),
    ("h", rf"(?:{_HOUR})"),
    ("degrees", r"(?:°|degs?\b\.?|degrees?\b)(?! ?[cf]\b)"),
    ("percent", r"%|percent\b|per cent\b|pct\b"),
    ("stairs", r"(?:stairs?|steps?|risers?)\b"),
    ("flights", r"flights?\b"),
    ("reps", r"(?:reps?|repetitions?|raises?|rises?|stands?|times|x)\b"),
    ("lb", r"(?:lbs?|pounds?|#)(?![a-z])"),
    ("kg", r"(?:kgs?|kilos?|kilograms?)\b"),
    ("points", r"(?:points?|pts?)\b"),
)
_UNIT = lazy("|".join(f"(?P<u{n}>{pattern})" for n, (_, pattern) in enumerate(_UNITS)))
_HUNDREDS = r"(?:(?:a|one|two|three|four|five|six|seven|eight|nine|couple of|few) (?:hundred|thousand)(?: (?:and )?(?:fifty|twenty|thirty|forty))?)"
_VAGUE = r"(?:(?:a |the )?(?:half|quarter)(?: of)? (?:an? |the )?(?=mile|hour|block|flight|kilomet)|(?:an?|the)(?: whole| full| single| good| entire)?(?= (?:mile|hour|flight|minute)s?\b)|a(?: whole| full| single| good| entire| city| short| long){0,2}(?= block\b)|(?:a |the )?(?:couple|few)(?: of)?(?= (?:blocks?|minutes?|min|steps?|stairs?|yards?|feet|hours?)\b))"
_NUMBER = lazy(
    rf"(?<![\d./#])(?<!\d,)(?<![\d_]/ )(?<![\d_] / )(?<![a-wyz])(?:[<>~+=]|\b(?=x\d))?x?(?P<sign>[-](?=\d)|minus )?(?P<number>{_HUNDREDS}|[13]/[24](?= (?:of )?(?:an? )?(?:mile|mi|block|hour|km))|\d{{1,3}}(?:,\d{{3}})+|(?<!the )one(?! (?:from|of|is|was|that|at|on|in|with|to|leg))\b|(?!one\b){NUMBER}|{_VAGUE})(?!(?<=[a-z])[a-z])(?![a-z]*\d)(?!(?:st|nd|rd|th)\b)(?![½¼¾])"
)
_SCALES = {"half": 0.5, "quarter": 0.25, "couple": 2.0, "few": 3.0}
_WORDS = {"hundred": 100, "thousand": 1000}
_OTHER_UNIT = lazy(
    r"[ -]?(?:w(?:ee)?ks|w(?:ee)?k(?! (?:before|after|pre|post))|d|days?(?! (?:before|after|pre|post))|mo|mos|months?|y|yrs?|years?|yo|visits?|sessions?|sets?|mg|mcg|ml|cc|mm|cm|in|inch|inches|c|f|°c|°f|kg/m|am|pm|bpm|mmhg|units?|tabs?|items?|questions?|nights?|people|of \d+ visits|wheeled|point|ww|(?:(?:seated|standing|brief|short|arm|elbow|axillary|underarm) )?(?:crutch(?:es)?|canes?|sticks?|assist|persons?|person assist|rests?|rest breaks|breaks|stops?|rails?|hands?|falls?|lobs?|attempts?|trials?|pillows|view))(?![a-z])"
    r"|-? ?(?:inch|lb|pound|kg|year|week|month|day)-"
    r"| ?/ ?\d(?![\d])|\. ?\(|:? ?\d{2,3}/\d{2,3}\b|:\d\d|\)? ?/ ?10\b| (?:out )?of (?:10|ten)\b|[ -]?°? ?[cf]\b"
)
_UPPER = lazy(rf" ?(?:to|or|and) (?:{_HUNDREDS}|{NUMBER})[ -]?")
_EACH = lazy(r" ?(?:per|a|/|each|every) ?(?P<of>w(?:ee)?k|day|shift)\b")
_HOURS = lazy(r"\b(?:hours|hrs)\b")
_SHORT_OF = lazy(r"\b(?:lack(?:s|ed|ing)?|short of neutral by|minus|short by) (?:about |by )?$")
_FALLS_SHORT = lazy(
    r"[ -]?(?:°|deg(?:rees?|s)?\b\.?)? ?(?:short of|from|shy of|below|to) (?:neutral|zero|plantigrade)"
)
_OUT_OF = lazy(r" ?(?:/|out of|of) ?(?P<of>\d{2,3})\b(?! ?(?:h|d|hr|shift|day|week|visits)| ?/|[-]?hour)")
_GAP = lazy(
    r"(?: ?- ?\d+(?:\.\d+)? ?|\)|[ -]{0,2}|,)(?:full |whole |seated |slow |city |short |more |straight |good |or so |odd |single |measured |entire )*-?"
)


_NERVE_BLOCK = lazy(
    r"\b(?:after|before|following|such|since|until|had|did|got|another|series of|prior to|pre|post|these|those|all|sympathetic|lumbar|nerve|lsb)(?: (?:the|her|his|my|those|these|all|a|an|both|first|last|lumbar|sympathetic))* ?$"
)


@dataclass(frozen=True)
class Quantity:
    """A number at `start:end` with its unit, "" where none is written; `of` is the top of its scale or 0."""

    start: int
    end: int
    value: float
    unit: str
    of: float = 0.0


def quantities(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the numbers of a span with their units; "6 min 30 s" is 390 s, "lacks 5 of neutral" is -5.

    Numbers that carry the unit of something else (a dose, a temperature, a date, a pain score) are left out.
    """
    last: Quantity | None = None
    for match in _NUMBER.finditer(folded, start, end):
        value = _value(match["number"])
        if value is None or (last and match.start() < last.end):
            continue
        if (
            match["sign"]
            or _SHORT_OF.search(folded, max(start, match.start() - 20), match.start())
            or _FALLS_SHORT.match(folded, match.end(), end)
        ):
            value = -value
        stop, of, unit = match.end(), 0.0, ""
        scale = _OUT_OF.match(folded, stop, end)
        if scale:
            of, stop = float(scale["of"]), scale.end()
        gap = _GAP.match(folded, stop, end)
        named = _UNIT.match(folded, gap.end() if gap else stop, end) or _UNIT.match(folded, stop, end)
        shared = None if named else _UPPER.match(folded, stop, end)
        if shared and (ahead := _UNIT.match(folded, shared.end(), end)):
            # "from 100 to 500 feet": the first number has the unit of the second.
            unit = _unit(ahead)
        each = None if named or unit else _EACH.match(folded, stop, end)
        if each and _HOURS.search(folded, max(start, match.start() - 30), match.start()):
            unit, stop = ("h/week" if each["of"].startswith("w") else "h/day"), each.end()
        if not named and not unit and (_OTHER_UNIT.match(folded, stop) or not match[0].strip("<>~+=")):
            continue
        if named:
            unit, stop = _unit(named), named.end()
        found = Quantity(match.start(), stop, value, unit, of)
        if unit == "blocks" and _NERVE_BLOCK.search(folded, max(start, match.start() - 26), match.start()):
            continue
        if last and last.unit == "min" and unit == "s" and found.start - last.end <= 5:
            last = Quantity(last.start, stop, last.value * 60 + value, "s")
            continue
        if last:
            yield last
        last = found
    if last:
        yield last


def _unit(named: re.Match[str]) -> str:
    return _UNITS[next(n for n, found in enumerate(named.groups()) if found is not None)][0]


def _value(written: str) -> float | None:
    if re.fullmatch(r"\d/\d", written):
        return int(written[0]) / int(written[2])
    words = written.split()
    if words[-1] in ("a", "an", "the", "of") and any(key in words for key in _SCALES):
        return next(n for key, n in _SCALES.items() if key in words)
    for word, scale in _WORDS.items():
        if word in words:
            head = " ".join(words[: words.index(word)])
            tail = " ".join(w for w in words[words.index(word) + 1 :] if w != "and")
            first = next((n for key, n in _SCALES.items() if key in head), None) or number(head) or 1.0
            return first * scale + (number(tail) or 0.0 if tail else 0.0)
    plain = number(written)
    if plain is not None:
        return plain
    return next((n for key, n in _SCALES.items() if key in words), 1.0)


_SIZE = {
    "ft": ("m", 0.3048), "yd": ("m", 0.9144), "m": ("m", 1.0), "km": ("m", 1000.0), "mi": ("m", 1609.0), "blocks": ("m", 100.0),
    "s": ("s", 1.0), "min": ("s", 60.0), "h": ("s", 3600.0), "stairs": ("steps", 1.0), "steps": ("steps", 1.0), "flights": ("steps", 12.0),
    "h/day": ("h/week", 5.0), "h/week": ("h/week", 1.0), "lb": ("kg", 0.4536), "kg": ("kg", 1.0),
}  # fmt: skip


def comparable(quantity: Quantity) -> tuple[float, str]:
    """The value in the base unit of its kind, so that 50 yards can be held against 200 feet."""
    unit, size = _SIZE.get(quantity.unit, (quantity.unit, 1.0))
    return quantity.value * size, unit
