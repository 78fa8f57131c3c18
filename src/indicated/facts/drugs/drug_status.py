"""Whether a drug is taken now, was taken, was never taken, is to be begun, or is only spoken of.

Of the decisive words in the stretch of a drug the last one counts ("quit ... had gone back on it"). What takes the
statement away from the patient's present (a relative, a question, a condition, a denial) comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicated.facts.answers import answer, box
from indicated.facts.choices import none_chosen
from indicated.facts.drugs.named import Stretch, told_of
from indicated.facts.headings import said_above
from indicated.reading.context import cues_on
from indicated.reading.dates import nearest
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.status import Status

SAID = "drug said"
_DECISIVE = ("over", "back", "planned", "never", "not yet")
_STATUS = {
    "not yet": Status.ABSENT,
    "over": Status.HISTORICAL,
    "back": Status.PRESENT,
    "planned": Status.PLANNED,
    "never": Status.ABSENT,
}
_CLAUSE = lazy(r"[.;!?|]|\bbut\b|:")
_SPAN = lazy(
    r"\b(?:19|20)\d\d ?(?:-|to|through|until) ?(?:\d\d?/)?(?:(?:19|20)\d\d|\d\d)\b(?!-\d)|\d{1,2}/\d{2,4}(?:/\d{2,4})? ?(?:-+|to|through|thru|until|>) ?\d{1,2}/\d{2,4}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}\s*\|\s*\d{1,2}/\d{1,2}/\d{2,4}|\b\d\d?/\d{2,4} {2,}\d\d?/\d{2,4}\b"
)
_COURSE = lazy(
    r"\b(?:for|x) ?(?:\d+|an?|one|two|three|four|six|twelve) (?:d|days?|w(?:ee)?ks?|mos?|months?)\b[^.;|]{0,60}\b(?:in|of) (?P<year>(?:19|20)\d\d)\b"
)
_BLANK = lazy(r"_{4,}|\.{6,}")
_BLANKS = 2  # one may be left for a remark; two make a form that nobody filled
_FILL = lazy(r"fill|refill|dispens|next|due|qty")
_TELLS = lazy(
    r"[\s\"'(]*(?:also |now |later )?(?:says?|said|confirms?|confirmed|reports?|reported|tells?|told|states?|adds?|thinks?|wonders?|notes?|brought|brings|fills?|manages|sets? (?:up|out)|gives|gave|will (?:ring|call|bring|pull|remove|set|help|make sure|see to)|:|noticed|insists|writes|worried|agrees|phoned|called|rang)\b"
)
_NOT_TAKING = lazy(r"not (?:\w+ly )?(?:taking|on)\b")
WILDCARD = lazy(r"\{[^}\n]*\}|\*{3}|@[a-z]+@")
TICKED = lazy(r"\[x\]|\(x\)|[☑☒✓✔■●]")
_UNTICKED = "an empty box"
NONE_TICKED = "none of the list is ticked"
_LONG, _SHORT_PIECE = 8, 5


@dataclass(frozen=True)
class Taking:
    """How a drug is taken, and the words that say so. `said` is False when it is only named."""

    status: Status
    why: str
    said: bool = True


def taking(
    note: Note, language: Language, stretch: Stretch, cues: Sequence[Mention], shields: Sequence[Mention] = ()
) -> Taking | None:
    """How the drugs of a stretch are taken; None when their box is left empty beside a full one.

    `cues` are the mentions of "drug said" in the stretch; `shields` are other phrases whose "no" or "not" denies
    something else than the taking ("not controlled on").
    """
    title = _title(note, language, stretch)
    if title == "other_person" or another(note, stretch):
        return Taking(Status.OTHER_PERSON, "of another person")
    if title == "hypothetical":
        return Taking(Status.HYPOTHETICAL, f"under '{note.segments[stretch.segment].heading}'")
    if _wildcard(note, stretch):
        return Taking(Status.ASKED, "a wildcard that nobody filled")
    formal = _formal(note, stretch)
    if formal is not None:
        return None if formal.status is Status.ASKED and _chosen_elsewhere(note, stretch, formal) else formal
    if title == "asked" or _open(
        cues, shields, stretch.segments[0] if stretch.drugs[0].titled else stretch.segment
    ):
        return Taking(Status.ASKED, "asked or not known")
    denied = denial(note, stretch, cues, shields)
    if denied is not None and not any(m.group == "back" and m.start > stretch.last for m in cues):
        return Taking(Status.ABSENT, "denied")
    return _told(note, stretch, cues, shields)


def _told(note: Note, stretch: Stretch, cues: Sequence[Mention], shields: Sequence[Mention]) -> Taking:
    told = told_of(note, stretch)
    decisive = [
        m for m in cues if m.group in _DECISIVE and _near(note, stretch, told, m) and not _taken_by(note, m)
    ]
    switched = [m for m in cues if m.group == "switch" and m.segment == stretch.segment]
    if switched:
        gone = switched[-1].start >= stretch.last or switched[-1].end >= stretch.last
        return Taking(Status.HISTORICAL if gone else Status.PRESENT, f"said: '{_text(note, switched[-1])}'")
    ideas = [m for m in cues if m.group == "hypothetical" and m.segment == stretch.segment]
    ideas += [
        m
        for m in _general(note, stretch)
        if not any(d.start < m.end and m.start < d.end for d in [*decisive, *_of(cues, "other")])
    ]
    # "Might as well have chewed gum" tells of an effect, not of an idea.
    ideas = [m for m in ideas if not any(o.start <= m.start and m.end <= o.end for o in shields)]
    last = max(decisive, key=lambda m: m.start) if decisive else None
    if ideas and not (last and last.group == "never"):
        before = any(
            m.end <= stretch.first and not _CLAUSE.search(note.folded, m.end, stretch.first) for m in ideas
        )
        if before or last is None:
            return Taking(Status.HYPOTHETICAL, f"only spoken of: '{_text(note, ideas[0])}'")
    if (
        last is not None
        and last.group in ("never", "not yet")
        and "not yet" in {m.group for m in decisive}
        and _of(cues, "planned")
    ):
        last = _of(cues, "planned")[-1]
    if last is not None:
        return Taking(_STATUS[last.group], f"said: '{_text(note, last)}'")
    if _ended_span(note, stretch):
        return Taking(Status.HISTORICAL, "a span of time with its end")
    if _asked_only(note, stretch):
        return Taking(Status.ASKED, "a question")
    if _of(cues, "taken"):
        return Taking(Status.PRESENT, f"said: '{_text(note, _of(cues, 'taken')[0])}'")
    if _of(cues, "dosed"):
        # A dose says how it is or was taken: under "Tried:" it is no word of today.
        return Taking(Status.PRESENT, f"said: '{_text(note, _of(cues, 'dosed')[0])}'", said=False)
    return Taking(Status.PRESENT, "named", said=False)


def _taken_by(note: Note, cue: Mention) -> bool:
    """Whether a day behind a word makes it one of taking now: begun on a day that is past, or going on until one to come."""
    anchor = note.document.date
    if anchor is None or cue.group not in ("planned", "over"):
        return False
    days = [d for d in note.dates_in(cue.segment) if d.exact and 0 <= d.start - cue.end <= _BEHIND]
    if not days or not re.search(r"\d", note.folded[days[0].start : days[0].end]):
        return False  # a weekday may lie on either side
    day = days[0]
    on = day.day if day.has_year else nearest(day.day, anchor)
    return on < anchor if cue.group == "planned" else on > anchor


_BEHIND = 5


def _wildcard(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    blanks = len(_BLANK.findall(note.folded[stretch.last : min(segment.end, stretch.end)]))
    return blanks >= _BLANKS or bool(
        WILDCARD.search(note.folded, max(segment.start, stretch.start), stretch.first)
    )


def _open(cues: Sequence[Mention], shields: Sequence[Mention], first: int) -> bool:
    """Whether it is asked whether the drug is taken; what was said of it before leaves only its effect open."""
    unknown = {m.segment for m in shields if m.group == "unknown"}
    asked = [m.start for m in cues if m.group == "asked" and m.segment not in unknown and m.segment >= first]
    return bool(asked) and not any(
        m.group in ("over", "back", "never") and m.start < min(asked) for m in cues
    )


def _chosen_elsewhere(note: Note, stretch: Stretch, formal: Taking) -> bool:
    """Whether the drug's own box is empty while another one of the row is ticked."""
    segment = note.segments[stretch.segment]
    return formal.why == _UNTICKED and bool(TICKED.search(note.folded, segment.start, segment.end))


def _asked_only(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    last = stretch.segment + 1 >= len(note.segments)
    followed = not last and note.segments[stretch.segment + 1].paragraph == segment.paragraph
    return note.folded[segment.end - 1] == "?" and not followed


def _of(cues: Sequence[Mention], *groups: str) -> list[Mention]:
    return [m for m in cues if m.group in groups]


def _text(note: Note, m: Mention) -> str:
    return note.folded[m.start : m.end]


def _title(note: Note, language: Language, stretch: Stretch) -> str:
    above = said_above(note, language, stretch.segment)
    return next((name for name in ("other_person", "asked", "hypothetical") if name in above), "")


def another(note: Note, stretch: Stretch) -> bool:
    """Whether the drugs are another person's; a relative who tells of the patient's drugs is none."""
    if note.misfiled(stretch.segment) or note.within(stretch.segment, SAID, "theirs"):
        return True
    for name, cue in cues_on(note, stretch.drugs[0].mention):
        if name != "other_person" or not stretch.start <= cue.start <= stretch.end:
            continue
        if tells(note, cue):
            continue
        if not re.search(r"(?<!\b\w)[;.]\s|\bbut\b", note.folded[cue.end : stretch.first]):
            return True
    return False


def tells(note: Note, cue: Mention) -> bool:
    """Whether a relative is named as the one who tells of the patient."""
    return bool(_TELLS.match(note.folded, cue.end)) or note.folded[
        max(0, cue.start - 4) : cue.start
    ].endswith("per ")


def _formal(note: Note, stretch: Stretch) -> Taking | None:
    """The answer of a form to the question that names the drugs, or the box before them."""
    stop = min(stretch.end, stretch.last + _REACH)
    said = answer(note.folded, stretch.last, stop) or _after_question(note, stretch)
    if said == "open":
        return Taking(Status.ASKED, "left open")
    if said:
        return Taking(Status.PRESENT if said == "yes" else Status.ABSENT, f"answered {said}")
    if none_chosen(note, stretch.first, stretch.last):
        return Taking(Status.ABSENT, NONE_TICKED)
    ticked = box(note.folded, stretch.first)
    if ticked == "full":
        return Taking(Status.PRESENT, "its box is ticked", said=False)
    if ticked == "empty":
        return Taking(Status.ASKED, _UNTICKED)
    return Taking(Status.ASKED, "a choice that nobody made") if boxes_all_empty(note, stretch) else None


_EMPTY_BOX = lazy(r"\[ ?\]|\( ?\)|☐")


def boxes_all_empty(note: Note, stretch: Stretch) -> bool:
    """Whether a choice of boxes stands behind the drugs and nobody has made it."""
    segment = note.segments[stretch.segment]
    boxes = _EMPTY_BOX.findall(note.folded[stretch.last : min(stretch.end, segment.end)])
    return len(boxes) > 1 and not TICKED.search(note.folded, segment.start, segment.end)


def _after_question(note: Note, stretch: Stretch) -> str:
    """The answer behind the mark of a question that names the drugs ("NSAID tried?  [ ] yes  [ ] no")."""
    mark = note.folded.find("?", stretch.last, stretch.last + _REACH)
    if mark < 0 or re.search(r"[.;]", note.folded[stretch.last : mark]):
        return ""
    return answer(note.folded, mark + 1, min(len(note.folded), mark + _REACH))


_REACH = 60


def denial(
    note: Note, stretch: Stretch, own: Sequence[Mention] = (), shields: Sequence[Mention] = ()
) -> Mention | None:
    """The denial right before the drugs ("no", "denies", "not on"), or None."""
    # "Not taking" before the drugs is the denial itself; behind them, and in "not stopped", it says how they ended.
    covering = [
        o
        for o in own
        if o.group in ("back", "never", "asked", "hypothetical")
        or (o.group == "over" and not _NOT_TAKING.match(note.folded, o.start))
    ]
    covering += shields
    for segment in stretch.segments:
        for m in note.within(segment, "cue", "negated.before", "negated.after"):
            if m.group == "negated.after" and not note.folded.endswith(" no", m.start, m.end):
                continue
            if m.start < (stretch.lead if stretch.lead >= 0 else stretch.start) or m.end > stretch.first:
                continue
            if any(o.start < m.end and m.start < o.end for o in covering):
                continue
            between = note.folded[m.end : stretch.first]
            if between.startswith(")"):
                continue  # "ibuprofen (no), Tylenol": it is said of the drug before
            if _reaches(between) and not ("," in between and _DOSED.match(note.folded, stretch.last)):
                return m
    return None


# "No cigarettes, cilostazol 100 bid": who lists what is not taken gives no doses.
_DOSED = lazy(r"\s*\d+(?:[.,]\d+)? ?(?:mg|mcg|units|u|iu|g|bid|daily|od|qd|tid)\b")


def _reaches(between: str) -> bool:
    if _CLAUSE.search(between) or re.search(
        r" - |--|\b(?:because|since|so|as|due|was|is|has|had|he|she|it|i|we|they|while|when|until|unless|if)\b",
        between,
    ):
        return False
    pieces = re.split(r",|/", between)
    if len(pieces) == 1:
        return len(between.split()) <= _LONG
    return all(len(piece.split()) <= _SHORT_PIECE for piece in pieces)


def _near(note: Note, stretch: Stretch, told: Sequence[int], cue: Mention) -> bool:
    """Whether a decisive word can belong to the drugs: a plan only in their sentence, the rest also where it goes on."""
    if cue.group in ("planned", "not yet"):
        sentence = all(
            note.folded[note.segments[n].end - 1] == ";" for n in range(stretch.segment, cue.segment)
        )
        return (sentence and cue.segment >= stretch.segment) or stretch.drugs[0].titled
    return cue.segment in told


def _general(note: Note, stretch: Stretch) -> list[Mention]:
    names = ("hypothetical", "general")
    return [
        cue
        for name, cue in cues_on(note, stretch.drugs[0].mention)
        if name in names and stretch.start <= cue.start and cue.end <= stretch.first
    ]


def _ended_span(note: Note, stretch: Stretch) -> bool:
    stop = min(stretch.end, note.segments[stretch.segment].end)
    found = _SPAN.search(note.folded, stretch.start, stop)
    course, day = _COURSE.search(note.folded, stretch.last, stop), note.document.date
    if course and day and int(course["year"]) < day.year - 1:
        return True
    return bool(found) and not _FILL.search(note.folded, stretch.start, stop)
