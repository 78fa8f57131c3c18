"""Of which limb and side a mention speaks: the same phrase, else the sentence, else the field or the heading."""

from __future__ import annotations

from typing import get_args

from indicated.chart.model import Limb, Side
from indicated.reading.note import Mention, Note

_REFERENCE = ("than", "vs", "versus", "to", "as", "v", "with", "from", "against", "opposite", "like")
_OPPOSITE: dict[Side, Side] = {"right": "left", "left": "right", "bilateral": "bilateral"}
_NEAR = 4
_SIDES = get_args(Side)


def opposite(side: Side) -> Side:
    """The other side; both sides stay both."""
    return _OPPOSITE[side]


def side_of(note: Note, mention: Mention) -> Side | None:
    """The side that a mention speaks of, or None where the text does not say.

    In a comparison ("cooler than the left") the side behind the comparing word is the reference; when it
    stands alone, the other side is meant.
    """
    found: list[tuple[int, Side]] = []
    references: list[Side] = []
    for m in note.within(mention.segment, "side"):
        side = _side(m)
        if side is None:
            continue
        if _is_reference(note, mention, m):
            references.append(side)
        else:
            found.append((_distance(mention, m), side))
    if found:
        return min(found, key=lambda f: f[0])[1]
    if len(set(references)) == 1:
        return opposite(references[0])
    return _side_of_title(note, mention)


def limb_of(note: Note, mention: Mention) -> Limb | None:
    """The limb that a mention speaks of: lower, upper, other (a part of the body that is no limb), or None."""
    found = [(_distance(mention, m), m.name.partition(".")[2]) for m in note.within(mention.segment, "limb")]
    if not found:
        title = note.segments[mention.segment].heading + " " + note.segments[mention.segment].label
        for limb, words in _LIMB_TITLES:
            if any(word in title.split() for word in words):
                return limb
        return None
    nearest = min(found, key=lambda f: f[0])[1]
    return nearest if nearest in get_args(Limb) else None  # type: ignore[return-value]


_LIMB_TITLES: tuple[tuple[Limb, tuple[str, ...]], ...] = (
    ("lower", ("foot", "feet", "leg", "ankle", "le", "rle", "lle", "knee", "toes", "pedis")),
    ("upper", ("hand", "arm", "wrist", "ue", "rue", "lue", "fingers")),
)


def _side(m: Mention) -> Side | None:
    name = m.name.partition(".")[2]
    return name if name in _SIDES else None  # type: ignore[return-value]


def _is_reference(note: Note, mention: Mention, side: Mention) -> bool:
    if side.start < mention.start:
        return False
    before = note.folded[max(mention.start, side.start - 22) : side.start].replace("(", " ").split()
    return any(word in _REFERENCE for word in before[-_NEAR:])


def _distance(mention: Mention, other: Mention) -> int:
    if other.end <= mention.start:
        return mention.start - other.end
    if other.start >= mention.end:
        return (other.start - mention.end) + 12  # what is named before is meant more often than what follows
    return 0


def _side_of_title(note: Note, mention: Mention) -> Side | None:
    segment = note.segments[mention.segment]
    for title in (segment.label, segment.heading):
        words = set(title.replace("/", " ").split())
        right = bool(words & {"right", "r", "rt", "rle", "rue"})
        left = bool(words & {"left", "l", "lt", "lle", "lue"})
        if right != left:
            return "right" if right else "left"
    return None
