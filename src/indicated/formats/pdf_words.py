"""The words of a PDF page with their boxes, by the characters that pdfium finds. Runs in the worker."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indicated.formats.lines import Word
from indicated.formats.model import Box

_WORD_GAP = 0.25
"""Of the height of a letter: a wider gap ends a word even where no space is written."""

_SOFT_HYPHEN = "\u00ad"
_PDF_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""


def words_of(page: pdfium.PdfPage) -> Iterator[Word]:
    """Yield the words of a page in the order of the file; boxes count from the upper left corner, as it is turned."""
    turn = _turn(page)
    with closing(page.get_textpage()) as text_page:
        letters: list[str] = []
        box: Box | None = None
        for number in range(text_page.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text_page, number))
            if letter.isspace() or letter in "\0\ufffe\uffff":
                if letters and box:
                    yield Word("".join(letters), turn(box))
                letters, box = [], None
                continue
            found = _box(text_page, number)
            if found is None:
                continue
            if box and letters and _apart(box, found):
                yield Word("".join(letters), turn(box))
                letters, box = [], None
            letters.append("-" if letter in (_PDF_HYPHEN, _SOFT_HYPHEN) else letter)
            box = _around(box, found) if box else found
        if letters and box:
            yield Word("".join(letters), turn(box))


def _box(text_page: pdfium.PdfTextPage, number: int) -> Box | None:
    """Left, bottom, right and top of a character: as high as its font, so that a hyphen stands on its line."""
    rectangle = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, number, ctypes.byref(rectangle)):
        return None
    left, right = sorted((rectangle.left, rectangle.right))
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    return (left, bottom, right, top)


def _apart(box: Box, found: Box) -> bool:
    height = max(found[3] - found[1], 1e-6)
    other_line = found[1] > box[3] or found[3] < box[1]
    return other_line or found[0] - box[2] > _WORD_GAP * height or found[2] < box[0] - height


def _around(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


class _turn:  # noqa: N801  # used as a function that remembers the page
    """From PDF space (up from the lower left) to the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.quarters = (page.get_rotation() // 90) % 4
        left, bottom, right, top = page.get_cropbox()
        self.origin = (left, bottom)
        self.size = (right - left, top - bottom)

    def __call__(self, box: Box) -> Box:
        left, bottom, right, top = box
        x, y = self.origin
        wide, high = self.size
        left, right, bottom, top = left - x, right - x, bottom - y, top - y
        if self.quarters == 1:
            return (bottom, left, top, right)
        if self.quarters == 2:
            return (wide - right, bottom, wide - left, top)
        if self.quarters == 3:
            return (high - top, wide - right, high - bottom, wide - left)
        return (left, high - top, right, high - bottom)
