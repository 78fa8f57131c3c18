"""A trial of spinal cord stimulation: whether it was done, what it brought, how long it went on, and what is to follow."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.blocks.stimulator import read_stimulator
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.amounts import Amount
from indicated.reading.language import Language
from indicated.reading.note import Note

_NAMED = "spinal cord stimulator"
_TRIAL, _ASKED_FOR = "stimulation trial", "stimulation asked for"
_RELIEF, _LENGTH = "relief in the stimulation trial", "length of the stimulation trial"
_NEAR, _BESIDE, _LONGEST = 44, 18, 60.0


def read_trials(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what the statements on a stimulator say of its trial, and whether a trial or an implant is planned."""
    if not note.has(_NAMED):
        return
    told: dict[int, Fact] = {}
    for fact in read_stimulator(note, language):
        segment = note.segment_at(fact.evidence[0].start)
        stage = fact.attributes.get("stage")
        if fact.status is Status.PLANNED and stage in ("trial", "implant"):
            yield _fact(note, _ASKED_FOR, Status.PRESENT, [segment], stage)
        if stage == "trial" and fact.status in (Status.HISTORICAL, Status.ABSENT):
            told.setdefault(segment, fact)
    for segment, fact in told.items():
        done = fact.status is Status.HISTORICAL
        yield _fact(note, _TRIAL, Status.PRESENT if done else Status.ABSENT, [segment])
        if done:
            yield from _results(note, segment)


def _results(note: Note, segment: int) -> Iterator[Fact]:
    """The relief and the length of a trial, from its own sentence or the one behind it in the paragraph."""
    behind = segment + 1
    places = [segment]
    if (
        behind < len(note.segments)
        and note.segments[behind].paragraph == note.segments[segment].paragraph
        and not note.within(behind, "sympathetic block")
    ):
        places.append(behind)
    for place in places:
        found = [amount for amount in note.percents_in(place) if _is_relief(note, place, amount)]
        if found:
            yield _fact(note, _RELIEF, Status.PRESENT, [segment, place], found[0].value, "percent")
            break
    for place in places:
        spans = [amount for amount in note.durations_in(place) if _is_length(note, place, amount)]
        if spans:
            yield _fact(note, _LENGTH, Status.PRESENT, [segment, place], spans[0].value, "days")
            break


def _is_relief(note: Note, segment: int, amount: Amount) -> bool:
    """Whether a percentage is relief of pain, and no ceiling that it did not pass."""
    said = note.within(segment, "trial relief")
    near = [m for m in said if m.start - amount.end <= _NEAR and amount.start - m.end <= _NEAR]
    nearest = min(
        (m for m in near if m.group != "ceiling"),
        key=lambda m: max(m.start - amount.end, amount.start - m.end),
        default=None,
    )
    if any(m.group == "ceiling" and 0 <= amount.start - m.end <= 2 for m in said):
        return False
    return nearest is not None and nearest.group == "relief"


def _is_length(note: Note, segment: int, amount: Amount) -> bool:
    said = note.within(segment, "trial length")
    if amount.value > _LONGEST or any(m.group == "other" and _touches(m.start, amount.end) for m in said):
        return False
    return any(
        (m.group == "before" and _touches(amount.start, m.end))
        or (m.group == "after" and 0 <= m.start - amount.end <= _BESIDE)
        for m in said
    )


def _touches(later: int, earlier: int) -> bool:
    return 0 <= later - earlier <= 2


def _fact(
    note: Note,
    word: str,
    status: Status,
    segments: list[int],
    value: Value | None = None,
    unit: str | None = None,
) -> Fact:
    return Fact(
        word=word,
        status=status,
        evidence=proof(note, sorted(set(segments))),
        value=value,
        unit=unit,
        date=note.document.date,
        reader="stimulation trial",
    )
