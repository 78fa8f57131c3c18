"""Antithrombotic drugs: taken now, stopped, denied; and whether a list of the current drugs stands in the document.

Aspirin alone does not count (ASRA leaves it unrestricted for these blocks), so no fact is made of it. A denial that
covers a whole class, or drugs of both kinds by name, is one of all such drugs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.facts.answers import answer, box
from indicated.facts.choices import none_chosen
from indicated.facts.diagnosis.around import proof
from indicated.facts.drugs.drug_status import NONE_TICKED, SAID, Taking, taking
from indicated.facts.drugs.named import (
    DrugAt,
    Stretch,
    drugs_in,
    names_drug,
    spans,
    stretches,
    titled_drugs,
    told_of,
)
from indicated.facts.model import Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.vocabulary.drugs import Drug

_WORD, _OWN = "antithrombotic drug", "antithrombotic said"
_KINDS = ("antiplatelet", "antiplatelet (weak)")


def read_antithrombotics(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each antithrombotic that a statement names, and for each denial of all."""
    if not names_drug(note):
        return
    hidden = note.named(_OWN, "not")
    found = [at for at in drugs_in(note, hidden) if at.drug.antithrombotic]
    for at, below in titled_drugs(note, counts):
        yield from _facts(note, language, under(note, at, below))
    for stretch in stretches(note, found):
        yield from _facts(note, language, stretch)


def counts(drug: Drug) -> bool:
    """Whether a drug is an antithrombotic other than aspirin."""
    return bool(drug.antithrombotic) and drug.antithrombotic != "antiplatelet (aspirin)"


def under(note: Note, at: DrugAt, below: Sequence[int]) -> Stretch:
    """The stretch that a drug in a heading has: the first paragraph below it."""
    first = note.segments[below[0]]
    kept = [n for n in below if note.segments[n].paragraph == first.paragraph]
    return Stretch((at,), at.mention.start, note.segments[kept[-1]].end, tuple(kept))


def _facts(note: Note, language: Language, stretch: Stretch) -> Iterator[Fact]:
    if not any(counts(at.drug) for at in stretch.drugs):
        return
    cues = spans(note, stretch, SAID)
    own = spans(note, stretch, _OWN)
    if any(m.group == "elsewhere" and m.segment == stretch.segment and m.end <= stretch.first for m in cues):
        return
    if _under_allergies(note, stretch):
        return
    how = taking(note, language, stretch, cues)
    if how is None:
        return
    how = _held_is_taken(how, own)
    listed = [*stretch.drugs, *_in_same_list(note, stretch)] if how.why == NONE_TICKED else stretch.drugs
    if how.status is Status.ABSENT and _covers_all(listed):
        yield _fact(note, stretch, how, None)
        return
    for name in dict.fromkeys(at.drug.name for at in stretch.drugs if counts(at.drug) and not at.drug.family):
        yield _fact(note, stretch, how, name)
    if all(at.drug.family for at in stretch.drugs) and (
        how.status is not Status.PRESENT or _taken(note, stretch, cues)
    ):
        yield _fact(note, stretch, how, None)


def _under_allergies(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    titles = (
        segment.label or segment.heading,
        segment.heading if not note.within(stretch.segment, SAID) else "",
    )
    return any(title.startswith(_ALLERGY) for title in titles)


_ALLERGY = ("allerg", "drug allerg", "medication allerg", "intolerance", "adverse reaction", "adr")


def _taken(note: Note, stretch: Stretch, cues: Sequence[Mention]) -> bool:
    """Whether a drug that is named by its family only ("blood thinner") is said to be taken, and not just mentioned."""
    if answer(note.folded, stretch.last, stretch.end) == "yes" or box(note.folded, stretch.first) == "full":
        return True
    if any(m.group == "title" for m in note.above(stretch.segment, "medication list")):
        return True
    beside = [m for m in cues if m.group in ("taken", "back", "dosed") and m.segment == stretch.segment]
    held = any(m.group == "held" for m in spans(note, stretch, _OWN))
    return held or any(stretch.first - m.end <= _BESIDE and m.start - stretch.last <= _BESIDE for m in beside)


_BESIDE = 24


def _held_is_taken(how: Taking, own: Sequence[Mention]) -> Taking:
    """A drug that is held for a procedure is one that is taken."""
    if how.status in (Status.HISTORICAL, Status.ABSENT) and any(m.group == "held" for m in own):
        return Taking(Status.PRESENT, "held for a procedure, so taken")
    return how


def _in_same_list(note: Note, stretch: Stretch) -> list[DrugAt]:
    """The other antithrombotics of a list of boxes of which "none" is ticked."""
    paragraph = note.segments[stretch.segment].paragraph
    return [
        at
        for at in drugs_in(note)
        if at.drug.antithrombotic
        and abs(note.segments[at.mention.segment].paragraph - paragraph) <= _LIST
        and none_chosen(note, at.mention.start, at.mention.end)
    ]


_LIST = 8


def _covers_all(drugs: Sequence[DrugAt]) -> bool:
    if any(at.drug.family for at in drugs):
        return True
    kinds = {at.drug.antithrombotic in _KINDS for at in drugs if counts(at.drug)}
    return kinds == {True, False}


def _fact(note: Note, stretch: Stretch, how: Taking, name: str | None) -> Fact:
    attributes: dict[str, Value] = {"drug": name} if name else {}
    return Fact(
        word=_WORD,
        status=how.status,
        evidence=proof(note, told_of(note, stretch)),
        date=note.document.date,
        attributes=attributes,
        reader="antithrombotics",
        why=(how.why,),
    )
