"""The words of pages as patterns. Of several terms the longest is found, and spaces and hyphens are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from indicated.resources import VOCABULARY
from indicated.vocabulary.pages import PageWords, read_page_words

HEAD = 14
"""So many lines that are not empty are the head of a page."""

LONGEST = 400
"""So much of a line is looked at: labels and titles stand in short ones, and the work stays that of the length."""
_FIELD = re.compile(r"\s{2,}|\t|\||[_=*~]{2,}")


@lru_cache(maxsize=1)
def page_words() -> PageWords:
    """The words of pages that come with the program."""
    return read_page_words(VOCABULARY)


def any_of(terms: Iterable[str]) -> str:
    """A pattern for any of the terms as whole words, the longest first."""
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    spelled = (r"[ \-]*".join(map(re.escape, term.split(" "))) for term in ordered)
    return rf"(?<![\w.])(?:{'|'.join(spelled)})(?!\w)"


def plain(text: str) -> str:
    """The text in lower case and without accents, character for character."""
    if text.isascii():
        return text.lower()
    return "".join((unicodedata.normalize("NFKD", sign)[0]).lower()[:1] or sign for sign in text)


def head_lines(text: str, most: int = HEAD) -> list[str]:
    """The first lines that are not empty."""
    found = []
    for line in text.splitlines():
        if line.strip():
            found.append(line[:LONGEST])
            if len(found) == most:
                break
    return found


def fields(line: str) -> list[str]:
    """The fields of a line: what stands between wide gaps, tabs and rules."""
    return [field.strip(" -–—:*#<>\"'") for field in _FIELD.split(line) if field.strip(" -–—:*#<>\"'")]
