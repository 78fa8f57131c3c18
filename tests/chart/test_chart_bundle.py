from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from small_charts import REQUEST, VISIT, bundle, concept, folder, note, order, resource

from indicated.chart import Chart, RequestParts, read_chart
from indicated.errors import ChartError

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Quill", "given": ["Ada"]}],
    "birthDate": "1970-01-01",
}


def read(tmp_path: Path, text: str, parts: RequestParts | None = None) -> Chart:
    path = tmp_path / "export.json"
    path.write_text(text, encoding="utf-8")
    return read_chart(path, parts)


def problems(tmp_path: Path, text: str, parts: RequestParts | None = None) -> str:
    with pytest.raises(ChartError) as caught:
        read(tmp_path, text, parts)
    return str(caught.value)


def test_the_request_comes_from_the_order(tmp_path: Path) -> None:
    chart = read(tmp_path, bundle(PATIENT, order(), note("n1", VISIT)))
    assert (chart.request.procedure, chart.request.laterality) == ("64520", "right")
    assert (chart.request.date, chart.request.diagnoses) == (date(2026, 3, 10), ("G90.521",))
    assert chart.request.extra["patient_name"] == "Ada Quill"
    (document,) = chart.documents
    assert (document.name, document.text) == ("export.json#DocumentReference/n1", VISIT)
    assert (document.date, document.kind) == (date(2026, 2, 20), "visit")


def test_the_request_comes_from_the_claim_before_the_order(tmp_path: Path) -> None:
    claim = {
        "resourceType": "Claim",
        "id": "c1",
        "status": "active",
        "use": "preauthorization",
        "patient": {"reference": "Patient/p1"},
        "created": "2026-03-12T10:00:00Z",
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": concept("G90.522")}],
        "item": [{"productOrService": concept("64520", "cpt"), "modifier": [concept("LT", "x12")]}],
    }
    chart = read(tmp_path, bundle(PATIENT, claim, order()))
    assert (chart.request.laterality, chart.request.date) == ("left", date(2026, 3, 12))


def test_the_side_comes_from_the_diagnosis_when_nothing_else_says_it(tmp_path: Path) -> None:
    assert read(tmp_path, bundle(order(bodySite=[]))).request.laterality == "right"


def test_both_sides_are_bilateral(tmp_path: Path) -> None:
    sites = [concept("62175007", "sct"), concept("32153003", "sct")]
    assert read(tmp_path, bundle(order(bodySite=sites))).request.laterality == "bilateral"


def test_orders_for_therapy_beside_the_block_are_not_the_request(tmp_path: Path) -> None:
    therapy = order(id="order-2", code=concept("97110", "cpt"))
    assert read(tmp_path, bundle(order(), therapy)).request.procedure == "64520"


def test_several_services_need_a_choice(tmp_path: Path) -> None:
    text = bundle(order(), order(id="order-2", code=concept("64510", "cpt")))
    assert "several services are requested (64510, 64520)." in problems(tmp_path, text)
    assert read(tmp_path, text, RequestParts(procedure="64510")).request.procedure == "64510"


def test_what_was_entered_in_error_is_left_out(tmp_path: Path) -> None:
    wrong = resource("Observation", "o1", status="entered-in-error")
    wrong_too = resource("Condition", "c1", verificationStatus={"coding": [{"code": "entered-in-error"}]})
    chart = read(tmp_path, bundle(order(), wrong, wrong_too))
    assert len(chart.bundles[0].resources) == 1
    assert [n.split(":")[1].split()[0] for n in chart.notices] == ["Observation/o1", "Condition/c1"]


def test_what_is_later_than_the_request_is_left_out(tmp_path: Path) -> None:
    late = resource("Observation", "o1", status="final", effectiveDateTime="2026-03-11")
    planned = resource("Procedure", "p9", status="preparation", performedDateTime="2026-04-01")
    chart = read(tmp_path, bundle(order(), late, planned, note("n1", VISIT, "2026-03-12")))
    assert [r["id"] for r in chart.bundles[0].resources] == ["order-1", "p9"]
    assert chart.documents == ()
    assert len(chart.notices) == 3


@pytest.mark.parametrize(
    ("others", "message"),
    [
        (
            [resource("Condition", "c2", "Patient/p2")],
            "Condition/c2 belongs to another patient than ServiceRequest/order-1",
        ),
        ([PATIENT, PATIENT | {"id": "p2"}], "Patient/p2 belongs to another patient"),
        ([resource("Condition", "c2", "http://x.org/fhir/Patient/p2/_history/1")], "Condition/c2 belongs"),
        ([resource("Condition", "c2", "urn:uuid:2")], "Condition/c2 belongs"),
    ],
)
def test_a_bundle_of_two_patients_is_refused(
    tmp_path: Path, others: list[dict[str, object]], message: str
) -> None:
    found = problems(tmp_path, bundle(order(), *others))
    assert message in found
    assert "Quill" not in found


def test_one_patient_by_different_references(tmp_path: Path) -> None:
    one = resource("Condition", "c1", "http://example.org/fhir/Patient/p1")
    subscriber = {"resourceType": "Coverage", "id": "v", "beneficiary": {"reference": "Patient/p1"}}
    subscriber["subscriber"] = {"reference": "Patient/p7"}
    chart = read(tmp_path, bundle(PATIENT, PATIENT | {"id": "p7"}, order(), one, subscriber))
    assert len(chart.bundles[0].resources) == 5


def test_another_patient_than_the_request_names(tmp_path: Path) -> None:
    text = REQUEST.replace("  laterality", "  patient: p2\n  laterality")
    with pytest.raises(
        ChartError, match="ServiceRequest/order-1 belongs to another patient than the request"
    ):
        read_chart(folder(tmp_path, text, bundle=bundle(order())))


def test_a_document_in_folder_and_bundle_is_read_once(tmp_path: Path) -> None:
    chart = read_chart(folder(tmp_path, bundle=bundle(order(), note("n1", VISIT), note("n2", "Other."))))
    assert [d.name for d in chart.documents] == ["documents/01-visit.txt", "bundle.json#DocumentReference/n2"]


def test_a_report_is_read_from_its_form_or_its_text(tmp_path: Path) -> None:
    form = note("n", "Platelets 200.")["content"][0]["attachment"]
    with_form = resource("DiagnosticReport", "r1", status="final", presentedForm=[form])
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>INR 1.0</p><table><tr><td>a</td><td>b</td></tr></table></div>'
    with_text = resource("DiagnosticReport", "r2", status="final", text={"div": div})
    texts = [d.text for d in read(tmp_path, bundle(order(), with_form, with_text)).documents]
    assert texts == ["Platelets 200.", "INR 1.0\na | b\n"]


def test_attachments_that_are_no_text_are_named(tmp_path: Path) -> None:
    link = resource(
        "DocumentReference", "d1", status="current", content=[{"attachment": {"url": "http://x"}}]
    )
    old = note("d2", "Old.") | {"status": "superseded"}
    chart = read(tmp_path, bundle(order(), link, old))
    assert chart.documents == ()
    assert len(chart.notices) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "export.json:1:2: the file is not valid JSON from here on."),
        ('{"a": 1, "a": 2}', 'a key "a" stands twice in one object'),
        ('{"Ada Quill (1970)": 1, "Ada Quill (1970)": 2}', "a key stands twice in one object"),
        ('{"a": NaN}', "NaN stands where a number belongs."),
        ('{"a": -Infinity}', "-Infinity stands where a number belongs."),
        ('{"a": 1e999}', "a number is too large to be read."),
        ('{"a": ' + "9" * 5000 + "}", "a number has too many digits."),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"a": "\\ud800"}', "half of a character"),
        ('{"resourceType": "Patient"}', "the requested procedure is missing."),
        ("[]", "the file holds no FHIR resource."),
        ('{"resourceType": "Bundle"}', "the Bundle holds no resources."),
        ('{"resourceType": "Bundle", "entry": {}}', "a list is expected but an object stands there (entry)."),
        (
            '{"resourceType": "Bundle", "entry": [{"resource": {}}]}',
            "entry 1 has a resource without a resourceType.",
        ),
    ],
)
def test_json_that_is_not_read(tmp_path: Path, text: str, message: str) -> None:
    assert message in problems(tmp_path, text)


def test_wrong_shapes_are_named_by_resource_and_element_all_at_once(tmp_path: Path) -> None:
    one = resource("Observation", "o1", status="final", valueQuantity={"value": "Ada Quill"})
    two = resource("Condition", "c1", code="Ada Quill", recordedDate="2026-02-01")
    three = resource("Condition", "c2", recordedDate="2026-02-30")
    found = problems(tmp_path, bundle(order(), one, two, three))
    assert (
        "export.json#Observation/o1: a number is expected but text stands there (valueQuantity.value)."
        in found
    )
    assert "export.json#Condition/c1: an object is expected but text stands there (code)." in found
    assert "export.json#Condition/c2: recorded_date is not a possible date." in found
    assert "Quill" not in found


def test_an_attachment_that_is_not_base64(tmp_path: Path) -> None:
    bad = note("n1", VISIT)
    bad["content"][0]["attachment"]["data"] = "%%%"
    chart = read(tmp_path, bundle(order(), bad))
    assert chart.notices == (
        "export.json#DocumentReference/n1: not read: the data of the attachment is not base64.",
    )
    (document,) = chart.documents
    assert (document.text, document.how) == ("", "not read")
    assert document.map.pages[0].problem == "the data of the attachment is not base64"


def test_an_id_of_a_wrong_shape_is_not_repeated(tmp_path: Path) -> None:
    bad = resource("Condition", "Ada Quill, 1970", code="x")
    found = problems(tmp_path, bundle(order(), bad))
    assert "Condition/(entry 2)" in found
    assert "Quill" not in found


def test_a_huge_bundle_is_read_in_linear_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        rows = [
            resource(
                "Observation",
                f"o{n}",
                status="final",
                code=concept("777-3", "loinc"),
                effectiveDateTime="2026-01-02",
            )
            for n in range(count)
        ]
        text = bundle(order(), *rows)
        start = time.perf_counter()
        read(tmp_path, text)
        return time.perf_counter() - start

    assert seconds(8000) < 40 * max(seconds(800), 0.01)


def test_order_of_keys_does_not_matter(tmp_path: Path) -> None:
    data = json.loads(bundle(order(), note("n1", VISIT)))
    turned = {"entry": data["entry"][::-1], "type": "collection", "resourceType": "Bundle"}
    assert read(tmp_path, json.dumps(turned)).request == read(tmp_path, json.dumps(data)).request
