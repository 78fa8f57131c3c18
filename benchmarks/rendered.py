"""One text in every format that a clinic sends. For measuring only: the program reads these and writes none."""

from __future__ import annotations

import html
import io
from collections.abc import Callable

import docx
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from weasyprint import HTML

_PAGE = "@page{size:letter;margin:14mm}pre{font:8.5pt 'DejaVu Sans Mono';white-space:pre-wrap;margin:0}"


def as_pdf(text: str) -> bytes:
    """A PDF with text, as a record system prints it."""
    pages = "".join(f"<pre>{html.escape(page)}</pre>" for page in text.split("\f"))
    return bytes(HTML(string=f"<style>{_PAGE}</style>{pages}").write_pdf())


def as_fax(text: str) -> bytes:
    """A scan of 200 dots to the inch: blurred, one degree askew, with noise and few grays."""
    pages = []
    for page in pdfium.PdfDocument(as_pdf(text)):
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(1.0, Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.filter(ImageFilter.GaussianBlur(0.8))
        picture = Image.blend(picture, Image.effect_noise(picture.size, 48), 0.12)
        pages.append(picture.point([0 if v < 120 else 255 if v > 190 else v for v in range(256)]))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def as_docx(text: str) -> bytes:
    """A Word document, one paragraph a line."""
    document = docx.Document()
    for line in text.replace("\f", "\n").split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_rtf(text: str) -> bytes:
    """An RTF document, one paragraph a line."""
    escaped = "".join(_rtf_sign(sign) for sign in text)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Courier;}}\\f0\\fs20 " + escaped + "}"
    ).encode("ascii")


def _rtf_sign(sign: str) -> str:
    if sign in "\\{}":
        return "\\" + sign
    if sign == "\n":
        return "\\par\n"
    if sign == "\t":
        return "\\tab "
    if " " <= sign < "\x7f":
        return sign
    return f"\\u{ord(sign)}?" if ord(sign) < 32768 else "?"


def as_html(text: str) -> bytes:
    """A page that shows the text as it stands."""
    return f"<!DOCTYPE html><html><body><pre>{html.escape(text)}</pre></body></html>".encode()


def as_cda(text: str) -> bytes:
    """A C-CDA progress note with the text in one section."""
    lines = "<br/>".join(html.escape(line, quote=False) for line in text.replace("\f", "\n").split("\n"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
        '<code code="11506-3" codeSystem="2.16.840.1.113883.6.1" displayName="Progress note"/>'
        '<component><structuredBody><component><section><code code="11506-3" codeSystem="2.16.840.1.113883.6.1"/>'
        f'<text><paragraph styleCode="xPre">{lines}</paragraph></text></section></component></structuredBody></component>'
        "</ClinicalDocument>"
    ).encode()


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "pdf": (".pdf", as_pdf),
    "fax": (".pdf", as_fax),
    "docx": (".docx", as_docx),
    "rtf": (".rtf", as_rtf),
    "html": (".html", as_html),
    "cda": (".xml", as_cda),
}
