"""The answer that belongs to a finding in a list of findings: "temp -, color +, no edema / hair ="."""

from __future__ import annotations

import re

from indicated.facts.findings.words import FINDINGS, SAID
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_REACH = 80
_OF_THE_OTHER = lazy(r"\s*(?:on (?:the )?)?(?:r|l|right|left)(?![a-z])")
_MINUS = lazy(r"\s?:?\s?[-\u2013\u2212](?=\s*(?:[,;/|)\n]|$)|\s{2,})")
_PLUS = lazy(r"[a-z] ?:? ?\(?\+")
_OTHER_SIDE = lazy(
    r"(?:,|\band|\bwhile|\bwhereas|\bwith|/)\s*(?:the )?(?:other|right|left|r|l|good|opposite|contralateral|unaffected)(?![a-z])"
)
_LIST = lazy(r"[\s,/&+()]*(?:and|or|nor|and/or|vs|of|of the|in the|in)?[\s,/&()]*")
_SIGNS = lazy(r"[\s:|?.=()\-_,/\[\]]*")


def zone(note: Note, mention: Mention, names: list[Mention]) -> tuple[int, int]:
    """Where what is said of a mention may stand: from the finding before it to the one after it."""
    segment = note.segments[mention.segment]
    start, end = segment.start, segment.end
    for other in names:
        if other.end <= mention.start:
            start = max(start, other.end)
    last = mention.end
    for other in names:
        if (
            mention.name == "motor change"
            and other.name == "reduced range of motion"
            and other.group == "topic"
        ):
            continue
        if other.start < last:
            last = max(last, other.end) if other.start >= mention.start else last
            continue
        if _LIST.fullmatch(note.folded, last, other.start):
            last = other.end
            continue
        end = other.start
        break
    return start, end


def _answers(note: Note, segment: int) -> list[Mention]:
    return [
        m
        for m in note.within(segment, SAID)
        if m.group in ("no", "normal", "yes", "open", "change", "fine", "unseen")
    ]


def answer_behind(note: Note, mention: Mention, end: int, *, wide: bool) -> str | None:
    """The first answer behind a mention: at once for a finding, anywhere in its room for a topic."""
    text = note.folded
    segment = note.segments[mention.segment]
    if _MINUS.match(text, mention.end, segment.end) and _PLUS.search(text, segment.start, segment.end):
        return "no"
    changed = None
    for answer in _answers(note, mention.segment):
        if answer.start < mention.end or answer.end > end:
            continue
        if answer.group == "change":
            changed = changed or (
                "yes" if wide and len(text[mention.end : answer.start].split()) <= 2 else None
            )
            continue
        between = text[mention.end : answer.start]
        if answer.end - answer.start <= 2 or not wide or answer.group in ("open", "fine"):
            if not _only_places(note, mention, answer):
                if wide and answer.end - answer.start > 1 and answer.group == "open":
                    return "open"
                if wide:
                    continue
                return changed
        elif len(between) > _REACH:
            return changed
        if (
            text[answer.start : answer.end] in ("no", "n", "0")
            and re.match(r" [a-z]{2}", text[answer.end : answer.end + 3])
            and not any(m.start == answer.end + 1 for m in note.within(answer.segment, "side"))
            and not (
                wide
                and between.strip(" :-") == ""
                and any(
                    m.group != "not" and m.start == answer.end + 1
                    for m in note.among(mention.segment, *FINDINGS)
                )
            )
        ):
            return changed
        if not wide and answer.group in ("normal", "fine", "no") and _OTHER_SIDE.search(between):
            return changed
        if answer.group == "no" and _OF_THE_OTHER.match(text, answer.end) and "," in between:
            return changed
        return answer.group
    return changed


def answer_before(note: Note, mention: Mention, start: int) -> str | None:
    """An answer just before a topic: "normal skin color", "[x] no   sweating"."""
    for answer in reversed(_answers(note, mention.segment)):
        if answer.end <= mention.start and answer.start >= start:
            between = note.folded[answer.end : mention.start]
            if answer.group == "change":
                return "yes" if len(between.split()) <= 3 and not re.search(r"[,;:|.]", between) else None
            if len(between.split()) <= 3 and not re.search(r"[,;:|.]|\s{3,}", between):
                return answer.group
            return None
    return None


def _only_places(note: Note, first: Mention, second: Mention) -> bool:
    """Whether between two mentions stand only signs, sides, limbs and small words."""
    text = list(note.folded[first.end : second.start])
    if len(text) > 40:
        return False
    for m in note.among(first.segment, "side", "limb", "movement", first.name, "told or found"):
        if m.start >= first.end and m.end <= second.start:
            text[m.start - first.end : m.end - first.end] = " " * (m.end - m.start)
    rest = re.sub(
        r"'s\b|\b(?:is|are|was|were|of|the|in|on|at|to|a|his|her|my|both|sx|or|and|any|now|today|that|this|than|usual|present|here|there|seen|also|all)\b",
        " ",
        "".join(text),
    )
    return _SIGNS.fullmatch(rest) is not None
