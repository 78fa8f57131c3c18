"""Which number belongs to which measure of function, in sentences; tables are read beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from indicated.facts.function.bare import bare, many_steps
from indicated.facts.function.no_value import no_value
from indicated.facts.function.quantities import Quantity, quantities
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.when import entry_date

WORD = "functional measure"
_UNITS_OF: Mapping[str, tuple[str, ...]] = {
    "scale": ("", "points", "percent"),
    "seconds": ("s", "", "min"),
    "meters": ("m", "ft", "yd", ""),
    "speed": ("m/s", ""),
    "distance": ("ft", "yd", "m", "km", "mi", "blocks", "stairs"),
    "minutes": ("min", "h", "s", "h/day"),
    "degrees": ("degrees", ""),
    "hours": ("h/day", "h/week", "h", "days/week", "percent"),
    "days": ("days/week", ""),
    "count": ("reps", "steps/day", "stairs", ""),
    "stairs": ("stairs", "flights", ""),
    "rise": ("stairs", "flights"),
    "weight": ("lb", "kg", "percent"),
}
_PAIRED = 5
_FEW_STEPS = 60
_REACH = 44
_FAR = 110
_BACK = 34
_LEAD = 30
_LEADS = lazy(
    r"(?:>|=|\b(?:now|current|today|to|then|is|it is|after|post|since|yesterday|currently|retest|re-test|later|peak|start|before|prior|pre|was|were|vs|from|and|goes|up|down|baseline|follow-up|took|eval|about|week))"
    r"[\w\s:#/,(-]{0,24}$|[,/;(]\s*$|\) +$|\S {2,}$|\b[lr]\)? ?$"
)
_FRACTION = lazy(r"[13]/[24] (?:of )?(?:an? )?(?:mi|block|hour|km)")
_CHANGE = lazy(
    r"\b(?:from|improv\w*|rose|went|gone|goes|gain\w*|increas\w*|decreas\w*|cut|drop\w*|fell|up|down|progress\w*|took|climb\w*|chang\w*|slid|slip\w*|move\w*|worsen\w*)\b[^.;]{0,40}$"
)
_PAIRED_KINDS = ("scale", "degrees", "seconds", "meters", "speed", "count")


@dataclass(frozen=True)
class Measured:
    """A measure with one of its values.

    `mention` names the measure, `quantity` is the value, `segment` its place; `start:end` is the statement that
    proves it. `day` is the day of the value and `phase` "before" or "after" a block, where a column says so.
    """

    mention: Mention
    quantity: Quantity
    segment: int
    start: int
    end: int
    day: date | None = None
    phase: str = ""
    tabled: bool = False

    @property
    def name(self) -> str:
        """The name of the measure ("LEFS", "walking distance")."""
        return self.mention.name.partition(".")[2]


def canonical(language: Language, mention: Mention, quantity: Quantity) -> Mention:
    """The measure that a loose word stands for: "manages 200 yards" is a walking distance; few steps are stairs."""
    name = language.about[mention.name].get("as")
    if (
        mention.name == "measure.steps per day"
        and quantity.unit != "steps/day"
        and quantity.value < _FEW_STEPS
    ):
        name = "measure.stairs"
    return Mention(name, mention.group, mention.start, mention.end, mention.segment) if name else mention


def phase_of(mention: Mention) -> str:
    """ "before" or "after", for a word that says of which time a value is."""
    return mention.name.partition(".")[2]


def kind_of(language: Language, mention: Mention) -> str:
    """How the value of a measure is written: scale, seconds, distance ..."""
    return language.about[mention.name]["kind"]


def fits(language: Language, mention: Mention, quantity: Quantity) -> bool:
    """Whether a number may be the value of a measure, by its unit and the top of its scale."""
    if quantity.of and kind_of(language, mention) not in ("scale", "days", "count", "hours"):
        return False
    return quantity.unit in _UNITS_OF[kind_of(language, mention)]


def in_sentences(note: Note, language: Language, taken: list[tuple[int, int]]) -> list[Measured]:
    """The values of measures in sentences and fields; spans in `taken` are tables and read already.

    A number without a measure of its own carries on the measure of its paragraph ("pre 150 ft, now 420").
    """
    found: list[Measured] = []
    for segment, piece in enumerate(note.segments):
        mentions = shown(note, language, segment)
        titles = [*note.above(segment, "measure"), *_asked_before(note, language, segment)]
        last = found[-1] if found and _goes_on(note, found[-1].segment, segment) else None
        if not (mentions or titles or last) and "steps" not in note.text_of(segment):
            continue
        if note.within(segment, WORD, "elsewhere") or any(
            m.group in ("elsewhere", "session") for m in note.above(segment, WORD)
        ):
            continue
        spoken_for = (*_spoken_for(note, segment), *taken)
        covered = [(m.start, m.end) for m in mentions]
        for quantity in quantities(note.folded, piece.start, piece.end):
            if _overlaps(quantity, spoken_for) or any(
                a <= quantity.start < b and quantity.unit != "steps/day" for a, b in covered
            ):
                continue
            if no_value(note, quantity, piece.start):
                continue
            pair = _pair_of_angles(note, language, quantity, mentions)
            if pair:
                day = day_of_value(note, segment, quantity)
                both = ((pair[0], quantity.value), (pair[1], quantity.of))
                found += [
                    Measured(m, replace(quantity, value=v, of=0.0), segment, piece.start, piece.end, day)
                    for m, v in both
                ]
                last = found[-1]
                continue
            mention = many_steps(quantity, segment) or _measure_of(
                note, language, quantity, mentions, last if last and last.segment == segment else None
            )
            mention = mention or (
                _of_title(language, quantity, titles, mentions, last)
                if not _of_another(note, segment, quantity)
                else None
            )
            mention = mention or (last and _carried_on(note, language, quantity, last)) or None
            mention = mention or bare(note, quantity, segment) or _bare_distance(quantity, segment, found)
            if not mention or is_difference(note, language, mention, quantity):
                continue
            mention = canonical(language, mention, quantity)
            if last and _is_upper_end(note, language, last, mention, quantity):
                if not last.quantity.unit and quantity.unit:
                    found[-1] = last = replace(last, quantity=replace(last.quantity, unit=quantity.unit))
                continue
            quantity = _in_unit_of(last, mention, quantity)
            last = Measured(
                mention, quantity, segment, piece.start, piece.end, day_of_value(note, segment, quantity)
            )
            found.append(last)
    return found


def _spoken_for(note: Note, segment: int) -> Iterator[tuple[int, int]]:
    """The spans of a segment in which no value stands: its dates, and what only looks like a measure."""
    for d in note.dates_in(segment):
        if note.folded[d.start : d.end] not in ("today", "yesterday") and not _FRACTION.match(
            note.folded, d.start
        ):
            yield d.start, d.end
    for m in note.within(segment, WORD, "not"):
        yield m.start, m.end


def shown(note: Note, language: Language, segment: int) -> list[Mention]:
    """The measures named in a segment, the longest of those that overlap, without those that only look so."""
    hidden = note.within(segment, WORD, "not")
    found = [
        m
        for m in note.within(segment, "measure")
        if not any(h.covers(m) for h in hidden) and "title" not in language.about[m.name]
    ]
    return [
        m
        for m in found
        if not any(o.start < m.end and m.start < o.end and o.end - o.start > m.end - m.start for o in found)
    ]


def day_of_value(note: Note, segment: int, quantity: Quantity) -> date | None:
    """The day of a value: the date that stands with it, else that which opens its statement, else that of its entry."""
    piece = note.segments[segment]
    for d in note.dates_in(segment):
        if d.start >= quantity.end:
            between = note.folded[quantity.end : d.start]
            if re.match(r" ?[:=] ?[<>+-]?\d", note.folded[d.end : d.end + 5]):
                continue
            if re.fullmatch(r"[ ,]*(?:\(|on |at |as of |by |\(on |dated |in )[ ]?", between):
                return d.day
        elif d.end <= quantity.start and quantity.start - d.end < 22:
            between = note.folded[d.end : quantity.start]
            if re.fullmatch(r"[ ]*(?:[:=()-]|\):|was|is|it was|score)?[ ]*", between):
                return d.day
    opening = [
        d
        for d in note.dates_in(segment)
        if d.end <= quantity.start and note.folded[piece.start : d.start].count(" ") < 4
    ]
    if opening and not re.search(r"\bsince\b", note.folded[piece.start : opening[0].start]):
        return opening[0].day
    return entry_date(note, segment) or note.document.date


def _goes_on(note: Note, earlier: int, segment: int) -> bool:
    first, here = note.segments[earlier], note.segments[segment]
    if first.paragraph == here.paragraph:
        return True
    return (
        here.paragraph == first.paragraph + 1
        and here.heading == first.heading
        and not here.row
        and len(note.segments) < 6
    )


def _overlaps(quantity: Quantity, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(a < quantity.end and quantity.start < b for a, b in spans)


def _measure_of(
    note: Note, language: Language, quantity: Quantity, mentions: list[Mention], last: Measured | None
) -> Mention | None:
    """The measure that a number belongs to: the nearest before it that takes its unit, else the nearest behind it."""
    fitting = [m for m in mentions if fits(language, m, quantity)]
    before = [m for m in fitting if m.end <= quantity.start]
    behind = [
        m
        for m in fitting
        if quantity.end <= m.start <= quantity.end + _BACK and _open_between(note, quantity.end, m.start)
    ]
    if before:
        nearest = max(
            before, key=lambda m: (not _in_brackets(note, language, m, quantity), m.end, m.end - m.start)
        )
        nearest = _named_closer(note, language, nearest, before)
        used = last is not None and last.mention.start == nearest.start
        reach = _REACH if quantity.unit == "" else _FAR
        if quantity.start - nearest.end <= reach:
            if not used:
                better = [m for m in behind if language.about[m.name].get("general") != "yes"]
                weak = language.about[nearest.name].get("general") == "yes"
                return better[0] if better and weak and quantity.unit else nearest
            if _carried_on(note, language, quantity, last):  # type: ignore[arg-type]
                return nearest
            return None
    if quantity.unit == "":
        return None
    return min(behind, key=lambda m: m.start) if behind else None


def _named_closer(note: Note, language: Language, nearest: Mention, before: list[Mention]) -> Mention:
    """Of "DF AROM" the movement counts, which the general word right behind it only describes."""
    if language.about[nearest.name].get("general") != "yes":
        return nearest
    touching = [m for m in before if m != nearest and note.folded[m.end : nearest.start].strip() == ""]
    special = [
        m for m in touching if language.about[m.name].get("general") != "yes" and m.end <= nearest.start
    ]
    same = [m for m in special if kind_of(language, m) == kind_of(language, nearest)]
    return same[-1] if same else nearest


def _in_brackets(note: Note, language: Language, mention: Mention, quantity: Quantity) -> bool:
    """Whether a measure stands in brackets that close before the number: "DF (knee ext): 0"."""
    between = note.folded[mention.end : quantity.start]
    if kind_of(language, mention) == "scale" and between.startswith(")"):
        return False  # an abbreviation: "functional scale (LEFS) 24"
    return ")" in between and "(" not in between.partition(")")[0]


def _open_between(note: Note, start: int, end: int) -> bool:
    between = note.folded[start:end]
    return not re.search(r"[;|,]|\. |\b(?:before|until|till|after|supine|rest|by|away|from)\b", between)


def _of_title(
    language: Language,
    quantity: Quantity,
    titles: list[Mention],
    mentions: list[Mention],
    last: Measured | None,
) -> Mention | None:
    if quantity.unit == "" and mentions:
        return None
    found = next((m for m in titles if fits(language, m, quantity)), None)
    general = found and language.about[found.name].get("general") == "yes"
    return last.mention if general and last and fits(language, last.mention, quantity) else found


def _of_another(note: Note, segment: int, quantity: Quantity) -> bool:
    """Whether something that is no function is named before a number in its statement ("pain 8/10")."""
    named = (*note.within(segment, WORD, "not"), *note.within(segment, "not function"))
    return quantity.unit == "" and any(m.end <= quantity.start for m in named)


def _carried_on(note: Note, language: Language, quantity: Quantity, last: Measured) -> Mention | None:
    """The measure of the value before, for a number that a word of time or direction leads in."""
    if quantity.unit not in ("", *_UNITS_OF[kind_of(language, last.mention)]):
        return None
    if quantity.of not in (0.0, last.quantity.of):
        return None
    piece = note.segment_at(quantity.start)
    since = max(note.segments[piece].start, last.quantity.end)
    if any(since <= m.start and m.end <= quantity.start for m in note.within(piece, "not function")):
        return None
    days = note.dates_in(piece)
    if any(
        d.end <= quantity.start and re.fullmatch(r"[ :=(]*", note.folded[d.end : quantity.start])
        for d in days
    ):
        return last.mention
    lead = note.folded[max(since, quantity.start - _LEAD) : quantity.start]
    if not lead.strip() and any(0 <= m.start - quantity.end <= 8 for m in note.within(piece, "phase")):
        return last.mention  # "220 ft before the block; 90 ft after"
    return last.mention if _LEADS.search(lead) else None


def _pair_of_angles(
    note: Note, language: Language, quantity: Quantity, mentions: list[Mention]
) -> tuple[Mention, Mention] | None:
    """Two movements written together with their angles: "DF/PF -4/22"."""
    if not quantity.of:
        return None
    angles = [m for m in mentions if kind_of(language, m) == "degrees" and m.end <= quantity.start]
    if len(angles) < 2 or quantity.start - angles[-1].end > _PAIRED:
        return None
    first, second = angles[-2:]
    return (first, second) if note.folded[first.end : second.start].strip() in ("/", "-") else None


def is_difference(note: Note, language: Language, mention: Mention, quantity: Quantity) -> bool:
    """Whether a number with a sign tells by how much a measure changed ("6MWT +110 m"); angles have signs of their own."""
    return note.folded[quantity.start] in "+-" and kind_of(language, mention) != "degrees"


def _asked_before(note: Note, language: Language, segment: int) -> list[Mention]:
    """The measures that a question right before an answer asks for: "How long can you sit? 45 minutes"."""
    if not segment or note.segments[segment - 1].paragraph != note.segments[segment].paragraph:
        return []
    asked = note.segments[segment - 1]
    return shown(note, language, segment - 1) if note.folded[asked.end - 1] == "?" else []


def _bare_distance(quantity: Quantity, segment: int, found: list[Measured]) -> Mention | None:
    """A distance on its own in a row of measures ("LEFS 41, cane, 140 m") is a distance walked."""
    here = [item for item in found if item.segment == segment]
    if len(here) < 2 or quantity.unit not in ("m", "ft", "yd") or quantity.value < 10:
        return None
    return Mention("measure.walking distance", "terms", quantity.start, quantity.end, segment)


def _is_upper_end(
    note: Note, language: Language, last: Measured, mention: Mention, quantity: Quantity
) -> bool:
    """Whether a number is the upper end of a range ("10 to 15 min"), which counts as its lower end."""
    between = note.folded[last.quantity.end : quantity.start]
    if last.mention.name != mention.name or between.strip() not in ("-", "to", "or"):
        return False
    if between.strip() in ("-", "or") and between != " - ":
        return True
    if kind_of(language, mention) in _PAIRED_KINDS:
        return False
    return not _CHANGE.search(note.folded[note.segments[last.segment].start : last.quantity.start])


def _in_unit_of(last: Measured | None, mention: Mention, quantity: Quantity) -> Quantity:
    if last and last.mention == mention and not quantity.unit and last.quantity.unit:
        return replace(quantity, unit=last.quantity.unit)
    return quantity
