"""Small charts of fiction, written to a folder."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

REQUEST = """\
id: meadow-1
request:
  procedure: "64520"
  laterality: right
  date: 2026-03-10
  diagnoses: [G90.521]
documents:
- {file: documents/01-visit.txt, date: 2026-02-20, kind: consultation note}
"""
VISIT = "Right foot is cooler than the left.\r\nNo fever.\n"


def folder(root: Path, request: str = REQUEST, name: str = "case.yaml", **files: bytes | str) -> Path:
    """Write a chart folder; `files` are documents by name, or `bundle` for bundle.json."""
    chart = root / "chart"
    (chart / "documents").mkdir(parents=True)
    (chart / name).write_text(request, encoding="utf-8")
    for stem, content in {"01-visit": VISIT, **files}.items():
        path = chart / "bundle.json" if stem == "bundle" else chart / "documents" / f"{stem}.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return chart


def bundle(*resources: dict[str, Any]) -> str:
    """Write resources as a Bundle of type collection."""
    entries = [
        {"fullUrl": f"http://example.org/fhir/{r['resourceType']}/{r.get('id', n)}", "resource": r}
        for n, r in enumerate(resources)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def concept(code: str, system: str = "icd", text: str | None = None) -> dict[str, Any]:
    """Make a CodeableConcept."""
    systems = {
        "icd": "http://hl7.org/fhir/sid/icd-10-cm",
        "cpt": "http://www.ama-assn.org/go/cpt",
        "loinc": "http://loinc.org",
        "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
        "sct": "http://snomed.info/sct",
    }
    coded: dict[str, Any] = {"coding": [{"system": systems.get(system, system), "code": code}]}
    return coded | ({"text": text} if text else {})


def resource(kind: str, ident: str, patient: str = "Patient/p1", **parts: Any) -> dict[str, Any]:
    """Make a resource of the patient p1."""
    return {"resourceType": kind, "id": ident, "subject": {"reference": patient}, **parts}


def order(**parts: Any) -> dict[str, Any]:
    """Make the order for a right lumbar sympathetic block."""
    body = {
        "status": "active",
        "intent": "order",
        "code": concept("64520", "cpt"),
        "authoredOn": "2026-03-10",
        "reasonCode": [concept("G90.521")],
        "bodySite": [concept("62175007", "sct")],
    }
    return resource("ServiceRequest", "order-1", **(body | parts))


def note(ident: str, text: str, on: str = "2026-02-20") -> dict[str, Any]:
    """Make a DocumentReference with the text inside."""
    data = base64.b64encode(text.encode()).decode()
    attachment = {"contentType": "text/plain; charset=utf-8", "data": data}
    content = [{"attachment": attachment}]
    return resource(
        "DocumentReference", ident, status="current", date=on, type={"text": "visit"}, content=content
    )
