"""Statements on drug treatment as a whole: none was tried, it was not asked, or the pain persists in spite of it."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.answers import answer
from indicated.facts.diagnosis.around import denial, of_another, proof
from indicated.facts.drugs.drug_status import SAID
from indicated.facts.headings import said_above
from indicated.facts.model import Fact, Status
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_TRIAL, _PERSISTS = "analgesic trial", "pain despite drugs"


def read_general(note: Note, language: Language) -> Iterator[Fact]:
    """Yield the statements that name no single drug."""
    for mention in note.named(_TRIAL, "none"):
        status = Status.OTHER_PERSON if of_another(note, mention) else Status.ABSENT
        yield _fact(note, _TRIAL, mention, status, "no drug was tried")
    for mention in note.named(_TRIAL, "topic"):
        if _is_asked(note, mention):
            yield _fact(note, _TRIAL, mention, Status.ASKED, "asked or not known")
    for mention in note.named(_PERSISTS, "present", "absent"):
        yield _fact(note, _PERSISTS, mention, _persists(note, language, mention), "a general statement")


def _is_asked(note: Note, mention: Mention) -> bool:
    if any(m.group == "asked" for m in note.within(mention.segment, SAID)):
        return True
    segment = note.segments[mention.segment]
    return answer(note.folded, mention.end, segment.end) == "open"


def _persists(note: Note, language: Language, mention: Mention) -> Status:
    names = {name for name, _ in cues_on(note, mention)}
    segment = note.segments[mention.segment]
    titles = said_above(note, language, mention.segment)
    if of_another(note, mention) or "other_person" in titles:
        return Status.OTHER_PERSON
    if names & {"hypothetical", "general"} or "hypothetical" in titles:
        return Status.HYPOTHETICAL
    if note.folded[segment.end - 1] == "?":
        return Status.ASKED
    if mention.group == "present":
        return Status.ABSENT if denial(note, mention) else Status.PRESENT
    return Status.PRESENT if denial(note, mention) else Status.ABSENT


def _fact(note: Note, word: str, mention: Mention, status: Status, why: str) -> Fact:
    return Fact(
        word, status, proof(note, [mention.segment]), date=note.document.date, reader="analgesics", why=(why,)
    )
