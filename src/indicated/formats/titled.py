"""A section of a document that comes as markup: its title on a line of its own, and places that a person can find."""

from __future__ import annotations

import re
from collections.abc import Callable

from indicated.formats.markup import MarkupText, Unseen
from indicated.formats.model import Hidden, Place, TextBuilder

_STEP = re.compile(r"(\w+)\[(\d+)\]")
_PERSONS = {
    "table": "table",
    "tr": "row",
    "td": "column",
    "th": "column",
    "list": "list",
    "ul": "list",
    "ol": "list",
    "item": "item",
    "li": "item",
    "paragraph": "paragraph",
    "p": "paragraph",
    "footnote": "footnote",
}


def add_titled(
    out: TextBuilder,
    hidden: list[Hidden],
    unseen: Unseen,
    title: str,
    place: str,
    write: Callable[[MarkupText], None],
    *,
    first: bool = False,
) -> None:
    """Add a title, if there is one, and what `write` adds. A colon makes of a title one that is seen as such.

    Before a title stands an empty line, unless it is the `first` of its document.
    """
    if title:
        if not first:
            out.add("\n")
        out.add(title if title.endswith(":") else f"{title}:", path=f"{place}, title" if place else "title")
        out.add("\n")
    start = len(out.places)
    walker = MarkupText(out, unseen, hidden)
    write(walker)
    walker.line()
    for number in range(start, len(out.places)):
        found = out.places[number]
        out.places[number] = Place(found.start, found.end, path=_for_a_person(found.path, place))


def _for_a_person(path: str, place: str) -> str:
    steps = [
        f"{_PERSONS[name]} {number}" for name, number in _STEP.findall(path[len(place) :]) if name in _PERSONS
    ]
    return ", ".join([place, *steps] if place else steps)
