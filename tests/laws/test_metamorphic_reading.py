"""How a finding is spoken of decides its status, whichever finding it is."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

FINDINGS = {
    "allodynia or hyperalgesia": "allodynia",
    "edema": "swelling of the foot",
    "abnormal sweating": "hyperhidrosis of the foot",
    "skin color change": "mottling of the foot",
    "skin temperature asymmetry": "temperature asymmetry of the feet",
    "trophic change": "shiny skin of the foot",
    "motor change": "tremor of the foot",
    "reduced range of motion": "stiffness of the ankle",
}
TEMPLATES = {
    "There is {x}.": "present",
    "Exam today shows {x}.": "present",
    "She has {x} on the right.": "present",
    "Pain is not controlled and {x} is worse.": "present",
    "He does not sleep because of {x}.": "present",
    "No fever, but there is {x}.": "present",
    "No {x}.": "absent",
    "There is no {x}.": "absent",
    "Denies {x}.": "absent",
    "No evidence of {x}.": "absent",
    "Without {x}.": "absent",
    "{X}: none.": "absent",
    "{X}: absent": "absent",
    "No fever, no rash, no {x}.": "absent",
    "Negative for {x}.": "absent",
    "If {x} develops, call the clinic.": "hypothetical",
    "We will monitor for {x}.": "hypothetical",
    "Watch for {x}.": "hypothetical",
    "Risks discussed include bleeding and {x}.": "hypothetical",
    "Her mother has {x}.": "other_person",
    "FAMILY HISTORY:\nSister with {x}.": "other_person",
    "He had {x} in 2019, now resolved.": "historical",
    "{X} has resolved.": "historical",
    "{X} could not be assessed because of the cast.": "asked",
    "{X}: not examined": "asked",
    "{X}: ____": "asked",
    "Please document whether there is {x}.": "asked",
}


def read(text: str) -> list[Fact]:
    return list(facts_of_document(Document("note", text, date(2026, 3, 2), "clinic note")))


def status_of(text: str, word: str) -> set[Status]:
    return {fact.status for fact in read(text) if fact.word == word}


@pytest.mark.parametrize("word", FINDINGS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_frame_sets_the_status(template: str, word: str) -> None:
    phrase = FINDINGS[word]
    text = template.format(x=phrase, X=phrase[0].upper() + phrase[1:])
    assert status_of(text, word) == {Status(TEMPLATES[template])}, text
