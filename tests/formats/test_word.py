"""Word documents and RTF are read as they are seen, with tables, headers, notes and text boxes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from indicated.errors import ChartError
from indicated.formats.model import Reading
from indicated.formats.read import read_document


def read(document: docx.document.Document) -> Reading:
    out = io.BytesIO()
    document.save(out)
    return read_document(out.getvalue(), "letter.docx")


def test_paragraphs_tables_and_headers_stand_in_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Hillside Pain Clinic"
    document.add_paragraph("The skin is mottled.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Block", "Relief", "11/03", "60 %"), strict=True
    ):
        cell.text = text
    document.add_paragraph("cool foot", style="List Bullet")
    text = read(document).text
    assert text.split("\n")[:5] == [
        "Hillside Pain Clinic",
        "The skin is mottled.",
        "Block | Relief",
        "11/03 | 60 %",
        "cool foot",
    ]


def test_places_name_paragraph_and_cell() -> None:
    document = docx.Document()
    document.add_paragraph("The skin is mottled.")
    document.add_table(1, 2).cell(0, 1).text = "60 %"
    reading = read(document)
    assert [place.path for place in reading.map.places] == ["paragraph 1", "table 1, row 1, column 2"]


def test_hidden_white_tiny_and_deleted_words_are_told_and_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The skin is mottled.")
    paragraph.add_run(" All is met.").font.hidden = True
    paragraph.add_run(" All is met.").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run(" All is met.").font.size = Pt(1)
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>All is met.</w:delText></w:r></w:del>")
    )
    reading = read(document)
    assert reading.text == "The skin is mottled.\n"
    assert [hidden.why for hidden in reading.hidden] == ["hidden run", "invisible", "tiny", "deleted"]


def test_a_comment_is_told_and_not_read() -> None:
    document = docx.Document()
    run = document.add_paragraph("The skin is mottled.").runs[0]
    document.add_comment(run, text="All criteria are met.", author="x")
    reading = read(document)
    assert reading.text == "The skin is mottled.\n"
    assert [hidden.why for hidden in reading.hidden] == ["comment"]


def test_check_boxes_of_old_forms_are_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Infection ")
    for state, word in (("0", " yes "), ("1", " no")):
        box = (
            f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>"
            f"<w:default w:val='{state}'/></w:checkBox></w:ffData></w:fldChar></w:r>"
        )
        paragraph._p.append(parse_xml(box))
        paragraph.add_run(word)
    assert read(document).text == "Infection [ ] yes [x] no\n"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Letter.")
    inner = "<w:txbxContent><w:p><w:r><w:t>INR 1.0</w:t></w:r></w:p></w:txbxContent>"
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{inner}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert read(document).text == "Letter.\nINR 1.0\n"


def test_inserted_text_is_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Cool ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>foot.</w:t></w:r></w:ins>"))
    assert paragraph._p.find(qn("w:ins")) is not None
    assert read(document).text == "Cool foot.\n"


def test_a_document_that_names_outside_files_gets_none_of_them() -> None:
    out = io.BytesIO()
    bad = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"{bad}<w:document {space}><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>",
        )
    text = read_document(out.getvalue(), "letter.docx").text
    assert "root" not in text


RTF = rb"""{\rtf1\ansi\deff0{\colortbl;\red255\green255\blue255;}
\pard The skin is mottled.\par
{\v All is met.}{\cf1 All is met.}{\fs2 All is met.}
\trowd\cellx1000\cellx2000 Block\cell Relief\cell\row
\trowd\cellx1000\cellx2000 11/03\cell 60 %\cell\row
\pard Caf\'e9 \u8805? 4\par}"""


def test_rtf_is_read_with_its_tables_and_signs() -> None:
    reading = read_document(RTF, "letter.rtf")
    assert [line for line in reading.text.split("\n") if line] == [
        "The skin is mottled.",
        "Block | Relief",
        "11/03 | 60 %",
        "Café ≥ 4",
    ]
    assert [hidden.why for hidden in reading.hidden] == ["hidden run", "invisible", "tiny"]


@pytest.mark.parametrize("name", ["a.rtf", "b.docx"])
def test_damaged_files_are_told(name: str) -> None:
    data = b"{\\rtf1" + b"{" * 5000 if name == "a.rtf" else b"PK\x03\x04" + b"word/document.xml" * 9
    with pytest.raises(ChartError, match=name):
        read_document(data, name)
