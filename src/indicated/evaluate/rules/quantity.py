"""How much a request asks for."""

from __future__ import annotations

import re

from indicated.evaluate.model import Answer, Candidate
from indicated.evaluate.scene import Scene

UNITS = "units"
_WHOLE = re.compile(r"\d{1,3}", re.ASCII)


def quantity_of_the_request(scene: Scene) -> Answer:
    """The number of units that was sent with the request; a request that names none leaves it open."""
    sent = str(scene.request.extra.get(UNITS, "")).strip()
    if not _WHOLE.fullmatch(sent):
        return Answer(note="the request gives no number of units")
    return Answer((Candidate(float(sent), scene.on, ()),), note="by the request")
