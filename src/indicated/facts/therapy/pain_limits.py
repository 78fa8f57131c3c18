"""Whether pain keeps the patient from taking full part in therapy.

Three things must come together: therapy (its name, an exercise, a therapist's note), a limit, and pain as the reason. Of
what is said in a paragraph for and against a limit the last holds, since notes tell the past first. Another reason (a
late bus, fatigue, low blood pressure) is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indicated.facts.answers import box
from indicated.facts.diagnosis.around import of_another, overlaps, phrases
from indicated.facts.earlier import years_before, years_behind
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status
from indicated.facts.therapy.limit_answers import WORD, apart, limit_fact, reasons_of, replied, spoken_reply
from indicated.facts.therapy.therapy_minutes import NAME as MINUTES
from indicated.facts.therapy.therapy_minutes import Minutes, read_minutes
from indicated.facts.therapy.therapy_names import paragraphs, therapy_document, therapy_names, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_REASONS = "pain as reason"
_MEANT = "how a limit is meant"
_NEAR = 130
_DENIED = 34
_REASON = 45
_ROWS = 2
_CLAUSE = 24
_DENIED_NEAR = 10
_SIDE_BY_SIDE = 12
_SEVERE = 7
_RIGHT_BEHIND = 24
_DENIAL = lazy(
    r"\b(?:no|not|never|nothing|without|w/o|denie[sd]|denying|nor|neither|none|hardly|barely)\b|n't\b"
)
_NOT_OWN = lazy(r"\bnot $")
_WHAT = lazy(r"\bwhat $")
_NAMES_REASON = lazy(r" ?(?:by|due to|d/t|because of|b/c of|2/2|secondary to|owing to|on account of)\b")
_CLAUSE_END = lazy(r"[;|]|\. |$")
_NAMED = lazy(r"\b(?:mrs?|ms|miss)\b\.? [a-z]")
_NONE = lazy(r" ?[:=-] ?(?:none|nil|n/a|no|0)\b(?! \w)")
_CAUSE = lazy(
    r"\b(?:because of|due to|d/t|2/2|2°|secondary to|owing to|on account of|by|for|from|b/c(?: of)?) (?:[a-z]+ )?$"
)
_PARTED = lazy(r"[.;]\s")
_SCORE = lazy(r"[\s:=(]{0,3}(?:is |at |was )?(?P<value>\d{1,2})(?!\d)")
_COUNT = lazy(r"(?P<done>\d+) ?(?:/|of) ?(?P<planned>\d+)")
_FULL = lazy(r"\[ ?[x✓✔] ?\]|\( ?[x✓✔] ?\)|[☑☒✓✔]")


def read_pain_limits(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what each paragraph says of whether pain limits therapy, weighed against the rest of the document."""
    if not (note.has(WORD) or note.has(_MEANT) or note.has(MINUTES)):
        return
    names = therapy_names(note, language)
    by_therapist = therapy_document(note, language)
    telling = [*note.named(WORD), *note.named(_MEANT, "blank", "often", "seldom")]
    found: list[Fact] = []
    for room in paragraphs(note, telling):
        here = set(room)
        if not (by_therapist or _spoken(note, room, [m for m in names if m.segment in here])):
            continue
        fact = _judge(note, language, room)
        if fact and (by_therapist or fact.status is not Status.PRESENT or _of_therapy(note, fact, names)):
            found.append(fact)
    if names or by_therapist:
        found += _by_minutes(note, list(read_minutes(note)), found)
    yield from _weighed(note, found)


def _by_minutes(note: Note, minutes: Sequence[Minutes], found: Sequence[Fact]) -> Iterator[Fact]:
    """A shortfall with pain beside it is a limit; full minutes are none only where nothing was cut short."""
    cut = [m for m in minutes if m.short and m.pain]
    if cut:
        yield limit_fact(
            note, [x.segment for x in cut[-_ROWS:]], [], Status.PRESENT, "minutes were cut for pain"
        )
    elif minutes and not found and not any(m.short for m in minutes) and not note.named(WORD, "limit"):
        yield limit_fact(note, [minutes[-1].segment], [], Status.ABSENT, "all minutes were done")


def _of_therapy(note: Note, fact: Fact, names: Sequence[Mention]) -> bool:
    """Whether therapy is named in what proves a limit, right beside it, or in the heading above."""
    told = {n for e in fact.evidence for n in range(note.segment_at(e.start), note.segment_at(e.end - 1) + 1)}
    around = {n + step for n in told for step in (-2, -1, 0, 1)}
    if any(m.segment in around for m in names) or any(_headed(note, n) for n in told):
        return True
    near = sorted(n for n in around if 0 <= n < len(note.segments))
    return bool(phrases(note, "exercise named", near, "sessions"))


def _weighed(note: Note, found: Sequence[Fact]) -> Iterator[Fact]:
    """What a document says on the whole: full minutes and good days after a block do not outweigh a limit that it shows."""
    limited = any(f.status is Status.PRESENT for f in found)
    for fact in found:
        if (
            fact.status is Status.ABSENT
            and fact.why != ("answered no",)
            and _weak(note, fact, limited=limited)
        ):
            continue
        yield fact


def _weak(note: Note, fact: Fact, *, limited: bool) -> bool:
    """Whether a full session weighs little: beside a limit, or told in numbers where the program itself was cut down."""
    segments = [note.segment_at(e.start) for e in fact.evidence]
    rows = any(note.segments[n].row for n in segments)
    block = bool(phrases(note, "plan block", segments, "block"))
    free = phrases(note, WORD, segments, "free", "well")
    counted = bool(free) and all(any(c.isdigit() for c in note.folded[m.start : m.end]) for m in free)
    if limited:
        return rows or block or counted
    return counted and any(m.segment not in segments for m in note.named(WORD, "limit"))


def _spoken(note: Note, room: Sequence[int], names: Sequence[Mention]) -> bool:
    if names or _headed(note, room[0]):
        return True
    if phrases(note, "exercise named", room, "sessions"):
        return True
    return len(phrases(note, "exercise named", room)) > 1


def _headed(note: Note, segment: int) -> bool:
    """Whether therapy is named in the heading above, and not only something that looks like it."""
    above = note.above(segment, "rehab")
    return bool(above) and not any(m.name == "rehab.not" for m in above)


def _judge(note: Note, language: Language, room: Sequence[int]) -> Fact | None:
    title = next((t for n in room if (t := titled(note, language, n))), "")
    every = [m for name in (WORD, _REASONS, _MEANT) for m in phrases(note, name, room)]
    every = [m for m in every if m.group != "not"]
    groups = {m.group for m in every}
    pains = [m for m in every if m.group in ("pain", "disease")]
    if pains and all(_left_empty(note, m) for m in pains):
        return None
    others = [m for m in every if m.group == "other reason"]
    limits = [m for m in every if m.group == "limit" and not any(o.covers(m) for o in others)]
    free = [m for m in every if m.group in ("free", "well") and _whole(note, m)]
    own = [m for m in every if m.group == "own"]
    mine = [m for m in (*limits, *free, *pains) if _of_patient(note, m, own)]
    if not (pains or free or (limits and "blank" in groups) or _none_named(note, limits)):
        return None
    if title == "other_person" or ((limits or free) and not [m for m in mine if m.group != "pain"]):
        return (
            limit_fact(note, room, limits or free, Status.OTHER_PERSON, "said of another person")
            if pains
            else None
        )
    limits = [m for m in limits if m in mine and not overlaps(m, free)]
    free = [m for m in free if m in mine]
    so_now = {m.segment for m in every if m.group == "so now"}
    negated = [m for m in limits if _denied(note, m) and m.segment not in so_now]
    caused = [m for m in limits if m not in negated and _by_pain(note, m, pains, every)]
    told = [*caused, *negated, *free]
    answered = spoken_reply(note, every, pains) or replied(note, room, every, limits, pains)
    if answered is not None and title != "hypothetical":
        return answered
    asked = {m.segment for m in every if m.group == "blank" and m.segment in {t.segment for t in told}}
    asks = any(note.folded[note.segments[n].end - 1] == "?" for n in asked)
    if ("ask" in groups or asks) and (pains or limits):
        return limit_fact(note, room, told, Status.ASKED, "asked")
    if (limits or free) and (title == "hypothetical" or ("if" in groups and _conditional(note, every, told))):
        return (
            limit_fact(note, room, told, Status.HYPOTHETICAL, "a condition or a general statement")
            if pains
            else None
        )
    if _past(note, every, told):
        return limit_fact(note, room, told, Status.HISTORICAL, "said of an earlier time") if pains else None
    if "answered yes" not in groups and _open(note, every, told):
        return (
            limit_fact(note, room, told, Status.ASKED, "asked, not known or left blank")
            if pains or limits
            else None
        )
    return _verdict(note, room, title, _Told(every, pains, told, caused, negated))


class _Told(NamedTuple):
    """The words of a statement, sorted: all of them, those of pain, and those that tell of a limit or of none."""

    every: list[Mention]
    pains: list[Mention]
    told: list[Mention]
    caused: list[Mention]
    negated: list[Mention]


def _verdict(note: Note, room: Sequence[int], title: str, found: _Told) -> Fact | None:
    """What the last word on a limit says, once it is told of the patient and of now."""
    every, pains, told, caused, negated = found
    if caused:
        told = [m for m in told if m in caused or not _on_good_days(note, m)]
    strong = [m for m in told if m.group != "well"]
    last = max(strong or told, key=lambda m: m.start, default=None)
    if last is None:
        able = [m for m in every if m.group == "ability"]
        wanted = bool(able and pains) and (title == "planned" or _is_goal(note, every, able[-1]))
        return limit_fact(note, room, able, Status.PLANNED, "a goal") if wanted else None
    if title == "planned" or _is_goal(note, every, last):
        return limit_fact(note, room, told, Status.PLANNED, "a goal") if pains else None
    if _elsewhere(note, last):
        return None
    said = f"said: '{note.folded[last.start : last.end]}'"
    if last in caused:
        return limit_fact(note, room, [*caused, *reasons_of(caused, pains)], Status.PRESENT, said)
    if last in negated and not pains and not _none_named(note, [last]):
        return None
    return limit_fact(note, room, [last, *reasons_of([last], pains)], Status.ABSENT, said)


def _of_patient(note: Note, told: Mention, own: Sequence[Mention]) -> bool:
    """Whether it is told of the patient: "our patient" says so, unless somebody named stands in front of it all."""
    here = [m for m in own if m.segment == told.segment]
    start = note.segments[told.segment].start
    if here and all(m.start >= told.end for m in here) and _NAMED.search(note.folded, start, told.start):
        return False
    if here:
        return not any(_NOT_OWN.search(note.folded, max(0, m.start - 4), m.start) for m in here)
    return not of_another(note, told) and not of_somebody_else(note, told)


def _on_good_days(note: Note, told: Mention) -> bool:
    """Whether a session without a limit is told of the days that a block lasted ("while the block held he did it all")."""
    cues = note.within(told.segment, _MEANT, "meanwhile")
    return bool(cues) and bool(note.within(told.segment, "plan block", "block"))


def _is_goal(note: Note, every: Sequence[Mention], told: Mention) -> bool:
    """Whether a goal leads in what is told; a number to be reached in brackets does not."""
    return any(
        m.group == "goal"
        and m.start < told.start
        and (m.segment == told.segment or note.folded[m.end : m.end + 1] == ":")
        and "(" not in note.folded[max(0, m.start - 1) : m.start]
        for m in every
    )


def _none_named(note: Note, limits: Sequence[Mention]) -> bool:
    """Whether a field for what limits says that nothing does ("Limiting factor: none")."""
    return any(_NONE.match(note.folded, m.end) for m in limits)


def _whole(note: Note, free: Mention) -> bool:
    """Whether a count that stands for a full session is full ("45/45"); "finished 2/14" is a date or a part."""
    pair = _COUNT.search(note.folded, free.start, free.end)
    return not pair or pair["done"] == pair["planned"]


def _left_empty(note: Note, pain: Mention) -> bool:
    """Whether the box before pain is empty beside another that is ticked."""
    return box(note.folded, pain.start) == "empty" and bool(_FULL.search(note.text_of(pain.segment)))


def _elsewhere(note: Note, mention: Mention) -> bool:
    """Whether it is of the therapy of another part of the body."""
    return bool(note.within(mention.segment, "therapy", "other")) and not note.within(
        mention.segment, "therapy", "this"
    )


def _by_pain(note: Note, limit: Mention, pains: Sequence[Mention], every: Sequence[Mention]) -> bool:
    """Whether pain is near enough to be the reason, and no other reason stands nearer."""
    others = [
        m for m in every if m.group == "other reason" and not overlaps(m, [limit]) and not _ruled_out(note, m)
    ]
    beside = [p for p in pains if p.segment == limit.segment]
    if _another_is_named(note, limit, pains):
        return False
    if not beside and any(m.segment == limit.segment for m in others):
        return False
    near = [
        apart(limit, p) for p in pains if abs(p.segment - limit.segment) <= 1 and _as_reason(note, limit, p)
    ]
    if not near or min(near) > _NEAR:
        return False
    nearest = min((apart(limit, m) for m in others), default=_NEAR + 1)
    return nearest > min(near) or min(near) < _SIDE_BY_SIDE or any(_is_cause(note, p) for p in beside)


def _another_is_named(note: Note, limit: Mention, pains: Sequence[Mention]) -> bool:
    """Whether the reason is named right behind a limit and is not pain ("limited by grip", "what limits it is grip")."""
    what = _WHAT.search(note.folded, max(0, limit.start - 6), limit.start)
    if not what and not _NAMES_REASON.match(note.folded, limit.end):
        return False
    end = _CLAUSE_END.search(note.folded, limit.end)
    stop = end.start() if end else limit.end
    before = note.folded.rfind(";", 0, limit.start)
    felt = [p for p in pains if not _ruled_out(note, p)]
    return not any(
        limit.start <= p.start < stop
        or (not what and max(before, limit.start - _NEAR // 2) < p.start < limit.start)
        for p in felt
    )


def _as_reason(note: Note, limit: Mention, pain: Mention) -> bool:
    """Whether pain counts as a reason: a low score in a statement of its own does not ("... ended. Pain 3.")."""
    first, second = (limit, pain) if limit.start <= pain.start else (pain, limit)
    if not _PARTED.search(note.folded, first.end, second.start):
        return True
    score = _SCORE.match(note.folded, pain.end)
    return not score or int(score["value"]) >= _SEVERE


def _ruled_out(note: Note, reason: Mention) -> bool:
    """Whether a reason is denied right before it ("denies fatigue", "no pain")."""
    return bool(_DENIAL.search(note.folded, max(0, reason.start - _DENIED_NEAR), reason.start))


def _is_cause(note: Note, pain: Mention) -> bool:
    return bool(_CAUSE.search(note.folded, max(0, pain.start - 24), pain.start))


def _denied(note: Note, limit: Mention) -> bool:
    """Whether a limit is denied: "pain has never held him back", "nothing has had to be cut for pain"."""
    if _NONE.match(note.folded, limit.end):
        return True
    if _DENIAL.search(note.folded, limit.start, limit.end):
        return False
    start = max(note.segments[limit.segment].start, limit.start - _DENIED)
    before = re.split(r"[,;:|.(]|\bbut\b|\band\b", note.folded[start : limit.start])[-1]
    return bool(_DENIAL.search(before))


def _conditional(note: Note, every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    """Whether a condition governs the last of what is told: it stands before it in the same clause, or right behind it."""
    cues = [m for m in every if m.group == "if"]
    last = max(told, key=lambda m: m.start, default=None)
    if last is None:
        return bool(cues)
    for cue in cues:
        if cue.segment != last.segment or _is_name(note, cue):
            continue
        first, second = (cue, last) if cue.start <= last.start else (last, cue)
        between = note.folded[first.end : second.start]
        if first is last and len(between) > _RIGHT_BEHIND:
            continue
        if ";" not in between and not _is_now(every, last):
            return True
    return False


def _is_name(note: Note, cue: Mention) -> bool:
    """Whether a word is written with a capital inside its sentence, as the month of May is."""
    return note.document.text[cue.start].isupper() and cue.start > note.segments[cue.segment].start


def _is_now(every: Sequence[Mention], told: Mention) -> bool:
    """Whether a word of the present stands right behind what is told ("the steps that pain denies her now")."""
    return any(m.group == "now" and 0 <= m.start - told.end <= _RIGHT_BEHIND // 2 for m in every)


def _open(note: Note, every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    """Whether it is asked for, not known or left blank; a question of something else asks nothing."""
    said = {m.segment for m in told}
    blanks = [m for m in every if m.group == "blank"]
    return any(not said or m.segment in said or note.folded[m.start] != "?" for m in blanks)


def _past(note: Note, every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    """Whether the last word on a limit is of an earlier time: told so, or of a year before that of the document."""
    if not told:
        return False
    last = max(told, key=lambda m: m.start)
    every = [m for m in every if m.group != "past" or not overlaps(m, told)]
    past = [
        m.start for m in every if m.group == "past" and m.start <= last.start and m.segment == last.segment
    ]
    past += years_before(note, last.segment, last.start)
    past += [m.start for m in every if m.group == "past" and 0 <= m.start - last.end <= _CLAUSE]
    past += years_behind(note, last, _NEAR)
    if not past:
        return False
    return not any(m.group == "now" and max(past) < m.start < last.end for m in every)
