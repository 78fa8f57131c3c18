"""A chart that comes as FHIR of several kinds, in several files, or beside other documents."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_charts import REQUEST, VISIT, bundle, concept, folder, note, order, resource

from cda_documents import document as cda
from cda_documents import section
from indicated.chart import RequestParts, read_chart
from indicated.errors import ChartError
from indicated.facts import find_facts

INR = resource(
    "Observation", "inr", status="final", code=concept("6301-6", "loinc"), valueQuantity={"value": 1.1}
)
SAID = RequestParts("64520", "right", "2026-03-10")


def write(root: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([order(), INR]),
        f"{json.dumps(order())}\n{json.dumps(INR)}\n",
        bundle(json.loads(bundle(order())), INR),
        json.dumps({"resourceType": "Parameters", "parameter": [{"resource": order()}, {"part": [{"resource": INR}]}]}),
        json.dumps({"hook": "order-sign", "context": {"draftOrders": json.loads(bundle(order()))}, "prefetch": {"a": INR}}),
        bundle(order(), INR).replace('"collection"', '"searchset"'),
    ],
)  # fmt: skip
def test_every_container_is_opened(tmp_path: Path, text: str) -> None:
    chart = read_chart(write(tmp_path, a_json=text) / "a.json")
    assert [row["id"] for row in chart.bundles[0].resources] == ["order-1", "inr"]
    assert chart.request.procedure == "64520"


def test_one_resource_is_a_chart_when_the_request_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, a_json=json.dumps(note("n1", VISIT))) / "a.json"
    assert read_chart(path, SAID).documents[0].text == VISIT


def test_what_a_service_answered_is_no_chart(tmp_path: Path) -> None:
    cards = {"cards": [{"suggestions": [{"actions": [{"type": "create", "resource": INR}]}]}]}
    with pytest.raises(ChartError, match="no FHIR resource"):
        read_chart(write(tmp_path, a_json=json.dumps(cards)) / "a.json", SAID)


def test_a_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, a_ndjson=f"{json.dumps(INR)}\n{{\n") / "a.ndjson"
    with pytest.raises(ChartError, match=r"a\.ndjson:2:1:2: the file is not valid JSON"):
        read_chart(path, SAID)


def test_pages_that_were_not_sent_are_told(tmp_path: Path) -> None:
    page = json.loads(bundle(order())) | {"link": [{"relation": "next", "url": "http://example.org/2"}]}
    chart = read_chart(write(tmp_path, a_json=json.dumps(page)) / "a.json")
    assert chart.notices == ("a.json: a page of a longer answer; the pages after it were not sent.",)


def test_files_of_any_kind_are_one_chart(tmp_path: Path) -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": concept("11289", "rxnorm", "warfarin")}
    taken = resource(
        "MedicationStatement",
        "s",
        status="active",
        dateAsserted="2026-03-01",
        medicationReference={"reference": "Medication/m"},
    )
    files: dict[str, str | bytes] = {
        "request_json": bundle(order()),
        "export__Medication_ndjson": json.dumps(drug),
        "export__MedicationStatement_ndjson": json.dumps(taken),
        "visits__visit_xml": cda(section("29545-1", "Cool foot.")),
        "note_txt": VISIT,
        "settings_json": '{"theme": "dark"}',
    }
    chart = read_chart(write(tmp_path, **files))
    assert chart.request.procedure == "64520"
    assert {document.name for document in chart.documents} == {"note.txt", "visits/visit.xml"}
    assert chart.notices == ("settings.json: holds no FHIR resource and was not read.",)
    assert any(fact.word == "antithrombotic drug" for fact in find_facts(chart))


def test_fhir_beside_a_request_file_is_read_and_other_strays_are_told(tmp_path: Path) -> None:
    chart = folder(tmp_path)
    write(chart, labs_json=json.dumps(INR), stray_txt="Seen.")
    found = read_chart(chart)
    assert [one.name for one in found.bundles] == ["labs.json"]
    assert found.notices == ("stray.txt: lies outside documents/ and was not read.",)


def test_documents_beside_a_request_file_are_a_chart(tmp_path: Path) -> None:
    request = REQUEST.partition("documents:")[0]
    write(tmp_path, request_yaml=request, a_json=json.dumps(INR))
    assert [one.name for one in read_chart(tmp_path).bundles] == ["a.json"]


def test_a_resource_that_comes_twice_counts_once_and_the_newest_version_counts(tmp_path: Path) -> None:
    def version(stamp: str, value: float) -> dict[str, Any]:
        return INR | {"meta": {"lastUpdated": stamp}, "valueQuantity": {"value": value}}

    old, new = version("2026-01-01T00:00:00Z", 3.1), version("2026-02-01T00:00:00Z", 1.1)
    chart = read_chart(write(tmp_path, a_json=bundle(order(), old), b_json=bundle(order(), new)))
    rows = [row for one in chart.bundles for row in one.resources]
    assert [row["resourceType"] for row in rows] == ["ServiceRequest", "Observation"]
    assert rows[1]["valueQuantity"] == {"value": 1.1}
    assert chart.notices == ("a.json: Observation/inr came more than once; the newest version was read.",)


def test_two_patients_are_refused_whatever_says_so(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "id": "p1", "birthDate": "1971-01-01"}
    write(tmp_path, a_json=bundle(order(), patient), b_xml=cda(section("29545-1", "Cool foot.")))
    with pytest.raises(ChartError, match=r"b\.xml|a\.json.*another birth date"):
        read_chart(tmp_path)
    write(tmp_path, b_xml=b"Seen.", c_json=json.dumps(resource("Condition", "c", "Patient/p2")))
    with pytest.raises(ChartError, match="another patient"):
        read_chart(tmp_path)


def test_an_entry_of_unusual_shape_is_told_once_for_each(tmp_path: Path) -> None:
    wrong = [resource("Observation", f"o{n}", status=1) for n in range(50)]
    with pytest.raises(ChartError) as caught:
        read_chart(write(tmp_path, a_json=bundle(order(), *wrong)) / "a.json")
    assert len(caught.value.problems) == 21


_ELEMENTS = [
    "resourceType",
    "item",
    "answer",
    "section",
    "text",
    "div",
    "content",
    "attachment",
    "url",
    "data",
    "id",
    "contained",
    "code",
    "coding",
    "status",
    "payload",
    "presentedForm",
    "supportingInfo",
    "subject",
    "name",
]
_KINDS = [
    "DocumentReference",
    "Composition",
    "QuestionnaireResponse",
    "Communication",
    "Claim",
    "Binary",
    "Patient",
    "DiagnosticReport",
    "Observation",
    "Condition",
    "List",
    "Bundle",
    "Parameters",
    "Questionnaire",
    "Other",
]
KINDS = st.sampled_from(_KINDS)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["2026-01-01", "#b"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_ELEMENTS), inner, max_size=5)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KINDS, st.dictionaries(st.text(max_size=3), JSON, max_size=1), JSON), max_size=3))
def test_whatever_is_sent_is_read_or_refused_with_a_message(
    tmp_path: Path, rows: list[tuple[str, Any, Any]]
) -> None:
    resources = [
        {**(body if isinstance(body, dict) else {}), **more, "resourceType": kind}
        for kind, more, body in rows
    ]
    path = tmp_path / "a.json"
    path.write_text(bundle(order(), *resources), encoding="utf-8")
    with suppress(ChartError):
        find_facts(read_chart(path, SAID))
