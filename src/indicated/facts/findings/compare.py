"""What two measured sides say of a finding.

A side difference of skin temperature counts from 1 degree Celsius (Budapest criteria: more than 1). A girth
counts from 1 cm, a volume from 3 percent, a motion from 5 degrees, a force from a quarter.
"""

from __future__ import annotations

from typing import Literal

from indicated.chart.model import Side
from indicated.reading.patterns import lazy

Verdict = tuple[Literal["yes", "no"], Side | None]
_TOO_HOT_FOR_CELSIUS = 50.0
_LEAST_TEMPERATURE = 12.0
_CELSIUS, _FAHRENHEIT = 0.95, 1.7
_GIRTH, _VOLUME_FROM, _VOLUME = 0.95, 200.0, 0.03
_FORCE = 0.75


_HOT = lazy(r"\b(?:hot|hotter|warmer|red|redder|erythem\w*|hypertherm\w*)\b")
_COLD = lazy(r"\b(?:cool\w*|cold\w*|blue|bluish|dusky|cyano\w*|pale)\b")


def looks_hot(text: str) -> bool:
    """Whether the words beside two temperatures tell of a hot limb, so that the warmer side is the ill one."""
    return bool(_HOT.search(text)) and not _COLD.search(text)


def compare(word: str, right: float, left: float, *, hot: bool = False) -> Verdict | None:
    """Whether the two sides differ in the sense of a finding, and which is the abnormal one; None if it is no such measure."""
    if word == "skin temperature asymmetry":
        if min(right, left) < _LEAST_TEMPERATURE or max(right, left) > 110:
            return None
        least = _FAHRENHEIT if min(right, left) > _TOO_HOT_FOR_CELSIUS else _CELSIUS
        if abs(right - left) < least:
            return "no", None
        return "yes", "right" if (right > left) == hot else "left"
    if word == "edema":
        least = min(right, left) * _VOLUME if min(right, left) > _VOLUME_FROM else _GIRTH
        if abs(right - left) < least:
            return "no", None
        return "yes", "right" if right > left else "left"
    if word == "motor change":
        if max(right, left) <= 0:
            return "yes", "bilateral"
        if min(right, left) / max(right, left) > _FORCE:
            return "no", None
        return "yes", "right" if right < left else "left"
    return None
