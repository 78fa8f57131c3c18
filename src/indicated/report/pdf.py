"""A memo as PDF, made from its HTML page. WeasyPrint is optional and is loaded only here."""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

from indicated.errors import Problem
from indicated.report.errors import ReportError
from indicated.report.html import html_bytes
from indicated.report.memo import Memo


def pdf_bytes(memo: Memo) -> bytes:
    """The memo as PDF. Nothing is ever fetched: the page carries everything that it needs.

    Raises `ReportError` that says what to install where WeasyPrint or its libraries are missing.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise ReportError(
            [
                Problem(
                    "pdf",
                    "PDF needs WeasyPrint and its libraries, and they are not installed.",
                    "Install the extra `indicated[pdf]` with pip, or the Debian package `weasyprint`; "
                    "the libraries alone are `libpango-1.0-0` and `libpangoft2-1.0-0`. "
                    "Or choose the format html and print it.",
                )
            ]
        ) from error
    page = html_bytes(memo)
    identifier = hashlib.sha256(page).digest()[:16]
    document = HTML(string=page.decode(), url_fetcher=_refuse)
    data: Any = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return bytes(data)


def _refuse(*_: Any, **__: Any) -> NoReturn:
    """Refuse every address, so that no text of a chart can make the program fetch anything."""
    raise ValueError("A report fetches nothing.")
