"""The figures of many cases, unsafe answers first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicated.determine.model import CriterionStatus, Outcome
from indicated.score.compare import CaseScore

_ASKED = (CriterionStatus.MET.value, CriterionStatus.NOT_MET.value, CriterionStatus.UNKNOWN.value)
_NOT_ASKED = CriterionStatus.NOT_APPLICABLE.value


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, or None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval at 95 %, which is honest for few cases and near 0 or 1."""
        return wilson(self.hits, self.of) if self.of else None


@dataclass(frozen=True)
class Figures:
    """All figures. `statuses` leaves out what is not asked of a request; `confusion` counts (right, said)."""

    cases: int
    failed: tuple[str, ...]
    unsafe: Share
    unsafe_cases: tuple[str, ...]
    unsafe_criteria: tuple[tuple[str, str, str], ...]
    determinations: Share
    statuses: Share
    whole_cases: Share
    balanced: float | None
    recalls: dict[str, Share]
    criteria: dict[str, Share]
    confusion: dict[tuple[str, str], int]
    needless_pends: Share
    conflicts: Share
    quotes: int
    inexact: int
    beside: Share


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Give the Wilson score interval of a share; `z` is 1.96 for 95 %."""
    share, scale = hits / of, 1 + z * z / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def figures(scores: Sequence[CaseScore]) -> Figures:
    """Count everything over the cases."""
    answers = [(score.case, answer) for score in scores for answer in score.answers]
    recalls = {
        status: _share(answer.agrees for _, answer in answers if answer.right == status)
        for status in (*_ASKED, _NOT_ASKED)
    }
    known = [share.value for status, share in recalls.items() if status in _ASKED and share.value is not None]
    ids = sorted({answer.criterion for _, answer in answers})
    would_be_met = [score for score in scores if score.right is Outcome.CRITERIA_MET]
    return Figures(
        cases=len(scores),
        failed=tuple(score.case for score in scores if score.said is None),
        unsafe=_share(score.unsafe for score in scores),
        unsafe_cases=tuple(score.case for score in scores if score.unsafe),
        unsafe_criteria=tuple((case, a.criterion, a.right) for case, a in answers if a.unsafe),
        determinations=_share(score.said is score.right for score in scores),
        statuses=_share(answer.agrees for _, answer in answers if answer.right != _NOT_ASKED),
        whole_cases=_share(score.whole for score in scores),
        balanced=sum(known) / len(known) if known else None,
        recalls=recalls,
        criteria={ident: _share(a.agrees for _, a in answers if a.criterion == ident) for ident in ids},
        confusion=dict(sorted(Counter((a.right, a.said) for _, a in answers).items())),
        needless_pends=_share(score.said is Outcome.MORE_INFORMATION for score in would_be_met),
        conflicts=Share(sum(s.conflicts_found for s in scores), sum(s.conflicts for s in scores)),
        quotes=sum(score.quotes for score in scores),
        inexact=sum(score.inexact for score in scores),
        beside=Share(sum(s.beside for s in scores), sum(s.compared for s in scores)),
    )


def _share(hits: Iterable[bool]) -> Share:
    found = list(hits)
    return Share(sum(found), len(found))
