"""All facts of a chart, found the same way whoever asks: nothing here knows a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indicated.chart.model import Chart, Document
from indicated.facts.analgesics import read_analgesics
from indicated.facts.antithrombotics import read_antithrombotics
from indicated.facts.bleeding import read_bleeding
from indicated.facts.blocks import read_blocks
from indicated.facts.coded import coded_facts
from indicated.facts.conditions import read_conditions
from indicated.facts.diagnosis import read_diagnosis
from indicated.facts.finding import read_findings
from indicated.facts.function_change import read_function_changes
from indicated.facts.holds import read_holds
from indicated.facts.infection import read_infection
from indicated.facts.labs import read_labs
from indicated.facts.link import link
from indicated.facts.measures import read_measures
from indicated.facts.medication_list import read_medication_list
from indicated.facts.model import Fact, Status
from indicated.facts.neuropathic import read_neuropathic
from indicated.facts.pain_limits import read_pain_limits
from indicated.facts.pain_scores import read_pain_scores
from indicated.facts.rehabilitation import read_rehabilitation_plans
from indicated.facts.severity import read_severity
from indicated.facts.stimulator import read_stimulator
from indicated.facts.therapy import read_therapy
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
    read_function_changes,
    read_diagnosis,
    read_conditions,
    read_neuropathic,
    read_stimulator,
    read_therapy,
    read_rehabilitation_plans,
    read_pain_limits,
    read_pain_scores,
    read_severity,
    read_blocks,
)
_OF_THE_PATIENT = (Status.PRESENT, Status.ABSENT, Status.HISTORICAL, Status.PLANNED)


def facts_of_document(document: Document, language: Language | None = None) -> Iterator[Fact]:
    """Yield the facts of one document."""
    language = language or read_language()
    note = read_note(document, language)
    for reader in READERS:
        for fact in reader(note, language):
            yield _general(fact) if _in_general_prose(note, fact) else fact


def _in_general_prose(note: Note, fact: Fact) -> bool:
    """Whether the statement speaks of patients, studies or policies: whatever a reader made of it, it proves nothing here."""
    if fact.status not in _OF_THE_PATIENT:
        return False
    segment = note.segment_at(fact.evidence[0].start)
    return bool(note.within(segment, "cue", "general.within"))


def _general(fact: Fact) -> Fact:
    return replace(fact, status=Status.HYPOTHETICAL, why=(*fact.why, "a general statement"))


def find_facts(chart: Chart) -> tuple[Fact, ...]:
    """All facts of a chart: those of its documents and of its coded data, those of one block tied together."""
    language = read_language()
    found = [fact for document in chart.documents for fact in facts_of_document(document, language)]
    found += [fact for bundle in chart.bundles for fact in coded_facts(bundle)]
    return link(found, chart.request)
