"""What makes a number a pain score: a scale or a word of pain beside it, and nothing else that it rates or counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.diagnosis.around import overlaps
from indicated.facts.pain.pain_numbers import Rated, rated
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

SCALE = "pain scale"
OF = "pain score of"
MEANT = "how a score is meant"
KINDS = {"usual": 0, "now": 1, "worst": 2, "least": 3}
"""Of which pain a score is, with the order in which reviewers ask for it."""
_NEAR = 48
_CLOSE = 20
_DATED = lazy(
    r"(?:\b(?:on|visit|appt|appointment|since|until|till|by|dos|seen|next|due|dated?|clinic|f/u|rtc|thru|through|of|exp|refill|last)|~)[: ]{1,2}$"
)
_CLOCK = lazy(r" ?(?:at|@) ?\d{1,2}(?::\d\d| ?[ap]m)|/\d\d|,? 20\d\d")
_DIGIT = lazy(r"\d")
_DENIED = lazy(r"\b(?:nowhere near|not|never|isn't|no longer|neither|less than|rather than)(?: an?| the)? $")
PERIOD = lazy(
    r"\b(?:last|past|previous|over|in|per|for)(?: the)?(?: (?:last|past))? \d+ ?(?:h|hrs?|hours?|d|days?|wks?|weeks?)\b"
)
_COUNTING = lazy(
    r"(?:\b(?:wk|week|day|visit|type|grade|stage|level|step|phase|page|session|item|block|month|year|age|room|bed|number|no\.|since|table|crps|crps-|rsd)|#) ?$"
)
_TYPE = lazy(r"\b(?:type|crps|rsd|crps type|wk|week) ?-?$")
_ITEM = lazy(r"[.)] ?[a-z]| {2,}[a-z]")
_BRACKET = lazy(r"\([^()]*\)")
_ARTICLE = lazy(
    r"\b(?:an?|at|it'?s|is|was|to|solid|say|says|said|under|below|with|of|the|around|about|~|=|:|at|maybe|probably|past|score|scores|from)[ '\"(~:=>-]*$"
)
_VALUE = lazy(r" ?[:=]? ?\d")
_LISTING = lazy(r":\s*$")
_ITEM_END = lazy(r"[.)](?:\s|$)")
_TWO = lazy(
    r"(?: pain| score| level| nrs| nprs| vas)*[ :=]*\d{1,2}(?:\.\d)? ?(?:/|>|->|to|-|and|,)+ ?(?P<last>10|\d(?:\.\d)?)(?![\d/])"
)
_TO = lazy(r" ?(?:to|[-=]?>) ?")
_SPEAKER = lazy(r"(?:(?:pt|patient|client|ans(?:wer)?|a|she|he)\b ?[:.]? ?)?[\"'( ]*")
_ALL_SAID = lazy(r"[\"'). !]*(?:\n|$)")
_LISTED = lazy(r"[ :=]*(?P<numbers>\d{1,2}(?:\.\d)?(?: ?/ ?\d{1,2}(?:\.\d)?)+)(?![\d/])")


@dataclass(frozen=True)
class Room:
    """Whether the paragraph speaks of pain, whether it speaks of scores at all, and whether it names a scale."""

    painful: bool
    rating: bool
    scaled: bool = False


def scores_in(note: Note, n: int, room: Room) -> list[Rated]:
    """Return the numbers of a statement that are pain scores, in the order of the text."""
    segment = note.segments[n]
    if not _DIGIT.search(note.folded, segment.start, segment.end) and not (
        note.within(n, SCALE)
        or note.within(n, OF)
        or note.within(n, "pain as reason", "pain")
        or (n and note.folded[note.segments[n - 1].end - 1] == "?")
    ):
        return []
    numbers = list(rated(note.folded, segment.start, segment.end))
    if not numbers:
        return []
    kept: list[Rated] = []
    for x in numbers:
        goes_on = bool(kept) and bool(_TO.fullmatch(note.folded, kept[-1].end, x.start))
        if goes_on or _is_score(note, n, x, room, numbers):
            kept.append(x)
    return kept


def listed(note: Note, n: int) -> Iterator[tuple[Rated, str]]:
    """Yield the scores of a list with a common label ("Avg/Worst/Least: 6/9/3"), each with its kind."""
    run: list[Mention] = []
    for cue in note.within(n, OF):
        if run and note.folded[run[-1].end : cue.start].strip() == "/":
            run.append(cue)
        else:
            run = [cue]
        found = _LISTED.match(note.folded, cue.end) if len(run) > 1 else None
        if not found:
            continue
        values = list(re.finditer(r"\d+(?:\.\d)?", found["numbers"]))
        if len(values) == len(run):
            for label, value in zip(run, values, strict=True):
                start = found.start("numbers") + value.start()
                yield Rated(start, start + len(value[0]), float(value[0]), True), label.group


def last_of_two(note: Note, n: int) -> Rated | None:
    """The second of two scores with a common label ("Initial / final pain: 8 / 6")."""
    for first in note.within(n, MEANT, "first of two"):
        for second in note.within(n, MEANT, "second of two"):
            if note.folded[first.end : second.start].strip() not in ("/", ">", "->", "to", "and", "vs", "-"):
                continue
            found = _TWO.match(note.folded, second.end, note.segments[n].end)
            if found:
                return Rated(found.start("last"), found.end("last"), float(found["last"]), True)
    return None


def question_before(note: Note, n: int, x: Rated) -> int | None:
    """The statement before, when it is a question and the number all of its answer ("How bad is your pain? 8")."""
    here, asked = note.segments[n], note.segments[n - 1] if n else None
    if asked is None or asked.paragraph != here.paragraph or note.folded[asked.end - 1] != "?":
        return None
    lead, behind = note.folded[here.start : x.start], note.folded[x.end : here.end]
    return n - 1 if _SPEAKER.fullmatch(lead) and _ALL_SAID.match(behind) else None


def titled_pain(note: Note, n: int) -> bool:
    """Whether a statement stands under a heading of pain."""
    return any(m.group == "pain" for m in note.above(n, "pain as reason")) or bool(note.above(n, SCALE))


def _is_score(note: Note, n: int, x: Rated, room: Room, numbers: Sequence[Rated]) -> bool:
    segment = note.segments[n]
    cues = [m for name in (SCALE, OF, MEANT) for m in note.within(n, name)]
    before = note.folded[max(segment.start, x.start - _NEAR) : x.start]
    asked = question_before(note, n, x)
    if asked is not None and note.within(asked, MEANT, "other") and not note.within(asked, SCALE, "scale"):
        return False
    if _rates_another(note, n, x, numbers) or _DENIED.search(before):
        return False
    if x.start == segment.start and _ITEM.match(note.folded, x.end):
        return False
    if note.folded[x.start : x.end].strip() == "one" and not re.search(r"\b(?:an?|at|to) $", before):
        return False
    if (
        not x.scaled
        and _LISTING.search(before)
        and _ITEM_END.match(note.folded, x.end)
        and not _names_pain(note, n)
    ):
        return False
    if _answers(note, n, x, room.painful):
        return True
    labelled = any(c.group in KINDS and 0 <= x.start - c.end <= 2 for c in cues)
    if (_COUNTING.search(before) and not labelled and not note.within(n, SCALE, "scale")) or _TYPE.search(
        before
    ):
        return False
    if x.scaled:
        if _DATED.search(before) or _CLOCK.match(note.folded, x.end):
            return False
        limbs = note.within(n, "limb") or note.within(n, MEANT, "elsewhere")
        told = any(c.group in ("usual", "worst", "least", "now", "gives", "past", "goal") for c in cues)
        return room.painful or room.rating or bool(limbs) or told
    if any(d.start <= x.start < d.end for d in note.dates_in(n) if d.end - d.start > 2):
        return False
    named = note.within(n, "pain as reason", "pain")
    near = [
        c
        for c in cues
        if c.group in ("scale", "generic", "gives", *KINDS) and _beside(note, c, x) and written_out(note, c)
    ]
    here = bool(named) or bool(note.within(n, SCALE, "scale")) or titled_pain(note, n)
    if not here and not (room.scaled and _ends(note, x)):
        near = [c for c in near if c.group != "now"]
    near += [c for c in named if c.end <= x.start and _beside(note, c, x)]
    if not note.folded[x.start].isdigit() and not _ends(note, x):
        return False
    if not near:
        return room.painful and bool(_ARTICLE.search(before)) and _ends(note, x)
    kinds = {c.group for c in cues if c.group in KINDS}
    return room.painful or len(kinds) > 1 or any(c.group in ("scale", "gives") for c in near)


def _names_pain(note: Note, n: int) -> bool:
    return bool(note.within(n, "pain as reason", "pain") or note.within(n, SCALE, "scale"))


def _answers(note: Note, n: int, x: Rated, painful: bool) -> bool:
    """Whether the number is all that is said to a question for the pain ("How bad is your pain? 8")."""
    asked = question_before(note, n, x)
    if asked is None:
        return False
    pains = note.within(asked, "pain as reason", "pain") or note.within(asked, SCALE, "scale")
    return bool(pains) or (painful and bool(note.within(asked, OF)))


def _ends(note: Note, x: Rated) -> bool:
    return bool(
        re.match(
            r"['\")\s]*(?:$|[.,;!?'\"()|]|\b(?:or|in|on|at|by|before|most|when|right|down|with|now|today|and|but|any|last|this|at|yesterday|usually|every|all|as|than|over|for|since|while|after|before|again|still)\b)",
            note.folded[x.end : x.end + 12],
        )
    )


def _beside(note: Note, cue: Mention, x: Rated) -> bool:
    if cue.end <= x.start:
        between = _BRACKET.sub("", PERIOD.sub("", note.folded[cue.end : x.start]))
        return len(between) <= _CLOSE and not re.search(r"\d|;|\. |\|.*\|", between)
    if cue.start >= x.end:
        between = note.folded[x.end : cue.start]
        return len(between) <= 12 and not re.search(r"\d|;|\. |\|", between)
    return True


def _rates_another(note: Note, n: int, x: Rated, numbers: Sequence[Rated]) -> bool:
    """Whether the number rates or counts something else: named right before it, or right behind it."""
    scales = note.within(n, SCALE, "scale")
    told = [*scales, *note.within(n, MEANT, "past", "reset")]
    others = [m for m in note.within(n, MEANT, "other") if not overlaps(m, told)]
    previous = max((y.end for y in numbers if y.end <= x.start), default=note.segments[n].start)
    for m in others:
        if previous <= m.start and m.end <= x.start and x.start - m.end <= 34:
            between = note.folded[m.end : x.start]
            pain_between = any(
                m.end <= p.start < x.start and not overlaps(p, others)
                for name in ("pain as reason", SCALE)
                for p in note.within(n, name, "pain", "scale")
            )
            if not pain_between and not re.search(r";|\. |\|", between):
                return True
        if 0 <= m.start - x.end <= 2:
            return True
    return False


def written_out(note: Note, cue: Mention) -> bool:
    """Whether a cue is a word or a capital that stands for it ("W 9"); a small "a" is an article."""
    written = note.document.text[cue.start : cue.end].rstrip(":")
    if len(written) > 1:
        return True
    return written.isupper() and bool(_VALUE.match(note.folded, cue.end))
