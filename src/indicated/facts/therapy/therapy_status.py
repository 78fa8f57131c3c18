"""What a word on therapy says of it: begun, ended, ordered, refused; changed by what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.facts.therapy.therapy_forms import is_to_come
from indicated.reading.note import Mention, Note
from indicated.reading.status import Status

TOLD = {
    "begun": Status.PRESENT,
    "again": Status.PRESENT,
    "possessed": Status.PRESENT,
    "ended": Status.HISTORICAL,
    "closed": Status.HISTORICAL,
    "not begun": Status.ABSENT,
    "not now": Status.ABSENT,
    "refused": Status.ABSENT,
    "ordered": Status.PLANNED,
    "could": Status.HYPOTHETICAL,
    "condition": Status.HYPOTHETICAL,
}
"""The status that each group of words of the language tells."""


def status_of(note: Note, cues: Sequence[Mention], best: Mention) -> Status:
    """What the deciding word says, changed by what stands beside it ("refused at first, now goes")."""
    groups = {c.group for c in cues}
    status = TOLD[best.group]
    if status is Status.PLANNED and _conditional(note, cues, best):
        status = Status.HYPOTHETICAL
    if best.group == "begun" and _begins_later(note, best):
        status = Status.PLANNED
    if best.group == "not now" and "ended" in groups:
        status = Status.HISTORICAL
    if best.group in ("refused", "not begun") and _turned(cues, best):
        status = Status.PRESENT
    if "closed" in groups and status is Status.PRESENT and "again" not in groups:
        status = Status.HISTORICAL
    if best.group in ("ended", "refused", "not begun") and "untrue" in groups:
        status = Status.PRESENT
    if status is Status.HISTORICAL and "again" in groups:
        status = Status.PRESENT
    if status is Status.PRESENT and "not treated" in groups:
        status = Status.PLANNED
    return status


def _conditional(note: Note, cues: Sequence[Mention], best: Mention) -> bool:
    """Whether a condition leads in what is ordered ("if it has not settled, I will ask for therapy")."""
    return any(
        c.group == "condition"
        and c.segment == best.segment
        and c.end <= best.start
        and not any(sign in note.folded[c.end : best.start] for sign in (";", ". "))
        for c in cues
    )


def _begins_later(note: Note, begun: Mention) -> bool:
    """Whether the day of a beginning is still to come ("start date 2/1 agreed")."""
    return any(
        is_to_come(note, d) and begun.start <= d.start <= begun.end for d in note.dates_in(begun.segment)
    )


def _turned(cues: Sequence[Mention], best: Mention) -> bool:
    """Whether a refusal was of the beginning only, and what was begun stands behind it."""
    early = any(c.group == "early" and c.start <= best.start for c in cues)
    return early and any(c.group == "begun" and c.start >= best.end for c in cues)
