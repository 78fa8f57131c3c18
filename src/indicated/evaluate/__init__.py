"""Evaluation of a policy over facts: three-valued, with evidence for every line."""

from indicated.evaluate.evaluate import evaluate
from indicated.evaluate.model import Evaluation

__all__ = ["Evaluation", "evaluate"]
