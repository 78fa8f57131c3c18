"""Whether therapy goes on around the block, or the block is meant to stand alone.

A plan needs both: therapy and the block named in one paragraph or heading. Of what is said for and against, the last
holds: an addendum or a reply corrects what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.facts.diagnosis.around import of_another, overlaps, phrases, proof
from indicated.facts.earlier import years_before
from indicated.facts.form_reply import has_boxes, reply_to
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status
from indicated.facts.talk import reply_in_talk
from indicated.facts.therapy.read import of_another_condition
from indicated.facts.therapy.therapy_fact import in_plan
from indicated.facts.therapy.therapy_forms import is_marked
from indicated.facts.therapy.therapy_names import paragraphs, therapy_document, therapy_names, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD = "rehabilitation plan"
_BLOCK = "plan block"
_LONG = 420
_NEAR = 150
_DENIED = 60
_TOUCHING = 2
_OBJECT = 40
_WORD_OR_TWO = 12
_ABOUT = ("on", "when", "alone", "over", "term")
_NEVER = lazy(
    r"\b(?:not had|never had|no prior|no previous|no history of|no earlier|without prior) (?:[a-z]+ ){0,3}$"
)
_NOT = lazy(r"(?:\bnot|\bnever|n't) (?:a |an |be )?$")


def read_rehabilitation_plans(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each paragraph that says how therapy and the block go together."""
    names = therapy_names(note, language)
    by_therapist = therapy_document(note, language)
    topics = [*names, *note.named(WORD, "alone"), *note.named(WORD, "general", "work")]
    if by_therapist:
        topics += note.named(_BLOCK, "block")
    if not topics or not (names or note.has(_BLOCK)):
        return
    named: dict[int, list[Mention]] = {}
    for name in names:
        named.setdefault(name.segment, []).append(name)
    for room in paragraphs(note, topics):
        here = [m for n in room for m in named.get(n, ()) if not of_another_condition(note, m)]
        fact = _judge(note, language, room, here, by_therapist)
        if fact:
            yield fact


def _judge(
    note: Note, language: Language, room: Sequence[int], names: Sequence[Mention], by_therapist: bool
) -> Fact | None:
    blocks, elsewhere = _blocks(note, room)
    if elsewhere and not blocks:
        return None
    title = next((t for n in room if (t := titled(note, language, n))), "")
    if title == "hypothetical" and any(note.above(n, "instructions heading") for n in room):
        title = ""
    topics = [*names, *phrases(note, WORD, room, "work")]
    mine = [m for m in topics if not of_another(note, m)]
    alone = [
        m
        for m in phrases(note, WORD, room, "alone", "over")
        if _reaches(m, [*mine, *blocks])
        and (m.group == "over" or not overlaps(m, phrases(note, WORD, room, "past")))
    ]
    planned = any(in_plan(note, n) for n in room)
    therapy = bool(mine) or by_therapist
    terms = phrases(note, WORD, room, "term")
    planned = planned or (by_therapist and bool(terms))
    if (whose := _of_somebody_else(note, topics, mine, blocks, title)) is not None:
        return _fact(note, room, [*topics, *blocks], Status.OTHER_PERSON, whose)
    cues = phrases(note, WORD, room)
    replied = _spoken_reply(note, mine, cues) or _replied(note, room, [*mine, *blocks], cues)
    replied = None if title == "hypothetical" else replied
    if replied:
        return replied
    if not (therapy and (blocks or planned)) and not (alone and blocks):
        return None
    ticked = _marked(note, mine, cues) if blocks and title != "hypothetical" else None
    if ticked:
        return _fact(note, room, mine, ticked, "a box is ticked")
    spoken = [m.segment for m in (*topics, *blocks)]
    groups = {c.group for c in cues if c.group != "general" or c.segment in spoken}
    if title == "hypothetical" or ("general" in groups and "past" not in groups and blocks):
        return _fact(note, room, [*mine, *alone], Status.HYPOTHETICAL, "a general statement")
    on = _goes_on(note, cues, [*mine, *blocks] if by_therapist else mine, alone)
    if blocks:
        on += [m for m in mine if _dated(note, m, planned)]
    else:
        on = [c for c in on if c.group != "when"]
    against = [c for c in alone if not _denied(note, c) and not of_another_condition(note, c)]
    turned = [c for c in alone if _denied(note, c) and mine]
    telling = sorted([*on, *against, *turned], key=lambda c: c.start)
    if (blocks or any(c.group == "boxes" for c in cues)) and _open(note, cues, room, against):
        return _fact(note, room, [*mine, *alone], Status.ASKED, "asked, left open or left blank")
    if not telling and planned and mine and any(c.group == "open" for c in cues):
        return _fact(note, room, mine, Status.ASKED, "left open")
    if telling and note.folded[note.segments[telling[-1].segment].end - 1] == "?":
        return _fact(note, room, [*mine, *telling], Status.ASKED, "a question")
    if against and not _overruled(against[-1], [*on, *turned], cues):
        return _fact(note, room, [*mine, *against], Status.ABSENT, _said(note, against[-1]))
    if not planned and not _strong(telling) and ("past" in groups or _years(note, telling, mine)):
        return _fact(note, room, [*mine, *telling], Status.HISTORICAL, "said of an earlier block")
    if not telling:
        return None
    return _fact(note, room, [*mine, *blocks, *telling], Status.PRESENT, _said(note, telling[-1]))


def _goes_on(
    note: Note, cues: Sequence[Mention], reach: Sequence[Mention], alone: Sequence[Mention]
) -> list[Mention]:
    """The words that say that therapy goes on, or when it does."""
    return [
        c
        for c in cues
        if c.group in ("on", "when", "term")
        and _reaches(c, reach)
        and not _negated(note, c)
        and not _of_pain(note, c)
        and not _of_a_drug(note, c)
        and not _within_denial(note, c, alone)
    ]


def _of_somebody_else(
    note: Note, topics: Sequence[Mention], mine: Sequence[Mention], blocks: Sequence[Mention], title: str
) -> str | None:
    """Why the statement is of another person, or None where it is of the patient."""
    if blocks and all(m.segment >= 0 and of_another(note, m) for m in blocks):
        return "the block of another person"
    if topics and blocks and (not mine or title == "other_person"):
        return "said of another person"
    if blocks and any(of_somebody_else(note, m) for m in (mine or blocks)[:1]):
        return "said of another person"
    return None


def _spoken_reply(note: Note, topics: Sequence[Mention], cues: Sequence[Mention]) -> Fact | None:
    """The answer in an interview to whether therapy goes on around the block."""
    if not any(c.group in _ABOUT for c in cues):
        return None
    for topic in topics:
        reply = reply_in_talk(note, topic)
        if reply:
            status = Status.PRESENT if reply.said == "yes" else Status.ABSENT
            return Fact(
                WORD,
                status,
                proof(note, reply.segments),
                date=note.document.date,
                reader="rehabilitation plan",
                why=(f"answered: {reply.said}",),
            )
    return None


def _replied(
    note: Note, room: Sequence[int], topics: Sequence[Mention], cues: Sequence[Mention]
) -> Fact | None:
    """What a form answers to a question for therapy around the block."""
    asked = [c for c in cues if c.group in ("on", "when", "alone")]
    if not topics or not asked or not any(has_boxes(note, n) or "?" in note.text_of(n) for n in room):
        return None
    last = max([*topics, *asked], key=lambda m: m.end)
    question = note.folded.find("?", note.segments[room[0]].start, note.segments[room[-1]].end)
    before = [m for m in (*topics, *asked) if question < 0 or m.end <= question]
    topic = max(before, key=lambda m: m.end) if before else last
    reply = reply_to(note, topic, note.segments[room[-1]].end)
    if not reply:
        return None
    status = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}[reply]
    whole = [n for n in room if note.segments[n].start >= note.segments[topic.segment].start][:2]
    return Fact(
        WORD,
        status,
        proof(note, whole),
        date=note.document.date,
        reader="rehabilitation plan",
        why=(f"answered: {reply}",),
    )


def _said(note: Note, cue: Mention) -> str:
    return f"said: '{note.folded[cue.start : cue.end]}'"


def _dated(note: Note, name: Mention, planned: bool) -> bool:
    """Whether a day that is still to come stands right behind a name of therapy ("OT visit 3/10 pm")."""
    today = note.document.date
    near = [d for d in note.dates_in(name.segment) if 0 <= d.start - name.end <= 20]
    return bool(today and near) and any((planned and not d.has_year) or d.day >= today for d in near if today)


def _years(note: Note, telling: Sequence[Mention], names: Sequence[Mention]) -> bool:
    """Whether a year before that of the document stands before what is told."""
    told = [*telling, *names]
    return any(years_before(note, m.segment, m.start) for m in told)


def _strong(telling: Sequence[Mention]) -> bool:
    return any(c.group in ("on", "term") for c in telling)


def _overruled(against: Mention, on: Sequence[Mention], cues: Sequence[Mention]) -> bool:
    """Whether what is said behind a word against therapy takes it back: it goes on, or the text turns round."""
    for cue in on:
        if cue.start < against.end:
            continue
        if cue.group != "when":
            return True
        if any(c.group == "turn" and against.end <= c.start <= cue.start for c in cues):
            return True
    return False


def _blocks(note: Note, room: Sequence[int]) -> tuple[list[Mention], list[Mention]]:
    """The blocks named in a paragraph or above it, and those that are another procedure."""
    found = phrases(note, _BLOCK, room, "block")
    others = phrases(note, _BLOCK, room, "other")
    found += [m for m in note.above(room[0], _BLOCK) if m.group == "block"]
    return [m for m in found if not overlaps(m, others) and not _never_done(note, m)], others


def _never_done(note: Note, block: Mention) -> bool:
    """Whether a block is only said not to have been done ("has not had nerve blocks of any sort")."""
    return bool(_NEVER.search(note.folded, max(0, block.start - 32), block.start))


def _of_pain(note: Note, cue: Mention) -> bool:
    """Whether it is pain that goes on ("pain continues")."""
    return any(0 <= cue.start - m.end <= _TOUCHING for m in note.within(cue.segment, "pain as reason"))


def _within_denial(note: Note, cue: Mention, against: Sequence[Mention]) -> bool:
    """Whether a word for going on is what is denied right before it ("no interest in going back to therapy")."""
    return any(
        m.group == "over"
        and 0 <= cue.start - m.end <= _WORD_OR_TWO
        and not any(sign in note.folded[m.end : cue.start] for sign in ",;.:")
        for m in against
    )


def _of_a_drug(note: Note, cue: Mention) -> bool:
    """Whether it is a drug that goes on: one is named right behind, or in a statement that names no therapy."""
    if note.within(cue.segment, "drug") and not note.within(cue.segment, "rehab"):
        return True
    behind = [m.start for m in note.within(cue.segment, "drug") if 0 <= m.start - cue.end <= _OBJECT]
    named = [m.start for m in note.within(cue.segment, "rehab") if cue.end <= m.start]
    return bool(behind) and not (named and min(named) < min(behind))


def _negated(note: Note, cue: Mention) -> bool:
    return bool(_NOT.search(note.folded, max(0, cue.start - 12), cue.start))


def _of_the_block(note: Note, cue: Mention) -> bool:
    """Whether it is the block, named right behind, that is awaited or left open."""
    return any(0 <= m.start - cue.end <= _TOUCHING for m in note.within(cue.segment, _BLOCK, "block"))


def _marked(note: Note, names: Sequence[Mention], cues: Sequence[Mention]) -> Status | None:
    """What the boxes of a form say beside the kinds of therapy and beside "none"."""
    if any(is_marked(note, m) for m in names):
        return Status.PRESENT
    if any(c.group == "nothing" and is_marked(note, c) for c in cues):
        return Status.ABSENT
    return None


def _reaches(cue: Mention, names: Sequence[Mention]) -> bool:
    return any(cue.start - m.end <= _NEAR and m.start - cue.end <= _NEAR for m in names)


def _denied(note: Note, cue: Mention) -> bool:
    return any(
        0 <= cue.start - m.end <= _DENIED and m.segment == cue.segment
        for m in note.within(cue.segment, WORD, "contrary")
    )


def _open(note: Note, cues: Sequence[Mention], room: Sequence[int], against: Sequence[Mention]) -> bool:
    """Whether the plan is asked for, undecided or left blank; a box that is ticked for "none" is an answer."""
    last = room[-1]
    if note.folded[note.segments[last].end - 1] == "?" and (
        len(room) == 1 or any(c.segment == last and c.group in _ABOUT for c in cues)
    ):
        return True
    if any(c.group == "open" and not _of_the_block(note, c) for c in cues):
        return True
    boxes = [c for c in cues if c.group == "boxes"]
    return bool(boxes) and not (against and against[-1].start > boxes[0].start)


def _fact(note: Note, room: Sequence[int], mentions: Sequence[Mention], status: Status, why: str) -> Fact:
    used = sorted({m.segment for m in mentions if m.segment in set(room)}) or [room[0]]
    return Fact(
        WORD, status, proof(note, used), date=note.document.date, reader="rehabilitation plan", why=(why,)
    )
