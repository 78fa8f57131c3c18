"""Whether a block is asked for on account of another neuropathic pain than CRPS."""

from __future__ import annotations

import re

from indicated.facts.diagnosis.around import denial, phrases, room
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_ROWS, _NEAR = 3, 24
_JOINED = lazy(r"[\w \-()]{0,30}(?:\band\b|&|/|\+)[\w \-]{0,20}")
_SAID = "other neuropathic pain said"
_STRONG_BLOCK = lazy(
    r"lsb|lumbar (?:symp|chain|gangl)|sympathetic|stellate|sgb|64520|64510|shot|(?:the|this|a|try|for) block\b|block is|sympathectomy|spb"
)
_DIAGNOSIS_OF_ORDER = lazy(
    r"(?:^|\b)(?:diagnosis|dx|indication|reason|ind)(?:\s*[:|=]\s*|\s{2,})(?:painful |chronic |severe )*$"
)
_CLAUSE = lazy(r"[,;:]|\b(?:and|or|but|in|with)\b")
_LATTER = lazy(r"\bthe latter\b|\bthe second\b|\(2\)|#2|\bthe last\b")
_FORMER = lazy(r"\bthe former\b|\bthe first\b|\(1\)|#1|\bthe other\b")
_CODE = lazy(r"[a-z]\d\d(?:\.\w+)?")


def target_of(note: Note, mention: Mention, elsewhere: bool) -> tuple[bool | None, list[int]]:
    """Whether the block is for this pain, and the segments that say so."""
    segments = _beside(note, mention.segment)
    said = phrases(note, _SAID, segments)
    here = [m for m in said if m.segment == mention.segment]
    if any(m.group == "unsaid" for m in said):
        return None, []
    if elsewhere or any(m.group == "aside" for m in here):
        return False, []
    if _CODE.fullmatch(note.folded, mention.start, mention.end) and phrases(
        note, "CRPS", [mention.segment], "code"
    ):
        return None, []
    if _right_for_it(note, mention):
        return True, []
    again = _named_again(note, mention, segments)
    if again:
        return True, again
    if _for_both(note, mention):
        return None, []
    ordered = _by_order(note, mention, segments)
    if ordered is not None:
        return ordered, []
    titled = [m for m in note.above(mention.segment, _SAID) if m.group == "target"]
    label = note.folded[note.segments[mention.segment].start : mention.start]
    crps = [m for m in said if m.group == "crps"]
    dropped = any(m.group == "crps dropped" for m in said)
    if (titled or any(m.group == "target" and m.start < mention.start for m in here)) and not (
        crps and not dropped
    ):
        return True, []
    blocks = [m for m in said if m.group in ("block", "for", "target") and _strong(note, m)]
    if not blocks:
        return False, []
    if crps and not dropped:
        aimed = any(m.group == "target" for m in said) and "block" in label
        return aimed or _meant_for_it(note, mention, said), []
    tied = [m.segment for m in blocks]
    if _DIAGNOSIS_OF_ORDER.search(label):
        return True, tied
    if any(m.segment == mention.segment for m in blocks) or any(m.group in ("for", "target") for m in said):
        return True, tied
    return False, []


def _beside(note: Note, n: int) -> list[int]:
    """The segments of the paragraph around one; of a form, the rows above and below it."""
    beside = set(room(note, n, 2, 2))
    for step in (-1, 1):
        k = n + step
        while (
            0 <= k < len(note.segments)
            and abs(k - n) <= _ROWS
            and note.segments[n].row
            and note.segments[k].row
        ):
            beside.add(k)
            k += step
    return sorted(beside)


def _by_order(note: Note, mention: Mention, segments: list[int]) -> bool | None:
    """Whether "the latter", "(1)" and the like in the sentence on the block mean this pain, where CRPS is named too."""
    for n in segments:
        if n <= mention.segment or not phrases(note, _SAID, [n], "block"):
            continue
        text = note.text_of(n)
        crps = [m for m in phrases(note, "CRPS", segments) if m.segment < n]
        latter, former = bool(_LATTER.search(text)), bool(_FORMER.search(text))
        if crps and latter != former:
            return (mention.start > crps[0].start) == latter
    return None


def _right_for_it(note: Note, mention: Mention) -> bool:
    """Whether the sentence says that a block is for this pain ("LSB for the neuropathic pain of ..."), no other between."""
    own = note.within(mention.segment, _SAID)
    for m in own:
        if m.group not in ("block", "for", "target") or m.end > mention.start or not _strong(note, m):
            continue
        between = note.folded[m.end : mention.start]
        ties = [
            o for o in own if o.group in ("for", "target") and m.start <= o.start and o.end <= mention.start
        ]
        crossed = phrases(note, "CRPS", [mention.segment])
        if (
            ties
            and not _CLAUSE.search(between)
            and not any(m.end <= c.start for c in crossed)
            and not any(o.group in ("aside", "denied") and m.end <= o.start < mention.start for o in own)
            and not denial(note, ties[0])
        ):
            return True
    return False


def _named_again(note: Note, mention: Mention, segments: list[int]) -> list[int]:
    """The segment behind a name in which the block is said to be "for that neuralgia", no other name between."""
    for m in phrases(note, _SAID, segments, "again"):
        between = [
            o
            for name in ("CRPS", "other neuropathic pain")
            for o in phrases(note, name, segments)
            if mention.end <= o.start and o.end <= m.start
        ]
        blocks = [o for o in note.within(m.segment, _SAID, "block") if _strong(note, o)]
        if m.start >= mention.end and not between and blocks and not denial(note, m):
            return [m.segment]
    return []


def _for_both(note: Note, mention: Mention) -> bool:
    """Whether one block is said to be for CRPS and this pain in one breath ("LSB for CRPS and diabetic neuropathy")."""
    own = note.within(mention.segment, _SAID)
    if any(m.group in ("aside", "denied") for m in own):
        return False
    for crps in note.within(mention.segment, "CRPS"):
        first, last = sorted((crps, mention), key=lambda m: m.start)
        tied = any(m.group in ("for", "target") and 0 <= first.start - m.end <= _NEAR for m in own)
        blocks = any(
            m.group in ("block", "for", "target") and m.end <= first.start and _strong(note, m) for m in own
        )
        if tied and blocks and _JOINED.fullmatch(note.folded, first.end, last.start):
            return True
    return False


def _strong(note: Note, m: Mention) -> bool:
    return bool(_STRONG_BLOCK.search(note.folded[max(0, m.start - 6) : m.end + 4]))


def _meant_for_it(note: Note, mention: Mention, said: list[Mention]) -> bool:
    """With CRPS named beside it: only words that tie the block to a part of the body named with this pain."""
    ties = [
        m
        for m in said
        if m.group in ("target", "for")
        and m.segment >= mention.segment
        and "block" in note.text_of(m.segment)
    ]
    parts = {
        note.folded[m.start : m.end] for m in note.within(mention.segment, "limb") if m.start > mention.end
    }
    for tie in ties:
        text = note.text_of(tie.segment)
        if any(re.search(rf"\b{re.escape(p)}\b", text) for p in parts):
            return True
    return False
