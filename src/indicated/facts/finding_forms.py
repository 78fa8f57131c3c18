"""Findings in forms: questions with their answers, blanks that nobody filled, boxes that are ticked or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.finding_meaning import SAID, Spoken
from indicated.facts.finding_place import Places
from indicated.facts.finding_source import Titles
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note

_ASKED = re.compile(r"[^?\n;]{0,110}?\?(?!\s*\])")
_ANSWER = re.compile(
    r"[\s\"'\[(|.:>-]*(?:a(?:ns(?:wer)?)?[:.]\s*)?[\"']?\s*(?P<word>[a-z]+|\[x\]|\([x]\)|_{2,}|\+|-)(?P<then>[^?\n]{0,24})"
)
_YES = frozenset(
    (
        "yes",
        "y",
        "yep",
        "yeah",
        "yup",
        "definitely",
        "positive",
        "pos",
        "often",
        "daily",
        "sometimes",
        "always",
        "very",
        "absolutely",
        "affirmative",
        "indeed",
    )
)
_NO = frozenset(
    ("no", "n", "nope", "nah", "never", "none", "neg", "negative", "nil", "denies", "same", "neither", "not")
)
_BLANK = re.compile(
    r"[\s:?=/|@-]*(?:\([a-z/ ]{1,16}\))?[\s:]*(?:r(?:ight)?|l(?:eft)?)?[\s:.]*(?:foot|leg|ankle)?[\s:]*(?:(?:_{2,}|\.{4,}|-{4,})\s*(?:/\s*\d+)?[\s,;.|]*(?:cm|c|f|deg)?\s*(?:$|\n|r\b|l\b|right\b|left\b|[a-z ]{2,20}(?:_{2,}|\.{4,}))|\{|\*{3}|@[a-z]+@)"
)
_TICK = re.compile(r"(?:\[(?P<square>[ xX]?)\]|\((?P<round>[ xX]?)\)|(?P<sign>[☐☑☒✓✔□■○●]))[ \t]*$")
_FULL = "☑☒✓✔■●"


def questioned(note: Note, titles: Titles, places: Places, words: Sequence[str]) -> Iterator[Spoken]:
    """Yield the findings that are asked for, with the answer that follows, or unanswered."""
    for word in words:
        for mention in note.named(word, "present", "limb", "topic", "absent"):
            question = _ASKED.match(note.folded, mention.end)
            if not question or re.search(r"[.!][\"')]*\s", question[0]):
                continue
            status = _reply(note, mention, question.end())
            if status is not None:
                yield Spoken(word, mention, status, ("a question and what follows it",))


def _reply(note: Note, mention: Mention, at: int) -> Status | None:
    reply = _ANSWER.match(note.folded, at)
    first = reply["word"] if reply else ""
    positive = mention.group != "absent"
    if first in _YES or first in ("[x]", "(x)", "+"):
        if first in ("yes", "y") and reply and re.match(r"[\s/\[\]()_☐○|]*\b(?:no|n)\b", reply["then"]):
            return Status.ASKED
        return Status.PRESENT if positive else Status.ABSENT
    if first in _NO:
        return Status.ABSENT if positive else Status.PRESENT
    following = note.segment_at(at + 1)
    if reply and any(
        m.name == mention.name and m.start >= at and m.start < at + 90
        for m in (*note.within(following), *(note.within(following + 1)))
    ):
        return None
    return Status.ASKED


def ticked(note: Note, titles: Titles, places: Places, words: Sequence[str]) -> Iterator[Spoken]:
    """Yield findings that have a box before them or a blank behind them."""
    for word in words:
        for mention in note.named(word, "present", "limb", "topic"):
            if _BLANK.match(note.folded, mention.end):
                yield Spoken(word, mention, Status.ASKED, ("a blank behind it",))
                continue
            if mention.group == "topic" and word not in ("abnormal sweating", "skin color change"):
                continue
            box = _TICK.search(note.folded, max(0, mention.start - 8), mention.start)
            if box and _full(box):
                if not any(m.group == "open" for m in note.within(mention.segment, SAID)):
                    yield Spoken(word, mention, Status.PRESENT, ("its box is ticked",))


def _full(box: re.Match[str]) -> bool:
    return (box["square"] or box["round"] or "").strip() != "" or (box["sign"] or " ") in _FULL
