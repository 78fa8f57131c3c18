"""Statements that are given for or against: a psychological evaluation, taking part in a program for pain."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.diagnosis.around import of_another, phrases, proof, room
from indicated.facts.model import Fact, Status
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORDS = ("psychological evaluation", "comprehensive pain program")
_TURNED = lazy(r"\b(?:not|never|no longer|nor|n't|without)(?: \w+){0,2} $")
_APART = (Status.HYPOTHETICAL, Status.OTHER_PERSON)


def read_verdicts(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each paragraph part that names such a thing: for, against, or left open.

    What is against wins over what is for, and what is open over what is for: one word of praise settles nothing while
    the report is still awaited. A mere name says nothing.
    """
    for word in _WORDS:
        if not note.has(word):
            continue
        done: set[int] = set()
        for mention in note.named(word, "name"):
            if mention.segment in done:
                continue
            done.add(mention.segment)
            meant = setting(note, language, mention)
            if meant.status in _APART or of_another(note, mention):
                continue
            places = room(note, mention.segment, 0, 1)
            if len(places) > 1 and phrases(note, word, places[1:], "name"):
                places = places[:1]
            status = _judged(note, word, places, meant.status)
            if status is None:
                continue
            yield Fact(
                word=word,
                status=status,
                evidence=proof(note, places),
                date=note.document.date,
                reader="verdicts",
                why=meant.why,
            )


def _judged(note: Note, word: str, places: list[int], status: Status) -> Status | None:
    said = phrases(note, word, places, "yes", "no", "open")
    groups = {"no" if m.group == "yes" and _is_turned(note, m) else m.group for m in said}
    if "no" in groups:
        return Status.ABSENT if "open" not in groups else Status.ASKED
    if "open" in groups or status in (Status.PLANNED, Status.ASKED):
        return Status.PLANNED if status is Status.PLANNED else Status.ASKED
    return Status.PRESENT if "yes" in groups else None


def _is_turned(note: Note, mention: Mention) -> bool:
    return bool(_TURNED.search(note.folded, max(0, mention.start - 24), mention.start))
