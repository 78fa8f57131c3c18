"""The documents inside a Bundle: attachments of DocumentReference, and the text of DiagnosticReport."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from indicated.chart.dates import fhir_date
from indicated.chart.fhir import Attachment, DiagnosticReport, DocumentReference
from indicated.chart.model import Document
from indicated.errors import ChartError, Problem
from indicated.formats.plain_text import LARGEST_DOCUMENT, decode, too_large

_TEXT_TYPES = {"text/plain", ""}
_LINE_ENDS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre"}
_SPACES = re.compile(r"\s")


def documents_in(resource: DocumentReference | DiagnosticReport, name: str) -> Iterator[Document | str]:
    """Give the documents of a resource, and a sentence for each attachment that cannot be read as text.

    `name` is where the resource stands ("bundle.json#DocumentReference/1"). Raises ChartError for an
    attachment that says it is text and is none.
    """
    if isinstance(resource, DocumentReference):
        attachments = [content.attachment for content in resource.content if content.attachment]
        written, concept = resource.date, resource.type
    else:
        attachments = list(resource.presented_form)
        written, concept = resource.effective_date_time or resource.issued, resource.code
    on = fhir_date(written) if written else None
    kind = concept.words or None if concept else None
    texts = 0
    for attachment in attachments:
        found = _text(attachment, name)
        if found is None:
            yield f"{name}: an attachment that is not plain text was not read."
            continue
        texts += 1
        yield Document(name if texts == 1 else f"{name}/{texts}", found, on, kind)
    if isinstance(resource, DiagnosticReport) and not texts:
        text = resource.conclusion or (
            _words(resource.text.div) if resource.text and resource.text.div else ""
        )
        if text.strip():
            yield Document(name, text, on, kind)


def _text(attachment: Attachment, name: str) -> str | None:
    kind, *parameters = (attachment.content_type or "").lower().split(";")
    if kind.strip() not in _TEXT_TYPES or attachment.data is None:
        return None
    if len(attachment.data) > LARGEST_DOCUMENT * 3 // 2:
        raise ChartError([too_large(name, LARGEST_DOCUMENT)])
    try:
        data = base64.b64decode(_SPACES.sub("", attachment.data), validate=True)
    except (binascii.Error, ValueError):
        problem = Problem(name, "the data of the attachment is not base64.", "Export it again.")
        raise ChartError([problem]) from None
    charset = next(
        (p.split("=", 1)[1].strip(' "') for p in parameters if p.strip().startswith("charset=")), ""
    )
    if charset in {"utf-16le", "utf-16be"}:
        data = {"utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff"}[charset] + data
    return decode(data, name).text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _LINE_ENDS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINE_ENDS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("  ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _words(div: str) -> str:
    parser = _Words()
    parser.feed(div)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
