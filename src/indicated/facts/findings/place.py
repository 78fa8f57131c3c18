"""Of which limb a finding is, and whether it is of a limb at all: the statement, its titles, what went before."""

from __future__ import annotations

import re
from typing import get_args

from indicated.chart.model import Limb, Side
from indicated.facts.findings.source import Titles
from indicated.facts.findings.words import FINDINGS
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.place import opposite

_BACK = 3
_LIMBS = get_args(Limb)
_SIDES: dict[str, Side] = {"side.right": "right", "side.left": "left", "side.bilateral": "bilateral"}
_REFERENCE = lazy(
    r"(?:(?<!other )(?<!rather )than|vs\.?|versus|\bv\.?|cf\.?|(?:compared|relative|contrast|opposed|next|comparison|similar|equal|identical)(?: to| with| w/)|unlike|against|(?<!soon )(?<!well )(?<!far )(?<!long )\bas|like|\bto that of|differ\w* from|>)"
    r"[\s(]*(?:on |in |for |that of |those of |at )?(?:the |her |his |my |its |a )?\s*$"
)
_CONTRAST = lazy(r"\b(?:while|whereas|whilst)\s(?:(?:the|her|his|my|that|on|in|of)\s){0,2}$")
_CLAUSE_END = lazy(r"[,;.]")
_BACK_TO = 40
_HEALTHY_REACH = 30
_SENTENCE = lazy(r"[.;]\s")
_AT_ONCE = lazy(
    r"[\s:(]*(?:foot|feet|leg|ankle|sole|side|toes?|hand|limb|one|calf|dorsum)?[\s:]*(?:is|was|are|stays|stayed|its)?\s*"
)
_GREATER = lazy(
    r"(?<![a-z0-9])(r|l|right|left)(?: (?:foot|ankle|leg|calf|sole|midfoot|forefoot))?(?: (?:by )?\d+(?:\.\d+)? ?(?:cm|mm|ml|c|°c?))?"
    r"\s*(>+|<+|greater than|more than|less than)\s*(r|l|right|left)(?![a-z0-9])"
)
_VERB = lazy(
    r"left (?:an?|no|me|him|work|home|early|clinic|before|without|the (?:clinic|room|hospital|office))\b"
)
_SENSED = lazy(r"\b(?:intact|sens\w*|sensation|normal) to $")
_ARTICLE = lazy(r"(?:the|her|his|my|on|in|of|than|and|or) $")
_GREATER_IS_WELL = ("reduced range of motion", "motor change", "skin temperature asymmetry")


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
        found = self._side_here(mention)
        if found is not None:
            return found
        segment = note.segments[mention.segment]
        for title in (segment.label, segment.heading):
            sides = {_SIDES[name] for name, _ in self._titles.of(title) if name in _SIDES}
            if len(sides) == 1:
                return sides.pop()
        around = (-1, 1, -2, 2, 3) if present else (-1, -2)
        for other in (mention.segment + step for step in around):
            if 0 <= other < len(note.segments) and note.segments[other].paragraph == segment.paragraph:
                sides = {
                    _SIDES[m.name]
                    for m in note.within(other, "side")
                    if m.name in _SIDES
                    and not _REFERENCE.search(note.folded, max(0, m.start - _BACK_TO), m.start)
                }
                if len(sides) == 1 and "bilateral" not in sides:
                    return sides.pop()
        return None

    def _side_here(self, mention: Mention) -> Side | None:
        """The nearest side in the sentence that is not there to compare with; alone, such a one means the other."""
        note = self._note
        segment = note.segments[mention.segment]
        start = segment.start
        for mark in note.within(mention.segment, "said of a finding", "corrected"):
            if any(m.name in _SIDES and m.start >= mark.end for m in note.within(mention.segment, "side")):
                start = max(start, mark.end)
        order = _GREATER.search(note.folded, start, segment.end)
        if order and self._belongs(mention, order):
            first: Side = "right" if order[1][0] == "r" else "left"
            greater = first if order[2][0] in (">", "g", "m") else opposite(first)
            return opposite(greater) if mention.name in _GREATER_IS_WELL else greater
        found: list[tuple[int, Side]] = []
        well: list[Side] = []
        for m in note.within(mention.segment, "side"):
            side = _SIDES.get(m.name)
            if (
                side is None
                or m.start < start
                or _is_verb(note, m)
                or (side == "bilateral" and not self._of_limbs(m))
            ):
                continue
            if side != "bilateral" and self._is_well(mention, m):
                well.append(side)
                continue
            away = m.start - mention.end + 12 if m.start >= mention.end else max(0, mention.start - m.end)
            if _SENTENCE.search(note.folded, min(m.end, mention.end), max(m.start, mention.start)):
                away += _BACK_TO
            found.append((away, side))
        if found:
            return min(found)[1]
        return opposite(well[0]) if len(set(well)) == 1 else None

    def _belongs(self, mention: Mention, order: re.Match[str]) -> bool:
        """Whether an order of sides stands near a mention, with no other finding between."""
        first, last = sorted(((mention.start, mention.end), order.span()))
        return last[0] - first[1] <= _BACK_TO and not any(
            first[1] <= m.start < last[0]
            and m.group in ("present", "limb", "topic")
            and m.name != mention.name
            for m in self._note.among(mention.segment, *FINDINGS)
        )

    def _of_limbs(self, both: Mention) -> bool:
        """Whether "both" or "each" is of limbs or sides, not of two other things."""
        if self._note.folded[both.start : both.end] not in ("both", "each", "either"):
            return True
        return any(
            0 <= m.start - both.end <= 12 or 0 <= both.start - m.end <= 2
            for m in self._note.within(both.segment, "limb")
        ) or bool(re.match(r"\s*(?:sides?|$|[.,;])", self._note.folded[both.end : both.end + 8]))

    def _is_well(self, mention: Mention, side: Mention) -> bool:
        """Whether a side is only there to compare with, or is said to be as it should be."""
        note = self._note
        if _REFERENCE.search(note.folded, max(0, side.start - _BACK_TO), side.start):
            return True
        if _in_contrast(note, mention, side):
            return True
        if mention.group in ("absent", "normal") or side.start < mention.end:
            return False
        return any(
            m.start >= side.end
            and m.start - side.end < _HEALTHY_REACH
            and (
                (m.name == mention.name and m.group in ("normal", "absent"))
                or (m.name == "said of a finding" and m.group in ("normal", "no", "fine", "well"))
            )
            and _AT_ONCE.fullmatch(note.folded, side.end, m.start)
            for m in note.among(mention.segment, mention.name, "said of a finding")
        )

    def _nearest(self, mention: Mention) -> str:
        found = []
        limbs = self._note.within(mention.segment, "limb")
        hands = self._note.within(mention.segment, "hand of the examiner")
        for m in limbs:
            # "dorsum of the hand" holds a word that alone is of the foot.
            if any(hand.covers(m) for hand in hands) or any(
                o.covers(m) and o.name != m.name and o.end - o.start > m.end - m.start for o in limbs
            ):
                continue
            away = m.start - mention.end + 12 if m.start >= mention.end else max(0, mention.start - m.end)
            found.append((away, m.name.partition(".")[2]))
        return min(found)[1] if found else ""

    def _title_region(self, title: str) -> str:
        regions = {name.partition(".")[2] for name, _ in self._titles.of(title) if name.startswith("limb.")}
        return regions.pop() if len(regions) == 1 else ""


def _in_contrast(note: Note, mention: Mention, side: Mention) -> bool:
    """Whether a side has a clause of its own, set against the rest ("icy at night while the right one is warm")."""
    turn = _CONTRAST.search(note.folded, max(0, side.start - _BACK_TO), side.start)
    if turn is None:
        return False
    stop = _CLAUSE_END.search(note.folded, side.end, note.segments[side.segment].end)
    end = stop.start() if stop else note.segments[side.segment].end
    return not turn.start() <= mention.start < end


def _is_verb(note: Note, side: Mention) -> bool:
    """Whether "left" is what somebody did ("left a wet print"), or "LT" is light touch."""
    if note.folded[side.start : side.end] == "lt" and _SENSED.search(note.folded, 0, side.start):
        return True
    return bool(_VERB.match(note.folded, side.start)) and not _ARTICLE.search(note.folded, 0, side.start)


def other_side(side: Side | None) -> Side | None:
    """The other side, if one is known."""
    return opposite(side) if side else None
