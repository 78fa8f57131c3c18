"""Documents made for tests: a text as PDF, as a scan of it, and what a clinic's fax does to one."""

from __future__ import annotations

import html
import io

import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from weasyprint import HTML

NOTE = """\
HILLSIDE PAIN CLINIC                         OFFICE VISIT      02/20/2026

EXAM
Right foot 2.1 C cooler than the left by infrared. The skin is mottled.

Block      Date         Relief     Lasted
#1         11/03/2025   60 %       5 days
#2         12/01/2025   70 %       12 days

PLAN  Third block. Physical therapy twice a week goes on.
"""


def pdf_of(body: str, style: str = "") -> bytes:
    """A PDF of HTML. The page is US Letter."""
    css = f"@page{{size:letter;margin:15mm}}body{{font:10pt 'DejaVu Sans Mono'}}{style}"
    return bytes(HTML(string=f"<style>{css}</style>{body}").write_pdf())


def pdf_of_text(text: str) -> bytes:
    """A PDF that shows a plain text as it stands."""
    return pdf_of(f"<pre style='font-family: DejaVu Sans Mono'>{html.escape(text)}</pre>")


def pictures(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF, painted."""
    return [
        page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in pdfium.PdfDocument(pdf)
    ]


def faxed(picture: Image.Image, angle: float = 1.0) -> Image.Image:
    """A page as a fax brings it: askew, blurred, with noise."""
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(0.8))
    picture = Image.blend(picture, Image.effect_noise(picture.size, 48), 0.12)
    return picture.point([0 if v < 120 else 255 if v > 190 else v for v in range(256)])


def saved(pages: list[Image.Image], kind: str, dpi: int = 200) -> bytes:
    """Pages as one file: "PDF", "TIFF", or the first alone as "PNG" or "JPEG"."""
    out = io.BytesIO()
    many = {"save_all": True, "append_images": pages[1:]} if kind in {"PDF", "TIFF"} else {}
    resolution = {"resolution": dpi} if kind == "PDF" else {"dpi": (dpi, dpi)}
    pages[0].save(out, kind, **many, **resolution)
    return out.getvalue()
