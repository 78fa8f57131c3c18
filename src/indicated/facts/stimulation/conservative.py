"""For how long a condition was treated conservatively."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.diagnosis.around import of_another, proof
from indicated.facts.model import Fact, Status
from indicated.facts.therapy.read import of_another_condition
from indicated.reading.amounts import Amount
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_WORD = "conservative treatment"
_NEAR = 32
_TOLD = (Status.PRESENT, Status.HISTORICAL, Status.ABSENT)
"""Without success is no denial of the treatment; what is open, planned or asked is sorted out by its own words."""


def read_conservative_treatment(note: Note, language: Language) -> Iterator[Fact]:
    """Yield the longest length of conservative treatment that a document tells; none for what is planned."""
    longest: tuple[float, int, tuple[str, ...]] | None = None
    for mention in note.named(_WORD, "whole", "therapy"):
        if note.within(mention.segment, _WORD, "open") or of_another(note, mention):
            continue
        if mention.group == "therapy" and (
            not note.within(mention.segment, _WORD, "done") or of_another_condition(note, mention)
        ):
            continue
        meant = setting(note, language, mention)
        if meant.status not in _TOLD:
            continue
        for amount in note.durations_in(mention.segment):
            if _beside(amount, mention) and (longest is None or amount.value > longest[0]):
                longest = (amount.value, mention.segment, meant.why)
    if longest:
        value, segment, why = longest
        yield Fact(
            word=_WORD,
            status=Status.PRESENT,
            evidence=proof(note, [segment]),
            value=value,
            unit="days",
            date=note.document.date,
            reader="conservative treatment",
            why=why,
        )


def _beside(amount: Amount, mention: Mention) -> bool:
    return mention.start - amount.end <= _NEAR and amount.start - mention.end <= _NEAR
