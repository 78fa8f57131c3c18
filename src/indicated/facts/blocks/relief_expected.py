"""What is only expected of a block's relief, or still to be told: how long it may last, and that a length is to be written down."""

from __future__ import annotations

import re

from indicated.facts.blocks.effect import Effects, enclosing, former, is_of_block, of_other_person
from indicated.facts.blocks.relief_span import owed_to_block
from indicated.facts.blocks.relief_words import near_block
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

DURATION = "block relief duration"
TO_BE_KEPT = lazy(
    r"(?:\b(?:to|will|please|pls|should|asked|told|kindly) |^\W*)(?:log|record|note|track|write(?: down)?|jot(?: down)?|report|chart|keep|call|phone|ring|message|text|tell|let)\b[^.;]{0,40}"
    r"\b(?:how long|(?:the (?:day|date|hour|time|morning|night|moment)|when|once|if|as soon as)\b[^.;]{0,60}\b(?:wears? (?:off|out)|ends?|gone|returns?|comes? back|fades?|stops?|quits?|runs? out|is back|lets? up))"
)

EXPECTED = lazy(
    r"\b(?:typically|usually|generally|often|commonly|frequently|tends? to|may|might|can|should|will|expect\w*|hop(?:e|es|ing)|anticipat\w*)\b[^.;]{0,40}\b(?:lasts?|longer relief|gives? (?:\w+ )?(?:hours|days|weeks)|(?:hours|days|weeks) to (?:days|weeks|months)|(?:a )?(?:good )?(?:month|week|fortnight)s? (?:out of|from|of))\b"
)

_SUPPOSED = lazy(
    r"\b(?:hopefully|(?:one|i|we) would (?:expect|hope|anticipate)|with (?:any )?luck|should (?:the|it|this|her|his|a|your)|if (?:the|it|this|a|your)|might|may (?:last|hold|give|bring|wear|only)|could (?:last|hold|give|wear)|upcoming|planned|typically|usually|on average)\b"
)

_LASTED = lazy(r"\b(?:lasted|wore off|held|helped|worked)\b")


def forecast(effects: Effects, segment: int) -> Fact | None:
    """A length that is only hoped for, expected or supposed, of a block that the statement names."""
    note = effects.note
    if not note.within(segment, "relief.hypothetical") or not near_block(effects, segment):
        return None
    words = note.within(segment, "relief.better") or [
        m for m in note.within(segment, "lasting") if m.name in ("lasting.lasted", "lasting.ended")
    ]
    for amount in note.durations_in(segment):
        anchor = Mention(DURATION, "length", amount.start, amount.end, segment)
        if (
            (words or owed_to_block(note, segment, amount))
            and hypothetical(effects, segment, anchor)
            and is_of_block(effects, segment, amount.start, amount.end)
            and not of_other_person(effects, segment, anchor)
            and _SUPPOSED.search(note.folded, note.segments[segment].start, amount.start)
        ):
            return aside(note, segment, Status.HYPOTHETICAL, "only expected")
    return None


def aside(note: Note, segment: int, status: Status, *why: str) -> Fact:
    """A statement on the length of relief that is none of the patient's own."""
    return Fact(
        DURATION, status, proof(note, [segment]), date=note.document.date, reader="durations", why=why
    )


def _is_spoken_of(effects: Effects, segment: int) -> bool:
    """Whether an expectation is one of relief by a block."""
    here = effects.note.segments[segment]
    plain = re.search(r"\brelief\b", effects.note.text_of(segment)) is not None
    return is_of_block(effects, segment, here.start, here.start + 1, strict=plain)


def without_length(effects: Effects, segment: int, lasting: list[Mention], *, topic: bool) -> Fact | None:
    """A statement that tells no length: is it of another person, or only what is expected?"""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    if _LASTED.search(text) and is_of_block(effects, segment, here.start, here.start + 1):
        whose = Mention(DURATION, "length", here.start, here.start + 1, segment)
        word = next((m for m in lasting if m.name == "lasting.lasted"), whose)
        if of_other_person(effects, segment, word):
            return aside(note, segment, Status.OTHER_PERSON)
    if not topic and EXPECTED.search(text) and _is_spoken_of(effects, segment):
        return aside(note, segment, Status.HYPOTHETICAL, "an expectation")
    return None


def hypothetical(effects: Effects, segment: int, anchor: Mention) -> bool:
    """Whether words before or around a length say that it is a condition, an expectation or a possibility."""
    note = effects.note
    if former(effects, segment):
        return False
    for cue in note.within(segment, "relief.hypothetical"):
        between = note.folded[min(cue.end, anchor.end) : max(cue.start, anchor.start)]
        said = note.folded[cue.start : cue.end]
        if said == "may" and re.search(
            r"\b(?:the|in|of|last) $", note.folded[max(0, cue.start - 5) : cue.start]
        ):
            continue
        if (said == "can" and re.search(r"\bi $", note.folded[max(0, cue.start - 2) : cue.start])) or (
            re.match(r" (?:be|make|have been)\b", note.folded[cue.end : cue.end + 10]) and said == "would"
        ):
            continue
        if said == "could" and re.match(
            r" (?:tell|feel|see|not|hardly|barely)\b", note.folded[cue.end : cue.end + 8]
        ):
            continue  # what one could tell was so
        if said in ("whether", "can", "could", "will", "until the", "would", "expected", "hope", "hopes"):
            if cue.start < anchor.start and len(between) < 30:
                return True
            continue
        if (
            cue.start < anchor.end
            and not re.search(r"[;.]\s|\bbut\b|\bonly\b", between)
            and len(between) < 120
        ):
            return True
    return bool(
        enclosing(effects, segment) is None
        and re.match(r"\s*(?:if|when|should|unless)\b", note.text_of(segment))
    )
