"""Trials of analgesics: which drug, whether it is taken, was taken or cannot be, and what it did for the pain.

A drug that is given for something else (a headache, a fever, sedation) is no trial for the limb, and neither is
low-dose aspirin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from indicated.facts.diagnosis.around import proof
from indicated.facts.drugs.analgesic_general import read_general
from indicated.facts.drugs.analgesic_result import by_answer, by_numbers, by_words, in_spite
from indicated.facts.drugs.drug_status import SAID, Taking, taking
from indicated.facts.drugs.named import Stretch, drug_named, drugs_in, spans, stretches, told_of, with_drugs
from indicated.facts.model import Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.vocabulary.drugs import Drug

_WORD, _RESULT = "analgesic trial", "analgesic result"
_PAST_TITLE = lazy(r"\b(?:tried|trials?|prior|past|previous|failed|to date|history|hx)\b")
_NOW_TITLE = lazy(r"\b(?:current|present|active|now)\b")
_LOW_ASPIRIN = lazy(r"\b(?:75|81|100|162)\b|baby|low[- ]dose|cardiac|heart|stent|stroke|tia|cad")
_STRENGTH = lazy(r"[\s:-]{0,3}(?:patch\w* )?(?:4|5|1\.8) ?%(?!\s*(?:\d+ ?ml|inject|infiltr))")
_ALL_OF = lazy(
    r"\b(?:despite|with|on|from|under|of) (?:all )?(?:of )?(?:these|them|this(?: regimen)?|that|those|which|both|all)\b(?! (?:visit|time|point|day|week|month|date|morning|side|leg|foot))|\b(?:these|they|all|both|none|neither) (?:do|did|don't|didn't|have|of|are|were|help\w*|fail\w*)\b"
)
_DENIED = lazy(
    r"(?:^|[.;:,(] |\b)(?:no|denies|denied|without|no known|nor|not)(?: \w+)? $"
    r"|\b(?:none|neither|nothing|nobody)(?: (?!because\b|due\b|since\b|as\b|for\b|given\b)\w+){0,3} $"
)
_NO_REACH = 24
_OVERALL = ("other use", "withdrawn")
_CANNOT_BE_TAKEN = ("contraindicated", "not_tolerated")
_CANNOT = ("over", "back")


def read_analgesics(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each analgesic that a statement names, and the general statements on drug treatment."""
    if note.has("drug"):
        every = stretches(note, drugs_in(note, note.named(_RESULT, "not")))
        before: list[Fact] = []
        for at, stretch in enumerate(every):
            kept = with_drugs(stretch, partial(_is_analgesic, note, stretch))
            if kept is not None and not _named_again(note, every, at, kept):
                found = list(_facts(note, language, every, at, kept))
                if before and _as_before(note, kept):
                    found = [_like(fact, before[-1]) for fact in found]
                yield from found
                before = found
    yield from read_general(note, language)


def _as_before(note: Note, stretch: Stretch) -> bool:
    """Whether the words right behind a drug say that it went as with the one before ("naproxen: no help. Tylenol: ditto")."""
    return any(
        not re.search(r"[a-z]", note.folded[stretch.last : m.start])
        for m in spans(note, stretch, _RESULT, "same")
        if m.start >= stretch.last
    )


def _like(fact: Fact, before: Fact) -> Fact:
    result = before.attributes.get("result", "not_stated")
    return replace(fact, status=before.status, attributes={**fact.attributes, "result": result})


def _named_again(note: Note, every: Sequence[Stretch], at: int, kept: Stretch) -> bool:
    """Whether a drug is only named here and spoken of further on in the paragraph."""
    drugs = {found.drug.name for found in kept.drugs}
    if spans(note, kept, SAID) or spans(note, kept, _RESULT):
        return False
    paragraph = note.segments[kept.segment].paragraph
    return any(
        note.segments[later.segment].paragraph == paragraph
        and drugs <= {found.drug.name for found in later.drugs}
        for later in every[at + 1 :]
    )


def _is_analgesic(note: Note, stretch: Stretch, drug: Drug) -> bool:
    if drug.name == "aspirin":
        return _result_near(note, stretch) and not _LOW_ASPIRIN.search(
            note.folded, stretch.start, stretch.end
        )
    if drug.name == "lidocaine":
        mention = next(at.mention for at in stretch.drugs if at.drug is drug)
        return bool(_STRENGTH.match(note.folded, mention.end))
    return drug.analgesic is not None


def _result_near(note: Note, stretch: Stretch) -> bool:
    return any(
        m.group in ("insufficient", "insufficient then", "helps", "helps then")
        for m in spans(note, stretch, _RESULT)
    )


def _results(note: Note, stretch: Stretch) -> list[Mention]:
    """The words on the effect: those of the drugs' own sentence, else of the nearest one that goes on with them."""
    found = spans(note, stretch, _RESULT)
    told = told_of(note, stretch)
    kept = [m for m in found if m.group == "withdrawn" or (m.group == "other use" and m.segment in told)]
    for number in dict.fromkeys([stretch.segment, *told]):
        here = [m for m in found if m.segment == number and m.group not in _OVERALL]
        kept += here
        if any(m.group not in ("despite", "unknown", "of the list") for m in here):
            break
    return sorted(kept, key=lambda m: m.start)


def _shared(note: Note, every: Sequence[Stretch], at: int) -> str | None:
    """The result that is told of all drugs of a list, at its end or behind it ("... duloxetine 60. Despite these 6/10")."""
    paragraph = note.segments[every[at].segment].paragraph
    for number in range(every[at].segment, len(note.segments)):
        segment = note.segments[number]
        if segment.paragraph != paragraph:
            break
        later = max(segment.start, every[at].last)
        if left := in_spite(note.folded, later, segment.end):
            return left
        if _ALL_OF.search(note.folded, later, segment.end):
            told = by_words(note.within(number, _RESULT))
            return by_numbers(note.folded, segment.start, segment.end) or (told[0] if told else None)
    listed = at + 1 < len(every) and every[at + 1].lead >= 0 and every[at + 1].segment == every[at].segment
    if not listed or "(" in note.folded[every[at].last : every[at + 1].end]:
        return None
    told = by_words(_results(note, every[at + 1]))
    return told[0] if told else _shared(note, every, at + 1)


def _verdict_behind(note: Note, stretch: Stretch) -> str | None:
    """The verdict that stands alone behind a list, maybe past what is not taken ("..., nortrip 25. No NOAC. Partial benefit")."""
    paragraph = note.segments[stretch.segment].paragraph
    stop = min(len(note.segments), stretch.segment + 1 + _VERDICT_REACH)
    for number in range(stretch.segment, stop):
        segment = note.segments[number]
        later = max(segment.start, stretch.last)
        named = [m for m in note.within(number, "drug") if m.start >= later]
        if segment.paragraph != paragraph or any(drug_named(m.group).analgesic for m in named):
            return None
        told = [m for m in note.within(number, _RESULT) if _ALONE.search(note.folded, later, m.start)]
        if told and (found := by_words(told)):
            return found[0]
    return None


_ALONE = lazy(r"(?:^|[.;|])[\s\"':-]*$")
_VERDICT_REACH = 3


def _facts(
    note: Note,
    language: Language,
    every: Sequence[Stretch],
    at: int,
    stretch: Stretch,
) -> Iterator[Fact]:
    results = [m for m in _results(note, stretch) if not _no_bar(note, m)]
    groups = {m.group for m in results}
    cues = spans(note, stretch, SAID)
    how = taking(note, language, stretch, cues, results)
    if how is None or "withdrawn" in groups:
        return
    if any(m.group == "no bar" and m.end <= stretch.first for m in results):
        how = Taking(Status.HYPOTHETICAL, "it could be taken")
    if how.status is not Status.OTHER_PERSON and _something_else(note, stretch, results):
        return
    result = _result(note, stretch, results, how)
    if result == "not_stated" and "unknown" not in groups:
        result = _shared(note, every, at) or _verdict_behind(note, stretch) or result
    if _under_allergies(note, stretch):
        how, result = Taking(Status.ABSENT, "an allergy"), "contraindicated"
    else:
        how = _with_result(note, stretch, how, result, results, cues)
    for found in {found.drug.name: found for found in stretch.drugs}.values():
        yield _fact(note, stretch, how, found.drug, result)


def _under_allergies(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    return bool(re.search(r"\ballerg|\badr\b|^all$", segment.label) or re.search(r"^allerg", segment.heading))


def _fact(note: Note, stretch: Stretch, how: Taking, drug: Drug, result: str) -> Fact:
    kind = drug.analgesic or ("topical" if drug.name == "lidocaine" else "nsaid")
    attributes: dict[str, Value] = {"drug_class": kind}
    if not drug.family:
        attributes["drug"] = drug.name
    if how.status in (Status.PRESENT, Status.HISTORICAL) or result in _CANNOT_BE_TAKEN:
        attributes["result"] = result
    return Fact(
        word=_WORD,
        status=how.status,
        evidence=proof(note, told_of(note, stretch)),
        date=note.document.date,
        attributes=attributes,
        reader="analgesics",
        why=(how.why,),
    )


def _no_bar(note: Note, cue: Mention) -> bool:
    """Whether what would forbid a drug is denied ("no allergy or illness that speaks against it")."""
    return cue.group == "contraindicated" and bool(
        _DENIED.search(note.folded, max(0, cue.start - _NO_REACH), cue.start)
    )


def _something_else(note: Note, stretch: Stretch, results: Sequence[Mention]) -> bool:
    others = [m for m in results if m.group == "other use"]
    if not others:
        return False
    told = [m for m in results if m.group.startswith(("insufficient", "helps"))]
    limb = spans(note, stretch, "limb.lower")
    return not (told and limb)


def _result(note: Note, stretch: Stretch, results: Sequence[Mention], how: Taking) -> str:
    groups = {m.group for m in results}
    words = by_words(results)
    shown = _shown(note, stretch)
    if "contraindicated" in groups and how.status is Status.ABSENT:
        return "contraindicated"
    goes_on = words is not None and how.said and how.status is Status.PRESENT
    if "not tolerated" in groups and not (words and words[0] == "helps") and not goes_on:
        return "not_tolerated"
    if "contraindicated" in groups and not words:
        return "contraindicated"
    if shown and (words is None or words[0] != "insufficient"):
        return shown
    if words:
        return words[0]
    if "despite" in groups and any(m.group == "despite" and m.end <= stretch.first for m in results):
        return "insufficient"
    return "not_stated"


def _shown(note: Note, stretch: Stretch) -> str | None:
    """The result that answers or numbers tell, from the drugs' own sentence on as far as it goes on with them."""
    told = told_of(note, stretch)
    start = max(stretch.start, note.segments[stretch.segment].start)
    end = min(stretch.end, note.segments[told[-1]].end)
    told_here = by_answer(note.folded, start, end) or by_numbers(note.folded, start, end)
    return told_here or _field_below(note, stretch, told[-1])


def _field_below(note: Note, stretch: Stretch, last: int) -> str | None:
    """The answer in a field below the drug's own: "NSAIDs  Yes", then "Helpful?  No"."""
    for number in range(last + 1, min(len(note.segments), last + 1 + _FIELDS)):
        segment = note.segments[number]
        if note.within(number, "drug") or segment.heading != note.segments[stretch.segment].heading:
            return None
        said = by_answer(note.folded, segment.start, segment.end)
        if said:
            return said
    return None


_FIELDS = 2


def _with_result(
    note: Note,
    stretch: Stretch,
    how: Taking,
    result: str,
    results: Sequence[Mention],
    cues: Sequence[Mention],
) -> Taking:
    """What the result says of the taking: what cannot be taken is not taken, what "did nothing" was taken."""
    said = {m.group for m in cues}
    if how.status in (Status.OTHER_PERSON, Status.HYPOTHETICAL, Status.PLANNED, Status.ASKED):
        return how
    groups = {m.group for m in results}
    if result == "contraindicated":
        forbidden = any(m.group == "contraindicated" and m.start < stretch.first for m in results)
        taken = how.status is Status.HISTORICAL and bool(said & set(_CANNOT)) and not forbidden
        return how if taken else Taking(Status.ABSENT, "cannot be taken")
    if how.status is Status.ABSENT:
        return how
    if result == "not_tolerated" and "back" not in said:
        return Taking(Status.HISTORICAL, "not tolerated")
    if how.status is Status.HISTORICAL or "back" in said:
        return how
    past = groups & {"insufficient then", "helps then"} and not groups & {"insufficient", "helps"}
    if past or (not how.said and _past_title(note, stretch)) or (how.why == "named" and past):
        return Taking(Status.HISTORICAL, "told in the past")
    return how


def _past_title(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    title = f"{segment.heading} {segment.label}"
    return bool(_PAST_TITLE.search(title)) and not _NOW_TITLE.search(title)
