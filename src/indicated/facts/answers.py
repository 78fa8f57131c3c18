"""The answer that follows a question or a field of a form, and the box that stands before a choice."""

from __future__ import annotations

import re
from typing import Literal

from indicated.reading.patterns import lazy

Answer = Literal["yes", "no", "open", ""]

_LEAD = r"[\s\"')\]]{0,3}(?:\([^()\n]{1,60}\))?[\s:?=|,.*\"'~>_-]{0,3}(?:\.{2,}|-{2,})?[\s:?=|]*(?:(?:a|ans(?:wer)?|pt|patient|reply|response)[:.]\s*)?[\"']?(?:\(?y(?:es)? ?/ ?n(?:o)?\)?[\s:?=-]+)?"
_OPEN = lazy(
    r"[\s:?=|.\"')-]*(?:\([a-z/ ,]{1,40}\))?[\s:?=|]*(?:_{2,}|\.{4,}(?=\s*(?:$|\n))|-{4,}(?=\s*(?:$|\n))|\*{3}|@[a-z]+@|\{|y {2,5}n\b(?! ?[:?)] *\w)|y ?/ ?n\b(?! ?[:?)] *\w)|yes ?/ ?no\b(?!\s*[:=-]+\s*\w)|yes or no\b|"
    r"\[ ?\] ?(?:y|yes)\b[\s/,|]*\[ ?\] ?(?:n|no)\b|\( ?\) ?(?:y|yes)\b[\s/,|]*\( ?\) ?(?:n|no)\b|\[ ?\] ?(?:n|no)\b[\s/,|]*\[ ?\] ?(?:y|yes)\b|"
    r"☐ ?(?:y|yes)\b[\s/,|]*☐ ?(?:n|no)\b|☐ ?(?:n|no)\b[\s/,|]*☐ ?(?:y|yes)\b|\?+\s*$|tbd\b|unk\b|unknown\b|(?:(?:\( ?\)|\[ ?\]|☐) ?[a-z][a-z /-]{0,24}?\s*){2,6}(?:$|\n)|not (?:asked|done|assessed|answered|known)\b|pending\b|\(circle\))"
)
# "Y  (N)", "[Y] N": the one in brackets was chosen.
_CIRCLED = lazy(
    r"[\s:?=.|]*(?:(?P<yes>[(\[<*]\s*y(?:es)?\s*[)\]>*]\s*[/|]?\s*n(?:o)?\b(?!\s*[)\]]))|y(?:es)?\s*[/|]?\s*[(\[<*]\s*n(?:o)?\s*[)\]>*])"
)
_NO = lazy(
    rf"{_LEAD}(?:\[ ?\] ?(?:yes|y)[\s/,|]*(?:\[x\]|\(x\)|☒|☑) ?(?:no|n)\b|(?:\[x\]|\(x\)|☒|☑|✓) ?(?:no|n|none|neg(?:ative)?|never|denies)\b|\( ?\) ?(?:yes|y)[\s/,|]*\(x\) ?(?:no|n)\b|"
    r"(?:no|n|none|nil|neg|negative|zero|nope|nah|never|denies|denied|not present|absent|nothing|nay)\b(?! ?/ ?(?:y|yes)\b)"
    r"(?=\s*(?:$|[.,;:!()|\"'\n\[-]|  |/|(?:use|uses|used|taken|ever|at present|currently|now|prescribed|per|reported|known|that|and|all|either|on|whatsoever|at all|today|noted|found|seen|present|known|sir|ma'am|maam|mam|doc|doctor|thanks|thank you|x \d|given|listed)\b))"
    r"(?! on \d)|0(?![\d./])|-ve\b|\(-\)|\(neg)"
)
_YES = lazy(
    rf"{_LEAD}(?:(?:\[x\]|\(x\)|☒|☑|✓) ?(?:yes|y)\b|\[ ?\] ?(?:no|n)[\s/,|]*(?:\[x\]|\(x\)|☒|☑) ?(?:yes|y)\b|(?:yes|y|yep|yeah|positive|pos)\b(?![\s/]*(?:\[ ?\]|n\b|no\b|__)|\? ?no))"
)
# "○ Y  ● N", "Yes ( )  No (X)": a box before each, or one behind each.
_MARK = r"(?:[\[(] ?[x✓✔]? ?[\])]|[☐☑☒✓✔□■○●])"
_BOXED = tuple(
    lazy(
        rf"[\s:?=.|]*(?:{before.format(1)}[ ]*(?P<yes>y|yes)\b{behind.format(1)}[\s/|,]*{before.format(2)}[ ]*n(?:o)?\b{behind.format(2)}"
        rf"|{before.format(3)}[ ]*n(?:o)?\b{behind.format(3)}[\s/|,]*{before.format(4)}[ ]*y(?:es)?\b{behind.format(4)})"
    )
    for before, behind in ((f"(?P<m{{}}>{_MARK})", ""), ("", f"[ ]*(?P<m{{}}>{_MARK})"))
)
_EMPTY = frozenset("☐□○[]() ")
# "Reply with name or NONE    A6  NONE": an answer that is marked as one, however far off.
_FIELD = lazy(r" [a-z/]+(?: [a-z/]+){0,3}:")
_MARKED = lazy(
    r"(?:  |\n|\|)\s*a(?:ns(?:wer)?|nswered)?\s?\d{0,2}[.:)]?\s+(?P<said>no|none|nil|never|n|yes|y)\b"
)
_BOX = lazy(r"(?:\[(?P<square>[ xX✓*]?)\]|\((?P<round>[ xX✓]?)\)|(?P<sign>[☐☑☒✓✔□■○●]))[ \t]*$")


def answer(folded: str, at: int, stop: int) -> Answer:
    """The answer that begins at `at`: yes, no, open (left blank, not answered), or none to be seen."""
    field = _FIELD.match(folded, at, stop)
    return (
        _answer(folded, at, stop)
        or (_answer(folded, field.end() - 1, stop) if field else "")
        or _marked(folded, at, stop)
    )


def _answer(folded: str, at: int, stop: int) -> Answer:
    boxed = ticked_of_pair(folded, at, stop)
    if boxed:
        return boxed
    circled = _CIRCLED.match(folded, at, stop)
    if circled:
        return "yes" if circled["yes"] else "no"
    if _OPEN.match(folded, at, stop):
        return "open"
    if _NO.match(folded, at, stop):
        return "no"
    return "yes" if _YES.match(folded, at, stop) else ""


def ticked_of_pair(folded: str, at: int, stop: int) -> Answer:
    """The ticked one of a yes and a no that have a box each, "open" when none is, nothing where no such pair follows."""
    boxed = next((found for pattern in _BOXED if (found := pattern.match(folded, at, stop))), None)
    return _of_boxes(boxed) if boxed else ""


def _of_boxes(boxed: re.Match[str]) -> Answer:
    yes, no = ("m1", "m2") if boxed["yes"] else ("m4", "m3")
    ticked = [not _EMPTY.issuperset(boxed[mark]) for mark in (yes, no)]
    if all(ticked):
        return ""
    return "yes" if ticked[0] else "no" if ticked[1] else "open"


def _marked(folded: str, at: int, stop: int) -> Answer:
    marked = _MARKED.search(folded, at, stop)
    return "" if not marked else "yes" if marked["said"] in ("yes", "y") else "no"


def box(folded: str, at: int) -> Literal["full", "empty", ""]:
    """The box right before a place in the text."""
    found = _BOX.search(folded, max(0, at - 6), at)
    if not found:
        return ""
    inside = (found["square"] or found["round"] or "").strip() or (found["sign"] or "")
    return "full" if inside and inside not in "☐□○" else "empty"
