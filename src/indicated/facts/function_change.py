"""Whether function got better, stayed or fell after a block: two values of one measure, or words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indicated.facts.finding import evidence
from indicated.facts.measures import Measured, measured
from indicated.facts.model import Fact, Status
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

WORD = "functional change"
_NEAR = 26
_APART = 60
_CHANGES = {"better": "better", "worse": "worse", "same": "same", "not measured": "not_remeasured"}


def read_function_changes(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what is said of function before and after a block; a note without a block says nothing of it."""
    if not note.named("block anchor") and not note.has_title("block anchor"):
        return
    values: dict[int, list[Measured]] = defaultdict(list)
    for item in measured(note, language):
        values[note.segments[item.segment].paragraph].append(item)
    done: set[int] = set()
    for paragraph, items in values.items():
        if not _anchored(note, items[0].segment):
            continue
        change = _compared(note, language, items)
        if change:
            done.add(paragraph)
            yield _fact(note, language, items[-1].quantity.start, items[-1].segment, change)
    for mention in note.named(WORD, "blank"):
        if (note.within(mention.segment, "measure") or note.above(mention.segment, "measure")) and _anchored(
            note, mention.segment
        ):
            yield _fact(note, language, mention.start, mention.segment, "not_remeasured", mention)
            return
    for group in ("not measured", "same", "worse", "better"):
        for mention in note.named(WORD, group):
            paragraph = note.segments[mention.segment].paragraph
            if (
                paragraph in done
                or not _anchored(note, mention.segment)
                or not _of_function(note, mention.segment)
            ):
                continue
            done.add(paragraph)
            yield _fact(note, language, mention.start, mention.segment, _CHANGES[group], mention)
    if not done:
        yield from _open(note, language)


def _anchored(note: Note, segment: int) -> bool:
    """Whether a block is spoken of in the statement, beside it or above it."""
    near = (segment, *note.neighbours(segment, 2, 2))
    return any(note.within(at, "block anchor") for at in near) or bool(note.above(segment, "block anchor"))


def _of_function(note: Note, segment: int) -> bool:
    near = (segment, *note.neighbours(segment))
    if any(note.within(at, "function") or note.within(at, "measure") for at in near):
        return True
    return bool(note.above(segment, "function") or note.above(segment, "measure"))


def _compared(note: Note, language: Language, items: list[Measured]) -> str | None:
    """The change between two values of the same measure, by the words before and after, else by their order."""
    by_name: dict[str, list[Measured]] = defaultdict(list)
    for item in items:
        by_name[item.mention.name].append(item)
    for name, values in by_name.items():
        phased = [(value, _phase(note, value)) for value in values]
        before = [v for v, phase in phased if phase == "before"]
        after = [v for v, phase in phased if phase == "after"]
        if not before or not after:
            pair = _pair(note, values)
            if not pair:
                continue
            before, after = [pair[0]], [pair[1]]
        first, last = before[0].quantity, after[-1].quantity
        if first.unit and last.unit and first.unit != last.unit:
            continue
        if first.value == last.value:
            return "same"
        higher = language.about[name].get("better") == "higher"
        return "better" if (last.value > first.value) == higher else "worse"
    return None


def _pair(note: Note, values: list[Measured]) -> tuple[Measured, Measured] | None:
    """The earlier and the later of the first two values, where the text shows which is which."""
    if len(values) < 2:
        return None
    first, second = values[0], values[1]
    if _reversed(note, first, second):
        return second, first
    return (first, second) if _ordered(note, first, second) else None


def _reversed(note: Note, first: Measured, second: Measured) -> bool:
    """Whether the later value is named first ("6 hr from 3", "12 (was 3)", "26, was 26", "7 h, up from 4")."""
    between = note.folded[first.quantity.end : second.quantity.start].rstrip()
    return len(between) < _APART and between.endswith(("from", "was", "were", "formerly", "previously", "baseline", "pre"))


def _phase(note: Note, item: Measured) -> str | None:
    """Whether a value is said to be of before or after the block: the nearest such word, those before it first."""
    quantity = item.quantity
    best: tuple[int, str] | None = None
    for cue in note.within(item.segment, WORD, "before", "after"):
        if cue.end <= quantity.start:
            distance = quantity.start - cue.end
        elif cue.start >= quantity.end:
            distance = cue.start - quantity.end
        else:
            continue
        crossed = note.folded[min(cue.end, quantity.end) : max(cue.start, quantity.start)]
        if (
            distance <= _NEAR
            and not any(sign in crossed for sign in (",", ";", "|"))
            and (best is None or distance < best[0])
        ):
            best = (distance, cue.group)
    return best[1] if best else None


def _ordered(note: Note, first: Measured, second: Measured) -> bool:
    """Whether two values stand as one after the other ("18 -> 31", "from 20 to 44", columns of a table)."""
    between = note.folded[first.quantity.end : second.quantity.start]
    if note.segments[first.segment].row and len(between) < _APART:
        return True
    behind = note.folded[second.quantity.end : second.quantity.end + _NEAR]
    dated = any(second.quantity.end <= d.start <= second.quantity.end + 6 for d in note.dates_in(second.segment))
    if dated or any(word in behind for word in ("today", "now", "after", "post", "retest")):
        return len(between) < _APART
    return len(between) < _APART and any(
        sign in between for sign in (">", " to ", " then ", "=", " now ", ", now", "today")
    )


def _open(note: Note, language: Language) -> Iterator[Fact]:
    """Nothing is told of a change: is it asked for, a condition or a plan?"""
    for mention in (*note.named("function"), *note.named("measure")):
        if not _anchored(note, mention.segment):
            continue
        meant = setting(note, language, mention)
        if meant.status in (Status.ASKED, Status.HYPOTHETICAL, Status.PLANNED, Status.OTHER_PERSON):
            yield Fact(
                WORD,
                meant.status,
                (evidence(note, mention),),
                date=note.document.date,
                reader="function change",
                why=meant.why,
            )
            return


def _fact(
    note: Note, language: Language, start: int, segment: int, change: str, mention: Mention | None = None
) -> Fact:
    at = mention or Mention(WORD, "", start, start + 1, segment)
    meant = setting(note, language, at)
    status = Status.ASKED if change == "not_remeasured" else meant.status
    if status in (Status.ABSENT, Status.HISTORICAL, Status.ASKED) and change != "not_remeasured":
        status = Status.PRESENT
    if change == "better" and meant.has("negated") and mention:
        change = "same"
    return Fact(
        WORD,
        status,
        (evidence(note, at),),
        date=note.document.date,
        attributes={"change": change},
        reader="function change",
        why=meant.why,
    )
