"""A document that has been read for its language: segments, and everything in them that the vocabulary names."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from indicated.chart.model import Document
from indicated.reading.amounts import Amount, durations, percents, scores
from indicated.reading.dates import DateAt, dates, relative_dates
from indicated.reading.language import Language
from indicated.reading.segments import Segment, segments
from indicated.reading.shadow import fold, repair
from indicated.reading.terms import find
from indicated.reading.tokens import Tokens, tokenize


class Mention(NamedTuple):
    """A term found at `start:end` of the text. `name` is the entry, `group` the list in it; `segment` counts segments.

    A mention in a heading belongs to no segment: its `segment` is -1.
    """

    name: str
    group: str
    start: int
    end: int
    segment: int

    def covers(self, other: Mention) -> bool:
        """Whether the other mention lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass
class Note:
    """One document with its segments and mentions. `mentions` are in the order of the text."""

    document: Document
    folded: str
    segments: list[Segment]
    mentions: list[Mention]
    _by_name: dict[str, list[Mention]] = field(default_factory=dict)
    _by_segment: dict[int, list[Mention]] = field(default_factory=dict)
    _titles: list[Mention] = field(default_factory=list)
    _by_class: dict[str, list[Mention]] = field(default_factory=dict)
    _indexes: dict[int, dict[str, list[Mention]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            if mention.segment < 0:
                self._titles.append(mention)
                continue
            self._by_name.setdefault(mention.name, []).append(mention)
            head, dot, _ = mention.name.partition(".")
            if dot:
                self._by_class.setdefault(head, []).append(mention)
            self._by_segment.setdefault(mention.segment, []).append(mention)

    def named(self, name: str, *groups: str) -> list[Mention]:
        """All mentions of an entry, or of some of its groups; "limb" names "limb.lower" as well."""
        found = self._by_name.get(name) or self._by_class.get(name, [])
        return [m for m in found if not groups or m.group in groups]

    def within(self, segment: int, name: str = "", *groups: str) -> list[Mention]:
        """The mentions of one segment, all or by the name of their entry (a class by its first part)."""
        found = self._index(segment).get(name, ()) if name else self._by_segment.get(segment, ())
        return [m for m in found if not groups or m.group in groups]

    def _index(self, segment: int) -> dict[str, list[Mention]]:
        """The mentions of one segment by name, and by the first parts of names with dots."""
        index = self._indexes.get(segment)
        if index is None:
            index = self._indexes[segment] = {}
            for mention in self._by_segment.get(segment, ()):
                name = mention.name
                index.setdefault(name, []).append(mention)
                dot = name.rfind(".")
                while dot > 0:
                    index.setdefault(name[:dot], []).append(mention)
                    dot = name.rfind(".", 0, dot)
        return index

    def above(self, segment: int, name: str) -> list[Mention]:
        """The mentions of an entry in the heading that a segment stands under."""
        start, end = self.segments[segment].title
        return [
            m
            for m in self._titles
            if start <= m.start and m.end <= end and (m.name == name or m.name.startswith(name + "."))
        ]

    def has_title(self, name: str) -> bool:
        """Whether an entry, or one of a class of entries, occurs in any heading."""
        return any(m.name == name or m.name.startswith(name + ".") for m in self._titles)

    def has(self, name: str) -> bool:
        """Whether the entry occurs anywhere: the quick question before a reader does any work."""
        return bool(self._by_name.get(name))

    def segment_at(self, position: int) -> int:
        """The number of the segment that holds a character."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    @cached_property
    def _misfiled(self) -> frozenset[int]:
        """Paragraphs that say of themselves that they belong to somebody else's chart."""
        marks = [m for m in self._by_name.get("cue", ()) if m.group == "misfiled.within"]
        return frozenset(self.segments[m.segment].paragraph for m in marks)

    def misfiled(self, segment: int) -> bool:
        """Whether the paragraph of a segment is marked as another patient's."""
        return self.segments[segment].paragraph in self._misfiled

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.segments]

    def text_of(self, segment: int) -> str:
        """The folded text of a segment."""
        s = self.segments[segment]
        return self.folded[s.start : s.end]

    def dates_in(self, segment: int) -> list[DateAt]:
        """Dates of a segment, those told from the document's day included, in the order of the text."""
        s = self.segments[segment]
        anchor = self.document.date
        found = list(dates(self.folded, anchor, s.start, s.end))
        if anchor:
            taken = [(d.start, d.end) for d in found]
            found += [
                d
                for d in relative_dates(self.folded, anchor, s.start, s.end)
                if not any(a < d.end and d.start < b for a, b in taken)
            ]
        return sorted(found, key=lambda d: d.start)

    def durations_in(self, segment: int) -> list[Amount]:
        """Lengths of time in a segment, in days."""
        s = self.segments[segment]
        return list(durations(self.folded, s.start, s.end))

    def percents_in(self, segment: int) -> list[Amount]:
        """Percentages in a segment."""
        s = self.segments[segment]
        return list(percents(self.folded, s.start, s.end))

    def scores_in(self, segment: int) -> list[Amount]:
        """Scores out of ten in a segment."""
        s = self.segments[segment]
        return list(scores(self.folded, s.start, s.end))

    def neighbours(self, segment: int, before: int = 1, after: int = 1) -> Iterator[int]:
        """The segments around one, nearest paragraph first, itself left out."""
        for step in range(1, before + 1):
            if segment - step >= 0:
                yield segment - step
        for step in range(1, after + 1):
            if segment + step < len(self.segments):
                yield segment + step


_AROUND = 3


def read_note(document: Document, language: Language) -> Note:
    """Find everything in a document that the language names, in time linear in its length."""
    folded = repair(fold(document.text), language.known)
    pieces = segments(document.text)
    tokens = tokenize(folded)
    firsts = [bisect.bisect_left(tokens.starts, piece.start) for piece in pieces]
    breaks = frozenset(firsts)
    near = _near_anchors(language, tokens, pieces, firsts)
    classes: dict[int, list[tuple[str, int]]] = {}
    mentions: list[tuple[int, int, int]] = []
    for tag, first, last in find(language.classes, tokens, {}, breaks, near):
        name, group = language.tags[tag]
        mentions.append((tag, first, last))
        slots = classes.setdefault(first, [])
        kinds = language.about["drug"][group].split() if name == "drug" else ()
        for key in {name, name.split(".")[0], *kinds}:
            if (key, last) not in slots:
                slots.append((key, last))
    mentions += find(language.terms, tokens, classes, breaks, near)
    return Note(document, folded, pieces, _longest(language, tokens, pieces, mentions))


def _near_anchors(language: Language, tokens: Tokens, pieces: list[Segment], firsts: list[int]) -> list[int]:
    """The tokens of the statements that hold an anchor, of those around them and of the headings, in order."""
    near: set[int] = set()
    for token in language.spotter.spots(tokens.words):
        at = bisect.bisect_right(firsts, token) - 1
        near.update(range(at - _AROUND, at + _AROUND + 1))
    chosen: list[int] = list(range(firsts[0])) if firsts else list(range(len(tokens)))
    for at, piece in enumerate(pieces):
        first = firsts[at]
        end = firsts[at + 1] if at + 1 < len(firsts) else len(tokens)
        if at in near:
            chosen.extend(range(first, end))
        else:
            behind = bisect.bisect_left(tokens.starts, piece.end, first, end)
            chosen.extend(range(behind, end))  # a heading stands between this statement and the next
    return chosen


def _longer_first(hit: tuple[int, int, int]) -> tuple[int, int, int]:
    return hit[1] - hit[2], hit[1], hit[0]


def _longest(
    language: Language, tokens: Tokens, pieces: list[Segment], hits: list[tuple[int, int, int]]
) -> list[Mention]:
    """Of overlapping matches of one entry the longest stays, the earlier one where they are equal."""
    starts = [p.start for p in pieces]
    best: dict[str, list[tuple[int, int, int]]] = {}
    for tag, first, last in hits:
        best.setdefault(language.tags[tag][0], []).append((tag, first, last))
    out: list[Mention] = []
    for name, found in best.items():
        taken: set[int] = set()
        if len(found) > 1:
            found.sort(key=_longer_first)
        for tag, first, last in found:
            if not taken.isdisjoint(range(first, last)):
                continue
            taken.update(range(first, last))
            start, end = tokens.starts[first], tokens.ends[last - 1]
            segment = bisect.bisect_right(starts, start) - 1
            if segment >= 0 and start >= pieces[segment].end:
                segment = -1
            out.append(Mention(name, language.tags[tag][1], start, end, segment))
    out.sort(key=lambda m: (m.start, -m.end, m.name))
    return out
