"""A Bundle in which anything may stand anywhere is read or refused; nothing else happens."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indicated.chart import RequestParts, read_chart
from indicated.errors import ChartError
from indicated.facts.coded import coded_facts

SAID = RequestParts("64520", "right", "2026-03-10")
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["coding", "code", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}], "text": "right foot"}


def of(kind: str, **parts: Any) -> dict[str, Any]:
    return {"resource": {"resourceType": kind, "id": "p1", "subject": {"reference": "Patient/p1"}, **parts}}


def whole() -> dict[str, Any]:
    attachment = {"contentType": "text/plain", "data": "UGFpbiA4LzEw"}
    drug = {"resourceType": "Medication", "id": "m1", "code": coded(RXNORM, "11289")}
    return {
        "resourceType": "Bundle",
        "entry": [
            of("Patient", name=[{"family": "Reed", "given": ["Io"]}], birthDate="1970-01-01"),
            of(
                "Condition",
                code=coded(ICD, "G90.521"),
                severity={"text": "severe"},
                recordedDate="2026-01-01",
                bodySite=[{}],
            ),
            of(
                "Observation",
                status="final",
                code=coded("http://loinc.org", "777-3"),
                effectivePeriod={"end": "2026-01"},
                component=[
                    {
                        "code": coded("http://loinc.org", "6301-6"),
                        "valueQuantity": {"value": 1, "comparator": "<"},
                    }
                ],
            ),
            of(
                "Procedure",
                status="completed",
                code=coded("http://www.ama-assn.org/go/cpt", "64520"),
                performedDateTime="2025",
            ),
            of(
                "MedicationStatement",
                status="on-hold",
                medicationReference={"reference": "#m1"},
                contained=[drug],
                statusReason=[{"text": "nausea"}],
                note=[{"text": "does nothing"}],
            ),
            of(
                "MedicationRequest",
                status="active",
                medicationCodeableConcept={"text": "naproxen"},
                authoredOn="2026-01-01",
            ),
            of("AllergyIntolerance", code={"text": "ibuprofen"}, type="allergy"),
            of(
                "ServiceRequest",
                status="active",
                code=coded("http://www.ama-assn.org/go/cpt", "64520"),
                reasonCode=[{}],
            ),
            of("Claim", use="preauthorization", item=[{"modifier": [{}]}], diagnosis=[{}]),
            of("Coverage", payor=[{"display": "Payer"}], beneficiary={"reference": "Patient/p1"}),
            of(
                "DocumentReference", status="current", date="2026-01-01", content=[{"attachment": attachment}]
            ),
            of("DiagnosticReport", presentedForm=[attachment], text={"div": "<div>INR</div>"}),
            of(
                "List",
                status="current",
                code=coded("http://loinc.org", "10160-0"),
                emptyReason=coded("x", "nilknown"),
            ),
        ],
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        found += places(child, (*path, key))
    return found


WHOLE = whole()
PLACES = places(WHOLE)


def test_the_whole_bundle_is_read() -> None:
    chart = read_chart("-", SAID, stdin=io.BytesIO(json.dumps(WHOLE).encode()))
    assert len(list(coded_facts(chart.bundles[0]))) >= 8


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=3))
def test_anything_anywhere_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    value: Any = copy.deepcopy(WHOLE)
    for path, other in changes:
        target = value
        try:
            for key in path[:-1]:
                target = target[key]
            if path:
                target[path[-1]] = other
            else:
                value = other
        except (KeyError, IndexError, TypeError):
            continue
    try:
        chart = read_chart("-", SAID, stdin=io.BytesIO(json.dumps(value).encode()))
    except ChartError:
        return
    for bundle in chart.bundles:
        for fact in coded_facts(bundle):
            assert fact.evidence[0].resource
