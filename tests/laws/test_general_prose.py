"""What a letter says of patients in general says nothing of the patient: it is the likeliest way to a wrong *met*."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Status

OF_THE_PATIENT = {Status.PRESENT, Status.ABSENT, Status.HISTORICAL}
PARAGRAPHS = (
    (
        "Complex regional pain syndrome is a chronic condition of a limb. It is diagnosed with the Budapest criteria, which "
        "require symptoms in three of four categories and signs in two of four."
    ),
    "Patients with CRPS typically have swelling, sweating changes and a colder limb.",
    "Before any procedure all patients are screened for infection and bleeding disorders, as is our policy.",
    "In published series, most patients report 50 % relief for one to seven days after a lumbar sympathetic block.",
    "Our patients are told to stop clopidogrel for seven days and warfarin for five.",
    "If the foot becomes red, hot or swollen, call the clinic, since it may be an infection.",
    "Studies show that NSAIDs and acetaminophen fall short in most patients with this condition.",
    "The policy requires that physical therapy has begun and that pain limits it.",
)


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_general_prose_is_not_about_the_patient(paragraph: str) -> None:
    document = Document("letter", paragraph, date(2026, 3, 2), "letter of medical necessity")
    found = [(f.word, f.status.value) for f in facts_of_document(document) if f.status in OF_THE_PATIENT]
    assert not found
