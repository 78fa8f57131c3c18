"""Recognises the words of one gray page with Tesseract. Runs in the worker.

The page is set straight first: by quarters when its words cannot be read as it lies, and by the few degrees that
a sheet lies askew on the glass.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import pairwise

from PIL import Image, ImageOps

from indicated.formats.ask import TESSERACT, Ask, Refused
from indicated.formats.lines import Word, add_lines
from indicated.formats.model import Reading, TextBuilder

_DPI = 300
_WELL = 0.80
"""Mean confidence above which a page certainly lies the right way."""

_READABLE = 0.60
"""Below this mean confidence the words are guesses; the page counts as not read."""

_INK = 0.0004
"""The share of dark points below which a page is blank: dust and a line of a fax are less."""

_DARK = 128
_ANGLES = tuple(step * 0.25 for step in range(-16, 17))
"""Degrees of skew that are tried."""


def read(ask: Ask) -> Reading:
    """Recognise a page. A page without ink is blank; one whose words are guesses has a problem, and no text."""
    try:
        picture = Image.open(BytesIO(ask.data), formats=("PPM",)).convert("L")
    except (OSError, ValueError) as error:
        raise Refused("the picture of the page is damaged.") from error
    out = TextBuilder()
    if _ink(picture) < _INK:
        out.end_page(ask.page, 0, how="OCR", blank=True, **_size(picture))
        return Reading("", "OCR", out.map())
    turned, picture, words = _upright(picture)
    sure = _confidence(words)
    if sure < _READABLE or not words:
        problem = "its words could not be recognised"
        out.end_page(ask.page, 0, how="OCR", confidence=sure, problem=problem, **_size(picture))
        return Reading("", "OCR", out.map())
    add_lines(words, ask.page, out)
    out.add("\f")
    out.end_page(ask.page, 0, how="OCR", confidence=sure, turned=turned, **_size(picture))
    return Reading(out.text, "OCR", out.map())


def _size(picture: Image.Image) -> dict[str, float]:
    return {"width": picture.width * 72 / _DPI, "height": picture.height * 72 / _DPI}


def _ink(picture: Image.Image) -> float:
    counts = picture.histogram()
    return sum(counts[:_DARK]) / max(sum(counts), 1)


def _upright(picture: Image.Image) -> tuple[int, Image.Image, list[Word]]:
    """Try the page as it lies; then, if its words are doubtful, as each quarter turn lays it."""
    tried = []
    for turned in (0, 180, 90, 270):
        laid = _straight(picture.rotate(-turned, expand=True, fillcolor=255) if turned else picture)
        words = list(_words(laid))
        sure = _confidence(words)
        if sure >= _WELL and words:
            return turned, laid, words
        tried.append((sure * len(words), -turned, laid, words))
    _, turned, laid, words = max(tried, key=lambda one: one[:2])
    return -turned, laid, words


def _straight(picture: Image.Image) -> Image.Image:
    """Turn a page by the angle at which its lines stand out most from the gaps between them."""
    small = ImageOps.invert(picture).reduce(max(1, picture.width // 600))

    def sharpness(angle: float) -> float:
        rows = small.rotate(angle, Image.Resampling.BILINEAR).resize((1, small.height), Image.Resampling.BOX)
        values = rows.tobytes()
        return sum((a - b) ** 2 for a, b in pairwise(values))

    best = max(_ANGLES, key=lambda angle: (sharpness(angle), -abs(angle)))
    if not best or sharpness(best) < 1.05 * sharpness(0):
        return picture
    return picture.rotate(best, Image.Resampling.BICUBIC, fillcolor=255)


def _words(picture: Image.Image) -> Iterator[Word]:
    """The words that Tesseract finds, with their boxes in points."""
    data = BytesIO()
    picture.save(data, "PPM")
    command = [TESSERACT, "stdin", "stdout", "-l", "eng", "--dpi", str(_DPI), "--psm", "6", "tsv"]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, check=True)  # noqa: S603
    except FileNotFoundError as error:
        raise Refused("Tesseract is not installed.", "Install it: apt install tesseract-ocr.") from error
    except subprocess.CalledProcessError as error:
        raise Refused("Tesseract could not read the page.", "Scan it again.") from error
    rows = csv.DictReader(
        StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    for row in rows:
        text, sure = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        if not text or sure < 0:
            continue
        left, top, wide, high = (int(row[key] or 0) * 72 / _DPI for key in ("left", "top", "width", "height"))
        yield Word(text, (left, top, left + wide, top + high), sure / 100)


def _confidence(words: list[Word]) -> float:
    """The mean confidence of the letters and digits; 0 when there are none."""
    letters = [(sum(map(str.isalnum, word.text)), word.confidence or 0.0) for word in words]
    total = sum(count for count, _ in letters)
    return sum(count * sure for count, sure in letters) / total if total else 0.0
