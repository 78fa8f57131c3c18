"""The words of one paragraph of a Word document, and what in it is not seen."""

from __future__ import annotations

from lxml import etree

from indicated.formats.model import Hidden

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_CHECKED_SYMBOLS = {"F0FE", "F0FD", "F0FC", "F053", "F054", "F052", "2612", "2611"}
_EMPTY_SYMBOLS = {"F0A8", "F06F", "F0A3", "F071", "2610"}
_TINY = 5
"""Half points: text of two points and a half is not seen."""


def w(name: str) -> str:
    """The full name of an element of WordprocessingML."""
    return f"{{{NAMES['w']}}}{name}"


_SKIPPED = {
    w("del"),
    w("moveFrom"),
    w("instrText"),
    w("delText"),
    w("pPr"),
    w("rPr"),
    f"{{{NAMES['mc']}}}Fallback",
}
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): "\t"}


class Runs:
    """The text of a paragraph; `boxes` are the text boxes that hang on it, `hidden` what is not seen."""

    def __init__(self, paragraph: etree._Element, path: str) -> None:
        self.path = path
        self.boxes: list[etree._Element] = []
        self.hidden: list[Hidden] = []
        self._parts: list[str] = []
        self._walk(paragraph)
        self.text = "".join(self._parts)

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == w("txbxContent"):
                self.boxes.append(child)
            elif child.tag in _SKIPPED:
                if child.tag in {w("del"), w("moveFrom")}:
                    self._hide("deleted", child)
            elif child.tag == w("r") and (why := _unseen(child)):
                self._hide(why, child)
            elif child.tag == w("t"):
                self._parts.append(child.text or "")
            elif child.tag in _SIGNS:
                self._parts.append(_SIGNS[child.tag])
            elif child.tag == w("sym"):
                self._parts.append(_symbol(child.get(w("char"), "").upper()))
            elif child.tag == w("fldChar"):
                self._parts.append(_check_box(child))
            else:
                self._walk(child)

    def _hide(self, why: str, element: etree._Element) -> None:
        texts = (part.text or "" for part in element.iter(w("t"), w("delText")))
        length = sum(map(len, texts))
        if length:
            self.hidden.append(Hidden(why, length, path=self.path))


def _unseen(run: etree._Element) -> str:
    look = run.find("w:rPr", NAMES)
    if look is None:
        return ""
    for name in ("vanish", "webHidden", "specVanish"):
        switch = look.find(f"w:{name}", NAMES)
        if switch is not None and switch.get(w("val"), "true") not in {"0", "false", "off"}:
            return "hidden run"
    color = look.find("w:color", NAMES)
    behind = any(look.find(f"w:{name}", NAMES) is not None for name in ("shd", "highlight"))
    if color is not None and color.get(w("val"), "").upper() in {"FFFFFF", "FEFEFE", "FDFDFD"} and not behind:
        return "invisible"
    size = look.find("w:sz", NAMES)
    if size is not None and size.get(w("val"), "").isdigit() and int(size.get(w("val"), "24")) <= _TINY:
        return "tiny"
    return ""


def _symbol(char: str) -> str:
    if char in _CHECKED_SYMBOLS:
        return "[x]"
    return "[ ]" if char in _EMPTY_SYMBOLS else " "


def _check_box(field: etree._Element) -> str:
    box = field.find("w:ffData/w:checkBox", NAMES)
    if box is None:
        return ""
    state = box.find("w:checked", NAMES)
    state = box.find("w:default", NAMES) if state is None else state
    on = state is not None and state.get(w("val"), "1") not in {"0", "false", "off"}
    return "[x]" if on else "[ ]"
