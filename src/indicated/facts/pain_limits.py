"""Whether pain keeps the patient from taking full part in therapy.

Three things must come together: therapy (its name, an exercise, a therapist's note), a limit, and pain as the reason. Of
what is said in a paragraph for and against a limit the last holds, since notes tell the past first. Another reason (a
late bus, fatigue, low blood pressure) is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.around import of_another, overlaps, phrases, proof
from indicated.facts.model import Fact, Status
from indicated.facts.therapy_names import paragraphs, therapy_document, therapy_names, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

WORD = "pain limits therapy"
_REASONS = "pain as reason"
_MEANT = "how a limit is meant"
_NEAR = 130
_DENIED = 34
_REASON = 45
_DENIAL = re.compile(
    r"\b(?:no|not|never|nothing|without|w/o|denie[sd]|denying|nor|neither|none|hardly|barely)\b|n't\b"
)
_CAUSE = re.compile(
    r"\b(?:because of|due to|d/t|2/2|2°|secondary to|owing to|on account of|by|for|from|b/c(?: of)?) (?:[a-z]+ )?$"
)
_YEAR = re.compile(r"(?P<since>since (?:\w+ )?)?\b(?P<year>(?:19|20)\d\d)\b(?!-)")


def read_pain_limits(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each paragraph that says whether pain limits therapy."""
    if not (note.has(WORD) or note.has(_MEANT)):
        return
    names = therapy_names(note, language)
    by_therapist = therapy_document(note, language)
    telling = [*note.named(WORD), *note.named(_MEANT, "blank")]
    for room in paragraphs(note, telling):
        here = set(room)
        if not (by_therapist or _spoken(note, room, [m for m in names if m.segment in here])):
            continue
        fact = _judge(note, language, room)
        if fact:
            yield fact


def _spoken(note: Note, room: Sequence[int], names: Sequence[Mention]) -> bool:
    if names or note.above(room[0], "rehab"):
        return True
    if phrases(note, "exercise named", room, "sessions"):
        return True
    return len(phrases(note, "exercise named", room)) > 1


def _judge(note: Note, language: Language, room: Sequence[int]) -> Fact | None:
    title = next((t for n in room if (t := titled(note, language, n))), "")
    every = [m for name in (WORD, _REASONS, _MEANT) for m in phrases(note, name, room)]
    groups = {m.group for m in every}
    pains = [m for m in every if m.group in ("pain", "disease")]
    limits = [m for m in every if m.group == "limit"]
    free = [m for m in every if m.group in ("free", "well")]
    own = {m.segment for m in every if m.group == "own"}
    mine = [m for m in (*limits, *free, *pains) if m.segment in own or not of_another(note, m)]
    if not (pains or free or (limits and "blank" in groups)):
        return None
    if title == "other_person" or ((limits or free) and not [m for m in mine if m.group != "pain"]):
        return (
            _fact(note, room, limits or free, Status.OTHER_PERSON, "said of another person")
            if pains
            else None
        )
    limits = [m for m in limits if m in mine and not overlaps(m, free)]
    free = [m for m in free if m in mine]
    negated = [m for m in limits if _denied(note, m)]
    caused = [m for m in limits if m not in negated and _by_pain(note, m, pains, every)]
    told = [*caused, *negated, *free]
    if (limits or free) and (title == "hypothetical" or ("if" in groups and _conditional(every, told))):
        return (
            _fact(note, room, told, Status.HYPOTHETICAL, "a condition or a general statement")
            if pains
            else None
        )
    if "answered no" in groups and limits and pains:
        return _fact(
            note,
            room,
            [*limits, *(m for m in every if m.group == "answered no")],
            Status.ABSENT,
            "answered no",
        )
    if _past(note, every, told):
        return _fact(note, room, told, Status.HISTORICAL, "said of an earlier time") if pains else None
    if "answered yes" not in groups and _open(every):
        return (
            _fact(note, room, told, Status.ASKED, "asked, not known or left blank")
            if pains or limits
            else None
        )
    strong = [m for m in told if m.group != "well"]
    last = max(strong or told, key=lambda m: m.start, default=None)
    if last is None:
        return None
    if title == "planned" or (
        "goal" in groups and min(m.start for m in every if m.group == "goal") < last.start
    ):
        return _fact(note, room, told, Status.PLANNED, "a goal") if pains else None
    if _elsewhere(note, last):
        return None
    said = f"said: '{note.folded[last.start : last.end]}'"
    if last in caused:
        return _fact(note, room, [*caused, *_reasons(caused, pains)], Status.PRESENT, said)
    if last in negated and not pains:
        return None
    return _fact(note, room, [last, *_reasons([last], pains)], Status.ABSENT, said)


def _elsewhere(note: Note, mention: Mention) -> bool:
    """Whether it is of the therapy of another part of the body."""
    return bool(note.within(mention.segment, "therapy", "other")) and not note.within(
        mention.segment, "therapy", "this"
    )


def _by_pain(note: Note, limit: Mention, pains: Sequence[Mention], every: Sequence[Mention]) -> bool:
    """Whether pain is near enough to be the reason, and no other reason stands nearer."""
    near = [
        _apart(limit, p) for p in pains if p.segment in (limit.segment, limit.segment + 1, limit.segment - 1)
    ]
    if not near or min(near) > _NEAR:
        return False
    others = [_apart(limit, m) for m in every if m.group == "other reason" and not overlaps(m, [limit])]
    return not others or min(others) > min(near) or min(near) < 12 or any(_is_cause(note, p) for p in pains)


def _is_cause(note: Note, pain: Mention) -> bool:
    return bool(_CAUSE.search(note.folded, max(0, pain.start - 24), pain.start))


def _apart(one: Mention, other: Mention) -> int:
    if one.start > other.end:
        return one.start - other.end
    return max(0, other.start - one.end)


def _reasons(limits: Sequence[Mention], pains: Sequence[Mention]) -> list[Mention]:
    return [min(pains, key=lambda p: _apart(limits[-1], p))] if pains else []


def _denied(note: Note, limit: Mention) -> bool:
    """Whether a limit is denied: "pain has never held him back", "nothing has had to be cut for pain"."""
    if _DENIAL.search(note.folded, limit.start, limit.end):
        return False
    start = max(note.segments[limit.segment].start, limit.start - _DENIED)
    before = re.split(r"[,;:|.(]|\bbut\b|\band\b", note.folded[start : limit.start])[-1]
    return bool(_DENIAL.search(before))


def _conditional(every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    first = min(m.start for m in every if m.group == "if")
    return not told or first < min(m.start for m in told) + 1


def _open(every: Sequence[Mention]) -> bool:
    """Whether it is asked for, not known or left blank; a blank box beside a ticked one is an answer."""
    return any(m.group == "blank" for m in every)


def _past(note: Note, every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    """Whether the last word on a limit is of an earlier time: told so, or of a year before that of the document."""
    if not told:
        return False
    last = max(told, key=lambda m: m.start)
    past = [m.start for m in every if m.group == "past" and m.start <= last.start]
    past += years_before(note, last.segment, last.start)
    if not past:
        return False
    return not any(m.group == "now" and max(past) < m.start < last.end for m in every)


def years_before(note: Note, segment: int, position: int) -> list[int]:
    """Where a year before that of the document stands in a statement in front of a position, unless "since" it."""
    if note.document.date is None:
        return []
    start = note.segments[segment].start
    return [
        match.start()
        for match in _YEAR.finditer(note.folded, start, position)
        if int(match["year"]) < note.document.date.year and not match["since"]
    ]


def _fact(note: Note, room: Sequence[int], mentions: Sequence[Mention], status: Status, why: str) -> Fact:
    used = sorted({m.segment for m in mentions}) or [room[0]]
    return Fact(
        WORD, status, proof(note, used), date=note.document.date, reader="pain limits therapy", why=(why,)
    )
