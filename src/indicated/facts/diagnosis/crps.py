"""CRPS as a diagnosis: how sure the chart is of it, of which type, side and limb.

The old names count (reflex sympathetic dystrophy, causalgia, Sudeck, algodystrophy), and the ICD-10-CM and
ICD-9 codes. `certainty` is `confirmed_by_criteria` only where the same passage says that the Budapest
criteria are met (Harden 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.choices import box_of, choice_behind, reply_behind
from indicated.facts.diagnosis.around import (
    close,
    denial,
    gap,
    limb_near,
    of_another,
    overlaps,
    proof,
    room,
    side_near,
    ticked_time,
)
from indicated.facts.diagnosis.budapest import read_budapest, segments_that_meet
from indicated.facts.diagnosis.crps_lookalikes import something_else
from indicated.facts.diagnosis.crps_type import coded_place, ticked_type, type_of
from indicated.facts.model import Fact, Status, Value
from indicated.facts.therapy.therapy_names import in_title
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_BLANK = lazy(r"[\[{_*(]|yes|y ?/|blank")
_YEAR = lazy(r"(?:\b(?:19|20)\d\d\b|'\d\d\b|\byears? ago|\byrs? ago)")
_PAST_TITLE = lazy(
    r"\bpmh|past (?:medical )?h|\bpsh\b|past surg|previous (?:medical )?h|past problems|prior h"
)
_OVER_TITLE = lazy(r"resolved|inactive|no longer have|treated for in the past|past problems")
_NEEDS_MARK = lazy(r"(?:is|was|can|could|do|does|has|have|had|what|which)\b")
_SAYS_OVER = lazy(r"remission|gone|went away|burn|came and went|behind|quiet")
_LINK = lazy(
    r"\s*(?:(?:and|but|which|that|now|has|have|had|is|was|it|since|fully|completely|then|later|long|been|all|(?:19|20)\d\d)\s*)*"
)
_OWN = lazy(r"\b(?:her|his|my|their|your) $")
_SO_IT_IS = lazy(r"\b(?:it|this|that|s?he) (?:is|does|has|certainly is|indeed is)[\"' ]*[.!]?$")
_CELL = lazy(r"\|\s*$")
_REASON = "reason for a test"
_TO_QUESTION = lazy(r"\s*:[\s?]*")
_TURNS = lazy(r",|\bbut\b")
_ENDS = lazy(r"[\"' )]*(?:[.,;!\n]|$)")
_OPEN_BEHIND = lazy(r"\s*(?:_{2,}|\[ ?\]|\( ?\)|yes ?(?:/|_)|y ?/)")
_QUESTION = lazy(r"\?[\"' )]*$")
_ONLY_BESIDE = (
    "early",
    "evolving",
    "developing",
    "incipient",
    "emerging",
    "picture of",
    "features of",
    "signs of",
    "element of",
    "component of",
    "consider",
    "considering",
    "or is it",
    "likely",
)
_EARLY, _NEXT = 12, 3
_BOXED = {
    "yes": (Status.PRESENT, "asserted", "its box is ticked"),
    "no": (Status.ABSENT, "refuted", "its box is empty and another is ticked"),
    "open": (Status.ASKED, "", "no box is ticked"),
}

_TIMED = {
    "now": (Status.PRESENT, "asserted", "ticked as of now"),
    "past": (Status.HISTORICAL, "", "ticked as of the past"),
    "never": (Status.ABSENT, "refuted", "ticked as never"),
    "open": (Status.ASKED, "", "ticked as not known"),
}


def read_diagnosis(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what a note says of the Budapest criteria, and a fact for each place where CRPS is named."""
    criteria = list(read_budapest(note, language))
    yield from criteria
    if note.has("CRPS"):
        yield from _read_crps(note, language, segments_that_meet(note, criteria))


def _read_crps(note: Note, language: Language, meeting: frozenset[int]) -> Iterator[Fact]:
    mentions = note.named("CRPS", "name", "type1", "type2", "code", "prevented")
    for mention in mentions:
        if something_else(note, mention) or _unticked_type(note, mention, mentions):
            continue
        status, certainty, why = _judged(note, language, mention)
        attributes: dict[str, Value] = {}
        kind = type_of(note, mention)
        if kind:
            attributes["type"] = kind
        segments = [mention.segment]
        if status is Status.PRESENT and certainty != "suspected":
            met = sorted(meeting & set(room(note, mention.segment, 3, 3)))
            if met:
                certainty = "confirmed_by_criteria"
                segments += met
        if certainty:
            attributes["certainty"] = certainty
        side, limb = coded_place(note, mention)
        yield Fact(
            word="CRPS",
            status=status,
            evidence=proof(note, segments),
            side=side or side_near(note, mention),
            limb=limb or limb_near(note, mention),
            date=note.document.date,
            attributes=attributes,
            reader="diagnosis",
            why=(why,),
        )


def _unticked_type(note: Note, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether the box of this type is empty while that of another type of CRPS beside it is ticked."""
    beside = [
        m for m in mentions if note.segments[m.segment].paragraph == note.segments[mention.segment].paragraph
    ]
    return box_of(note, mention) == "no" and any(box_of(note, m) == "yes" for m in beside)


def _judged(note: Note, language: Language, mention: Mention) -> tuple[Status, str, str]:
    """Status, certainty and the step that decided, the strongest first."""
    own = note.within(mention.segment, "CRPS said")
    near = [m for m in own if close(note, m, mention)]
    title = _title_status(note, language, mention)
    typed = ticked_type(note, mention)
    if typed:
        return _BOXED[typed]
    time = ticked_time(note, mention)
    if time:
        return _TIMED[time]
    box = box_of(note, mention)
    if box:
        return _BOXED[box]
    if of_another(note, mention) or title == "other_person":
        return Status.OTHER_PERSON, "", "said of another person"
    if _withdrawn_behind_question(note, mention, own):
        return Status.ABSENT, "refuted", "asked, and answered no"
    if _affirmed_behind_question(note, mention, own):
        return Status.PRESENT, "asserted", "asked, and answered so"
    choice = choice_behind(note, mention) or reply_behind(note, mention)
    if choice == "no":
        return Status.ABSENT, "refuted", "answered no"
    if choice == "yes" and title != "hypothetical":
        return Status.PRESENT, "asserted", "answered yes"
    if choice == "open" or title == "asked" or _asked(note, mention, own):
        return Status.ASKED, "", "a question"
    if title == "hypothetical" or mention.group == "prevented" or _general(note, mention):
        return Status.HYPOTHETICAL, "", "a general statement"
    groups = {m.group for m in near}
    if _later(note, mention, "ended", 3):
        return Status.HISTORICAL, "", "the next sentence says that it is over"
    denied = denial(note, mention, [m for m in own if m.group not in ("refuted", "withdrawn")])
    if denied is not None:
        return Status.ABSENT, "refuted", f"denied: '{note.folded[denied.start : denied.end]}'"
    if _before(note, _ifs(note, own, near, mention), "hypothetical", mention):
        return Status.HYPOTHETICAL, "", "a risk or a condition"
    against = _refuted(note, near, mention)
    if against is not None:
        return Status.ABSENT, "refuted", f"said: '{note.folded[against.start : against.end]}'"
    if _later(note, mention, "withdrawn"):
        return Status.ABSENT, "refuted", "withdrawn in the same passage"
    if _over(note, mention, near):
        return Status.HISTORICAL, "", "said to be over"
    if ("suspected" in groups and _suspected(note, near, mention)) or _later(note, mention, "doubted", 20):
        if _reason_for_a_test(note, language, mention):
            return Status.ASKED, "", "the question that a test is to answer"
        return Status.PRESENT, "suspected", "said to be suspected"
    return Status.PRESENT, "asserted", "named as the diagnosis"


def _reason_for_a_test(note: Note, language: Language, mention: Mention) -> bool:
    """Whether a name stands as the question to a test ("INDICATION: ?CRPS"), under that label or right behind it."""
    segment = note.segments[mention.segment]
    return in_title(language, segment.label, _REASON) or any(
        m.end <= mention.start and _TO_QUESTION.fullmatch(note.folded[m.end : mention.start])
        for m in note.within(mention.segment, _REASON)
    )


def _withdrawn_behind_question(note: Note, mention: Mention, own: list[Mention]) -> bool:
    """Whether somebody's question is told and then answered ("asked if it was CRPS; it is not")."""
    told = [m for m in own if m.group == "asked" and m.end <= mention.start]
    return bool(told) and "?" not in note.text_of(mention.segment) and _later(note, mention, "withdrawn")


def _affirmed_behind_question(note: Note, mention: Mention, own: list[Mention]) -> bool:
    """Whether a question is told and the next sentence ends in its answer ("asked whether it is CRPS. In my view it is.")."""
    told = any(m.group == "asked" and m.end <= mention.start for m in own)
    behind = [n for n in room(note, mention.segment, 0, 1) if n != mention.segment]
    return (
        told
        and "?" not in note.text_of(mention.segment)
        and any(_SO_IT_IS.search(note.text_of(n)) for n in behind)
    )


def _title_status(note: Note, language: Language, mention: Mention) -> str:
    segment = note.segments[mention.segment]
    for title in (segment.label, segment.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name in ("other_person", "asked", "hypothetical", "general"):
            return "hypothetical" if name == "general" else name
    return ""


def _general(note: Note, mention: Mention) -> bool:
    return any(name == "general" and not overlaps(cue, [mention]) for name, cue in cues_on(note, mention))


def _asked(note: Note, mention: Mention, own: list[Mention]) -> bool:
    segment = note.segments[mention.segment]
    text = note.folded[segment.start : segment.end]
    own = [
        m
        for m in own
        if m.group != "asked" or "?" in text or not _NEEDS_MARK.match(note.folded, m.start, m.end)
    ]
    asks = any(m.group == "asked" for m in own)
    if any(
        m.group == "asked" and m.end <= mention.start and note.folded.startswith("whether", m.start)
        for m in own
    ):
        return True
    if asks and (
        _QUESTION.search(text.rstrip()) or any(m.group == "asked" and m.start < mention.start for m in own)
    ):
        return bool(_QUESTION.search(text.rstrip())) or not any(m.group == "affirmed" for m in own)
    if asks and any(
        m.group == "asked"
        and close(note, m, mention, 30)
        and not (m.start >= mention.end and " and " in gap(note, m, mention))
        for m in own
    ):
        return True
    for n in room(note, mention.segment, 0, 1):
        behind = n != mention.segment and not note.within(n, "CRPS") and "?" in note.text_of(n)
        if behind and note.within(n, "CRPS said", "asked"):
            return True
    if _QUESTION.search(text.rstrip()) and _OPEN_BEHIND.match(note.folded, segment.end):
        return True
    if text[: mention.start - segment.start].rstrip().endswith("{"):
        return True
    return any(
        name == "asked"
        and cue.start >= mention.end
        and (mention.group != "code" or cue.start - mention.end <= _NEXT)
        and _BLANK.match(note.folded[cue.start : cue.end])
        for name, cue in cues_on(note, mention)
    )


def _before(note: Note, near: list[Mention], group: str, mention: Mention) -> bool:
    return any(m.group == group and m.start < mention.end for m in near) and not _OWN.search(
        note.folded, max(0, mention.start - 6), mention.start
    )


def _ifs(note: Note, own: list[Mention], near: list[Mention], mention: Mention) -> list[Mention]:
    """The words of a risk or condition that reach a name: one that opens the sentence reaches over the whole of it."""
    start = note.segments[mention.segment].start
    return [m for m in own if m in near or (m.start == start and m.end <= mention.start)]


def _refuted(note: Note, near: list[Mention], mention: Mention) -> Mention | None:
    """Refuting words before the name reach it over few words, those behind it over the statement."""
    affirmed = note.within(mention.segment, "affirmed")
    for m in near:
        if m.group not in ("refuted", "withdrawn") or overlaps(m, affirmed):
            continue
        words = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
        if m.start < mention.start and (len(words.split()) > 7 or _TURNS.search(words)):
            continue
        if note.folded.endswith(" no", m.start, m.end) and not _ENDS.match(note.folded, m.end):
            continue  # "hence no block" is no verdict
        if m.start >= mention.end and re.search(r",\s*(?:not|rather)|\bdvt|fracture|infection", words):
            continue
        text = note.folded[m.start : m.end]
        if m.start > mention.end and text in (
            "rather than",
            "instead of",
            "and not",
            "but not",
            "is not",
            "isn't",
            "against",
        ):
            continue
        return m
    return None


def _later(note: Note, mention: Mention, group: str, early: int = _EARLY) -> bool:
    """Whether a sentence behind, that does not name the disease again, begins with a phrase of the group."""
    for n in room(note, mention.segment, 0, 2):
        if n == mention.segment:
            continue
        if note.within(n, "CRPS"):
            return False
        start = note.segments[n].start
        for m in note.within(n, "CRPS said", group):
            if group == "withdrawn" or (n == mention.segment + 1 and m.start - start <= early):
                return True
    return False


def _over(note: Note, mention: Mention, near: list[Mention]) -> bool:
    segment = note.segments[mention.segment]
    title = f"{segment.heading} {segment.label}"
    text = note.folded[segment.start : segment.end]
    ended = note.within(mention.segment, "CRPS said", "ended")
    if any(_closed_cell(note, m) for m in ended if m.start > mention.start):
        return True
    if any(m.group == "ended" and _of_it(note, m, mention) for m in near):
        return True
    if any(m.group == "current" for m in near):
        return False
    if any(m.group == "formerly" and _right_before(note, m, mention) for m in near):
        return True
    if any(m.group == "over" and not denial(note, m) for m in near):
        return True
    if _OVER_TITLE.search(title) or _OVER_TITLE.search(text[: mention.start - segment.start]):
        return True
    if _PAST_TITLE.search(title) and _YEAR.search(text):
        return True
    return _later(note, mention, "ended")


def _closed_cell(note: Note, m: Mention) -> bool:
    """Whether a cell of a row begins with the word that it is over ("CRPS | Noted 4/2025 | Resolved 11/2025")."""
    return bool(_CELL.search(note.folded, note.segments[m.segment].start, m.start))


def _of_it(note: Note, m: Mention, mention: Mention) -> bool:
    """Whether "resolved" speaks of the disease and not of a thing named after it ("CRPS, edema resolved")."""
    if denial(note, m) is not None:
        return False
    between = gap(note, m, mention)
    if m.start < mention.start:
        return len(between.split()) <= 4
    if _SAYS_OVER.search(note.folded, m.start, m.end):
        return True
    pieces = re.split(r"[,:(]| - ", between)
    return len(between) <= 45 and (len(pieces) == 1 or bool(_LINK.fullmatch(pieces[-1])))


def _right_before(note: Note, m: Mention, mention: Mention) -> bool:
    """Whether "history of" and the like stand right before the name, and nothing turns them round."""
    return m.end <= mention.start and len(gap(note, m, mention).split()) <= 3 and denial(note, m) is None


def _suspected(note: Note, near: list[Mention], mention: Mention) -> bool:
    for m in near:
        if m.group != "suspected" or (m.start < mention.start and overlaps(m, [mention])):
            continue
        words = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
        if note.folded[m.start : m.end].startswith("?"):
            if len(words.split()) <= 4:
                return True
        elif (
            m.start < mention.start
            and len(words.split()) > 3
            and note.folded[m.start : m.end] in _ONLY_BESIDE
        ) or (m.start > mention.start and note.folded[m.start : m.end] in _ONLY_BESIDE):
            continue
        elif m.start < mention.start or len(words) <= 40:
            return True
    return False
