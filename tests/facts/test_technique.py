"""How a block was done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

DAY = date(2025, 10, 20)


def technique(text: str, kind: str = "procedure note") -> list[Fact]:
    return [f for f in facts_of_document(Document("note", text, DAY, kind)) if f.word == "block technique"]


def parts(text: str) -> dict[str, Any]:
    (fact,) = technique(text)
    return {k: v for k, v in fact.attributes.items() if k != "block"}


def test_all_parts_of_a_procedure_note() -> None:
    text = (
        "Right lumbar sympathetic block\nSkin: lidocaine 1% 3 mL. C-arm oblique, needle to L3, iohexol 2 mL.\n"
        "Then bupivacaine 0.25% 14 mL in 4 mL portions.\n"
    )
    assert parts(text) == {
        "level": "L3", "guidance": "fluoroscopy", "drug": "bupivacaine", "concentration_percent": 0.25, "volume_ml": 14.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "percent", "volume"),
    [
        ("LSB: bupi 2.5 mg/mL x 10 mL", 0.25, 10),
        ("LSB: bupivacaine 30 mg in 12 mL", 0.25, 12),
        ("LSB: quarter percent Marcaine, 16 cc", 0.25, 16),
        ("LSB: 0.5% bupivacaine 6 mL diluted with 6 mL saline", 0.25, 12),
        ("LSB: 20 mL vial opened, ropi 0.2% 15 mL injected, 5 mL wasted", 0.2, 15),
    ],
)
def test_strength_and_volume(text: str, percent: float, volume: float) -> None:
    found = parts(text)
    assert found["concentration_percent"] == pytest.approx(percent)
    assert found["volume_ml"] == volume


def test_a_ticked_form() -> None:
    found = parts("Lumbar sympathetic block\n[ ] L2  [x] L3   imaging: [ ] fluoro  [x] US   mL: 12\n")
    assert (found["level"], found["guidance"]) == ("L3", "ultrasound")


def test_a_plan_is_planned() -> None:
    (fact,) = technique("Plan: right LSB at L3 under fluoro.", "progress note")
    assert fact.status is Status.PLANNED


@pytest.mark.parametrize(
    "text",
    [
        "MBB L3-5, 0.5 mL 0.5% bupi each, C-arm.",
        "Spinal L3-4, hyperbaric bupi 12 mg.",
    ],
)
def test_other_needles(text: str) -> None:
    assert not technique(text)


def test_the_technique_of_a_stellate_block_is_that_of_an_upper_limb() -> None:
    [fact] = technique("Stellate: C6, US, 8 mL 0.25% bupi.")
    assert (fact.limb, fact.attributes["kind"]) == ("upper", "stellate")


def test_saline_dilutes_and_each_level_counts() -> None:
    assert parts("LSB. Bupi 0.5% 7 mL + NS 7 mL at L3.")["concentration_percent"] == 0.25
    assert parts("LSB L2 and L4, 5 mL at each of 0.25% bupi.")["volume_ml"] == 10


def test_a_block_without_imaging() -> None:
    (fact,) = technique("No image guidance was used for the sympathetic block.", "utilization review")
    assert fact.status is Status.ABSENT
