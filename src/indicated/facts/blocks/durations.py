"""How long the relief of a block lasted: said, reckoned from dates, still going on, lost, or none.

Hours are fractions of a day, a range counts as its lower end, and relief that still goes on is censored: it
has lasted at least since the block. How long numbness, warmth or sedation lasted is no relief.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from indicated.facts.blocks.effect import (
    Effects,
    by_number,
    enclosing,
    former,
    general,
    immediate,
    is_of_block,
    of_other_person,
    told_on,
)
from indicated.facts.blocks.meant import block_meant, blocks_named_in, day_of_block
from indicated.facts.blocks.relief_amounts import ticked
from indicated.facts.blocks.relief_dates import RECKONED, reckoned
from indicated.facts.blocks.relief_fields import Span
from indicated.facts.blocks.relief_span import chosen_length, days_in, lengths_of, owed_to_block
from indicated.facts.blocks.relief_words import near_block
from indicated.facts.blocks.table import columns_of, is_head
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD = "block relief duration"
_QUESTION = lazy(r"\?[\"' )]*\s*$")
_OLDER = lazy(
    r"(?:after|from|for|following|since|with|by|of) (?:the |her |his )?(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier)|(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier) (?:one|block|lsb|injection)|for #\d"
)
_HOW_LONG = lazy(
    r"how long|its (?:length|duration)|how many (?:days|weeks|hours)|length of|duration|lasted|wore off|when it wore|for what time|till when|days she got|days (?:he|she|they|you) got|rel_dur|hrs_of"
)
_PLAIN = lazy(
    r"\b(?:relief|last(?:ed)?|wore off|came back|(?:it'?s|is|was) back|old pain|(?:days?|weeks?|d) at [0-3]\b|still good|pain[- ]free|held|good days|(?:was|were|been|felt) (?:fine|good|great|better|ok)|down to [0-5]|back to square one)\b|#[1-9]\b"
)
_TO_BE_KEPT = lazy(
    r"\b(?:to|will|please|pls|should|asked|told|kindly) (?:log|record|note|track|write(?: down)?|jot(?: down)?|report|chart|keep|call|phone|ring|message|text|tell|let)\b[^.;]{0,40}"
    r"\b(?:how long|(?:the (?:day|date|hour|time|morning|night|moment)|when|once|if|as soon as)\b[^.;]{0,60}\b(?:wears? (?:off|out)|ends?|gone|returns?|comes? back|fades?|stops?|quits?|runs? out|is back|lets? up))"
)
_EXPECTED = lazy(
    r"\b(?:typically|usually|generally|may|might|can|should|will|expect\w*|hop(?:e|es|ing)|anticipat\w*)\b[^.;]{0,40}\b(?:lasts?|longer relief|gives? (?:\w+ )?(?:hours|days|weeks)|(?:hours|days|weeks) to (?:days|weeks|months)|(?:a )?(?:good )?(?:month|week|fortnight)s? (?:out of|from|of))\b"
)
_NONE_AT_ALL = lazy(
    r"^\W*0\b(?! ?[.\d/]| ?(?:to|or|-) ?\d)|^\W*(?:none|nil|zero|no relief|never (?:had|got|felt) any|did not|didn'?t)\b|\bhad none\b|\bthere was none\b|\bnone to (?:speak|report|measure)"
)
_SUPPOSED = lazy(
    r"\b(?:hopefully|(?:one|i|we) would (?:expect|hope|anticipate)|with (?:any )?luck|should (?:the|it|this|her|his|a|your)|if (?:the|it|this|a|your)|might|may (?:last|hold|give|bring|wear|only)|could (?:last|hold|give|wear)|upcoming|planned|typically|usually|on average)\b"
)
_APART = lazy(r"\W{0,2}(?:apart|ago|later|hence|between)\b")
_LASTED = lazy(r"\b(?:lasted|wore off|held|helped|worked)\b")
_NO_LENGTH = ("lasting.other_effect", "lasting.nothing")
_NOT_REAL = lazy(r"\bexample\b|sample|e\.g\.")


def read_durations(effects: Effects, relief: Mapping[int, Fact]) -> Iterator[Fact]:
    """Yield a fact for each statement of how long the relief of a block lasted. `relief` are the facts of relief, by segment."""
    last: tuple[int, Fact] | None = None
    for segment in range(len(effects.note.segments)):
        several = list(_of_several(effects, segment))
        found = None if several else _statement(effects, segment, relief.get(segment))
        if last is not None and not (found is not None and _is_stated_for(effects, last, segment, found)):
            yield last[1]
        yield from several
        last = None if found is None else (segment, found)
    if last is not None:
        yield last[1]


def _is_stated_for(effects: Effects, last: tuple[int, Fact], segment: int, found: Fact) -> bool:
    """Whether a statement gives the length that the sentence before only let reckon: what is said counts, not the days between."""
    note = effects.note
    number, reckoned_one = last
    return (
        number == segment - 1
        and note.segments[number].paragraph == note.segments[segment].paragraph
        and not note.segments[segment].row
        and RECKONED in reckoned_one.why
        and found.status is Status.PRESENT
        and found.value is not None
        and RECKONED not in found.why
        and found.attributes.get("block") in (None, reckoned_one.attributes.get("block"))
    )


def _of_several(effects: Effects, segment: int) -> Iterator[Fact]:
    """A sentence that gives the lengths of several blocks ("the May one six weeks, the July one about four")."""
    note = effects.note
    spoken = note.within(segment, "lasting") or by_number(effects, segment)
    pieces = blocks_named_in(note, segment) if spoken else []
    if len(pieces) < 2:
        return
    here = note.segments[segment]
    anchor = Mention(WORD, "length", here.start, here.start + 1, segment)
    if (
        general(effects, segment, anchor)
        or of_other_person(effects, segment, anchor)
        or not is_of_block(effects, segment, pieces[0][0], pieces[0][1])
    ):
        return
    told = [(which, lengths_of(note, start, end)) for start, end, which in pieces]
    if sum(1 for _, span in told if span) < 2 and not any(span for _, span in told[1:]):
        return
    unit = next((span.unit for _, span in told if span and span.unit), "")
    for which, amount in told:
        if amount is None or _APART.match(note.folded, amount.end):
            continue
        days = amount.value if amount.unit else amount.value * days_in(unit)
        yield Fact(
            WORD, Status.PRESENT, proof(note, [segment]), value=round(days, 4), unit="days", date=told_on(note, segment),
            attributes={"block": which}, reader="durations", why=("one of several in a sentence",),
        )  # fmt: skip


def _statement(effects: Effects, segment: int, relief: Fact | None) -> Fact | None:
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    if is_head(note, segment):
        return None
    lasting = [m for m in note.within(segment, "lasting") if m.name not in _NO_LENGTH]
    topic = bool(_HOW_LONG.search(text)) or _titled(effects, segment)
    if _TO_BE_KEPT.search(text) and is_of_block(effects, segment, here.start, here.start + 1):
        return _aside(note, segment, Status.ASKED, "still to be told")
    unknown = note.within(segment, "relief.unknown")
    statuses = effects.statuses(segment)
    to_come = bool(statuses) and Status.PRESENT not in statuses and Status.PLANNED in statuses
    numbered = by_number(effects, segment)
    expected = bool(note.within(segment, "relief")) and _EXPECTED.search(text) is not None
    forecast = _forecast(effects, segment)
    if forecast is not None:
        return forecast
    told = lasting or topic or unknown or relief is not None or numbered or expected
    if not told and not near_block(effects, segment):
        return None
    column = _of_column(effects, segment)
    if column is not None:
        return column
    span = chosen_length(effects, segment, topic, relief is not None or numbered)
    if span is None and lasting:
        span = reckoned(effects, segment, _day(effects, segment))
    if span is None and (aside := _without_length(effects, segment, lasting, topic=topic)):
        return aside
    if span is None and not topic and not unknown and (relief is None or relief.status is not Status.ABSENT):
        return None
    if not lasting and not topic and relief is None and span is None:
        return None
    if to_come and not topic:
        if span is None or not is_of_block(effects, segment, span.start, span.end):
            return None
        return _aside(note, segment, Status.HYPOTHETICAL, "of a block to come")
    start, end = (span.start, span.end) if span else (here.start, here.start + 1)
    anchor = Mention(WORD, "length", start, end, segment)
    plain = span is not None and span.days is not None and (topic or bool(_PLAIN.search(text)))
    plain = plain or (
        (span is None or span.days is None)
        and re.search(r"\brelief\b", f"{here.heading} {text}") is not None
        and (topic or bool(_EXPECTED.search(text)))
    )
    if not is_of_block(effects, segment, start, end, strict=plain):
        return None
    if immediate(effects, segment) and not _OLDER.search(text):
        return None
    status, value, attributes, why = _read(effects, segment, anchor, span, relief, topic, unknown)
    if status is None:
        return None
    if status is Status.PRESENT and former(effects, segment):
        status = Status.HISTORICAL
    meant = block_meant(effects, segment, start)
    if meant:
        attributes["block"] = meant
    segments = [segment, *(span.also if span else ())]
    return Fact(
        WORD, status, proof(note, segments), value=value, unit="days" if value is not None else None,
        date=told_on(note, segment), attributes=attributes, reader="durations", why=(why,),
    )  # fmt: skip


def _without_length(effects: Effects, segment: int, lasting: list[Mention], *, topic: bool) -> Fact | None:
    """A statement that tells no length: is it of another person, or only what is expected?"""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    if _LASTED.search(text) and is_of_block(effects, segment, here.start, here.start + 1):
        whose = Mention(WORD, "length", here.start, here.start + 1, segment)
        word = next((m for m in lasting if m.name == "lasting.lasted"), whose)
        if of_other_person(effects, segment, word):
            return _aside(note, segment, Status.OTHER_PERSON)
    if not topic and _EXPECTED.search(text) and _is_spoken_of(effects, segment):
        return _aside(note, segment, Status.HYPOTHETICAL, "an expectation")
    return None


def _forecast(effects: Effects, segment: int) -> Fact | None:
    """A length that is only hoped for, expected or supposed, of a block that the statement names."""
    note = effects.note
    if not note.within(segment, "relief.hypothetical") or not near_block(effects, segment):
        return None
    words = note.within(segment, "relief.better") or [
        m for m in note.within(segment, "lasting") if m.name in ("lasting.lasted", "lasting.ended")
    ]
    for amount in note.durations_in(segment):
        anchor = Mention(WORD, "length", amount.start, amount.end, segment)
        if (
            (words or owed_to_block(note, segment, amount))
            and _hypothetical(effects, segment, anchor)
            and is_of_block(effects, segment, amount.start, amount.end)
            and not of_other_person(effects, segment, anchor)
            and _SUPPOSED.search(note.folded, note.segments[segment].start, amount.start)
        ):
            return _aside(note, segment, Status.HYPOTHETICAL, "only expected")
    return None


def _aside(note: Note, segment: int, status: Status, *why: str) -> Fact:
    """A statement on the length of relief that is none of the patient's own."""
    return Fact(WORD, status, proof(note, [segment]), date=note.document.date, reader="durations", why=why)


def _is_spoken_of(effects: Effects, segment: int) -> bool:
    """Whether an expectation is one of relief by a block."""
    here = effects.note.segments[segment]
    plain = re.search(r"\brelief\b", effects.note.text_of(segment)) is not None
    return is_of_block(effects, segment, here.start, here.start + 1, strict=plain)


def _of_column(effects: Effects, segment: int) -> Fact | None:
    """The length that a column of a table gives for the block of its row."""
    note = effects.note
    row = columns_of(note, segment) if segment in {n for n, _ in effects.done} else None
    if row is None or row.days is None:
        return None
    outcome = Status.PRESENT if row.days > 0 else Status.ABSENT
    which = block_meant(effects, segment, note.segments[segment].start)
    return Fact(
        WORD, outcome, proof(note, [segment]), value=row.days, unit="days", date=note.document.date,
        attributes={"block": which} if which else {}, reader="durations", why=("a column of the table",),
    )  # fmt: skip


def _day(effects: Effects, segment: int) -> date | None:
    """The day of the block that a statement means, as far as the note tells it."""
    here = effects.note.segments[segment]
    return day_of_block(effects, block_meant(effects, segment, here.start))


def _titled(effects: Effects, segment: int) -> bool:
    note = effects.note
    here = note.segments[segment]
    title = f"{here.heading} {here.label}"
    for number in range(segment - 1, max(-1, segment - 3), -1):
        asked = note.text_of(number)
        if note.segments[number].paragraph != here.paragraph:
            break
        if _QUESTION.search(asked):
            if _HOW_LONG.search(asked):
                return True
            break
    return bool(
        re.search(
            r"how long|lasted|duration|helped for|length of|days of relief|relief time|worked for|^(?:hours|hrs|days|weeks)$|(?: |^)(?:hours|hrs|days|weeks)$",
            title,
        )
    )


def _read(
    effects: Effects,
    segment: int,
    anchor: Mention,
    span: Span | None,
    relief: Fact | None,
    topic: bool,
    unknown: list[Mention],
) -> tuple[Status | None, float | None, dict[str, Value], str]:
    note = effects.note
    text = note.text_of(segment)
    told = span is not None and span.days is not None
    asked = note.within(segment, "relief.asked")
    if _will(text) or (general(effects, segment, anchor) and not told):
        return Status.HYPOTHETICAL, None, {}, "of a block to come"
    choice = ticked(text, 0)
    if (
        topic
        and isinstance(choice, str)
        and re.match(r"(?:not at all|none|never|no relief|did not|0)\b", choice)
    ):
        return Status.ABSENT, 0, {}, "ticked"
    if topic and not told and _NONE_AT_ALL.search(text):
        return Status.ABSENT, 0, {}, "it brought none"
    if span is not None and not told and _blank(text):
        return Status.ASKED, None, {}, "left blank"
    if topic and asked and not told and not unknown:
        return Status.ASKED, None, {}, "asked, not answered"
    if topic and not told and relief is not None and relief.status is Status.ABSENT:
        return Status.ABSENT, 0, {}, "it brought none"
    if (
        unknown
        and not told
        and (
            topic
            or (note.segments[segment].row and relief is not None)
            or _length_asked(effects, segment)
            or (span is not None and span.days is None)
        )
    ):
        return Status.ASKED, None, {"unknown": True}, "lost or never recorded"
    if (not unknown or told) and of_other_person(effects, segment, anchor):
        return Status.OTHER_PERSON, span.days if span else None, {}, "of another person"
    if general(effects, segment, anchor) or _hypothetical(effects, segment, anchor) or _NOT_REAL.search(text):
        return (
            Status.HYPOTHETICAL,
            span.days if span else None,
            {},
            "a condition, an expectation or a general statement",
        )
    if _QUESTION.search(text) and not told:
        return Status.ASKED, None, {}, "a question"
    if span is not None and told:
        if span.days == 0:
            return Status.ABSENT, 0, {}, "no relief at all"
        attributes: dict[str, Value] = {"censored": True} if span.censored else {}
        return Status.PRESENT, span.days, attributes, span.why
    if relief is not None and relief.status is Status.ABSENT:
        return Status.ABSENT, 0, {}, "it brought none"
    if relief is not None and relief.status in (Status.HYPOTHETICAL, Status.OTHER_PERSON):
        return (relief.status, None, {}, relief.why[0]) if topic else (None, None, {}, "")
    if span is not None:
        return Status.PRESENT, None, {}, span.why
    boxes = ticked(text, 0)
    if topic and (boxes == "" or asked or _blank(text)):
        return Status.ASKED, None, {}, "asked, not answered"
    return None, None, {}, ""


def _will(text: str) -> bool:
    return (
        re.match(r"\s*[\"']?(?:will|would|should|could|might|if) (?:the|an?|my|this|it|one|she|he)\b", text)
        is not None
        and "?" in text
    )


def _blank(text: str) -> bool:
    return bool(re.search(r"\[ {2,}\]|_{2,}|\*\*\*|\[ *\]|\{", text))


def _length_asked(effects: Effects, segment: int) -> bool:
    note = effects.note
    here = range(max(0, segment - 1), min(len(note.segments), segment + 2))
    return any(_HOW_LONG.search(note.text_of(n)) or "diary" in note.text_of(n) for n in here) or _titled(
        effects, segment
    )


def _hypothetical(effects: Effects, segment: int, anchor: Mention) -> bool:
    note = effects.note
    if former(effects, segment):
        return False
    for cue in note.within(segment, "relief.hypothetical"):
        between = note.folded[min(cue.end, anchor.end) : max(cue.start, anchor.start)]
        said = note.folded[cue.start : cue.end]
        if said == "may" and re.search(
            r"\b(?:the|in|of|last) $", note.folded[max(0, cue.start - 5) : cue.start]
        ):
            continue
        if (said == "can" and re.search(r"\bi $", note.folded[max(0, cue.start - 2) : cue.start])) or (
            re.match(r" (?:be|make|have been)\b", note.folded[cue.end : cue.end + 10]) and said == "would"
        ):
            continue
        if said in ("whether", "can", "could", "will", "until the", "would", "expected", "hope", "hopes"):
            if cue.start < anchor.start and len(between) < 30:
                return True
            continue
        if (
            cue.start < anchor.end
            and not re.search(r"[;.]\s|\bbut\b|\bonly\b", between)
            and len(between) < 120
        ):
            return True
    return bool(
        enclosing(effects, segment) is None
        and re.match(r"\s*(?:if|when|should|unless)\b", note.text_of(segment))
    )
