"""Numbers of a laboratory as people write and dictate them, and platelet counts brought to 10^9/L."""

from __future__ import annotations

import re

from indicated.reading.patterns import lazy

_WORDS = {
    "nought": 0, "naught": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_WORD = "|".join(_WORDS)
VALUE = lazy(
    rf"(?<![\w.,/])(?P<digits>\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?:[.,]\d+)?)(?P<unit> ?(?:lakhs?|thousands?|k\b|x ?10(?:[\^*e]\d+)?(?: ?/ ?(?:[uµ]?l\b|mm3))?|10[\^*]\d+(?: ?/ ?(?:[uµ]?l\b|mm3))?|g/l|/ ?[uµ]l|/ ?mm3|/ ?cmm))?(?:(?:(?<=\b\d0)|(?<=\b\d\d0))s\b)?(?![\w/])(?!\.\d)"
    rf"|\b(?P<words>(?:{_WORD})(?:[ -](?:and |point )?(?:{_WORD}))*)\b"
)
_LAKH = 100
_HUNDRED_THOUSANDS = lazy(r"10[\^*e]5")


def value_of(match: re.Match[str]) -> float:
    """The number of a match of VALUE; the words of thousands count in full."""
    if match["words"]:
        return _spoken(match["words"])
    digits = match["digits"]
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+", digits):
        return float(re.sub("[, ]", "", digits))
    return float(digits.replace(",", "."))


def platelets_of(match: re.Match[str]) -> float | None:
    """A platelet count in 10^9/L: 305000 per µL and "305 thousand" are 305; None when it cannot be a count."""
    value = value_of(match)
    unit = (match["unit"] or "").strip()
    if unit.startswith("lakh") or _HUNDRED_THOUSANDS.search(unit):
        value *= _LAKH
    elif (unit.startswith("thousand") and value >= _THOUSAND) or value >= _MOST:
        value /= _THOUSAND
    return round(value, 1) if _LEAST <= value <= _MOST else None


def inr_of(match: re.Match[str]) -> float | None:
    """An INR, or None when the number cannot be one."""
    value = value_of(match)
    return value if _LOWEST_INR <= value <= _HIGHEST_INR else None


_THOUSAND, _LEAST, _MOST = 1000, 1, 2000
_LOWEST_INR, _HIGHEST_INR = 0.5, 20
_TEN = 10


def _spoken(text: str) -> float:
    whole, _, decimals = text.partition("point")
    total = current = 0.0
    for word in re.findall(r"[a-z]+", whole):
        number = _WORDS.get(word)
        if number is None:
            continue
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total += (current or 1) * 1000
            current = 0
        elif 0 < current < _TEN <= number:
            current = current * 100 + number  # "one ninety"
        else:
            current += number
    digits = "".join(str(_WORDS[word]) for word in re.findall(r"[a-z]+", decimals) if word in _WORDS)
    return total + current + (float(f"0.{digits}") if digits else 0.0)
