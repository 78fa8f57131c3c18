"""The known answer of a case: read for scoring only, after the chart was reviewed without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indicated.chart.shapes import shape
from indicated.chart.yaml_text import read_yaml
from indicated.determine.model import CriterionStatus, Outcome
from indicated.errors import ChartError, Problem
from indicated.formats.plain_text import decode

FILE = "case.yaml"


@dataclass(frozen=True)
class Quote:
    """Words of a document on which an answer rests, or "Type/id" of a coded entry."""

    file: str
    quote: str


@dataclass(frozen=True)
class Expected:
    """What a careful reviewer answers: the determination, the status and evidence of each criterion."""

    outcome: Outcome
    criteria: Mapping[str, CriterionStatus]
    evidence: Mapping[str, tuple[Quote, ...]]
    conflicts: frozenset[str] = frozenset()


class _Quote(msgspec.Struct, frozen=True):
    file: str
    quote: str


class _Criterion(msgspec.Struct, frozen=True):
    status: str
    evidence: tuple[_Quote, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    determination: str
    criteria: dict[str, _Criterion] = {}
    conflicts: tuple[str, ...] = ()


def read_expected(case: Path) -> Expected:
    """Read the answer of a case folder. Raises ChartError when there is none or it is not well formed."""
    place = f"{case.name}/{FILE}"
    try:
        data = (case / FILE).read_bytes()
    except OSError:
        raise ChartError(
            [Problem(place, "the case has no file of answers.", "Name a case folder.")]
        ) from None
    written = read_yaml(decode(data, place).text, place)
    answer = written.value.get("expected") if isinstance(written.value, dict) else None
    if answer is None:
        raise ChartError([Problem(place, "the case has no expected answer.", "Add expected: to it.")])
    at = written.place(place, ("expected",))
    try:
        found = msgspec.convert(answer, _Answer)
        return Expected(
            Outcome(found.determination),
            {ident: CriterionStatus(criterion.status) for ident, criterion in found.criteria.items()},
            {
                ident: tuple(Quote(q.file, q.quote) for q in criterion.evidence)
                for ident, criterion in found.criteria.items()
            },
            frozenset(found.conflicts),
        )
    except msgspec.ValidationError as error:
        raise ChartError([Problem(at, shape(error), "See docs/command-line.md for the form.")]) from None
    except ValueError:
        what = "a determination or a status is not one of the known words."
        raise ChartError([Problem(at, what, f"Use {', '.join(CriterionStatus)}.")]) from None
