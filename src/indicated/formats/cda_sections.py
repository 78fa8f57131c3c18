"""The narrative of a C-CDA document as text: each section under its title, tables row by row."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indicated.formats.cda_values import NAMES, Words, child, said, tag, words_of
from indicated.formats.markup import MarkupText
from indicated.formats.model import Hidden, TextBuilder
from indicated.formats.titled import add_titled

_DEEPEST = 20
_LABELS = {
    "10154-3": "Chief complaint",
    "10155-0": "Allergies",
    "10157-6": "Family history",
    "10160-0": "Medications",
    "10164-2": "History of present illness",
    "10183-2": "Discharge medications",
    "10187-3": "Review of systems",
    "10210-3": "General status",
    "10218-6": "Postoperative diagnosis",
    "10219-4": "Preoperative diagnosis",
    "11348-0": "Past medical history",
    "11369-6": "Immunizations",
    "11450-4": "Problem list",
    "18776-5": "Plan of treatment",
    "29299-5": "Reason for visit",
    "29545-1": "Physical examination",
    "29549-3": "Medications administered",
    "29762-2": "Social history",
    "30954-2": "Results",
    "42348-3": "Advance directives",
    "46239-0": "Chief complaint and reason for visit",
    "46240-8": "Encounters",
    "46264-8": "Medical equipment",
    "47420-5": "Functional status",
    "47519-4": "Procedures",
    "48765-2": "Allergies",
    "51847-2": "Assessment and plan",
    "51848-0": "Assessment",
    "55109-3": "Complications",
    "59768-2": "Indications",
    "59769-0": "Procedure findings",
    "59770-8": "Estimated blood loss",
    "59772-4": "Planned procedure",
    "59773-2": "Procedure specimens",
    "59774-0": "Anesthesia",
    "59775-7": "Disposition",
    "59776-5": "Procedure findings",
    "61149-1": "Objective",
    "61150-9": "Subjective",
    "8653-8": "Hospital discharge instructions",
    "8716-3": "Vital signs",
    "8648-8": "Hospital course",
}
"""Our own short names of sections, by their LOINC codes; used where a section has no title."""


def sections_in(body: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every section with its code, in the order of the document. Raises RecursionError for absurd nesting."""
    waiting = [(body, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RecursionError
        if element.tag == tag("section"):
            yield element, said(child(element, "code"), "code")
        inner = [s for c in element.iterfind("c:component", NAMES) for s in c.iterfind("c:section", NAMES)]
        waiting.extend((section, depth + 1) for section in reversed(inner))


def add_section(section: etree._Element, code: str, out: TextBuilder, hidden: list[Hidden]) -> None:
    """Add title and narrative of one section; without a word in it, nothing."""
    text = child(section, "text")
    if text is None or not words_of(text):
        return
    title = (
        words_of(child(section, "title")) or _LABELS.get(code) or said(child(section, "code"), "displayName")
    )
    place = f"section {code}" if code else "section"

    def write(walker: MarkupText) -> None:
        if len(text):
            walker.walk(text, place)
            return
        # Text without any markup is shown as one paragraph, but systems write lines into it.
        for line in (text.text or "").splitlines():
            walker.add(line.strip(), place)
            walker.line()

    add_titled(out, hidden, unseen, title, place, write, first=not out.length)


def narrative_words(section: etree._Element) -> Words:
    """The words of the elements of a narrative that entries can point to."""
    text = child(section, "text")
    if text is None:
        return {}
    return {ident: words_of(each) for each in text.iter() if (ident := each.get("ID"))}


def unseen(element: etree._Element) -> str:
    """Why a part of a narrative is not read: a picture, words that were struck out, or a style that hides them."""
    if etree.QName(element).localname == "renderMultiMedia":
        return "code"
    styles = (element.get("styleCode") or "").lower().split()
    deleted = element.get("revised") == "delete"
    return "invisible" if deleted or any(style in {"hidden", "xhidden"} for style in styles) else ""
