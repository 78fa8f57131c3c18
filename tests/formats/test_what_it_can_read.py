"""The table of docs/what-it-can-read.md is what the readers do with one small document of each format.

python tests/formats/test_what_it_can_read.py --write      writes the table down
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from made import faxed, pdf_of_text, pictures, saved

from indicated.chart import Chart, RequestParts, read_chart
from indicated.chart.model import Document
from indicated.facts import find_facts

PAGE = Path(__file__).parents[2] / "docs" / "what-it-can-read.md"
MARKS = ("<!-- formats -->\n", "<!-- end of the formats -->")
SENTENCE = "The skin of the right foot is mottled."
REQUEST = RequestParts("64520", "right", "2026-03-10", ("G90.521",))


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cda_file() -> bytes:
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section>'
        f'<code code="29545-1"/><title>Exam</title><text>{SENTENCE}</text></section></component></structuredBody>'
        "</component></ClinicalDocument>"
    ).encode()


def bundle_of(*resources: dict[str, object]) -> bytes:
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def reference(data: bytes, kind: str) -> dict[str, object]:
    attachment = {"contentType": kind, "data": b64encode(data).decode()}
    return {
        "resourceType": "DocumentReference",
        "id": "1",
        "status": "current",
        "subject": {"reference": "Patient/1"},
        "content": [{"attachment": attachment}],
    }


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("documents/note.txt", SENTENCE)
    return out.getvalue()


def scan(kind: str) -> Callable[[], bytes]:
    return lambda: saved([faxed(page) for page in pictures(pdf_of_text(SENTENCE))], kind)


SAMPLES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "plain text (UTF-8, UTF-16, Windows-1252, ISO 8859-1)": ("note.txt", SENTENCE.encode, ""),
    "PDF with text, and forms filled into it": ("note.pdf", lambda: pdf_of_text(SENTENCE), ""),
    "PDF of scanned or faxed pages, also mixed with text": ("fax.pdf", scan("PDF"), "Tesseract"),
    "TIFF, of one or many pages": ("fax.tif", scan("TIFF"), "Tesseract"),
    "PNG and JPEG": ("page.png", scan("PNG"), "Tesseract"),
    "Word (.docx)": ("letter.docx", word_file, ""),
    "RTF": ("letter.rtf", lambda: b"{\\rtf1\\ansi " + SENTENCE.encode() + b"\\par}", ""),
    "HTML": ("note.html", lambda: f"<html><body><p>{SENTENCE}</p></body></html>".encode(), ""),
    "C-CDA R2.1": ("note.xml", cda_file, ""),
    "FHIR R4: a Bundle with attachments of any of these": (
        "bundle.json",
        lambda: bundle_of(reference(pdf_of_text(SENTENCE), "application/pdf")),
        "",
    ),
    "ZIP with any of these": ("chart.zip", archive, ""),
}
TESSERACT = shutil.which("tesseract")


def chart_of(name: str, data: bytes, folder: Path) -> Chart:
    (folder / name).write_bytes(data)
    return read_chart(folder / name, REQUEST)


def where(document: Document) -> str:
    """What the place of a quote names, by the places that the reading gave."""
    start = document.text.index(SENTENCE.split()[0])
    for place in document.map.places_of(start, start + 1):
        if place.box:
            return "page and box"
        if place.path:
            return place.path
    return "characters"


def row(what: str, folder: Path) -> str:
    name, made, needs = SAMPLES[what]
    [document] = chart_of(name, made(), folder).documents
    return f"| {what} | `{name}` | {document.how} | {where(document)} | {needs} |\n"


def table(folder: Path) -> str:
    head = "| format | example | read as | a quote's place | needs |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(row(what, folder) for what in SAMPLES)


@pytest.mark.parametrize("what", SAMPLES)
def test_each_format_gives_the_fact_and_the_quote(what: str, tmp_path: Path) -> None:
    name, made, needs = SAMPLES[what]
    if needs and not TESSERACT:
        pytest.skip("Tesseract is not installed")
    chart = chart_of(name, made(), tmp_path)
    [fact] = [fact for fact in find_facts(chart) if fact.word == "skin color change"]
    assert (fact.status, fact.side) == ("present", "right")
    assert fact.evidence[0].quote == SENTENCE


@pytest.mark.skipif(not TESSERACT, reason="Tesseract is not installed")
def test_the_page_tells_what_the_readers_do(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(MARKS[0])[2].partition(MARKS[1])[0] == table(tmp_path)


def test_what_is_not_read_is_refused_by_name(tmp_path: Path) -> None:
    from indicated.errors import ChartError

    with pytest.raises(ChartError, match=r"old\.doc: the file is of a kind that is not read"):
        chart_of("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, tmp_path)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    import tempfile

    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    with tempfile.TemporaryDirectory() as folder:
        now = before + MARKS[0] + table(Path(folder)) + MARKS[1] + rest.partition(MARKS[1])[2]
    PAGE.write_text(now, encoding="utf-8")
