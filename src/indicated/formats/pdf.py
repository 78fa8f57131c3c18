"""PDF: the text that a person sees on each page, word by word with its box. Runs in the worker.

Words are set in lines by where they stand, with the gaps between columns as spaces, so that tables and forms
read as they look. What cannot be seen on the page is listed as hidden and is not part of the text. A page that
is a picture has no text here; it is marked for recognition.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indicated.formats.ask import PICTURE, Ask, Refused
from indicated.formats.lines import Word, add_lines
from indicated.formats.model import Hidden, Reading, TextBuilder
from indicated.formats.pdf_forms import field_words
from indicated.formats.pdf_sight import Sight
from indicated.formats.pdf_words import words_of

_MOST_OF_PAGE = 0.5
_FEW_WORDS = 60
_LONGEST_SIDE = 14_400
"""Points of the longest side of a page that PDF allows (200 inches)."""


def read(ask: Ask) -> Reading:
    """Read a PDF. Raises Refused when it has a password, is damaged, or has more pages than are read."""
    pdf = open_pdf(ask)
    with closing(pdf):
        out = TextBuilder()
        hidden: list[Hidden] = []
        for number in range(1, len(pdf) + 1):
            try:
                page = pdf[number - 1]
            except pdfium.PdfiumError:
                out.end_page(number, out.length, problem="the page is damaged")
                continue
            _read_page(page, number, out, hidden)
            if out.length > ask.limits.text:
                raise Refused(f"the file holds more than {ask.limits.text:,} characters.", "Split it.")
        return Reading(out.text, "PDF", out.map(), (*hidden, *_metadata(pdf)))


def open_pdf(ask: Ask) -> pdfium.PdfDocument:
    """Open a PDF, with its forms. Raises Refused as `read` does."""
    try:
        pdf = pdfium.PdfDocument(ask.data)
        pages = len(pdf)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("the PDF has a password.", "Send it without one.") from error
        raise Refused("the PDF is damaged.", "Print it to a new PDF.") from error
    if not pages:
        raise Refused("the PDF has no pages.", "Send it again.")
    if pages > ask.limits.pages:
        raise Refused(f"the PDF has more than {ask.limits.pages:,} pages.", "Split it.")
    pdf.init_forms()
    return pdf


def _read_page(page: pdfium.PdfPage, number: int, out: TextBuilder, hidden: list[Hidden]) -> None:
    width, height = page.get_size()
    if not 0 < max(width, height) <= _LONGEST_SIDE:
        out.end_page(number, out.length, problem="the page has an impossible size")
        return
    sight = Sight(page)
    seen: list[Word] = []
    for word in words_of(page):
        why = sight.why_hidden(word)
        if why:
            hidden.append(Hidden(why, len(word.text), number))
        else:
            seen.append(word)
    seen += field_words(page)
    begun = out.length
    if _is_picture(page, seen):
        out.end_page(number, begun, width=width, height=height, problem=PICTURE)
        return
    add_lines(seen, number, out)
    out.add("\f" if seen else "")
    out.end_page(number, begun, width=width, height=height, blank=not seen)


def _is_picture(page: pdfium.PdfPage, seen: list[Word]) -> bool:
    """Whether the page is a scan: few words of text (a fax header) over an image of most of the page."""
    if len(seen) >= _FEW_WORDS:
        return False
    width, height = page.get_size()
    covered = 0.0
    for left, bottom, right, top in _images(page):
        covered = max(covered, (min(right, width) - max(left, 0)) * (min(top, height) - max(bottom, 0)))
    return covered > _MOST_OF_PAGE * width * height or (not seen and covered > 0)


def _images(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        try:
            yield thing.get_bounds()
        except pdfium.PdfiumError:
            continue


def _metadata(pdf: pdfium.PdfDocument) -> Iterator[Hidden]:
    """Titles, keywords and attached files are no part of the chart, and are told when they hold much."""
    for key, value in pdf.get_metadata_dict(skip_empty=True).items():
        if key in {"Title", "Subject", "Keywords"}:
            yield Hidden("metadata", len(value), path=key)
    for number in range(pdf.count_attachments()):
        yield Hidden("attached file", 0, path=f"attachment {number + 1}")
