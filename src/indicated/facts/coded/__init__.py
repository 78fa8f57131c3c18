"""From FHIR resources to facts, each with the resource and the element that says so."""

from indicated.facts.coded.find import coded_facts

__all__ = ["coded_facts"]
