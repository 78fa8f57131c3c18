"""A fact about therapy, and the headings of plans under which therapy is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.note import Note

WORD = "therapy"
COUNTED: Mapping[str, Value] = {"counted": True}
"""What a fact bears that has a day or a number to show: it proves a beginning best."""


def therapy_fact(
    note: Note,
    segments: Sequence[int],
    status: Status,
    why: str,
    attributes: Mapping[str, Value] | None = None,
) -> Fact:
    """A fact about therapy with the statements that prove it."""
    return Fact(
        WORD,
        status,
        proof(note, segments),
        date=note.document.date,
        attributes=dict(attributes or {}),
        reader="therapy",
        why=(why,),
    )


def in_plan(note: Note, segment: int) -> bool:
    """Whether a statement stands under a heading of plans or orders."""
    if note.within(segment, "plan heading") and note.segments[segment].label:
        return True
    return bool(note.above(segment, "plan heading"))
