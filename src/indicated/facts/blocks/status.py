"""How a note means a block that it names: done, planned, asked about, denied, an idea, or another person's.

A block that was called off is no block: there is then no status. Of several cues the nearest counts, except
that a cancellation reaches over the statement, and a date says more than a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from indicated.facts.blocks.answers import (
    ENDS,
    another,
    answered_yes,
    asked,
    denied,
    general,
    only_a_mark_in_time,
    ticked_no,
)
from indicated.facts.blocks.called_off import called_off, done_later
from indicated.facts.blocks.dates import PROCEDURE_KIND, When, future
from indicated.facts.blocks.mentions import SAID, TITLE, Named
from indicated.facts.blocks.topic import of_another_needle, only_the_topic
from indicated.facts.diagnosis.around import of_another, overlaps
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.status import Status

_BEFORE_REACH, _AFTER_REACH = 90, 80
_PLANNING_KIND = lazy(
    r"schedul|order|booking|request|authori|medical necessity|pre-?op|pre-?proc|letter of med"
)
_MIGHT_BE_GOOD = lazy(
    r"[^.;,]{0,24}?\b(?:might|could|may|would) (?:also |well |still )?be (?:reasonable|worth\w*|an option|considered|of (?:use|value|help|benefit)|helpful|useful|tried|appropriate|sensible)"
)
_VERDICT = lazy(r"(?:declined|refused|turned down|deferred|not indicated|not recommended|contraindicated)\b")
_ASKING_KINDLY = lazy(r"\b(?:(?:could|would|can) you|you (?:could|would)|grateful|kindly|please|pls)\b")
_LEVEL_BEHIND = lazy(r"\s*(?:at )?l ?-?[1-5]\b")
_RIGHT_BESIDE = 6
_LETTERHEAD = 3
"""The first segments of a document, where its kind, its day and what it is about stand."""
_SAME = {"moved": "planned", "earlier": "done"}
_NOT_DONE_SOON = timedelta(90)


def judged(note: Note, language: Language, named: Named, whens: Sequence[When]) -> tuple[Status | None, str]:
    """The status of a named block and the step that decided; None for one that was called off or of which nothing is said."""
    mention = named.mention
    near = _near(note, named)
    if of_another(note, mention) or another(note, mention):
        return Status.OTHER_PERSON, "of another person"
    if general(note, language, mention):
        return Status.HYPOTHETICAL, "a general statement"
    if ticked_no(note, named):
        return Status.ABSENT, "ticked no"
    if asked(note, language, named):
        return Status.ASKED, "asked or left open"
    outcome = called_off(note, mention)
    if outcome == "moved":
        return Status.PLANNED, "put off to another day"
    if outcome == "cancelled":
        return None, "called off"
    if only_a_mark_in_time(note, named):
        return (
            (Status.PLANNED, "spoken of as still to come")
            if named.strong and not whens
            else (None, "only a mark in time")
        )
    topic = "" if named.title or named.entry else only_the_topic(note, mention, near)
    if topic:
        return Status(topic), "only its order, teaching or the like is told of"
    if answered_yes(note, named):
        return Status.PRESENT, "answered yes"
    if denied(note, named, near):
        start = note.segments[mention.segment].start
        if not named.strong and any(d.start - start < 6 for d in note.dates_in(mention.segment)):
            return None, "none was done on that day"
        return Status.ABSENT, "said not to have been"
    if named.entry:
        return _of_entry(note, mention)
    if outcome == "carried on" and not (near and near[0][1] == "planned"):
        return Status.PRESENT, "done in the end"
    return _by_cues(note, named, whens, near) or _by_place(note, named, whens)


def _by_cues(
    note: Note, named: Named, whens: Sequence[When], near: Sequence[tuple[int, str, Mention]]
) -> tuple[Status | None, str] | None:
    """What the day and the nearest words say, or None where they leave it open."""
    mention = named.mention
    anchor = note.document.date
    titled = _title(note, mention.segment)
    day = next((w.day for w in whens if w.day), None)
    dated = any(w.day or w.month for w in whens)
    group = _nearest(near)
    procedure = bool(PROCEDURE_KIND.match((note.document.kind or "").lower()))
    if named.title and procedure and titled != "planned":
        return Status.PRESENT, "the note of the procedure"
    if group == "hypothetical" and near[0][1] == group and whens and near[0][0] < _apart(mention, whens[0]):
        return Status.HYPOTHETICAL, "an idea or a condition"
    if (
        group == "since"
        and named.strong
        and near[0][0] <= _RIGHT_BESIDE
        and note.folded[near[0][2].start] in "re"
    ):
        return Status.PRESENT, "spoken of as done"
    if day and anchor and _to_come(whens[0], anchor, group):
        return Status.PLANNED, "its day is still to come"
    ordered = (
        any(g == "planned" and c.end <= mention.start < whens[0].start for _, g, c in near)
        if whens
        else False
    )
    if (
        day
        and anchor
        and day <= anchor
        and not ordered
        and _beside(note, mention, whens[0])
        and group != "done"
    ):
        return Status.PRESENT, "named by a day that is past"
    if group == "planned" and _only_an_idea(note, named, near):
        return Status.HYPOTHETICAL, "an idea or a condition"
    if group == "planned" and not (dated and day and anchor and day < anchor and _strongly_done(near)):
        if done_later(note, mention):
            return Status.PRESENT, "planned, then done"
        return Status.PLANNED, "ordered, asked for or booked"
    if group == "hypothetical" and not (dated and _strongly_done(near)):
        return Status.HYPOTHETICAL, "an idea or a condition"
    if group in ("done", "since") and (titled != "planned" or group == "done"):
        if not named.strong and group == "since" and not dated:
            return None, "only referred to"
        return Status.PRESENT, "said to be done"
    return None


def _by_place(note: Note, named: Named, whens: Sequence[When]) -> tuple[Status | None, str]:
    """What the heading, the kind of document and a day say where no word decides."""
    mention = named.mention
    titled = _title(note, mention.segment)
    dated = any(w.day or w.month for w in whens)
    planning = bool(_PLANNING_KIND.search((note.document.kind or "").lower()))
    if planning and whens and _by_weekday(note, whens[0]):
        return Status.PLANNED, "booked for a day of the week"
    if named.strong and _in_letterhead(note, named, whens):
        return Status.PLANNED, "what the document is about, with its own day"
    if dated and not named.title and titled != "planned":
        return Status.PRESENT, "given a day that is past"
    if titled == "planned" or planning:
        return (
            (Status.PRESENT, "planned, then done")
            if done_later(note, mention)
            else ((Status.PLANNED, "in the plan") if named.strong else (None, "only referred to"))
        )
    if PROCEDURE_KIND.match((note.document.kind or "").lower()) and named.strong:
        return Status.PRESENT, "the note of the procedure"
    if titled == "done":
        return Status.PRESENT, "listed among what was done"
    return None, "only named"


def _in_letterhead(note: Note, named: Named, whens: Sequence[When]) -> bool:
    """Whether a name stands at the head of a document that is no record of a procedure, with the day of that document."""
    segment = note.segments[named.mention.segment]
    return (
        named.mention.segment < _LETTERHEAD
        and bool(whens)
        and all(w.day == note.document.date and w.start < segment.end for w in whens)
        and not PROCEDURE_KIND.match((note.document.kind or "").lower())
        and note.document.date is not None
        and not re.search(r"[a-z]{3}\.(?:\s|$)", note.text_of(named.mention.segment))
    )


def _of_entry(note: Note, mention: Mention) -> tuple[Status | None, str]:
    segment = note.segments[mention.segment]
    text = note.folded[mention.end : segment.end]
    if re.search(r"\b(?:req|requested|planned|scheduled|pending|booked|tentative)\b", text):
        return Status.PLANNED, "a row that is still to come"
    return Status.PRESENT, "a dated entry of a list or log"


def _near(note: Note, named: Named) -> list[tuple[int, str, Mention]]:
    """The cues of the statement with their distance: those before the name are a little nearer than those behind."""
    mention = named.mention
    segment = note.segments[mention.segment]
    found = []
    for cue in note.within(mention.segment, SAID):
        if overlaps(cue, [mention]) and cue.start >= mention.start and cue.end <= mention.end:
            continue
        if cue.group not in ("done", "since", "planned", "moved", "hypothetical", "none", "earlier"):
            continue
        if any(d.start <= cue.start and cue.end <= d.end for d in note.dates_in(mention.segment)):
            continue  # the "may" of a date
        if _LEVEL_BEHIND.match(note.folded, cue.end) and note.folded[cue.start : cue.end] in ("or", "vs"):
            continue
        if cue.end <= mention.start:
            between = note.folded[cue.end : mention.start]
            if cue.group == "hypothetical" and "," in between and _VERDICT.match(note.folded, cue.start):
                continue  # in a list of treatments it is said of the one before it
            distance = len(between)
            if distance > _BEFORE_REACH or (ENDS.search(between) and not segment.row):
                continue
        else:
            if cue.group in ("since", "earlier"):
                continue
            between = note.folded[mention.end : cue.start]
            distance = len(between) + 14
            if distance > _AFTER_REACH + 14 or (ENDS.search(between) and not segment.row):
                continue
        if cue.group in ("done", "since") and of_another_needle(note, mention, cue):
            continue
        if named.title and cue.group in ("none",):
            continue
        found.append((distance, _SAME.get(cue.group, cue.group), cue))
    return sorted(found, key=lambda f: (f[0], f[1]))


def _nearest(near: Sequence[tuple[int, str, Mention]]) -> str:
    return next((group for _, group, _ in near if group != "none"), "")


def _apart(mention: Mention, when: When) -> int:
    """How far a day stands from the name; nothing where it stands elsewhere."""
    if when.start < 0:
        return 0
    return when.start - mention.end if when.start >= mention.end else mention.start - when.start


def _beside(note: Note, mention: Mention, when: When) -> bool:
    """Whether a day stands right beside the name ("the 10/28 block"), so that other words do not come between."""
    if when.start < 0 or not when.day or _by_weekday(note, when):
        return False
    if when.start >= mention.end:
        return bool(re.fullmatch(r"[\s(,:]*(?:on |of |from |dated )?", note.folded[mention.end : when.start]))
    return bool(re.fullmatch(r"\S+ (?:r |l |rt |lt |right |left )?", note.folded[when.start : mention.start]))


def _by_weekday(note: Note, when: When) -> bool:
    """Whether a day is told by its weekday, which may be the last or the next one."""
    return (
        bool(
            re.match(
                r"(?:on |this )?(?:mon|tue|wed|thu|fri|sat|sun)", note.folded[when.start : when.start + 9]
            )
        )
        and when.start >= 0
    )


def _only_an_idea(note: Note, named: Named, near: Sequence[tuple[int, str, Mention]]) -> bool:
    """ "We could try", "if it fails, we plan": a plan behind an "if" or right behind a "could" is an idea."""
    if _MIGHT_BE_GOOD.match(note.folded, named.mention.end):
        return True
    start = note.segments[named.mention.segment].start
    plans = [cue for _, group, cue in near if group == "planned" and cue.start < named.mention.start]
    if not plans:
        return False
    nearest = max(plans, key=lambda c: c.start)
    before = note.folded[max(start, nearest.start - 14) : nearest.start]
    if _ASKING_KINDLY.search(note.folded, max(start, nearest.start - 30), nearest.end):
        return False
    return bool(
        re.search(
            r"\b(?:could|might|may|would|should|consider|considering)\s+(?:always |also |then )?$", before
        )
        or re.search(r"^\W*(?:if|unless|should|in case)\b", note.folded[start : nearest.start])
    )


def _strongly_done(near: Sequence[tuple[int, str, Mention]]) -> bool:
    return any(group == "done" for _, group, _ in near)


def _title(note: Note, segment: int) -> str:
    found = [m.group for m in note.above(segment, TITLE) if m.group in ("planned", "done")]
    label = note.segments[segment].label
    if not found and label:
        found = [
            m.group
            for m in note.within(segment, TITLE)
            if m.group in ("planned", "done") and m.end <= note.segments[segment].start + len(label) + 4
        ]
    if not found:  # a row of a note that is laid out as a table: "Plan | LSB #3, see 11/28"
        start = note.segments[segment].start
        found = [
            m.group
            for m in note.within(segment, TITLE)
            if m.group in ("planned", "done")
            and not note.folded[start : m.start].strip(" |*-")
            and _CELL_ENDS.match(note.folded, m.end)
        ]
    return found[0] if found else ""


_CELL_ENDS = lazy(r"\s*\|")


def _to_come(when: When, anchor: date, group: str) -> bool:
    if when.day is None:
        return False
    if when.day > anchor:
        return True
    soon = future(when, anchor)
    return (
        soon is not None
        and soon > anchor
        and soon - anchor <= _NOT_DONE_SOON
        and group in ("planned", "", "hypothetical")
        and anchor - when.day > timedelta(200)
    )
