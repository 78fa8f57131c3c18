"""Sympathetic blocks that were done, are planned, are asked about, or that a patient never had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from indicated.facts.blocks.called_off import done_behind
from indicated.facts.blocks.crosswise import crosswise
from indicated.facts.blocks.dates import PROCEDURE_KIND, When, future, own_date, when_named
from indicated.facts.blocks.durations import read_durations
from indicated.facts.blocks.effect import MESSAGE_KIND, effects_of
from indicated.facts.blocks.entries import entries
from indicated.facts.blocks.mentions import MEANT, SAID, WORD, Named, named_blocks, speaks_of_blocks
from indicated.facts.blocks.place import count, kind_of, levels, limb_of_block, ordinal, side_of_block
from indicated.facts.blocks.relief import read_relief
from indicated.facts.blocks.status import judged
from indicated.facts.blocks.technique import read_technique
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.dates import dates
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_BLANKS = lazy(r"_{2,}[^\n]*_{2,}|\*{3}[^\n]*\*{3}|\bcircle one\b")
_DATE_FIELD = lazy(r"\W*date ?[:=]")
_LETTERHEAD = 3
"""The first segments of a document, where its kind, its day and the patient's name stand."""


def read_blocks(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each place where a sympathetic block is spoken of; none for one that was called off."""
    table = crosswise(note)
    blocks = [(n, f) for n, f in _without_echoes(_facts(note, language)) if not table.covers(note, f)]
    blocks += [(n, f) for n, f in table.facts if f.word == WORD]
    yield from (fact for _, fact in blocks)
    yield from (fact for _, fact in table.facts if fact.word != WORD)
    if blocks or _may_be_ours(note) or _is_message(note):
        effects = effects_of(note, language, blocks)
        relief = {n: f for n, f in read_relief(effects) if not table.covers(note, f)}
        yield from relief.values()
        yield from (f for f in read_durations(effects, relief) if not table.covers(note, f))
        yield from read_technique(effects)


def _may_be_ours(note: Note) -> bool:
    """Whether a note names a needle that can be a sympathetic block: most name only others, an epidural or a facet."""
    return note.has_title(WORD) or any(m.group not in ("other", "not") for m in note.named(WORD))


def _is_message(note: Note) -> bool:
    """Whether a note without a block's name may still tell of one: a short note, a message, a diary or a call."""
    titled = any(note.has_title(name) for name in ("lasting.lasted", "relief.title"))
    if not (
        titled
        or note.has("lasting.lasted")
        or note.has("lasting.ended")
        or note.has("relief.better")
        or note.has("relief.none")
        or note.has("relief.setting")
    ):
        return False
    return len(note.segments) <= 4 or bool(MESSAGE_KIND.search((note.document.kind or "").lower()))


def _without_echoes(facts: Iterable[tuple[int, Fact]]) -> Iterator[tuple[int, Fact]]:
    """Leave out what only names again, without a day or number, a block that the same statement dates."""
    found = list(facts)
    known = {segment for segment, fact in found if fact.status is Status.PRESENT and _is_told(fact)}
    for segment, fact in found:
        if _is_told(fact) or fact.status is not Status.PRESENT or segment not in known:
            yield segment, fact


def _is_told(fact: Fact) -> bool:
    return fact.date is not None or "month" in fact.attributes or "number" in fact.attributes


def _facts(note: Note, language: Language) -> Iterator[tuple[int, Fact]]:
    found = sorted([*named_blocks(note), *entries(note)], key=lambda n: n.mention.start)
    if not any(named.strong for named in found):
        found = list(_described(note)) or found
    listed = any(named.entry for named in found)
    for named in found:
        whens = when_named(note, named.mention, title=named.title)
        if listed and not named.entry and named.mention.segment < 2 and not whens:
            continue
        if listed and _names_the_record(note, named, whens):
            continue
        status, why = judged(note, language, named, whens)
        if status is None or (named.title and not whens and not _is_procedure(note)):
            if named.title and _BLANKS.search(note.text_of(named.mention.segment)):
                yield named.mention.segment, _fact(note, named, Status.ASKED, "left blank", When(), None)
            continue
        if (
            not named.strong
            and not whens
            and any(o.strong and o.mention.segment == named.mention.segment for o in found)
        ):
            continue
        if status is Status.PRESENT and not any(w.day or w.month for w in whens):
            if (listed and named.title) or (listed and not whens and named.mention.segment < 3):
                continue
            whens = _later_day(note, named) if why == "planned, then done" else _own(note, named)
        elif status is not Status.PRESENT:
            whens = whens[:1]
            if status is Status.PLANNED and not whens and (day := _planned_day(note)):
                whens = [When(day)]
        numbers = _numbers(note, named, len(whens), status)
        for at, when in enumerate(whens or [When()]):
            yield (
                named.mention.segment,
                _fact(note, named, status, why, when, numbers[at] if at < len(numbers) else None),
            )


def _names_the_record(note: Note, named: Named, whens: Sequence[When]) -> bool:
    """Whether a name stands in the letterhead of a list of blocks with the day on which the list was written."""
    return (
        not named.entry
        and named.mention.segment < _LETTERHEAD
        and {w.day for w in whens} == {note.document.date}
        and (not named.strong or bool(note.within(named.mention.segment, MEANT, "record")))
    )


def _later_day(note: Note, named: Named) -> list[When]:
    """The day that the sentence gives which says that a plan was carried out, else the document's."""
    behind = done_behind(note, named.mention.segment)
    day = next((d.day for d in note.dates_in(behind) if d.exact), None) if behind is not None else None
    return [When(day or note.document.date)]


def _planned_day(note: Note) -> date | None:
    """The day to come that a field of an order gives ("est DOS 03/10/2026")."""
    for label in note.named(MEANT, "own_date", "planned_date"):
        found = next(dates(note.folded, note.document.date, label.end, label.end + 26), None)
        if (
            found
            and found.exact
            and note.document.date
            and found.day > note.document.date
            and not note.folded[label.end : found.start].strip(" :.=|-(")
        ):
            return found.day
    return None


def _own(note: Note, named: Named) -> list[When]:
    """The day of the procedure note itself, where it is one and does not speak of an earlier block."""
    if _is_procedure(note) and (named.strong or not speaks_of_blocks(note)) and ordinal_is_own(note, named):
        day = own_date(note)
        return [When(day)] if day else []
    if named.strong and (behind := _date_field(note, named.mention.segment)):
        return [When(behind)]
    if note.named(MEANT, "own_date") and named.strong:
        day = own_date(note)
        return [When(day)] if day and day != note.document.date else []
    return []


def _date_field(note: Note, segment: int) -> date | None:
    """The day in the field "Date:" that stands with the name of a block in one paragraph, as on a discharge sheet."""
    paragraph = note.segments[segment].paragraph
    for number in range(segment + 1, min(segment + 4, len(note.segments))):
        label = _DATE_FIELD.match(note.text_of(number))
        if note.segments[number].paragraph != paragraph or note.within(number, WORD):
            return None
        if label:
            found = next((d for d in note.dates_in(number) if d.exact), None)
            return found.day if found and found.day <= (note.document.date or found.day) else None
    return None


def ordinal_is_own(note: Note, named: Named) -> bool:
    """Whether a name in a procedure note means the block of that note, not the one before ("relief after the 1st")."""
    segment = note.segments[named.mention.segment]
    before = note.folded[segment.start : named.mention.start]
    return (
        not any(
            m.group == "since" and m.end <= named.mention.start
            for m in note.within(named.mention.segment, SAID)
        )
        and "last " not in before[-12:]
    )


def _is_procedure(note: Note) -> bool:
    return bool(PROCEDURE_KIND.match((note.document.kind or "").lower()))


def _numbers(note: Note, named: Named, dated: int, status: Status) -> list[int]:
    number = ordinal(note, named)
    if number:
        return [number]
    if status in (Status.PLANNED, Status.HYPOTHETICAL):
        return []  # how many are wished for does not say which of the series comes next
    several = count(note, named)
    if several and several == dated:
        return list(range(1, several + 1))
    if several and dated == 0:
        return [several]
    return []


def _described(note: Note) -> Iterator[Named]:
    """A procedure note that tells how a lumbar sympathetic block is done without its name."""
    if not _is_procedure(note):
        return
    if any(m.group in ("other", "stellate") for m in note.named(WORD)):
        return
    found = note.named(WORD, "described")
    chain = [
        m
        for m in found
        if "chain" in note.folded[m.start : m.end]
        or "trunk" in note.folded[m.start : m.end]
        or "sympath" in note.folded[m.start : m.end]
    ]
    if chain:
        yield Named(Mention(WORD, "lumbar", chain[0].start, chain[0].end, chain[0].segment), "lumbar", True)


def _level_beside(note: Note, segment: int) -> str:
    paragraph = note.segments[segment].paragraph
    for beside in (segment + 1, segment + 2, segment - 1, segment - 2):
        if 0 <= beside < len(note.segments) and abs(note.segments[beside].paragraph - paragraph) <= 1:
            if any(m.group == "other" for m in note.within(beside, WORD)):
                continue
            level = levels(note, note.segments[beside].start, note.segments[beside].end)
            if level:
                return level
    return ""


def _fact(note: Note, named: Named, status: Status, why: str, when: When, number: int | None) -> Fact:
    mention = named.mention
    segment = note.segments[mention.segment]
    limb = limb_of_block(note, named)
    attributes: dict[str, Value] = {}
    level = levels(note, segment.start, segment.end)
    nearby = [mention.segment]
    if not level and not segment.row:
        level = _level_beside(note, mention.segment)
    if level:
        attributes["level"] = level
    kind = kind_of(note, named, limb) or ("lumbar" if level and named.strong else "")
    if kind:
        attributes["kind"] = kind
        limb = limb or ("lower" if kind == "lumbar" else "upper")
    if number:
        attributes["number"] = number
    if when.month:
        attributes["month"] = when.month
        attributes["date_precision"] = "month"
    day = when.day
    if status is Status.PLANNED:
        day = future(when, note.document.date)
    return Fact(
        word=WORD,
        status=status,
        evidence=proof(note, nearby),
        side=side_of_block(note, named),
        limb=limb,
        date=day,
        attributes=attributes,
        reader="blocks",
        why=(why,),
    )
