"""The answers of forms and interviews to whether pain limits therapy, and the fact that is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.facts.diagnosis.around import proof
from indicated.facts.form_reply import marked, reply_to
from indicated.facts.model import Fact, Status
from indicated.facts.talk import answer_to, reply_in_talk
from indicated.reading.note import Mention, Note

WORD = "pain limits therapy"
_REPLIED = 60
_ROWS = 2
_TOLD = {"often": Status.PRESENT, "seldom": Status.ABSENT}


def limit_fact(
    note: Note,
    room: Sequence[int],
    mentions: Sequence[Mention],
    status: Status,
    why: str,
    proven: Sequence[int] = (),
) -> Fact:
    """A fact on whether pain limits therapy, with the statements that prove it."""
    used = sorted({m.segment for m in mentions}) or list(proven) or list(room)[-_ROWS:]
    return Fact(
        WORD, status, proof(note, used), date=note.document.date, reader="pain limits therapy", why=(why,)
    )


def apart(one: Mention, other: Mention) -> int:
    """How many characters lie between two mentions."""
    if one.start > other.end:
        return one.start - other.end
    return max(0, other.start - one.end)


def reasons_of(limits: Sequence[Mention], pains: Sequence[Mention]) -> list[Mention]:
    """The mention of pain nearest to the last of some limits."""
    return [min(pains, key=lambda p: apart(limits[-1], p))] if pains else []


def spoken_reply(note: Note, every: Sequence[Mention], pains: Sequence[Mention]) -> Fact | None:
    """The answer in an interview to whether the patient gets through the sessions, with pain given as the reason."""
    for able in (m for m in every if m.group == "ability"):
        reply = reply_in_talk(note, able)
        if reply and reply.said == "yes":
            return limit_fact(note, reply.segments, [], Status.ABSENT, "answered: yes", reply.segments)
        reasons = [m for m in pains if reply and m.segment >= reply.segments[-1]]
        if reply and reasons:
            told = (*reply.segments, reasons[0].segment)
            return limit_fact(note, told, [], Status.PRESENT, "answered: no, for pain", told)
    for limit in (m for m in every if m.group == "limit"):
        span = answer_to(note, limit)
        reasons = [m for m in pains if span and span.start <= m.start < span.stop]
        if span and reasons and not reply_in_talk(note, limit):
            told = (note.segment_at(span.asked), reasons[0].segment)
            return limit_fact(note, told, [], Status.PRESENT, "answered: pain", told)
    return None


def replied(
    note: Note,
    room: Sequence[int],
    every: Sequence[Mention],
    limits: Sequence[Mention],
    pains: Sequence[Mention],
) -> Fact | None:
    """The answer to a question for a limit: a yes or no behind it, a marked option, or a reply that is told."""
    if not (limits and pains):
        return None
    options = [m for m in every if m.group in ("often", "seldom")]
    last = max([*limits, *pains], key=lambda m: m.end)
    if len(options) > 1 and {m.group for m in options} == {"often", "seldom"}:
        chosen = marked(note, options)
        status = Status.ASKED if len(chosen) != 1 else _TOLD[chosen[0].group]
        return limit_fact(note, room, [*limits, *options], status, "an option on a form")
    for topic in (last, limits[0]):
        reply = reply_to(note, topic, note.segments[room[-1]].end)
        if reply:
            status = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}[reply]
            why = "answered no" if reply == "no" else f"answered: {reply}"
            return limit_fact(note, room, [topic, *reasons_of([topic], pains)], status, why)
    question = note.folded.find("?", limits[0].start, note.segments[room[-1]].end)
    asked = [m.end for m in every if m.group == "told if"] + ([question] if question >= 0 else [])
    denied = [
        m
        for m in every
        if m.group == "answered no" and any(0 <= m.start - at <= _REPLIED * 2 for at in asked)
    ]
    if denied:
        return limit_fact(note, room, [*limits, *denied], Status.ABSENT, "answered no")
    return None
