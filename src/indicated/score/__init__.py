"""Scoring: our answers beside known ones, unsafe answers first. Pure functions; nothing is read here but answers."""

from indicated.score.compare import CaseScore, compare, failed
from indicated.score.expected import Expected, read_expected
from indicated.score.figures import Figures, figures
from indicated.score.show import check, score_json, score_text, summary

__all__ = [
    "CaseScore",
    "Expected",
    "Figures",
    "check",
    "compare",
    "failed",
    "figures",
    "read_expected",
    "score_json",
    "score_text",
    "summary",
]
