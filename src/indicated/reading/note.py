"""A document that has been read for its language: segments, and everything in them that the vocabulary names.

The text is walked once, when a reader first asks; what matched is sorted out entry by entry, when one asks for it.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from indicated.chart.model import Document
from indicated.reading.amounts import Amount, durations, percents, scores
from indicated.reading.dates import DateAt, dates, relative_dates
from indicated.reading.language import Language
from indicated.reading.patterns import lazy
from indicated.reading.segments import Segment, segments
from indicated.reading.shadow import fold, repair
from indicated.reading.tokens import Tokens, tokenize
from indicated.reading.walk import Found, Spans, find, following

_Reader = Callable[[str, int, int], Iterator[Amount]]


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


class _Found(NamedTuple):
    """The mentions of an entry or of a class of entries: by segment, those in headings, and all in the order of the text."""

    inside: dict[int, list[Mention]]
    titles: list[Mention]
    all: list[Mention]


_NOTHING = _Found({}, [], [])

_Match = tuple[int, int, int]
"""The first token, how many tokens as a negative number, and the tag."""


_LIKENED = lazy(r"\b(?:like|as if|as though)\b[^.;\n]{0,30}$")
"""A limb may feel "as if it belonged to somebody else"; that is no chart of another patient."""


@dataclass
class Note:
    """One document with its segments and what the vocabulary finds in them."""

    document: Document
    folded: str
    segments: list[Segment]
    tokens: Tokens
    language: Language
    _found: dict[str, _Found] = field(default_factory=dict)
    _misfiled: dict[int, bool] = field(default_factory=dict)
    _dates: dict[int, list[DateAt]] = field(default_factory=dict)
    _amounts: dict[tuple[_Reader, int], list[Amount]] = field(default_factory=dict)

    def named(self, name: str, *groups: str) -> list[Mention]:
        """All mentions of an entry, or of some of its groups; "limb" names "limb.lower" as well.

        Those in headings are left out.
        """
        return [m for m in self._of(name).all if m.segment >= 0 and (not groups or m.group in groups)]

    def anywhere(self, name: str) -> list[Mention]:
        """All mentions of an entry or a class of entries, those in headings included, in the order of the text."""
        return list(self._of(name).all)

    def within(self, segment: int, name: str, *groups: str) -> list[Mention]:
        """The mentions of an entry in one segment (of a class by the first part of its name)."""
        found = (self._found.get(name) or self._of(name)).inside.get(segment)
        if not found:
            return []
        return [m for m in found if m.group in groups] if groups else list(found)

    def among(self, segment: int, *names: str) -> list[Mention]:
        """The mentions of several entries in one segment, in the order of the text."""
        return sorted((m for name in names for m in self.within(segment, name)), key=_in_text)

    def between(self, start: int, end: int, name: str, *groups: str) -> list[Mention]:
        """The mentions of an entry that lie in a span of the text; those in headings are left out."""
        found = lying(self._of(name).all, start, end)
        return [m for m in found if m.segment >= 0 and (not groups or m.group in groups)]

    def above(self, segment: int, name: str) -> list[Mention]:
        """The mentions of an entry in the heading that a segment stands under."""
        titles = self._of(name).titles
        if not titles:
            return []
        start, end = self.segments[segment].title
        return [m for m in titles if start <= m.start and m.end <= end]

    def has_title(self, name: str) -> bool:
        """Whether an entry, or one of a class of entries, occurs in any heading."""
        return bool(self._of(name).titles)

    def has(self, name: str) -> bool:
        """Whether the entry occurs anywhere: the quick question before a reader does any work."""
        return bool(self._of(name).inside)

    def regrouped(self, name: str, group_of: Callable[[Mention], str]) -> Note:
        """The same note with the mentions of one entry in other groups: what is one thing here may be another there."""
        found = self._of(name)
        moved = {id(m): m._replace(group=group_of(m)) for m in found.all}
        other = dataclasses.replace(self, _found=dict(self._found))
        other.__dict__["_matches"] = self._matches
        other._found[name] = _Found(
            {segment: [moved[id(m)] for m in mentions] for segment, mentions in found.inside.items()},
            [moved[id(m)] for m in found.titles],
            [moved[id(m)] for m in found.all],
        )
        return other

    def _of(self, name: str) -> _Found:
        found = self._found.get(name)
        if found is None:
            names = self.language.under.get(name, ())
            kept = [match for one in names if one in self._matches for match in self._longest(one)]
            if len(names) > 1:
                tags = self.language.tags
                kept.sort(key=lambda match: (match[0], match[1], tags[match[2]][0]))
            found = self._found[name] = self._placed(kept) if kept else _NOTHING
        return found

    @cached_property
    def _matches(self) -> dict[str, list[tuple[int, Spans]]]:
        """Where the tags of each entry were found. Classes come first, as other terms are built on them."""
        language, tokens = self.language, self.tokens
        after = following(tokens, [bisect.bisect_left(tokens.starts, start) for start in self._starts])
        classes: dict[int, list[tuple[str, int]]] = {}
        matches: defaultdict[str, list[tuple[int, Spans]]] = defaultdict(list)
        for trie in language.tries:
            found: Found = {}
            find(trie, tokens, after, classes, found)
            for tags, spans in found.items():
                for tag in tags:
                    matches[language.tags[tag][0]].append((tag, spans))
                slots = language.filled_by(tags)
                if slots:
                    for first, last in spans:
                        here = classes.setdefault(first, [])
                        here += [(slot, last) for slot in slots if (slot, last) not in here]
        return matches

    def _longest(self, name: str) -> list[_Match]:
        """Of overlapping matches of one entry the longest stays, the earlier one where they are equal; in the order of the text."""
        matches = [(first - last, first, tag) for tag, spans in self._matches[name] for first, last in spans]
        matches.sort()
        taken: set[int] = set()
        kept: list[_Match] = []
        for shorter, first, tag in matches:
            if shorter == -1:  # most are one word
                if first in taken:
                    continue
                taken.add(first)
            else:
                places = range(first, first - shorter)
                if not taken.isdisjoint(places):
                    continue
                taken.update(places)
            kept.append((first, shorter, tag))
        kept.sort()
        return kept

    def _placed(self, matches: list[_Match]) -> _Found:
        """Matches, in the order of the text, as mentions in their segments."""
        inside: dict[int, list[Mention]] = {}
        titles: list[Mention] = []
        every: list[Mention] = []
        starts, ends, rooms, tags = self.tokens.starts, self.tokens.ends, self._rooms, self.language.tags
        for first, shorter, tag in matches:
            segment = rooms[first]
            mention = Mention(*tags[tag], starts[first], ends[first - shorter - 1], segment)
            every.append(mention)
            if segment < 0:
                titles.append(mention)
            elif segment in inside:
                inside[segment].append(mention)
            else:
                inside[segment] = [mention]
        return _Found(inside, titles, every)

    @cached_property
    def _rooms(self) -> list[int]:
        """The segment of each token; -1 in a heading."""
        rooms: list[int] = []
        for number, segment in enumerate(self.segments):
            before = bisect.bisect_left(self.tokens.starts, segment.start, len(rooms))
            behind = bisect.bisect_left(self.tokens.starts, segment.end, before)
            rooms += [-1] * (before - len(rooms))
            rooms += [number] * (behind - before)
        return rooms + [-1] * (len(self.tokens) - len(rooms))

    def segment_at(self, position: int) -> int:
        """The number of the segment that holds a character."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def misfiled(self, segment: int) -> bool:
        """Whether the paragraph of a segment says of itself that it belongs to another patient's chart."""
        if self._in_brackets(segment):  # such an aside speaks of itself alone
            return bool(self.within(segment, "cue", "misfiled.within"))
        paragraph = self.segments[segment].paragraph
        known = self._misfiled.get(paragraph)
        if known is None:
            same = (
                bisect.bisect_left(self._paragraphs, paragraph),
                bisect.bisect_right(self._paragraphs, paragraph),
            )
            known = any(
                not _LIKENED.search(self.folded, max(0, m.start - 40), m.start)
                for n in range(*same)
                if not self._in_brackets(n)
                for m in self.within(n, "cue", "misfiled.within")
            )
            self._misfiled[paragraph] = known
        return known

    def _in_brackets(self, segment: int) -> bool:
        text = self.text_of(segment).strip()
        return text.startswith("(") and text.rstrip(".").endswith(")")

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [s.paragraph for s in self.segments]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.segments]

    def text_of(self, segment: int) -> str:
        """The folded text of a segment."""
        s = self.segments[segment]
        return self.folded[s.start : s.end]

    def dates_in(self, segment: int) -> list[DateAt]:
        """Dates of a segment, those told from the document's day included, in the order of the text."""
        found = self._dates.get(segment)
        if found is None:
            found = self._dates[segment] = self._read_dates(segment)
        return list(found)

    def _read_dates(self, segment: int) -> list[DateAt]:
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
        return self._read_amounts(durations, segment)

    def percents_in(self, segment: int) -> list[Amount]:
        """Percentages in a segment."""
        return self._read_amounts(percents, segment)

    def scores_in(self, segment: int) -> list[Amount]:
        """Scores out of ten in a segment."""
        return self._read_amounts(scores, segment)

    def _read_amounts(self, reader: _Reader, segment: int) -> list[Amount]:
        found = self._amounts.get((reader, segment))
        if found is None:
            s = self.segments[segment]
            found = self._amounts[reader, segment] = list(reader(self.folded, s.start, s.end))
        return list(found)

    def neighbours(self, segment: int, before: int = 1, after: int = 1) -> Iterator[int]:
        """The segments around one, nearest paragraph first, itself left out."""
        for step in range(1, before + 1):
            if segment - step >= 0:
                yield segment - step
        for step in range(1, after + 1):
            if segment + step < len(self.segments):
                yield segment + step


def lying(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Those of some mentions, in the order of the text, that lie in a span: found without looking at all of them."""
    first = bisect.bisect_left(mentions, start, key=_start)
    behind = bisect.bisect_left(mentions, end, first, key=_start)
    return [m for m in mentions[first:behind] if m.end <= end]


def _start(mention: Mention) -> int:
    return mention.start


def _in_text(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.name


def read_note(document: Document, language: Language) -> Note:
    """Make a document ready for the readers, in time linear in its length."""
    folded = repair(fold(document.text), language.known)
    return Note(document, folded, segments(document.text), tokenize(folded), language)
