"""Whether function got better, stayed or fell after a block: two values of one measure, or words that say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.chart.model import Side
from indicated.facts.finding import evidence
from indicated.facts.measure_tables import in_tables
from indicated.facts.measured import Measured, in_sentences, phase_of
from indicated.facts.measures import is_loose
from indicated.facts.model import Evidence, Fact, Status
from indicated.facts.quantities import comparable
from indicated.reading.context import Setting, setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.place import side_of

WORD = "functional change"
_PLANS = ("plan", "p", "a/p", "plans", "orders", "order", "recommendations", "recommendation", "plan of care")
_NEAR = 30
_APART = 60
_CHANGES = {
    "better": "better",
    "worse": "worse",
    "same": "same",
    "not measured": "not_remeasured",
    "can": "better",
    "cannot": "worse",
}
_YEAR = re.compile(r"(?<![\d/.-])(?:0?[1-9]/|1[0-2]/)?((?:19|20)\d\d)(?![\d/-])")
_OPEN = (Status.ASKED, Status.HYPOTHETICAL, Status.PLANNED, Status.OTHER_PERSON)
_FROM_NOW = re.compile(
    r"(?:from|was|were|formerly|previously|baseline|pre|before|prior|vs\.?|versus|than|instead of|against|\(pre|\(was|up from|down from|compared (?:to|with))[ :=(]*(?:just |only |about |a |an |the |at |baseline )*$|^ ?\($"
)
_ONWARD = re.compile(
    r">|\bto\b|\bthen\b|\bnow\b|today|\bafter|\bpost|retest|re-test|\bnext\b|\bat (?:follow|re)|=|/|this (?:week|visit)|rose|fell|up to|down to|\bis\b|\bsince\b"
)


@dataclass(frozen=True)
class _Told:
    """A change that is told: what it is, where, and by which mention."""

    change: str
    segment: int
    mention: Mention
    proof: Evidence


def read_function_changes(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what is said of function before and after a block; a note without a block says nothing of it."""
    if not note.named("block anchor") and not note.has_title("block anchor"):
        return
    told = [*_compared(note, language), *_blank(note, language)]
    done = {note.segments[one.segment].paragraph for one in told}
    for one in told:
        yield _fact(note, language, one, compared=True)
    for one in _in_words(note, done):
        done.add(note.segments[one.segment].paragraph)
        yield _fact(note, language, one, compared=False)
    for one in _not_taken_again(note, language, done):
        yield _fact(note, language, one, compared=False)
    if not done:
        yield from _open(note, language)


def _anchored(note: Note, segment: int) -> bool:
    """Whether a block is spoken of in the statement, beside it or above it."""
    near = (segment, *note.neighbours(segment, 2, 2))
    return any(note.within(at, "block anchor") for at in near) or bool(note.above(segment, "block anchor"))


def _topics(note: Note, segment: int) -> list[Mention]:
    hidden = note.within(segment, WORD, "not")
    found = [
        *note.within(segment, "function"),
        *note.within(segment, "measure"),
        *note.within(segment, "activity"),
    ]
    return [m for m in found if not any(h.start <= m.start and m.end <= h.end for h in hidden)]


def _of_function(note: Note, mention: Mention) -> bool:
    """Whether the words of change speak of function and not of pain, sleep or the warmth of the foot."""
    segment = mention.segment
    here = _topics(note, segment)
    others = note.within(segment, "not function")
    if others:
        before = [m for m in (*here, *others) if m.end <= mention.start]
        if before and max(before, key=lambda m: (m.end, m.name != "not function")).name == "not function":
            behind = [m for m in (*here, *others) if mention.end <= m.start]
            return (
                bool(behind)
                and min(behind, key=lambda m: (m.start, m.name == "not function")).name != "not function"
                and min(m.start for m in behind) - mention.end < 14
            )
    if here:
        return True
    if note.above(segment, "function") or note.above(segment, "measure") or note.above(segment, "activity"):
        return True
    if (
        any(m.covers(mention) or (m.start >= mention.start and m.start < mention.end) for m in others)
        or others
    ):
        return False
    return any(_topics(note, at) and not note.within(at, "not function") for at in note.neighbours(segment))


def _compared(note: Note, language: Language) -> Iterator[_Told]:
    """Changes between two values of one measure, in a table, a sentence or a paragraph."""
    tables = in_tables(note, language)
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
        if not _anchored(note, items[0].segment) and not any(i.phase for i in items):
            continue
        told = _told(note, language, items)
        if told:
            yield told


def _block_between(note: Note, items: list[Measured]) -> bool:
    """Whether the note dates a block between the first and the last day of a row of dated columns."""
    days = sorted(item.day for item in items if item.day)
    return bool(days) and any(
        days[0] <= d.day < days[-1] for m in note.named("block anchor") for d in note.dates_in(m.segment)
    )


def _told(note: Note, language: Language, items: list[Measured]) -> _Told | None:
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
    best: _Told | None = None
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
        elif max(gains) <= 0.02 * abs(low) and note.within(after[-1].segment, WORD, "same"):
            change = "same"
        last = after[-1]
        start, end = min(before[0].start, last.start), max(before[0].end, last.end)
        if best is None or (change == "better" and best.change != "better"):
            at = Mention(WORD, "", last.quantity.start, last.quantity.end, last.segment)
            best = _Told(change, last.segment, at, _span(note, start, end))
    return best


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
        elif cue.start >= quantity.end:
            distance = cue.start - quantity.end + 3
        else:
            continue
        first, last = min(cue.end, quantity.end), max(cue.start, quantity.start)
        crossed = note.folded[first:last]
        between = any(first <= other.quantity.start < last for other in values if other is not item)
        if between or distance > _NEAR or any(sign in crossed for sign in (",", ";", "|", ">", " / ")):
            continue
        if best is None or distance < best[0]:
            best = (distance, phase_of(cue))
    return best[1] if best else ""


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


def _blank(note: Note, language: Language) -> Iterator[_Told]:
    """Rows and fields whose later value was never filled in."""
    tables = in_tables(note, language)
    measured_rows = {item.start for item in tables.values if item.phase != "before"}
    if any(len([i for i in tables.values if i.start == v.start]) > 1 for v in tables.values):
        return
    for item in tables.blanks:
        if item.start not in measured_rows:
            at = Mention(WORD, "", item.quantity.start, item.quantity.start + 1, item.segment)
            yield _Told("not_remeasured", item.segment, at, _span(note, item.start, item.end))
            return
    for mention in note.named(WORD, "blank"):
        near = (
            note.within(mention.segment, "measure")
            or note.above(mention.segment, "measure")
            or note.within(mention.segment, "function")
        )
        if near and _anchored(note, mention.segment):
            yield _Told("not_remeasured", mention.segment, mention, evidence(note, mention))
            return


def _in_words(note: Note, done: set[int]) -> Iterator[_Told]:
    for group in ("not measured", "same", "worse", "better", "cannot", "can"):
        for mention in note.named(WORD, group):
            if group in ("can", "cannot") and not _after_block(note, mention):
                continue
            paragraph = note.segments[mention.segment].paragraph
            if paragraph in done or not _anchored(note, mention.segment):
                continue
            if any(m.covers(mention) for m in note.within(mention.segment, WORD, "not")):
                continue
            if _of_function(note, mention) or (group == "not measured" and _not_taken(note, mention)):
                done.add(paragraph)
                yield _Told(_CHANGES[group], mention.segment, mention, evidence(note, mention))


def _after_block(note: Note, mention: Mention) -> bool:
    """Whether what the patient can or cannot do is said of the time after a block."""
    cues = note.within(mention.segment, "phase")
    if not note.within(mention.segment, "block anchor") or not cues:
        return False
    nearest = min(cues, key=lambda m: _far(note, m, mention))
    return phase_of(nearest) == "after"


def _far(note: Note, cue: Mention, mention: Mention) -> int:
    """How far a cue stands from a mention; a comma between them sets them apart."""
    first, second = sorted((cue, mention), key=lambda m: m.start)
    return second.start - first.end + 40 * note.folded[first.end : second.start].count(",")


def _not_taken_again(note: Note, language: Language, done: set[int]) -> Iterator[_Told]:
    """A measure of after the block that is denied or put off: "Post-LSB LEFS: not obtained"."""
    for mention in note.named(WORD, "untaken", "taking"):
        segment = mention.segment
        paragraph = note.segments[segment].paragraph
        if (
            paragraph in done
            or not note.within(segment, "phase.after")
            or not _names_measure(note, language, segment)
        ):
            continue
        if not note.within(segment, "block anchor") and not note.above(segment, "block anchor"):
            continue
        if note.within(segment, WORD, "request", "plan", "if", "better", "worse", "same"):
            continue
        if mention.group == "untaken" or setting(note, language, mention).has("negated"):
            done.add(paragraph)
            yield _Told("not_remeasured", segment, mention, evidence(note, mention))


def _names_measure(note: Note, language: Language, segment: int) -> bool:
    """Whether a statement names a measure or a score, and not only something that the patient does."""
    if note.within(segment, WORD, "measuring", "taking") and _topics(note, segment):
        return True
    named = [m for m in _topics(note, segment) if m.name.startswith("measure.")]
    return bool(note.within(segment, "measure noun")) or any(not is_loose(language, m) for m in named)


def _not_taken(note: Note, mention: Mention) -> bool:
    """Whether it is a measure that was not taken again, and not the block that was not repeated."""
    if any(
        word in note.folded[mention.start : mention.end] for word in ("measur", "assess", "score", "function")
    ):
        return True
    if any(m.end <= mention.start for m in note.within(mention.segment, "block anchor")):
        return False
    return any(_topics(note, at) for at in note.neighbours(mention.segment, 2, 1))


def _open(note: Note, language: Language) -> Iterator[Fact]:
    """Nothing is told of a change: is it asked for, a condition or a plan?"""
    names = (
        *note.named(WORD, "measuring"),
        *note.named("function"),
        *note.named("measure"),
        *note.named("activity"),
    )
    for mention in names:
        if not note.within(mention.segment, "block anchor") and not note.above(
            mention.segment, "block anchor"
        ):
            continue
        if mention.name != WORD and mention not in _topics(note, mention.segment):
            continue
        meant = _meant(note, language, mention)
        if meant.status in _OPEN:
            yield Fact(
                WORD,
                meant.status,
                (evidence(note, mention),),
                date=note.document.date,
                reader="function change",
                why=meant.why,
            )
            return


def _span(note: Note, start: int, end: int) -> Evidence:
    text = note.document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(
        note.document.name,
        start,
        end,
        text[start:end],
        date=note.document.date,
        kind=note.document.kind or "",
    )


def _meant(note: Note, language: Language, mention: Mention) -> Setting:
    """How a change is meant; besides the common cues, a template's choice and an earlier episode count."""
    meant = setting(note, language, mention)
    own = {
        m.group for m in note.within(mention.segment, WORD, "if", "plan", "earlier", "choice", "corrected")
    }
    if meant.status is Status.OTHER_PERSON:
        return meant
    if "corrected" in own and meant.status is Status.HYPOTHETICAL:
        return Setting(Status.PRESENT, meant.cues, meant.why)
    if note.segments[mention.segment].heading in _PLANS and note.within(mention.segment, WORD, "taking"):
        own.add("plan")
    for group, status in (("choice", Status.ASKED), ("if", Status.HYPOTHETICAL), ("plan", Status.PLANNED)):
        if group in own:
            return Setting(status, meant.cues, (*meant.why, f"{status.value}: {group}"))
    if "earlier" in own or _old(note, mention.segment):
        return Setting(Status.HISTORICAL, meant.cues, (*meant.why, "historical: an earlier episode"))
    return meant


def _old(note: Note, segment: int) -> bool:
    on = note.document.date
    piece = note.segments[segment]
    if not on:
        return False
    years = [int(m[1]) for m in _YEAR.finditer(note.folded, piece.start, piece.end)]
    return (
        bool(years)
        and on.year - min(years) >= 2
        and bool(note.within(segment, "block anchor"))
        and "since 20" not in note.folded[piece.start : piece.end]
    )


def _fact(note: Note, language: Language, told: _Told, *, compared: bool) -> Fact:
    meant = _meant(note, language, told.mention)
    status, change = meant.status, told.change
    if change == "not_remeasured":
        status = Status.ASKED if status is not Status.OTHER_PERSON else status
    elif status in (Status.ABSENT, Status.ASKED) and "choice" not in str(meant.why):
        question = "?" in note.text_of(told.segment) or note.within(told.segment, WORD, "request")
        status = Status.ASKED if question and not compared else Status.PRESENT
    elif _is_told_now(note, told, meant, compared=compared):
        status = Status.PRESENT
    if status is Status.ASKED and told.change != "not_remeasured":
        return Fact(
            WORD, status, (told.proof,), date=note.document.date, reader="function change", why=meant.why
        )
    if change == "better" and meant.has("negated") and not compared:
        change = "same"
    return Fact(
        WORD,
        status,
        (told.proof,),
        date=note.document.date,
        attributes={"change": change},
        reader="function change",
        why=meant.why,
    )


def _is_told_now(note: Note, told: _Told, meant: Setting, *, compared: bool) -> bool:
    """Whether a change is of the series at hand, though a word of the past or of a plan stands near it."""
    if meant.status is Status.HISTORICAL:
        return not note.within(told.segment, WORD, "earlier") and not _old(note, told.segment)
    return meant.status is Status.PLANNED and compared and not note.within(told.segment, WORD, "plan", "if")
