"""The words in which a report speaks: for statuses, outcomes, reasons and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from indicated.determine.model import CriterionStatus, Outcome, WhyUnknown
from indicated.report.memo import Mark

STATUS = {
    CriterionStatus.MET: Mark("met", "✓", "+", "good"),
    CriterionStatus.NOT_MET: Mark("not met", "✗", "x", "bad"),
    CriterionStatus.UNKNOWN: Mark("cannot tell", "?", "?", "open"),
    CriterionStatus.NOT_APPLICABLE: Mark("does not apply", "–", "-", "quiet"),
}

OUTCOME = {
    Outcome.CRITERIA_MET: Mark("Criteria met", "✓", "+", "good"),
    Outcome.MORE_INFORMATION: Mark("More information needed", "?", "?", "open"),
    Outcome.CLINICIAN_REVIEW: Mark("For a clinician to decide", "➜", ">", "bad"),
    Outcome.OUT_OF_SCOPE: Mark("Outside this policy", "–", "-", "quiet"),
}

OUTCOME_MEANS = {
    Outcome.CRITERIA_MET: (
        "The chart shows everything that the policy asks for. "
        "By this policy, the request is medically necessary."
    ),
    Outcome.MORE_INFORMATION: (
        "No requirement is shown to be unmet, but something that the policy asks for is not shown. "
        "The questions below say what it is, so that it can be asked for once and together."
    ),
    Outcome.CLINICIAN_REVIEW: (
        "The chart shows that at least one requirement is not met. "
        "A clinician looks at the whole patient and decides. This is no refusal."
    ),
    Outcome.OUT_OF_SCOPE: (
        "This policy does not speak of what was requested, so its requirements were not applied. "
        "That says nothing about whether the request is medically necessary."
    ),
}

WHY = {
    WhyUnknown.SILENT: "The chart does not say.",
    WhyUnknown.STALE: "What the chart says is too old.",
    WhyUnknown.CONFLICTING: "The chart says two things that do not go together.",
    WhyUnknown.UNREADABLE: "The part of the chart that may say it could not be read.",
}

NOTICE = {
    "raised": Mark("raised", "!", "!", "bad"),
    "not raised": Mark("not raised", "✓", "+", "quiet"),
    "reminder": Mark("to bear in mind", "·", "-", "quiet"),
    "satisfied": Mark("shown", "✓", "+", "good"),
    "missing": Mark("not shown", "?", "?", "open"),
    "not applicable": Mark("does not apply", "–", "-", "quiet"),
    "done": Mark("done", "✓", "+", "good"),
    "stands here": Mark("the patient is here", "➜", ">", "good"),
    "next": Mark("comes next", "·", "-", "quiet"),
    "later": Mark("comes later", "·", "-", "quiet"),
    "advice": Mark("advice", "·", "-", "quiet"),
}

PROCEDURES = {
    "64520": "sympathetic block at the lumbar or thoracic spine",
    "64510": "sympathetic block at the neck (stellate ganglion)",
    "63650": "lead of a spinal cord stimulator, through the skin",
    "63655": "lead of a spinal cord stimulator, by open surgery",
    "63685": "generator of a spinal cord stimulator",
    "64445": "block of the sciatic nerve",
    "64446": "block of the sciatic nerve through a catheter",
    "64447": "block of the femoral nerve",
    "64448": "block of the femoral nerve through a catheter",
    "64449": "block of the lumbar plexus",
    "64450": "block of another peripheral nerve",
}
"""Our own words for procedure codes; the official descriptions belong to the American Medical Association."""

DIAGNOSES = {
    "G90.521": "complex regional pain syndrome type I of the right lower limb",
    "G90.522": "complex regional pain syndrome type I of the left lower limb",
    "G90.523": "complex regional pain syndrome type I of both lower limbs",
    "G90.529": "complex regional pain syndrome type I of a lower limb, side not given",
    "G57.70": "causalgia (complex regional pain syndrome type II) of a lower limb, side not given",
    "G57.71": "causalgia (complex regional pain syndrome type II) of the right lower limb",
    "G57.72": "causalgia (complex regional pain syndrome type II) of the left lower limb",
    "G57.73": "causalgia (complex regional pain syndrome type II) of both lower limbs",
    "G90.511": "complex regional pain syndrome type I of the right upper limb",
    "G90.512": "complex regional pain syndrome type I of the left upper limb",
    "G90.513": "complex regional pain syndrome type I of both upper limbs",
    "G90.519": "complex regional pain syndrome type I of an upper limb, side not given",
    "G56.40": "causalgia (complex regional pain syndrome type II) of an upper limb, side not given",
    "G56.41": "causalgia (complex regional pain syndrome type II) of the right upper limb",
    "G56.42": "causalgia (complex regional pain syndrome type II) of the left upper limb",
    "G56.43": "causalgia (complex regional pain syndrome type II) of both upper limbs",
}
"""Our own words for diagnosis codes that a letter may carry."""

ABBREVIATIONS = {
    "ADL": "activities of daily living",
    "ASA": "American Society of Anesthesiologists",
    "ASRA": "American Society of Regional Anesthesia and Pain Medicine",
    "CPT": "Current Procedural Terminology, the code list for procedures",
    "CRPS": "complex regional pain syndrome",
    "DOI": "digital object identifier of a publication",
    "FHIR": "Fast Healthcare Interoperability Resources, a form of coded health data",
    "GRADE": "Grading of Recommendations Assessment, Development and Evaluation",
    "ICD-10-CM": "International Classification of Diseases, 10th revision, clinical modification",
    "INR": "international normalized ratio, a measure of clotting",
    "LANSS": "Leeds Assessment of Neuropathic Symptoms and Signs",
    "NSAID": "nonsteroidal anti-inflammatory drug",
    "NSAIDs": "nonsteroidal anti-inflammatory drugs",
    "SCS": "spinal cord stimulation",
    "SHA-256": "a checksum that changes when the text changes",
}


def title_case(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def long_date(day: date) -> str:
    """The date as letters have it: March 10, 2026."""
    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    return f"{months[day.month - 1]} {day.day}, {day.year}"


def abbreviations_in(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The abbreviations that stand in these texts, with what they mean."""
    everything = "\n".join(texts)
    return tuple(
        (short, long)
        for short, long in ABBREVIATIONS.items()
        if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", everything)
    )
