"""The answer that a form or a conversation gives behind a question or a field, and the option that is marked of several."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.facts.answers import Answer, answer, box
from indicated.facts.choices import chosen
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_SIGN = lazy(r"[?:=|]|\.{3,}|\s{3,}")
_REACH = 60
_PARTED = lazy(r"\. [a-z]|;")
_BEHIND = lazy(r" ?(?:\[ ?[x✓✔] ?\]|\( ?[x✓✔] ?\)|[☒☑✓✔]|<-|<=|\*)")
_BOTH = lazy(r"[\s/|,]*(?:(?:yes|y)[\s/|,]+(?:no|n)|(?:no|n)[\s/|,]+(?:yes|y))\b(?! ?[(\[]?x)")
_BOXES = lazy(r"\[ ?[x✓✔]? ?\]|\( ?[x✓✔]? ?\)|[☐☑☒✓✔□■○●]")


def reply_to(note: Note, topic: Mention, end: int) -> Answer:
    """The yes or no behind a field or question in which a topic stands; "open" when it is left blank, "" without one."""
    sign = _SIGN.search(note.folded, topic.end, min(end, topic.end + _REACH))
    while sign:
        if _PARTED.search(note.folded, topic.end, sign.start()):
            return ""
        text = note.folded[sign.end() : end].split("\n")[0]
        if _BOTH.match(text):
            return "open"
        found: Answer = chosen(text) if _BOXES.search(text) else ""
        found = found or answer(note.folded, sign.end() if sign[0] != "?" else sign.start(), end)
        if found:
            return found
        sign = _SIGN.search(note.folded, sign.end(), min(end, topic.end + _REACH))
    return ""


def has_boxes(note: Note, segment: int) -> bool:
    """Whether a statement holds boxes to tick."""
    return bool(_BOXES.search(note.text_of(segment)))


def ticked(note: Note, options: Sequence[Mention]) -> list[Mention] | None:
    """Of options with boxes those that are ticked; an empty list when all are empty, None where there are no boxes.

    Boxes stand before their words when the first of them stands before the first word, else behind.
    """
    boxed = [(m, box(note.folded, m.start)) for m in options]
    full = [m for m, state in boxed if state == "full"]
    behind = [m for m in options if _BEHIND.match(note.folded, m.end)]
    if behind and len(full) != 1:
        return behind
    if not any(state for _, state in boxed):
        return None
    return full


def marked(note: Note, options: Sequence[Mention]) -> list[Mention]:
    """Of options that stand in a row those that are ticked, in brackets or alone in capitals."""
    found = ticked(note, options)
    if found:
        return found
    ringed = [
        m
        for m in options
        if note.folded[m.start - 1 : m.start] + note.folded[m.end : m.end + 1] in ("()", "[]", "<>", "**")
    ]
    if len(ringed) == 1:
        return ringed
    raised = [m for m in options if note.document.text[m.start : m.end].isupper()]
    return raised if len(raised) == 1 < len(options) else []
