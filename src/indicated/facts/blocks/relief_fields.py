"""Lengths of relief in the fields of forms and exports: blanks that are filled in, a column's name with its unit, a ticked "still lasting"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicated.reading.amounts import NUMBER, number
from indicated.reading.patterns import lazy


@dataclass(frozen=True)
class Span:
    """A length of relief in days at `start:end`; None where only "hours" or the like is said. `also` are further segments."""

    start: int
    end: int
    days: float | None
    censored: bool = False
    why: str = "said"
    also: tuple[int, ...] = ()


_FIELD = lazy(rf"\b(?P<unit>hours?|hrs?|days?|weeks?|wks?|months?)[ :_=.(]*\s*(?P<n>{NUMBER})(?=[ _.)\n]|$)")
_FILLED_BEFORE = lazy(rf"_+ ?(?P<n>{NUMBER}) ?_+ ?(?P<unit>hours?|hrs?|h\b|days?|d\b|weeks?|wks?|months?)")
_EXPORT = lazy(
    r"(?<![a-z])dur(?:ation)?[_ ](?P<unit4>hrs|hours|days|wks|weeks|d|h|w)\s*[=:|]\s*(?P<n4>\d+(?:\.\d+)?)|rel(?:ief)?[_ ]?dur(?:ation)?(?:[_ ](?P<unit0>hrs|hours|days|wks|weeks|d|h|w))?\s*[=:| ]\s*(?P<n>\d+(?:\.\d+)?)(?:.{0,14}?unit\s*[=:|]\s*(?P<unit>[a-z]+))?|(?P<unit2>hrs|days|wks)[_ ](?:of[_ ])?(?:effect|relief)\s*[=:|]\s*(?P<n2>\d+(?:\.\d+)?)|(?:relief|effect)[_ ](?P<unit3>hrs|hours|days|wks|weeks|d|h)\s*[=:|]\s*(?P<n3>\d+(?:\.\d+)?)"
)
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "m": 30.0}
_STILL_TICK = lazy(r"\[ ?x ?\] ?still|\( ?x ?\) ?still")


def of_fields(text: str, offset: int, *, topic: bool) -> Span | None:
    """The length that the fields of a statement give. `topic` says that the statement is known to be of how long relief lasted."""
    exported = _EXPORT.search(text)
    if exported:
        unit = (
            exported["unit0"]
            or exported["unit"]
            or exported["unit2"]
            or exported["unit3"]
            or exported["unit4"]
            or "d"
        )
        value = float(exported["n"] or exported["n2"] or exported["n3"] or exported["n4"]) * _DAYS[unit[0]]
        return Span(offset + exported.start(), offset + exported.end(), round(value, 4))
    blank = _FILLED_BEFORE.search(text)
    if blank:
        days = (number(blank["n"]) or 0.0) * _DAYS[blank["unit"][0]]
        return Span(offset + blank.start(), offset + blank.end(), round(days, 4))
    if topic or len(_FIELD.findall(text.replace("_", " "))) > 1:
        return _fields(text, offset)
    return None


def _fields(text: str, offset: int) -> Span | None:
    """Fields of a form: "hours ____ days __4½__ weeks ____", "today is day _16_" with the box "still lasting" ticked."""
    still = _STILL_TICK.search(text)
    if still:
        day = re.search(r"day[ _]*(\d{1,3})", text)
        return Span(
            offset + still.start(),
            offset + still.end(),
            float(day[1]) if day else None,
            True,
            "still going on",
        )
    plain = text.replace("_", " ")
    total, span = 0.0, None
    filled = False
    for match in _FIELD.finditer(plain):
        if re.search(rf"{NUMBER}[ -]?$", plain[max(0, match.start() - 6) : match.start()]):
            return None
        value = number(match["n"])
        if value is not None:
            filled = True
            total += value * _DAYS[match["unit"][0]]
            span = (match.start(), match.end()) if span is None else (span[0], match.end())
    if not filled or span is None:
        return None
    return Span(offset + span[0], offset + span[1], round(total, 4))
