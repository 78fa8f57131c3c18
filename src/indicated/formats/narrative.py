"""Narratives of FHIR resources: XHTML divisions, one after the other. Runs in the worker."""

from __future__ import annotations

import msgspec
from lxml import etree, html

from indicated.formats.ask import Ask
from indicated.formats.html import unseen
from indicated.formats.markup import MarkupText
from indicated.formats.model import Hidden, Reading, TextBuilder
from indicated.formats.titled import add_titled

Section = tuple[str, str, str]
"""Where a section stands, its title, and its XHTML."""


def read(ask: Ask) -> Reading:
    """Read sections, each by itself, so that markup that one leaves open does not hide the next."""
    out, hidden = TextBuilder(), list[Hidden]()
    for place, title, division in msgspec.json.decode(ask.data, type=list[Section]):
        root = _parsed(division)
        if root is None:
            continue

        def write(walker: MarkupText, root: etree._Element = root, place: str = place) -> None:
            walker.walk(root, place)

        add_titled(out, hidden, unseen, title, place, write)
    return Reading(out.text, "FHIR narrative", out.map(), tuple(hidden))


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
