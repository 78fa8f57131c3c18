"""A therapist's own note: the start of care, the count of visits, a treatment, whatever the note calls it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.facts.diagnosis.around import of_another, phrases
from indicated.facts.model import Fact, Status, Value
from indicated.facts.therapy.therapy_fact import WORD, in_plan, therapy_fact
from indicated.facts.therapy.therapy_names import therapy_document, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_START = "start of therapy"
_LABELLED = 14
_COUNT = lazy(r"[\s:=(#]{0,4}(?P<value>\d{1,3})(?![\d.]|/\d{1,2}/)")
_VISITS = lazy(r"visit|session|attend|treatment|month|week")
_NOT_NOW = ("hypothetical", "planned", "other_person")
_NO_TREATMENT = {"ordered", "not begun", "refused", "not treated", "could", "condition", "blank"}


def discharged(note: Note) -> bool:
    """Whether the note closes the course of therapy."""
    return bool(note.named(WORD, "closed"))


def dated_start(note: Note, language: Language) -> int | None:
    """The statement of a therapist's note with the day on which care began, or with the number of visits."""
    today = note.document.date
    counted: int | None = None
    for cue in note.named(_START):
        groups = {c.group for c in note.within(cue.segment, WORD)}
        if groups & {"not begun", "refused", "not treated", "could", "blank", "ask"} or of_another(note, cue):
            continue
        if of_other_episode(note, cue.segment):
            continue
        if titled(note, language, cue.segment) in ("hypothetical", "planned", "other_person", "asked"):
            continue
        end = min(note.segments[cue.segment].end, cue.end + _LABELLED)
        days = [
            d for d in note.dates_in(cue.segment) if cue.start <= d.start < end and today and d.day <= today
        ]
        count = _COUNT.search(note.folded, cue.start, cue.end) or _COUNT.match(note.folded, cue.end, end)
        visits = bool(_VISITS.search(note.folded, cue.start, cue.end))
        if days:
            return cue.segment
        if counted is None and visits and count and int(count["value"]) > 0:
            counted = cue.segment
    return counted


def visits(note: Note, language: Language, named: dict[int, list[Mention]]) -> Iterator[Fact]:
    """A therapist's own note of a visit or a treatment, whatever it calls it; a course that it closes is over."""
    if not therapy_document(note, language):
        return
    free = [m for m in note.named(WORD) if m.segment not in named and not of_another(note, m)]
    for mention in free:
        if mention.group == "closed" and not of_other_episode(note, mention.segment):
            yield therapy_fact(note, [mention.segment], Status.HISTORICAL, "closed in a therapist's note")
            return
    seen = _seen(note, language, free)
    if seen is not None:
        yield therapy_fact(note, [seen], Status.PRESENT, "a visit in a therapist's note")
        return
    for mention in free:
        if mention.group in ("refused", "not begun"):
            attributes: dict[str, Value] = {"refused": True} if mention.group == "refused" else {}
            yield therapy_fact(
                note, [mention.segment], Status.ABSENT, "said in a therapist's note", attributes
            )
            return


def _seen(note: Note, language: Language, free: Sequence[Mention]) -> int | None:
    """The statement that tells of a visit or of treatment, or of an exercise with its number."""
    for mention in free:
        if mention.group not in ("visited", "begun", "content"):
            continue
        if mention.group == "begun" and not any(c.isdigit() for c in note.text_of(mention.segment)):
            continue
        if _treats(note, mention.segment) and titled(note, language, mention.segment) not in _NOT_NOW:
            return mention.segment
    for mention in note.named("exercise named"):
        if not any(c.isdigit() for c in note.text_of(mention.segment)) or not _treats(note, mention.segment):
            continue
        if not titled(note, language, mention.segment) and not in_plan(note, mention.segment):
            return mention.segment
    return None


def _treats(note: Note, segment: int) -> bool:
    said = {c.group for c in note.within(segment, WORD)}
    return not said & _NO_TREATMENT and not of_other_episode(note, segment)


def of_other_episode(note: Note, segment: int) -> bool:
    """Whether a statement is of the treatment of another part of the body, named in it or in its heading."""
    others = note.within(segment, WORD, "other") or [
        m for m in note.above(segment, WORD) if m.group == "other"
    ]
    paragraph = note.segments[segment].paragraph
    around = [
        n for n in (segment, *note.neighbours(segment, 1, 2)) if note.segments[n].paragraph == paragraph
    ]
    set_aside = phrases(note, WORD, around, "not here")
    return bool(others) and (bool(set_aside) or not phrases(note, WORD, around, "this"))
