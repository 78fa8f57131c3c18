"""Numbers whose unit alone says what they measure: a speed, hundreds of steps, the hours of a shift."""

from __future__ import annotations

from indicated.facts.function.quantities import Quantity
from indicated.reading.note import Mention, Note

_MANY_STEPS = 300


def many_steps(quantity: Quantity, segment: int) -> Mention | None:
    """Hundreds of steps are those of a day."""
    if quantity.unit not in ("stairs", "steps/day") or quantity.value < _MANY_STEPS:
        return None
    return Mention("measure.steps per day", "terms", quantity.start, quantity.end, segment)


def bare_shift(note: Note, quantity: Quantity, segment: int) -> Mention | None:
    """Hours of a shift are hours of work, whatever else the sentence names."""
    if quantity.unit != "h/day" or "shift" not in note.folded[quantity.start : quantity.end]:
        return None
    return Mention("measure.work hours", "terms", quantity.start, quantity.end, segment)


def bare(note: Note, quantity: Quantity, segment: int) -> Mention | None:
    """The measure that a number without a name is of, by its unit."""
    return bare_shift(note, quantity, segment) or bare_speed(quantity, segment)


def bare_speed(quantity: Quantity, segment: int) -> Mention | None:
    """Meters a second are the speed of gait, whatever test gave them."""
    if quantity.unit != "m/s":
        return None
    return Mention("measure.gait speed", "terms", quantity.start, quantity.end, segment)
