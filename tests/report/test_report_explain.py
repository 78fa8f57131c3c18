"""The derivation of one criterion, and the facts as they were found."""

from __future__ import annotations

import json
from datetime import date

import pytest
from fiction import INR, PHONE, THERAPY, determination, says

from indicated.facts.model import Fact, Status
from indicated.report import ReportError
from indicated.report.explain import explain
from indicated.report.facts import facts_jsonl, facts_text
from indicated.report.ledger import cite

RELIEF = Fact(
    "block relief duration",
    Status.PRESENT,
    (says(PHONE, "60 % better for 6 days"),),
    value=6.0,
    unit="d",
    side="right",
    limb="lower",
    date=date(2026, 1, 5),
    attributes={"censored": False, "block": "2026-01-05"},
    episode="block-2",
)
CODED = Fact("INR", Status.PRESENT, (INR, says(THERAPY, "Visit 14")), value=1.0)


def test_the_derivation_goes_down_to_the_quotes() -> None:
    text = explain(cite(determination()), "sympathetic-dysfunction")
    lines = text.splitlines()
    assert lines[0] == "sympathetic-dysfunction: The limb shows sympathetic dysfunction."
    for words in (
        "├─ ✓ met",
        "✓ met: any of",
        "✓ met: skin temperature asymmetry: present — present, 2026-02-20",
        "“The right foot is 2.1 °C cooler than the left” documents/01-pain-consult.txt:197-242",
        "fact: skin color change, present, right lower limb, 2026-02-20, reported False",
        "read by notes",
        "because the sign is described by the examiner",
        "? cannot tell: abnormal sweating: present — The chart does not say.",
        "└─ Sources: Rests on an expert guideline [1]",
    ):
        assert words in text, words
    assert text.count("mottled & damp") == 1


def test_a_contradiction_shows_both_sides() -> None:
    text = explain(determination(), "anticoagulation-managed")
    assert "These statements do not go together" in text
    assert "“Takes clopidogrel”" in text
    assert "To ask: Is clopidogrel taken now" in text


def test_an_unknown_criterion_is_named_with_the_nearest() -> None:
    with pytest.raises(ReportError, match="Did you mean 'crps-diagnosis'"):
        explain(determination(), "crps-diagnoses")


def test_a_fact_is_one_line_of_json() -> None:
    lines = facts_jsonl("fiction-01", [RELIEF, CODED]).splitlines()
    assert len(lines) == 2
    first = json.loads(lines[0])
    assert list(first) == [
        "chart", "word", "status", "value", "unit", "side", "limb", "date", "attributes", "evidence",
    ]  # fmt: skip
    assert first["attributes"] == {"block": "2026-01-05", "censored": False, "episode": "block-2"}
    assert first["evidence"]["quote"] == "60 % better for 6 days"
    second = json.loads(lines[1])
    assert second["evidence"]["resource"] == "Observation/inr-1"
    assert second["evidence"]["also"][0]["quote"] == "Visit 14"
    assert second["unit"] is None


def test_the_table_of_facts_keeps_its_width() -> None:
    for width in (70, 90, 140):
        assert max(map(len, facts_text([RELIEF, CODED], width).splitlines())) <= width
    text = facts_text([RELIEF, CODED], width=140)
    assert "block relief duration" in text
    assert "60 % better" in text
    assert "2026-01-05" in text
