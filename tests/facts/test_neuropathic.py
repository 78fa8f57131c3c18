"""Other neuropathic pain: its name, and whether the block is for it."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str) -> list[Fact]:
    document = Document("note", text, date(2026, 2, 10), "consultation note")
    return [f for f in facts_of_document(document) if f.word == "other neuropathic pain"]


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("Lumbar sympathetic block requested for painful diabetic neuropathy.", "diabetic neuropathy", True),
        ("Indication: lumbar radiculopathy", "radiculopathy", True),
        ("CRPS R foot for LSB. Diabetic neuropathy, stable.", "diabetic neuropathy", False),
        ("Block is not for her sciatica but for the CRPS.", "sciatica (radiculopathy)", False),
        ("Occipital neuralgia: nerve blocks at the headache clinic.", "occipital neuralgia", False),
        ("Superficial peroneal nerve entrapment at the ankle.", "superficial peroneal entrapment", False),
    ],
)
def test_name_and_target(text: str, name: str, target: bool) -> None:
    fact = _facts(text)[0]
    assert (fact.status.value, fact.attributes["name"], fact.attributes["target"]) == (
        "present",
        name,
        target,
    )


def test_both_named_without_a_choice_has_no_target() -> None:
    fact = _facts("CRPS and lumbar radiculopathy; which of the two the block is for is not said.")[0]
    assert fact.status.value == "present"
    assert "target" not in fact.attributes


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No radiculopathy.", "absent"),
        ("Tarsal tunnel syndrome ruled out by NCS.", "absent"),
        ("R/o L5 radiculopathy, EMG ordered.", "asked"),
        ("Carpal tunnel syndrome, released 2018, cured.", "historical"),
        ("Father: diabetic neuropathy.", "other_person"),
        ("Should the study show a tarsal tunnel we would decompress.", "hypothetical"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _facts(text)[0].status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "Neuropathic pain due to CRPS.",
        "Popliteal sciatic nerve block at surgery.",
        "Failed neuropathic agents.",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert not _facts(text)
