"""Numbers that may be pain scores: "7/10", "eight out of ten", "74 mm", a circled 6, a bare number beside a word of pain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indicated.reading.amounts import number
from indicated.reading.patterns import lazy

_WORD = "zero|one|two|three|four|five|six|seven|eight|nine|ten"
_PLAIN = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?(?: ?½| 1/2)?|\b(?:{_WORD})(?: and a half)?\b)"
_NUMBER = lazy(
    rf"(?<![\d./$#-])(?<!\d:)(?<!\d,)(?<!\d - )(?<![a-z][-/])(?<![a-z])(?P<low>{_PLAIN})(?:(?: ?- ?| to | or )(?P<high>{_PLAIN})(?!\d))?"
    r"(?P<scale> ?(?:/ ?(?:10|1o|l0|lo|io|i0|ten|100)(?![\d/.-]\d|\d| ?mg)| ?out of (?:a possible )?(?:10|ten|100)\b| of (?:10|ten)\b| (?:over|on) (?:10|ten)\b| on (?:the|a) [01] ?(?:-|to) ?100(?:[ -]?point)? (?:scale|line|nrs|vas)\b| on (?:the|a) (?:101|100)[ -]?point (?:scale|nrs|line)\b| on (?:the|a) (?:hundred|100)[ -]?(?:mm|millimet(?:er|re))\b|mm\b|cm\b))?"
)
_SOME = lazy(rf"\d|½|{_WORD}")
_UNIT = lazy(
    r"(?:[ -]?(?:mgs?|mcg|ml|cc|g|kg|lbs?|%|percent|h|hr|hrs|hours?|hourly|d|days?|nights?|wks?|weeks?|weekly|mo|mos|mth|months?|min|mins|minutes?|s|secs?|seconds?"
    r"|y|yo|yrs?|years?|x|times?|visits?|sessions?|am|pm|a\.m|p\.m|ft|feet|m|km|yd|yards?|miles?|blocks?|steps?|tabs?|tablets?|caps?|pills?|units?|in(?=[.,;)]|$)|inch|inches|deg|degrees?|c|f"
    r"|st|nd|rd|th|mph|reps?|repetitions?|rounds?|laps?|attempts?|trials?|tries|bouts?|breaths|sets?|tasks?|exercises|points?|stones?|mos?\.|stairs|flights?|people|kids|children|more|hundred|thousand|of the|of my|of her|of his|of them|good days|bad days|better days|limb|foot|feet|leg|legs|hand|side|thing|day|other)(?![a-z])"
    r"|:\d\d|/(?!10|ten|100)\d|/\d{2,}/|[a-z°]|\.\d|-\d|/(?:day|wk|week|hpf|d)\b|\+(?! )|(?= ?= ?[a-z]))"
)
_UNFILLED = lazy(r"(?:^|[^\d\s)\]]|[(\[] ?[)\]]) *(?:/|out of) ?$")
_COUNTED = lazy(r"\d (?:of|out of|x) $")
_MOST = 10
_FROM = lazy(r"\bfrom (?:an? )?$")
_ROSE = lazy(
    r"\b(?:went|gone|go|goes|rose|risen|up|increased?|worsened|climbed|jumped|crept|shot|grown?)\b[^,;]{0,12}from (?:an? )?$"
)
_LENGTH = lazy(r"\b(?:vas|visual|line|scale)\b")
_VAS = lazy(r"\bvas ?[:=]? ?$")
_LADDER = lazy(r"(?:[(\[*]? ?\d{1,2} ?[)\]*]?[ .,|_-]{1,14}){2,}[(\[*]? ?\d{1,2} ?[)\]*]?")
_RING = lazy(r"[(\[*<>]+ ?x? ?(?P<value>10|\d)(?:\.\d)? ?x? ?[)\]*<>]+")
_SCALE_NAME = lazy(
    r"\b(?:0|zero|1) ?(?:-|to|\.{2,}) ?(?:10|ten|100)\b|\( ?(?:0 ?- ?)?100 ?mm\b|\b100[ -]?mm (?:line|scale|vas)"
)


@dataclass(frozen=True)
class Rated:
    """A number at `start:end` that may be a score; `value` is out of ten. `scaled` says that the text names the scale."""

    start: int
    end: int
    value: float
    scaled: bool


def rated(folded: str, start: int, end: int) -> Iterator[Rated]:
    """Yield the numbers of a span that may be scores; a row of numbers to choose from yields the one that is ringed."""
    if not _SOME.search(folded, start, end):
        return  # most statements hold no number at all
    ladders = [(m.start(), m.end()) for m in _LADDER.finditer(folded, start, end) if _counts_up(m[0])]
    for first, last in ladders:
        ring = _RING.search(folded, first, last)
        if ring:
            yield Rated(ring.start(), ring.end(), float(ring["value"]), True)
    skipped = [*ladders, *((m.start(), m.end()) for m in _SCALE_NAME.finditer(folded, start, end))]
    for match in _NUMBER.finditer(folded, start, end):
        if any(a <= match.start() < b for a, b in skipped):
            continue
        found = _value(folded, match)
        if found is None:
            continue
        later = _changed_to(folded, match, found)
        if later is not None:
            yield Rated(found.start, match.end("low"), found.value, found.scaled)
            yield later
        else:
            yield found


def has_ladder(folded: str, start: int, end: int) -> bool:
    """Whether a span holds a row of numbers to choose from, or names a scale without a number."""
    if not _SOME.search(folded, start, end):
        return False
    ladder = any(_counts_up(m[0]) for m in _LADDER.finditer(folded, start, end))
    return ladder or bool(_SCALE_NAME.search(folded, start, end))


def _counts_up(text: str) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    return (len(numbers) > 4 and all(a + 1 == b for a, b in pairwise(numbers))) or numbers == [0, 5, 10]


def _changed_to(folded: str, match: re.Match[str], low: Rated) -> Rated | None:
    """The second number of a change ("from 8 to 5"), which is no range; upwards only where a verb says so."""
    lead = folded[max(0, match.start() - 40) : match.start()]
    high = number(match["high"].replace(" and a half", "")) if match["high"] else None
    if high is None or high > _MOST or not _FROM.search(lead):
        return None
    if high > low.value and not _ROSE.search(lead):
        return None
    return Rated(match.start("high"), match.end(), high, low.scaled)


def _value(folded: str, match: re.Match[str]) -> Rated | None:
    scale = (match["scale"] or "").strip()
    if _COUNTED.search(folded, max(0, match.start() - 8), match.start()):
        return None
    if match["low"] in ("10", "100", "ten") and _UNFILLED.search(
        folded, max(0, match.start() - 24), match.start()
    ):
        return None  # "____ / 10" is a blank and its scale
    low = number(match["low"].replace(" and a half", ""))
    if low is None:
        return None
    if match["low"].endswith("and a half"):
        low += 0.5
    if scale in ("mm", "cm") and not _LENGTH.search(
        folded, max(0, match.start() - 40), min(len(folded), match.end() + 30)
    ):
        return None
    if scale.endswith("mm") or "100" in scale or "hundred" in scale:
        low /= 10
    elif (not scale and re.match(r" of \d", folded[match.end() : match.end() + 5])) or (
        not scale and _UNIT.match(folded, match.end())
    ):
        return None
    if 10 < low <= 100 and not scale and _VAS.search(folded, max(0, match.start() - 8), match.start()):
        low /= 10
    if low > 10 or (scale.endswith("cm") and low > 10):
        return None
    return Rated(match.start(), match.end(), low, bool(scale))
