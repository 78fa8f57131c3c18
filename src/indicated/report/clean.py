"""Text of a chart made harmless for the place where it is printed. The quote itself is never changed."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[-+=#]))(.)")


def printable(text: str) -> str:
    """The text with every character that could steer a terminal or a layout shown as its replacement sign.

    Line feeds and tabs stay. What is replaced are control characters, half surrogates and the signs that turn
    the direction of writing, with which a chart could make a report read other than it is.
    """
    return _SURROGATE.sub("�", _CONTROL.sub("�", text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(printable(text).split())


def markdown(text: str) -> str:
    """The text on one line, with everything escaped that Markdown or HTML would read as more than text."""
    safe = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LEADING.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", safe))
