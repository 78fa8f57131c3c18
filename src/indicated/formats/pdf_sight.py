"""Whether a word of a PDF can be seen: the page is painted, and the place of the word must show ink."""

from __future__ import annotations

from contextlib import closing

import pypdfium2 as pdfium

from indicated.formats.lines import Word

_SCALE = 2.0
"""Pixels to a point: fine enough for the strokes of small print."""

_LARGEST = 4_000_000
"""Pixels of a painted page; a larger page is painted coarser."""

_TINY = 3.0
"""Points of the height of the line that nobody reads; the smallest print of forms is above 4."""

_CONTRAST = 40
"""Of 255: what the darkest and the lightest point of a word must differ by."""


class Sight:
    """A page as it is seen."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        width, height = page.get_size()
        self.scale = min(_SCALE, (_LARGEST / (width * height)) ** 0.5)
        with closing(page.render(scale=self.scale, grayscale=True, may_draw_forms=False)) as bitmap:
            self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
            self.pixels = bytes(bitmap.buffer)

    def why_hidden(self, word: Word) -> str:
        """Why a word cannot be seen; empty when it can."""
        left, top, right, bottom = (side * self.scale for side in word.box)
        if right <= 0 or bottom <= 0 or left >= self.width or top >= self.height:
            return "outside the page"
        if any(map(str.isalnum, word.text)) and word.box[3] - word.box[1] < _TINY:
            return "tiny"
        from_x, to_x = max(int(left), 0), min(int(right) + 1, self.width)
        darkest, lightest = 255, 0
        for row in range(max(int(top), 0), min(int(bottom) + 1, self.height)):
            pixels = self.pixels[row * self.stride + from_x : row * self.stride + to_x]
            if pixels:
                darkest, lightest = min(darkest, min(pixels)), max(lightest, max(pixels))
            if lightest - darkest >= _CONTRAST:
                return ""
        return "invisible"
