"""Whether a block that was to be done was called off, put off, or done in the end."""

from __future__ import annotations

import re

from indicated.facts.blocks.mentions import SAID
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_UPDATE = lazy(r"[>\s*-]*(?:update|addendum|add|later|done)")
_CARRIED_OUT = lazy(
    r"\b(?:service|procedure|block|injection) (?:was )?(?:rendered|completed|done|performed|carried out|finished)\b(?! (?:under|by|with|at))"
)


def called_off(note: Note, mention: Mention) -> str:
    """ "cancelled" where the statement or those right behind it say so, "carried on" where it was done in the end."""
    here = [mention.segment]
    paragraph = note.segments[mention.segment].paragraph
    row = note.segments[mention.segment].row
    for number in range(mention.segment + 1, min(mention.segment + 4, len(note.segments))):
        near = note.segments[number].paragraph - paragraph
        if near == 0 or (
            not row and near <= 2 and note.segments[number].title == note.segments[mention.segment].title
        ):
            if note.within(number, "sympathetic block", "lumbar", "name", "stellate", "other"):
                break
            here.append(number)
    cues = [m for n in here for m in note.within(n, SAID, "cancelled")]
    if any(note.within(n, SAID, "carried_on") for n in here):
        return "carried on"
    for cue in cues:
        between = note.folded[min(cue.end, mention.end) : max(cue.start, mention.start)]
        own = cue.segment == mention.segment
        if re.match(r"(?:did not|didn't|not|was not) (?:have|get)", note.folded[cue.start : cue.end]) and (
            not own or cue.start > mention.start or len(between.split()) > 3
        ):
            continue
        if own and (len(between) < 90) and not re.search(r";|\.\s", between):
            return "moved" if _moved(note, cue) else "cancelled"
        if (
            not own
            and not _moved(note, cue)
            and re.search(
                r"cancel|abort|abandon|no needle|withdrawn|never|not (?:done|performed)|no local|no block|called off|nothing",
                note.folded[cue.start : cue.end],
            )
        ):
            return "cancelled"
    return ""


def _moved(note: Note, cue: Mention) -> bool:
    """Whether the statement goes on to another day ("moved to 2/24", "rescheduled for Monday")."""
    said = note.folded[cue.start : cue.end]
    if note.within(cue.segment, SAID, "moved"):
        return True
    if re.match(r"rescheduled|postponed|put off|bumped|deferred|on hold", said):
        return True
    if re.match(
        r"was (?:to|supposed|meant|due|scheduled|booked)|rescheduled|postponed|put off|bumped|had been", said
    ):
        return bool(note.within(cue.segment, SAID, "moved"))
    return False


def done_later(note: Note, mention: Mention) -> bool:
    """Whether an update right behind a plan says that it was carried out."""
    return done_behind(note, mention.segment) is not None


def done_behind(note: Note, segment: int) -> int | None:
    """The segment right behind a plan that says that it was carried out, or None."""
    for number in range(segment + 1, min(segment + 3, len(note.segments))):
        text = note.text_of(number)
        if note.within(number, "sympathetic block", "other"):
            return None
        if (_UPDATE.match(text) and note.within(number, SAID, "done")) or _CARRIED_OUT.search(text):
            return number
    return None
