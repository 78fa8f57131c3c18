"""A screen for infection: its items, and which of them are denied.

Two items that are denied, or found as they should be, make a screen; one alone, normal vital signs or a blanket "ROS
negative" do not. Redness, warmth and swelling belong to CRPS too, so they count only beside another item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.answers import answer, box, ticked_of_pair
from indicated.reading.note import Mention, Note

WORD = "active infection"
_BREAK = re.compile(
    r"\b(?:but|however|except|apart from|other than|reports|endorses|admits|does have|has had|positive for|still|just|only|although|though|yet|instead|because|while|when|until|complains|c/o|notes|shows)\b|[;|]|\. "
)
_DENIES = ("negated.before", "negated.after")
_MINUS = re.compile(r"(?:\(-\)|-ve|\(neg\)|∅|[⊖∅ø]|(?<![\w-])-(?=[a-z])) ?$")
_REPLY = re.compile(
    r"[\s\"']*(?:a:|ans(?:wer)?:|pt:|reply:|patient:)?[\s\"']*(?:no\b|none\b|nope\b|negative\b|neg\b|nil\b|denies\b|denied\b|not (?:any|at all|a)\b|nothing\b|all no\b|zero\b|i've had none|i have none|i don't have any|i haven't|never\b|nah\b)"
)
_YES_REPLY = re.compile(
    r"[\s\"']*(?:a:|ans(?:wer)?:|pt:|reply:)?[\s\"']*(?:yes|y|yeah|yep)\b(?!\s*(?:/|or)\s*n)"
)
_LEADERS = re.compile(
    r"[^?\n]{0,90}?(?:\.{3,}|\?| {3,}|:|\t|\|)[\s.:|]*(?:\[ ?\] ?y(?:es)?\s*)?(?:(?:\[x\]|\(x\)|☒|☑) ?(?:no|n|none|neg)\b|(?:no|none|n|neg|negative|nil|denied|denies|not any|zero|unbroken|intact|clear)\b(?![\s/]*(?:y\b|yes|\[ ?\] ?yes|__)| known))"
)
_NEAR = 70
_ENOUGH = 2


class Screen:
    """The items of a screen in a paragraph: which are denied, which are affirmed, and which are left open."""

    def __init__(self, note: Note, segments: Sequence[int], hidden: Sequence[Mention]) -> None:
        self.note = note
        self.segments = segments
        self.denied: dict[str, int] = {}
        self.weak: dict[str, int] = {}
        self.open = 0
        for number in segments:
            for mention in _items(note, number, hidden):
                self._take(mention)

    def _take(self, mention: Mention) -> None:
        text = self.note.folded[mention.start : mention.end]
        said = polarity(self.note, mention)
        if mention.group == "clean":
            if said not in ("no", "open"):
                self.weak.setdefault(text, mention.segment)
        elif said == "open":
            self.open += 1
        elif said == "no":
            (self.weak if mention.group == "local" else self.denied).setdefault(text, mention.segment)

    @property
    def negative(self) -> bool:
        """Whether enough is denied: two items, one of them more than skin that is as it should be."""
        return bool(self.denied) and len(self.denied) + len(self.weak) >= _ENOUGH

    @property
    def proof(self) -> list[int]:
        """The segments with what is denied."""
        return sorted({*self.denied.values(), *self.weak.values()})


def _items(note: Note, number: int, hidden: Sequence[Mention]) -> Iterator[Mention]:
    for mention in note.within(number, SCREEN, "screen", "clean", "local"):
        if not any(h.start < mention.end and mention.start < h.end for h in hidden):
            yield mention


SCREEN = "infection screen"


def polarity(note: Note, mention: Mention) -> str:
    """How an item is spoken of: "no", "open" (a question without an answer), "yes", or "" when it is only named."""
    segment = note.segments[mention.segment]
    if note.folded[segment.end - 1] == "?":
        reply = note.text_of(mention.segment + 1) if mention.segment + 1 < len(note.segments) else ""
        boxed = ticked_of_pair(reply, 0, len(reply))
        if boxed:
            return boxed
        return "no" if _REPLY.match(reply) else "yes" if _YES_REPLY.match(reply) else "open"
    behind = answer(note.folded, mention.end, segment.end)
    if behind:
        return behind
    if _MINUS.search(note.folded, max(segment.start, mention.start - 6), mention.start):
        return "no"
    if denied(note, mention):
        return "no"
    if _LEADERS.match(note.folded, mention.end, segment.end):
        return "no"
    if (
        "{" in note.folded[segment.start : mention.start]
        or "__" in note.folded[mention.end : min(segment.end, mention.end + _NEAR)]
    ):
        return "open"
    return ""


def denied(note: Note, mention: Mention) -> bool:
    """Whether a denial before a mention reaches it, along however long a list, or one right behind it does."""
    for cue in note.within(mention.segment, "cue", *_DENIES):
        if cue.start <= mention.start < cue.end or box(note.folded, cue.start) == "empty":
            continue
        if cue.end <= mention.start:
            if cue.group == "negated.after" and not re.search(
                r"\b(?:no|none)$", note.folded[cue.start : cue.end]
            ):
                continue
            if note.folded[cue.end : cue.end + 1] == "," or _BREAK.search(
                note.folded, cue.end, mention.start
            ):
                continue
            return True
        if (
            cue.group == "negated.after"
            and cue.start - mention.end <= _NEAR
            and not re.search(r"[,;|]|\. |\band\b", note.folded[mention.end : cue.start])
        ):
            return True
    return False
