"""Where a note speaks of the Budapest criteria: by name, under a heading, or by listing the categories on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.diagnosis.around import phrases, room
from indicated.facts.diagnosis.budapest_counts import SIGNS_NEEDED, SYMPTOMS_NEEDED
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_NAMES_OF_OTHERS = ("budapest", "harden", "bruehl")
"""A city and two people bear the names of the criteria."""
_REACH, _LISTS = 6, 5
_LABELLED = lazy(r"(?: (?:today|now|by (?:him|her|me|pt|patient)))?\s*(?::|=| - )")
_OWN_NAME = lazy(r"sens(?:ory)?\b|vaso(?:motor)?\b|sudo(?:motor)?\b|(?:motor|mot|trophic)\b")
_COUNT = lazy(
    r"[0-4] ?/ ?4|[0-4] of (?:4|four)|\b(?:all|four|three|two|one|[0-4]) (?:\w+ ){0,2}(?:categor|domain|group|column)"
)
_GROUPS = lazy(r"categor|group|domain|column")


@dataclass(frozen=True)
class Passage:
    """Neighbouring segments that speak of the criteria, with the places where they are named."""

    segments: tuple[int, ...]
    names: tuple[Mention, ...]


def passages(note: Note) -> Iterator[Passage]:
    """Yield the passages of a note that speak of the criteria or list the categories on both sides."""
    taken: set[int] = set()
    titled = _titled(note)
    for n in sorted(_candidates(note) | set(titled)):
        counted = _counted_here(note, n)
        if n in taken or not (counted or n in titled or _names(note, n)):
            continue
        block = _block(note, n, n in titled)
        taken.update(block)
        every = [m for k in block for m in _names(note, k)] or titled.get(n, [])
        if not counted and n not in titled and not _is_the_rule(note, block, every):
            continue
        yield Passage(tuple(block), tuple(every))


def _titled(note: Note) -> dict[int, list[Mention]]:
    """The segments under a heading that names the criteria, with that name."""
    naming: dict[tuple[int, int], list[Mention]] = {}
    for n, segment in enumerate(note.segments):
        if segment.title not in naming:
            naming[segment.title] = [m for m in note.above(n, "Budapest criteria") if m.group == "name"]
    return {n: naming[s.title] for n, s in enumerate(note.segments) if naming[s.title]}


def _candidates(note: Note) -> set[int]:
    """The segments worth a closer look: those that name the criteria, or a side or category in its own words."""
    found = {m.segment for m in note.named("Budapest criteria", "name", "weak")}
    kinds: set[str] = set()
    for m in note.named("Budapest category"):
        if _OWN_NAME.match(note.folded, m.start):
            kinds.add(m.group)
            found.add(m.segment)
    parts = {m.group for m in note.named("Budapest part")}
    if {"symptom", "sign"} <= parts or "both" in parts:
        found |= {m.segment for m in note.named("Budapest part", "symptom", "both", "all")}
    return found


def _names(note: Note, n: int) -> list[Mention]:
    """Where a segment names the criteria; plain "meets the criteria" does so only beside CRPS."""
    names = note.within(n, "Budapest criteria", "name")
    if names:
        return names
    weak = note.within(n, "Budapest criteria", "weak")
    if weak and phrases(note, "CRPS", room(note, n, 1, 1), "name", "type1", "type2", "code"):
        return [
            m for m in weak if not re.match(r" for (?!crps|complex|rsd|the)", note.folded[m.end : m.end + 12])
        ]
    return []


def _counted_here(note: Note, n: int) -> bool:
    """Whether a segment and those behind it list the categories on both sides without naming the criteria."""
    title = note.segments[n].title
    here = [
        k
        for k in range(n, min(n + 5, len(note.segments)))
        if note.segments[k].title == title or own_row(note, k)
    ]
    parts = {m.group for k in here[:3] for m in note.within(k, "Budapest part")}
    if not note.within(n, "Budapest part") and not note.within(n, "Budapest category"):
        return False
    if _two_lists(note, here):
        return True
    told = phrases(note, "Budapest part", [n])
    if any(m.group == "all" for m in told) and any(m.group == "both" for m in told):
        return True
    if {"symptom", "sign"} <= {m.group for m in told if _GROUPS.search(note.folded, m.start, m.end)}:
        return True
    if {"symptom", "sign"} <= parts and _COUNT.search(note.text_of(n)):
        return True
    named = {
        m.group
        for k in here
        for m in note.within(k, "Budapest category")
        if _OWN_NAME.match(note.folded, m.start)
    }
    first = {m.group for m in note.within(n, "Budapest category") if _OWN_NAME.match(note.folded, m.start)}
    return len(named) >= 3 and bool(first) and (len(first) == 1 or bool(note.within(n, "Budapest part")))


def _two_lists(note: Note, here: Sequence[int]) -> bool:
    """Whether a list of what is told and one of what is seen stand side by side, each under its own label."""
    marked = [
        m
        for m in phrases(note, "Budapest part", here[:_LISTS], "symptom", "sign")
        if _LABELLED.match(note.folded, m.end)
    ]
    sides = [m.group for m in marked]
    if "symptom" not in sides or "sign" not in sides or marked[0].segment != here[0]:
        return False
    for m, needed in zip(marked[:2], (SYMPTOMS_NEEDED, SIGNS_NEEDED), strict=False):
        end = marked[1].start if m is marked[0] else note.segments[here[:_LISTS][-1]].end
        found = {c.group for c in phrases(note, "Budapest category", here[:_LISTS]) if m.end <= c.start < end}
        if len(found) < needed:
            return False
    return sides[:2] == ["symptom", "sign"]


def _is_the_rule(note: Note, block: Sequence[int], names: Sequence[Mention]) -> bool:
    """Whether the city's name stands for the criteria: something of a diagnosis is said beside it."""
    if any(note.folded[m.start : m.end] not in _NAMES_OF_OTHERS for m in names):
        return True
    if {"symptom", "sign"} <= {m.group for m in phrases(note, "Budapest part", block)}:
        return True
    here = [n for n in block if n == names[0].segment]
    if re.match(r"\s*(?::|\?|=|criteria|clinical)", note.folded[names[0].end :]):
        return True
    evidence = phrases(note, "Budapest said", here, "evidence", "met", "not_met")
    if phrases(note, "Budapest said", here, "city"):
        return any(
            note.folded[m.start : m.end].startswith(("criteri", "crps", "symptom", "sign")) for m in evidence
        )
    if any(0 <= names[0].start - m.end <= 1 for m in phrases(note, "Budapest said", here, "hypothetical")):
        return True
    near = [n for n in block if abs(n - names[0].segment) <= 2]
    return bool(phrases(note, "Budapest said", near, "evidence", "met", "not_met", "asked")) or bool(
        re.search(r"(?<!\d)[0-4] ?[/+] ?[0-4](?![\d/-])|\?", " ".join(note.text_of(n) for n in near))
    )


def _block(note: Note, n: int, titled: bool) -> list[int]:
    """The segments that belong to the statement at `n`: under its heading all, else the paragraph and rows that follow."""
    title, paragraph = note.segments[n].title, note.segments[n].paragraph
    first, last = n, n
    for k in range(n - 1, max(-1, n - 4), -1):
        if note.segments[k].title != title or note.segments[k].paragraph != paragraph:
            break
        first = k
    for k in range(n + 1, min(len(note.segments), n + 14)):
        if note.segments[k].title != title and not own_row(note, k):
            break
        belongs = bool(note.within(k, "Budapest part")) or _marked_row(note, k)
        told = bool(phrases(note, "Budapest said", [k], "met", "not_met")) or _condition(note, k)
        beside = note.segments[k].paragraph == paragraph
        if (
            (beside and k - n <= _REACH)
            or belongs
            or (titled and k - n <= _REACH)
            or (told and k - last <= 3)
        ):
            last = k
        elif k - last > 3:
            break
    return list(range(first, last + 1))


def _condition(note: Note, k: int) -> bool:
    return bool(note.within(k, "disproportionate pain") or note.within(k, "other explanation"))


def own_row(note: Note, k: int) -> bool:
    """Whether a segment begins with the name of a category: each may be read as a heading of its own."""
    start = note.segments[k].start
    return any(m.start - start <= 4 for m in note.within(k, "Budapest category")) and bool(
        _OWN_NAME.search(note.folded, start, start + 16)
    )


def _marked_row(note: Note, k: int) -> bool:
    return bool(note.within(k, "Budapest category")) and bool(
        re.search(r"\[ ?x? ?\]|\b[yn]\b|[+|]|\byes\b|\bno\b", note.text_of(k))
    )
