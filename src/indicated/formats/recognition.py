"""Pages without text, recognised: several at a time, kept once they are done, and told as they come."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

import msgspec

from indicated.errors import ChartError
from indicated.formats.ask import PICTURE, PICTURE_FILE, TESSERACT, Ask
from indicated.formats.limits import Limits
from indicated.formats.model import Page, Place, Reading, SourceMap
from indicated.formats.page_cache import keep, kept, key_of
from indicated.formats.sandbox import run

MISSING = "the page is a picture and Tesseract is not installed (apt install tesseract-ocr)"

Progress = Callable[[str, int, int], None]
"""Called with the name of a document, the pages recognised so far and how many there are."""


def recognise(data: bytes, name: str, reading: Reading, limits: Limits, progress: Progress | None) -> Reading:
    """Recognise the pages of a document that are pictures. Without Tesseract they keep a problem that says so."""
    waiting = [page.number for page in reading.map.pages if page.problem == PICTURE]
    if not waiting:
        return reading
    if not shutil.which(TESSERACT):
        pages = tuple(
            msgspec.structs.replace(page, problem=MISSING) if page.problem == PICTURE else page
            for page in reading.map.pages
        )
        return msgspec.structs.replace(reading, map=msgspec.structs.replace(reading.map, pages=pages))
    found: dict[int, Reading] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        tasks = {pool.submit(_recognised, data, name, number, limits): number for number in waiting}
        for task in as_completed(tasks):
            found[tasks[task]] = task.result()
            if progress:
                progress(name, len(found), len(waiting))
    return _merged(reading, found)


def _recognised(data: bytes, name: str, number: int, limits: Limits) -> Reading:
    """One page: its picture, then its words. What goes wrong is the problem of this page and of no other."""
    place = f"{name}, page {number}"
    try:
        painted = run(Ask("page", data, limits, number), place)
        picture = painted.members[PICTURE_FILE]
        key = key_of(picture)
        reading = kept(key)
        if reading is None:
            reading = run(Ask("ocr", picture, limits, number), place)
            keep(key, reading)
    except ChartError as error:
        problem = error.problems[0].what.removesuffix(".")
        return Reading("", "OCR", SourceMap((Page(number, 0, 0, how="OCR", problem=problem),)))
    return reading


def _merged(reading: Reading, found: dict[int, Reading]) -> Reading:
    """Put recognised pages between those that were read as text."""
    text: list[str] = []
    pages: list[Page] = []
    places: list[Place] = []
    length = 0
    for page in reading.map.pages:
        source = found.get(page.number, reading)
        old = source.map.pages[0] if page.number in found else page
        piece = source.text[old.start : old.end]
        moved = length - old.start
        number = page.number
        pages.append(msgspec.structs.replace(old, number=number, start=length, end=length + len(piece)))
        places += [
            msgspec.structs.replace(place, start=place.start + moved, end=place.end + moved, page=number)
            for place in source.map.places_of(old.start, old.end)
        ]
        text.append(piece)
        length += len(piece)
    how = "OCR" if len(found) == len(pages) else f"{reading.how}, {len(found)} pages by OCR"
    return msgspec.structs.replace(
        reading, text="".join(text), how=how, map=SourceMap(tuple(pages), tuple(places))
    )
