"""Trials of analgesics: which drug, whether it is taken, was taken or cannot be, and what it did for the pain.

A drug that is given for something else (a headache, a fever, sedation) is no trial for the limb, and neither is
low-dose aspirin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from indicated.facts.analgesic_general import read_general
from indicated.facts.analgesic_result import by_answer, by_numbers, by_words
from indicated.facts.around import proof
from indicated.facts.drug_status import SAID, Taking, taking
from indicated.facts.drugs import Stretch, drugs_in, spans, stretches, with_drugs
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
_ACROSS = lazy(
    r"\b(?:these|them|both|all|neither|none of|by themselves|on their own|alone|combination|regimen|meds|medications|medicines|all of)\b|[,:;]|$"
)
_CANNOT = ("over", "back")


def read_analgesics(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each analgesic that a statement names, and the general statements on drug treatment."""
    if note.has("drug"):
        hidden = note.named(_RESULT, "not")
        every = stretches(note, drugs_in(note, hidden))
        cues = note.named(SAID)
        results = note.named(_RESULT)
        for at, stretch in enumerate(every):
            kept = with_drugs(stretch, partial(_is_analgesic, note, stretch))
            if kept is not None and not _named_again(note, every, at, kept):
                yield from _facts(
                    note, language, kept, spans(stretch, cues), _results(note, every, at, results)
                )
    yield from read_general(note, language)


def _named_again(note: Note, every: Sequence[Stretch], at: int, kept: Stretch) -> bool:
    """Whether a drug is only named here and spoken of further on in the paragraph."""
    drugs = {found.drug.name for found in kept.drugs}
    if spans(kept, note.named(SAID)) or spans(kept, note.named(_RESULT)):
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
        for m in spans(stretch, note.named(_RESULT))
    )


def _results(note: Note, every: Sequence[Stretch], at: int, results: Sequence[Mention]) -> list[Mention]:
    """The words on the effect in a stretch; those of the list's last drug where they are said of all."""
    own = spans(every[at], results)
    if any(m.group not in ("despite", "unknown") for m in own):
        return own
    for later in every[at + 1 :]:
        same = note.segments[later.segment].paragraph == note.segments[every[at].segment].paragraph
        if not same or later.lead < 0:
            break
        told = spans(later, results)
        if any(m.group.startswith(("insufficient", "helps")) for m in told) and _ACROSS.search(
            note.folded, later.last, later.end
        ):
            return own + [m for m in told if m.group.startswith(("insufficient", "helps"))]
    return own


def _facts(
    note: Note, language: Language, stretch: Stretch, cues: Sequence[Mention], results: Sequence[Mention]
) -> Iterator[Fact]:
    groups = {m.group for m in results}
    how = taking(note, language, stretch, cues)
    if (
        how is None
        or "withdrawn" in groups
        or (how.status is not Status.OTHER_PERSON and _something_else(note, stretch, results))
    ):
        return
    result = _result(note, stretch, results, how)
    how = _with_result(note, stretch, how, result, results, cues)
    for at in {at.drug.name: at for at in stretch.drugs}.values():
        attributes: dict[str, Value] = {
            "drug_class": at.drug.analgesic or ("topical" if at.drug.name == "lidocaine" else "nsaid")
        }
        if not at.drug.family:
            attributes["drug"] = at.drug.name
        if how.status in (Status.PRESENT, Status.HISTORICAL) or result in (
            "contraindicated",
            "not_tolerated",
        ):
            attributes["result"] = result
        yield Fact(
            word=_WORD,
            status=how.status,
            evidence=proof(note, stretch.segments),
            date=note.document.date,
            attributes=attributes,
            reader="analgesics",
            why=(how.why,),
        )


def _something_else(note: Note, stretch: Stretch, results: Sequence[Mention]) -> bool:
    others = [m for m in results if m.group == "other use"]
    if not others:
        return False
    told = [m for m in results if m.group.startswith(("insufficient", "helps"))]
    limb = spans(stretch, note.named("limb.lower"))
    return not (told and limb)


def _result(note: Note, stretch: Stretch, results: Sequence[Mention], how: Taking) -> str:
    groups = {m.group for m in results}
    words = by_words(results)
    shown = by_answer(note.folded, stretch.start, stretch.end) or by_numbers(
        note.folded, stretch.start, stretch.end
    )
    if "contraindicated" in groups and how.status is Status.ABSENT:
        return "contraindicated"
    if "not tolerated" in groups and not (words and words[0] == "helps"):
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
        taken = how.status is Status.HISTORICAL and bool(said & set(_CANNOT))
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
