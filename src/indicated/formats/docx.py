"""Word documents: text, tables, headers, footers, footnotes and text boxes in the order of reading. Runs in the worker."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from indicated.formats.archive import unfold
from indicated.formats.ask import Ask, Refused
from indicated.formats.docx_runs import NAMES, Runs, w
from indicated.formats.markup import CELL
from indicated.formats.model import Hidden, Reading, TextBuilder

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_MAIN = "word/document.xml"


def read(ask: Ask) -> Reading:
    """Read a .docx. Deleted and hidden text and comments are told and not read. Raises Refused."""
    parts = _parts(ask)
    if _MAIN not in parts:
        raise Refused("the Word document has no text part.")
    out = TextBuilder()
    hidden: list[Hidden] = []
    for name, what in _ordered(parts):
        try:
            root = etree.fromstring(parts[name], _PARSER)
        except etree.XMLSyntaxError as error:
            raise Refused("the Word document is damaged.", "Save it again.") from error
        if what == "comment":
            length = sum(len(text.text or "") for text in root.iter(w("t")))
            hidden += [Hidden("comment", length, path="comments")] if length else []
        else:
            _Flow(out, hidden, what).add(root)
    return Reading(out.text, "DOCX", out.map(), tuple(hidden))


def _parts(ask: Ask) -> dict[str, bytes]:
    left = min(ask.limits.expansion, ask.limits.ratio * len(ask.data) + 1_000_000)
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(ask.data)) as archive:
            for entry in archive.infolist():
                if entry.filename.startswith("word/") and entry.filename.endswith(".xml"):
                    found[entry.filename] = unfold(archive, entry, left)
                    left -= len(found[entry.filename])
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("the Word document is damaged.", "Save it again.") from error
    return found


def _ordered(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The parts that hold text, as they are read: headers, the text, footers, notes."""
    names = sorted(parts)
    yield from ((name, "header") for name in names if name.startswith("word/header"))
    yield _MAIN, ""
    yield from ((name, "footer") for name in names if name.startswith("word/footer"))
    for name, what in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
        if f"word/{name}.xml" in parts:
            yield f"word/{name}.xml", what


class _Flow:
    """Adds paragraphs and tables of one part to the text."""

    def __init__(self, out: TextBuilder, hidden: list[Hidden], part: str) -> None:
        self.out, self.hidden, self.part = out, hidden, part
        self.paragraphs = self.tables = 0

    def add(self, root: etree._Element) -> None:
        """Add a part, block by block."""
        for block in self._blocks(root):
            if block.tag == w("tbl"):
                self._table(block)
            else:
                self.paragraphs += 1
                self._paragraph(block, self._path(f"paragraph {self.paragraphs}"))
                self.out.add("\n")

    def _path(self, place: str) -> str:
        return f"{self.part}, {place}" if self.part else place

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables under an element, through content controls, sections and inserted text."""
        for child in parent:
            if child.tag in {w("p"), w("tbl")}:
                yield child
            elif child.tag in {w("body"), w("sdt"), w("sdtContent"), w("ins"), w("customXml")} or (
                child.tag in {w("footnote"), w("endnote")} and child.get(w("type")) is None
            ):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: etree._Element, path: str) -> None:
        runs = Runs(paragraph, path)
        if paragraph.find("w:pPr/w:numPr", NAMES) is not None and runs.text.strip():
            self.out.add("- ")
        if runs.text:
            self.out.add(runs.text, path=path)
        self.hidden += runs.hidden
        for number, box in enumerate(runs.boxes, 1):
            for inner in self._blocks(box):
                self.out.add("\n")
                self._paragraph(inner, f"{path}, text box {number}")

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        number = self.tables
        for row_number, row in enumerate(table.iterchildren(w("tr")), 1):
            for cell_number, cell in enumerate(_cells(row), 1):
                if cell_number > 1:
                    self.out.add(CELL)
                path = self._path(f"table {number}, row {row_number}, column {cell_number}")
                for place, block in enumerate(self._blocks(cell)):
                    if place:
                        self.out.add(" ")
                    if block.tag == w("p"):
                        self._paragraph(block, path)
                    else:
                        self.out.add("\n")
                        self._table(block)
            self.out.add("\n")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag == w("sdt"):
            yield from child.iterfind("w:sdtContent/w:tc", NAMES)
