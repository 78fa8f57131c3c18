"""A document that has been read for its language: segments, and everything in them that the vocabulary names.

What stands where is worked out when a reader asks for it, entry by entry and statement by statement. Most of a
chart speaks of other things: an entry is only sought in statements that hold one of its anchors.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from indicated.chart.model import Document
from indicated.reading.amounts import Amount, durations, percents, scores
from indicated.reading.dates import DateAt, dates, relative_dates
from indicated.reading.language import Language
from indicated.reading.segments import Segment, segments
from indicated.reading.shadow import fold, repair
from indicated.reading.terms import Hit, find
from indicated.reading.tokens import Tokens, tokenize

_Reader = Callable[[str, int, int], Iterator[Amount]]
_Rooms = dict[int, "list[Mention] | None"]
"""Where an entry may stand: the mentions by room, None while nobody has looked."""


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
    """One document with its segments and what the vocabulary finds in them.

    A room is a segment with the heading behind it, numbered as the segment; -1 is what stands before the first.
    No match runs from one room into the next.
    """

    document: Document
    folded: str
    segments: list[Segment]
    tokens: Tokens
    language: Language
    _rooms: dict[str, _Rooms] = field(default_factory=dict)
    _begins: dict[str, dict[int, set[int]]] = field(default_factory=dict)
    _slots: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    _laid: set[tuple[str, int]] = field(default_factory=set)
    _misfiled: dict[int, bool] = field(default_factory=dict)
    _dates: dict[int, list[DateAt]] = field(default_factory=dict)
    _amounts: dict[tuple[_Reader, int], list[Amount]] = field(default_factory=dict)

    def named(self, name: str, *groups: str) -> list[Mention]:
        """All mentions of an entry, or of some of its groups; "limb" names "limb.lower" as well.

        Those in headings are left out.
        """
        return [m for m in self.anywhere(name) if m.segment >= 0 and (not groups or m.group in groups)]

    def anywhere(self, name: str) -> list[Mention]:
        """All mentions of an entry or a class of entries, those in headings included, in the order of the text."""
        return [m for room in self._places(name) for m in self._look(name, room)]

    def within(self, segment: int, name: str, *groups: str) -> list[Mention]:
        """The mentions of an entry in one segment (of a class by the first part of its name)."""
        if segment not in self._places(name):
            return []
        found = self._look(name, segment)
        return [m for m in found if m.segment >= 0 and (not groups or m.group in groups)]

    def among(self, segment: int, *names: str) -> list[Mention]:
        """The mentions of several entries in one segment, in the order of the text."""
        return sorted((m for name in names for m in self.within(segment, name)), key=_in_text)

    def above(self, segment: int, name: str) -> list[Mention]:
        """The mentions of an entry in the heading that a segment stands under."""
        places = self._places(name)
        start, end = self.segments[segment].title
        if not places or not end:
            return []
        room = bisect.bisect_right(self._starts, start) - 1
        if room not in places:
            return []
        return [m for m in self._look(name, room) if m.segment < 0 and start <= m.start and m.end <= end]

    def has_title(self, name: str) -> bool:
        """Whether an entry, or one of a class of entries, occurs in any heading."""
        return any(m.segment < 0 for m in self.anywhere(name))

    def has(self, name: str) -> bool:
        """Whether the entry occurs anywhere: the quick question before a reader does any work."""
        return any(m.segment >= 0 for room in self._places(name) for m in self._look(name, room))

    def _places(self, name: str) -> _Rooms:
        """The rooms in which an entry, or one of a class of entries, may stand, in order."""
        found = self._rooms.get(name)
        if found is None:
            if name in self.language.entries:
                rooms: Iterable[int] = self._begin_in(name)
            else:
                rooms = {room for one in self.language.under.get(name, ()) for room in self._places(one)}
            found = self._rooms[name] = dict.fromkeys(sorted(rooms))
        return found

    def _begin_in(self, name: str) -> dict[int, set[int]]:
        """The tokens at which a match of the entry may begin, by room: its anchors and as many before as they reach."""
        found: dict[int, set[int]] = {}
        room_of, bounds = self._room_of, self._bounds
        for word, reach in self._anchored.get(name, ()):
            for token in self._tokens_of[word]:
                room = room_of[token]
                first = bounds[room + 1]
                found.setdefault(room, set()).update(range(max(first, token - reach), token + 1))
        self._begins[name] = found
        return found

    @cached_property
    def _room_of(self) -> list[int]:
        """The room of each token."""
        sizes = ((room - 1, end - start) for room, (start, end) in enumerate(pairwise(self._bounds)))
        return [room for room, size in sizes for _ in range(size)]

    @cached_property
    def _tokens_of(self) -> dict[str, list[int]]:
        """Where each word stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for token, word in enumerate(self.tokens.words):
            found[word].append(token)
        return found

    @cached_property
    def _anchored(self) -> dict[str, list[tuple[str, int]]]:
        """The anchors that stand in the text, by the entry that they may be part of, with their reach."""
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        anchors = self.language.anchors
        for word in self._tokens_of:
            for name, reach in anchors[word]:
                found[name].append((word, reach))
        return found

    def _look(self, name: str, room: int) -> list[Mention]:
        """The mentions in one of the rooms where the entry may stand; sought at the first question."""
        rooms = self._rooms[name]
        found = rooms[room]
        if found is None:
            found = rooms[room] = self._search(name, room)
        return found

    def _search(self, name: str, room: int) -> list[Mention]:
        if name in self.language.entries:
            return self._longest(name, room, self._hits(name, room))
        names = (one for one in self.language.under[name] if room in self._places(one))
        return sorted((m for one in names for m in self._look(one, room)), key=_in_text)

    def _hits(self, name: str, room: int) -> list[Hit]:
        entry = self.language.entries[name]
        for need in entry.needs:
            if room in self._places(need):
                self._lay(need, room)
        return find(entry.trie, self.tokens, self._slots, self._breaks, self._begins[name][room])

    def _lay(self, name: str, room: int) -> None:
        """Find the class entry in a room, for terms that are built on it."""
        if (name, room) in self._laid:
            return
        self._laid.add((name, room))
        groups, slots = self.language.entries[name].groups, self.language.slots[name]
        for tag, first, last in self._hits(name, room):
            here = self._slots.setdefault(first, [])
            here.extend((slot, last) for slot in slots[groups[tag]] if (slot, last) not in here)

    def _longest(self, name: str, room: int, hits: list[Hit]) -> list[Mention]:
        """Of overlapping matches of one entry the longest stays, the earlier one where they are equal."""
        groups, tokens = self.language.entries[name].groups, self.tokens
        end_of_segment = self.segments[room].end if room >= 0 else 0
        if len(hits) > 1:
            hits.sort(key=_longer_first)
        taken: set[int] = set()
        out: list[Mention] = []
        for tag, first, last in hits:
            places = range(first, last)
            if taken.isdisjoint(places):
                taken.update(places)
                start = tokens.starts[first]
                segment = room if start < end_of_segment else -1
                out.append(Mention(name, groups[tag], start, tokens.ends[last - 1], segment))
        if len(out) > 1:
            out.sort(key=_in_text)
        return out

    @cached_property
    def _bounds(self) -> list[int]:
        """The first token of each room, from room -1 on, and the end of the last."""
        starts = self.tokens.starts
        return [0, *(bisect.bisect_left(starts, start) for start in self._starts), len(starts)]

    @cached_property
    def _breaks(self) -> frozenset[int]:
        return frozenset(self._bounds[1:-1])

    def segment_at(self, position: int) -> int:
        """The number of the segment that holds a character."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def misfiled(self, segment: int) -> bool:
        """Whether the paragraph of a segment says of itself that it belongs to another patient's chart."""
        paragraph = self.segments[segment].paragraph
        known = self._misfiled.get(paragraph)
        if known is None:
            same = (
                bisect.bisect_left(self._paragraphs, paragraph),
                bisect.bisect_right(self._paragraphs, paragraph),
            )
            known = any(self.within(n, "cue", "misfiled.within") for n in range(*same))
            self._misfiled[paragraph] = known
        return known

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


def _in_text(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.name


def _longer_first(hit: Hit) -> tuple[int, int, int]:
    return hit[1] - hit[2], hit[1], hit[0]


def read_note(document: Document, language: Language) -> Note:
    """Make a document ready for the readers, in time linear in its length."""
    folded = repair(fold(document.text), language.known)
    return Note(document, folded, segments(document.text), tokenize(folded), language)
