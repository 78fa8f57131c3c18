"""What a file is, by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal

Format = Literal["pdf", "image", "docx", "rtf", "html", "cda", "json", "zip", "text", "unread"]

_IMAGES = (b"II*\x00", b"MM\x00*", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_UNREAD = (b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!--|[A-Za-z_][\w.-]*[\s:>])")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")


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
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "cda" if b"ClinicalDocument" in data[:20_000] else _named(name)
    if _JSON.match(head):
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
