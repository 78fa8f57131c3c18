"""Numbers, percentages, scores and durations as people write them.

General date and unit libraries read "70%" as a year and "7/10" as a day, so the forms that charts use are
listed here. A range counts as its lower end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.reading.patterns import lazy

_WORDS = {
    "zero": 0, "no": 0, "one": 1, "a": 1, "an": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "couple": 2, "few": 3, "several": 3, "dozen": 12, "half": 0.5, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "fifth": 5, "sixth": 6,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_CARDINAL = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_ONES}|zero)"
_FRACTION = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
NUMBER = rf"(?:\d+(?:[.,]\d+)?[½¼¾⅓⅔]?|[½¼¾⅓⅔]|\d+ 1/2|{_CARDINAL})"


def number(text: str) -> float | None:
    """The value of a number in digits or words ("4½", "twenty-one", "2,5"), or None."""
    text = text.strip().lower()
    total = 0.0
    if text.endswith(" 1/2"):
        total, text = 0.5, text[:-4]
    if text and text[-1] in _FRACTION:
        total, text = total + _FRACTION[text[-1]], text[:-1].strip()
        if not text:
            return total
    if re.fullmatch(r"\d+([.,]\d+)?", text):
        if re.fullmatch(r"\d{1,3},\d{3}", text):
            return float(text.replace(",", "")) + total
        return float(text.replace(",", ".")) + total
    parts = re.split(r"[- ]", text)
    if parts and all(part in _WORDS for part in parts):
        return sum(_WORDS[part] for part in parts) + total
    return None


@dataclass(frozen=True)
class Amount:
    """A measured thing at `start:end`. `value` is the lower end, `upper` the other end of a range or None."""

    start: int
    end: int
    value: float
    upper: float | None = None
    unit: str = ""


_RANGE = r"(?: ?- ?| to | or | ?/ ?)"
_PERCENT = lazy(
    rf"(?<![\d.])(?<!\d/)(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?(?: |[ ]*\n[ ]*)?(?:%|percent\b|per cent\b|pct\b|p\.c\.)"
    rf"|\b(?P<part>(?:about |roughly |nearly |almost |over )?(?:two[- ]thirds|three[- ]quarters|one[- ]third|a third|a quarter|one quarter|three[- ]fourths|four[- ]fifths|nine[- ]tenths))\b"
)
_PARTS = {"two thirds": 200 / 3, "three quarters": 75.0, "three fourths": 75.0, "one third": 100 / 3, "a third": 100 / 3,
          "a quarter": 25.0, "one quarter": 25.0, "four fifths": 80.0, "nine tenths": 90.0}  # fmt: skip


def percents(folded: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Percentages, in signs or words ("75 %", "sixty percent", "two thirds")."""
    for match in _PERCENT.finditer(folded, start, len(folded) if end is None else end):
        if match["part"]:
            words = re.sub(r"^(about|roughly|nearly|almost|over) ", "", match["part"]).replace("-", " ")
            yield Amount(match.start(), match.end(), round(_PARTS[words], 1), None, "%")
            continue
        low, high = number(match["low"]), number(match["high"]) if match["high"] else None
        if low is not None and low <= 100:
            yield Amount(match.start(), match.end(), low, high, "%")


_SCORE = lazy(
    rf"(?<![\d./-])(?P<low>{NUMBER})(?:(?: ?- ?| to | or )(?P<high>\d+(?:\.\d+)?))? ?"
    rf"(?:/ ?(?P<of>10|ten|100)(?![\d/.-]\d|\d| ?mg)|(?:out of|of|on) (?:a |the )?(?:possible )?(?P<of2>10|ten|100)\b)"
)


def scores(folded: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Scores on a scale of ten or a hundred ("7/10", "6-7/10", "eight out of ten"); `value` is out of ten."""
    for match in _SCORE.finditer(folded, start, len(folded) if end is None else end):
        low, high = number(match["low"]), number(match["high"]) if match["high"] else None
        scale = 10.0 if (match["of"] or match["of2"]) == "100" else 1.0
        if low is not None and low / scale <= 10:
            yield Amount(match.start(), match.end(), low / scale, high / scale if high else None, "/10")


_UNITS = {
    "min": 1 / 1440, "minute": 1 / 1440, "h": 1 / 24, "hr": 1 / 24, "hour": 1 / 24, "d": 1.0, "day": 1.0, "night": 1.0,
    "w": 7.0, "wk": 7.0, "week": 7.0, "fortnight": 14.0, "mo": 30.0, "mth": 30.0, "mon": 30.0, "month": 30.0,
    "m": 30.0, "yr": 365.0, "year": 365.0, "y": 365.0, "weekend": 2.0,
}  # fmt: skip
_UNIT = r"(?P<{n}>min(?:ute)?s?|h(?:ou)?rs?|h|days?|d|nights?|w(?:ee)?ks?|w|fortnights?|mo(?:nth)?s?|mths?|y(?:ea)?rs?|weekends?)(?![a-z]|(?<=[ \d][dwhm])/)\.?"
_WHOLE = r"really|very|pretty|truly|quite|full|good|whole|solid|entire|straight|calendar|pain[- ]free|glorious|blessed|blissful|wonderful|great|lovely|long|more|consecutive|nice"
_QUANTITY = rf"(?:(?P<low>{NUMBER})(?P<plus_half>[ -]and[ -](?:a|one)[ -]half)?(?:(?: ?- ?| to | or | and (?=\d)|/)(?P<high>{NUMBER}))?\+?|(?P<vague>(?:(?:a |the |half a )?(?:couple|few|several|dozen)|(?:a|the|one) (?:good|full|whole|solid))(?: of)?(?: full| good| whole)?(?: (?P<vague_number>{NUMBER}))?|an?|the|one|half an?|another)(?=[\s-])|(?P<bare>(?=(?:week|wk|month|mo|day|hour|hr|year)s? and a half)))"
_DURATION = lazy(
    rf"(?<![\d./-])(?<![a-wyz])(?<![a-z][a-z])(?:a (?:good|full|solid|whole|bare|mere) (?={NUMBER}))?{_QUANTITY}(?:[ -]|[ ]*\n[ ]*)?(?:(?:{_WHOLE})\s){{0,2}}"
    + _UNIT.replace("{n}", "unit")
    + rf"(?P<half> and a half)?(?:,? (?:and |plus |\+ ?|& )?(?P<more>{NUMBER}|a) ?"
    + _UNIT.replace("{n}", "unit2")
    + r")?"
)


def durations(folded: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Lengths of time in days; hours are fractions, a month is 30 days ("2 wks and 3 days", "a week and a half")."""
    for match in _DURATION.finditer(folded, start, len(folded) if end is None else end):
        unit = _unit(match["unit"])
        low = _quantity(match)
        if low is None or (
            match["vague"] and not match["vague_number"] and len(match["unit"]) == 1 and low == 1
        ):
            continue
        if match["half"]:
            low += 0.5
        days = low * unit
        high = number(match["high"]) if match["high"] else None
        more = number(match["more"]) if match["more"] else None
        if more is not None and match["unit2"]:
            days += more * _unit(match["unit2"])
        yield Amount(
            match.start(), match.end(), round(days, 4), round(high * unit, 4) if high else None, match["unit"]
        )


def _quantity(match: re.Match[str]) -> float | None:
    if match["low"]:
        low = number(match["low"])
        return None if low is None else low + (0.5 if match["plus_half"] else 0.0)
    if match["bare"] is not None:
        return 1.0
    if match["vague_number"]:
        return number(match["vague_number"])
    vague = match["vague"].strip()
    if "dozen" in vague:
        return 6.0 if "half" in vague else 12.0
    for word, value in (("couple", 2.0), ("few", 3.0), ("several", 3.0), ("half", 0.5)):
        if word in vague:
            return value
    return 1.0


def _unit(word: str) -> float:
    word = word.rstrip(".")
    return _UNITS.get(word) or _UNITS[word.rstrip("s")]
