"""Antithrombotic drugs before the block: to be held, being held, not to be held, and for how many days.

Nothing is taken for a hold unless a word of holding stands with the drug; the number of days is given only where
the text tells it, by days that it names or by a length of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicated.facts.answers import answer, box
from indicated.facts.diagnosis.around import proof
from indicated.facts.drugs.antithrombotics import counts, under
from indicated.facts.drugs.drug_status import TICKED, WILDCARD, another, boxes_all_empty
from indicated.facts.drugs.hold_dates import Named, from_days
from indicated.facts.drugs.hold_days import from_lengths
from indicated.facts.drugs.named import Stretch, drugs_in, spans, stretches, titled_drugs, with_drugs
from indicated.facts.headings import said_above
from indicated.facts.model import Fact, Status, Value
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORD, _LOOKALIKE = "antithrombotic hold", "antithrombotic said"
_HELD = ("planned", "present", "weak", "weak present", "historical", "continue")
_BEGUN = ("present", "weak present")
_WEAK = {"weak", "weak present"}
_DAY_FIRST = lazy(
    r"\s*[-*•]?\s*(?:(?:last dose|do not take|don't take|hold|stop|skip|none|no dose|restart|resume|start again|back on|block|procedure)\b[^:\n]{0,20}:|mon|tue|wed|thu|fri|sat|sun|\d{1,2}/\d|day\b|d-?\d)"
)
_DAYS_HEAD = lazy(
    r"(?:#|no\.?|hold)? ?\(?(?:of )?(?:days?|d)\)?(?: held| off| (?:to )?hold| pre\w*| before| prior)?|(?:hold|held|stop|off|pre-?op hold) ?\(?(?:\w+ )?(?:days?|d)?\)?"
)
_TODAY = lazy(
    r"\b(?:this morning|this am|arrived?|arrives|here for|checked? in|day of procedure)\b"
    r"|\b(?:block|lsb|injection|procedure|shot|here|seen|needle|presents|came)\b[^.;\n]{0,40}\btoday\b|\btoday\b[^.;\n]{0,40}\b(?:block|lsb|injection|procedure|shot|needle)\b"
)
_DAY_OF = lazy(r"procedure note|day of|check-?in|intra|immediate")
_ARRIVED = lazy(r"\bday of\b|\bcheck-?in\b|\bday-of\b|\barrival\b")
_ORDERS = lazy(r"\bplan\b|a/p|order|instruction|recommend|teaching")


def read_holds(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each antithrombotic of which a statement says whether it is left out before the block."""
    if not (note.has("drug") or note.has_title("drug")) or not note.has(_WORD):
        return
    for at, below in titled_drugs(note, counts):
        yield from _facts(note, language, under(note, at, below))
    for stretch in stretches(note, drugs_in(note, note.named(_LOOKALIKE, "not"))):
        kept = with_drugs(stretch, counts)
        if kept is not None and not _box_left_empty(note, kept):
            yield from _facts(note, language, _calendar(note, kept))


def _box_left_empty(note: Note, stretch: Stretch) -> bool:
    """Whether another drug of the row is ticked and this one is not."""
    segment = note.segments[stretch.segment]
    empty = box(note.folded, stretch.first) == "empty"
    return empty and bool(TICKED.search(note.folded, segment.start, segment.end))


def _calendar(note: Note, stretch: Stretch) -> Stretch:
    """The stretch with the lines below that begin with a day: a calendar that the drug stands in or over."""
    segments = list(stretch.segments)
    at = segments[-1]
    while at + 1 < len(note.segments) and len(segments) < _LINES and _DAY_FIRST.match(note.text_of(at + 1)):
        if (
            note.within(at + 1, "drug")
            or note.segments[at + 1].paragraph == note.segments[stretch.segment].paragraph
        ):
            break
        at += 1
        segments.append(at)
    if at == stretch.segments[-1]:
        return stretch
    return replace(stretch, end=note.segments[at].end, segments=tuple(segments))


_LINES = 9
_TWICE_A_DAY = frozenset({"apixaban", "dabigatran", "ticagrelor"})


def _facts(note: Note, language: Language, stretch: Stretch) -> Iterator[Fact]:
    here = _cues(note, stretch)
    today = _is_today(note, stretch)
    own = max(note.segments[stretch.segment].start, stretch.start)
    named = from_days(note.folded, stretch.start, stretch.end, note.document.date, block_today=today)
    twice = any(at.drug.name in _TWICE_A_DAY for at in stretch.drugs)
    lengths = from_lengths(note.folded, own, stretch.end, block_today=today, doses_a_day=2 if twice else 1)
    if not _says_enough(note, stretch, {m.group for m in here}, timed=bool(named or lengths)):
        return
    status, why = _status(note, language, stretch, here, named)
    if status is None:
        return
    if status is Status.PLANNED and today and not _to_come(note, named):
        status = Status.PRESENT
    attributes: dict[str, Value] = {}
    days = _days(note, stretch, named, lengths)
    if days is None:
        days = _days_cell(note, stretch)
    if status is Status.ABSENT:
        attributes["continue"] = True
    elif days is not None:
        attributes["days"] = days
    names = [at.drug.name for at in stretch.drugs if not at.drug.family]
    for name in dict.fromkeys(names) if names else [""]:
        yield Fact(
            word=_WORD,
            status=status,
            evidence=proof(note, stretch.segments),
            date=note.document.date,
            attributes={**({"drug": name} if name else {}), **attributes},
            reader="holds",
            why=(why,),
        )


def _cues(note: Note, stretch: Stretch) -> list[Mention]:
    """The words on a hold that belong to the drugs of a stretch.

    What stands before their sentence counts only as a question or as history, a condition only in their sentence.
    """
    found = spans(note, stretch, _WORD)
    shadowed = [m for m in found if m.group == "not"]
    cues = [
        m
        for m in found
        if m.group not in ("not", "block")
        and not any(s.start < m.end and m.start < s.end for s in shadowed)
        and not any(first <= m.start < last for first, last in stretch.muted)
    ]
    if not any(m.group in _HELD for m in cues):
        cues += _heads(note, stretch)
    if stretch.lead >= 0 and not any(m.group in _HELD for m in cues):
        # The verb before a list of drugs serves all of them; one behind another drug is that drug's.
        other = [d.start for d in note.named("drug") if stretch.lead <= d.start < stretch.start]
        until = min(other, default=stretch.start)
        cues += [m for m in note.named(_WORD, *_HELD) if stretch.lead <= m.start and m.end <= until]
    cues = [_answered(note, m) for m in cues]
    if stretch.drugs[0].titled:
        return cues
    first = note.segments[stretch.segment]
    return [
        m
        for m in cues
        if (m.start >= first.start or m.group in ("asked", "historical") or stretch.lead >= 0)
        and (m.segment == stretch.segment or (m.group != "hypothetical" and not _idle(note, m)))
    ]


def _heads(note: Note, stretch: Stretch) -> list[Mention]:
    """The words of holding in the heads of the columns over a row: "drug | hold (days)" above "clopidogrel | 7"."""
    if "|" not in note.text_of(stretch.segment):
        return []
    for number in range(stretch.segment - 1, max(-1, stretch.segment - _LINES), -1):
        if "|" not in note.text_of(number):
            return []
        if any(_DAYS_HEAD.fullmatch(cell.strip()) for cell in note.text_of(number).split("|")):
            found = note.within(number, _WORD, *_HELD)
            return [m._replace(start=stretch.last, end=stretch.last, segment=stretch.segment) for m in found]
    return []


def _answered(note: Note, cue: Mention) -> Mention:
    """A word of holding that a field answers: "Hold? [x] Y", "Hold required: NO"."""
    asks = cue.group in ("planned", "weak", "asked") and _ASKS.match(note.folded, cue.start)
    if not asks:
        return cue
    said = answer(note.folded, asks.end(), note.segments[cue.segment].end)
    return cue._replace(group={"yes": "planned", "no": "continue"}.get(said, cue.group))


def _idle(note: Note, cue: Mention) -> bool:
    """Whether a word of holding stands in a sentence that only considers it ("a gap could be looked at then")."""
    return cue.group in _HELD and bool(note.within(cue.segment, _WORD, "hypothetical"))


def _says_enough(note: Note, stretch: Stretch, groups: set[str], *, timed: bool) -> bool:
    """Whether the words speak of a hold: weak ones ("none", "off", "stopped") only with days or with the block."""
    if not groups & {*_HELD, "asked"}:
        block = any(m.group == "block" for m in spans(note, stretch, _WORD))
        return "hypothetical" in groups and (timed or block)
    if not groups & {*_HELD} <= _WEAK or "asked" in groups or timed:
        return True
    block = any(m.group == "block" for m in spans(note, stretch, _WORD))
    return block and answer(note.folded, stretch.last, stretch.end) != "no"


def _days_cell(note: Note, stretch: Stretch) -> float | None:
    """The number in the column of days, in a table with bars between the cells."""
    row = note.text_of(stretch.segment)
    if "|" not in row:
        return None
    for number in range(stretch.segment - 1, max(-1, stretch.segment - _LINES), -1):
        heads = [cell.strip() for cell in note.text_of(number).split("|")]
        at = next((n for n, cell in enumerate(heads) if _DAYS_HEAD.fullmatch(cell)), None)
        if at is not None:
            cells = [cell.strip() for cell in row.split("|")]
            return float(cells[at]) if at < len(cells) and cells[at].isdigit() else None
    return None


def _to_come(note: Note, named: Named | None) -> bool:
    """Whether the hold begins after the day of the document, by a day that is named."""
    first = named and (named.last_dose or named.first_without)
    return bool(first and note.document.date and first > note.document.date)


def _days(note: Note, stretch: Stretch, named: Named | None, length: float | None) -> float | None:
    """Days that are named win over a length of time, but for one of clear days."""
    if named is None:
        return length
    if length is not None and re.search(
        r"\b(?:clear|full|whole) days|doses\b|without\b", note.folded[stretch.start : stretch.end]
    ):
        return min(length, float(named.days)) if named.last_dose else length
    return float(named.days)


def _is_today(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    titles = f"{segment.heading} {segment.label} {(note.document.kind or '').lower()}"
    if _TODAY.search(note.folded, stretch.start, stretch.end):
        return True
    block = "block" in note.folded[stretch.start : stretch.end]
    return bool(_DAY_OF.search(titles) and block) or bool(
        _ARRIVED.search(f"{segment.heading} {segment.label}")
    )


def _status(
    note: Note, language: Language, stretch: Stretch, cues: Sequence[Mention], named: Named | None
) -> tuple[Status | None, str]:
    groups = {m.group for m in cues}
    titles = said_above(note, language, stretch.segment)
    segment = note.segments[stretch.segment]
    ordered = bool(_ORDERS.search(f"{segment.heading} {segment.label}"))
    if another(note, stretch) or "other_person" in titles:
        return Status.OTHER_PERSON, "of another person"
    if (
        (_unanswered(note, stretch) or _asked(note, stretch, cues, named))
        and not _settled(cues)
        and not _idea_first(cues)
    ):
        return Status.ASKED, "left open"
    if (
        _conditional(cues)
        or (
            "hypothetical" in titles
            and "continue" not in groups
            and not ordered
            and not _own_order(note, stretch, named)
        )
        or _general(note, stretch)
    ):
        return Status.HYPOTHETICAL, "a condition or a rule"
    decisive = [m for m in cues if m.group in _HELD]
    if not decisive:
        return None, ""
    last = max(decisive, key=lambda m: m.start)
    went_on = [m for m in decisive if m.group == "continue"]
    if (
        went_on
        and (
            last.group == "continue"
            or groups & set(_HELD) == {"continue"}
            or went_on[0].start <= min(m.start for m in decisive)
        )
        and not _overruled(went_on, decisive)
    ):
        return Status.ABSENT, f"said: '{note.folded[went_on[-1].start : went_on[-1].end]}'"
    past = [m for m in cues if m.group == "historical"]
    if (past and not _overruled(past, decisive)) or (named is None and _years_ago(note, stretch)):
        return Status.HISTORICAL, "of something else or earlier"
    anchor = note.document.date
    if named and anchor and (named.last_dose or named.first_without):
        begun = (named.last_dose and named.last_dose <= anchor) or (
            named.first_without and named.first_without <= anchor
        )
        return (
            (Status.PRESENT, "begun by the day of the document")
            if begun
            else (Status.PLANNED, "begins after the day of the document")
        )
    if groups & set(_BEGUN) and not (ordered and last.group not in _BEGUN):
        return Status.PRESENT, "being held"
    return Status.PLANNED, f"said: '{note.folded[last.start : last.end]}'"


def _unanswered(note: Note, stretch: Stretch) -> bool:
    """Whether a form asks for the hold and nobody has filled it in."""
    if boxes_all_empty(note, stretch):
        return True
    if stretch.muted:
        return False
    if WILDCARD.search(note.folded, stretch.start, stretch.end):
        return True
    open_answer = answer(note.folded, stretch.last, stretch.end) == "open"
    return open_answer and box(note.folded, stretch.first) != "full"


def _years_ago(note: Note, stretch: Stretch) -> bool:
    """Whether the sentence tells of an earlier year ("stopped 5 d, hernia 2022"), and not since when the drug is taken."""
    segment, day = note.segments[stretch.segment], note.document.date
    years = list(_YEAR.finditer(note.folded, max(segment.start, stretch.last), min(segment.end, stretch.end)))
    return bool(day) and any(
        int(m[0]) < day.year and not _SINCE.search(note.folded, max(0, m.start() - 24), m.start())
        for m in years
        if day
    )


def _conditional(cues: Sequence[Mention]) -> bool:
    """Whether the hold depends on something; a condition on what comes after it ("start again if dry") is none."""
    ideas = [m.start for m in cues if m.group == "hypothetical"]
    held = [m.start for m in cues if m.group in _HELD]
    return bool(ideas) and (not held or min(ideas) < min(held))


def _overruled(went_on: Sequence[Mention], decisive: Sequence[Mention]) -> bool:
    """Whether a hold is ordered after the word that it goes on ("kept on it last time, this time it is to be held")."""
    return any(
        m.group in ("planned", "weak") and m.start > went_on[-1].end and m.end - m.start > _PLAIN
        for m in decisive
    )


_PLAIN = 7


def _asked(note: Note, stretch: Stretch, cues: Sequence[Mention], named: Named | None) -> bool:
    """Whether the hold itself is asked for; that its length is open, or that days are read back, leaves it ordered."""
    told = [m for m in cues if m.group in _HELD and m.segment == stretch.segment]
    asked = [
        m
        for m in cues
        if m.group == "asked"
        and not (_LENGTH_OPEN.match(note.folded, m.start) and any(t.end <= m.start for t in told))
        and not (m.segment > stretch.segment and any(t.group == "historical" for t in told))
    ]
    return bool(asked) or (_question(note, stretch) and named is None)


def _idea_first(cues: Sequence[Mention]) -> bool:
    """Whether the question is part of a supposition that begins before it ("were a block to be decided on ...")."""
    ideas = [m.start for m in cues if m.group == "hypothetical"]
    asked = [m.start for m in cues if m.group == "asked"]
    return bool(ideas) and bool(asked) and min(ideas) < min(asked)


def _own_order(note: Note, stretch: Stretch, named: Named | None) -> bool:
    """Whether it is this patient's order although it stands under "Instructions": with days by name, or told to the patient."""
    return named is not None or bool(_TOLD.search(note.folded, stretch.start, stretch.end))


_ASKS = lazy(
    r"(?:hold|stop|interrupt|pause|withhold|discontinue)(?: (?:required|needed|necessary|indicated|ordered|recommended|advised|drug|thinner))?(?=\s*[?:])"
)
_SINCE = lazy(r"\b(?:since|stent|for|dvt|pe|tia|stroke|clot|mi|af|afib|of|valve|cabg)\b[^.;]{0,16}$")
_YEAR = lazy(r"\b(?:19|20)\d\d\b")
_LENGTH_OPEN = lazy(r"how (?:long|many)\b")
_TOLD = lazy(
    r"\b(?:told|instructed|advised|asked|informed|reminded|taught) (?:pt|patient|him|her|wife|husband|mr|mrs|ms)\b|\b(?:pt|patient|he|she) (?:was |is )?(?:told|instructed|advised|to (?:stop|hold))\b"
)


def _settled(cues: Sequence[Mention]) -> bool:
    """Whether a later sentence answers what is asked."""
    asked = [m.segment for m in cues if m.group == "asked"]
    return bool(asked) and any(m.group in _HELD and m.segment > max(asked) for m in cues)


def _question(note: Note, stretch: Stretch) -> bool:
    segment = note.segments[stretch.segment]
    return note.folded[segment.end - 1] == "?" and stretch.end <= segment.end


def _general(note: Note, stretch: Stretch) -> bool:
    return any(
        name == "general" and stretch.start <= cue.start and cue.end <= stretch.first
        for name, cue in cues_on(note, stretch.drugs[0].mention)
    )
