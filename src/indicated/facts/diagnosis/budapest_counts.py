"""How many of the four Budapest categories a text gives on the symptom side and on the sign side.

Two ways of writing are read: numbers ("sx 4/4, signs 3/4", "symptoms in three of four and signs in two",
"3+2") and the categories themselves, marked or listed ("[x] sensory [ ] vasomotor", "S+ / E-", a table with
two columns). Colour and temperature are one category, sweating and swelling another (Harden 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.diagnosis.around import denial
from indicated.facts.diagnosis.budapest_grid import MARK, mark_of, read_grid
from indicated.facts.diagnosis.budapest_numbered import numbered
from indicated.reading.amounts import number
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

SYMPTOMS_NEEDED, SIGNS_NEEDED, CATEGORIES = 3, 2, 4
_NUMBER = lazy(
    r"(?<![\d.-])(?<!\d/)[0-4](?:\s*(?:/|of|out of)\s*(?:the |all |a possible )?(?:4|four)(?![\d/])|(?![\d./%-]*\d)(?![%°]))"
    r"|(?<![\w-])(?:all|none|no|neither|nor|zero|one|single|two|three|four|every|each)(?![\w-])(?:\s*(?:/|of|out of)\s*(?:the |all )?(?:4|four)(?!\d))?"
)
_LEADS = lazy(
    r"^[\s:=(\[,_|-]{0,4}(?:(?:in|a|are|is|only|just|merely|at least|changes|something|found|noted|evident|seen|positive in|there|present|count(?:ed)?|ct|total|score|from|across|of|categories|groups|domains|positive|number|cats?)\b[\s:=(_|-]{0,4}){0,4}$"
)
_TRAILS = lazy(
    r"^(?:\s*(?:of|in|/) (?:the |all |four |4 |them |these |those )*)?[\s(]*(?:(?!and\b)[a-z-]+\s+){0,2}$"
)
_FRACTION = lazy(r"(?<![\d./-])([0-4])\s*(?:/|of|out of)\s*(?:the )?(?:4|four)(?![\d/])")
_PAIR = lazy(
    r"^[\s:(=+,-]{0,6}(?:criteria|scored?|clinical|met)?(?: at| of)?[\s:,(=-]{0,4}([0-4])(?:\s*/\s*4)?\s*(?:\+|/|,|&|and|;)\s*([0-4])(?:\s*/\s*4)?(?![\d/]|\s*(?:on|of the) )"
)
_BRACKETED = lazy(r"^[a-z ]{0,16}\(\s*([0-4])\s*(?:/|of)\s*4\s*\)")
_PAIR_OF_FOUR = lazy(
    r"^[^\d.;\n]{0,40}?([0-4])\s*/\s*4\s*(?:\+|/|,|&|and|;)\s*(?:and )?([0-4])\s*/\s*4(?!\d)"
)
_OF_FOUR = lazy(r"/\s*4|of (?:the )?(?:4|four)|categor|group|domain|column|all")
_CORRECTED = lazy(
    r"make (?:that|it)|sorry|correction|correct that|scratch that|strike that|i mean|i meant|recte|no, |rather, "
)
_ARROW = lazy(r"[-=]>|>")
_TOUCH, _SPARE = 5, 60
_ASKS_FOR = lazy(r"\b(?:needs?|requires?|required|asks? for|demands?|wants?)\s*$")
_DENIES = lazy(r"\s*(?:(?:clear|definite|objective|convincing|single|real|true|such|reported|other)\s+)?")
_SI = lazy(r"[\s:=|]*(?:[0-4]\b|\+|-|\[|cat|group|dom|y\b|n\b|yes|no\b)")
_VERB = lazy(r"demonstrat|display|exhibit|i (?:find|found|see|saw)|seen|observed|found")
_UNTESTED_BOX = lazy(
    r"\[\s*\]\s*(?:(?:in|under) )?(?:a |the )?(?:cast|nt\b|not tested|not examined|dressing|splint|deferred)"
)


@dataclass(frozen=True)
class Counts:
    """Categories with a symptom and with a sign. `open_symptoms` and `open_signs` were not asked or not examined."""

    symptoms: int | None
    signs: int | None
    open_symptoms: int = 0
    open_signs: int = 0
    segments: tuple[int, ...] = ()
    firm: bool = True
    """Whether numbers, marks or the categories' own names say so, not findings strewn in prose."""

    @property
    def known(self) -> bool:
        """Whether both sides have a number."""
        return self.symptoms is not None and self.signs is not None

    @property
    def reached(self) -> bool | None:
        """Whether the numbers reach three and two; None where an untested category or a missing side leaves it open."""
        if self.symptoms is not None and self.symptoms + self.open_symptoms < SYMPTOMS_NEEDED:
            return False
        if self.signs is not None and self.signs + self.open_signs < SIGNS_NEEDED:
            return False
        if self.symptoms is None or self.signs is None:
            return None
        return True if self.symptoms >= SYMPTOMS_NEEDED and self.signs >= SIGNS_NEEDED else None


def count_categories(note: Note, segments: Sequence[int]) -> Counts | None:
    """The counts that some neighbouring segments give, or None."""
    return (
        _rows(note, segments)
        or _by_number(note, segments)
        or _halves(note, segments)
        or _bare_pair(note, segments)
    )


def _by_number(note: Note, segments: Sequence[int]) -> Counts | None:
    """The counts behind the second and the third of the four conditions."""
    told = numbered(note, segments)
    if told is None or told.symptoms is None or told.signs is None:
        return None
    return Counts(told.symptoms, told.signs, segments=told.segments)


def _bare_pair(note: Note, segments: Sequence[int]) -> Counts | None:
    """Two numbers right behind the name, symptoms first: "Budapest 4/4, 3/4", "(Budapest 3+2)"."""
    for n in segments:
        for name in note.within(n, "Budapest criteria", "name"):
            behind = note.folded[name.end : note.segments[n].end]
            pair = _PAIR.match(behind) or _PAIR_OF_FOUR.match(behind)
            if pair:
                return Counts(int(pair[1]), int(pair[2]), segments=(n,))
    return None


def _rows(note: Note, segments: Sequence[int]) -> Counts | None:
    """A table with a row for each category and two cells in each: symptom, sign."""
    grid = read_grid(note, segments)
    return Counts(*grid) if grid else None


@dataclass(frozen=True)
class _Part:
    """The stretch of text that speaks of one side ("symptom", "sign" or "both")."""

    side: str
    marker: Mention
    before: int
    end: int
    text: str
    segments: tuple[int, ...]


def _halves(note: Note, segments: Sequence[int]) -> Counts | None:
    parts = list(_parts(note, segments))
    sides = {p.side for p in parts}
    grouped = any(_OF_FOUR.search(note.folded, p.marker.start, p.marker.end) for p in parts)
    if not ({"symptom", "sign"} <= sides or "both" in sides or grouped):
        return None
    tally: dict[str, tuple[int, int]] = {}
    used: list[int] = []
    firm = True
    before = _all_before(note, parts)
    listed_first = _listed_first(note, parts)
    for part in parts:
        value = _number_of(note, part, before)
        found = (value, 0) if value is not None else None
        if found is None:
            listed = _listed(note, part, listed_first)
            if listed is None:
                continue
            found = listed[:2]
            firm = firm and listed[2]
        used += part.segments if value is None else (part.marker.segment,)
        for side in ("symptom", "sign"):
            if part.side in (side, "both") and (side not in tally or _revised(note, part)):
                tally[side] = found
    if not tally:
        return None
    symptoms, signs = tally.get("symptom", (None, 0)), tally.get("sign", (None, 0))
    return Counts(symptoms[0], signs[0], symptoms[1], signs[1], tuple(sorted(set(used))), firm)


def _revised(note: Note, part: _Part) -> bool:
    """Whether an arrow leads to this count from an earlier one: "add vasomotor -> signs 3/4"."""
    return bool(_ARROW.search(note.folded, part.before, part.marker.start))


def _parts(note: Note, segments: Sequence[int]) -> Iterator[_Part]:
    """The markers of the two sides, each with the text up to the next one; two in a row are one ("by history and by exam")."""
    markers: list[tuple[Mention, str]] = []
    for n in segments:
        for m in note.within(n, "Budapest part"):
            side = m.group
            if side == "all" or (note.folded[m.start : m.end] == "si" and not _SI.match(note.folded, m.end)):
                continue
            if (
                markers
                and note.folded[markers[-1][0].end : m.start].strip(" :,-(") == ""
                and side == markers[-1][1]
            ):
                continue
            if (
                markers
                and side != markers[-1][1]
                and not _VERB.match(note.folded, m.start)
                and re.fullmatch(
                    r"\s*(?:and|&|\+|/|as well as)\s*(?:the |on |in |by )*",
                    note.folded[markers[-1][0].end : m.start],
                )
            ):
                markers[-1] = (markers[-1][0], "both")
                continue
            markers.append((m, side))
    last = note.segments[segments[-1]].end
    for at, (marker, side) in enumerate(markers):
        end = markers[at + 1][0].start if at + 1 < len(markers) else last
        before = markers[at - 1][0].end if at else note.segments[segments[0]].start
        covered = tuple(
            n for n in segments if note.segments[n].start < end and note.segments[n].end > marker.start
        )
        yield _Part(side, marker, before, end, note.folded[marker.end : end], covered)


def _all_before(note: Note, parts: Sequence[_Part]) -> bool:
    """Whether every side has its number before it ("two signs") and not behind ("signs in two")."""
    if all(_number_behind(p) for p in parts) and any(_OF_FOUR.search(p.text[:30]) for p in parts):
        return False
    return bool(parts) and all(_number_ahead(note, p) is not None for p in parts)


def _number_ahead(note: Note, part: _Part) -> re.Match[str] | None:
    """The number right before a side, with at most two words between ("two clear signs")."""
    text = note.folded[part.before : part.marker.start]
    found = [m for m in _NUMBER.finditer(text) if _TRAILS.match(text[m.end() :]) and not _spare(note, part)]
    if found and found[-1][0] == "all" and _lists_before(note, part):
        return None
    if found and _ASKS_FOR.search(text[: found[-1].start()]):
        return None
    if found and found[-1][0] == "no" and not _DENIES.fullmatch(text[found[-1].end() :]):
        return None
    return found[-1] if found else None


def _lists_before(note: Note, part: _Part) -> bool:
    """Whether the categories stand before a verb that says whose they are ("swelling and hair loss all seen by me")."""
    return bool(_VERB.match(note.folded, part.marker.start)) and any(
        part.before <= m.start < part.marker.start
        for n in part.segments[:1]
        for m in note.within(n, "Budapest category")
    )


def _spare(note: Note, part: _Part) -> bool:
    return (
        "to spare" in note.folded[part.marker.start : part.marker.end + _SPARE]
        or note.folded[part.marker.end : part.marker.end + 6] == " short"
    )


def _number_behind(part: _Part) -> re.Match[str] | None:
    """The number that follows a side at once ("signs: 2", "symptoms in three of four")."""
    found = next((m for m in _NUMBER.finditer(part.text) if not _stray(part.text, m)), None)
    return found if found and _LEADS.match(part.text[: found.start()]) else None


def _stray(text: str, match: re.Match[str]) -> bool:
    """Whether a number word counts nothing here ("no doubt", "one could", a "no" that denies a thing)."""
    word = match[0]
    if word == "no":
        return bool(text[: match.start()].strip(" :=-()")) or bool(
            re.match(r"\s+(?!signs?\b|sx\b|symptoms?\b|categor|group|domain)\w", text[match.end() :])
        )
    if word in ("one", "single", "each", "every", "all", "none"):
        return bool(re.match(r"\s+(?:could|can|would|might|has|more|of them all)\b", text[match.end() :]))
    return False


def _number_of(note: Note, part: _Part, before: bool) -> int | None:
    if _all_of(note, part):
        return CATEGORIES
    ahead, behind = _number_ahead(note, part), _number_behind(part)
    if "to spare" in note.folded[part.marker.start : part.marker.end + _SPARE]:
        return _to_spare(note, part)
    if ahead and ahead[0] == "all" and (told := _BRACKETED.match(part.text)):
        return int(told[1])
    if before and ahead:
        return _value(ahead[0])
    if _CORRECTED.search(part.text):
        counted = [m for m in _NUMBER.finditer(part.text) if m[0] != "no"]
        return _value(counted[-1][0]) if counted else None
    if behind:
        return _value(behind[0])
    grouped = bool(_OF_FOUR.search(note.folded, part.marker.start, part.marker.end))
    if ahead and (grouped or ahead[0] in ("no", "none", "single") or not re.match(r"^\s*,", part.text)):
        return _value(ahead[0])
    told = _FRACTION.search(part.text) or re.search(r"\(\s*([0-4])\s*\)", part.text)
    if told:
        return int(told[1])
    loose = next((m for m in _NUMBER.finditer(part.text) if not _stray(part.text, m)), None)
    if (
        loose
        and len(part.text[: loose.start()].split()) <= 6
        and not _categories(note, part, part.marker.end + loose.start())
    ):
        of_four = _OF_FOUR.search(part.text[loose.start() : loose.end() + 16])
        return _value(loose[0]) if of_four or note.folded.endswith(" side", 0, part.marker.end) else None
    return None


def _all_of(note: Note, part: _Part) -> bool:
    """Whether "full house" or the like stands right before a side."""
    return any(
        part.before <= m.start and 0 <= part.marker.start - m.end <= _TOUCH
        for n in range(note.segment_at(part.before), part.marker.segment + 1)
        for m in note.within(n, "Budapest part", "all")
    )


def _to_spare(note: Note, part: _Part) -> int | None:
    """A number of categories beyond those that are needed: "with one sign group to spare"."""
    text = note.folded[part.before : part.marker.start]
    found = [m for m in _NUMBER.finditer(text) if _TRAILS.match(text[m.end() :])]
    more = _value(found[-1][0]) if found else None
    needed = SYMPTOMS_NEEDED if part.side == "symptom" else SIGNS_NEEDED
    return None if more is None else min(needed + more, CATEGORIES)


def _categories(note: Note, part: _Part, until: int) -> bool:
    """Whether the categories themselves are named before a number: then they are counted, not the number."""
    return any(
        part.marker.end <= m.start < until for n in part.segments for m in note.within(n, "Budapest category")
    )


def _value(text: str) -> int | None:
    first = re.split(r"[\s/]", text, maxsplit=1)[0]
    if first in ("all", "every", "each"):
        return CATEGORIES
    if first in ("none", "neither", "nor"):
        return 0
    value = number(first)
    return int(value) if value is not None else None


def _listed_first(note: Note, parts: Sequence[_Part]) -> bool:
    """Whether the categories stand before the word that says whose they are ("puffy and weak by report")."""
    last = parts[-1]
    behind = any(
        last.marker.end <= m.start < last.end
        for n in last.segments
        for m in note.within(n, "Budapest category")
    )
    first = parts[0]
    ahead = any(
        first.before <= m.start < first.marker.start
        for n in range(note.segment_at(first.before), first.marker.segment + 1)
        for m in note.within(n, "Budapest category")
    )
    return ahead and not behind


def _listed(note: Note, part: _Part, first: bool) -> tuple[int, int, bool] | None:
    """The categories named on one side that are there, how many were not tested, and whether marks or their own names say so."""
    first = first or _lists_before(note, part)
    start, end = (part.before, part.marker.start) if first else (part.marker.end, part.end)
    numbers = range(note.segment_at(start), note.segment_at(max(start, end - 1)) + 1)
    if any(
        m.group == "all" and start <= m.start < end for n in numbers for m in note.within(n, "Budapest part")
    ):
        return CATEGORIES, 0, True
    named = [
        m for n in numbers for m in note.within(n, "Budapest category") if start <= m.start and m.end <= end
    ]
    if not named:
        none = re.match(r"[\s:=-]*(?:are |is )?(?:none|nil|no\b|0|absent|negative)", part.text)
        return (0, 0, True) if none else None
    marks = [_marked(note, named, at, start, end) for at in range(len(named))]
    ticked = sum(found for _, found in marks)
    there: set[str] = set()
    untested: set[str] = set()
    for m, (mark, found) in zip(named, marks, strict=True):
        if not found and ticked >= 2:
            continue
        if mark:
            there.add(m.group)
        elif mark is None:
            untested.add(m.group)
    own_names = sum(
        note.folded[m.start : m.end].startswith(("sens", "vaso", "sudo", "motor", "troph")) for m in named
    )
    return len(there), len(untested - there), ticked >= 2 or own_names >= 2


def _marked(note: Note, named: Sequence[Mention], at: int, start: int, end: int) -> tuple[bool | None, bool]:
    """The mark of a category in a list (yes, no, None for not tested), and whether it has a mark at all."""
    m = named[at]
    following = named[at + 1].start if at + 1 < len(named) else end
    behind = MARK.search(note.folded, m.end, end)
    if behind and behind.start() >= min(following, m.end + 40):
        behind = None
    lead = MARK.search(note.folded, start, named[0].start)
    if lead and lead["box"] is not None:
        leading = list(MARK.finditer(note.folded, named[at - 1].end if at else start, m.start))
        return (mark_of(leading[-1]) if leading else False), True
    if behind and not _new_statement(note.folded[m.end : behind.start()]):
        mark = mark_of(behind)
        if mark is False and _UNTESTED_BOX.search(note.folded[behind.start() : following]):
            return None, True
        return mark, True
    return denial(note, m) is None, False


def _new_statement(between: str) -> bool:
    return bool(re.search(r"[.;,|]", between))
