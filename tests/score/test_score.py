"""Figures counted by hand on results made by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from indicated.chart.model import Chart, Document, Request
from indicated.determine.model import (
    CriterionResult,
    CriterionStatus,
    Determination,
    Outcome,
    PolicyRef,
    ReadingLog,
    WhyUnknown,
)
from indicated.errors import ChartError, CheckFailed
from indicated.facts.model import Evidence
from indicated.score import check, compare, failed, figures, read_expected, score_json, score_text
from indicated.score.compare import CaseScore
from indicated.score.expected import Expected, Quote
from indicated.score.figures import wilson
from indicated.score.show import FIGURES, parse, summary

MET, NOT_MET, UNKNOWN = CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN
TEXT = "The foot is cold. INR 1.0. The foot is cold."
CHART = Chart("c", Request("64520", "right", date(2026, 3, 10)), (Document("documents/a.txt", TEXT),))


def result(
    ident: str, status: CriterionStatus, *evidence: Evidence, why: WhyUnknown | None = None
) -> CriterionResult:
    return CriterionResult(ident, "", status, why, (), evidence, None)


def determination(outcome: Outcome, *criteria: CriterionResult) -> Determination:
    policy = PolicyRef("p", "P", "1", "2020-01-01", "0")
    nothing: tuple[()] = ()
    lists = (nothing,) * 10
    return Determination(
        "c", CHART.request, policy, outcome, "", criteria, *lists, ReadingLog(), nothing, "0"
    )


def quote(start: int, end: int, words: str | None = None) -> Evidence:
    return Evidence("documents/a.txt", start, end, TEXT[start:end] if words is None else words)


def expected(outcome: Outcome, **criteria: CriterionStatus) -> Expected:
    evidence = {"a": (Quote("documents/a.txt", "foot is cold"), Quote("bundle.json", "Observation/inr"))}
    return Expected(outcome, criteria, evidence, frozenset({"b"}))


def case(right: Outcome, said: Outcome, *answers: tuple[str, CriterionStatus, CriterionStatus]) -> CaseScore:
    known = expected(right, **{ident: r for ident, r, _ in answers})
    return compare("x", known, determination(said, *(result(ident, s) for ident, _, s in answers)), CHART)


def test_agreement_and_unsafe_answers() -> None:
    score = case(Outcome.MORE_INFORMATION, Outcome.CRITERIA_MET, ("a", MET, MET), ("b", UNKNOWN, MET))
    assert score.unsafe
    assert not score.whole
    assert [(a.criterion, a.agrees, a.unsafe) for a in score.answers] == [
        ("a", True, False),
        ("b", False, True),
    ]


def test_an_answer_that_sends_to_a_clinician_is_never_unsafe() -> None:
    assert not case(Outcome.CRITERIA_MET, Outcome.CLINICIAN_REVIEW, ("a", MET, NOT_MET)).unsafe


def test_a_criterion_of_which_nothing_was_said_is_missing() -> None:
    known = expected(Outcome.CRITERIA_MET, a=MET)
    (answer,) = compare("x", known, determination(Outcome.OUT_OF_SCOPE), CHART).answers
    assert (answer.said, answer.agrees) == ("missing", False)


def test_quotes_that_are_not_exact_and_quotes_beside_the_answer() -> None:
    evidence = (
        quote(4, 8),
        quote(31, 43),
        quote(18, 25),
        quote(0, 3, "Das"),
        Evidence("bundle.json", resource="Observation/inr", element="value"),
        Evidence("bundle.json", resource="Observation/other", element="value"),
    )
    known = expected(Outcome.CRITERIA_MET, a=MET)
    score = compare("x", known, determination(Outcome.CRITERIA_MET, result("a", MET, *evidence)), CHART)
    assert (score.quotes, score.inexact) == (4, 1)
    assert (score.compared, score.beside) == (6, 3)


def test_conflicts_that_were_seen() -> None:
    known = expected(Outcome.MORE_INFORMATION, b=UNKNOWN)
    seen = determination(Outcome.MORE_INFORMATION, result("b", UNKNOWN, why=WhyUnknown.CONFLICTING))
    assert compare("x", known, seen, CHART).conflicts_found == 1


def test_figures_are_counted() -> None:
    scores = [
        case(Outcome.CRITERIA_MET, Outcome.CRITERIA_MET, ("a", MET, MET), ("b", MET, MET)),
        case(Outcome.CRITERIA_MET, Outcome.MORE_INFORMATION, ("a", MET, UNKNOWN), ("b", MET, MET)),
        case(Outcome.MORE_INFORMATION, Outcome.CRITERIA_MET, ("a", UNKNOWN, MET), ("b", NOT_MET, NOT_MET)),
        failed("broken", expected(Outcome.OUT_OF_SCOPE), "why"),
    ]
    found = figures(scores)
    assert summary(found) | {"quotes_beside": None} == {
        "cases": 4,
        "failed": 1,
        "unsafe": 1,
        "unsafe_criteria": 1,
        "determinations": 0.25,
        "statuses": round(4 / 6, 4),
        "balanced": round((3 / 4 + 1 + 0) / 3, 4),
        "met_recall": 0.75,
        "not_met_recall": 1.0,
        "unknown_recall": 0.0,
        "needless_pends": 0.5,
        "whole_cases": 0.25,
        "conflicts_found": 0.0,
        "quotes": 0,
        "inexact_quotes": 0,
        "quotes_beside": None,
    }
    assert found.confusion["met", "unknown"] == 1
    assert found.criteria["b"].hits == 3
    assert set(summary(found)) == set(FIGURES)


def test_what_is_not_asked_does_not_count_as_agreement() -> None:
    score = case(
        Outcome.CRITERIA_MET,
        Outcome.CRITERIA_MET,
        *[("a", CriterionStatus.NOT_APPLICABLE, CriterionStatus.NOT_APPLICABLE)],
    )
    assert figures([score]).statuses.value is None


def test_the_wilson_interval() -> None:
    low, high = wilson(0, 300)
    assert (low, round(high, 4)) == (0.0, 0.0126)
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.49, 0.943)


def test_no_cases_at_all() -> None:
    assert "none to count" in score_text(figures([]), [], detail=True)


def test_unsafe_answers_are_told_first() -> None:
    score = case(Outcome.MORE_INFORMATION, Outcome.CRITERIA_MET, ("b", UNKNOWN, MET))
    lines = score_text(figures([score]), [score], detail=True).splitlines()
    assert lines[0].startswith("Unsafe answers        1/1")
    assert lines[1] == "  UNSAFE x"
    assert "   UNSAFE b: unknown, said met" in lines
    data = json.loads(score_json(figures([score]), [score]))
    assert (data["unsafe"], data["case_list"][0]["wrong"][0]["said"]) == (1, "met")


def test_required_figures() -> None:
    found = figures([case(Outcome.MORE_INFORMATION, Outcome.CRITERIA_MET, ("b", UNKNOWN, MET))])
    check(["unsafe<=1", "cases=1"], found)
    with pytest.raises(CheckFailed, match="unsafe is 1, and unsafe=0 is required"):
        check(["unsafe=0", "statuses>=0"], found)
    for wrong in ("unsafe", "luck=1", "unsafe>1", "unsafe=x"):
        with pytest.raises(ValueError, match=r"."):
            parse(wrong)


def test_reading_the_answer(tmp_path: Path) -> None:
    text = (
        "expected:\n  determination: criteria_met\n  conflicts: [b]\n  criteria:\n"
        "    a: {status: met, evidence: [{file: documents/a.txt, quote: cold}]}\n    b: {status: unknown, evidence: []}\n"
    )
    (tmp_path / "case.yaml").write_text(text)
    found = read_expected(tmp_path)
    assert found.criteria == {"a": MET, "b": UNKNOWN}
    assert found.evidence["a"] == (Quote("documents/a.txt", "cold"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: x\n", "the case has no expected answer."),
        ("expected: {determination: denied}\n", "is not one of the known words."),
        ("expected: {criteria: {}}\n", 'missing required field "determination"'),
    ],
)
def test_answers_that_are_not_read(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "case.yaml").write_text(text)
    with pytest.raises(ChartError) as caught:
        read_expected(tmp_path)
    assert message in str(caught.value)
