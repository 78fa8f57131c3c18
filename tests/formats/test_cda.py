"""C-CDA: the narrative is the text, the header says whose and when, the entries become resources."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

import pytest

from cda_documents import PATIENT, coded, document, drug, problem, procedure, result, section
from indicated.errors import ChartError
from indicated.formats.ask import Ask
from indicated.formats.cda import read
from indicated.formats.model import Reading
from indicated.formats.read import read_document

DAY = '<effectiveTime value="20251103"/>'


def of(body: str, **parts: Any) -> Reading:
    return read(Ask("cda", document(body, **parts)))


def one(entry: str, code: str = "11450-4") -> dict[str, Any] | None:
    found = of(section(code, "See below.", entry)).resources
    assert len(found) <= 1
    return found[0] if found else None


def test_the_header_says_kind_day_and_patient() -> None:
    found = of(section("29545-1", "Cool foot."))
    assert (found.kind, found.date, found.how) == ("progress note", date(2026, 2, 20), "C-CDA")
    assert found.patient == {"name": "Ada Quill", "birth_date": "1970-01-01", "record_number": "R-7"}


def test_a_note_is_of_the_day_of_the_visit_and_a_summary_of_the_day_it_was_made() -> None:
    visit = '<componentOf><encompassingEncounter><effectiveTime value="20260118"/></encompassingEncounter></componentOf>'
    body = section("29545-1", "Cool foot.")
    assert of(body, header=PATIENT + visit).date == date(2026, 1, 18)
    assert of(body, header=PATIENT + visit, code="34133-9").date == date(2026, 2, 20)


def test_sections_stand_under_their_title_or_our_label() -> None:
    inner = section("10187-3", "No fever.", title="Review")
    outer = section("29545-1", "Cool foot.").replace("</section>", f"{inner}</section>")
    assert of(outer).text == "Visit\n\nPhysical examination:\nCool foot.\n\nReview:\nNo fever.\n"


def test_tables_lists_and_lines_are_set_as_text() -> None:
    table = (
        "<table><thead><tr><th>Drug</th><th>Use</th></tr></thead><tbody><tr><td><paragraph>Naproxen</paragraph></td>"
        "<td><paragraph>twice a day</paragraph><paragraph>stopped</paragraph></td></tr></tbody></table>"
    )
    text = (
        f"{table}<list><item>One<br/>two</item></list><paragraph>Last <content>words</content>.</paragraph>"
    )
    body = section(
        "10160-0", text + '<renderMultiMedia referencedObject="x"><caption>Photo</caption></renderMultiMedia>'
    )
    lines = "Medications:\nDrug | Use\nNaproxen | twice a day; stopped\n- One\ntwo\nLast words.\n"
    assert of(body).text.endswith(lines)


def test_lines_of_a_plain_narrative_are_kept() -> None:
    assert of(section("29545-1", "Cool foot.\n   No edema.")).text.endswith("\nCool foot.\nNo edema.\n")


def test_struck_out_words_are_told_and_not_read() -> None:
    found = of(section("29545-1", 'Foot <content revised="delete">warm</content> cool.'))
    assert "warm" not in found.text
    assert [hidden.why for hidden in found.hidden] == ["invisible"]


def test_places_name_section_table_and_row() -> None:
    row = "<tr><td>a</td><td>b</td></tr>"
    found = of(section("10160-0", f"<table><tbody>{row}{row}</tbody></table>"))
    assert found.map.places[-1].path == "section 10160-0, table 1, row 2, column 2"


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"Cool foot.\n", "Cool foot.\n"), (b"{\\rtf1 Cool foot.\\par}", "Cool foot.\n\n")],
)
def test_a_body_that_is_no_xml_is_read_by_its_own_reader(data: bytes, text: str) -> None:
    body = f'<nonXMLBody><text representation="B64">{base64.b64encode(data).decode()}</text></nonXMLBody>'
    found = read_document(document(body), "visit.xml")
    assert (found.text.strip(), found.kind, found.date) == (text.strip(), "progress note", date(2026, 2, 20))
    assert found.how.startswith("C-CDA, ")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<nonXMLBody><text representation="B64">%%%</text></nonXMLBody>', "is not base64"),
        (
            '<nonXMLBody><text><reference value="a.pdf"/></text></nonXMLBody>',
            "a link to a file that was not sent",
        ),
        (
            f'<nonXMLBody><text representation="B64">{base64.b64encode(document("")).decode()}</text></nonXMLBody>',
            "another C-CDA document",
        ),
    ],
)
def test_a_body_that_is_not_read(body: str, message: str) -> None:
    with pytest.raises(ChartError, match=message):
        read_document(document(body), "visit.xml")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><ClinicalDocument>&b;</ClinicalDocument>', "declares entities"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><ClinicalDocument/>', "declares entities"),
        (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><ClinicalDocument/>'.encode("utf-16"),
            "declares",
        ),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'>" + b"<a>" * 5000, "damaged"),
        (b"<ClinicalDocument>\n\n<a></b>", "at line 3"),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>", "no body"),
        (b"<a><!-- ClinicalDocument --></a>", "no C-CDA document"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "FHIR as XML"),
        (document("", header=PATIENT + PATIENT.replace("1970", "1971")), "more than one patient"),
    ],
)
def test_what_is_refused_and_why(data: bytes, message: str) -> None:
    with pytest.raises(ChartError, match=message):
        read_document(data, "visit.xml")


def test_windows_1252_that_says_utf_8() -> None:
    data = document(section("29545-1", "2 °C cooler")).decode().encode("cp1252")
    assert read_document(data, "visit.xml").text.endswith("2 °C cooler\n")


def test_a_problem_becomes_a_condition() -> None:
    value = coded("value", "G90.521", "icd", displayName="CRPS I of right leg")
    found = one(problem('<effectiveTime><low value="202501"/></effectiveTime>' + value))
    assert found is not None
    assert (found["resourceType"], found["id"], found["onsetDateTime"]) == (
        "Condition",
        "11450-4.1",
        "2025-01",
    )
    assert found["code"]["coding"][0]["system"] == "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    "times",
    [
        '<effectiveTime><high value="20250301"/></effectiveTime>',
        '<effectiveTime><high nullFlavor="UNK"/></effectiveTime>',
    ],
)
def test_a_problem_that_ended_is_over(times: str) -> None:
    found = one(problem(times + coded("value", "G90.521", "icd")))
    assert found is not None
    assert found["clinicalStatus"]["coding"][0]["code"] == "resolved"


def test_a_problem_that_is_denied_is_refuted() -> None:
    found = one(problem(coded("value", "G90.521", "icd"), negationInd="true"))
    assert found is not None
    assert found["verificationStatus"]["coding"][0]["code"] == "refuted"


@pytest.mark.parametrize(
    "entry",
    [
        problem('<value nullFlavor="UNK"/>'),
        problem(coded("value", "G90.521", "icd"), nullFlavor="UNK"),
        problem(coded("value", "G90.521", "icd"), moodCode="GOL"),
        problem(coded("value", "G90.521", "icd")).replace('code="active"', 'code="nullified"'),
        problem(coded("value", "G90.521", "icd")).replace('22.4.3"', '22.4.136"'),
        drug(""),
        result('<value xsi:type="PQ" value="1.1"/>', status="active"),
        result('<value xsi:type="PQ" value="1.1"/>', negationInd="true"),
        result('<value xsi:type="PQ" value="1.1"/>', day=""),
        procedure(DAY, negationInd="true"),
        procedure(DAY, status="aborted"),
        procedure(DAY, moodCode="RQO"),
        procedure('<effectiveTime value="202511"/>'),
        procedure(""),
    ],
)
def test_what_is_unknown_denied_planned_or_without_a_day_is_left_to_the_narrative(entry: str) -> None:
    assert one(entry) is None


def test_the_illnesses_of_relatives_are_not_the_patients() -> None:
    assert one(problem(coded("value", "G90.521", "icd")), "10157-6") is None


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        (drug("warfarin 5 mg"), "active"),
        (drug("warfarin", status="suspended"), "on-hold"),
        (drug("warfarin", status="aborted"), "stopped"),
        (drug("warfarin", negationInd="true"), "not-taken"),
        (drug("warfarin", status="completed"), "unknown"),
        (
            drug("warfarin", '<effectiveTime><high value="20260101"/></effectiveTime>', "completed"),
            "completed",
        ),
    ],
)
def test_a_drug_becomes_a_statement_of_how_it_is_taken(entry: str, status: str) -> None:
    found = one(entry, "10160-0")
    assert found is not None
    assert (found["status"], found["dateAsserted"]) == (status, "2026-02-20")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ('<value xsi:type="PQ" value="1.1" unit="1"/>', {"valueQuantity": {"value": 1.1}}),
        (
            '<value xsi:type="IVL_PQ"><high value="1.2"/></value>',
            {"valueQuantity": {"value": 1.2, "comparator": "<="}},
        ),
        ('<value xsi:type="ST">1.1</value>', {"valueString": "1.1"}),
        ('<value xsi:type="PQ" nullFlavor="NA"/>', {"dataAbsentReason": {"coding": [{"code": "unknown"}]}}),
        (
            '<value xsi:type="IVL_PQ"><low value="1"/><high value="2"/></value>',
            {"dataAbsentReason": {"coding": [{"code": "unknown"}]}},
        ),
    ],
)
def test_a_result_becomes_an_observation(value: str, wanted: dict[str, Any]) -> None:
    found = one(result(value), "30954-2")
    assert found is not None
    assert (found["status"], found["effectiveDateTime"]) == ("final", "2026-02-12")
    assert wanted.items() <= found.items()


def test_a_procedure_keeps_day_and_side() -> None:
    found = one(procedure(DAY), "47519-4")
    assert found is not None
    assert (found["status"], found["performedDateTime"]) == ("completed", "2025-11-03")
    assert [coding["code"] for coding in found["bodySite"][0]["coding"]] == ["61685007", "24028007"]


def test_entries_without_a_narrative_are_told() -> None:
    found = of(section("30954-2", "", result('<value xsi:type="PQ" value="1.1"/>')))
    assert found.notices == (
        "section 30954-2: coded entries without a narrative; only what is coded was read.",
    )
