"""Two values of one measure, of before and of after a block: in a sentence, a paragraph or a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.chart.model import Side
from indicated.facts.findings.read import evidence
from indicated.facts.function.measure_tables import Tabled
from indicated.facts.function.measured import Measured, in_sentences, phase_of
from indicated.facts.function.quantities import comparable
from indicated.facts.model import Evidence
from indicated.facts.quote import quoted
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.place import side_of

WORD = "functional change"
_NEAR = 30
_DIFFERENCE = lazy(
    r" ?(?::|by|is|was|went)? ?(?:(?P<sign>[+-])|(?P<up>up|rose|better|improved|gained) (?:by )?|(?P<down>down|fell|worse) (?:by )?)(?=\d)(?!\d+ ?(?:to|->))"
)
_APART = 60
_SMALL = 0.12
_NEXT_PART = lazy(r" ?(?:,|;|/|->|>|and\b|then\b|to\b|but\b)")
_FROM_NOW = lazy(
    r"(?:from|was|were|where there (?:were|was)|(?:had|having|has) been(?: at)?|formerly|previously|baseline|pre|before|prior|vs\.?|versus|than|instead of|against|\(pre|\(was|up from|down from|compared (?:to|with))[ :=(]*(?:just |only |about |a |an |the |at |baseline )*$|^ ?\($"
)
_ONWARD = lazy(
    r">|\bto\b|\bthen\b|\bnow\b|today|\bafter|\bpost|retest|re-test|\bnext\b|\bat (?:follow|re)|=|/|this (?:week|visit)|rose|fell|up to|down to|\bis\b|\bsince\b"
)


@dataclass(frozen=True)
class Told:
    """A change that is told: what it is, where, and by which mention."""

    change: str
    segment: int
    mention: Mention
    proof: tuple[Evidence, ...]


def anchored(note: Note, segment: int) -> bool:
    """Whether a block is spoken of in the statement, beside it or above it."""
    near = (segment, *note.neighbours(segment, 2, 2))
    return any(note.within(at, "block anchor") for at in near) or bool(note.above(segment, "block anchor"))


def compared(note: Note, language: Language, tables: Tabled) -> Iterator[Told]:
    """Changes between two values of one measure, in a table, a sentence or a paragraph."""
    groups: dict[tuple[int, ...], list[Measured]] = defaultdict(list)
    for item in tables.values:
        groups[(0, item.mention.start)].append(item)
    spoken = in_sentences(note, language, [*tables.spans])
    sole = len({note.segments[i.segment].paragraph for i in spoken}) > 1 and len(note.segments) < 8
    for item in spoken:
        groups[(1, 0 if sole else note.segments[item.segment].paragraph)].append(item)
    for items in groups.values():
        if items[0].tabled and not any(i.phase for i in items) and not _block_between(note, items):
            continue
        if not anchored(note, items[0].segment) and not any(i.phase for i in items):
            continue
        told = _told(note, language, items)
        if told:
            yield told


def differences(note: Note, language: Language) -> Iterator[Told]:
    """Changes that are told as differences: "outcome of the block: 6MWT +110 m, TUG -9 s"."""
    for mention in note.named("measure"):
        sign = _DIFFERENCE.match(note.folded, mention.end)
        if (
            not sign
            or language.about[mention.name]["kind"] == "degrees"
            or not anchored(note, mention.segment)
        ):
            continue
        more = sign["sign"] == "+" or bool(sign["up"])
        better = more == (language.about[mention.name].get("better") == "higher")
        yield Told("better" if better else "worse", mention.segment, mention, (evidence(note, mention),))
        return


def _block_between(note: Note, items: list[Measured]) -> bool:
    """Whether the note dates a block between the first and the last day of a row of dated columns."""
    days = sorted(item.day for item in items if item.day)
    return bool(days) and any(
        days[0] <= d.day < days[-1] for m in note.named("block anchor") for d in note.dates_in(m.segment)
    )


def _dates_a_block(note: Note) -> bool:
    return any(note.dates_in(m.segment) for m in note.named("block anchor"))


def _told(note: Note, language: Language, items: list[Measured]) -> Told | None:
    by_name: dict[str, list[Measured]] = defaultdict(list)
    sides: dict[str, Side | None] = {}
    for item in items:
        side = (
            None
            if item.tabled
            else side_of(note, Mention("", "", item.quantity.start, item.quantity.end, item.segment))
        )
        if side in (None, sides.setdefault(item.mention.name, side)):
            by_name[item.mention.name].append(item)
    best: Told | None = None
    for name, values in by_name.items():
        before, after = _before_and_after(note, values)
        if not before or not after:
            continue
        first = before[0].quantity
        low, unit = comparable(first)
        higher = language.about[name].get("better") == "higher"
        gains = [
            (v - low) * (1 if higher else -1)
            for v, u in (comparable(i.quantity) for i in after)
            if u == unit or not first.unit
        ]
        if not gains:
            continue
        change = "better" if max(gains) > 0 else ("same" if max(gains) == 0 else "worse")
        if change == "worse" or change == "same":
            small = abs(max(gains)) <= 0.02 * abs(low)
            change = "same" if small else change
        elif max(gains) <= _SMALL * abs(low) and _called_the_same(note, after[-1].segment):
            change = "same"
        last = after[-1]
        spans = sorted({(before[0].start, before[0].end), (last.start, last.end)})
        if best is None or (change == "better" and best.change != "better"):
            at = Mention(WORD, "", last.quantity.start, last.quantity.end, last.segment)
            best = Told(change, last.segment, at, tuple(quoted(note, a, b) for a, b in spans))
    return best


def _called_the_same(note: Note, segment: int) -> bool:
    """Whether a small gain is called no change, in its statement or right behind it in the paragraph."""
    paragraph = note.segments[segment].paragraph
    near = (segment, *note.neighbours(segment, 0, 1))
    return any(note.within(n, WORD, "same") for n in near if note.segments[n].paragraph == paragraph)


def _before_and_after(note: Note, values: list[Measured]) -> tuple[list[Measured], list[Measured]]:
    """The values of before and of after the block: by the words beside them, by their days, else by their order."""
    phased = [(value, value.phase or _phase(note, value, values)) for value in values]
    before = [v for v, phase in phased if phase == "before"]
    after = [v for v, phase in phased if phase == "after"]
    if before and before[0].tabled:
        return before[:1], [v for v in values if v.quantity.start > before[0].quantity.start]
    if before and after:
        return before, after
    if values[0].tabled and len(values) > 1:
        ordered = sorted(values, key=lambda v: (v.day is None, v.day))
        return ordered[:1], ordered[1:]
    if len(values) < 2:
        return [], []
    first, second = values[0], values[1]
    if _reversed(note, first, second, values):
        return [second], [first]
    if before:
        return before, [v for v in values if v not in before and v.quantity.start > before[0].quantity.start]
    if first.day and second.day and first.day != second.day:
        if _dates_a_block(note) and not _block_between(note, values):
            return [], []
        ordered = sorted(values, key=lambda v: (v.day is None, v.day))
        return ordered[:1], ordered[1:]
    if after and _ordered(note, first, second):
        return [first], [second]
    if _ordered(note, first, second):
        return [first], values[1:]
    return [], []


def _reversed(note: Note, first: Measured, second: Measured, values: list[Measured]) -> bool:
    """Whether the later value is named first ("6 hr from 3", "12 (was 3)", "26, was 26", "7 h, up from 4")."""
    between = note.folded[first.quantity.end : second.quantity.start]
    behind = note.folded[second.quantity.end : second.quantity.end + 14]
    if (
        len(between) < _APART
        and re.match(r"\)? ?(?:before|pre|prior)\b", behind)
        and _phase(note, first, values) != "before"
    ):
        return True
    return len(between) < _APART and bool(_FROM_NOW.search(between))


def _phase(note: Note, item: Measured, values: list[Measured]) -> str:
    """Whether a value is said to be of before or after the block: the nearest such word, those before it first."""
    quantity = item.quantity
    best: tuple[int, str] | None = None
    cues = note.within(item.segment, "phase")
    for cue in cues:
        if any(_side_by_side(note, cue, other) for other in cues):
            continue
        if cue.end <= quantity.start:
            distance = quantity.start - cue.end
            if _belongs_before(note, cue, quantity.start, values):
                continue
        elif cue.start >= quantity.end:
            distance = cue.start - quantity.end + 3
        else:
            continue
        first, last = min(cue.end, quantity.end), max(cue.start, quantity.start)
        crossed = note.folded[first:last]
        outside = "(" in crossed if cue.end <= quantity.start else ")" in crossed.partition("(")[0]
        between = outside or any(
            first <= other.quantity.start < last for other in values if other is not item
        )
        if between or distance > _NEAR or any(sign in crossed for sign in (",", ";", "|", ">", " / ")):
            continue
        if best is None or distance < best[0]:
            best = (distance, phase_of(cue))
    return best[1] if best else ""


def _belongs_before(note: Note, cue: Mention, start: int, values: list[Measured]) -> bool:
    """Whether a cue stands right behind an earlier value, and ends its part: "28 before and 31 after"."""
    behind = any(0 <= cue.start - other.quantity.end <= 1 for other in values)
    return behind and bool(_NEXT_PART.match(note.folded, cue.end, start))


def _side_by_side(note: Note, cue: Mention, other: Mention) -> bool:
    """Whether two cues stand together as the heads of a pair: "2 then 11 (before / after)"."""
    first, second = sorted((cue, other), key=lambda m: m.start)
    between = note.folded[first.end : second.start].strip()
    return first.name != second.name and between in ("/", "and", "&", "-", ",", "->", "to", "vs", "")


def _ordered(note: Note, first: Measured, second: Measured) -> bool:
    """Whether two values stand as one after the other ("18 -> 31", "from 20 to 44", columns of a table)."""
    between = note.folded[first.quantity.end : second.quantity.start]
    if len(between) >= _APART:
        return False
    if note.segments[first.segment].row:
        return True
    behind = note.folded[second.quantity.end : second.quantity.end + _NEAR]
    return bool(_ONWARD.search(between)) or any(
        word in behind for word in ("today", "now", "after", "post", "retest", "since")
    )


def blank(note: Note, tables: Tabled) -> Iterator[Told]:
    """Rows and fields whose later value was never filled in."""
    measured_rows = {item.start for item in tables.values if item.phase != "before"}
    if any(len([i for i in tables.values if i.start == v.start]) > 1 for v in tables.values):
        return
    for item in tables.blanks:
        if item.start not in measured_rows:
            at = Mention(WORD, "", item.quantity.start, item.quantity.start + 1, item.segment)
            yield Told("not_remeasured", item.segment, at, (quoted(note, item.start, item.end),))
            return
    for mention in note.named(WORD, "blank"):
        near = (
            note.within(mention.segment, "measure")
            or note.above(mention.segment, "measure")
            or note.within(mention.segment, "function")
        )
        if near and anchored(note, mention.segment):
            yield Told("not_remeasured", mention.segment, mention, (evidence(note, mention),))
            return
