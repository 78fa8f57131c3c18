"""The documents inside FHIR resources, in every way in which they are sent."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from small_charts import VISIT, bundle, concept, note, order, resource

from cda_documents import document as cda
from cda_documents import procedure, section
from indicated.chart import Chart, read_chart
from indicated.facts import find_facts

HTML = b"<html><body><p>Cool foot.</p></body></html>"


def read(tmp_path: Path, *resources: dict[str, Any]) -> Chart:
    path = tmp_path / "export.json"
    path.write_text(bundle(order(), *resources), encoding="utf-8")
    return read_chart(path)


def reference(**attachment: Any) -> dict[str, Any]:
    return resource("DocumentReference", "d", status="current", content=[{"attachment": attachment}])


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        (HTML, "text/html", "Cool foot.\n"),
        (
            b"<div xmlns='http://www.w3.org/1999/xhtml'>Cool foot.</div>",
            "application/xhtml+xml",
            "Cool foot.\n",
        ),
        (b"{\\rtf1 Cool foot.\\par}", "application/rtf", "Cool foot.\n\n"),
        (b"[x] Cool foot.", "text/plain", "[x] Cool foot."),
        (b'{"foot": "cool"}', "text/plain", '{"foot": "cool"}'),
        ("Cool foot, 2 °C.".encode("utf-16-le"), "text/plain; charset=UTF-16LE", "Cool foot, 2 °C."),
        (HTML, "application/octet-stream", "Cool foot.\n"),
    ],
)
def test_attachments_are_read_by_what_they_are(tmp_path: Path, data: bytes, kind: str, text: str) -> None:
    (document,) = read(tmp_path, reference(contentType=kind, data=encoded(data))).documents
    assert document.text == text


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"%PDF-1.7 broken", "application/pdf", ""),
        (b"PK\x03\x04", "application/zip", "of a kind that is not read"),
        (b"<note>Cool foot.</note>", "application/xml", "XML, but no C-CDA"),
        (b"GIF89a\0\0", "image/gif", "NUL"),
        (b"", "text/plain", "empty"),
    ],
)
def test_an_attachment_that_cannot_be_read_does_not_stop_the_chart(
    tmp_path: Path, data: bytes, kind: str, why: str
) -> None:
    chart = read(tmp_path, reference(contentType=kind, data=encoded(data)), note("n1", VISIT))
    assert [document.how for document in chart.documents] == ["not read", "text"]
    assert why in chart.notices[0]
    assert find_facts(chart)


def test_links_lead_to_a_binary_of_the_chart_and_nowhere_else(tmp_path: Path) -> None:
    binary = {
        "resourceType": "Binary",
        "id": "b1",
        "contentType": "text/plain",
        "data": encoded(b"Cool foot."),
    }
    inside = reference(url="#b1") | {"contained": [binary]}
    beside = reference(url="Binary/b1/_history/2") | {"id": "e"}
    inline = reference(url="data:text/plain,Cool%20foot%2E") | {"id": "f"}
    outside = reference(url="https://example.org/note.pdf") | {"id": "g"}
    assert [d.text for d in read(tmp_path, inside).documents] == ["Cool foot."]
    assert [d.text for d in read(tmp_path, beside, binary).documents] == ["Cool foot."]
    assert [d.text for d in read(tmp_path, inline).documents] == ["Cool foot."]
    assert [d.name for d in read(tmp_path, binary).documents] == ["export.json#Binary/b1"]
    chart = read(tmp_path, outside)
    assert chart.documents == ()
    assert "a link that leads out of the chart" in chart.notices[0]


def test_a_c_cda_document_brings_its_entries(tmp_path: Path) -> None:
    times = '<effectiveTime value="20251103"/>'
    data = cda(section("47519-4", "See entries.", procedure(times)))
    chart = read(tmp_path, reference(contentType="application/xml", data=encoded(data)))
    (document,) = chart.documents
    assert (document.kind, document.date) == ("progress note", chart.documents[0].date)
    assert chart.bundles[-1].name == document.name
    (block,) = [
        fact
        for fact in find_facts(chart)
        if fact.word == "sympathetic block" and fact.date and fact.date.year == 2025
    ]
    assert (block.evidence[0].document, block.evidence[0].resource) == (document.name, "Procedure/47519-4.1")
    assert (block.side, block.limb) == ("right", "lower")


def test_a_note_is_of_the_day_of_the_visit(tmp_path: Path) -> None:
    told = note("n1", VISIT) | {"context": {"period": {"start": "2026-01-18", "end": "2026-01-19"}}}
    assert str(read(tmp_path, told).documents[0].date) == "2026-01-19"


def test_what_a_newer_document_replaces_is_not_read(tmp_path: Path) -> None:
    newer = note("n2", "Warm foot.")
    newer["relatesTo"] = [{"code": "replaces", "target": {"reference": "DocumentReference/n1"}}]
    chart = read(tmp_path, note("n1", VISIT), newer)
    assert [d.text for d in chart.documents] == ["Warm foot."]
    assert "superseded" in chart.notices[0]


def test_a_composition_is_read_section_by_section(tmp_path: Path) -> None:
    def part(title: str, text: str, **more: Any) -> dict[str, Any]:
        return {"title": title, "text": {"div": f"<div><p>{text}</p></div>"}, **more}

    inner = part("Foot", "It is cool.")
    unclosed = part("Hidden", "Seen.<div style='display:none'>Not seen.")
    composition = resource(
        "Composition",
        "c1",
        status="final",
        date="2026-02-20",
        type=concept("11506-3", "loinc", "progress note"),
        section=[part("Exam", "Two limbs.", section=[inner]), unclosed, part("Plan:", "Therapy.")],
    )
    (document,) = read(tmp_path, composition).documents
    assert document.text == "Exam:\nTwo limbs.\n\nFoot:\nIt is cool.\n\nHidden:\nSeen.\n\nPlan:\nTherapy.\n"
    assert document.map.places[-1].path == "section 4, paragraph 1"
    assert (document.kind, [hidden.why for hidden in document.hidden]) == ("progress note", ["invisible"])


def test_a_form_is_read_as_questions_with_their_answers(tmp_path: Path) -> None:
    questions = {
        "resourceType": "Questionnaire",
        "id": "q",
        "url": "http://example.org/q",
        "item": [{"linkId": "4", "text": "Walks", "type": "quantity"}],
    }
    items = [
        {
            "linkId": "1",
            "text": "Safety",
            "item": [
                {"linkId": "2", "text": "Is there an infection?", "answer": [{"valueBoolean": False}]},
                {"linkId": "3", "text": "Drugs", "answer": [{"valueString": "naproxen"}, {"valueCoding": {"display": "ice"}}]},
                {"linkId": "5", "text": "Bleeding"},
            ],
        },
        {"linkId": "4", "answer": [{"valueQuantity": {"value": 300, "unit": "m"}}]},
    ]  # fmt: skip
    form = resource("QuestionnaireResponse", "r", status="completed", authored="2026-03-01", item=items)
    form["questionnaire"] = "http://example.org/q|1.0"
    (document,) = read(tmp_path, form, questions).documents
    assert document.text == "Safety:\nIs there an infection? No\nDrugs: naproxen; ice\nWalks: 300 m\n"
    assert (str(document.date), document.kind) == ("2026-03-01", "questionnaire")
    assert document.map.places[1].path == "item 2"


def test_what_is_sent_along_with_a_claim_or_a_message(tmp_path: Path) -> None:
    held = {"contentType": "text/plain", "data": encoded(b"Cool foot.")}
    claim = {
        "resourceType": "Claim",
        "id": "c1",
        "status": "active",
        "use": "preauthorization",
        "patient": {"reference": "Patient/p1"},
        "created": "2026-03-10",
        "item": [{"productOrService": concept("64520", "cpt")}],
        "supportingInfo": [{"valueString": "Third block."}, {"valueAttachment": held}],
    }
    message = resource(
        "Communication", "m", status="completed", sent="2026-03-09", payload=[{"contentAttachment": held}]
    )
    chart = read(tmp_path, claim, message)
    assert [(d.name, d.text) for d in chart.documents] == [
        ("export.json#Claim/c1", "Third block."),
        ("export.json#Claim/c1/attachment", "Cool foot."),
    ]


def test_a_report_that_cannot_be_read_still_has_its_conclusion(tmp_path: Path) -> None:
    form = {"contentType": "application/pdf", "data": encoded(b"%PDF-1.7 broken")}
    report = resource("DiagnosticReport", "r", status="final", presentedForm=[form], conclusion="INR 1.0")
    assert [d.text for d in read(tmp_path, report).documents] == ["", "INR 1.0"]
