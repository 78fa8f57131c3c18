"""The documents inside FHIR resources: attachments, forms, messages, and narratives that wait to be read."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from indicated.chart.answers import attachments_in, questions_of, read_answers
from indicated.chart.dates import fhir_date
from indicated.chart.document import Found, found_of, unreadable
from indicated.chart.fhir import Attachment, Claim, CodeableConcept, typed
from indicated.chart.fhir_documents import (
    Binary,
    Communication,
    Composition,
    DiagnosticReport,
    DocumentReference,
    QuestionnaireResponse,
)
from indicated.chart.narratives import Narrative, sections_of
from indicated.chart.resources import Entry
from indicated.errors import ChartError, Problem
from indicated.formats.detect import detect
from indicated.formats.limits import LARGEST_FILE
from indicated.formats.model import Reading
from indicated.formats.plain_text import decode, too_large
from indicated.formats.read import read_document
from indicated.formats.recognition import Progress

_SPACES = re.compile(r"\s")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_INLINE = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),(.*)\Z", re.S)
_MARKS = {"utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff"}
_FORM, _SENT_ALONG, _MESSAGE = "questionnaire", "supporting information", "message"


class Shelf:
    """What the documents of a chart may point to, wherever in the chart it stands."""

    def __init__(self, entries: Iterable[Entry], progress: Progress | None) -> None:
        self.progress = progress
        self.binaries: dict[str, Mapping[str, Any]] = {}
        self.forms: dict[str, Mapping[str, Any]] = {}
        self.taken: set[int] = set()
        for url, resource in entries:
            if resource["resourceType"] == "Binary":
                for key in (url or "", f"Binary/{resource.get('id')}"):
                    self.binaries.setdefault(key, resource)
            elif resource["resourceType"] == "Questionnaire":
                for form in (resource.get("url"), f"Questionnaire/{resource.get('id')}"):
                    self.forms.setdefault(str(form), resource)

    def binary(self, url: str, holder: Mapping[str, Any]) -> Binary | None:
        """The bytes to which a link leads, inside the resource that holds it or beside it."""
        inside = holder.get("contained")
        if url.startswith("#") and isinstance(inside, list):
            found = next((each for each in inside if each.get("id") == url[1:]), None)
        else:
            tail = "/".join(url.split("/_history/")[0].rstrip("/").split("/")[-2:])
            found = self.binaries.get(url) or self.binaries.get(tail)
        if found is None or found.get("resourceType") != "Binary":
            return None
        self.taken.add(id(found))
        return typed(found, Binary)

    def questions(self, form: str, holder: Mapping[str, Any]) -> dict[str, str]:
        """The words of the questions of a form."""
        inside = holder.get("contained")
        for each in inside if isinstance(inside, list) else ():
            if each.get("resourceType") == "Questionnaire":
                return questions_of(each)
        plain = form.partition("|")[0]
        found = self.forms.get(plain) or self.forms.get("/".join(plain.split("/")[-2:]))
        return questions_of(found) if found else {}


def documents_in(resource: Mapping[str, Any], name: str, shelf: Shelf) -> Iterator[Found | Narrative]:
    """Give the documents of a resource. `name` is where it stands ("bundle.json#DocumentReference/1").

    An attachment that cannot be read is a document of which nothing was read. A link out of the chart is told and
    never followed.
    """
    match resource["resourceType"]:
        case "DocumentReference":
            reference = typed(resource, DocumentReference)
            held = [content.attachment for content in reference.content if content.attachment]
            yield from _all(held, resource, name, _visit(reference), _words(reference.type), shelf)
        case "DiagnosticReport":
            yield from _report(resource, name, shelf)
        case "Composition":
            document = typed(resource, Composition)
            kind = _words(document.type) or document.title
            yield Narrative(name, _day(document.date), kind, tuple(sections_of(document.section)))
        case "QuestionnaireResponse":
            yield from _form(resource, name, shelf)
        case "Communication":
            message = typed(resource, Communication)
            said = [part.content_string for part in message.payload if part.content_string]
            held = [part.content_attachment for part in message.payload if part.content_attachment]
            kind = next((words for c in message.category if (words := _words(c))), None) or _MESSAGE
            yield from _message(said, held, resource, name, _day(message.sent), kind, shelf)
        case "Claim":
            claim = typed(resource, Claim)
            said = [row.value_string for row in claim.supporting_info if row.value_string]
            held = [row.value_attachment for row in claim.supporting_info if row.value_attachment]
            yield from _message(said, held, resource, name, _day(claim.created), _SENT_ALONG, shelf)


def binary_in(resource: Mapping[str, Any], name: str, shelf: Shelf) -> Iterator[Found]:
    """Give the document of a Binary to which nothing points. Call it after all others are read."""
    if id(resource) not in shelf.taken:
        binary = typed(resource, Binary)
        attachment = Attachment(content_type=binary.content_type, data=binary.data)
        yield _read(attachment, resource, name, None, None, shelf)


def _report(resource: Mapping[str, Any], name: str, shelf: Shelf) -> Iterator[Found | Narrative]:
    report = typed(resource, DiagnosticReport)
    on, kind = _day(report.effective or report.issued), _words(report.code)
    texts = 0
    for found in _all(report.presented_form, resource, name, on, kind, shelf):
        texts += sum(1 for document in found.documents if document.text)
        yield found
    if texts:
        return
    beside = f"{name}/text" if report.presented_form else name
    if report.conclusion and report.conclusion.strip():
        yield found_of(Reading(report.conclusion, "FHIR"), beside, on, kind)
    elif report.text and report.text.div:
        yield Narrative(beside, on, kind, (("", "", report.text.div),))


def _form(resource: Mapping[str, Any], name: str, shelf: Shelf) -> Iterator[Found]:
    form = typed(resource, QuestionnaireResponse)
    on = _day(form.authored)
    reading = read_answers(form.item, shelf.questions(form.questionnaire or "", resource))
    if reading.text.strip():
        yield found_of(reading, name, on, _FORM)
    if form.status == "in-progress":
        yield Found(notices=(f"{name}: the form was not finished when it was sent.",))
    for number, attachment in enumerate(attachments_in(form.item), 1):
        try:
            held = typed(attachment, Attachment)
        except ValueError:
            yield unreadable(f"{name}/answer {number}", "the attachment has not the form of one.", on, _FORM)
            continue
        yield _read(held, resource, f"{name}/answer {number}", on, _FORM, shelf)


def _message(
    said: list[str],
    held: list[Attachment],
    resource: Mapping[str, Any],
    name: str,
    on: date | None,
    kind: str,
    shelf: Shelf,
) -> Iterator[Found]:
    text = "\n".join(said)
    if text.strip():
        yield found_of(Reading(text, "FHIR"), name, on, kind)
    yield from _all(held, resource, f"{name}/attachment" if text.strip() else name, on, kind, shelf)


def _all(
    attachments: Iterable[Attachment],
    resource: Mapping[str, Any],
    name: str,
    on: date | None,
    kind: str | None,
    shelf: Shelf,
) -> Iterator[Found]:
    for number, attachment in enumerate(attachments, 1):
        yield _read(attachment, resource, name if number == 1 else f"{name}/{number}", on, kind, shelf)


def _read(
    attachment: Attachment,
    holder: Mapping[str, Any],
    name: str,
    on: date | None,
    kind: str | None,
    shelf: Shelf,
) -> Found:
    """Read one attachment, from its own data or from where its link leads inside the chart."""
    found = _data(attachment, holder, shelf)
    if found is None:
        what = "a link that leads out of the chart" if attachment.url else "neither data nor a link"
        return Found(notices=(f"{name}: the attachment has {what} and was not read.",))
    content_type, data = found
    try:
        reading = _reading(data, content_type, name, shelf.progress)
    except ChartError as error:
        return unreadable(name, error.problems[0].what, on, kind)
    return found_of(reading, name, on or _day(attachment.creation), kind)


def _data(attachment: Attachment, holder: Mapping[str, Any], shelf: Shelf) -> tuple[str, str | bytes] | None:
    """The type and the data of an attachment, in base64 or as bytes; None when they are not in the chart."""
    declared = attachment.content_type or ""
    if attachment.data is not None:
        return declared, attachment.data
    if not attachment.url:
        return None
    if inline := _INLINE.match(attachment.url):
        content_type, parameters, data = inline.groups()
        told = f"{content_type}{parameters}" if content_type else declared
        return told, data if parameters.endswith(";base64") else _unescaped(data)
    binary = shelf.binary(attachment.url, holder)
    if binary is None or binary.data is None:
        return None
    return binary.content_type or declared, binary.data


def _unescaped(data: str) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match.group(1), 16)]), data.encode())


def _reading(held: str | bytes, content_type: str, name: str, progress: Progress | None) -> Reading:
    """Read the bytes of an attachment. Its type decides only where they leave the format open."""
    data = _decoded(held, name) if isinstance(held, str) else held
    kind, *parameters = (part.strip() for part in content_type.lower().split(";"))
    markup = "html" in kind
    found = detect(data, ".html" if markup else ".txt")
    if found == "json" and kind in {"text/plain", ""}:
        found = "text"
    if found == "text" and kind.endswith("xml") and not markup:
        raise ChartError([Problem(name, "the attachment is XML, but no C-CDA document.")])
    if found != "text":
        return read_document(data, name, hint=".html" if markup else ".txt", progress=progress)
    charset = next((p.split("=", 1)[1].strip(' "') for p in parameters if p.startswith("charset=")), "")
    decoded = decode(_MARKS.get(charset, b"") + data, name)
    return Reading(decoded.text, "text")


def _decoded(data: str, name: str) -> bytes:
    if len(data) > LARGEST_FILE * 3 // 2:
        raise ChartError([too_large(name, LARGEST_FILE)])
    try:
        return base64.b64decode(_SPACES.sub("", data), validate=True)
    except (binascii.Error, ValueError):
        raise ChartError([Problem(name, "the data of the attachment is not base64.")]) from None


def _visit(reference: DocumentReference) -> date | None:
    """The day of which a document speaks: the end of the visit that it is about, else when it was written."""
    written = _day(reference.date)
    period = reference.context.period if reference.context else None
    visit = _day(period.end or period.start) if period else None
    return visit if visit and (not written or visit <= written) else written


def _day(text: str | None) -> date | None:
    return fhir_date(text) if text else None


def _words(concept: CodeableConcept | None) -> str | None:
    return (concept.words or None) if concept else None
