"""Disorders of bleeding: named, excluded, over, of a relative, or only asked about; and a negative bleeding history.

Bruises under a drug, a past thrombosis and one uneventful operation say nothing of a disorder; two denied items of a
bleeding history do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indicated.facts.answers import answer
from indicated.facts.choices import box_of, none_chosen
from indicated.facts.diagnosis.around import proof, room
from indicated.facts.drugs.drug_status import WILDCARD
from indicated.facts.headings import said_above
from indicated.facts.model import Fact, Status
from indicated.facts.relatives import of_relative
from indicated.facts.safety.infection_screen import denied
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD, _SAID = "bleeding disorder", "bleeding said"
_FACTOR = lazy(r"\bfactor (?:ii|v|vii|viii|ix|x|xi|xiii|5|7|8|9|11|13)\b[^.;%\d]{0,24}(?P<n>\d{1,3}) ?%")
_LOW_FACTOR = 50
_CLAUSE = lazy(r"[,;:]|\bbut\b|\bhowever\b|\bthough\b|\bthen\b|\buntil\b")
_NOT = lazy(r"\b(?:not?|none|never|nor|without)\b")
_MAYBE = lazy(r"\b(?:possible|possibly|suspected|suspicion of|questionable|query|\?) ?[\"'(]?$")
_HISTORY_OF = lazy(r"(?:history|hx|screen)\s*:")
_QUERY = lazy(r"(?:^|[\s(\"'])(?:\?+|r/o|rule out|query) ?$")
_ENOUGH = 2
_OVER = ("over", "healed")


def read_bleeding(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each statement on a disorder of bleeding, and one for a negative bleeding history."""
    if not note.has(WORD):
        return
    hidden = note.named(WORD, "not")
    for mention in note.named(WORD, "name", "absent", "topic"):
        if any(h.start < mention.end and mention.start < h.end for h in hidden):
            continue
        found = _judged(note, language, mention)
        if found is not None:
            yield _fact(note, found[0], [mention.segment], found[1])
    yield from _history(note, language, hidden)
    for match in _FACTOR.finditer(note.folded):
        if int(match["n"]) < _LOW_FACTOR:
            segment = note.segment_at(match.start())
            mention = Mention(WORD, "name", match.start(), match.end(), segment)
            status = Status.OTHER_PERSON if of_relative(note, mention) else Status.PRESENT
            yield _fact(note, status, [segment], "a low clotting factor")


def _fact(note: Note, status: Status, segments: Sequence[int], why: str) -> Fact:
    return Fact(WORD, status, proof(note, segments), date=note.document.date, reader="bleeding", why=(why,))


def _judged(note: Note, language: Language, mention: Mention) -> tuple[Status, str] | None:
    titles = said_above(note, language, mention.segment)
    own = note.within(mention.segment, _SAID)
    if "asked" in titles or any(m.group == "asked" and m.end <= mention.start for m in own):
        return Status.ASKED, "asked"
    if (
        any(m.group == "hypothetical" and m.end <= mention.start for m in own)
        or "hypothetical" in titles
        or _conditional(note, mention)
    ):
        return Status.HYPOTHETICAL, "a risk, a condition or a rule"
    if of_relative(note, mention) or "other_person" in titles or note.misfiled(mention.segment):
        if _patient_tested(note, mention):
            return Status.ABSENT, "a relative's, and the patient was tested"
        return Status.OTHER_PERSON, "of a relative"
    if WILDCARD.search(note.folded, note.segments[mention.segment].start, mention.start):
        return Status.ASKED, "a wildcard that nobody filled"
    if none_chosen(note, mention.start, mention.end):
        return Status.ABSENT, "none of the list is ticked"
    ticked = box_of(note, mention)
    if mention.group == "name" and ticked:
        return _BOXES[ticked]
    said = _answered(note, mention)
    if (
        mention.group != "absent"
        and _HISTORY_OF.search(note.folded, mention.start, mention.end + 2)
        and not said
    ):
        return None
    asks = (
        _QUERY.search(note.folded, max(0, mention.start - 9), mention.start)
        or _MAYBE.search(note.folded, max(0, mention.start - 24), mention.start)
        or any(m.group == "asked" for m in own)
    )
    if mention.group == "topic":
        return (Status.ASKED, "asked") if said == "open" or asks or "asked" in titles else None
    turned = mention.group == "absent"
    if said in ("yes", "no") and not turned:
        return (Status.PRESENT if said == "yes" else Status.ABSENT), f"answered {said}"
    if said == "open" or "asked" in titles:
        return Status.ASKED, "left open"
    if turned and any(mention.start <= m.start and m.end <= mention.end for m in own if m.group == "asked"):
        return Status.ASKED, "not known yet"
    if turned:
        old = _TEST.search(note.folded, mention.start, mention.end) and _years_ago(note, mention)
        return (Status.HISTORICAL if old else Status.ABSENT), "a negative bleeding history"
    return _stated(note, mention, own, bool(asks))


_BOXES: Mapping[str, tuple[Status, str] | None] = {
    "yes": (Status.PRESENT, "its box is ticked"),
    "no": None,
    "open": (Status.ASKED, "an empty box"),
}
# A test is true of its day only, an uneventful operation of the patient.
_TEST = lazy(r"\bcoag|\bclotting (?:screen|stud|profile|test|time)|\bp?tt?\b|\binr\b")
_YEAR = lazy(r"\b(?:19|20)\d\d\b")


def _years_ago(note: Note, mention: Mention) -> bool:
    segment, day = note.segments[mention.segment], note.document.date
    years = [int(m[0]) for m in _YEAR.finditer(note.folded, segment.start, segment.end)]
    return bool(years) and day is not None and max(years) < day.year - 1


def _stated(note: Note, mention: Mention, own: Sequence[Mention], asks: bool) -> tuple[Status, str]:
    beside = [m for n in room(note, mention.segment, 0, 2) for m in note.within(n, _SAID)]
    if denied(note, mention):
        return (
            (Status.PRESENT, "confirmed after all")
            if _after_all(note, mention, own)
            else (Status.ABSENT, "denied")
        )
    healed = [m for m in beside if m.group == "healed" and m.start >= mention.end and not denied(note, m)]
    against = [m for m in beside if m.group == "denied" and m.start > mention.start]
    if healed and against and healed[0].start < against[0].start:
        return Status.HISTORICAL, "over"
    if against and not any(m.group == "confirmed" and m.start > against[-1].start for m in beside):
        return Status.ABSENT, f"said: '{note.folded[against[0].start : against[0].end]}'"
    if against:
        return Status.PRESENT, "excluded once and confirmed since"
    if asks:
        return Status.ASKED, "asked"
    over = [m for m in own if m.group in _OVER and not denied(note, m)]
    if over or _of_the_past(note, mention):
        return Status.HISTORICAL, "over"
    return Status.PRESENT, f"named: '{note.folded[mention.start : mention.end]}'"


def _patient_tested(note: Note, mention: Mention) -> bool:
    """Whether the patient, named behind the relative, was tested and has it not ("father has it; pt tested, normal")."""
    beside = [
        m for n in room(note, mention.segment, 0, 2) for m in note.within(n, _SAID) if m.start >= mention.end
    ]
    patient = [m for m in beside if m.group == "kin"]
    return bool(patient) and any(m.group == "denied" and m.start >= patient[0].end for m in beside)


def _after_all(note: Note, mention: Mention, own: Sequence[Mention]) -> bool:
    """Whether a denied disorder is confirmed further on in the sentence, in a clause of its own."""
    for m in own:
        if m.group != "confirmed" or m.start < mention.end:
            continue
        between = note.folded[mention.end : m.start]
        if _CLAUSE.search(between) and not _NOT.search(between):
            return True
    return False


def _of_the_past(note: Note, mention: Mention) -> bool:
    """Whether the next sentence says that it is over and no word says that it is still there."""
    following = [n for n in room(note, mention.segment, 0, 1) if n > mention.segment]
    return any(note.within(n, _SAID, *_OVER) and not note.within(n, WORD, "name") for n in following)


def _conditional(note: Note, mention: Mention) -> bool:
    for name, cue in cues_on(note, mention):
        if (
            name in ("general", "hypothetical")
            and cue.end <= mention.start
            and note.folded[cue.start : cue.end] not in ("would", "should", "may", "might")
        ):
            return True
    return False


def _answered(note: Note, mention: Mention) -> str:
    segment = note.segments[mention.segment]
    if note.folded[segment.end - 1] == "?":
        following = mention.segment + 1
        reply = (
            answer(note.folded, note.segments[following].start, note.segments[following].end)
            if following < len(note.segments)
            else ""
        )
        return reply or "open"
    return answer(note.folded, mention.end, segment.end)


def _history(note: Note, language: Language, hidden: Sequence[Mention]) -> Iterator[Fact]:
    """A bleeding history of which two items or more are denied, and none is affirmed."""
    done: set[int] = set()
    for mention in note.named(WORD, "screen"):
        paragraph = note.segments[mention.segment].paragraph
        if paragraph in done:
            continue
        done.add(paragraph)
        segments = room(note, mention.segment, 0, 6)
        items = [
            m
            for n in segments
            for m in note.within(n, WORD, "screen")
            if not any(h.start < m.end and m.start < h.end for h in hidden)
        ]
        no = [m for m in items if _denied_item(note, m)]
        elsewhere = said_above(note, language, mention.segment) & {"hypothetical", "other_person", "asked"}
        ideas = any(m.group == "hypothetical" for n in segments for m in note.within(n, _SAID))
        if ideas and not no and not elsewhere:
            yield _fact(note, Status.HYPOTHETICAL, segments, "a risk, a condition or a rule")
        if len(no) >= _ENOUGH and not elsewhere and not ideas and not of_relative(note, mention):
            yield _fact(note, Status.ABSENT, sorted({m.segment for m in no}), "a negative bleeding history")


def _denied_item(note: Note, mention: Mention) -> bool:
    return denied(note, mention) or _answered(note, mention) == "no"
