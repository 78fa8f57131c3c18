"""Disorders of bleeding and clotting: named, denied by a specific statement or history, over, or another's."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.finding import evidence
from indicated.facts.model import Fact, Status
from indicated.reading.context import Setting, setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

WORD = "bleeding disorder"


def read_bleeding(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what a note says of bleeding disorders; a bare mention of bleeding says nothing."""
    for mention in note.named(WORD, "present", "absent", "topic"):
        meant = setting(note, language, mention, states_absence=mention.group == "absent")
        status = _status(note, mention, meant)
        if status is not None:
            yield Fact(
                WORD,
                status,
                (evidence(note, mention),),
                date=note.document.date,
                reader="bleeding",
                why=meant.why,
            )


def _status(note: Note, mention: Mention, meant: Setting) -> Status | None:
    if mention.group == "topic" and meant.status not in (Status.ABSENT, Status.ASKED):
        return None
    if meant.status is Status.PRESENT and note.within(mention.segment, WORD, "resolved"):
        return Status.HISTORICAL
    if mention.group == "absent" and meant.status is Status.HISTORICAL:
        return Status.ABSENT
    if meant.status is Status.PLANNED:
        return Status.ASKED
    if (
        mention.group == "present"
        and meant.status is Status.HISTORICAL
        and not note.within(mention.segment, WORD, "resolved")
    ):
        # A lifelong disorder under "past history" is a disorder still.
        return (
            Status.PRESENT
            if set(meant.cues) <= {"historical"} and "under" in " ".join(meant.why)
            else Status.HISTORICAL
        )
    return meant.status
