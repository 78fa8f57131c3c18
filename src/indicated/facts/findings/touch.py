"""Pain of a touch by numbers: "brush 7/10 at eval, 0/10 today", "pin 9/10 R against 3/10 L".

Healthy skin does not hurt when it is brushed; any score above zero counts, for the side that scores higher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.chart.model import Side
from indicated.facts.findings.earlier import latest
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORD = "allodynia or hyperalgesia"
_STIMULUS = "touch stimulus"
_SCORE = lazy(r"(?<![\d/.])(\d{1,2}(?:\.\d)?)\s?(?:/|of|out of)\s?10(?![\d/])")
_SIDE = lazy(r"(?<![a-z0-9'])(?:(?P<r>right|rt|r)|(?P<l>left|lt|l))(?![a-z0-9'])")
_REACH = 40


def scored(scene: Scene) -> Iterator[Spoken]:
    """Yield what the scores of test stimuli say of touch."""
    note = scene.note
    if not note.has(_STIMULUS):
        return
    seen: set[int] = set()
    for mention in note.named(_STIMULUS):
        if mention.segment in seen:
            continue
        segment = note.segments[mention.segment]
        scores = list(_SCORE.finditer(note.folded, mention.end, segment.end))
        if not scores or scores[0].start() - mention.end > _REACH:
            continue
        if re.search(r"[.;]\s|\bpain\b", note.folded[mention.end : scores[0].start()]):
            continue
        seen.add(mention.segment)
        scores = latest(note, mention.segment, scores)
        values = [float(score[1]) for score in scores]
        anchor = Mention(_WORD, "topic", mention.start, mention.end, mention.segment)
        why = (", ".join(score[0] for score in scores),)
        if max(values) <= 0:
            yield Spoken(_WORD, anchor, Status.ABSENT, why, reported=False)
        else:
            side = _side(note, scores[values.index(max(values))]) if len(scores) > 1 else None
            yield Spoken(_WORD, anchor, Status.PRESENT, why, side, False)


def _side(note: Note, score: re.Match[str]) -> Side | None:
    """The side that stands right before or behind a score."""
    mark = re.compile(r"[\s(]*(?:on (?:the )?)?" + _SIDE.pattern).match(note.folded, score.end())
    mark = mark or next(iter(_SIDE.finditer(note.folded, max(0, score.start() - 6), score.start())), None)
    return None if mark is None else "right" if mark["r"] else "left"
