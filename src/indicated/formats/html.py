"""HTML as a person sees it. Runs in the worker."""

from __future__ import annotations

import re

from lxml import etree, html

from indicated.formats.ask import Ask, Refused
from indicated.formats.markup import MarkupText
from indicated.formats.model import Hidden, Reading, TextBuilder
from indicated.formats.plain_text import decode_markup

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_TINY = re.compile(r"(?:0|0?\.\d+|[12](?:\.\d+)?)(?:px|pt)?|0?\.[0-2]\d*(?:em|rem)")
_WHITE = re.compile(
    r"#fff(?:fff)?|#f[c-f]f[c-f]f[c-f]|white|transparent|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5].*",
    re.I,
)
_FAR = re.compile(r"-\d{3,}(?:px|pt|em|mm|cm)?")


def read(ask: Ask) -> Reading:
    """Read an HTML page. What its styles hide, its comments and its scripts are no part of the text."""
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(decode_markup(ask.data), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise Refused("the page holds no text.") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise RecursionError
    out = TextBuilder()
    hidden: list[Hidden] = []
    walker = MarkupText(out, unseen, hidden)
    for element in root:
        if isinstance(element.tag, str) and element.tag == "head":
            continue
        walker.walk(element, f"/{element.tag}" if isinstance(element.tag, str) else "")
    walker.line()
    return Reading(out.text, "HTML", out.map(), tuple(hidden))


def unseen(element: etree._Element) -> str:
    """Why nobody sees an element: hidden, white on white, tiny, or moved off the page. Empty when it is seen."""
    if element.get("hidden") is not None or (element.get("type") or "").lower() == "hidden":
        return "invisible"
    style = {
        name.lower(): value.strip().lower()
        for name, value in _DECLARATION.findall(element.get("style") or "")
    }
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return "invisible"
    if re.fullmatch(r"0(?:\.0\d*)?", style.get("opacity", "1")):
        return "invisible"
    color = style.get("color", element.get("color") or "")
    if _WHITE.fullmatch(color) and not _dark_behind(element):
        return "invisible"
    if _TINY.fullmatch(style.get("font-size", "")):
        return "tiny"
    if any(_FAR.fullmatch(style.get(side, "")) for side in ("left", "top", "text-indent", "margin-left")):
        return "outside the page"
    return ""


def _dark_behind(element: etree._Element | None) -> bool:
    """Whether the element, or one around it, has a background of its own that is not white."""
    while element is not None:
        style = dict(_DECLARATION.findall(element.get("style") or ""))
        background = (
            style.get("background-color") or style.get("background") or element.get("bgcolor") or ""
        ).strip()
        if background:
            return not _WHITE.fullmatch(background.split()[0])
        element = element.getparent()
    return False
