"""Pain scores from 0 to 10: of which pain, of which limb, of when.

A number is a score when it stands on a scale, or beside a word of pain, and nothing else is rated ("stress 7/10"),
counted ("visit 8/10") or dated ("back on 7/10"). The usual pain comes first, as reviewers judge by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indicated.chart.model import Limb, Side
from indicated.facts.diagnosis.around import of_another, overlaps, phrases, proof
from indicated.facts.earlier import years_before
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status, Value
from indicated.facts.pain.pain_number_sense import (
    KINDS,
    MEANT,
    OF,
    PERIOD,
    SCALE,
    Room,
    last_of_two,
    listed,
    question_before,
    scores_in,
    titled_pain,
    written_out,
)
from indicated.facts.pain.pain_numbers import Rated, has_ladder
from indicated.facts.pain.pain_score_place import limb_of, site_of
from indicated.facts.pain.pain_tables import read_pain_tables
from indicated.facts.therapy.therapy_names import paragraphs, titled
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD = "pain score"
_GAP = lazy(r"[,;|/()]|\. | - |\band\b|\bbut\b")
_OLD_DAYS = 60
_IN_BRACKET = lazy(r" ?\([^()]{0,20}")
_SAME_LABEL, _LABEL_GAP = 14, 4
_CORRECTED = 30
_NUMBER_BEHIND = lazy(r" ?(?:an? )?\d")
_ARROW = lazy(r" ?[-=]?> ?")
_CLOCK = lazy(r"\s*(?:at |@ ?)?(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d)\b")


@dataclass(frozen=True)
class _Score:
    """A number that was found to be a score, with what is said of it."""

    number: Rated
    segment: int
    of: str
    status: Status
    side: Side | None
    limb: Limb | None
    site: str
    why: str


def read_pain_scores(note: Note, language: Language) -> Iterator[Fact]:
    """Yield the scores of each paragraph, the usual pain first; else that there is no pain, or that it is asked for."""
    topics = [m for name in (SCALE, OF, "pain as reason") for m in note.named(name)]
    topics += note.named(MEANT, "zero", "blank", "past", "goal", "elsewhere")
    if topics:
        yield from read_pain_tables(note, WORD)
    if note.has_title(SCALE) or note.has_title("pain as reason"):
        topics += [
            Mention(WORD, "", s.start, s.start, n)
            for n, s in enumerate(note.segments)
            if titled_pain(note, n)
        ]
    rooms: list[tuple[list[int], list[_Score]]] = []
    for room in paragraphs(note, topics):
        painful = titled_pain(note, room[0]) or bool(
            phrases(note, "pain as reason", room, "pain", "disease") or phrases(note, SCALE, room, "scale")
        )
        rating = painful or bool(phrases(note, SCALE, room, "generic"))
        scaled = bool(phrases(note, SCALE, room, "scale"))
        scores = [s for n in room for s in _scores(note, language, n, Room(painful, rating, scaled))]
        rooms.append((room, [s for s in scores if not _withdrawn(note, s, scores)]))
    told = [s for _, scores in rooms for s in scores]
    for room, scores in rooms:
        if scores:
            yield from _facts(note, [_of_its_time(s, told) for s in scores])
            continue
        fact = _zero(note, language, room) or _asked(note, language, room)
        if fact:
            yield fact


def _facts(note: Note, scores: Sequence[_Score]) -> Iterator[Fact]:
    dated = {s.number.start: _date(note, s) for s in scores}
    for score in sorted(
        scores,
        key=lambda s: (s.site == "other", KINDS[s.of or "now"], *dated[s.number.start], s.number.start),
    ):
        attributes: dict[str, Value] = {"of": score.of or "now", "site": score.site}
        if note.within(score.segment, MEANT, "procedure"):
            attributes["procedure"] = True
        yield Fact(
            WORD,
            score.status,
            proof(note, [score.segment]),
            value=round(score.number.value, 2),
            side=score.side,
            limb=score.limb,
            date=note.document.date,
            attributes=attributes,
            reader="pain score",
            why=(score.why,),
        )


def _of_its_time(score: _Score, told: Sequence[_Score]) -> _Score:
    """A score to which the pain came down from an earlier one is earlier too, where the score of now follows in the note."""
    changed = any(
        s.segment == score.segment and s.status is Status.HISTORICAL and s.number.start < score.number.start
        for s in told
    )
    now = any(
        s.of in ("now", "usual") and s.status is Status.PRESENT and s.segment > score.segment for s in told
    )
    if score.of or score.status is not Status.PRESENT or not (changed and now):
        return score
    return replace(score, status=Status.HISTORICAL, why="changed again since")


def _withdrawn(note: Note, score: _Score, scores: Sequence[_Score]) -> bool:
    """Whether a score is corrected behind it, and another one follows ("5 - no, sorry, 8")."""
    return any(s.number.start > score.number.start for s in scores) and any(
        0 <= c.start - score.number.end <= _CORRECTED for c in note.within(score.segment, MEANT, "corrected")
    )


def _date(note: Note, score: _Score) -> tuple[int, int]:
    """Day and minute of a score, negative, so that the newest comes first."""
    days = [d for d in note.dates_in(score.segment) if d.end <= score.number.start]
    start = days[-1].end if days else note.segments[score.segment].start
    clock = _CLOCK.match(note.folded, start)
    minute = int(clock["hour"]) * 60 + int(clock["minute"]) if clock else 0
    return -days[-1].day.toordinal() if days else 0, -minute


def _scores(note: Note, language: Language, n: int, room: Room) -> Iterator[_Score]:
    segment = note.segments[n]
    kinds = dict(listed(note, n)) if room.painful or room.rating or note.within(n, OF) else {}
    last = last_of_two(note, n)
    kept = [last] if last else [*kinds] or scores_in(note, n, room)
    taken: set[int] = set()
    for i, x in enumerate(kept):
        left = kept[i - 1].end if i else segment.start
        right = kept[i + 1].start if i + 1 < len(kept) else segment.end
        of = (
            kinds.get(x)
            or _of_question(note, n, x)
            or _of(note, n, x, left, right, taken)
            or _of_a_task(note, n)
        )
        status, why = _status(note, language, n, x)
        if status is Status.PRESENT and i + 1 < len(kept) and _ARROW.fullmatch(note.folded, x.end, right):
            status, why = Status.HISTORICAL, "changed to another"
        side, limb = limb_of(note, n, x, left, right)
        site = site_of(note, n, x, left, right, limb)
        yield _Score(x, n, of, status, side, limb, site, why)


def _of_question(note: Note, n: int, x: Rated) -> str:
    """Which pain a question asks for that the number answers, by the last word of it."""
    asked = question_before(note, n, x)
    cues = note.within(asked, OF) if asked is not None else []
    return cues[-1].group if cues else ""


def _of(note: Note, n: int, x: Rated, left: int, right: int, taken: set[int]) -> str:
    """Which pain it is the score of: the word nearest before it since the last score, else what stands behind it.

    `taken` are the places of words that belong to the score before; what belongs to this one is added.
    """
    places = note.within(n, MEANT, "elsewhere")
    cues = [
        c
        for c in note.within(n, OF)
        if written_out(note, c) and c.start not in taken and not overlaps(c, places)
    ]
    before = [c for c in cues if left <= c.start and c.end <= x.start + 1]
    after = [c for c in cues if x.end <= c.start and c.end <= right]
    joined = [
        c
        for c in after
        if not re.search(r"[,;|]|\. ", note.folded[x.end : c.start]) and c.start - x.end <= 26
    ]
    labelled = bool(before) and x.start - before[-1].end <= 4 and not _parted(note, before[-1].end, x.start)
    adjacent = [c for c in joined if c.start - x.end <= 1 and c.end - c.start > 2]
    if joined and (not labelled or (adjacent and before[-1].group == "now")):
        loose = not before or _parted(note, before[-1].end, x.start) > 0
        if loose or adjacent or note.folded[joined[0].end : right].strip(" ,;.)|") == "":
            taken.update(c.start for c in joined)
            return "usual" if any(c.group == "usual" for c in joined) else joined[0].group
    if before:
        return _label(note, before)
    apart = PERIOD.sub("", note.folded[after[0].end : right]) if after else ""
    if after and right < note.segments[n].end and len(apart) <= _LABEL_GAP:
        return ""  # it is the label of the next number
    return after[0].group if after and after[0].start - x.end <= 40 else ""


def _of_a_task(note: Note, n: int) -> str:
    """A score at which a task ended ("stopped at rep 4, pain 9") is the worst, not that of the day."""
    exercised = note.within(n, "exercise named", "exercise") or note.within(
        n, "therapy minutes", "done", "planned"
    )
    return "worst" if exercised or note.within(n, "pain limits therapy", "limit") else ""


def _label(note: Note, before: Sequence[Mention]) -> str:
    """The nearest word before a score; "now" gives way to a word of another pain right beside it ("worst today")."""
    if before[-1].group == "now":
        for cue in reversed(before[:-1]):
            between = note.folded[cue.end : before[-1].start]
            if cue.group != "now" and len(between) <= _SAME_LABEL and not re.search(r"[\d,;|/]", between):
                return cue.group
    return before[-1].group


def _parted(note: Note, start: int, end: int) -> int:
    return len(_GAP.findall(note.folded[start:end]))


def _status(note: Note, language: Language, n: int, x: Rated) -> tuple[Status, str]:
    mention = Mention(WORD, "", x.start, x.end, n)
    title = titled(note, language, n)
    corrected = bool(note.within(n, MEANT, "corrected"))
    if title == "other_person" or (
        not (corrected and note.misfiled(n))
        and (of_another(note, mention) or of_somebody_else(note, mention))
        and not _apart_from_others(note, mention)
    ):
        return Status.OTHER_PERSON, "said of another person"
    cues = note.within(n, MEANT)
    before = [c for c in cues if c.end <= x.start + 2]
    near = [c for c in cues if c.start >= x.end and c.start - x.end <= 40]
    if (
        title == "hypothetical"
        or "if" in {c.group for c in before if x.start - c.end <= 70}
        or any(c.group == "if" and c.start - x.end <= 14 for c in near if not _legend_behind(note, x, c))
    ):
        return Status.HYPOTHETICAL, "a condition, a legend or a general statement"
    goals = [c for c in (*before, *near) if c.group == "goal" and c.start < x.end + 40]
    if title == "planned" or any("|" not in note.folded[c.end : x.start] for c in goals):
        return Status.PLANNED, "what is aimed at"
    pasts = [c.start for c in before if c.group == "past"] + years_before(note, n, x.start)
    resets = [
        c.start
        for c in before
        if c.group == "reset" and not any(overlaps(c, [p]) for p in before if p.group == "past")
    ]
    if pasts and not any(r > max(pasts) for r in resets) and not _now_behind(note, n, x, max(pasts)):
        return Status.HISTORICAL, "said of an earlier time"
    if any(
        c.group == "past"
        and c.start - x.end <= 30
        and not _parted(note, x.end, c.start)
        and not _NUMBER_BEHIND.match(note.folded, c.end)
        for c in near
    ):
        return Status.HISTORICAL, "said of an earlier time"
    if _long_ago(note, n, x) or any(_past_in_bracket(note, x, c) for c in cues):
        return Status.HISTORICAL, "of an earlier date"
    return Status.PRESENT, "a score"


def _legend_behind(note: Note, x: Rated, cue: Mention) -> bool:
    """Whether a bracket behind a score explains the scale ("7 (0 = no pain)")."""
    return note.folded[x.end : cue.start].lstrip().startswith("(")


def _past_in_bracket(note: Note, x: Rated, cue: Mention) -> bool:
    """Whether a bracket behind the scores says, without a number of its own, that they are old ("(that was last year)")."""
    if cue.group != "past" or cue.start < x.end or note.folded[cue.start - 1] != "(":
        return False
    stop = note.folded.find(")", cue.end)
    return not re.search(r"\d", note.folded[cue.end : stop if stop >= 0 else cue.end + 40])


def _apart_from_others(note: Note, mention: Mention) -> bool:
    """Whether the person who is named stands in another field or sentence of the row ("Driver: wife.    Pain 6")."""
    people = [cue for name, cue in cues_on(note, mention) if name == "other_person"]
    return bool(people) and all(
        re.search(r"\. |\s{3,}|\|", note.folded[cue.end : mention.start])
        for cue in people
        if cue.end <= mention.start
    )


def _now_behind(note: Note, n: int, x: Rated, past: int) -> bool:
    """Whether "today" stands right behind a score that a comma and another number part from the past ("7 last visit, 5 today")."""
    between = note.folded[past : x.start]
    return bool(re.search(r"[,;]", between)) and any(
        c.group == "reset" and 0 <= c.start - x.end <= 3 for c in note.within(n, MEANT)
    )


def _long_ago(note: Note, n: int, x: Rated) -> bool:
    today = note.document.date
    dated = [
        d
        for d in note.dates_in(n)
        if d.end <= x.start and x.start - d.end <= 40 and not note.folded.endswith("/10", d.start, d.end)
    ]
    bracketed = [
        d
        for d in note.dates_in(n)
        if d.has_year and d.start >= x.end and _IN_BRACKET.fullmatch(note.folded[x.end : d.start])
    ]
    dated = bracketed[:1] or dated
    return bool(today and dated and (today - dated[-1].day).days > _OLD_DAYS)


def _zero(note: Note, language: Language, room: Sequence[int]) -> Fact | None:
    """No pain now, where no number is given."""
    for m in phrases(note, MEANT, room, "zero"):
        title = titled(note, language, m.segment)
        groups = {c.group for c in note.within(m.segment, MEANT) if c.start < m.start}
        if of_another(note, m) or title in ("other_person", "hypothetical") or groups & {"if", "past"}:
            continue
        status = Status.PLANNED if title == "planned" or "goal" in groups else Status.ABSENT
        x = Rated(m.start, m.end, 0.0, False)
        s = note.segments[m.segment]
        side, limb = limb_of(note, m.segment, x, s.start, s.end)
        site = site_of(note, m.segment, x, s.start, s.end, limb)
        return Fact(
            WORD,
            status,
            proof(note, [m.segment]),
            side=side,
            limb=limb,
            date=note.document.date,
            attributes={"site": site},
            reader="pain score",
            why=("no pain",),
        )
    return None


def _asked(note: Note, language: Language, room: Sequence[int]) -> Fact | None:
    """A score that is asked for, left blank or put off."""
    for n in room:
        s = note.segments[n]
        scale = (
            note.within(n, SCALE, "scale") or has_ladder(note.folded, s.start, s.end) or titled_pain(note, n)
        )
        unrated = note.within(n, MEANT, "unrated") and note.within(n, "pain as reason", "pain")
        if not (scale or unrated):
            continue
        blank = note.within(n, MEANT, "blank", "unrated")
        title = titled(note, language, n)
        legend = any(m.group == "if" for m in note.within(n, MEANT))
        status = None
        if title == "hypothetical" or (legend and not blank):
            status = Status.HYPOTHETICAL
        elif blank or title == "asked":
            status = Status.ASKED
        if status:
            return Fact(
                WORD,
                status,
                proof(note, [n]),
                date=note.document.date,
                reader="pain score",
                why=("no number",),
            )
    return None
