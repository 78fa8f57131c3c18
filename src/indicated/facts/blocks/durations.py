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
    asks_how_long,
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
from indicated.facts.blocks.relief_expected import (
    DURATION,
    EXPECTED,
    TO_BE_KEPT,
    aside,
    forecast,
    hypothetical,
    without_length,
)
from indicated.facts.blocks.relief_fields import Span
from indicated.facts.blocks.relief_span import chosen_length, days_in, lengths_of
from indicated.facts.blocks.relief_words import near_block
from indicated.facts.blocks.table import columns_of, is_head
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_QUESTION = lazy(r"\?[\"' )]*\s*$")
_OLDER = lazy(
    r"(?:after|from|for|following|since|with|by|of) (?:the |her |his )?(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier)|(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier) (?:one|block|lsb|injection)|for #\d"
)
_HOW_LONG = lazy(
    r"how long|its (?:length|duration)|how many (?:days|weeks|hours)|length of|duration|lasted|wore off|when it wore|for what time|till when|days she got|days (?:he|she|they|you) got|rel_dur|hrs_of"
)
_PLAIN = lazy(
    r"(?<![a-z])(?:relief|dur|last(?:ed)?|wore off|came back|(?:it'?s|is|was) back|old pain|(?:days?|weeks?|d) at [0-3]\b|still good|pain[- ]free|held|good days|(?:was|were|been|felt) (?:fine|good|great|better|ok)|down to [0-5]|back to square one)\b|#[1-9]\b"
)
_NOT_TICKED = lazy(r"(?:not at all|none|never|no relief|did not|0)\b")
_NONE_AT_ALL = lazy(
    r"^\W*0\b(?! ?[.\d/]| ?(?:to|or|-) ?\d)|^\W*(?:none|nil|zero|no relief|never (?:had|got|felt) any|did not|didn'?t)\b|\bhad none\b|\bthere was none\b|\bnone to (?:speak|report|measure)"
)
_APART = lazy(r"\W{0,2}(?:apart|ago|later|hence|between)\b")
_SUMS_UP = lazy(
    r"(?:\b(?:so|that'?s|that is|that makes|makes|i make (?:that|it)|we make (?:that|it)|call it|comes to|in all|total)\b|=)[ :]*(?:about |a good |only |some )?(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:d|days?|wks?|weeks?|h|hrs?|hours?)\b"
)
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
        pieces = _one_after_another(effects, segment) if spoken else []
    if len(pieces) < 2:
        return
    here = note.segments[segment]
    anchor = Mention(DURATION, "length", here.start, here.start + 1, segment)
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
            DURATION, Status.PRESENT, proof(note, [segment]), value=round(days, 4), unit="days", date=told_on(note, segment),
            attributes={"block": which}, reader="durations", why=("one of several in a sentence",),
        )  # fmt: skip


def _one_after_another(effects: Effects, segment: int) -> list[tuple[int, int, str]]:
    """The lengths that a sentence on all blocks lists in their order ("Both held: 8 days, then 11"), where each has its day."""
    note = effects.note
    here = note.segments[segment]
    days = sorted({f.date for _, f in effects.done if f.date})
    listed = _IN_ORDER.search(note.folded, here.start, here.end)
    if not listed or not note.within(segment, "block meant", "each"):
        return []
    stops = [listed.start(), *(m.end() for m in _THEN.finditer(note.folded, listed.start(), listed.end()))]
    if len(stops) != len(days):
        return []
    ends = [*stops[1:], listed.end()]
    return [(a, b, day.isoformat()) for a, b, day in zip(stops, ends, days, strict=True)]


_COUNT = r"(?:about )?(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen)(?: (?:d|days?|w(?:ee)?ks?|h|hrs?|hours?))?"
_THEN = lazy(r"(?:, then |, and then | then |, and | and |, )")
_IN_ORDER = lazy(rf"{_COUNT}(?:(?:, then |, and then | then |, and | and |, ){_COUNT})+(?![\w%])")


def _statement(effects: Effects, segment: int, relief: Fact | None) -> Fact | None:
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    if is_head(note, segment):
        return None
    lasting = [m for m in note.within(segment, "lasting") if m.name not in _NO_LENGTH]
    topic = bool(_HOW_LONG.search(text)) or _titled(effects, segment) or _only_a_length(effects, segment)
    if TO_BE_KEPT.search(text) and is_of_block(effects, segment, here.start, here.start + 1):
        return aside(note, segment, Status.ASKED, "still to be told")
    unknown = note.within(segment, "relief.unknown")
    statuses = effects.statuses(segment)
    to_come = bool(statuses) and Status.PRESENT not in statuses and Status.PLANNED in statuses
    numbered = by_number(effects, segment)
    expected = bool(note.within(segment, "relief")) and EXPECTED.search(text) is not None
    ahead = forecast(effects, segment)
    if ahead is not None:
        return ahead
    told = lasting or topic or unknown or relief is not None or numbered or expected
    if not told and not near_block(effects, segment):
        return None
    column = _of_column(effects, segment)
    if column is not None:
        return column
    span = chosen_length(effects, segment, topic, relief is not None or numbered)
    if span is None and lasting:
        span = reckoned(effects, segment, _day(effects, segment))
    if span is None and (spoken := without_length(effects, segment, lasting, topic=topic)):
        return spoken
    if span is None and not topic and not unknown and (relief is None or relief.status is not Status.ABSENT):
        return None
    if not lasting and not topic and relief is None and span is None:
        return None
    if to_come and not topic:
        if span is None or not is_of_block(effects, segment, span.start, span.end):
            return None
        return aside(note, segment, Status.HYPOTHETICAL, "of a block to come")
    start, end = (span.start, span.end) if span else (here.start, here.start + 1)
    anchor = Mention(DURATION, "length", start, end, segment)
    if not is_of_block(effects, segment, start, end, strict=_is_plain(note, segment, span, topic)):
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
        DURATION, status, proof(note, segments), value=value, unit="days" if value is not None else None,
        date=told_on(note, segment), attributes=attributes, reader="durations", why=(why,),
    )  # fmt: skip


def _only_a_length(effects: Effects, segment: int) -> bool:
    """Whether a sentence below a block is a length and nothing else ("Three weeks, to the day.")."""
    note = effects.note
    here = note.segments[segment]
    amount = next(iter(note.durations_in(segment)), None)
    return (
        amount is not None
        and _OPENING.fullmatch(note.folded, here.start, amount.start) is not None
        and _CLOSING.fullmatch(note.folded, amount.end, here.end) is not None
        and enclosing(effects, segment) is not None
    )


_OPENING = lazy(r"\W*(?:(?:about|a full|a good|only|just|some|roughly|almost|nearly|maybe|all of|for) )*")
_CLOSING = lazy(
    r"(?:,? (?:to the day|exactly|in all|altogether|or so|this time|tops|no more|then (?:gone|back|nothing)))?\W*"
)


def _is_plain(note: Note, segment: int, span: Span | None, topic: bool) -> bool:
    """Whether a statement is so plainly one of relief and its length that it needs no name for the block."""
    text = note.text_of(segment)
    if span is not None and span.days is not None:
        return topic or _PLAIN.search(text) is not None
    spoken = re.search(r"\brelief\b", f"{note.segments[segment].heading} {text}") is not None
    return spoken and (topic or EXPECTED.search(text) is not None)


def _of_column(effects: Effects, segment: int) -> Fact | None:
    """The length that a column of a table gives for the block of its row."""
    note = effects.note
    row = columns_of(note, segment) if segment in {n for n, _ in effects.done} else None
    if row is None or row.days is None:
        return None
    outcome = Status.PRESENT if row.days > 0 else Status.ABSENT
    which = block_meant(effects, segment, note.segments[segment].start)
    return Fact(
        DURATION, outcome, proof(note, [segment]), value=row.days, unit="days", date=note.document.date,
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
    if _SUMS_UP.search(note.text_of(segment)) and asks_how_long(note):
        return True
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
    if _will(text) or (general(effects, segment, anchor) and not told):
        return Status.HYPOTHETICAL, None, {}, "of a block to come"
    if not told:
        answer = _without_figure(effects, segment, span, relief, topic, unknown)
        if answer is not None:
            return answer
    if (not unknown or told) and of_other_person(effects, segment, anchor):
        return Status.OTHER_PERSON, span.days if span else None, {}, "of another person"
    if general(effects, segment, anchor) or hypothetical(effects, segment, anchor) or _NOT_REAL.search(text):
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
    asked = note.within(segment, "relief.asked")
    if topic and (ticked(text, 0) == "" or asked or _blank(text)):
        return Status.ASKED, None, {}, "asked, not answered"
    return None, None, {}, ""


def _without_figure(
    effects: Effects,
    segment: int,
    span: Span | None,
    relief: Fact | None,
    topic: bool,
    unknown: list[Mention],
) -> tuple[Status, float | None, dict[str, Value], str] | None:
    """What a statement without a length of its own answers: none at all, left blank, asked, lost."""
    note = effects.note
    text = note.text_of(segment)
    choice = ticked(text, 0)
    if topic and isinstance(choice, str) and _NOT_TICKED.match(choice):
        return Status.ABSENT, 0, {}, "ticked"
    if topic and _NONE_AT_ALL.search(text):
        return Status.ABSENT, 0, {}, "it brought none"
    if span is not None and _blank(text):
        return Status.ASKED, None, {}, "left blank"
    if topic and not unknown and note.within(segment, "relief.asked"):
        return Status.ASKED, None, {}, "asked, not answered"
    if topic and relief is not None and relief.status is Status.ABSENT:
        return Status.ABSENT, 0, {}, "it brought none"
    of_a_row = note.segments[segment].row and relief is not None
    if unknown and (topic or of_a_row or span is not None or _length_asked(effects, segment)):
        return Status.ASKED, None, {"unknown": True}, "lost or never recorded"
    return None


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
