"""From the bytes of any document to its text with a map back to the source."""

from __future__ import annotations

import msgspec

from indicated.errors import ChartError, Problem
from indicated.formats.ask import Ask
from indicated.formats.detect import detect
from indicated.formats.limits import DEFAULT, LARGEST_FILE, Limits
from indicated.formats.model import Reading
from indicated.formats.plain_text import decode, too_large
from indicated.formats.recognition import Progress, recognise
from indicated.formats.sandbox import run

_NOT_READ = "Read are PDF, TIFF, PNG, JPEG, DOCX, RTF, HTML, C-CDA, FHIR and plain text."


def read_document(
    data: bytes, name: str, *, hint: str = "", limits: Limits = DEFAULT, progress: Progress | None = None
) -> Reading:
    """Read one document of any format. `name` is its path in the chart, for messages.

    `hint` is a name by whose end the format is told where the bytes leave it open; without it, `name` is.

    Pages without text are recognised, if Tesseract is there; else they stand in the reading with their problem.
    Raises ChartError. FHIR and ZIP files hold whole charts and are refused here: the chart reads them.
    """
    found = detect(data, hint or name)
    if found == "text":
        decoded = decode(data, name)
        notices = (f"{name}: not UTF-8; read as {decoded.unusual}.",) if decoded.unusual else ()
        return Reading(decoded.text, "text", notices=notices)
    if found in {"json", "zip", "unread"}:
        what = "the file is of a kind that is not read as a document."
        raise ChartError([Problem(name, what, _NOT_READ)])
    if len(data) > LARGEST_FILE:
        raise ChartError([too_large(name, LARGEST_FILE)])
    reading = run(Ask(found, data, limits), name)
    if found == "cda" and reading.members:
        return _body_of(reading, name, limits, progress)
    return recognise(data, name, reading, limits, progress)


def _body_of(shell: Reading, name: str, limits: Limits, progress: Progress | None) -> Reading:
    """Read what a C-CDA document only wraps: a PDF, RTF or text. The wrapping tells kind, date and patient."""
    [data] = shell.members.values()
    if detect(data, name) == "cda":
        what = "the body of the C-CDA document is another C-CDA document."
        raise ChartError([Problem(name, what, "Send the inner one.")])
    inner = read_document(data, name, limits=limits, progress=progress)
    return msgspec.structs.replace(
        inner,
        how=f"C-CDA, {inner.how}",
        kind=shell.kind,
        date=shell.date,
        patient=shell.patient,
    )
