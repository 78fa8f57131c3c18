"""The categories of the Budapest criteria named on one side: counted by their marks, their names or their letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicated.facts.diagnosis.around import denial
from indicated.facts.diagnosis.budapest_grid import MARK, mark_of
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

CATEGORIES = 4
VERB = lazy(r"demonstrat|display|exhibit|i (?:find|found|see|saw)|seen|observed|found")
_WORD_BEHIND = lazy(r" (?=[a-z]{2})")
_UNTESTED_BOX = lazy(
    r"\[\s*\]\s*(?:(?:in|under) )?(?:a |the )?(?:cast|nt\b|not tested|not examined|dressing|splint|deferred)"
)
_LETTERS = lazy(r"[\s:=(\[]{1,3}([a-z]{1,4}(?: ?[/,+&] ?[a-z]{1,4}){1,5})(?=\s*(?:$|[.;,)\]|\n]))")
_LETTER_OF = {
    "s": "sensory",
    "se": "sensory",
    "sen": "sensory",
    "sens": "sensory",
    "v": "vasomotor",
    "va": "vasomotor",
    "vas": "vasomotor",
    "vaso": "vasomotor",
    "su": "sudomotor",
    "sd": "sudomotor",
    "sud": "sudomotor",
    "sudo": "sudomotor",
    "e": "sudomotor",
    "ed": "sudomotor",
    "m": "motor",
    "mo": "motor",
    "mt": "motor",
    "mot": "motor",
    "t": "motor",
    "tr": "motor",
}
"""What a letter stands for in a list of categories; the second "s" of "S/V/S/M" is the sudomotor one."""


@dataclass(frozen=True)
class Part:
    """The stretch of text that speaks of one side ("symptom", "sign" or "both")."""

    side: str
    marker: Mention
    before: int
    end: int
    text: str
    segments: tuple[int, ...]


def lists_before(note: Note, part: Part) -> bool:
    """Whether the categories stand before a verb that says whose they are ("swelling and hair loss all seen by me")."""
    return bool(VERB.match(note.folded, part.marker.start)) and any(
        part.before <= m.start < part.marker.start
        for n in part.segments[:1]
        for m in note.within(n, "Budapest category")
    )


def listed_first(note: Note, parts: Sequence[Part]) -> bool:
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


def listed(note: Note, part: Part, first: bool) -> tuple[int, int, bool] | None:
    """The categories named on one side that are there, how many were not tested, and whether marks or their own names say so."""
    first = first or lists_before(note, part)
    start, end = (part.before, part.marker.start) if first else (part.marker.end, part.end)
    lettered = None if first else _lettered(part.text)
    if lettered is not None:
        return lettered, 0, True
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


def _lettered(text: str) -> int | None:
    """The number of categories in a list of their first letters ("S/V/Su/M"), or None where it is no such list."""
    found = _LETTERS.match(text)
    if not found:
        return None
    groups: set[str] = set()
    for letters in re.findall("[a-z]+", found[1]):
        group = _LETTER_OF.get(letters)
        if group is None:
            return None
        groups.add("sudomotor" if letters == "s" and group in groups else group)
    return len(groups)


def _marked(note: Note, named: Sequence[Mention], at: int, start: int, end: int) -> tuple[bool | None, bool]:
    """The mark of a category in a list (yes, no, None for not tested), and whether it has a mark at all."""
    m = named[at]
    following = named[at + 1].start if at + 1 < len(named) else end
    behind = MARK.search(note.folded, m.end, end)
    if behind and behind.start() >= min(following, m.end + 40):
        behind = None
    if behind and _only_parts(note, behind, named[at:]):
        behind = MARK.search(note.folded, behind.end(), end)
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


def _only_parts(note: Note, mark: re.Match[str], named: Sequence[Mention]) -> bool:
    """Whether a dash parts a category from what was found of it ("sensory - allodynia"), and is no minus."""
    found = _WORD_BEHIND.match(note.folded, mark.end()) if mark["dash"] else None
    if not found:
        return False
    other = next((m for m in named if m.start == found.end()), None)
    return other is None or other.group == named[0].group


def _new_statement(between: str) -> bool:
    return bool(re.search(r"[.;,|]", between))
