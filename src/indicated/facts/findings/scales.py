"""A row of choices of which one is marked or circled: "none [ ]  mild [ ]  severe [X]", "never (sometimes) often"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_BOX = lazy(
    r"\[(?P<square>[ x✓*]?)\]|\((?P<round>[ x✓*]?)\)|(?P<sign>[☐☑☒✓✔□■○●])|(?<!\w)_+ ?(?P<line>[x✓]?) ?_+(?!\w)"
)
_RINGS = ("()", "[]", "**", "<>")
_FULL = "☑☒✓✔■●"
_NEAR = 3
_LEAST = 2
_STATUS = {
    "told": Status.PRESENT,
    "found": Status.PRESENT,
    "yes": Status.PRESENT,
    "no": Status.ABSENT,
    "past": Status.HISTORICAL,
    "open": Status.ASKED,
}


def scaled(scene: Scene) -> Iterator[Spoken]:
    """Yield findings with a row of choices behind them: what is marked, or asked where nothing is."""
    note = scene.note
    if not note.has("choice"):
        return
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic"):
            choice = _marked(note, mention)
            if choice:
                told = {"told": True, "found": False}.get(choice)
                yield Spoken(
                    word, mention, _STATUS[choice], ("what is marked of its choices",), reported=told
                )


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
    if marked == {"told", "found"}:
        return "yes"
    return marked.pop() if len(marked) == 1 else ("" if marked else "open")


def circled(scene: Scene) -> Iterator[Spoken]:
    """Yield findings with a row of words to choose from behind them, of which some stand in rings: "past (now)"."""
    note = scene.note
    if not note.has("choice"):
        return
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic"):
            choices = _row_behind(note, mention)
            ringed = {c.group for c in choices if _is_ringed(note, c)}
            if len(choices) >= _LEAST and ringed and (len(ringed) < len(choices) or _says_circle(note)):
                status = next(
                    _STATUS[group] for group in ("yes", "told", "found", "past", "no") if group in ringed
                )
                yield Spoken(word, mention, status, ("what is circled of its choices",), reported=None)


def _row_behind(note: Note, mention: Mention) -> list[Mention]:
    """The choices on the line of a mention, up to the next finding."""
    stop = note.folded.find("\n", mention.end)
    stop = stop if stop >= 0 else len(note.folded)
    stop = min([stop, *(m.start for m in note.between(mention.end, stop, mention.name, "topic", "present"))])
    return [c for c in note.between(mention.end, stop, "choice") if c.group != "open"]


def _is_ringed(note: Note, choice: Mention) -> bool:
    return note.folded[choice.start - 1] + note.folded[choice.end : choice.end + 1] in _RINGS


def _says_circle(note: Note) -> bool:
    return "circle" in note.folded


def _of(box: re.Match[str], choices: list[Mention], before: bool) -> Mention | None:
    """The choice that stands at a box, on the side on which this row has its boxes."""
    if before:
        return next((c for c in choices if 0 <= c.start - box.end() <= _NEAR), None)
    return next((c for c in choices if 0 <= box.start() - c.end <= _NEAR), None)


def _is_full(box: re.Match[str]) -> bool:
    return bool((box["square"] or box["round"] or box["line"] or "").strip()) or (box["sign"] or " ") in _FULL
