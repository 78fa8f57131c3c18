"""Marked-up text (HTML, the narrative of C-CDA) set as plain text: blocks as lines, cells between bars."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from indicated.formats.model import Hidden, TextBuilder

Unseen = Callable[[etree._Element], str]
"""Says why the content of an element is not seen; empty when it is."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "item",
        "legend",
        "li",
        "list",
        "main",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "paragraph",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(("td", "th"))
_ITEMS = frozenset(("li", "item"))
_BREAKS = frozenset(("br", "hr"))
_NO_TEXT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "svg",
        "math",
        "noscript",
        "object",
        "iframe",
        "audio",
        "video",
        "canvas",
    ]
)
_KEPT = frozenset(("pre", "textarea"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 20_000
"""Letters of a path: no page that a person wrote is nested so deeply."""

CELL = " | "
_LARGEST_CELL = 300
"""Letters of a cell that is one of a row of data. A longer one is a column of a page, and keeps its lines."""


class MarkupText:
    """Walks a tree and adds its words to a text, each with the path of its element."""

    def __init__(self, out: TextBuilder, unseen: Unseen, hidden: list[Hidden]) -> None:
        self.out = out
        self.unseen = unseen
        self.hidden = hidden
        self.fresh = True
        self.gap = False
        self.in_cell = False
        self.began = 0
        self.between = ""

    def walk(self, root: etree._Element, path: str = "") -> None:
        """Add an element with all that is in it. `path` names where it stands. Raises RecursionError for the absurd."""
        # An explicit stack: a file may be nested deeper than Python calls.
        stack: list[tuple[etree._Element, str, bool]] = [(root, path, False)]
        while stack:
            element, here, leaving = stack.pop()
            if leaving:
                self._leave(element, root, stack_path(here))
                continue
            if not isinstance(element.tag, str):
                self._comment(element, here)
                self._words(element.tail, here, element.getparent())
                continue
            name = etree.QName(element).localname.lower()
            why = "" if name not in _NO_TEXT else "code"
            why = why or self.unseen(element)
            if why:
                if why != "code":
                    length = len(_SPACES.sub(" ", "".join(map(str, element.itertext()))))
                    self.hidden.append(Hidden(why, length, path=here))
                if element is not root:
                    self._words(element.tail, here, element.getparent())
                continue
            if len(here) > _DEEPEST:
                raise RecursionError
            self._enter(element, name, here)
            stack.append((element, here, True))
            counts: dict[str, int] = {}
            children = []
            for child in element:
                if isinstance(child.tag, str):
                    tag = etree.QName(child).localname
                    counts[tag] = counts.get(tag, 0) + 1
                    children.append((child, f"{here}/{tag}[{counts[tag]}]", False))
                else:
                    children.append((child, here, False))
            stack.extend(reversed(children))

    def line(self) -> None:
        """End the line, if there is anything on it. Inside a cell of data the lines are put one after the other."""
        if self.in_cell:
            self._pause()
            return
        if not self.fresh:
            self.out.add("\n")
        self.fresh, self.gap = True, False

    def add(self, text: str, path: str) -> None:
        """Add words as they are, after a space if one is due."""
        if text:
            self.out.add((self.between or (" " if self.gap and not self.fresh else "")) + text, path=path)
            self.fresh, self.gap, self.between = False, False, ""

    def _pause(self) -> None:
        """Part what comes next in a cell from what stands there already."""
        last = self.out.parts[-1].rstrip()[-1:] if len(self.out.parts) > self.began else ""
        if last:
            self.between = " " if last in ".;:,!?-" else "; "

    def _enter(self, element: etree._Element, name: str, here: str) -> None:
        if name in _BLOCKS:
            self.line()
        if name in _BREAKS and self.in_cell:
            self._pause()
        elif name in _BREAKS:
            self.out.add("\n")
            self.fresh, self.gap = True, False
        if name in _ITEMS:
            self.add("-", here)
            self.gap = True
        if name in _CELLS and element.getprevious() is not None:
            self.out.add(CELL)
            self.fresh, self.gap = False, False
        if name in _CELLS:
            self.in_cell, self.began = _of_data(element), len(self.out.parts)
        value = _field(element, name)
        if value:
            self.gap = self.gap or not self.fresh
            self.add(value, here)
            self.gap = True
        self._words(element.text, here, element)

    def _leave(self, element: etree._Element, root: etree._Element, here: str) -> None:
        name = etree.QName(element).localname.lower()
        if name in _CELLS:
            self.in_cell, self.between = False, ""
        if name in _BLOCKS:
            self.line()
        if element is not root:
            self._words(element.tail, here, element.getparent())

    def _comment(self, element: etree._Element, here: str) -> None:
        words = element.text or ""
        if any(map(str.isalpha, words)):
            self.hidden.append(Hidden("comment", len(words), path=here))

    def _words(self, text: str | None, path: str, parent: etree._Element | None) -> None:
        if not text:
            return
        if _kept(parent):
            self.out.add(text, path=path)
            self.fresh = text.endswith("\n")
            return
        words = _SPACES.sub(" ", text)
        if words.startswith(" "):
            self.gap = True
        self.add(words.strip(" "), path)
        if words.endswith(" "):
            self.gap = True


def stack_path(path: str) -> str:
    """The path of the parent of a place."""
    return path.rpartition("/")[0]


def _of_data(cell: etree._Element) -> bool:
    """Whether a cell is one of a row of data, and not a column of a page that is set as a table."""
    alone = cell.getprevious() is None and cell.getnext() is None
    if alone or next(cell.iter("{*}table"), None) is not None:
        return False
    return len(_SPACES.sub(" ", "".join(map(str, cell.itertext())))) <= _LARGEST_CELL


def _kept(element: etree._Element | None) -> bool:
    while element is not None:
        if isinstance(element.tag, str) and etree.QName(element).localname.lower() in _KEPT:
            return True
        element = element.getparent()
    return False


def _field(element: etree._Element, name: str) -> str:
    """What a field of a form shows: `[x]`, `[ ]`, or the value that was typed."""
    if name != "input":
        return ""
    kind = (element.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return "[x]" if element.get("checked") is not None else "[ ]"
    return "" if kind in {"hidden", "password", "submit", "button", "image"} else (element.get("value") or "")
