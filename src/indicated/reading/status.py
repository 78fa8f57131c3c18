"""How a chart speaks of a thing."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How the chart speaks of a thing. Not mentioned is no status: there is then no fact."""

    PRESENT = "present"
    """It is so now, of the patient (of an event: it was done)."""
    ABSENT = "absent"
    """It is said not to be so now."""
    HISTORICAL = "historical"
    """It was so and is no longer, or is not said to be still."""
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    """A risk, an if, a may, education, a general statement."""
    OTHER_PERSON = "other_person"
    """A relative, a room-mate, another patient."""
    ASKED = "asked"
    """Asked, left blank, to be assessed, not assessable."""
