"""One page as a gray picture, painted from a PDF or taken from an image file. Runs in the worker."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from indicated.formats.ask import PICTURE_FILE, Ask, Refused
from indicated.formats.detect import detect
from indicated.formats.image import frame
from indicated.formats.model import Page, Reading, SourceMap
from indicated.formats.pdf import open_pdf

DPI = 300
"""Dots to the inch at which letters are recognised best (measured: 200 dpi loses words of a fax)."""


def read(ask: Ask) -> Reading:
    """Give the page `ask.page` as a gray picture of 300 dots to the inch, among `members`, with its size in points."""
    picture = _of_pdf(ask) if detect(ask.data) == "pdf" else _of_image(ask)
    out = BytesIO()
    picture.save(out, "PPM")
    width, height = (side * 72 / DPI for side in picture.size)
    page = Page(ask.page, 0, 0, width, height)
    return Reading("", "picture", SourceMap((page,)), members={PICTURE_FILE: out.getvalue()})


def _of_pdf(ask: Ask) -> Image.Image:
    with closing(open_pdf(ask)) as pdf:
        try:
            page = pdf[ask.page - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, (60_000_000 / (width * height)) ** 0.5)
            picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        except (pdfium.PdfiumError, ValueError) as error:
            raise Refused(f"page {ask.page} of the PDF is damaged.", "Print it to a new PDF.") from error
    return picture


def _of_image(ask: Ask) -> Image.Image:
    picture, dpi = frame(ask)
    down = dpi / float(picture.info.get("stretch", 1.0))
    wide, high = round(picture.width * DPI / dpi), round(picture.height * DPI / down)
    most = (60_000_000 / max(wide * high, 1)) ** 0.5
    wide, high = (round(wide * most), round(high * most)) if most < 1 else (wide, high)
    return picture.resize((max(wide, 1), max(high, 1)), Image.Resampling.LANCZOS)
