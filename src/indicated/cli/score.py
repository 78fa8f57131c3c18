"""`indicated score`: charts with known answers."""

from __future__ import annotations

from pathlib import Path

from indicated.chart import RequestParts
from indicated.cli import output as out
from indicated.cli.judge import judge, open_chart
from indicated.errors import ChartError, Problem
from indicated.policy.overlay import FILE as OVERLAY
from indicated.score import CaseScore, check, compare, failed, figures, read_expected, score_json, score_text
from indicated.score.expected import FILE
from indicated.score.show import FIGURES, parse


def score_cases(
    paths: list[Path], policy: Path | None, *, as_json: bool, detail: bool, require: list[str]
) -> None:
    """Review each case without its answer, then compare, and print the figures.

    Raises CheckFailed when a figure that was required does not hold.
    """
    for rule in require:
        try:
            parse(rule)
        except ValueError:
            what = "this is no figure that can be required."
            instead = f"Write name>=number, name<=number or name=number, with one of: {', '.join(FIGURES)}."
            raise out.UsageError([Problem("--require", what, instead)]) from None
    cases = _cases(paths)
    answered = {} if policy else _answered_under(cases)
    scores = [_score(case, answered.get(case, policy)) for case in out.progress(cases, "Reviewing cases")]
    found = figures(scores)
    data = score_json(found, scores) if as_json else score_text(found, scores, detail=detail).encode()
    out.put(data, None)
    check(require, found)


def _cases(paths: list[Path]) -> list[Path]:
    """The case folders: those that were named, and those inside folders of cases."""
    cases: list[Path] = []
    for path in paths:
        inside = sorted(case.parent for case in path.glob(f"*/{FILE}"))
        if (path / FILE).is_file():
            cases.append(path)
        elif inside:
            cases += inside
        else:
            raise out.UsageError(
                [Problem(str(path), "there is no case.", f"A case is a folder with {FILE}.")]
            )
    return list(dict.fromkeys(cases))


def _answered_under(cases: list[Path]) -> dict[Path, Path]:
    """The policy under which the answers of each case were written, which is not always the one that its request finds.

    It is the policy beside which the cases stand; elsewhere the one that a review would choose.
    """
    beside = {case: case.resolve().parent.parent for case in cases}
    found = {case: place for case, place in beside.items() if list(place.glob("policy*.yaml"))}
    return found | {case: place / OVERLAY for case, place in beside.items() if (place / OVERLAY).is_file()}


def _score(case: Path, policy: Path | None) -> CaseScore:
    try:
        chart = open_chart(str(case), RequestParts())
        determination = judge(chart, policy)
    except ChartError as error:
        return failed(case.name, read_expected(case), str(error.problems[0]))
    return compare(case.name, read_expected(case), determination, chart)
