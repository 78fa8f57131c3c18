"""A row of choices of which one is marked: "none [ ]  mild [ ]  severe [X]", the box before or behind its word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_BOX = lazy(r"\[(?P<square>[ x✓*]?)\]|\((?P<round>[ x✓*]?)\)|(?P<sign>[☐☑☒✓✔□■○●])")
_FULL = "☑☒✓✔■●"
_NEAR = 3
_LEAST = 2
_STATUS = {"yes": Status.PRESENT, "no": Status.ABSENT, "past": Status.HISTORICAL, "open": Status.ASKED}


def scaled(scene: Scene) -> Iterator[Spoken]:
    """Yield findings with a row of choices behind them: what is marked, or asked where nothing is."""
    note = scene.note
    if not note.has("choice"):
        return
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic"):
            choice = _marked(note, mention)
            if choice:
                yield Spoken(word, mention, _STATUS[choice], ("what is marked of its choices",))


def _marked(note: Note, mention: Mention) -> str:
    """The meaning of the marked choice ("yes", "no", "past", "open"), or nothing where there is no such row."""
    choices = [c for c in note.within(mention.segment, "choice") if c.start >= mention.end]
    if len(choices) < _LEAST:
        return ""
    boxes = list(_BOX.finditer(note.folded, mention.end, note.segments[mention.segment].end))
    if len(boxes) < _LEAST:
        return ""
    before = boxes[0].start() < choices[0].start
    pairs = [(box, _of(box, choices, before)) for box in boxes]
    if sum(choice is not None for _, choice in pairs) < _LEAST:
        return ""
    marked = {choice.group for box, choice in pairs if choice and _is_full(box)}
    return marked.pop() if len(marked) == 1 else ("" if marked else "open")


def _of(box: re.Match[str], choices: list[Mention], before: bool) -> Mention | None:
    """The choice that stands at a box, on the side on which this row has its boxes."""
    if before:
        return next((c for c in choices if 0 <= c.start - box.end() <= _NEAR), None)
    return next((c for c in choices if 0 <= box.start() - c.end <= _NEAR), None)


def _is_full(box: re.Match[str]) -> bool:
    return bool((box["square"] or box["round"] or "").strip()) or (box["sign"] or " ") in _FULL
