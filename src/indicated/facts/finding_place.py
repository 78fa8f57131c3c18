"""Of which limb a finding is, and whether it is of a limb at all: the statement, its titles, what went before."""

from __future__ import annotations

import re
from typing import get_args

from indicated.chart.model import Limb, Side
from indicated.facts.finding_source import Titles
from indicated.reading.note import Mention, Note
from indicated.reading.place import opposite, side_of

_BACK = 3
_LIMBS = get_args(Limb)
_SIDES: dict[str, Side] = {"side.right": "right", "side.left": "left", "side.bilateral": "bilateral"}
_TAIL = re.compile(r"[\s(]*(r|l|right|left|rt|lt)[\s.)]*$")
_LETTER: dict[str, Side] = {"r": "right", "l": "left"}


class Places:
    """The limbs and sides of one note."""

    def __init__(self, note: Note, titles: Titles) -> None:
        self._note = note
        self._titles = titles

    def limb(self, mention: Mention) -> Limb | None:
        """The limb that a mention speaks of, or None where none is named or another part of the body is."""
        region = self.region(mention)
        return region if region in _LIMBS else None  # type: ignore[return-value]

    def region(self, mention: Mention) -> str:
        """Lower, upper, other (no limb), or nothing: of the sentence, its titles, or the sentences before and after."""
        note = self._note
        here = self._nearest(mention)
        if here:
            return here
        segment = note.segments[mention.segment]
        for title in (segment.label, segment.heading):
            named = self._title_region(title)
            if named:
                return named
        for other in (*range(mention.segment - 1, mention.segment - 1 - _BACK, -1), mention.segment + 1):
            if not 0 <= other < len(note.segments):
                continue
            near = note.segments[other]
            if near.heading != segment.heading or abs(near.paragraph - segment.paragraph) > 1:
                continue
            regions = [m.name.partition(".")[2] for m in note.within(other, "limb")]
            limbs = [r for r in regions if r in _LIMBS]
            if limbs and (other < mention.segment or near.paragraph == segment.paragraph):
                return limbs[-1] if other < mention.segment else limbs[0]
        return ""

    def is_limb(self, mention: Mention) -> bool:
        """Whether a limb is spoken of, or a side, which only limbs have."""
        region = self.region(mention)
        if region:
            return region in _LIMBS
        return bool(
            self._note.within(mention.segment, "side.right", "terms")
            or self._note.within(mention.segment, "side.left", "terms")
        )

    def side(self, mention: Mention, *, present: bool = True) -> Side | None:
        """The side of the limb that is meant: as the sentence says, else its titles, else the sentence before."""
        note = self._note
        found = side_of(note, mention)
        if found is not None:
            return found
        segment = note.segments[mention.segment]
        for title in (segment.label, segment.heading):
            sides = {_SIDES[name] for name, _ in self._titles.of(title) if name in _SIDES}
            if len(sides) == 1:
                return sides.pop()
        if not present:
            return None
        for other in (mention.segment - 1, mention.segment + 1, mention.segment - 2):
            if 0 <= other < len(note.segments) and note.segments[other].paragraph == segment.paragraph:
                sides = {_SIDES[m.name] for m in note.within(other, "side") if m.name in _SIDES}
                if len(sides) == 1 and "bilateral" not in sides:
                    return sides.pop()
        return None

    def _nearest(self, mention: Mention) -> str:
        found = []
        for m in self._note.within(mention.segment, "limb"):
            away = m.start - mention.end + 12 if m.start >= mention.end else max(0, mention.start - m.end)
            found.append((away, m.name.partition(".")[2]))
        return min(found)[1] if found else ""

    def _title_region(self, title: str) -> str:
        regions = {name.partition(".")[2] for name, _ in self._titles.of(title) if name.startswith("limb.")}
        return regions.pop() if len(regions) == 1 else ""


def other_side(side: Side | None) -> Side | None:
    """The other side, if one is known."""
    return opposite(side) if side else None
