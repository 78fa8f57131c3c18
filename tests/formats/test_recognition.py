"""Scans and faxes: recognised page by page, kept once done, and honest about what could not be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from made import NOTE, faxed, pdf_of_text, pictures, saved
from PIL import Image, ImageDraw

from indicated.formats import recognition
from indicated.formats.ask import Ask
from indicated.formats.model import Reading
from indicated.formats.read import read_document
from indicated.formats.sandbox import run

needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@needs_tesseract
@pytest.mark.parametrize("kind", ["PDF", "TIFF", "PNG", "JPEG"])
def test_a_fax_reads_as_its_text(kind: str) -> None:
    fax = saved([faxed(page) for page in pictures(pdf_of_text(NOTE))], kind)
    reading = read_document(fax, f"fax.{kind.lower()}")
    assert reading.how == "OCR"
    assert reading.text.split() == NOTE.split()
    [page] = reading.map.pages
    assert page.confidence
    assert page.confidence > 0.8


@needs_tesseract
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_the_wrong_way_is_turned(degrees: int) -> None:
    [picture] = pictures(pdf_of_text(NOTE))
    reading = read_document(saved([picture.rotate(degrees, expand=True)], "PNG"), "fax.png")
    assert reading.text.split() == NOTE.split()
    assert reading.map.pages[0].turned == degrees


@needs_tesseract
def test_pages_of_text_and_pictures_stand_in_their_order() -> None:
    import io

    import pypdfium2 as pdfium

    mixed = pdfium.PdfDocument(pdf_of_text("The first page is text.\n"))
    scan = pdfium.PdfDocument(saved(pictures(pdf_of_text("The second page is a scan.\n")), "PDF"))
    mixed.import_pages(scan)
    mixed.import_pages(pdfium.PdfDocument(pdf_of_text("The third page is text.\n")))
    out = io.BytesIO()
    mixed.save(out)
    reading = read_document(out.getvalue(), "mixed.pdf")
    assert reading.text.split("\f")[:3] == [
        f"The {n}.\n" for n in ("first page is text", "second page is a scan", "third page is text")
    ]
    assert [page.how for page in reading.map.pages] == ["text", "OCR", "text"]
    for page in reading.map.pages:
        assert all(p.page == page.number for p in reading.map.places_of(page.start, page.end))


@needs_tesseract
def test_a_page_is_recognised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fax = saved(pictures(pdf_of_text(NOTE)), "PNG")
    first = read_document(fax, "fax.png")
    asked = []

    def told(ask: Ask, place: str) -> Reading:
        asked.append(ask.reader)
        return run(ask, place)

    monkeypatch.setattr(recognition, "run", told)
    assert read_document(fax, "again.png") == first
    assert asked == ["page"]


@needs_tesseract
def test_a_picture_without_words_is_a_page_that_could_not_be_read() -> None:
    picture = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(picture)
    for number in range(60):
        draw.ellipse((number * 25, number * 30, number * 25 + 300, number * 30 + 200), outline=0, width=7)
    reading = read_document(saved([picture], "PNG"), "drawing.png")
    assert not reading.text
    assert reading.map.pages[0].problem == "its words could not be recognised"


@needs_tesseract
def test_a_white_page_is_blank() -> None:
    reading = read_document(saved([Image.new("L", (1700, 2200), 255)], "PNG"), "white.png")
    assert reading.map.pages[0].blank
    assert not reading.map.pages[0].problem


def test_without_tesseract_the_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    reading = read_document(saved(pictures(pdf_of_text(NOTE)), "PNG"), "fax.png")
    assert "apt install tesseract-ocr" in reading.map.pages[0].problem


@needs_tesseract
def test_progress_is_told_page_by_page() -> None:
    pages = pictures(pdf_of_text("One.\n")) + pictures(pdf_of_text("Two.\n"))
    told: list[tuple[str, int, int]] = []
    read_document(saved(pages, "TIFF"), "fax.tif", progress=lambda *now: told.append(now))
    assert told == [("fax.tif", 1, 2), ("fax.tif", 2, 2)]
