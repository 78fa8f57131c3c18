"""The Budapest criteria: said to be met or not, counted, asked for, or met only in the past.

The clinical rule is symptoms in three of four categories and signs in two (Harden 2010, DOI
10.1016/j.pain.2010.04.030). Numbers that fall short win over a word of confidence; numbers that suffice make
no verdict by themselves, since two further conditions belong to the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.facts.diagnosis.around import of_another, phrases, proof
from indicated.facts.diagnosis.budapest_counts import (
    SIGNS_NEEDED,
    SYMPTOMS_NEEDED,
    Counts,
    count_categories,
)
from indicated.facts.diagnosis.budapest_passages import Passage, passages
from indicated.facts.diagnosis.budapest_verdict import is_asked, is_past, verdict_of
from indicated.facts.diagnosis.conditions import conditions_hold
from indicated.facts.findings.read import read_findings
from indicated.facts.model import Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_CATEGORY_OF = {
    "allodynia or hyperalgesia": "sensory",
    "skin temperature asymmetry": "vasomotor",
    "skin color change": "vasomotor",
    "abnormal sweating": "sudomotor",
    "edema": "sudomotor",
    "reduced range of motion": "motor",
    "motor change": "motor",
    "trophic change": "motor",
}
_NAMES_CRITERIA = lazy(r"criteri|rule$|requirement")
_EMPTY_BOX = lazy(r"\[ ?\]|☐")


def read_budapest(note: Note, language: Language) -> Iterator[Fact]:
    """Yield one fact for each passage that speaks of the Budapest criteria."""
    if not any(note.has(word) for word in ("Budapest criteria", "Budapest part", "Budapest category")):
        return
    for passage in passages(note):
        fact = _read(note, language, passage)
        if fact is not None:
            yield fact


def segments_that_meet(note: Note, facts: Iterable[Fact]) -> frozenset[int]:
    """The segments of a note that say, today and of the patient, that the criteria are met, by the facts on them.

    Categories that are counted under the name of the criteria, and reach the numbers, say so beside the diagnosis.
    """
    met = [
        piece
        for fact in facts
        if fact.status is Status.PRESENT
        and (fact.attributes.get("verdict") == "met" or _named_and_counted(note, fact))
        for piece in fact.evidence
    ]
    return frozenset(
        n for p in met for n in range(note.segment_at(p.start), note.segment_at(max(p.start, p.end - 1)) + 1)
    )


def _named_and_counted(note: Note, fact: Fact) -> bool:
    symptoms, signs = fact.attributes.get("symptoms"), fact.attributes.get("signs")
    if not isinstance(symptoms, int) or not isinstance(signs, int):
        return False
    named = any(note.between(piece.start, piece.end, "Budapest criteria", "name") for piece in fact.evidence)
    return named and symptoms >= SYMPTOMS_NEEDED and signs >= SIGNS_NEEDED


def _read(note: Note, language: Language, passage: Passage) -> Fact | None:
    anchor = passage.names[0] if passage.names else None
    named = passage.segments[0] if anchor is None or anchor.segment < 0 else anchor.segment
    counts = count_categories(note, passage.segments)
    verdict, spoken, at = verdict_of(note, passage, counts)
    if (
        counts
        and not counts.firm
        and verdict
        and (not counts.known or (verdict == "met" and not counts.reached))
    ):
        counts = None  # findings strewn in prose are no count against a verdict
    if anchor is None and counts is None:
        return None
    judged = _setting(note, language, passage, named, verdict, counts, at)
    attributes: dict[str, Value] = {}
    if judged is None:
        judged = _result(note, language, passage, verdict, spoken, counts, attributes)
    if judged is None:
        return None
    if anchor is None and counts and not counts.firm and not _signs_found(note, language, counts):
        return None
    status, why = judged
    if status is Status.HISTORICAL and verdict:
        attributes["verdict"] = verdict
    used = {named} | ({note.segment_at(at)} if verdict and at >= 0 else set())
    if counts and status in (Status.PRESENT, Status.ABSENT):
        used |= set(counts.segments)
    return Fact(
        word="Budapest criteria",
        status=status,
        evidence=proof(note, sorted(used)),
        date=note.document.date,
        attributes=attributes,
        reader="budapest",
        why=(why,),
    )


def _setting(
    note: Note,
    language: Language,
    passage: Passage,
    named: int,
    verdict: str | None,
    counts: Counts | None,
    at: int,
) -> tuple[Status, str] | None:
    """How the passage is meant, where it is not a finding of today."""
    title = _title(note, language, named)
    other = any(of_another(note, m) for m in passage.names[:1] if m.segment >= 0)
    if other or title == "other_person" or note.misfiled(named):
        return Status.OTHER_PERSON, "said of another person"
    if title == "hypothetical":
        return Status.HYPOTHETICAL, "a general statement"
    if verdict == "met" and is_past(note, passage, at):
        return Status.HISTORICAL, "said of the past"
    if counts is not None and verdict is None and counts.known and is_past(note, passage, at):
        return Status.HISTORICAL, "counted in the past"
    if title == "asked" or is_asked(note, passage, verdict, counts, at):
        return Status.ASKED, "asked, or not complete"
    if _hypothetical(note, passage, verdict, counts):
        return Status.HYPOTHETICAL, "a general statement or a condition"
    return None


def _result(
    note: Note,
    language: Language,
    passage: Passage,
    verdict: str | None,
    spoken: str,
    counts: Counts | None,
    attributes: dict[str, Value],
) -> tuple[Status, str] | None:
    """The finding of today: met, not met, counted only, or open."""
    if counts is not None and counts.symptoms is not None:
        attributes["symptoms"] = counts.symptoms
    if counts is not None and counts.signs is not None:
        attributes["signs"] = counts.signs
    if verdict is None and counts is not None and _blank_form(note, counts):
        attributes.clear()
        return Status.ASKED, "no box is ticked"
    short = counts is not None and counts.reached is False and (counts.firm or verdict != "met")
    if short or verdict == "not_met":
        if not passage.names and not (counts and counts.firm):
            return None
        attributes["verdict"] = "not_met"
        return Status.ABSENT, "too few categories" if short else f"said: '{spoken}'"
    reached = counts is not None and counts.reached
    if verdict == "met" or (reached and conditions_hold(note, language, passage.segments)):
        attributes["verdict"] = "met"
        return Status.PRESENT, f"said: '{spoken}'" if verdict else "counted, and both conditions said"
    if reached:
        return Status.PRESENT, "counted"
    if counts is not None or passage.names:
        attributes.clear()
        return Status.ASKED, "no result, or categories left open"
    return None


def _signs_found(note: Note, language: Language, counts: Counts) -> bool:
    """Whether a bare list of what was seen holds enough signs that are abnormal ("warm, full range" holds none)."""
    first = min((m.segment for m in phrases(note, "Budapest part", counts.segments, "sign")), default=0)
    groups = {
        _CATEGORY_OF[fact.word]
        for fact in read_findings(note, language)
        if fact.status is Status.PRESENT
        and any(first <= note.segment_at(e.start) <= counts.segments[-1] for e in fact.evidence)
    }
    return len(groups) >= SIGNS_NEEDED


def _blank_form(note: Note, counts: Counts) -> bool:
    """Whether a form with boxes has not been filled in: an empty box is then no answer."""
    text = " ".join(note.text_of(n) for n in counts.segments)
    return counts.symptoms == 0 and counts.signs == 0 and bool(_EMPTY_BOX.search(text))


def _title(note: Note, language: Language, segment: int) -> str:
    s = note.segments[segment]
    for title in (s.label, s.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name == "hypothetical" and _NAMES_CRITERIA.search(title):
            continue
        if name in ("other_person", "hypothetical", "general", "asked"):
            return "hypothetical" if name == "general" else name
    return ""


def _hypothetical(note: Note, passage: Passage, verdict: str | None, counts: Counts | None) -> bool:
    if verdict is not None:
        return False
    where = counts.segments if counts is not None else tuple(passage.segments)
    return bool(phrases(note, "Budapest said", where, "hypothetical"))
