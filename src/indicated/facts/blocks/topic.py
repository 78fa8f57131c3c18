"""Where a sentence tells of something about a block - its order, its teaching, a letter - or of another needle's effect.

Whether such a thing came, was done or helped says nothing of the block itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicated.facts.blocks.mentions import MEANT, SAID, STRONG, WORD
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_TO_THE_BLOCK = lazy(
    r"\W*(?:(?:received|dated|sent|signed|obtained|in|came|arrived|made|placed|given|done|completed|reviewed|today|yesterday)\b[ :,]*)?(?:(?:of |from |on |dated )?\(?[\d/.-]{3,10}\)?,? )?"
    r"(?:for|about|of|on|re|regarding|concerning|to|with)[ :.](?:(?:the|a|an|her|his|my|your|this|first|next|upcoming|planned|proposed|requested|right|left|r|l|rt|lt|lower|limb|leg)[ -])*"
)
_RIGHT_BEHIND = lazy(r"[ \-–(]{1,3}(?:(?:was|were|has been|had been|is|be) )?(?:also |already |again )?")
_CLAUSE = lazy(r"[,;(]| - |->|→|\b(?:so|hence|therefore|thus|now)\b")
_ABOUT = lazy(
    r"\b(?:about|regarding|concerning) (?:(?:the|an?|her|his|my|this|first|next|upcoming|planned|proposed|right|left|r|l|lumbar|nerve)[ -])*$"
)
_NEXT = lazy(r"[,;(]|\b(?:and|then)\b|->|→")
_FEW = 3
_REACH = 48


def only_the_topic(note: Note, mention: Mention, near: Sequence[tuple[int, str, Mention]]) -> str:
    """How a block is meant of which only a paper, a talk or a step towards it is told: "planned", "hypothetical" or "".

    "The letter about the block came", "she had the block explained": what came or was had is the letter, the talk.
    """
    if _done_in_the_end(note, mention):
        return ""
    start = _start_of_names(note, mention)
    if _ABOUT.search(
        note.folded, max(note.segments[mention.segment].start, start - _REACH), start
    ) and not any(group == "done" and cue.start > mention.end for _, group, cue in near):
        return "planned"
    for paper in note.within(mention.segment, MEANT, "paper"):
        if paper.end <= start and start - paper.end <= _REACH:
            if _TO_THE_BLOCK.fullmatch(note.folded, paper.end, start):
                return "planned"
        elif paper.start >= mention.end and _RIGHT_BEHIND.fullmatch(note.folded, mention.end, paper.start):
            return "planned"
    for _, group, cue in near:
        if group not in ("planned", "hypothetical") or cue.start < mention.end:
            continue
        said = note.folded[cue.start : cue.end]
        if said.endswith("ed") and _RIGHT_BEHIND.fullmatch(note.folded, mention.end, cue.start):
            return group
    return ""


def _done_in_the_end(note: Note, mention: Mention) -> bool:
    """Whether a clause behind the name says that the block was done ("appointment for LSB 5/12 kept, block done at L3")."""
    return any(
        m.start > mention.end and _NEXT.search(note.folded, mention.end, m.start)
        for m in note.within(mention.segment, SAID, "done")
    )


def _start_of_names(note: Note, mention: Mention) -> int:
    """Where the names of a block begin of which the mention is one ("lumbar sympathetic block (64520)")."""
    start = mention.start
    for other in reversed(note.within(mention.segment, WORD, *STRONG, "weak")):
        if other.end <= start and not note.folded[other.end : start].strip(" (,:-[/cpt#"):
            start = other.start
    return start


def of_another_needle(note: Note, mention: Mention, cue: Mention) -> bool:
    """Whether a word of doing or effect belongs to another needle of the sentence ("ESI x2 did not hold, so LSB")."""
    others = note.within(mention.segment, WORD, "other")
    ours = [m for m in note.within(mention.segment, WORD, *STRONG) if m != mention]
    if cue.end <= mention.start:
        between = note.folded[cue.end : mention.start]
        before = [m for m in others if m.end <= cue.start]
        return bool(before) and bool(_CLAUSE.search(between)) and not _named(ours, before[-1].end, cue.start)
    for other in others:
        if mention.end <= other.start and other.end <= cue.start:
            between = note.folded[mention.end : other.start]
            if _CLAUSE.search(between) and len(between.split()) >= _FEW:
                return True
    return False


def _named(mentions: Sequence[Mention], start: int, end: int) -> bool:
    return any(start <= m.start < end for m in mentions)
