"""A memo as a Word document. python-docx is loaded only here.

The chart of earlier blocks is drawn as a table whose cells are filled as far as the block helped: it needs no
picture, stays sharp, can be edited, and every bar says in words how long it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indicated.report.clean import printable
from indicated.report.memo import (
    Bar,
    BarChart,
    Block,
    Callout,
    Fields,
    Finding,
    Items,
    Mark,
    Memo,
    Paragraph,
    Quote,
    Quoted,
    Reference,
    Table,
    TestLine,
)

_COLORS = {"good": "1B5E46", "bad": "8A3324", "open": "6B4E00", "quiet": "4B5763"}
_WASHES = {"good": "EDF6F1", "bad": "FBF0ED", "open": "FDF6E3", "quiet": "F1F3F5"}
_SOFT, _FILL, _STEPS = "4B5763", "2F6F73", 20


def docx_bytes(memo: Memo, day: date) -> bytes:
    """The memo as a Word document, dated with `day`. The same memo gives the same bytes."""
    import docx

    document = docx.Document()
    writer = _Writer(document)
    writer.set_up(memo, day)
    for index, part in enumerate(memo.parts):
        if index:
            writer.new_page()
        document.add_heading(printable(part.title), 1)
        if part.lead:
            writer.paragraph(part.lead, color=_SOFT)
        for section in part.sections:
            document.add_heading(printable(section.heading), 2)
            for block in section.blocks:
                writer.block(block)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


@dataclass(frozen=True)
class _Writer:
    """Writes blocks into a document."""

    document: Any

    def set_up(self, memo: Memo, day: date) -> None:
        """Letter paper, quiet type, the running head and page numbers."""
        from docx.shared import Inches, Pt, RGBColor

        styles = self.document.styles
        styles["Normal"].font.name = "Calibri"
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        for level, size in ((1, 20), (2, 14), (3, 11.5)):
            style = styles[f"Heading {level}"]
            style.font.name, style.font.size = "Calibri", Pt(size)
            style.font.color.rgb = RGBColor.from_string("1F2933")
            style.paragraph_format.space_before = Pt(4 + 5 * (3 - level))
        section = self.document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(0.9)
        head = section.header.paragraphs[0]
        self.run(head, memo.running, size=8, color=_SOFT)
        foot = section.footer.paragraphs[0]
        self.run(foot, "Page ", size=8, color=_SOFT)
        self.number(foot, "PAGE")
        self.run(foot, " of ", size=8, color=_SOFT)
        self.number(foot, "NUMPAGES")
        stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001  Word keeps dates without a zone
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by = memo.title, "indicated", "indicated"
        core.comments, core.created, core.modified, core.language = "", stamp, stamp, "en-US"

    def new_page(self) -> None:
        """Begin a new page."""
        self.document.add_page_break()

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Callout(mark, text):
                cell = self.box(_WASHES[mark.tone])
                self.mark(cell.paragraphs[0], mark, size=14)
                self.run(cell.add_paragraph(), text)
                self.document.add_paragraph()
            case Paragraph(text, references, strong):
                numbers = f" [{', '.join(map(str, references))}]" if references else ""
                self.paragraph(text + numbers, bold=strong)
            case Items(entries, ordered):
                for count, entry in enumerate(entries, 1):
                    if ordered:
                        self.paragraph(f"{count}. {entry}", indent=0.2)
                    else:
                        self.run(self.document.add_paragraph(style="List Bullet"), entry)
            case Quoted(quotes):
                self.quotes(quotes)
            case Finding():
                self.finding(block)
            case Table(caption, head, rows, quiet):
                self.table("" if quiet else caption, head, rows)
            case Reference(number, citation, remarks):
                self.paragraph(f"[{number}] {citation}", size=9.5)
                for label, text in remarks:
                    self.paragraph(f"{label}: {text}", size=9, color=_SOFT, indent=0.3)
            case BarChart(title, _, bars):
                self.chart(title, bars)
            case Fields(caption, fields):
                filled = [(field.label, field.value or field.blank) for field in fields]
                self.table(caption, ("Field", "Entry"), filled)

    def finding(self, finding: Finding) -> None:
        """A requirement: heading with its status, lines, quotes, question and strength."""
        heading = self.document.add_heading("", 3)
        self.mark(heading, finding.mark)
        heading.add_run(f"  {printable(finding.title)}")
        if finding.note:
            self.paragraph(finding.note, color=_SOFT)
        self.lines(finding.lines, 0)
        self.quotes(finding.quotes)
        if finding.conflict:
            self.paragraph("These statements do not go together:", color=_COLORS["bad"])
            self.quotes(finding.conflict)
        if finding.ask:
            self.paragraph(f"To ask: {finding.ask}", bold=True)
        if finding.basis:
            self.paragraph(finding.basis, size=9, color=_SOFT)

    def lines(self, lines: Sequence[TestLine], depth: int) -> None:
        """The lines of the policy, indented as the policy is."""
        from docx.shared import Inches, Pt

        for line in lines:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = Inches(0.2 + 0.2 * depth)
            paragraph.paragraph_format.space_after = Pt(1)
            self.mark(paragraph, line.mark, size=9)
            self.run(paragraph, f"  {line.text}", size=9.5)
            if line.found:
                self.run(paragraph, f" — {line.found}", size=9.5, color=_SOFT)
            self.lines(line.lines, depth + 1)

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """Quotes set off, each with its source below it."""
        from docx.enum.text import WD_BREAK
        from docx.shared import Inches, Pt

        for quote in quotes:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = Inches(0.3)
            paragraph.paragraph_format.space_before = Pt(3)
            words = f"“{quote.text}”" if quote.text else quote.coded
            self.run(paragraph, words, italic=True)
            paragraph.runs[-1].add_break(WD_BREAK.LINE)
            self.run(paragraph, quote.source, size=8.5, color=_SOFT)

    def table(self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str | Mark]]) -> None:
        """A table whose head is repeated on every page."""
        if caption:
            self.paragraph(caption, bold=True, keep=True)
        table = self.document.add_table(rows=1, cols=len(head))
        table.style = "Table Grid"
        for cell, name in zip(table.rows[0].cells, head, strict=True):
            self.run(cell.paragraphs[0], name, size=9, bold=True)
            self.shade(cell, "F1F3F5")
        self.repeat(table.rows[0])
        for row in rows:
            cells = table.add_row().cells
            for cell, content in zip(cells, row, strict=True):
                if isinstance(content, Mark):
                    self.mark(cell.paragraphs[0], content, size=9)
                else:
                    self.run(cell.paragraphs[0], content, size=9)
        self.widths(table, _shares(head, rows))
        self.document.add_paragraph()

    def chart(self, title: str, bars: Sequence[Bar]) -> None:
        """The bars as filled cells of a table."""
        self.paragraph(f"{title}, in days", bold=True, keep=True)
        longest = max((bar.days or 0 for bar in bars), default=0) or 1
        table = self.document.add_table(rows=len(bars), cols=_STEPS + 2)
        self.widths(table, [1.6, *[3.2 / _STEPS] * _STEPS, 1.9])
        for row, bar in zip(table.rows, bars, strict=True):
            cells = row.cells
            self.run(cells[0].paragraphs[0], bar.label, size=8.5)
            filled = 4 if bar.days is None else max(round(_STEPS * bar.days / longest), 1)
            drawn = cells[1].merge(cells[filled])
            if bar.days is None:
                self.shade(drawn, "FFFFFF", dashed=True)
            elif bar.days > 0:
                self.shade(drawn, _FILL, apart=True)
            rest = cells[filled + 1].merge(cells[_STEPS + 1])
            arrow = "▶ " if bar.censored and bar.days is not None else ""
            self.run(rest.paragraphs[0], f"{arrow}{bar.length}, {bar.relief}", size=8.5)
        self.paragraph("An arrow means at least; a hollow bar means not documented.", size=8.5, color=_SOFT)

    def widths(self, table: Any, inches: Sequence[float]) -> None:
        """Give the columns these widths; Word follows the cells, other programs the columns."""
        from docx.shared import Inches

        table.autofit = False
        for column, width in zip(table.columns, inches, strict=True):
            column.width = Inches(width)
        for row in table.rows:
            for cell, width in zip(row.cells, inches, strict=True):
                cell.width = Inches(width)

    def paragraph(
        self,
        text: str,
        *,
        size: float = 10.5,
        color: str = "",
        bold: bool = False,
        indent: float = 0,
        keep: bool = False,
    ) -> None:
        """A plain paragraph. `indent` is in inches; `keep` holds it on the page of what follows."""
        from docx.shared import Inches

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = keep
        if indent:
            paragraph.paragraph_format.left_indent = Inches(indent)
        self.run(paragraph, text, size=size, color=color, bold=bold)

    def run(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float = 10.5,
        color: str = "",
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        """Text with a look."""
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(printable(text))
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
        if color:
            run.font.color.rgb = RGBColor.from_string(color)

    def mark(self, paragraph: Any, mark: Mark, size: float = 10.5) -> None:
        """A status: sign, word and color."""
        self.run(paragraph, f"{mark.sign} {mark.word}", size=size, color=_COLORS[mark.tone], bold=True)

    def box(self, wash: str) -> Any:
        """A table of one shaded cell."""
        cell = self.document.add_table(rows=1, cols=1).rows[0].cells[0]
        self.shade(cell, wash)
        return cell

    def shade(self, cell: Any, color: str, *, dashed: bool = False, apart: bool = False) -> None:
        """Fill a cell. `dashed` draws a line round it; `apart` keeps it from the cells above and below."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        properties = cell._tc.get_or_add_tcPr()
        if dashed or apart:
            look = ("dashed", "6", _SOFT) if dashed else ("single", "36", "FFFFFF")
            borders = OxmlElement("w:tcBorders")
            for side in ("top", "left", "bottom", "right") if dashed else ("top", "bottom"):
                line = OxmlElement(f"w:{side}")
                for key, value in zip(("val", "sz", "color"), look, strict=True):
                    line.set(qn(f"w:{key}"), value)
                borders.append(line)
            properties.append(borders)
        fill = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
            fill.set(qn(f"w:{key}"), value)
        properties.append(fill)

    def repeat(self, row: Any) -> None:
        """Mark a row as head of its table."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def number(self, paragraph: Any, code: str) -> None:
        """A field that Word fills in, such as the number of the page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = paragraph.add_run()
        run.font.size = Pt(8)
        for kind in ("begin", None, "end"):
            element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
            if kind is None:
                element.text = code
            else:
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def _shares(head: Sequence[str], rows: Sequence[Sequence[str | Mark]]) -> list[float]:
    """Widths in inches for the columns of a table, wider where the texts are longer."""
    columns = zip(head, *rows, strict=True)
    lengths = [
        max(len(cell.word) + 2 if isinstance(cell, Mark) else len(cell) for cell in column)
        for column in columns
    ]
    weights = [min(max(length, 8), 200) ** 0.6 for length in lengths]
    return [6.7 * weight / sum(weights) for weight in weights]


def _without_clock(data: bytes) -> bytes:
    """The same archive with one fixed time in every entry, so that equal memos are equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
