"""How many of the four Budapest categories a text gives on the symptom side and on the sign side.

Two ways of writing are read: numbers ("sx 4/4, signs 3/4", "symptoms in three of four and signs in two",
"3+2") and the categories themselves, marked or listed ("[x] sensory [ ] vasomotor", "S+ / E-", a table with
two columns). Colour and temperature are one category, sweating and swelling another (Harden 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.diagnosis.budapest_grid import read_grid
from indicated.facts.diagnosis.budapest_listed import (
    CATEGORIES,
    VERB,
    Part,
    listed,
    listed_first,
    lists_before,
)
from indicated.facts.diagnosis.budapest_numbered import Numbered, numbered
from indicated.reading.amounts import number
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

SYMPTOMS_NEEDED, SIGNS_NEEDED = 3, 2
_NUMBER = lazy(
    r"(?<![\w-])(?:all|every) (?:but|except|save|bar)(?: for)? (?:one|two|1|2)(?![\w-])"
    r"|(?<![\d.-])(?<!\d/)[0-4](?:\s*(?:/|of|out of)\s*(?:the |all |a possible )?(?:4|four)(?![\d/])|(?![\d./%-]*\d)(?![%°]))"
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
    r"^[^\d.;\n]{0,40}?([0-4])\s*/\s*4\s*(?:\+|/|,|&|and|;|\s)\s*(?:and )?(?:[a-z]{1,10}[\s:=]{1,2})?([0-4])\s*/\s*4(?!\d)"
)
_OF_FOUR = lazy(r"/\s*4|of (?:the )?(?:4|four)|categor|group|domain|column|all")
_CORRECTED = lazy(
    r"make (?:that|it)|sorry|correction|correct that|scratch that|strike that|i mean|i meant|recte|no, |rather, "
)
_TOTALLED = lazy(r"(?<![\w<>.])(?:=|->|=>|→)\s*([0-4])(?:\s*(?:/|of)\s*4)?\s*(?=$|[.;,)\n|])")
_LEFT_OUT = lazy(r"(?:but|except|save|bar)(?: for)? (\w+)$")
_ARROW = lazy(r"[-=]>|>")
_TOUCH, _SPARE = 5, 60
_ASKS_FOR = lazy(r"\b(?:needs?|requires?|required|asks? for|demands?|wants?)\s*$")
_DENIES = lazy(r"\s*(?:(?:clear|definite|objective|convincing|single|real|true|such|reported|other)\s+)?")
_SI = lazy(r"[\s:=|]*(?:[0-4]\b|\+|-|\[|cat|group|dom|y\b|n\b|yes|no\b)")


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
    rows = _rows(note, segments)
    if rows:
        return rows
    told = numbered(note, segments)
    if told:
        return _by_number(told)
    halves = _halves(note, segments)
    return halves if halves and halves.known else _bare_pair(note, segments) or halves


def _by_number(told: Numbered) -> Counts | None:
    """The counts behind the second and the third of the four conditions; a form that asks for them counts nothing."""
    if told.symptoms is None or told.signs is None:
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


def _halves(note: Note, segments: Sequence[int]) -> Counts | None:
    parts = list(_parts(note, segments))
    named_sides = {p.side for p in parts}
    grouped = any(_OF_FOUR.search(note.folded, p.marker.start, p.marker.end) for p in parts)
    if not ({"symptom", "sign"} <= named_sides or "both" in named_sides or grouped):
        return None
    tally: dict[str, tuple[int, int]] = {}
    used: list[int] = []
    firm = True
    before = _all_before(note, parts)
    first = listed_first(note, parts)
    for part in parts:
        value = _number_of(note, part, before)
        named = listed(note, part, first) if value is None else (value, 0, True)
        sides = [side for side in ("symptom", "sign") if part.side in (side, "both")]
        if named is None or all(side in tally and not _revised(note, part) for side in sides):
            continue
        firm = firm and named[2]
        used += part.segments if value is None else (part.marker.segment,)
        for side in sides:
            if side not in tally or _revised(note, part):
                tally[side] = named[:2]
    if not tally:
        return None
    symptoms, signs = tally.get("symptom", (None, 0)), tally.get("sign", (None, 0))
    return Counts(symptoms[0], signs[0], symptoms[1], signs[1], tuple(sorted(set(used))), firm)


def _revised(note: Note, part: Part) -> bool:
    """Whether an arrow leads to this count from an earlier one: "add vasomotor -> signs 3/4"."""
    return bool(_ARROW.search(note.folded, part.before, part.marker.start))


def _parts(note: Note, segments: Sequence[int]) -> Iterator[Part]:
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
                and not VERB.match(note.folded, m.start)
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
        yield Part(side, marker, before, end, note.folded[marker.end : end], covered)


def _all_before(note: Note, parts: Sequence[Part]) -> bool:
    """Whether every side has its number before it ("two signs") and not behind ("signs in two")."""
    if all(_number_behind(p) for p in parts) and any(_OF_FOUR.search(p.text[:30]) for p in parts):
        return False
    return bool(parts) and all(_number_ahead(note, p) is not None for p in parts)


def _number_ahead(note: Note, part: Part) -> re.Match[str] | None:
    """The number right before a side, with at most two words between ("two clear signs")."""
    text = note.folded[part.before : part.marker.start]
    found = [m for m in _NUMBER.finditer(text) if _TRAILS.match(text[m.end() :]) and not _spare(note, part)]
    if found and found[-1][0] == "all" and lists_before(note, part):
        return None
    if found and _ASKS_FOR.search(text[: found[-1].start()]):
        return None
    if found and found[-1][0] == "no" and not _DENIES.fullmatch(text[found[-1].end() :]):
        return None
    return found[-1] if found else None


def _spare(note: Note, part: Part) -> bool:
    return (
        "to spare" in note.folded[part.marker.start : part.marker.end + _SPARE]
        or note.folded[part.marker.end : part.marker.end + 6] == " short"
    )


def _number_behind(part: Part) -> re.Match[str] | None:
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


def _number_of(note: Note, part: Part, before: bool) -> int | None:
    if _all_of(note, part):
        return CATEGORIES
    ahead, behind = _number_ahead(note, part), _number_behind(part)
    if "to spare" in note.folded[part.marker.start : part.marker.end + _SPARE]:
        return _to_spare(note, part)
    if ahead and ahead[0] == "all" and (told := _BRACKETED.match(part.text)):
        return int(told[1])
    if before and ahead:
        return _value(ahead[0])
    total = _TOTALLED.search(part.text)
    if total:
        return int(total[1])
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


def _all_of(note: Note, part: Part) -> bool:
    """Whether "full house" or the like stands right before a side."""
    return any(
        part.before <= m.start and 0 <= part.marker.start - m.end <= _TOUCH
        for n in range(note.segment_at(part.before), part.marker.segment + 1)
        for m in note.within(n, "Budapest part", "all")
    )


def _to_spare(note: Note, part: Part) -> int | None:
    """A number of categories beyond those that are needed: "with one sign group to spare"."""
    text = note.folded[part.before : part.marker.start]
    found = [m for m in _NUMBER.finditer(text) if _TRAILS.match(text[m.end() :])]
    more = _value(found[-1][0]) if found else None
    needed = SYMPTOMS_NEEDED if part.side == "symptom" else SIGNS_NEEDED
    return None if more is None else min(needed + more, CATEGORIES)


def _categories(note: Note, part: Part, until: int) -> bool:
    """Whether the categories themselves are named before a number: then they are counted, not the number."""
    return any(
        part.marker.end <= m.start < until for n in part.segments for m in note.within(n, "Budapest category")
    )


def _value(text: str) -> int | None:
    left_out = _LEFT_OUT.search(text)
    if left_out:
        return CATEGORIES - int(number(left_out[1]) or 0)
    first = re.split(r"[\s/]", text, maxsplit=1)[0]
    if first in ("all", "every", "each"):
        return CATEGORIES
    if first in ("none", "neither", "nor"):
        return 0
    value = number(first)
    return int(value) if value is not None else None
