"""CRPS as a diagnosis: names, type, side, certainty, and the things that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str, kind: str = "consultation note") -> list[Fact]:
    document = Document("note", text, date(2026, 2, 10), kind)
    return [f for f in facts_of_document(document) if f.word == "CRPS"]


@pytest.mark.parametrize(
    ("text", "kind", "side", "limb"),
    [
        ("CRPS-I of the right foot.", 1, "right", "lower"),
        ("Complex regional pain syndrome, type II, left leg.", 2, "left", "lower"),
        ("Causalgia of the left sole.", 2, "left", "lower"),
        ("Dx G90.521", 1, "right", "lower"),
        ("Dx G57.72", 2, "left", "lower"),
        ("Dx G90.512", 1, "left", "upper"),
        ("RSD R wrist.", 1, "right", "upper"),
    ],
)
def test_type_side_and_limb(text: str, kind: int, side: str, limb: str) -> None:
    fact = _facts(text)[0]
    assert (fact.status.value, fact.attributes["type"], fact.side, fact.limb) == ("present", kind, side, limb)


@pytest.mark.parametrize(
    ("text", "status", "certainty"),
    [
        ("CRPS of the left foot.", "present", "asserted"),
        ("There is no doubt that this is CRPS.", "present", "asserted"),
        ("No fracture seen, CRPS suspected.", "present", "suspected"),
        ("CRPS cannot be excluded.", "present", "suspected"),
        ("No fracture, DVT or CRPS.", "absent", "refuted"),
        ("CRPS: negative.", "absent", "refuted"),
        ("I do not believe this is CRPS.", "absent", "refuted"),
        ("Budapest criteria satisfied. CRPS of the left foot.", "present", "confirmed_by_criteria"),
        ("Budapest criteria not satisfied. CRPS of the left foot?", "present", "suspected"),
    ],
)
def test_certainty(text: str, status: str, certainty: str) -> None:
    fact = _facts(text)[0]
    assert (fact.status.value, fact.attributes["certainty"]) == (status, certainty)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("CRPS of the left hand, in remission since 2019.", "historical"),
        ("CRPS left foot, edema resolved.", "present"),
        ("CRPS left foot: previously tried gabapentin.", "present"),
        ("Her sister has CRPS.", "other_person"),
        ("Wife states he has CRPS of the foot.", "present"),
        ("This may lead to CRPS.", "hypothetical"),
        ("Has CRPS been diagnosed?  ____", "asked"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert _facts(text)[0].status.value == status


@pytest.mark.parametrize(
    "text", ["Chart reviewed in CPRS.", "CRP 12.", "Marked RSD with her ADHD.", "Fuchs dystrophy."]
)
def test_what_only_looks_like_it(text: str) -> None:
    assert not _facts(text)
