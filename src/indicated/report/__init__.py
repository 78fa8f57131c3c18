"""Reports: a determination in the form in which somebody needs it.

One memo is built from the determination and printed in every format. Every quote is read again from the
chart before anything leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from indicated.chart.model import Chart
from indicated.determine.model import Determination
from indicated.errors import Problem
from indicated.report.errors import QuoteMismatch, ReportError
from indicated.report.files import write_report
from indicated.report.verify import verify_quotes

if TYPE_CHECKING:
    from indicated.report.memo import Memo

__all__ = [
    "FORMATS",
    "KINDS",
    "Kind",
    "QuoteMismatch",
    "ReportError",
    "build_memo",
    "render",
    "verify_quotes",
    "write_report",
]

Kind = Literal["review", "letter", "request"]
KINDS: tuple[str, ...] = get_args(Kind)
FORMATS: tuple[str, ...] = ("text", "json", "md", "html", "pdf", "docx")


def render(
    determination: Determination,
    chart: Chart,
    format: str,  # noqa: A002  the word of the command line
    kind: Kind = "review",
    *,
    width: int = 100,
    color: bool = False,
    encoding: str = "utf-8",
) -> bytes:
    """Print a determination as the review, the clinic's letter or the request for information.

    `width` (columns), `color` and `encoding` are those of the terminal and count for `text` only; `color`
    yields to NO_COLOR. JSON is the determination itself and exists for the review only. Where the
    determination came without its sources, they are taken from the evidence ledger.

    Raises `QuoteMismatch` when a quote does not stand in the chart, and `ReportError` for an unknown format
    or kind or a part that is not installed.
    """
    _check(format, FORMATS, "format")
    _check(kind, KINDS, "kind")
    verify_quotes(determination, chart)
    if not determination.sources:
        from indicated.report.ledger import cite

        determination = cite(determination)
    if format == "json":
        if kind != "review":
            hint = "Choose text, md, html, pdf or docx."
            raise ReportError([Problem("json", f"a {kind} has no JSON form.", hint)])
        from indicated.report.data import determination_json

        return determination_json(determination, chart)
    memo = build_memo(determination, kind)
    if format == "text":
        from indicated.report.terminal import terminal_bytes

        return terminal_bytes(memo, width=width, color=color, encoding=encoding, whole=kind != "review")
    if format == "md":
        from indicated.report.markdown import markdown_bytes

        return markdown_bytes(memo)
    if format == "html":
        from indicated.report.html import html_bytes

        return html_bytes(memo)
    if format == "pdf":
        from indicated.report.pdf import pdf_bytes

        return pdf_bytes(memo)
    from indicated.report.word_file import docx_bytes

    return docx_bytes(memo, determination.request.date)


def build_memo(determination: Determination, kind: Kind = "review") -> Memo:
    """The memo that all formats print."""
    if kind == "letter":
        from indicated.report.letter import letter_memo

        return letter_memo(determination)
    if kind == "request":
        from indicated.report.information import request_memo

        return request_memo(determination)
    from indicated.report.review import review_memo

    return review_memo(determination)


def _check(value: str, known: tuple[str, ...], what: str) -> None:
    if value not in known:
        import difflib

        close = difflib.get_close_matches(value, known, 1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Use one of: {', '.join(known)}."
        raise ReportError([Problem(f"--{what}", f"{value!r} is no {what}.", hint)])
