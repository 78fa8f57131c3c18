"""Of which limb, or of which other part of the body, a pain score is."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.chart.model import Limb, Side
from indicated.facts.diagnosis.around import overlaps
from indicated.facts.pain.pain_number_sense import MEANT
from indicated.facts.pain.pain_numbers import Rated
from indicated.reading.note import Mention, Note


def limb_of(note: Note, n: int, x: Rated, left: int, right: int) -> tuple[Side | None, Limb | None]:
    """The side and the limb named nearest to a score."""
    sides = [m for m in note.within(n, "side") if m.name.partition(".")[2] in ("right", "left", "bilateral")]
    limbs = note.within(n, "limb")
    side = _nearest(sides, x, left, right)
    limb = _nearest(limbs, x, left, right)
    return (
        side.name.partition(".")[2] if side else None,  # type: ignore[return-value]
        limb.name.partition(".")[2] if limb and limb.name != "limb.other" else None,
    )


def _nearest(found: Sequence[Mention], x: Rated, left: int, right: int) -> Mention | None:
    before = [m for m in found if left <= m.start and m.end <= x.start]
    if before:
        return before[-1]
    after = [m for m in found if x.end <= m.start and m.end <= right]
    if after:
        return after[0]
    return found[0] if len(found) == 1 else None


def site_of(note: Note, n: int, x: Rated, left: int, right: int, limb: Limb | None) -> str:
    """Whether a score is of the limb or of another part of the body that is named nearer to it."""
    elsewhere = _nearest(note.within(n, MEANT, "elsewhere"), x, left, right)
    places = note.within(n, MEANT, "elsewhere")
    lower = [m for m in note.within(n, "limb") if m.name == "limb.lower" and not overlaps(m, places)]
    near = _nearest(lower, x, left, right)
    if elsewhere and (
        not near or abs(elsewhere.start - x.start) < abs(near.start - x.start) or elsewhere.start > near.start
    ):
        return "other"
    return "other" if limb == "upper" else "limb"
