"""The request: which procedure, which side, when, for which diagnoses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicated.chart.dates import day
from indicated.chart.model import Request, Side
from indicated.errors import Problem
from indicated.vocabulary.codes import icd10

_PROCEDURE = re.compile(r"(?:CPT|HCPCS)?[ :]*(\d{4}[0-9A-Z]|[A-Z]\d{4})(?:[ -]+(RT|LT|50))?\Z", re.ASCII)
_SIDES: Mapping[str, Side] = {
    "right": "right",
    "r": "right",
    "rt": "right",
    "left": "left",
    "l": "left",
    "lt": "left",
    "bilateral": "bilateral",
    "both": "bilateral",
    "b": "bilateral",
    "50": "bilateral",
}


@dataclass(frozen=True)
class RequestParts:
    """A request as it was written: nothing is checked yet, and anything may be missing.

    `extra` holds what a letter needs and the engine does not.
    """

    procedure: str | None = None
    laterality: str | None = None
    date: str | None = None
    diagnoses: Sequence[str] = ()
    patient: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def completed_by(self, other: RequestParts) -> RequestParts:
        """Take what is missing here from another source."""
        return RequestParts(
            self.procedure or other.procedure,
            self.laterality or other.laterality,
            self.date or other.date,
            self.diagnoses or other.diagnoses,
            self.patient or other.patient,
            {**other.extra, **self.extra},
        )


def read_request(parts: RequestParts, place: Callable[[str], str]) -> Request | tuple[Problem, ...]:
    """Check the parts and make the request of them, or say everything that is wrong.

    `place` gives the place of a part by its name ("procedure").
    """
    problems: list[Problem] = []
    procedure, modifier = _procedure(parts.procedure, place("procedure"), problems)
    side = _side(parts.laterality, modifier, place("laterality"), problems)
    on = day(parts.date) if parts.date else None
    if not parts.date:
        problems.append(
            Problem(
                place("date"),
                "the date of the request is missing.",
                "Give it as --date 2026-03-10 or in the file.",
            )
        )
    elif on is None:
        problems.append(
            Problem(
                place("date"), "the date of the request is not a possible date.", "Write it as 2026-03-10."
            )
        )
    diagnoses = tuple(_diagnoses(parts.diagnoses, place("diagnoses"), problems))
    if problems or on is None:
        return tuple(problems)
    return Request(procedure, side, on, diagnoses, dict(parts.extra))


def _procedure(text: str | None, place: str, problems: list[Problem]) -> tuple[str, str | None]:
    if not text:
        instead = 'Give its CPT number, as --procedure 64520 or procedure: "64520".'
        problems.append(Problem(place, "the requested procedure is missing.", instead))
        return "", None
    match = _PROCEDURE.match(text.strip().upper())
    if not match:
        problems.append(
            Problem(
                place,
                "the procedure is not a CPT or HCPCS number.",
                "Write five characters, as 64520 or 64520-RT.",
            )
        )
        return "", None
    return match.group(1), match.group(2)


def _side(text: str | None, modifier: str | None, place: str, problems: list[Problem]) -> Side | None:
    by_modifier = _SIDES[modifier.lower()] if modifier else None
    if not text:
        return by_modifier
    side = _SIDES.get(text.strip().lower())
    if side is None:
        problems.append(
            Problem(place, "the side is not a word that is read.", "Write right, left or bilateral.")
        )
    elif by_modifier and by_modifier != side:
        instead = "Correct the one that is wrong."
        problems.append(Problem(place, f"the side is {side} but the modifier says {by_modifier}.", instead))
    return side


def _diagnoses(codes: Iterable[str], place: str, problems: list[Problem]) -> Iterable[str]:
    for number, text in enumerate(codes, 1):
        code = icd10(text)
        if code is None:
            what = f"diagnosis {number} has not the shape of an ICD-10-CM code."
            problems.append(Problem(place, what, "Write it as G90.521."))
        else:
            yield code
