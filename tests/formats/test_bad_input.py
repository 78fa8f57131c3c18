"""Whatever a file does, reading it ends in a reading or in a message that names it: no crash, no hang, no growth."""

from __future__ import annotations

import io
import resource
import time
import zipfile
import zlib

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import NOTE, pdf_of_text, pictures, saved

from indicated.errors import ChartError
from indicated.formats.limits import Limits
from indicated.formats.model import Reading
from indicated.formats.read import read_document

LONGEST = 20.0
"""Seconds after which a reading must have ended, one way or the other."""


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph(NOTE)
    document.add_table(2, 2).cell(0, 0).text = "Block"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


SEEDS = {
    "note.pdf": pdf_of_text(NOTE),
    "note.docx": word_file(),
    "note.rtf": b"{\\rtf1\\ansi{\\colortbl;\\red255\\green255\\blue255;}\\pard The skin is mottled.\\par}",
    "note.html": b"<html><body><table><tr><td>Block<td>60 %</table><p>The skin is mottled.</body></html>",
    "note.png": saved(pictures(pdf_of_text("Cool foot.\n"), 72), "PNG", 72),
    "note.xml": b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component>'
    b"<section><text>The skin is mottled.</text></section></component></structuredBody></component></ClinicalDocument>",
    "note.txt": NOTE.encode(),
}


def outcome(data: bytes, name: str, limits: Limits | None = None) -> Reading | ChartError:
    """What became of a file: its reading, or the error. Anything else that is raised fails the test."""
    begun = time.monotonic()
    found: Reading | ChartError
    try:
        found = read_document(data, name, limits=limits or Limits())
    except ChartError as error:
        found = error
    assert time.monotonic() - begun < LONGEST
    if isinstance(found, ChartError):
        assert all(problem.place.startswith(name) and problem.what for problem in found.problems)
    return found


def refused(data: bytes, name: str) -> str:
    found = outcome(data, name)
    assert isinstance(found, ChartError)
    return str(found)


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_are_read(name: str) -> None:
    assert isinstance(outcome(SEEDS[name], name), Reading)


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_that_was_cut_off(name: str, share: float) -> None:
    assert outcome(SEEDS[name][: int(len(SEEDS[name]) * share)], name)


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=12)
)
def test_a_file_in_which_bytes_were_changed(name: str, places: list[tuple[float, bytes]]) -> None:
    data = bytearray(SEEDS[name])
    for share, piece in places:
        at = int(share * (len(data) - 1))
        data[at : at + len(piece)] = piece
    assert outcome(bytes(data), name)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


def test_a_word_file_that_unfolds_without_end() -> None:
    body = f"<w:document {WORD}><w:body>".encode() + b"<w:p/>" * 40_000_000
    assert "unfolds to more" in refused(zipped({"word/document.xml": body}), "bomb.docx")


@pytest.mark.parametrize("suffix", ["docx", "xml"])
def test_entities_that_multiply_are_not_unfolded(suffix: str) -> None:
    head = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
    if suffix == "docx":
        xml = f"{head}<w:document {WORD}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
        data = zipped({"word/document.xml": xml.encode()})
    else:
        data = (
            f'{head}<ClinicalDocument xmlns="urn:hl7-org:v3"><title>&a11;</title></ClinicalDocument>'.encode()
        )
    found = outcome(data, f"laughs.{suffix}")
    assert isinstance(found, ChartError) or len(found.text) < 10_000


@pytest.mark.parametrize("suffix", ["docx", "xml"])
def test_a_file_of_this_machine_is_never_read_in(suffix: str) -> None:
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    if suffix == "docx":
        xml = f"{head}<w:document {WORD}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
        data = zipped({"word/document.xml": xml.encode()})
    else:
        data = (
            f'{head}<ClinicalDocument xmlns="urn:hl7-org:v3"><title>&e;</title></ClinicalDocument>'.encode()
        )
    found = outcome(data, f"outside.{suffix}")
    assert isinstance(found, ChartError) or "root:" not in found.text


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
BAD_PDFS = {
    "a page tree that leads into itself": pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "a page tree that is a million deep": pdf(
        CATALOG, b"<</Type/Pages/Kids[" + b"2 0 R " * 100_000 + b"]/Count 100000>>"
    ),
    "a count of pages that is not there": pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 2000000000>>"),
    "a page as large as a field": pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9e9 9e9]>>"),
    "a page of no size": pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]>>"),
    "a stream that unfolds to a gigabyte": pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        stream(zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"),
    ),
    "a chain of a hundred filters": pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        stream(b"x" * 100, b"/Filter[" + b"/ASCIIHexDecode" * 100 + b"]"),
    ),
    "a form that draws itself": pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"),
    ),
    "a program to be run": pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>>>",
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
    ),
    "a table of objects that leads into itself": b"%PDF-1.5\nxref\n0 1\ntrailer\n<</Prev 9/Size 1>>\nstartxref\n9\n%%EOF",
    "brackets without end": b"%PDF-1.7\n1 0 obj\n" + b"[" * 500_000,
}


@pytest.mark.parametrize("what", BAD_PDFS)
def test_a_malicious_pdf(what: str) -> None:
    assert outcome(BAD_PDFS[what], "bad.pdf")


def test_an_image_with_more_points_than_a_page() -> None:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (65_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    head += zlib.crc32(head[12:29]).to_bytes(4, "big")
    assert "more points" in refused(head + b"\x00\x00\x00\x00IEND\xaeB`\x82", "huge.png")


@pytest.mark.parametrize("depth", [5_000, 1_000_000])
def test_groups_nested_without_end(depth: int) -> None:
    assert outcome(b"{\\rtf1" + b"{\\b " * depth + b"x" + b"}" * depth + b"}", "deep.rtf")


@pytest.mark.parametrize(
    "numbers", [b"\\u99999999999999999999?", b"\\'zz", b"\\bin999999999 x", b"\\fs-9999999999 x"]
)
def test_numbers_that_are_none(numbers: bytes) -> None:
    assert outcome(b"{\\rtf1 " + numbers + b"}", "numbers.rtf")


def test_a_reader_takes_no_more_memory_than_it_may() -> None:
    page = b"<html><body>" + b"<p>x" * 5_000_000
    found = outcome(page, "long.html", Limits(memory=300_000_000, text=1_000_000))
    assert isinstance(found, ChartError)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7\n", b"PK\x03\x04", b"{\\rtf1", b"<html>", b"\xff\xd8\xff", b"II*\x00"]
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rest=st.binary(max_size=2_000))
def test_a_head_with_anything_behind_it(head: bytes, rest: bytes) -> None:
    assert outcome(head + rest, "anything.bin")
