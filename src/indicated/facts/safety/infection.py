"""Infection: active, over, excluded by a specific screen, or only spoken of.

An infection counts as active when it is named, shows by a sign, or is treated by a current antibiotic. Nothing but a
statement that there is none, or a specific screen with negative answers, is an absence; silence and blanket lines are
neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.diagnosis.around import proof, room
from indicated.facts.drugs.drug_status import WILDCARD, tells
from indicated.facts.headings import said_above
from indicated.facts.model import Fact, Status
from indicated.facts.safety.infection_screen import SCREEN, WORD, Screen, denied, polarity
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_SAID = "infection said"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|'\d\d\b|\bage (?:of )?\w+\b")
_QUERY = re.compile(r"(?:^|[\s(\"'])(?:\?+|r/o|vs\.?|query) ?$")
_GENERIC_NAMES = ("infection", "infections", "infxn", "infected")
_GENERIC = ("antibiotic", "antibiotics", "abx", "antibx")
_WEAK_GENERIC = re.compile(
    r"\b(?:on|taking|takes|course|started|day|yes|given|prescribed|needs|finish\w*|complet\w*|still)\b"
)
_CLAUSE = re.compile(r"[;]|\. |\bbut\b")


def read_infection(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each statement on infection, and one for each negative screen."""
    if not (note.has(WORD) or note.has(SCREEN)):
        return
    hidden = note.named(WORD, "not")
    general: list[Mention] = []
    for mention in note.named(WORD, "absent"):
        if not _hides(hidden, mention) and (status := _of_absence(note, language, mention)) is not None:
            if status is Status.ABSENT:
                general.append(mention)
            yield _fact(note, status, [mention.segment], "said to be absent")
    yield from _screens(note, language, hidden)
    for mention in note.named(WORD, "topic"):
        if _asked(note, mention, note.within(mention.segment, _SAID)) or polarity(note, mention) == "open":
            yield _fact(note, Status.ASKED, [mention.segment], "a screen without answers")
    for mention in note.named(WORD, "name", "sign", "antibiotic"):
        if _hides(hidden, mention) or any(g.start < mention.end and mention.start < g.end for g in general):
            continue
        found = _named(note, language, mention)
        if found is None or (found[0] is Status.PRESENT and _withdrawn(note, mention, general)):
            continue
        yield _fact(note, found[0], [mention.segment], found[1])


def _fact(note: Note, status: Status, segments: Sequence[int], why: str) -> Fact:
    return Fact(WORD, status, proof(note, segments), date=note.document.date, reader="infection", why=(why,))


def _hides(hidden: Sequence[Mention], mention: Mention) -> bool:
    return any(h.start < mention.end and mention.start < h.end for h in hidden)


def _withdrawn(note: Note, mention: Mention, general: Sequence[Mention]) -> bool:
    """Whether the next sentences end by saying that there is no infection after all."""
    here = note.segments[mention.segment].heading
    return mention.group == "name" and any(
        g.start > mention.end
        and g.segment - mention.segment <= _SOON
        and note.segments[g.segment].heading == here
        for g in general
    )


_SOON = 3


def _screens(note: Note, language: Language, hidden: Sequence[Mention]) -> Iterator[Fact]:
    done: set[int] = set()
    for mention in note.named(SCREEN):
        if mention.segment in done:
            continue
        segments = _together(note, mention.segment)
        done.update(segments)
        titles = said_above(note, language, mention.segment)
        if any(_hypothetical(note, n) for n in segments):
            if _strong(note, segments):
                yield _fact(note, Status.HYPOTHETICAL, segments, "what to look out for")
            continue
        if titles & {"hypothetical", "other_person", "asked"}:
            continue
        screen = Screen(note, segments, hidden)
        if screen.negative:
            yield _fact(note, Status.ABSENT, screen.proof, "a screen with negative answers")
        elif screen.open and not screen.denied and _asks(note, segments):
            yield _fact(note, Status.ASKED, segments, "a screen without answers")


def _together(note: Note, segment: int) -> list[int]:
    """The segments of one screen: the paragraph, or the rows and items under one heading that hold an item each."""
    first = segment
    while first > 0 and _joins(note, first - 1, first):
        first -= 1
    last = segment
    while last + 1 < len(note.segments) and _joins(note, last, last + 1):
        last += 1
    return list(range(first, last + 1))


def _joins(note: Note, before: int, after: int) -> bool:
    one, other = note.segments[before], note.segments[after]
    if one.paragraph == other.paragraph:
        return True
    return (
        one.heading == other.heading
        and bool(note.within(before, SCREEN))
        and bool(note.within(after, SCREEN))
        and other.start - one.end <= _LINE_GAP
    )


_LINE_GAP = 12


def _strong(note: Note, segments: Sequence[int]) -> list[Mention]:
    return [m for n in segments for m in note.within(n, SCREEN, "screen")]


def _asks(note: Note, segments: Sequence[int]) -> bool:
    return any(
        note.within(n, WORD, "name", "antibiotic") or len(note.within(n, SCREEN)) > 1 for n in segments
    )


def _hypothetical(note: Note, segment: int) -> bool:
    return bool(note.within(segment, _SAID, "hypothetical"))


def _of_absence(note: Note, language: Language, mention: Mention) -> Status | None:
    titles = said_above(note, language, mention.segment)
    if _other(note, mention) or "other_person" in titles:
        return Status.OTHER_PERSON
    before = [m for m in note.within(mention.segment, _SAID, "hypothetical") if m.end <= mention.start]
    if "hypothetical" in titles or before:
        return Status.HYPOTHETICAL
    if (
        "asked" in titles
        or note.folded[note.segments[mention.segment].end - 1] == "?"
        or polarity(note, mention) == "open"
    ):
        return Status.ASKED
    return Status.ABSENT


def _other(note: Note, mention: Mention) -> bool:
    if note.misfiled(mention.segment):
        return True
    for name, cue in cues_on(note, mention):
        if (
            name == "other_person"
            and not tells(note, cue)
            and not _CLAUSE.search(note.folded, cue.end, mention.start)
        ):
            return True
    return False


def _named(note: Note, language: Language, mention: Mention) -> tuple[Status, str] | None:
    segment = note.segments[mention.segment]
    titles = said_above(note, language, mention.segment)
    own = note.within(mention.segment, _SAID)
    text = note.folded[mention.start : mention.end]
    ideas = [
        m
        for m in own
        if m.group == "hypothetical" and (m.end <= mention.start or m.start - mention.end < _BEHIND)
    ]
    if "asked" in titles or any(m.group == "asked" and m.end <= mention.start for m in own):
        return Status.ASKED, "asked or not settled"
    if (ideas and ideas[0].end <= mention.start) or "hypothetical" in titles or _conditional(note, mention):
        return Status.HYPOTHETICAL, "a risk, a condition or a rule"
    if _other(note, mention) or "other_person" in titles:
        return Status.OTHER_PERSON, "of another person"
    if ideas:
        return Status.HYPOTHETICAL, "a risk, a condition or a rule"
    if mention.group == "antibiotic" and any(m.group == "prophylaxis" for m in own):
        return None
    if _set_aside(note, mention, own):
        return Status.ABSENT, "set aside by the writer"
    if mention.group == "antibiotic" and _allergy(note, mention):
        return None
    said = polarity(note, mention)
    if said == "no" and not any(note.folded[m.start : m.end] == _WORSE for m in own):
        return (Status.ABSENT, "answered no") if text in _GENERIC_NAMES else None
    if WILDCARD.search(note.folded, segment.start, mention.start):
        return Status.ASKED, "a wildcard that nobody filled"
    if said == "open" or (said != "yes" and _asked(note, mention, own)):
        return Status.ASKED, "asked or not settled"
    # "In the past two weeks?  Yes": what the question says of time is its reach and no end.
    mark = note.folded.find("?", mention.end, segment.end) if said == "yes" else -1
    past = _over(note, mention, [m for m in own if m.start > mark])
    if past:
        return Status.HISTORICAL, f"over: '{past}'"
    if (
        mention.group == "antibiotic"
        and text in _GENERIC
        and said != "yes"
        and not _WEAK_GENERIC.search(note.folded, segment.start, segment.end)
    ):
        return None
    return Status.PRESENT, f"named: '{text}'"


def _set_aside(note: Note, mention: Mention, own: Sequence[Mention]) -> bool:
    """Whether a diagnosis is excluded in its sentence ("excludes clot, gout, infection", "... felt unlikely")."""
    if mention.group != "name":
        return False
    for m in own:
        if m.group == "excluded":
            between = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
            if not re.search(r"[;.]\s|\bbut\b|\bnow\b", between):
                return True
    following = [n for n in room(note, mention.segment, 0, 1) if n > mention.segment]
    return any(
        note.within(n, _SAID, "withdrawn")
        and all(denied(note, m) for m in note.within(n, WORD, "name", "sign"))
        for n in following
    )


def _allergy(note: Note, mention: Mention) -> bool:
    segment = note.segments[mention.segment]
    title = f"{segment.heading} {segment.label}"
    before = note.folded[max(segment.start, mention.start - _ALLERGY_REACH) : mention.start]
    return bool(
        re.search(r"\ballerg|\badr\b|^all$| all$", title)
        or re.search(r"\ball(?:erg\w*)?\b\s*[:=-]?[^.;]*$", before)
    )


_ALLERGY_REACH = 50


def _conditional(note: Note, mention: Mention) -> bool:
    for name, cue in cues_on(note, mention):
        said = note.folded[cue.start : cue.end]
        if (
            name in ("general", "hypothetical")
            and cue.end <= mention.start
            and said not in ("would", "should", "fears", "may")
        ):
            return True
    return False


_WORSE = "worse than"
_BEHIND = 40


def _asked(note: Note, mention: Mention, own: Sequence[Mention]) -> bool:
    if _QUERY.search(note.folded, max(0, mention.start - 8), mention.start):
        return True
    # What a wound shows stands, whatever a swab of it will say.
    asked = [m for m in own if m.group == "asked" and (mention.group != "sign" or m.end <= mention.start)]
    now = [m for m in own if m.group == "now"]
    return (bool(asked) and not (now and mention.group != "antibiotic")) or any(
        name == "asked" and cue.end <= mention.start and note.folded[cue.start : cue.end] != "any"
        for name, cue in cues_on(note, mention)
    )


def _over(note: Note, mention: Mention, own: Sequence[Mention]) -> str:
    """The words that put an infection in the past, in its sentence or in those behind it, or nothing."""
    current = [m for m in own if m.group == "now"]
    gone = [
        m
        for m in own
        if m.group == "over" and (note.folded[m.start : m.end] == _WORSE or not denied(note, m))
    ]
    if gone and not any(
        c.start > gone[-1].start or (c.start >= mention.start and gone[-1].end <= mention.start)
        for c in current
        if c.end - c.start > _STRONG
    ):
        last = gone[-1]
        return note.folded[last.start : last.end]
    if not current:
        for later in [n for n in room(note, mention.segment, 0, 2) if n > mention.segment]:
            if note.within(later, _SAID, "now"):
                break
            behind = [m for m in note.within(later, _SAID, "over") if not denied(note, m)]
            if behind and not note.within(later, WORD, "name", "sign"):
                return note.folded[behind[0].start : behind[0].end]
        anchor = note.document.date
        segment = note.segments[mention.segment]
        for day in note.dates_in(mention.segment):
            if anchor and day.has_year and (anchor - day.day).days > _RECENT and not _since(note, day.start):
                return note.folded[day.start : day.end]
        for year in re.finditer(r"\b(?:19|20)\d\d\b", note.folded[segment.start : segment.end]):
            if anchor and int(year[0]) < anchor.year and not _since(note, segment.start + year.start()):
                return year[0]
    return ""


_STRONG = 2
_RECENT = 30


def _since(note: Note, at: int) -> bool:
    return bool(re.search(r"\b(?:since|from|on|started|ongoing) $", note.folded[max(0, at - 12) : at]))
