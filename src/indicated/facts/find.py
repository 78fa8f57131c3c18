"""All facts of a chart, found the same way whoever asks: nothing here knows a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indicated.chart.model import Chart, Document
from indicated.facts.blocks.link import link
from indicated.facts.blocks.stimulator import read_stimulator
from indicated.facts.coded import coded_facts
from indicated.facts.diagnosis.conditions import read_conditions
from indicated.facts.diagnosis.crps import read_diagnosis
from indicated.facts.diagnosis.neuropathic import read_neuropathic
from indicated.facts.drugs.analgesics import read_analgesics
from indicated.facts.drugs.antithrombotics import read_antithrombotics
from indicated.facts.drugs.holds import read_holds
from indicated.facts.drugs.medication_list import read_medication_list
from indicated.facts.findings.read import read_findings
from indicated.facts.function.function_change import read_function_changes
from indicated.facts.function.measures import read_measures
from indicated.facts.function.upper_limb import read_upper_limb_measures
from indicated.facts.model import Fact, Status
from indicated.facts.pain.pain_scores import read_pain_scores
from indicated.facts.pain.severity import read_severity
from indicated.facts.safety.bleeding import read_bleeding
from indicated.facts.safety.infection import read_infection
from indicated.facts.safety.labs import read_labs
from indicated.facts.stellate import read_blocks_of_any_limb, read_plans_of_any_limb
from indicated.facts.stimulation.conservative import read_conservative_treatment
from indicated.facts.stimulation.trial import read_trials
from indicated.facts.stimulation.verdicts import read_verdicts
from indicated.facts.therapy.pain_limits import read_pain_limits
from indicated.facts.therapy.read import read_therapy
from indicated.reading.language import Language, read_language
from indicated.reading.note import Note, read_note

READERS = (
    read_medication_list,
    read_bleeding,
    read_labs,
    read_infection,
    read_analgesics,
    read_holds,
    read_antithrombotics,
    read_findings,
    read_measures,
    read_upper_limb_measures,
    read_function_changes,
    read_diagnosis,
    read_conditions,
    read_neuropathic,
    read_stimulator,
    read_trials,
    read_verdicts,
    read_conservative_treatment,
    read_therapy,
    read_plans_of_any_limb,
    read_pain_limits,
    read_pain_scores,
    read_severity,
    read_blocks_of_any_limb,
)
_OF_THE_PATIENT = (Status.PRESENT, Status.ABSENT, Status.HISTORICAL, Status.PLANNED)


def facts_of_document(document: Document, language: Language | None = None) -> Iterator[Fact]:
    """Yield the facts of one document."""
    language = language or read_language()
    note = read_note(document, language)
    for reader in READERS:
        for fact in reader(note, language):
            found = _general(fact) if _in_general_prose(note, fact) else fact
            yield _with_pages(found, document) if document.map.pages else found


def _with_pages(fact: Fact, document: Document) -> Fact:
    """A fact whose evidence says on which page it stands."""
    pages = {item: document.map.page_at(item.start) for item in fact.evidence}
    evidence = (replace(item, page=page.number if page else 0) for item, page in pages.items())
    return replace(fact, evidence=tuple(evidence))


def _in_general_prose(note: Note, fact: Fact) -> bool:
    """Whether all that proves a fact speaks of patients, studies or policies: then it proves nothing of this patient."""
    if fact.status not in _OF_THE_PATIENT:
        return False
    segments = {
        segment
        for place in fact.evidence
        for segment in range(
            note.segment_at(place.start), note.segment_at(max(place.start, place.end - 1)) + 1
        )
    }
    return all(_speaks_in_general(note, segment) for segment in segments)


def _speaks_in_general(note: Note, segment: int) -> bool:
    """Whether a segment speaks of patients at large, and not only in a clause behind one of this patient.

    "I'd like the block for her neuralgia, there is literature" is a statement of the patient.
    """
    own = note.within(segment, "cue", "of the patient.within")
    return any(
        not any(o.end <= m.start and "," in note.folded[o.end : m.start] for o in own)
        for m in note.within(segment, "cue", "general.within")
    )


def _general(fact: Fact) -> Fact:
    return replace(fact, status=Status.HYPOTHETICAL, why=(*fact.why, "a general statement"))


def find_facts(chart: Chart) -> tuple[Fact, ...]:
    """All facts of a chart: those of its documents and of its coded data, those of one block tied together."""
    language = read_language()
    found = [fact for document in chart.documents for fact in facts_of_document(document, language)]
    found += coded_facts(*chart.bundles)
    return link(found, chart.request)
