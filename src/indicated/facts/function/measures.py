"""Objective measures of function: scales, walk tests, distances, times, angles and hours of work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.chart.model import Side
from indicated.facts.function.activities import named_activities
from indicated.facts.function.measure_tables import in_tables
from indicated.facts.function.measured import WORD, Measured, in_sentences, kind_of, shown
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status, Value
from indicated.facts.quote import quoted
from indicated.reading.context import Setting, setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.place import side_of

_UNIT_NAMES = {"stairs": "steps"}
_FORMER_LABELS = (
    "plof",
    "prior level",
    "prior level of function",
    "premorbid",
    "baseline prior to injury",
    "pre-injury",
)
_YEAR = lazy(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-])")
_MONTH_YEAR = lazy(r"(?<![\d/])(?:0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])")
_OLD_YEARS = 2
_SHORT_DATE = 7
_AFTER_REACH = 70
_SIDE_REACH = 15
_LEAD_ONLY = ("used to", "once", "formerly", "at one time")
_LOOSE_KINDS = ("distance", "minutes", "hours", "days", "stairs", "rise", "weight")


def read_measures(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each measure of function with its value, and for what was put off or refused."""
    if not note.named("measure") and not note.has(WORD) and not note.has_title("measure"):
        return
    given: set[tuple[object, ...]] = set()
    for item in measured(note, language):
        fact = _fact_of(note, language, item)
        key = (
            (item.name, fact.value if fact else None, fact.side if fact else None, item.day, item.start)
            if fact
            else ()
        )
        if fact and key not in given:
            given.add(key)
            yield fact
    if not given:
        unmeasured = list(_without_value(note, language))
        refused = any(fact.attributes.get("refused") for fact in unmeasured)
        activities = [] if refused else list(named_activities(note, language))
        if not any(fact.status is Status.PRESENT for fact in activities):
            yield from unmeasured
        yield from activities


def measured(note: Note, language: Language) -> list[Measured]:
    """All values of measures of function in a note: those of tables and those of sentences, in the order of the text."""
    tables = in_tables(note, language)
    taken = [*tables.spans]
    found = [*tables.values, *in_sentences(note, language, taken)]
    return sorted(found, key=lambda item: item.quantity.start)


def _fact_of(note: Note, language: Language, item: Measured) -> Fact | None:
    if _withdrawn(note, item) or _of_other_side(note, item):
        return None
    meant = meaning(note, language, item)
    value = item.quantity.value
    unit = item.quantity.unit or language.about[item.mention.name].get("unit", "")
    if unit == "h/day" and kind_of(language, item.mention) == "minutes":
        unit = "h"
    if unit == "min" and kind_of(language, item.mention) == "seconds":
        value, unit = value * 60, "s"
    if unit == "h" and value < 1 and kind_of(language, item.mention) == "minutes":
        value, unit = value * 60, "min"
    side = _side_of(note, language, item)
    return Fact(
        word=WORD,
        status=meant.status,
        evidence=(quoted(note, item.start, item.end),),
        value=value,
        unit=_UNIT_NAMES.get(unit, unit) or None,
        side=side,
        date=item.day or note.document.date,
        attributes={"name": item.name},
        reader="measures",
        why=meant.why,
    )


_BEHIND = lazy(r"[ (]*(?:(?:on|for|of|in|at|-) )?(?:the |his |her |affected |involved )*")
_AGAINST = lazy(r"\b(?:vs?|versus|against|compared|than)\b")
_OF_NUMBER_BEFORE = lazy(r"\d ?(?:°|[a-z]{1,7}\.?)? ?\(?(?:on|in|at|for|of) (?:the |his |her )?$")
_LIMB_NAMES = (
    "single leg stance",
    "single-leg heel raise",
    "weight bearing",
    "shoe wear",
    "donning sock and shoe",
    "step test",
)


def _side_of(note: Note, language: Language, item: Measured) -> Side | None:
    """The side of a value of one limb; a distance or a scale belongs to the patient.

    A side that stands right before another number belongs to that number: "DF 2 (R 12)"; one that stands
    right behind a number belongs to that: "4 degrees on the left, 15 degrees on the right".
    """
    if kind_of(language, item.mention) != "degrees" and item.name not in _LIMB_NAMES:
        return None
    if item.tabled:
        return side_of(note, item.mention)
    place = item.quantity.start
    near: list[tuple[int, Side]] = []
    for m in note.within(item.segment, "side"):
        name = m.name.partition(".")[2]
        if name not in ("right", "left", "bilateral"):
            continue
        owns = re.match(r"[ :=(]{0,2}[x+-]?\d", note.folded[m.end : m.end + 5])
        if owns and not 0 <= place - m.end <= 4:
            continue
        if m.start >= item.quantity.end:
            between = note.folded[item.quantity.end : m.start]
            if _BEHIND.fullmatch(between) and not owns:
                return name  # type: ignore[return-value]
            if _AGAINST.search(between):
                continue
        elif _OF_NUMBER_BEFORE.search(note.folded, max(0, m.start - _SIDE_REACH), m.start):
            continue
        distance = place - m.end if m.end <= place else m.start - item.quantity.end + 12
        near.append((distance, name))  # type: ignore[arg-type]
    if near:
        return min(near)[1]
    if note.within(item.segment, "side.right") or note.within(item.segment, "side.left"):
        return None
    return side_of(note, _place(item))


def _place(item: Measured) -> Mention:
    return Mention(item.mention.name, "", item.quantity.start, item.quantity.end, item.segment)


def _withdrawn(note: Note, item: Measured) -> bool:
    """Whether the value was taken back ("LEFS 38 withdrawn")."""
    near = note.within(item.segment, WORD, "withdrawn")
    return any(0 <= m.start - item.quantity.end < _AFTER_REACH or m.end <= item.quantity.start for m in near)


def _of_other_side(note: Note, item: Measured) -> bool:
    """Whether the value is that of the sound limb, given to compare ("DF 4; 18 on the good side")."""
    if item.tabled:
        return False
    near = [
        m
        for m in note.within(item.segment, "side")
        if (0 <= m.start - item.quantity.end <= _SIDE_REACH or 0 <= item.quantity.start - m.end <= 3)
    ]
    return (
        bool(near)
        and all(m.name == "side.unaffected" for m in near)
        and "side" in note.folded[near[0].end : near[0].end + 6]
    )


def meaning(note: Note, language: Language, item: Measured) -> Setting:
    """How a value is meant: goals, conditions and former ability are not what the patient can do now."""
    meant = setting(note, language, _place(item))
    if _of_somebody_else(note, item):
        return Setting(Status.OTHER_PERSON, meant.cues, (*meant.why, "other_person: somebody else is named"))
    corrected = any(m.end <= item.quantity.start for m in note.within(item.segment, WORD, "corrected"))
    if meant.status in (Status.HISTORICAL, Status.ABSENT, Status.ASKED) or (
        corrected and meant.status is Status.HYPOTHETICAL
    ):
        meant = Setting(Status.PRESENT, meant.cues, meant.why)
    if meant.status is Status.PLANNED and item.tabled:
        meant = Setting(Status.PRESENT, meant.cues, meant.why)
    if meant.status is Status.PRESENT and is_former(note, item):
        return Setting(Status.HISTORICAL, meant.cues, (*meant.why, "historical: the ability of earlier days"))
    if meant.status in (Status.PRESENT, Status.PLANNED) and _is_condition(note, item):
        return Setting(
            Status.HYPOTHETICAL, meant.cues, (*meant.why, "hypothetical: what would be, not what is")
        )
    if meant.status in (Status.PRESENT, Status.PLANNED):
        goals = [
            m
            for m in note.within(item.segment, WORD, "goal")
            if m.start < item.quantity.start
            and not _now_between(note, item.segment, m.end, item.quantity.start)
        ]
        titled = any(m.group == "goal" for m in note.above(item.segment, WORD))
        if goals or (titled and not _is_current(note, item)):
            return Setting(Status.PLANNED, meant.cues, (*meant.why, "planned: a goal"))
        if meant.status is Status.PLANNED and _is_current(note, item):
            return Setting(Status.PRESENT, meant.cues, meant.why)
    return meant


def _of_somebody_else(note: Note, item: Measured) -> bool:
    """Whether somebody else is named before a value as the one who can do it; one who tells it is not."""
    informants = note.within(item.segment, "informant")
    people = [m for m in note.within(item.segment, "somebody else") if m.end <= item.quantity.start]
    told = any(i.start < m.end and m.start < i.end for m in people for i in informants)
    return not told and of_somebody_else(note, item.mention)


def _is_current(note: Note, item: Measured) -> bool:
    """Whether a word of the present stands before the value ("Current: walks 200 ft; goal 1000 ft")."""
    return any(
        m.end <= item.quantity.start and item.quantity.start - m.end < 60
        for m in note.within(item.segment, WORD, "now")
    )


def _is_condition(note: Note, item: Measured) -> bool:
    return any(
        m.end <= item.quantity.start or 0 <= m.start - item.quantity.end < _AFTER_REACH
        for m in note.within(item.segment, WORD, "condition")
    )


def is_former(note: Note, item: Measured) -> bool:
    """Whether a value tells of the time before the injury, or of another episode years ago."""
    piece = note.segments[item.segment]
    if any(m.group == "historical" for m in note.above(item.segment, WORD)) or piece.label in _FORMER_LABELS:
        return not _is_current(note, item)
    for cue in note.within(item.segment, WORD, "historical"):
        if cue.end <= item.quantity.start and not _now_between(
            note, item.segment, cue.end, item.quantity.start
        ):
            return True
        behind = cue.start - item.quantity.end
        leads = note.folded[cue.start : cue.end].startswith(_LEAD_ONLY)
        if (
            0 <= behind < _AFTER_REACH
            and not leads
            and not _now_between(note, item.segment, item.quantity.end, cue.start)
        ):
            return True
    return not item.tabled and _of_old_year(note, item)


def _of_old_year(note: Note, item: Measured) -> bool:
    """Whether the year that stands with the value lies two years or more before the document."""
    on = note.document.date
    if not on:
        return False
    piece = note.segments[item.segment]
    spans = [(m.start(), m.end(), int(m[0])) for m in _YEAR.finditer(note.folded, piece.start, piece.end)]
    spans += [
        (m.start(), m.end(), int(m[1])) for m in _MONTH_YEAR.finditer(note.folded, piece.start, piece.end)
    ]
    dated = [
        (d.start, d.end) for d in note.dates_in(item.segment) if d.exact and d.end - d.start > _SHORT_DATE
    ]
    for start, end, year in spans:
        if on.year - year < _OLD_YEARS or any(a < start and end <= b for a, b in dated):
            continue
        if re.search(r"\bsince (?:\w+ )?(?:\d{1,2}/)?$", note.folded[max(piece.start, start - 14) : start]):
            continue
        first, last = min(end, item.quantity.end), max(start, item.quantity.start)
        if last - first < _AFTER_REACH and not _now_between(note, item.segment, first, last):
            return True
    return False


def _now_between(note: Note, segment: int, start: int, end: int) -> bool:
    return any(start <= m.start and m.end <= end for m in note.within(segment, WORD, "now")) or any(
        sign in note.folded[start:end] for sign in (";", ". ")
    )


def _without_value(note: Note, language: Language) -> Iterator[Fact]:
    """Nothing was measured: was it refused, put off, asked for, or is it only to come?"""
    for group, status in (
        ("refused", Status.ABSENT),
        ("none", Status.ABSENT),
        ("asked", Status.ASKED),
        ("planned", Status.PLANNED),
    ):
        for mention in note.named(WORD, group):
            near = _near_measure(note, language, mention, group)
            if not near:
                continue
            meant = setting(note, language, mention)
            if meant.status in (Status.OTHER_PERSON, Status.HYPOTHETICAL):
                status = meant.status
            name = near[0].name.partition(".")[2] if near[0].name.startswith("measure.") else ""
            yield _plain(
                note, mention, Setting(status, meant.cues, meant.why), name, refused=group == "refused"
            )
            return
    for mention in note.named("measure"):
        denied = note.folded[max(0, mention.start - 4) : mention.start].endswith(("no ", "nor "))
        if denied and kind_of(language, mention) in ("scale", "seconds", "meters", "speed"):
            meant = setting(note, language, mention)
            if meant.status is Status.ABSENT:
                yield _plain(note, mention, meant, "")
                return
    for mention in (*note.named("measure"), *note.named(WORD, "measuring")):
        if mention.name != WORD and (
            is_loose(language, mention) or mention not in shown(note, language, mention.segment)
        ):
            continue
        meant = setting(note, language, mention)
        if meant.status is Status.PRESENT and _is_ordered(note, mention):
            meant = Setting(Status.PLANNED, meant.cues, (*meant.why, "planned: under orders"))
        if meant.status in (Status.ASKED, Status.HYPOTHETICAL, Status.PLANNED, Status.OTHER_PERSON):
            yield _plain(note, mention, meant, mention.name.partition(".")[2])
            return


def _is_ordered(note: Note, mention: Mention) -> bool:
    """Whether a test is named under a heading of orders, with the day on which it is to be."""
    ordered = any(m.group == "planned" for m in note.above(mention.segment, WORD))
    return ordered and bool(note.dates_in(mention.segment))


def _near_measure(note: Note, language: Language, mention: Mention, group: str) -> list[Mention]:
    """The measures, or words for measuring, that a refusal, a blank or a plan speaks of."""
    if group == "none":
        return [mention]
    at = mention.segment
    hidden = note.within(at, WORD, "not")
    if any(m.covers(mention) for m in hidden):
        return []
    text = note.folded[mention.start : mention.end]
    measuring = group == "asked" or any(word in text for word in ("measured", "timed", "tested", "scored"))
    here = [m for m in shown(note, language, at) if measuring or not is_loose(language, m)]
    near = here or note.within(at, WORD, "measuring")
    near = [m for m in near if not _ended_between(note, m, mention)]
    if group == "planned" and not near:
        here = [m for m in note.above(at, "measure") if not is_loose(language, m)]
        return here or [m for m in note.above(at, WORD) if m.group == "measuring"]
    near = near or note.above(at, "measure") or [m for m in note.above(at, WORD) if m.group == "measuring"]
    return near or [
        m
        for n in note.neighbours(at)
        for m in (*shown(note, language, n), *note.within(n, WORD, "measuring"))
        if m.name == WORD or not is_loose(language, m)
    ]


def _ended_between(note: Note, one: Mention, other: Mention) -> bool:
    """Whether a sentence ends between two mentions of one row."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return ". " in note.folded[first.end : second.start]


def is_loose(language: Language, mention: Mention) -> bool:
    """Whether a word names a measure only beside a number: "walks", "stands", "works"."""
    return kind_of(language, mention) in _LOOSE_KINDS or "general" in language.about[mention.name]


def _plain(note: Note, mention: Mention, meant: Setting, name: str, *, refused: bool = False) -> Fact:
    piece = note.segments[mention.segment]
    attributes: dict[str, Value] = {"name": name} if name else {}
    if refused and meant.status is Status.ABSENT:
        attributes["refused"] = True
    return Fact(
        word=WORD,
        status=meant.status,
        evidence=(quoted(note, piece.start, max(piece.end, mention.end)),),
        date=note.document.date,
        attributes=attributes,
        reader="measures",
        why=meant.why,
    )
