"""The closed set of named rules, for what an outline cannot say. The vocabulary names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indicated.evaluate.model import Answer
from indicated.evaluate.rules.blocks import change_of_function, relief_of_a_block
from indicated.evaluate.rules.diagnosis import (
    limb_of_the_diagnosis,
    purpose_of_the_block,
    side_of_the_request,
    stated_verdict,
)
from indicated.evaluate.rules.pain import first_line_analgesics, persisting_pain, usual_or_latest_score
from indicated.evaluate.rules.quantity import quantity_of_the_request
from indicated.evaluate.rules.safety import antithrombotic_medicine, clotting
from indicated.evaluate.scene import Scene

RULES: Mapping[str, Callable[[Scene], Answer]] = {
    "side of the request": side_of_the_request,
    "limb of the diagnosis": limb_of_the_diagnosis,
    "stated verdict": stated_verdict,
    "purpose of the block": purpose_of_the_block,
    "usual or latest score": usual_or_latest_score,
    "first-line analgesics": first_line_analgesics,
    "persisting pain": persisting_pain,
    "clotting": clotting,
    "antithrombotic medicine": antithrombotic_medicine,
    "relief of a block": relief_of_a_block,
    "change of function": change_of_function,
    "quantity of the request": quantity_of_the_request,
}
