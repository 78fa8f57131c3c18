"""From bytes to text, without changing a character.

Read are UTF-8 (with or without a byte order mark), UTF-16 with a byte order mark and, when neither fits,
Windows-1252 or ISO 8859-1, which is how old record systems export. Line ends stay as they are, because
every span of evidence counts characters of this text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from indicated.errors import ChartError, Problem

LARGEST_DOCUMENT = 10_000_000
"""Bytes of one document: some 3,000 dense pages."""

LARGEST_BUNDLE = 200_000_000
"""Bytes of one FHIR Bundle."""

_READ = "Read are UTF-8, UTF-16 with a byte order mark, Windows-1252 and ISO 8859-1."
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml[^>]*>")
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_CONTROLS = bytes(c for c in (*range(1, 32), 127) if c not in _TEXT_CONTROLS)
_KINDS = (
    (b"%PDF-", "a PDF", "Save its text as a .txt file."),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Save its text as a .txt file."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save its text as a .txt file."),
    (b"{\\rtf", "an RTF document", "Save its text as a .txt file."),
    (b"\x89PNG", "an image", "Type or recognise its text first."),
    (b"\xff\xd8\xff", "an image", "Type or recognise its text first."),
    (b"II*\x00", "an image", "Type or recognise its text first."),
    (b"MM\x00*", "an image", "Type or recognise its text first."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
)


@dataclass(frozen=True)
class Decoded:
    """The text, and the encoding when it was not the expected UTF-8 (else an empty string)."""

    text: str
    unusual: str = ""


def decode(data: bytes, place: str, *, largest: int = LARGEST_DOCUMENT) -> Decoded:
    """Decode a file. Raises ChartError when it is empty, too large, or not text."""
    if len(data) > largest:
        raise ChartError([too_large(place, largest)])
    if not data.strip():
        raise ChartError([Problem(place, "the file is empty.", "Send it again, or leave it out.")])
    for start, kind, instead in _KINDS:
        if data.startswith(start):
            raise ChartError([Problem(place, f"the file is {kind}, not text.", instead)])
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data[3:], "utf-8", place, skipped=3)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        little = data.startswith(codecs.BOM_UTF16_LE)
        return _strictly(data[2:], "utf-16-le" if little else "utf-16-be", place, skipped=2)
    _refuse_binary(data, place)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(data.decode("cp1252"), "Windows-1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "ISO 8859-1")


def decode_markup(data: bytes) -> str:
    """Decode a page that may name its own encoding; what cannot be decoded becomes the replacement sign.

    The XML declaration is left out: what it says of the encoding is true no more.
    """
    return _without_declaration(_decoded_markup(data))


def _without_declaration(text: str) -> str:
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def _decoded_markup(data: bytes) -> str:
    head = data[:2048]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    named = _CHARSET.search(head)
    try:
        return data.decode(named.group(1).decode("ascii") if named else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def too_large(place: str, largest: int) -> Problem:
    """Say that a file is larger than what is read."""
    return Problem(place, f"the file is larger than the limit of {largest // 1_000_000} MB.", "Split it.")


def _strictly(data: bytes, encoding: str, place: str, *, skipped: int) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + skipped
        what = f"byte {at} does not belong to {encoding.upper()}, which the byte order mark announces."
        raise ChartError([Problem(place, what, _READ)]) from None
    if "\0" in text:
        raise ChartError([Problem(place, "the text holds NUL characters.", _READ)])
    if not text.strip():
        raise ChartError([Problem(place, "the file is empty.", "Send it again, or leave it out.")])
    return Decoded(text)


def _refuse_binary(data: bytes, place: str) -> None:
    """Refuse NUL bytes, and more than one control character in a hundred."""
    nul = data.find(0)
    if nul >= 0:
        raise ChartError([Problem(place, f"byte {nul} is NUL: the file is binary, not text.", _READ)])
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 100 > len(data):
        first = next(i for i, byte in enumerate(data) if byte in _CONTROLS)
        what = f"byte {first} and {controls - 1} more are control characters: the file is binary, not text."
        raise ChartError([Problem(place, what, _READ)])
