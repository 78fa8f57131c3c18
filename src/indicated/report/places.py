"""Where a quote stands in its source: the boxes on its page, or the path inside its file."""

from __future__ import annotations

from typing import Any

from indicated.chart.model import Chart
from indicated.formats.model import Box, SourceMap


def with_places(data: Any, chart: Chart) -> Any:
    """Plain data in which every quote of a document with a map has its `boxes` (one a line) and its `path`."""
    maps = {document.name: document.map for document in chart.documents if document.map.places}
    return _located(data, maps) if maps else data


def _located(data: Any, maps: dict[str, SourceMap]) -> Any:
    if isinstance(data, list):
        return [_located(part, maps) for part in data]
    if not isinstance(data, dict):
        return data
    found = {key: _located(value, maps) for key, value in data.items()}
    source = maps.get(data["document"]) if "quote" in data else None
    return found | place_of(source, data["start"], data["end"]) if source else found


def place_of(source: SourceMap, start: int, end: int) -> dict[str, Any]:
    """The boxes and the path of the characters from `start` to `end`; of each only what is known."""
    places = list(source.places_of(start, end))
    page = source.page_at(start)
    boxes = lines_of([one.box for one in places if one.box and (page is None or one.page == page.number)])
    paths = list(dict.fromkeys(one.path for one in places if one.path))
    return {name: value for name, value in (("boxes", boxes), ("path", "; ".join(paths))) if value}


def lines_of(boxes: list[Box]) -> list[list[float]]:
    """One box for each line, out of boxes in the order of the text: those side by side are one line."""
    lines: list[list[float]] = []
    for left, top, right, bottom in boxes:
        last = lines[-1] if lines else None
        if last and min(bottom, last[3]) - max(top, last[1]) > min(bottom - top, last[3] - last[1]) / 2:
            lines[-1] = [min(last[0], left), min(last[1], top), max(last[2], right), max(last[3], bottom)]
        else:
            lines.append([left, top, right, bottom])
    return [[round(number, 1) for number in line] for line in lines]
