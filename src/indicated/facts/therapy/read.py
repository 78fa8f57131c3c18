"""Physical or occupational therapy for the condition: begun, ended, ordered, not begun or refused.

Of the cues near a name the nearest tells; what stands in the next statement counts when that has no name of its own.
A visit, a treatment or a billed unit is a beginning; an order, an intake or an exercise sheet is none. Therapy of another
part of the body gives no fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.facts.answers import box
from indicated.facts.diagnosis.around import of_another, phrases
from indicated.facts.form_reply import has_boxes, reply_to, ticked
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status, Value
from indicated.facts.talk import reply_in_talk
from indicated.facts.therapy.therapy_fact import COUNTED, WORD, in_plan, therapy_fact
from indicated.facts.therapy.therapy_forms import (
    asks_for_else,
    by_cell,
    by_column,
    by_count,
    by_day,
    by_first_day,
    by_pair,
    by_time,
    is_unfilled,
)
from indicated.facts.therapy.therapy_names import therapy_document, therapy_names, titled
from indicated.facts.therapy.therapy_status import TOLD, status_of
from indicated.facts.therapy.therapy_visits import dated_start, discharged, visits
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_LAST = "last visit of therapy"
_STRONG = ("rehab.name", "rehab.short")
_REACH = 110
_BEHIND = 4
_CLAUSE = 30
_REACH_BEHIND, _REACH_BEFORE = 30, 32
_NEXT_STATEMENT = 45
_TELLING = ("begun", "again")
_EMPTY = lazy(r"(?:\[ *\]|\( *\)|☐|□) *(?:[a-z]+ ){0,2}$")
_DENIED = lazy(r"(?:\bnot|\bnever|n't|\bwithout) (?:yet |have |has |been |one to |going to |ever )*$")
_FIELD = lazy(r":\s*_{2,}\s*$")
_RECENT_DAYS = 45
_FOLLOWING = ("refused", "ended", "not begun", "begun", "blank", "not treated")
_WEIGHT = {"ordered": 14, "could": 14, "condition": 14, "begun": 3, "possessed": 45}
"""How much farther a weak cue counts as standing: "referred to PT, attends weekly" is attendance."""


def read_therapy(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each statement about therapy; in a therapist's note dates and counts of visits come first."""
    by_segment: dict[int, list[Mention]] = {}
    for name in therapy_names(note, language):
        by_segment.setdefault(name.segment, []).append(name)
    facts = [f for n, here in by_segment.items() if (f := _judge(note, language, n, here, by_segment))]
    for counted in note.named(WORD, "counted"):
        if counted.segment not in by_segment and not of_another(note, counted):
            facts.append(  # noqa: PERF401
                therapy_fact(note, [counted.segment], Status.PRESENT, "visits were counted", COUNTED)
            )
    begun = any(f.status is Status.PRESENT for f in facts)
    if therapy_document(note, language):
        closed = any(f.status is Status.HISTORICAL for f in facts)
        dated = dated_start(note, language)
        if dated is not None and (begun or closed or not facts):
            status = Status.HISTORICAL if closed and discharged(note) else Status.PRESENT
            yield therapy_fact(note, [dated], status, "the start or the visits are told", COUNTED)
            facts = [f for f in facts if f.status is not Status.PRESENT]
            begun = True
    yield from _strongest(facts)
    if not begun and not any(f.status is Status.HISTORICAL for f in facts):
        yield from visits(note, language, by_segment)


def _strongest(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a document; of several that therapy has begun only those that show it best."""
    ranks = [fact.attributes.get("counted") for fact in facts if fact.status is Status.PRESENT]
    best = True if True in ranks else False if False in ranks else None
    for fact in facts:
        if fact.status is not Status.PRESENT or fact.attributes.get("counted") is best:
            yield fact


def _judge(
    note: Note, language: Language, segment: int, names: Sequence[Mention], named: dict[int, list[Mention]]
) -> Fact | None:
    title = titled(note, language, segment)
    none = _none_for_this(note, segment, named)
    if none is not None:
        return therapy_fact(note, [segment, none], Status.ABSENT, "none for this condition")
    mine = [m for m in names if not of_another(note, m)]
    if (
        mine
        and all(of_somebody_else(note, m) for m in mine if m.name != "rehab.person")
        and any(m.name != "rehab.person" for m in mine)
    ):
        mine = []
    if not mine or title == "other_person":
        if any(m.name != "rehab.person" for m in names):
            return therapy_fact(note, [segment], Status.OTHER_PERSON, "said of another person")
        return None
    if any(of_another_condition(note, m) for m in mine):
        return None
    used, cues = _told_here(note, segment, mine, named)
    chosen = _chosen(note, segment, cues)
    if chosen == [] and not _ticked_name(note, mine):
        return therapy_fact(note, [segment], Status.ASKED, "none of its boxes is ticked")
    if chosen is not None:
        cues = [c for c in cues if c.group not in TOLD or c in chosen]
    groups = {c.group for c in cues}
    signs = [c for c in cues if c.group == "blank" and not note.folded[c.start].isalnum()]
    if title == "hypothetical" and not signs:
        return therapy_fact(note, [segment], Status.HYPOTHETICAL, "a general statement")
    told = (
        by_pair(note, mine)
        or by_time(note, mine)
        or by_cell(note, mine)
        or by_column(note, mine)
        or by_first_day(note, cues)
    )
    told = told or (None if groups & {"ended", "closed"} else by_count(note, segment))
    if told:
        return therapy_fact(note, [segment], told, "told by a box, a cell or a count", COUNTED)
    if any(m.name == "rehab.code" for m in mine) and "ordered" not in groups:
        return therapy_fact(note, [segment], Status.PRESENT, "treatment was billed", COUNTED)
    if _unticked(note, segment, mine):
        return therapy_fact(note, [segment], Status.ASKED, "its box is empty")
    elsewhere = asks_for_else(note, segment, [*mine, *(c for c in cues if c.group in TOLD)])
    replied = None if chosen or elsewhere else _replied(note, segment, mine, cues)
    if replied:
        return replied
    answered = "refused" in groups and len(used) > 1 and note.folded[note.segments[segment].end - 1] == "?"
    if "presumed" in groups and note.folded[note.segments[segment].end - 1] == "?":
        return therapy_fact(note, [segment], Status.PRESENT, "a question that takes it for granted")
    open_ = _open(note, segment, groups) and not answered and not elsewhere
    if _left_blank(note, mine, cues) or is_unfilled(note, signs) or open_:
        return therapy_fact(note, used, Status.ASKED, "asked or left blank")
    best = _best(note, mine, cues, segment)
    if best is None:
        return _by_frequency(note, segment, groups, title, mine)
    return _as_told(note, segment, cues, best)


def _told_here(
    note: Note, segment: int, mine: Sequence[Mention], named: dict[int, list[Mention]]
) -> tuple[list[int], list[Mention]]:
    """The segments and the words that say what became of therapy: those near its name, and those of the next sentence."""
    used = [segment]
    cues = [c for name in (WORD, _LAST) for c in note.within(segment, name) if _near(c, mine)]
    following = segment + 1
    if _follows(note, segment) and following not in named:
        later = note.within(following, WORD, *_FOLLOWING)
        if not later and _follows(note, following) and following + 1 not in named:
            following += 1
            later = note.within(following, WORD, "not begun", "refused")
        if later:
            cues += later
            used.append(following)
    return used, [_as_meant(note, c) for c in cues]


def _as_told(note: Note, segment: int, cues: Sequence[Mention], best: Mention) -> Fact | None:
    groups = {c.group for c in cues}
    status = status_of(note, cues, best)
    counted = any(c.isdigit() for c in note.folded[best.start : best.end])
    if "enclosed" in groups and status is Status.PRESENT and not counted:
        return None
    attributes: dict[str, Value] = {}
    if best.group == "refused" and status is Status.ABSENT:
        attributes = {"refused": True}
    elif best.group in _TELLING and status is Status.PRESENT:
        attributes = {"counted": counted}
    where = sorted({segment, best.segment})
    return therapy_fact(
        note, where, status, f"{best.group}: '{note.folded[best.start : best.end]}'", attributes
    )


def _none_for_this(note: Note, segment: int, named: dict[int, list[Mention]]) -> int | None:
    """Where it is said that there was none for this limb, in the statement or right behind it."""
    here = [segment, *([segment + 1] if _follows(note, segment) and segment + 1 not in named else [])]
    return next((m.segment for m in phrases(note, WORD, here, "none for this")), None)


def _chosen(note: Note, segment: int, cues: Sequence[Mention]) -> list[Mention] | None:
    """Of the cues with boxes those that are ticked, None where there are no boxes."""
    if not has_boxes(note, segment):
        return None
    return ticked(note, [c for c in cues if c.group in TOLD])


def _ticked_name(note: Note, names: Sequence[Mention]) -> bool:
    return any(box(note.folded, m.start) == "full" for m in names)


def _replied(note: Note, segment: int, names: Sequence[Mention], cues: Sequence[Mention]) -> Fact | None:
    """The yes or no behind a field or a question for therapy."""
    end = note.segments[segment].end
    question = note.folded.find("?", note.segments[segment].start, end)
    topics = [
        *names,
        *(c for c in cues if c.group in ("begun", "possessed", "again", "not begun", "ordered")),
    ]
    before = [t for t in topics if question < 0 or t.end <= question + 1]
    if not before:
        return None
    used = [segment]
    topic = max(before, key=lambda t: t.end) if question >= 0 or has_boxes(note, segment) else names[-1]
    spoken = reply_in_talk(note, topic)
    if spoken:
        told = Status.PRESENT if spoken.said == "yes" else Status.ABSENT
        told = Status.PLANNED if spoken.said == "yes" and topic.group == "ordered" else told
        return therapy_fact(note, spoken.segments, told, f"answered: {spoken.said}")
    follows = segment + 1
    if 0 <= question == end - 1 and _follows(note, segment):
        end = note.segments[follows].end
        used.append(follows)
    reply = reply_to(note, topic, end)
    if not reply:
        return None
    if reply == "yes" and topic.group == "ordered":
        return therapy_fact(note, used, Status.PLANNED, "answered: yes")
    status = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}[reply]
    return therapy_fact(note, used, status, f"answered: {reply}")


def _as_meant(note: Note, cue: Mention) -> Mention:
    """A cue as it is meant where it stands: a denied end is no end, a last visit of these weeks is attendance."""
    if cue.name == _LAST:
        today = note.document.date
        days = [(today - d.day).days for d in note.dates_in(cue.segment) if today and d.start >= cue.start]
        return _regrouped(cue, "begun" if days and 0 <= days[0] <= _RECENT_DAYS else "ended")
    if cue.group in ("ended", "refused"):
        before = note.folded[max(note.segments[cue.segment].start, cue.start - 22) : cue.start]
        if _DENIED.search(before):
            return _regrouped(cue, "begun")
    return cue


def _regrouped(cue: Mention, group: str) -> Mention:
    return Mention(cue.name, group, cue.start, cue.end, cue.segment)


def _best(note: Note, names: Sequence[Mention], cues: Sequence[Mention], segment: int) -> Mention | None:
    """The cue that tells: for each name the nearest; of several names the one that is nearest to the present."""
    order = (
        "closed", "begun", "again", "possessed", "refused", "not begun", "not now", "ended", "ordered", "condition", "could",
    )  # fmt: skip
    chosen: list[Mention] = []
    telling = [c for c in cues if c.group in TOLD]
    for name in names:
        ranked = sorted(telling, key=lambda c: _distance(note, name, c, segment))
        if ranked:
            chosen.append(ranked[0])
    if not chosen:
        return None
    best = min(chosen, key=lambda c: order.index(c.group))
    if best.group in ("ordered", "could", "condition", "begun"):
        # What has not begun, or was refused, is said behind the order for it.
        stronger = [c for c in telling if c.group in ("not begun", "refused") and c.start > best.start]
        if stronger and best.group != "begun":
            return stronger[0]
        if best.group == "begun":
            ended = [c for c in telling if c.group == "ended" and c.start > best.end and c.segment == segment]
            own = min(names, key=lambda m: _distance(note, m, best, segment))
            ended = [c for c in ended if not any(best.end <= m.start <= c.start for m in names if m != own)]
            if ended and _distance(note, best, ended[-1], segment) < _CLAUSE + _CLAUSE:
                return ended[-1]
    return best


def _distance(note: Note, name: Mention, cue: Mention, segment: int) -> int:
    first, second = (name, cue) if name.start <= cue.start else (cue, name)
    between = note.folded[first.end : second.start]
    far = len(between) + _WEIGHT.get(cue.group, 0)
    far += _CLAUSE * sum(between.count(sign) for sign in (";", ". ", "|", " but "))
    far += 8 * between.count(",")
    if cue.start > name.start:
        far += _BEHIND
    if cue.segment != segment and cue.group not in ("refused", "not begun"):
        far += _NEXT_STATEMENT
    return far


def _near(cue: Mention, names: Sequence[Mention]) -> bool:
    return any(cue.start - name.end <= _REACH and name.start - cue.end <= _REACH for name in names)


def _follows(note: Note, segment: int) -> bool:
    following = segment + 1
    return (
        following < len(note.segments)
        and note.segments[following].paragraph == note.segments[segment].paragraph
        and not note.segments[following].row
    )


def of_another_condition(note: Note, name: Mention) -> bool:
    """Whether therapy is said to be of another part of the body or another illness."""
    others = note.within(name.segment, WORD, "other")
    if not others or note.within(name.segment, WORD, "this"):
        return False
    for m in others:
        apart = name.start - m.end
        joined = not any(sign in note.folded[m.end : name.start] for sign in ".;,")
        before = 0 <= apart <= (_REACH_BEFORE if joined else _REACH_BEFORE // 2)
        if before or 0 <= m.start - name.end <= _REACH_BEHIND:
            return True
    return False


def _open(note: Note, segment: int, groups: set[str]) -> bool:
    if note.folded[note.segments[segment].end - 1] == "?":
        return True
    if "ask" in groups or _FIELD.search(note.text_of(segment)):
        return True
    return ("blank" in groups and not groups & {"begun", "ended", "not begun", "refused"}) or (
        "blank" in groups and "?" in note.text_of(segment)
    )


def _left_blank(note: Note, names: Sequence[Mention], cues: Sequence[Mention]) -> bool:
    """Whether a sign to fill in stands right behind a name ("Prior PT: ***")."""
    signs = [c for c in cues if c.group == "blank" and not note.folded[c.start].isalnum()]
    return any(0 <= c.start - m.end <= 4 for c in signs for m in names)


def _unticked(note: Note, segment: int, names: Sequence[Mention]) -> bool:
    """Whether every name has an empty box before it ("[ ] continue PT")."""
    start = note.segments[segment].start
    return all(_EMPTY.search(note.folded[max(start, m.start - 24) : m.start]) for m in names)


def _by_frequency(
    note: Note, segment: int, groups: set[str], title: str, names: Sequence[Mention]
) -> Fact | None:
    """ "PT 2x/wk" is a plan under a heading of plans, else attendance; an empty name tells nothing."""
    planned = title == "planned" or in_plan(note, segment)
    strong = any(m.name in _STRONG for m in names)
    if strong and not groups & {"often", "content"} and by_day(note, names):
        return therapy_fact(note, [segment], Status.PLANNED, "a day that is still to come")
    if not groups & {"often", "content"} and not (planned and strong):
        return None
    if planned:
        return therapy_fact(note, [segment], Status.PLANNED, "in a plan")
    return therapy_fact(note, [segment], Status.PRESENT, "how often, or what is done there")
