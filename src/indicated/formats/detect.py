"""What a file is, by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO
from typing import Literal

Format = Literal["pdf", "image", "docx", "rtf", "html", "cda", "json", "zip", "text", "unread"]

_IMAGES = (b"II*\x00", b"MM\x00*", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_UNREAD = (b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w.-]*[\s:>])")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*\{)")
_FHIR_XML = b"http://hl7.org/fhir"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED_JSON = (".json", ".ndjson")


def detect(data: bytes, name: str = "") -> Format:
    """Tell the format of a file. "unread" is a known format that is not read, as an old .doc."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office(data)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(_UNREAD):
        return "unread"
    if head.startswith(_UTF16):
        head = head[2:].replace(b"\0", b"")
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        # FHIR as XML goes to the same reader, which says what to send instead.
        start = data[:20_000].replace(b"\0", b"")
        return "cda" if b"ClinicalDocument" in start or _FHIR_XML in start else _named(name)
    if _JSON.match(head) or (name.lower().endswith(_NAMED_JSON) and head.strip()):
        return "json"
    return _named(name)


def _named(name: str) -> Format:
    return "html" if name.lower().endswith((".html", ".htm", ".xhtml")) else "text"


def _office(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:1000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    return "unread" if "[Content_Types].xml" in names else "zip"
