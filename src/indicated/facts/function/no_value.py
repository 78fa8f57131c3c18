"""Numbers beside a measure that are no value of it: a year, a difference, a norm, the grade of something else."""

from __future__ import annotations

import re

from indicated.facts.function.quantities import Quantity
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_DELTA = lazy(
    r"\b(?:lost|gained|gains? of|loss of|losing|gaining|(?:in|de)crease of|drop of|improvement of|by|additional|another|extra)(?: about| some| another)? $"
)
_NORM = lazy(
    r"\b(?:not|norms?|normal(?: is)?|normative|risk|mcid|mdc|mid|cut-?off|ref(?:erence)?|expected|predicted|age|sd|se|aged|age of|mdc of)[ :=]{0,2}[<>]?=?$"
)
_LABELLED = lazy(
    r"\b(?:max(?:imum)?(?: score)?|spo2|sat|hr|rpe|borg|bp|visits?|grade|level|lvl|size|phase|stage|room|x ?ray|unit|post-?op day|pod|no\.?|number|pain|nrs|vas|nprs|worst|per|every|of|(?<!/)(?<!per )(?<!a )(?:day|week|wk|month))[ :=]{0,2}[<>]?=?$|#$"
)


def no_value(note: Note, quantity: Quantity, start: int) -> bool:
    """Whether a number is a year, a difference, a norm or the number of something else."""
    if (
        not quantity.unit
        and not quantity.of
        and 1950 <= quantity.value <= 2049
        and quantity.end - quantity.start == 4
    ):
        return True  # a year
    before = note.folded[max(start, quantity.start - 16) : quantity.start]
    if _DELTA.search(before) or _NORM.search(before) or (_LABELLED.search(before) and not quantity.unit):
        return True
    return bool(
        re.match(
            r" ?(?:\w+ )?(?:is |= )?(?:norm|cut-?off|mcid|for age)",
            note.folded[quantity.end : quantity.end + 16],
        )
    )
