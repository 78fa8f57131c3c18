"""What passes between the program and the worker that reads a foreign file: one question, one answer."""

from __future__ import annotations

import msgspec

from indicated.formats.limits import DEFAULT, Limits
from indicated.formats.model import Reading

PICTURE = "the page is a picture"
"""The problem of a page that waits for recognition."""

PICTURE_FILE = "page.pgm"
"""The name under which the picture of a page comes back from the worker."""

TESSERACT = "tesseract"
"""The program that recognises pages."""


class Ask(msgspec.Struct, frozen=True):
    """A file to read. `reader` is a name of `READERS`; `page` asks for one page alone (0: all)."""

    reader: str
    data: bytes
    limits: Limits = DEFAULT
    page: int = 0


class Answer(msgspec.Struct, frozen=True):
    """The reading, or why there is none: what is wrong and what to do instead."""

    reading: Reading | None = None
    what: str = ""
    instead: str = ""


class Refused(Exception):
    """A file cannot be read. `what` is wrong, `instead` is to be done; neither holds a word of the file."""

    def __init__(self, what: str, instead: str = "Send it again, or send its text as a .txt file.") -> None:
        super().__init__(what)
        self.what = what
        self.instead = instead
