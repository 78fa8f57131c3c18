"""What a clinic may send to answer for a word of the vocabulary, and who has it.

A request for information groups its questions by who can answer them, so that each person is asked once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicated.determine.model import CriterionStatus, Line, WhyUnknown


@dataclass(frozen=True)
class Form:
    """Who can answer, and what they may send."""

    who: str
    what: str


CLINICIAN = "From the treating clinician"
THERAPIST = "From the physical or occupational therapist"
PROCEDURE = "From the records of earlier blocks"
MEDICINES = "From the medication list and the prescribers"
LABORATORY = "From the laboratory"

GENERAL = Form(CLINICIAN, "a dated and signed note, letter, form or report that says it")

_EXAM = Form(CLINICIAN, "a dated examination of both limbs, side by side, by any examining clinician")
_THERAPY = Form(THERAPIST, "a therapy evaluation, a progress note or an attendance record")
_EARLIER = Form(PROCEDURE, "a follow-up note, a telephone note or a pain diary, with the date of the block")
_DRUGS = Form(MEDICINES, "a current medication list with date, or a statement that no such drug is taken")
_TRIALS = Form(
    MEDICINES, "a list of the pain drugs tried, each with its result or the reason why it cannot be taken"
)
_FUNCTION = Form(
    THERAPIST,
    "a measure other than the pain score: range of motion in degrees, walking distance, a validated scale, hours of "
    "work or named daily activities",
)
_BLEEDING = Form(
    LABORATORY,
    "laboratory values with the date of collection (clotting and platelets), or a statement that there is no bleeding "
    "disorder",
)
_SEVERITY = Form(CLINICIAN, "a pain score from 0 to 10 with its date, or the word mild, moderate or severe")
_CATEGORIES = Form(
    CLINICIAN,
    "the findings by category, symptoms and signs, with the date, or the statement that they are met",
)
_PURPOSE = Form(CLINICIAN, "a statement which pain the block is for")

_TRIAL = Form(
    PROCEDURE, "the report of the trial of stimulation, with its days and the relief of pain in percent"
)

FORMS = {
    "skin temperature asymmetry": _EXAM,
    "skin color change": _EXAM,
    "abnormal sweating": _EXAM,
    "edema": _EXAM,
    "allodynia or hyperalgesia": _EXAM,
    "reduced range of motion": _EXAM,
    "motor change": _EXAM,
    "trophic change": _EXAM,
    "CRPS": _EXAM,
    "Budapest criteria": _CATEGORIES,
    "disproportionate pain": GENERAL,
    "other explanation": GENERAL,
    "pain score": Form(
        CLINICIAN, "a pain score from 0 to 10 with its date, or the word mild, moderate or severe"
    ),
    "pain severity": Form(
        CLINICIAN, "a pain score from 0 to 10 with its date, or the word mild, moderate or severe"
    ),
    "pain limits therapy": Form(THERAPIST, "a therapy note that says how pain limits the sessions"),
    "therapy": _THERAPY,
    "rehabilitation plan": Form(
        THERAPIST, "a plan of care that says which therapy goes on around and after the block"
    ),
    "analgesic trial": _TRIALS,
    "pain despite drugs": _TRIALS,
    "active infection": Form(
        CLINICIAN,
        "a specific screen (fever, wounds, antibiotics) within 30 days, by a clinician or a nurse, also by telephone",
    ),
    "bleeding disorder": _BLEEDING,
    "INR": _BLEEDING,
    "platelets": _BLEEDING,
    "antithrombotic drug": _DRUGS,
    "medication list": _DRUGS,
    "antithrombotic hold": Form(
        MEDICINES,
        "a plan agreed with the prescriber that says how many days before the block the drug is stopped",
    ),
    "sympathetic block": Form(
        PROCEDURE, "the procedure notes of all earlier blocks with date, side and level"
    ),
    "block relief": _EARLIER,
    "block relief duration": _EARLIER,
    "block technique": Form(PROCEDURE, "the order or the procedure note"),
    "functional measure": _FUNCTION,
    "functional change": _FUNCTION,
    "other neuropathic pain": _PURPOSE,
    "spinal cord stimulator": GENERAL,
    "limb of CRPS": GENERAL,
    "Budapest criteria met": _CATEGORIES,
    "CRPS severity": _SEVERITY,
    "NSAID or acetaminophen": _TRIALS,
    "pain in spite of drug treatment": _TRIALS,
    "physical or occupational therapy": _THERAPY,
    "coagulopathy": _BLEEDING,
    "laboratory values of clotting": _BLEEDING,
    "antithrombotic medicine": _DRUGS,
    "pain treated by the block": _PURPOSE,
    "function after the blocks": _FUNCTION,
    "relief after every block": _EARLIER,
    "length of relief of every block": _EARLIER,
    "lengths of relief": _EARLIER,
    "degrees of relief": _EARLIER,
    "blocks in a row without relief": _EARLIER,
    "number of earlier blocks": _EARLIER,
    "number of blocks of every kind": _EARLIER,
    "days since the last block": _EARLIER,
    "stimulation asked for": Form(
        CLINICIAN, "the plan or the order, with the word whether it is a trial or stays"
    ),
    "stimulation trial": _TRIAL,
    "relief in the stimulation trial": _TRIAL,
    "length of the stimulation trial": _TRIAL,
    "psychological evaluation": Form(CLINICIAN, "the report or the letter of the mental health professional"),
    "conservative treatment": Form(
        THERAPIST,
        "a discharge summary, an attendance record or a note that says for how long treatment went on",
    ),
    "comprehensive pain program": Form(
        CLINICIAN, "a note or a letter of the program with the dates of taking part"
    ),
    "number of blocks asked for": Form(CLINICIAN, "the request with its number of units"),
}
"""The form for each word: first those that stand in charts, then those that are derived from them."""

_BY_REASON = {
    WhyUnknown.STALE: "It must be newer than what was sent.",
    WhyUnknown.CONFLICTING: "A short dated and signed statement which of the two is right will do.",
    WhyUnknown.UNREADABLE: "A legible copy of the page will do.",
}


def forms_for(lines: Iterable[Line]) -> tuple[Form, ...]:
    """The forms that answer for the open lines, each once, in the order of the policy."""
    found = [FORMS[word] for word in _open_words(lines) if word in FORMS]
    return tuple(dict.fromkeys(found)) or (GENERAL,)


def remark(why: WhyUnknown) -> str:
    """What the reason adds to the acceptable forms."""
    return _BY_REASON.get(why, "")


def _open_words(lines: Iterable[Line]) -> Iterator[str]:
    """The words tested by the lines that are unknown, each before those that it is derived from."""
    for line in lines:
        if line.status is not CriterionStatus.UNKNOWN:
            continue
        yield line.text.partition(":")[0].strip()
        yield from _open_words(line.lines)
