"""Coded entries for the tests. All resources are fiction."""

from __future__ import annotations

from typing import Any

from indicated.chart.model import Bundle
from indicated.facts.coded import coded_facts
from indicated.facts.model import Fact

SYSTEMS = {
    "icd": "http://hl7.org/fhir/sid/icd-10-cm",
    "cpt": "http://www.ama-assn.org/go/cpt",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "sct": "http://snomed.info/sct",
}


def code(*codes: str, text: str | None = None) -> dict[str, Any]:
    found = [
        dict(zip(("system", "code"), (SYSTEMS[c.split(":")[0]], c.split(":")[1]), strict=True)) for c in codes
    ]
    return {"coding": found} | ({"text": text} if text else {})


def facts(*resources: dict[str, Any]) -> list[Fact]:
    rows = tuple({"id": f"r{n}"} | r for n, r in enumerate(resources, 1))
    return list(coded_facts(Bundle("bundle.json", rows)))


def one(resource: dict[str, Any]) -> Fact:
    (fact,) = facts(resource)
    return fact
