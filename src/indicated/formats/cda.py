"""C-CDA, the XML in which record systems exchange documents: its narrative, its header and its coded entries.

Runs in the worker. Nothing outside the file is ever fetched, and a file that declares entities is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date

from lxml import etree

from indicated.formats.ask import Ask, Refused
from indicated.formats.cda_entries import Section, resources_in
from indicated.formats.cda_sections import add_section, narrative_words, sections_in
from indicated.formats.cda_values import NAMES, child, day_of, said, tag, time_of, words_of
from indicated.formats.model import Hidden, Reading, TextBuilder
from indicated.formats.plain_text import decode_markup

BODY = "body"
"""The name under which a body that is no XML is handed on, to be read by the reader of its own format."""

_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_FHIR = "http://hl7.org/fhir"
_SUMMARY = "34133-9"
_KINDS = {
    "11488-4": "consultation note",
    "11504-8": "operative note",
    "11506-3": "progress note",
    "18842-5": "discharge summary",
    "28570-0": "procedure note",
    "34117-2": "history and physical note",
    "34133-9": "summary of episode note",
    "57133-1": "referral note",
}
"""Our own names of kinds of documents, by their LOINC codes; used where the file has no name for its code."""


def read(ask: Ask) -> Reading:
    """Read a C-CDA document. Raises Refused."""
    document = _document(_parsed(ask.data))
    code = said(child(document, "code"), "code")
    title = words_of(child(document, "title"))
    named = said(child(document, "code"), "displayName") or _KINDS.get(code) or title
    written = _written(document, code)
    about = {
        "kind": named or None,
        "date": date.fromisoformat(written) if written and len(written) == len("2026-03-10") else None,
        "patient": _patient(document),
    }
    body = document.find("c:component/c:nonXMLBody/c:text", NAMES)
    if body is not None:
        return Reading("", "C-CDA", members={BODY: _bytes(body)}, **about)  # type: ignore[arg-type]
    root = document.find("c:component/c:structuredBody", NAMES)
    if root is None:
        raise Refused("the C-CDA document has no body.", "Export it again.")
    out, hidden = TextBuilder(), list[Hidden]()
    if title:
        out.add(title, path="title")
        out.add("\n")
    resources, notices = [], []
    for section, section_code in sections_in(root):
        before = out.length
        add_section(section, section_code, out, hidden)
        found = Section(section_code, narrative_words(section), written)
        resources += resources_in(section, found)
        if before == out.length and found.made:
            notices.append(
                f"section {section_code}: coded entries without a narrative; only what is coded was read."
            )
    return Reading(
        out.text,
        "C-CDA",
        out.map(),
        tuple(hidden),
        tuple(notices),
        resources=tuple(_renamed(resources)),
        **about,  # type: ignore[arg-type]
    )


def _parsed(data: bytes) -> etree._Element:
    """Parse the file without entities, network and deep nesting. Raises Refused with the line that is wrong."""
    if _DECLARES.search(data.replace(b"\0", b"")[:100_000]):
        raise Refused(
            "the file declares entities or a document type, which no C-CDA document does.", "Export it again."
        )
    try:
        return _root(data)
    except etree.XMLSyntaxError as error:
        line = error.lineno
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Old systems write Windows-1252 and say that it is UTF-8.
        try:
            return _root(decode_markup(data).encode())
        except etree.XMLSyntaxError as error:
            line = error.lineno
    raise Refused(f"the XML is damaged, or too large for one part of it, at line {line}.", "Export it again.")


def _root(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if str(root.getroottree().docinfo.doctype):  # type: ignore[union-attr]
        raise Refused("the file declares a document type, which no C-CDA document does.", "Export it again.")
    return root


def _document(root: etree._Element) -> etree._Element:
    found = root if root.tag == tag("ClinicalDocument") else next(root.iter(tag("ClinicalDocument")), None)
    if found is not None:
        return found
    if etree.QName(root).namespace == _FHIR:
        raise Refused("the file is FHIR as XML.", "Export it as FHIR JSON.")
    raise Refused("the file is XML, but no C-CDA document.", "Send the document as C-CDA, PDF or text.")


def _written(document: etree._Element, code: str) -> str | None:
    """The day of which a document speaks: that of the visit or procedure, of a summary the day on which it was made."""
    made, _ = time_of(child(document, "effectiveTime"))
    if code == _SUMMARY:
        return made
    for path in ("componentOf/encompassingEncounter", "documentationOf/serviceEvent"):
        begin, end = time_of(child(document, *path.split("/"), "effectiveTime"))
        event = end or begin
        if event and len(event) == len("2026-03-10") and (not made or event <= made):
            return event
    return made


def _patient(document: etree._Element) -> dict[str, str]:
    """Name, birth date and record number. Raises Refused when the document is of several patients."""
    roles = document.findall("c:recordTarget/c:patientRole", NAMES)
    found: dict[str, str] = {}
    for role in roles:
        patient = child(role, "patient")
        name = child(patient, "name")
        one = {
            "name": " ".join(words for p in (name if name is not None else ()) if (words := _part(p)))
            or words_of(name),
            "birth_date": day_of(said(child(patient, "birthTime"))) or "",
            "record_number": said(child(role, "id"), "extension"),
        }
        one = {key: value for key, value in one.items() if value}
        if found.get("birth_date", one.get("birth_date")) != one.get("birth_date", found.get("birth_date")):
            raise Refused("the document is about more than one patient.", "Send one for each patient.")
        found = found or one
    return found


def _part(part: etree._Element) -> str:
    """A given or family name; a name that only a friend says is left out."""
    name = etree.QName(part).localname if isinstance(part.tag, str) else ""
    return words_of(part) if name in {"given", "family"} and part.get("qualifier") != "CL" else ""


def _bytes(body: etree._Element) -> bytes:
    if child(body, "reference") is not None:
        raise Refused("the document is a link to a file that was not sent.", "Send that file.")
    if (body.get("representation") or "").upper() != "B64":
        return "".join(map(str, body.itertext())).encode()
    try:
        return base64.b64decode(re.sub(r"\s", "", "".join(map(str, body.itertext()))), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("the body of the document is not base64.", "Export it again.") from error


def _renamed(resources: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give every resource a name of its own, should two sections have the same code."""
    seen: dict[tuple[object, object], int] = {}
    for resource in resources:
        key = (resource["resourceType"], resource["id"])
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            resource["id"] = f"{resource['id']}.{seen[key]}"
    return resources
