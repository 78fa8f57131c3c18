"""Words with boxes, set into lines as they stand on the page. Used for PDF text and for recognised pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from indicated.formats.model import Box, TextBuilder

_SAME_LINE = 0.5
"""Two words share a line when they overlap by this share of the lower one's height."""

_GAP_OF_COLUMNS = 1.7
"""A gap of so many characters is one between columns, and is kept as wide as it looks."""

_WIDEST_GAP = 40
_PARAGRAPH = 1.7
"""An empty line is set where lines stand so many times their usual distance apart (the lower quartile of the page)."""


@dataclass(frozen=True)
class Word:
    """A word on a page. `confidence` is that of recognition (0 to 1); None for text that was read."""

    text: str
    box: Box
    confidence: float | None = None


def add_lines(found: Iterable[Word], page: int, out: TextBuilder) -> None:
    """Add the words of a page to a text, line by line from the top, left to right."""
    words = list(found)
    lines = _lines(words)
    steps = [b - a for a, b in zip(map(_top, lines), map(_top, lines[1:]), strict=False) if b > a]
    usual = sorted(steps)[len(steps) // 4] if steps else 0
    margin = min((line[0].box[0] for line in lines), default=0.0)
    wide = _letter(words)
    last: float | None = None
    for line in lines:
        if last is not None and usual and _top(line) - last > _PARAGRAPH * usual:
            out.add("\n")
        last = _top(line)
        right, length = margin, 0
        for number, word in enumerate(line):
            gap = _spaces(word.box[0] - right, round((word.box[0] - margin) / wide) - length, wide)
            gap = gap if number or gap > 1 else 0
            out.add(" " * gap)
            out.add(word.text, page=page, box=word.box, confidence=word.confidence)
            right, length = word.box[2], length + gap + len(word.text)
        out.add("\n")


def _top(line: list[Word]) -> float:
    return min(word.box[1] for word in line)


def _lines(words: list[Word]) -> list[list[Word]]:
    """Group the words by height; a line is held by the span of its first words, so that a slope does not merge lines."""
    lines: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda w: (w.box[1] + w.box[3]) / 2):
        top, bottom = word.box[1], word.box[3]
        for number in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
            above, below, held = lines[number]
            shared = min(below, bottom) - max(above, top)
            if shared >= _SAME_LINE * min(below - above, bottom - top):
                held.append(word)
                break
        else:
            lines.append((top, bottom, [word]))
    ordered = [sorted(held, key=lambda w: w.box[0]) for _, _, held in lines]
    return sorted(ordered, key=_top)


def _letter(words: list[Word]) -> float:
    """The usual width of a letter of the page, in points."""
    widths = [(word.box[2] - word.box[0]) / len(word.text) for word in words if len(word.text) > 1]
    return max(median(widths), 0.5) if widths else 5.0


def _spaces(gap: float, to_column: int, wide: float) -> int:
    """One space between words; between columns as many as lead to the column where the word stands."""
    return min(max(to_column, 2), _WIDEST_GAP) if gap >= _GAP_OF_COLUMNS * wide else 1
