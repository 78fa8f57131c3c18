"""Whether pain keeps the patient from taking full part in therapy.

Three things must come together: therapy (its name, an exercise, a therapist's note), a limit, and pain as the reason. Of
what is said in a paragraph for and against a limit the last holds, since notes tell the past first. Another reason (a
late bus, fatigue, low blood pressure) is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.answers import box
from indicated.facts.diagnosis.around import of_another, overlaps, phrases, proof
from indicated.facts.form_reply import marked, reply_to
from indicated.facts.model import Fact, Status
from indicated.facts.therapy.therapy_minutes import NAME as MINUTES
from indicated.facts.therapy.therapy_minutes import Minutes, read_minutes
from indicated.facts.therapy.therapy_names import paragraphs, therapy_document, therapy_names, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD = "pain limits therapy"
_REASONS = "pain as reason"
_MEANT = "how a limit is meant"
_NEAR = 130
_DENIED = 34
_REASON = 45
_ROWS = 2
_REPLIED = 60
_DENIED_NEAR = 10
_SIDE_BY_SIDE = 12
_SEVERE = 7
_RIGHT_BEHIND = 24
_DENIAL = lazy(
    r"\b(?:no|not|never|nothing|without|w/o|denie[sd]|denying|nor|neither|none|hardly|barely)\b|n't\b"
)
_CAUSE = lazy(
    r"\b(?:because of|due to|d/t|2/2|2°|secondary to|owing to|on account of|by|for|from|b/c(?: of)?) (?:[a-z]+ )?$"
)
_PARTED = lazy(r"[.;]\s")
_SCORE = lazy(r"[\s:=(]{0,3}(?:is |at |was )?(?P<value>\d{1,2})(?!\d)")
_COUNT = lazy(r"(?P<done>\d+) ?(?:/|of) ?(?P<planned>\d+)")
_FULL = lazy(r"\[ ?[x✓✔] ?\]|\( ?[x✓✔] ?\)|[☑☒✓✔]")
_TOLD = {"often": Status.PRESENT, "seldom": Status.ABSENT}
_YEAR = lazy(r"(?P<since>since (?:\w+ )?)?\b(?P<year>(?:19|20)\d\d)\b(?!-)")


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
        yield _fact(note, [x.segment for x in cut[-_ROWS:]], [], Status.PRESENT, "minutes were cut for pain")
    elif minutes and not found and not any(m.short for m in minutes) and not note.named(WORD, "limit"):
        yield _fact(note, [minutes[-1].segment], [], Status.ABSENT, "all minutes were done")


def _of_therapy(note: Note, fact: Fact, names: Sequence[Mention]) -> bool:
    """Whether therapy is named in what proves a limit, right beside it, or in the heading above."""
    told = {n for e in fact.evidence for n in range(note.segment_at(e.start), note.segment_at(e.end - 1) + 1)}
    around = {n + step for n in told for step in (-1, 0, 1)}
    if any(m.segment in around for m in names) or any(note.above(n, "rehab") for n in told):
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
    if pains and all(_left_empty(note, m) for m in pains):
        return None
    limits = [m for m in every if m.group == "limit"]
    free = [m for m in every if m.group in ("free", "well") and _whole(note, m)]
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
    replied = _replied(note, room, every, limits, pains)
    if replied is not None and title != "hypothetical":
        return replied
    if "ask" in groups and (pains or limits):
        return _fact(note, room, told, Status.ASKED, "asked")
    if (limits or free) and (title == "hypothetical" or ("if" in groups and _conditional(note, every, told))):
        return (
            _fact(note, room, told, Status.HYPOTHETICAL, "a condition or a general statement")
            if pains
            else None
        )
    if _past(note, every, told):
        return _fact(note, room, told, Status.HISTORICAL, "said of an earlier time") if pains else None
    if "answered yes" not in groups and _open(note, every, told):
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


def _replied(
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
        return _fact(note, room, [*limits, *options], status, "an option on a form")
    for topic in (last, limits[0]):
        reply = reply_to(note, topic, note.segments[room[-1]].end)
        if reply:
            status = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}[reply]
            why = "answered no" if reply == "no" else f"answered: {reply}"
            return _fact(note, room, [topic, *_reasons([topic], pains)], status, why)
    question = note.folded.find("?", limits[0].start, note.segments[room[-1]].end)
    asked = [m.end for m in every if m.group == "told if"] + ([question] if question >= 0 else [])
    denied = [
        m
        for m in every
        if m.group == "answered no" and any(0 <= m.start - at <= _REPLIED * 2 for at in asked)
    ]
    if denied:
        return _fact(note, room, [*limits, *denied], Status.ABSENT, "answered no")
    return None


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
    if not beside and any(m.segment == limit.segment for m in others):
        return False
    near = [
        _apart(limit, p) for p in pains if abs(p.segment - limit.segment) <= 1 and _as_reason(note, limit, p)
    ]
    if not near or min(near) > _NEAR:
        return False
    nearest = min((_apart(limit, m) for m in others), default=_NEAR + 1)
    return nearest > min(near) or min(near) < _SIDE_BY_SIDE or any(_is_cause(note, p) for p in beside)


def _as_reason(note: Note, limit: Mention, pain: Mention) -> bool:
    """Whether pain counts as a reason: a low score in a statement of its own does not ("... ended. Pain 3.")."""
    first, second = (limit, pain) if limit.start <= pain.start else (pain, limit)
    if not _PARTED.search(note.folded, first.end, second.start):
        return True
    score = _SCORE.match(note.folded, pain.end)
    return not score or int(score["value"]) >= _SEVERE


def _ruled_out(note: Note, reason: Mention) -> bool:
    """Whether another reason is denied right before it ("denies fatigue")."""
    return bool(_DENIAL.search(note.folded, max(0, reason.start - _DENIED_NEAR), reason.start))


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


def _conditional(note: Note, every: Sequence[Mention], told: Sequence[Mention]) -> bool:
    """Whether a condition governs the last of what is told: it stands before it in the same clause, or right behind it."""
    cues = [m for m in every if m.group == "if"]
    last = max(told, key=lambda m: m.start, default=None)
    if last is None:
        return bool(cues)
    for cue in cues:
        if cue.segment != last.segment:
            continue
        first, second = (cue, last) if cue.start <= last.start else (last, cue)
        between = note.folded[first.end : second.start]
        if first is last and len(between) > _RIGHT_BEHIND:
            continue
        if ";" not in between:
            return True
    return False


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
    used = sorted({m.segment for m in mentions}) or list(room)[-_ROWS:]
    return Fact(
        WORD, status, proof(note, used), date=note.document.date, reader="pain limits therapy", why=(why,)
    )
