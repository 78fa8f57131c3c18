"""Measures of function of an arm or a hand: a name from the vocabulary with its number."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.chart.model import Side
from indicated.facts.diagnosis.around import of_another
from indicated.facts.findings.read import evidence
from indicated.facts.function.measured import WORD
from indicated.facts.model import Fact, Status
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_NAMES = "upper limb measure"
_VALUE = lazy(
    r"[^\d.;\n]{0,34}?(?<![\d.])(?P<number>\d{1,3}(?:\.\d{1,2})?)"
    r"(?: ?(?:/|of|out of) ?(?:100|80))?(?: ?(?P<unit>kgs?|kilograms?|lbs?|pounds?|degrees?|deg|°|sec(?:ond)?s?|s|blocks|cm|points?|%))?"
    r"(?![\d/]|\.\d)"
)
_UNITS = {
    "k": "kg",
    "l": "lb",
    "p": "",
    "d": "degrees",
    "°": "degrees",
    "s": "s",
    "b": "blocks",
    "c": "cm",
    "%": "percent",
}
_SIDED = lazy(r"\b(?:(?P<right>right|rt|r)|(?P<left>left|lt|l))\b")
_TOLD = (Status.PRESENT, Status.ABSENT)


def read_upper_limb_measures(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each measure of an arm that has a number. A goal, a plan and a blank have none that counts.

    Where a statement gives both sides, the number that stands first is taken with the side that stands before it.
    """
    for mention in note.named(_NAMES):
        segment = note.segments[mention.segment]
        found = _VALUE.match(note.folded, mention.end, segment.end)
        meant = setting(note, language, mention)
        if not found or meant.status not in _TOLD or of_another(note, mention) or _is_wished(note, mention):
            continue
        if meant.status is Status.ABSENT:
            continue
        unit = _UNITS.get((found["unit"] or "p")[0], "")
        yield Fact(
            word=WORD,
            status=Status.PRESENT,
            evidence=(evidence(note, mention),),
            value=float(found["number"]),
            unit=unit or None,
            side=_side(note, mention, found.start("number")),
            limb="upper",
            date=note.document.date,
            attributes={"name": mention.group},
            reader="upper limb measures",
            why=meant.why,
        )


def _is_wished(note: Note, mention: Mention) -> bool:
    return bool(note.within(mention.segment, WORD, "goal", "condition"))


def _side(note: Note, mention: Mention, number: int) -> Side | None:
    """The side named nearest before the number in its statement, else the one named first behind it."""
    segment = note.segments[mention.segment]
    before = list(_SIDED.finditer(note.folded, segment.start, number))
    named = before[-1] if before else _SIDED.search(note.folded, number, segment.end)
    if named is None:
        return None
    return "right" if named["right"] else "left"
