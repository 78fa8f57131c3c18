"""Narratives of FHIR resources: XHTML divisions, those of one document on one page. Runs in the worker."""

from __future__ import annotations

import msgspec
from lxml import etree, html

from indicated.formats.ask import Ask
from indicated.formats.html import unseen
from indicated.formats.markup import MarkupText
from indicated.formats.model import Hidden, Reading, TextBuilder
from indicated.formats.titled import add_titled

Section = tuple[int, str, str, str]
"""The number of its document, where a section stands, its title, and its XHTML."""


def read(ask: Ask) -> Reading:
    """Read sections, each by itself, so that markup that one leaves open does not hide the next."""
    pages: dict[int, list[Section]] = {}
    for section in msgspec.json.decode(ask.data, type=list[Section]):
        pages.setdefault(section[0], []).append(section)
    out, hidden = TextBuilder(), list[Hidden]()
    for number, sections in pages.items():
        since, unseen_before = out.length, len(hidden)
        for _, place, title, division in sections:
            _add(out, hidden, place, title, division, first=out.length == since)
        out.end_page(number, since)
        hidden[unseen_before:] = [msgspec.structs.replace(one, page=number) for one in hidden[unseen_before:]]
    return Reading(out.text, "FHIR narrative", out.map(), tuple(hidden))


def _add(
    out: TextBuilder, hidden: list[Hidden], place: str, title: str, division: str, *, first: bool
) -> None:
    root = _parsed(division)
    if root is None:
        return

    def write(walker: MarkupText) -> None:
        walker.walk(root, place)

    add_titled(out, hidden, unseen, title, place, write, first=first)


def _parsed(division: str) -> etree._Element | None:
    """The tree of a division; None when there is no word in it. Raises RecursionError for absurd nesting."""
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = html.fragment_fromstring(division, create_parent="div", parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise RecursionError
    return root if "".join(map(str, root.itertext())).strip() else None
