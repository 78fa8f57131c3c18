"""The figures for people and for programs, and the figures that somebody requires."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from indicated.errors import CheckFailed, Problem
from indicated.score.compare import CaseScore
from indicated.score.figures import Figures, Share

_RULE = re.compile(r"\s*([a-z_]+)\s*(>=|<=|=)\s*([0-9.]+)\s*\Z")
_TESTS = {">=": operator.ge, "<=": operator.le, "=": operator.eq}


def summary(figures: Figures) -> dict[str, Any]:
    """Give the figures as plain data; shares are between 0 and 1, None when there was nothing to count."""
    return {
        "cases": figures.cases,
        "failed": len(figures.failed),
        "unsafe": figures.unsafe.hits,
        "unsafe_criteria": len(figures.unsafe_criteria),
        "determinations": _round(figures.determinations.value),
        "statuses": _round(figures.statuses.value),
        "balanced": _round(figures.balanced),
        "met_recall": _round(figures.recalls["met"].value),
        "not_met_recall": _round(figures.recalls["not_met"].value),
        "unknown_recall": _round(figures.recalls["unknown"].value),
        "needless_pends": _round(figures.needless_pends.value),
        "whole_cases": _round(figures.whole_cases.value),
        "conflicts_found": _round(figures.conflicts.value),
        "quotes": figures.quotes,
        "inexact_quotes": figures.inexact,
        "quotes_beside": _round(figures.beside.value),
    }


def score_json(figures: Figures, scores: Sequence[CaseScore]) -> bytes:
    """Print the summary with the figures of each criterion and each case as one JSON object."""
    data = {
        "schema": "indicated/score/1",
        **summary(figures),
        "unsafe_cases": figures.unsafe_cases,
        "unsafe_interval": figures.unsafe.interval,
        "criteria": {
            ident: {"right": share.hits, "of": share.of, "interval": share.interval}
            for ident, share in figures.criteria.items()
        },
        "confusion": [
            {"right": right, "said": said, "times": times}
            for (right, said), times in figures.confusion.items()
        ],
        "case_list": [
            {
                "case": score.case,
                "right": score.right,
                "said": score.said,
                "wrong": [
                    {"criterion": a.criterion, "right": a.right, "said": a.said}
                    for a in score.answers
                    if not a.agrees
                ],
                **({"failure": score.failure} if score.failure else {}),
            }
            for score in scores
        ],
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def score_text(figures: Figures, scores: Sequence[CaseScore], *, detail: bool) -> str:
    """Print the figures, unsafe answers first; with `detail` also every wrong answer."""
    return "\n".join(_lines(figures, scores, detail=detail)) + "\n"


def _lines(figures: Figures, scores: Sequence[CaseScore], *, detail: bool) -> Iterator[str]:
    yield f"Unsafe answers        {_of(figures.unsafe)}   criteria met was said and is not so"
    for case in figures.unsafe_cases:
        yield f"  UNSAFE {case}"
    if figures.failed:
        yield f"Not reviewed          {len(figures.failed)}: {', '.join(figures.failed)}"
    yield f"Determinations        {_of(figures.determinations)}"
    yield f"Whole cases           {_of(figures.whole_cases)}"
    yield f"Criteria              {_of(figures.statuses)}   without those not asked"
    yield f"Balanced              {_percent(figures.balanced)}   mean recall of met, not met and unknown"
    for status, share in figures.recalls.items():
        yield f"  {status:20}{_of(share)}"
    yield f"Needless pends        {_of(figures.needless_pends)}   of the cases in which all is met"
    yield f"Conflicts found       {_of(figures.conflicts)}"
    yield f"Quotes                {figures.quotes}, not exact {figures.inexact}; beside the answer's {_of(figures.beside)}"
    yield ""
    yield f"{'Criterion':32}{'right':>9}   95 % interval"
    for ident, share in figures.criteria.items():
        low, high = share.interval or (0.0, 0.0)
        yield f"{ident:32}{share.hits:>4}/{share.of:<4}   {low:.2f} to {high:.2f}"
    wrong = {pair: times for pair, times in figures.confusion.items() if pair[0] != pair[1]}
    if wrong:
        yield ""
        yield "The answer is       said                times"
        for (right, said), times in sorted(wrong.items(), key=lambda row: -row[1]):
            yield f"{right:20}{said:20}{times:>5}"
    if detail:
        yield ""
        for score in scores:
            yield from _case(score)


def _case(score: CaseScore) -> Iterator[str]:
    right = score.said is score.right
    said = score.said.value if score.said else f"failed: {score.failure}"
    yield f"{'ok   ' if right else 'WRONG'} {score.case}: {score.right.value}" + (
        "" if right else f", said {said}"
    )
    for answer in score.answers:
        if not answer.agrees:
            mark = "UNSAFE" if answer.unsafe else "      "
            yield f"   {mark} {answer.criterion}: {answer.right}, said {answer.said}"


def check(rules: Iterable[str], figures: Figures) -> None:
    """Hold the figures against rules such as "unsafe=0". Raises CheckFailed with each that does not hold."""
    known = summary(figures)
    problems = []
    for rule in rules:
        match = parse(rule)
        name, sign, limit = match.group(1), match.group(2), float(match.group(3))
        value = known[name]
        if value is None or not _TESTS[sign](value, limit):
            problems.append(Problem("score", f"{name} is {value}, and {rule.strip()} is required."))
    if problems:
        raise CheckFailed(problems)


def parse(rule: str) -> re.Match[str]:
    """Read a rule. Raises ValueError when it is not one, or names no figure."""
    match = _RULE.match(rule)
    if not match or match.group(1) not in FIGURES:
        raise ValueError(rule)
    return match


FIGURES = (
    "cases",
    "failed",
    "unsafe",
    "unsafe_criteria",
    "determinations",
    "statuses",
    "balanced",
    "met_recall",
    "not_met_recall",
    "unknown_recall",
    "needless_pends",
    "whole_cases",
    "conflicts_found",
    "quotes",
    "inexact_quotes",
    "quotes_beside",
)


def _of(share: Share) -> str:
    if share.interval is None:
        return "none to count"
    low, high = share.interval
    return f"{share.hits}/{share.of} ({_percent(share.value)}, {100 * low:.0f} to {100 * high:.0f} %)"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
