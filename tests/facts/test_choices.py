"""What forms answer: marks behind and before their words, circles, blanks, rows of boxes, replies."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.choices import chosen
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact


def _facts(text: str, word: str) -> list[Fact]:
    document = Document("form", text, date(2026, 2, 10), "form")
    return [f for f in facts_of_document(document) if f.word == word]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[x] yes  [ ] no", "yes"),
        ("[ ] yes  [X] no".lower(), "no"),
        ("yes [ ]  no [x]", "no"),
        ("yes ___  no _x_  since ____", "no"),
        ("(y) / n", "yes"),
        ("y / (n)", "no"),
        ("☐ yes ☒ no", "no"),
        ("[ ] yes  [ ] no", "open"),
        ("no fracture was seen", ""),
    ],
)
def test_the_marked_choice(text: str, answer: str) -> None:
    assert chosen(text) == answer


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Spinal cord stimulator?   Y / (N)", "spinal cord stimulator", "absent"),
        ("Devices:  pacemaker [ ]  SCS [x]  pump [ ]", "spinal cord stimulator", "present"),
        ("[ ] pacemaker  [ ] neurostimulator  [x] none", "spinal cord stimulator", "absent"),
        ("Is it CRPS? A: No.", "CRPS", "absent"),
        ("[ ] CRPS   [x] gout   [ ] PVD", "CRPS", "absent"),
        ("Budapest criteria satisfied?   [ ] No   [x] Yes", "Budapest criteria", "present"),
        ("Neuropathy, sciatica?   No [x]  Yes [ ]", "other neuropathic pain", "absent"),
        ("Other nerve pain (shingles, sciatica)?  ______", "other neuropathic pain", "asked"),
    ],
)
def test_what_a_form_says(text: str, word: str, status: str) -> None:
    assert {f.status.value for f in _facts(text, word)} == {status}


def test_the_type_whose_box_is_ticked_counts_alone() -> None:
    (fact,) = _facts("[ ] CRPS I   [x] CRPS II   [ ] other    Limb: L LE", "CRPS")
    assert (fact.status.value, fact.attributes["type"], fact.side) == ("present", 2, "left")


def test_a_grid_that_falls_short_is_not_met() -> None:
    text = (
        "CRPS question, by the Budapest list:\n"
        "   Symptoms                           Signs\n"
        "   sensory     yes, sheets bother     sensory     reduced pin, no allodynia\n"
        "   vasomotor   no                     vasomotor   none, colour same\n"
        "   sudomotor   no swelling            sudomotor   dry, equal\n"
        "   motor       no                     motor       full strength\n"
        "   = 1 of 4                           = 0-1 of 4\n"
    )
    (fact,) = _facts(text, "Budapest criteria")
    assert (fact.status.value, fact.attributes["symptoms"], fact.attributes["signs"]) == ("absent", 1, 0)


def test_a_grid_with_the_signs_first() -> None:
    text = (
        "Budapest\nCategory | Observed | Reported\nSensory | no | yes\nVasomotor | no | yes\n"
        "Sudomotor | yes | yes\nMotor/trophic | no | no"
    )
    (fact,) = _facts(text, "Budapest criteria")
    assert (fact.attributes["symptoms"], fact.attributes["signs"]) == (3, 1)


def test_normal_findings_are_no_signs() -> None:
    text = "Pt reports: touch pain, swelling, goes blue, stiff.\nExam: warm and pink, no swelling, full ROM."
    assert not [f for f in _facts(text, "Budapest criteria") if f.status.value == "present"]
