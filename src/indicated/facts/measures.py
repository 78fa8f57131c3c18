"""Objective measures of function: scales, walk tests, distances, times, angles and hours of work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from indicated.facts.finding import evidence
from indicated.facts.model import Fact, Status
from indicated.facts.quantities import Quantity, quantities
from indicated.reading.context import Setting, setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.place import side_of
from indicated.reading.when import day_of

WORD = "functional measure"
_UNITS_OF: Mapping[str, tuple[str, ...]] = {
    "scale": ("", "points", "percent"),
    "seconds": ("s", ""),
    "meters": ("m", "ft", ""),
    "speed": ("m/s", ""),
    "distance": ("ft", "yd", "m", "km", "mi", "blocks", "stairs"),
    "minutes": ("min", "h", "s", "h/day"),
    "degrees": ("degrees", ""),
    "hours": ("h/day", "h/week", "h", "days/week"),
    "count": ("reps", "steps/day", "stairs", ""),
    "stairs": ("stairs", "flights", ""),
    "weight": ("lb", "kg"),
}
_REACH = 48
_BACK = 30
_LEAD = 26
_LEADS = re.compile(
    r"(?:>|\b(?:now|today|to|then|is|it is|after|post|since|yesterday|currently|retest|re-test|later|peak|start|before|prior|pre|was|vs|from))"
    r"[\w\s:#/,()-]{0,22}$"
)


@dataclass(frozen=True)
class Measured:
    """A measure with one of its values. `mention` names the measure, `quantity` is the value, `segment` its place."""

    mention: Mention
    quantity: Quantity
    segment: int

    @property
    def name(self) -> str:
        """The name of the measure ("LEFS", "walking distance")."""
        return self.mention.name.partition(".")[2]


def measured(note: Note, language: Language) -> list[Measured]:
    """All values of measures of function in a note, in the order of the text.

    A number without a measure of its own carries on the measure of its paragraph ("pre 150 ft, now 420").
    """
    found: list[Measured] = []
    for segment, piece in enumerate(note.segments):
        mentions = note.within(segment, "measure")
        titles = note.above(segment, "measure")
        last = found[-1] if found and note.segments[found[-1].segment].paragraph == piece.paragraph else None
        if not mentions and not titles and not last:
            continue
        taken = [(d.start, d.end) for d in note.dates_in(segment)]
        for quantity in quantities(note.folded, piece.start, piece.end):
            if any(a < quantity.end and quantity.start < b for a, b in taken):
                continue
            if any(m.start <= quantity.start < m.end for m in mentions):
                continue
            mention = (
                _measure_of(language, quantity, mentions)
                or _measure_of_title(language, quantity, titles)
                or (last and _carried_on(note, language, quantity, last))
            )
            if mention:
                last = Measured(mention, _in_unit_of(last, mention, quantity), segment)
                found.append(last)
    return found


def _carried_on(note: Note, language: Language, quantity: Quantity, last: Measured) -> Mention | None:
    """The measure of the value before, for a number that a word of time or direction leads in."""
    fits = quantity.unit in ("", *_UNITS_OF[language.about[last.mention.name]["kind"]])
    lead = note.folded[max(0, quantity.start - _LEAD) : quantity.start]
    return last.mention if fits and quantity.of == last.quantity.of and _LEADS.search(lead) else None


def _in_unit_of(last: Measured | None, mention: Mention, quantity: Quantity) -> Quantity:
    if last and last.mention is mention and not quantity.unit and last.quantity.unit:
        return replace(quantity, unit=last.quantity.unit)
    return quantity


def _measure_of(language: Language, quantity: Quantity, mentions: list[Mention]) -> Mention | None:
    """The measure that a number belongs to: the nearest before it that takes its unit, else the nearest behind it."""
    fitting = [m for m in mentions if quantity.unit in _UNITS_OF[language.about[m.name]["kind"]]]
    before = [m for m in fitting if m.end <= quantity.start]
    if before:
        nearest = max(before, key=lambda m: (m.end, m.end - m.start))
        between = quantity.start - nearest.end
        if between <= (_REACH if quantity.unit == "" else 4 * _REACH):
            return nearest
    if quantity.unit == "":
        return None
    behind = [m for m in fitting if quantity.end <= m.start <= quantity.end + _BACK]
    return min(behind, key=lambda m: m.start) if behind else None


def _measure_of_title(language: Language, quantity: Quantity, titles: list[Mention]) -> Mention | None:
    return next((m for m in titles if quantity.unit in _UNITS_OF[language.about[m.name]["kind"]]), None)


def read_measures(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each measure of function with its value, and for what was put off or refused."""
    if not note.named("measure") and not note.has(WORD) and not note.has_title("measure"):
        return
    found = measured(note, language)
    seen: set[tuple[str, int, str | None]] = set()
    for item in found:
        at = Mention(item.mention.name, "", item.quantity.start, item.quantity.end, item.segment)
        side = side_of(note, at)
        key = (item.name, item.segment, side)
        if key in seen and not note.segments[item.segment].row:
            continue
        seen.add(key)
        meant = _meant(note, language, item)
        unit = item.quantity.unit or language.about[item.mention.name].get("unit", "")
        if item.quantity.unit == "stairs":
            unit = "steps"
        yield _fact(
            note,
            item.mention,
            item.segment,
            meant,
            item.name,
            item.quantity.value,
            unit,
            day_of(note, item.segment, item.quantity.start),
        )
    if not found:
        yield from _without_value(note, language)


def _meant(note: Note, language: Language, item: Measured) -> Setting:
    """How a value is meant: goals, conditions and former ability are not what the patient can do now."""
    at = Mention(item.mention.name, "", item.quantity.start, item.quantity.end, item.segment)
    meant = setting(note, language, at)
    former = [m for m in note.within(item.segment, WORD, "historical") if m.start < item.quantity.end]
    label = note.segments[item.segment].label
    if meant.status in (Status.HISTORICAL, Status.ABSENT, Status.ASKED):
        meant = Setting(Status.PRESENT, meant.cues, meant.why)
    if meant.status is Status.PRESENT and (
        former
        or any(m.group == "historical" for m in note.above(item.segment, WORD))
        or label in ("plof", "prior level")
    ):
        return Setting(Status.HISTORICAL, meant.cues, (*meant.why, "historical: the ability of earlier days"))
    if meant.status is Status.PRESENT and note.within(item.segment, WORD, "goal"):
        goal = note.within(item.segment, WORD, "goal")[0]
        if goal.start < item.quantity.start:
            return Setting(Status.PLANNED, meant.cues, (*meant.why, "planned: a goal"))
    return meant


def _without_value(note: Note, language: Language) -> Iterator[Fact]:
    """Nothing was measured: was it refused, put off, asked for, or is it only to come?"""
    for group, status in (("refused", Status.ABSENT), ("planned", Status.PLANNED), ("asked", Status.ASKED)):
        for mention in note.named(WORD, group):
            near = note.within(mention.segment, "measure") or note.within(mention.segment, WORD, "measuring")
            near = near or note.above(mention.segment, "measure") or note.above(mention.segment, WORD)
            near = near or [m for at in note.neighbours(mention.segment) for m in note.within(at, "measure")]
            if not near:
                continue
            meant = setting(note, language, mention)
            if meant.status in (Status.OTHER_PERSON, Status.HYPOTHETICAL):
                status = meant.status
            name = near[0].name.partition(".")[2] if near[0].name.startswith("measure.") else ""
            yield _fact(
                note,
                mention,
                mention.segment,
                Setting(status, meant.cues, meant.why),
                name,
                None,
                "",
                note.document.date,
            )
            return
    for mention in (*note.named("measure"), *note.named(WORD, "measuring")):
        meant = setting(note, language, mention)
        if meant.status in (Status.ASKED, Status.HYPOTHETICAL, Status.PLANNED, Status.OTHER_PERSON):
            yield _fact(
                note,
                mention,
                mention.segment,
                meant,
                mention.name.partition(".")[2],
                None,
                "",
                note.document.date,
            )
            return


def _fact(
    note: Note,
    mention: Mention,
    segment: int,
    meant: Setting,
    name: str,
    value: float | None,
    unit: str,
    day: date | None,
) -> Fact:
    at = (
        mention
        if mention.segment == segment
        else Mention(mention.name, "", note.segments[segment].start, note.segments[segment].end, segment)
    )
    return Fact(
        word=WORD,
        status=meant.status,
        evidence=(evidence(note, at),),
        value=value,
        unit=unit or None,
        side=side_of(note, at),
        date=day,
        attributes={"name": name} if name else {},
        reader="measures",
        why=meant.why,
    )
