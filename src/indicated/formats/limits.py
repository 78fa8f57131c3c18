"""How much a foreign file may cost. A file that wants more is refused with a message that names the limit."""

from __future__ import annotations

import msgspec

MEGABYTE = 1_000_000
LARGEST_FILE = 100 * MEGABYTE
"""Bytes of one file of a foreign format: some 2,000 scanned pages."""


class Limits(msgspec.Struct, frozen=True):
    """The limits of one reading: seconds of the clock, bytes of memory, pages, and how far data may unfold.

    `text` is the most characters of text, `expansion` the most bytes that a compressed file may unfold to,
    `ratio` how many times its size.
    """

    seconds: int = 60
    memory: int = 1_000 * MEGABYTE
    pages: int = 3_000
    text: int = 10 * MEGABYTE
    expansion: int = 200 * MEGABYTE
    ratio: int = 200


DEFAULT = Limits()
