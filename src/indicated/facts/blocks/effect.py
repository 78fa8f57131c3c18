"""Whether a statement speaks of what a sympathetic block did, of which block, and how it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from indicated.facts.blocks.dates import PROCEDURE_KIND
from indicated.facts.blocks.mentions import (
    STRONG,
    WORD,
    Named,
    named_blocks,
    owner_before,
    speaks_of_blocks,
)
from indicated.facts.diagnosis.around import of_another, overlaps
from indicated.facts.model import Fact, Status
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.when import entry_date

OTHER = "treatment.other"
_LOCAL = lazy(
    r"^(?!.*(?:patch|infusion|derm|cream|gel|drip)).*(?:bupi|ropi|lido|levobupi|mepi|chloropro|marcaine|sensorcaine|naropin|xylocaine|versed|midazolam|propofol)"
)
_SEDATIVE = lazy(r"versed|midazolam|propofol")
_EARLIER = lazy(r"\b(?:since|interval|last|prior|previous)\b")
_HOME = lazy(
    r"\b(?:calls?|called|phoned?|texts?|tel|tc|telephone|f/u|follow|home|diary|portal|msg|message|text|addendum|add|day \d|d\d|week|wk|visit|report|rec(?:overy)? ?(?:room|/ ?home)|evening|night)\b"
)
MESSAGE_KIND = lazy(
    r"messag|text|sms|portal|diary|phone|telephone|call|questionnaire|follow-?up form|e-?mail"
)
_BY_NUMBER = lazy(
    r"(?:^|[;,]\s|\band )\W*(?:the )?(?:#\s?[1-6]\b|(?:1st|2nd|3rd|4th|first|second|third|fourth)(?: (?:one|block|lsb|inj\w*|shot|time)\b| ?[:,-]| (?:was|gave|lasted|held|only|in|about|for)\b))|\b(?:both|each|every|all (?:two|three|four|five|\d)) (?:times?|ones?|blocks?)\b|\b(?:both|each|all|every one|none|neither) of (?:the|these|those|them)(?: (?:two|three|four|five|\d))?\b"
)
_YEAR = lazy(r"(?<![\d/.-])((?:19[6-9]|20[0-4])\d)(?![\d/.-])")
_LONG_AGO = 3
"""Years after which a block that is named by its year alone belongs to a former illness."""
PREVIOUS = lazy(
    r"\W*(?:the |her |his |my )?(?:last|prior|previous|preceding)(?:\W*$|\W*:| (?:time|one|block|lsb|injection|inj|shot|sympathetic|procedure|\d)\b)|.*\b(?:after|since|from|following|with|by|of|post|interval) (?:the |her |his |my )?(?:last|prior|previous|preceding) (?:time|one|block|lsb|injection|inj|shot|sympathetic|procedure)\b"
)
"""Words that speak of the block before the one whose record they stand in."""
_ANY_NUMBER = lazy(
    r"#|1st\b|2nd\b|3rd\b|4th\b|first\b|second\b|third\b|fourth\b|times?\b|ones?\b|blocks?\b|(?:both|each|every|all|none|neither)\b"
)
_SUBJECT = lazy(
    r"(?:re|regarding|subject|about|s/p|status post)|(?:(?:index|last|recent) )?(?:proc(?:edure)?|block|blk|injection|inj|service|treatment)(?: (?:date|done|performed|type|name|given))?"
)
"""Fields at the head of a form or call that name the block of which all of it speaks."""
_NUMBER_AHEAD = lazy(
    r"\W*(?:block|blk|lsb|inj\w*)? ?(?:#\s?\d|no\.? ?\d|\d(?:st|nd|rd|th)|\d[.)])[^.;]{0,20}$"
)
SHORT = 8
_ENTRY = 5
"""How many segments a dated entry of a log or of phone notes reaches down."""


@dataclass(frozen=True)
class Effects:
    """What is known of the blocks of one note before its statements of relief are read: its dated blocks, by segment."""

    note: Note
    language: Language
    all: tuple[tuple[int, Fact], ...]
    done: tuple[tuple[int, Fact], ...]
    named: tuple[Named, ...]
    heads: tuple[tuple[int, Fact], ...]
    """The blocks that open an entry, a row or the note of a procedure, to which what stands below them belongs."""
    procedure: bool
    """Whether the note is that of a procedure."""
    speaks: bool
    """Whether a sympathetic block is named outright anywhere in it."""
    numbered: frozenset[int] = frozenset()
    """The segments that may name a block by its number alone."""

    def statuses(self, segment: int) -> frozenset[Status]:
        """How the blocks of a segment are meant: done, planned and so on."""
        return self._statuses.get(segment, frozenset())

    def named_in(self, segment: int) -> Sequence[Named]:
        """The blocks that a statement names."""
        return self._named.get(segment, ())

    def named_above(self, title: tuple[int, int]) -> Sequence[Named]:
        """The blocks that a heading names."""
        return self._titled.get(title, ())

    @cached_property
    def _named(self) -> dict[int, list[Named]]:
        found: dict[int, list[Named]] = {}
        for one in self.named:
            if not one.title:
                found.setdefault(one.mention.segment, []).append(one)
        return found

    @cached_property
    def _titled(self) -> dict[tuple[int, int], list[Named]]:
        found: dict[tuple[int, int], list[Named]] = {}
        for one in self.named:
            if one.title:
                found.setdefault(self.note.segments[one.mention.segment].title, []).append(one)
        return found

    @cached_property
    def _statuses(self) -> dict[int, frozenset[Status]]:
        found: dict[int, set[Status]] = {}
        for segment, fact in self.all:
            found.setdefault(segment, set()).add(fact.status)
        return {segment: frozenset(statuses) for segment, statuses in found.items()}


def effects_of(note: Note, language: Language, blocks: Sequence[tuple[int, Fact]]) -> Effects:
    """Gather what the readers of relief need of the blocks of a note."""
    done = tuple((n, f) for n, f in blocks if f.status is Status.PRESENT)
    named = tuple(named_blocks(note))
    procedure = bool(PROCEDURE_KIND.match((note.document.kind or "").lower()))
    speaks = speaks_of_blocks(note)
    told = [(n, f) for n, f in done if f.date or "number" in f.attributes]
    heads = tuple((n, f) for n, f in told if procedure or _begins(note, n, f))
    return Effects(
        note,
        language,
        tuple(blocks),
        done,
        named,
        heads,
        procedure,
        speaks,
        _maybe_numbered(note)
        if speaks or named or MESSAGE_KIND.search((note.document.kind or "").lower())
        else frozenset(),
    )


def _maybe_numbered(note: Note) -> frozenset[int]:
    """The segments with a sign or word of number, found in one pass over the text."""
    return frozenset(note.segment_at(m.start()) for m in _ANY_NUMBER.finditer(note.folded))


def is_of_block(effects: Effects, segment: int, position: int, end: int, *, strict: bool = False) -> bool:
    """Whether a statement at `position:end` is of a sympathetic block and of no other treatment or kind of block.

    `strict` says that the statement is so plainly one of relief and its length that a message needs no name for the block.
    """
    note = effects.note
    near = [
        m for m in treatments(note, segment) if not (m.start < end and position < m.end and m.group == "said")
    ]
    before = [m for m in near if m.end <= position]
    behind = [m for m in near if m.start >= position]
    if before and (not behind or not _tied_behind(note, behind[0], end)):
        return _ours(note, before[-1])
    if behind:
        return _ours(note, behind[0])
    if by_number(effects, segment):
        return True
    if PREVIOUS.match(note.text_of(segment)) and enclosing(effects, segment) is not None:
        return True
    titled = [m for m in note.above(segment, WORD) if m.group in (*STRONG, "other", "weak")] + list(
        note.above(segment, OTHER)
    )
    short = len(note.segments) <= SHORT
    for number in range(segment - 1, max(-1, segment - 4), -1):
        if note.segments[number].title != note.segments[segment].title:
            break
        if note.segments[number].paragraph < note.segments[segment].paragraph - (2 if short else 0):
            break
        earlier = treatments(note, number)
        if earlier:
            return (
                _ours(note, earlier[-1])
                if not (titled and _ours(note, titled[-1]) and earlier[-1].name != WORD)
                else True
            )
    if titled:
        return _ours(note, titled[-1])
    for number in (segment + 1,) if short else ():
        if (
            number < len(note.segments)
            and note.segments[number].paragraph <= note.segments[segment].paragraph + 1
            and not _opens_with_a_day(note, number)
        ):
            later = treatments(note, number)
            if later:
                return _ours(note, later[0])
    kind = (note.document.kind or "").lower()
    if re.search(r"procedure follow|post-?proc", kind) or (short and (effects.speaks or effects.done)):
        return True
    diary = "diary" in kind or "log" in kind
    unnamed = not note.has(WORD) or (not effects.named and asks_how_long(note))
    if not effects.speaks and unnamed and strict:
        return bool(MESSAGE_KIND.search(kind)) or short
    return enclosing(effects, segment) is not None or (diary and bool(effects.done))


def _opens_with_a_day(note: Note, segment: int) -> bool:
    """Whether a segment is a dated entry of its own, so that it tells nothing of the one above."""
    start = note.segments[segment].start
    return any(0 <= d.start - start <= _MARGIN for d in note.dates_in(segment))


_MARGIN = 4


def asks_how_long(note: Note) -> bool:
    """Whether the head of a log or form asks how long it held: what stands below answers that, whatever else is named."""
    return any(_HOW_LONG.search(note.text_of(n)) for n in range(min(_HEAD, len(note.segments))))


_HEAD = 3
_HOW_LONG = lazy(r"\bhow long\b|\bhow many (?:days|weeks)\b|\b(?:length|duration) of (?:the )?relief\b")


def by_number(effects: Effects, segment: int) -> bool:
    """Whether a statement names blocks by their number alone ("#2 in January 10 days"), or speaks of each of them."""
    note = effects.note
    return segment in effects.numbered and _BY_NUMBER.search(note.text_of(segment)) is not None


def treatments(note: Note, segment: int) -> list[Mention]:
    """The needles, drugs and other treatments named in a segment, in the order of the text."""
    needles = [m for m in note.within(segment, WORD) if m.group in (*STRONG, "weak", "other")]
    others = [
        m
        for m in note.within(segment, OTHER)
        if not _SEDATIVE.search(note.folded[m.start : m.end])
        and not _LOCAL.search(note.folded[m.start : m.end])
        and not overlaps(m, needles)
    ]
    drugs = [
        m
        for m in note.within(segment, "drug")
        if not _LOCAL.search(note.folded[m.start : m.end]) and not overlaps(m, needles)
    ]
    return sorted([*needles, *others, *drugs], key=lambda m: m.start)


def _tied_behind(note: Note, mention: Mention, end: int) -> bool:
    """ "Relief from the block", "50 % after the LSB": what follows closely behind an effect is its cause."""
    between = note.folded[end : mention.start]
    return len(between) < 40 and bool(
        re.search(
            r"\b(?:from|after|of|with|following|since|post|to|by|out of|for|in|during)\b[^.;,]*$", between
        )
    )


def _ours(note: Note, mention: Mention) -> bool:
    if mention.name != WORD or mention.group in ("other", "stellate"):
        return False
    if mention.group == "weak" and mention.segment >= 0:
        return owner_before(note, mention.segment, mention.start) in ("", "block")
    return True


def of_other_person(effects: Effects, segment: int, mention: Mention) -> bool:
    """Whether a statement is of another patient or a relative; one who speaks for the patient is none."""
    note = effects.note
    said = note.within(segment, "sympathetic block said", "another")
    return (
        of_another(note, mention)
        or bool(said)
        or effects.language.titles.get(note.segments[segment].heading, "") == "other_person"
    )


def general(effects: Effects, segment: int, mention: Mention) -> bool:
    """Whether a statement stands in a leaflet, a rule, a consent or a study."""
    note = effects.note
    here = note.segments[segment]
    for title in (here.label, here.heading, (note.document.kind or "").lower()):
        if title != "background" and effects.language.titles.get(title, "") in ("hypothetical", "general"):
            return True
    if re.match(
        r"what is|what to expect|how is|policy|criteri|repeat criteria|coverage|after your|literature",
        here.heading,
    ):
        return True
    return any(
        name == "general" and note.folded[cue.start : cue.end] != "textbook"
        for name, cue in cues_on(note, mention)
    )


def former(effects: Effects, segment: int) -> bool:
    """Whether a statement is of a block of a former illness: years ago, or in an episode that has since resolved."""
    note = effects.note
    today = note.document.date
    if note.within(segment, "relief.former"):
        return True
    years = [int(y) for y in _YEAR.findall(note.text_of(segment))]
    return bool(years and today) and all(today.year - y >= _LONG_AGO for y in years) if today else False


def immediate(effects: Effects, segment: int) -> bool:
    """Whether a score in a procedure note is that of the procedure room: no call, visit or day at home is named."""
    if not effects.procedure:
        return False
    note = effects.note
    for number in range(segment, max(-1, segment - 4), -1):
        text = note.text_of(number)
        told_earlier = number == segment and _EARLIER.search(text)
        if (_HOME.search(text) or told_earlier) and (
            number == segment or not note.within(number, WORD, *STRONG)
        ):
            return False
    here = note.segments[segment]
    first = next(n for n in range(segment + 1) if note.segments[n].paragraph == here.paragraph)
    reaches = "\n" not in note.folded[note.segments[first].start : here.start]
    title = f"{here.heading} {here.label if reaches else ''}"  # in such a note a label does not reach past its line
    return not _HOME.search(title) and not _EARLIER.search(title)


def told_on(note: Note, segment: int) -> date | None:
    """The day on which a statement was made: that of the dated entry it stands in, else that of the document."""
    document = note.document.date
    day = _called_on(note, segment)
    if day is not None:
        return day
    day = entry_date(note, segment, reach=_ENTRY)
    return day if day and document and day <= document else document


def _called_on(note: Note, segment: int) -> date | None:
    """The day of a call, a visit or a late addendum at whose head it is named; it may be later than the document's own."""
    paragraph = note.segments[segment].paragraph
    document = note.document.date
    for number in range(segment, max(-1, segment - _ADDED), -1):
        here = note.segments[number]
        far = here.paragraph < paragraph - 1 or segment - number >= _ENTRY
        for match in _CALLED.finditer(note.folded, here.start, here.end):
            if far and not match["added"]:
                continue  # what is added to a note stands below its head to the end; a call is short
            found = next((d for d in note.dates_in(number) if d.exact and d.start == match.end()), None)
            if found is not None and document is not None:
                late = (found.day - document).days
                return found.day if late <= 0 or (found.has_year and late <= _LATE) else None
    return None


_CALLED = lazy(
    r"\b(?:calls?|called|phone(?:d| call)?|tel|telephone|f/?u|follow-? ?up|seen|visit|(?P<added>addend\w+|late entry)|entered|spoke)\b[ :]*(?:call |entered |dated |on |of |:)*(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_LATE = 120
_ADDED = 16
"""How many segments what is added to a note reaches down."""


def enclosing(effects: Effects, segment: int) -> str | None:
    """The block whose entry, row or procedure note a statement stands in."""
    note = effects.note
    heads = [(n, f) for n, f in effects.heads if n <= segment]
    if not heads:
        return None
    number, fact = heads[-1]
    same = note.segments[number].paragraph == note.segments[segment].paragraph
    if effects.procedure or same or (not _foreign(effects, number, segment) and segment - number <= 14):
        return fact.date.isoformat() if fact.date else f"#{fact.attributes['number']}"
    return None


def _begins(note: Note, segment: int, fact: Fact) -> bool:
    """Whether a block opens its segment, as the entry of a log does, rather than being told of in prose."""
    if "list or log" in " ".join(fact.why):
        return True
    piece = note.segments[segment]
    if _SUBJECT.fullmatch(piece.label):
        return True
    first = next((d for d in note.dates_in(segment)), None)
    if first is not None and _NUMBER_AHEAD.match(note.folded, piece.start, first.start):
        return True  # "#2 (LSB L 5/6/25)   call 5/20" opens the notes on that block
    return first is not None and first.start - piece.start <= 8 and piece.end > first.end


def _foreign(effects: Effects, first: int, last: int) -> bool:
    """Whether a heading or a blank subject divides two segments."""
    note = effects.note
    return note.segments[first].title != note.segments[last].title
