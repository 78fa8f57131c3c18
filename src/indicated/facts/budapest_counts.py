"""How many of the four Budapest categories a text gives on the symptom side and on the sign side.

Two ways of writing are read: numbers ("sx 4/4, signs 3/4", "symptoms in three of four and signs in two",
"3+2") and the categories themselves, marked or listed ("[x] sensory [ ] vasomotor", "S+ / E-", a table with
two columns). Colour and temperature are one category, sweating and swelling another (Harden 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.around import denial
from indicated.reading.amounts import number
from indicated.reading.note import Mention, Note

SYMPTOMS_NEEDED, SIGNS_NEEDED, CATEGORIES = 3, 2, 4
_NUMBER = re.compile(
    r"(?<![\d./-])[0-4](?![\d./%-]*\d)(?![%°])(?:\s*(?:/|of|out of)\s*(?:the |all )?(?:4|four)(?!\d))?"
    r"|(?<![\w-])(?:all|none|no|zero|one|single|two|three|four|every|each)(?![\w-])(?:\s*(?:/|of|out of)\s*(?:the |all )?(?:4|four)(?!\d))?"
)
_FRACTION = re.compile(r"(?<![\d./-])([0-4])\s*(?:/|of|out of)\s*(?:the )?(?:4|four)(?![\d/])")
_PAIR = re.compile(
    r"^[\s:(=-]{0,4}(?:criteria|score|clinical|met)?[\s:,(=-]{0,4}([0-4])(?:\s*/\s*4)?\s*(?:\+|/|,|&|and|;)\s*([0-4])(?:\s*/\s*4)?(?![\d/]|\s*(?:on|of the) )"
)
_OF_FOUR = re.compile(r"/\s*4|of (?:the )?(?:4|four)|categor|group|domain|column|all")
_CORRECTED = re.compile(r"make that|sorry|correction|scratch that|no, |rather, ")
_MARK = re.compile(
    r"\[\s*(?P<box>[x✓✔*]?)\s*\]|(?P<ticked>[☒☑✓✔])|(?P<open>☐)|\(?(?P<plus>\+{1,3})\)?|\((?P<minus>-)\)|(?<=[\s:=])(?P<dash>-)(?=\s|$|[,;|])|(?<=[a-z])(?P<stuck>-)(?=\s|$|[,;|/])"
    r"|\b(?P<untested>nt|n/t|not tested|not examined|not assessed|not asked|deferred|cast|unable|unknown|refused)\b"
    r"|\b(?P<no>no|n|neg|negative|absent|none|nil|never|nl|normal|full|denies|denied|unremarkable|symmetric|5/5|0)\b"
    r"|\b(?P<yes>yes|y|pos|positive|present|1)\b"
)
_REST = re.compile(r"\b(?:no others?|rest (?:of the \w+ )?(?:no|neg|negative|absent|normal)|nothing else|none)\b")


@dataclass(frozen=True)
class Counts:
    """Categories with a symptom and with a sign. `open_symptoms` and `open_signs` were not asked or not examined."""

    symptoms: int | None
    signs: int | None
    open_symptoms: int = 0
    open_signs: int = 0
    segments: tuple[int, ...] = ()

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
    return _rows(note, segments) or _halves(note, segments) or _bare_pair(note, segments)


def _bare_pair(note: Note, segments: Sequence[int]) -> Counts | None:
    """Two numbers right behind the name, symptoms first: "Budapest 4/4, 3/4", "(Budapest 3+2)"."""
    for n in segments:
        for name in note.within(n, "Budapest criteria", "name"):
            pair = _PAIR.match(note.folded[name.end : note.segments[n].end])
            if pair:
                return Counts(int(pair[1]), int(pair[2]), segments=(n,))
    return None


def _rows(note: Note, segments: Sequence[int]) -> Counts | None:
    """A table with a row for each category and two marks in each: symptom, sign."""
    symptoms: set[str] = set()
    signs: set[str] = set()
    rows: list[int] = []
    seen: set[str] = set()
    untested = [set[str](), set[str]()]
    for n in segments:
        groups = {m.group for m in note.within(n, "Budapest category")}
        end = note.segments[n].end
        found = note.within(n, "Budapest category")
        if len(groups) != 1 or not found:
            continue
        marks = [_mark(m) for m in _MARK.finditer(note.folded, found[-1].end, end)]
        if len(marks) != 2:
            continue
        group = groups.pop()
        rows.append(n)
        seen.add(group)
        for mark, side, left in zip(marks, (symptoms, signs), untested, strict=True):
            if mark:
                side.add(group)
            elif mark is None:
                left.add(group)
    if len(seen) < 3:
        return None
    return Counts(
        len(symptoms), len(signs), len(untested[0] - symptoms), len(untested[1] - signs), tuple(rows)
    )


def _mark(match: re.Match[str]) -> bool | None:
    """Yes, no, or None for not tested."""
    if match["untested"]:
        return None
    if match["box"] is not None:
        return bool(match["box"])
    return bool(match["ticked"] or match["plus"] or match["yes"])


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
    if not ({"symptom", "sign"} <= sides or "both" in sides):
        return None
    symptoms = signs = None
    open_symptoms = open_signs = 0
    used: list[int] = []
    forward = _numbers_follow(note, parts)
    for part in parts:
        value = _number_of(note, part, forward)
        unknown = 0
        if value is None:
            listed = _listed(note, part)
            if listed is None:
                continue
            value, unknown = listed
        used += part.segments
        if part.side in ("symptom", "both") and symptoms is None:
            symptoms, open_symptoms = value, unknown
        if part.side in ("sign", "both") and signs is None:
            signs, open_signs = value, unknown
    if symptoms is None and signs is None:
        return None
    return Counts(symptoms, signs, open_symptoms, open_signs, tuple(sorted(set(used))))


def _parts(note: Note, segments: Sequence[int]) -> Iterator[_Part]:
    """The markers of the two sides, each with the text up to the next one; two in a row are one ("by history and by exam")."""
    markers: list[tuple[Mention, str]] = []
    for n in segments:
        for m in note.within(n, "Budapest part"):
            side = m.group
            if side == "all":
                continue
            if markers and note.folded[markers[-1][0].end : m.start].strip(" :,-(") == "" and side == markers[-1][1]:
                continue
            if markers and side != markers[-1][1] and re.fullmatch(r"\s*(?:and|&|\+|/|as well as)\s*(?:the |on |in |by )*", note.folded[markers[-1][0].end : m.start]):
                markers[-1] = (markers[-1][0], "both")
                continue
            markers.append((m, side))
    last = note.segments[segments[-1]].end
    for at, (marker, side) in enumerate(markers):
        end = markers[at + 1][0].start if at + 1 < len(markers) else last
        before = markers[at - 1][0].end if at else note.segments[segments[0]].start
        covered = tuple(n for n in segments if note.segments[n].start < end and note.segments[n].end > marker.start)
        yield _Part(side, marker, before, end, note.folded[marker.end : end], covered)


def _numbers_follow(note: Note, parts: Sequence[_Part]) -> bool:
    """Whether the numbers stand behind their side ("signs: 2") or before it ("two signs")."""
    after = [bool(_first(p.text)) for p in parts]
    before = [bool(_NUMBER.search(note.folded[p.before : p.marker.start])) for p in parts]
    if all(after) and all(before):
        return any(_OF_FOUR.search(p.text[:40]) for p in parts)
    if all(before):
        return False
    return sum(after) >= sum(before)


def _first(text: str) -> re.Match[str] | None:
    return next((m for m in _NUMBER.finditer(text) if not _stray(text, m)), None)


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


def _number_of(note: Note, part: _Part, forward: bool) -> int | None:
    if not forward:
        text = note.folded[part.before : part.marker.start]
        found = [m for m in _NUMBER.finditer(text) if m[0] != "no" or not text[m.end() :].strip(" a-z")[:1]]
        if found and len(text[found[-1].end() :].split()) <= 5:
            return _value(found[-1][0])
        # "no signs": the word stands right before its side
        return None
    found = [m for m in _NUMBER.finditer(part.text) if not _stray(part.text, m)]
    if not found:
        return None
    chosen = found[0]
    if _CORRECTED.search(part.text):
        counted = [m for m in found if m[0] != "no"]
        chosen = counted[-1] if counted else chosen
    elif len(part.text[: chosen.start()].split()) > 8 or _categories(note, part, part.marker.end + chosen.start()):
        fraction = _FRACTION.search(part.text)
        if fraction is None:
            bracket = re.search(r"\(\s*([0-4])\s*\)", part.text)
            return int(bracket[1]) if bracket else None
        return int(fraction[1])
    return _value(chosen[0])


def _categories(note: Note, part: _Part, until: int) -> bool:
    """Whether the categories themselves are named before a number: then they are counted, not the number."""
    return any(
        part.marker.end <= m.start < until for n in part.segments for m in note.within(n, "Budapest category")
    )


def _value(text: str) -> int | None:
    first = re.split(r"[\s/]", text, maxsplit=1)[0]
    if first in ("all", "every", "each"):
        return CATEGORIES
    if first == "none":
        return 0
    value = number(first)
    return int(value) if value is not None else None


def _listed(note: Note, part: _Part) -> tuple[int, int] | None:
    """The categories named on one side that are there, and how many were not tested."""
    if any(m.group == "all" and part.marker.start <= m.start < part.end for n in part.segments for m in note.within(n, "Budapest part")):
        return CATEGORIES, 0
    named = [
        m
        for n in part.segments
        for m in note.within(n, "Budapest category")
        if part.marker.end <= m.start and m.end <= part.end
    ]
    if not named:
        return (0, 0) if re.match(r"[\s:=-]*(?:are |is )?(?:none|nil|no\b|0|absent|negative)", part.text) else None
    there: set[str] = set()
    untested: set[str] = set()
    first_mark = _MARK.search(note.folded, part.marker.end, part.end)
    boxes_lead = bool(first_mark and first_mark.start() < named[0].start and first_mark["box"] is not None)
    for at, m in enumerate(named):
        following = named[at + 1].start if at + 1 < len(named) else part.end
        behind = _MARK.search(note.folded, m.end, min(following, m.end + 40))
        if boxes_lead:
            start = named[at - 1].end if at else part.marker.end
            leading = list(_MARK.finditer(note.folded, start, m.start))
            mark = _mark(leading[-1]) if leading else False
            if mark and behind and behind["untested"]:
                mark = None
        elif behind and not _new_statement(note.folded[m.end : behind.start()]):
            mark = _mark(behind)
            if not mark and mark is not None and re.search(r"\[\s*\]\s*(?:in |under )?(?:cast|nt\b|not tested|dressing)", note.folded[behind.start() : following]):
                mark = None
        else:
            mark = denial(note, m) is None
        if mark:
            there.add(m.group)
        elif mark is None:
            untested.add(m.group)
    return len(there), len(untested - there)


def _new_statement(between: str) -> bool:
    return bool(re.search(r"[.;,|]", between))
