"""Values of the two sides in rows of their own: "SKIN TEMP FOOT LT|27.1" above "SKIN TEMP FOOT RT|30.4"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indicated.chart.model import Side
from indicated.facts.findings.compare import compare, looks_hot
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORDS = ("skin temperature asymmetry", "edema", "motor change")
_SIDES: dict[str, Side] = {"side.right": "right", "side.left": "left"}
_VALUE = lazy(r"(?<![\d/.:-])\d{1,4}(?:[.,]\d+)?(?![\d/:-]|\.\d)(?!\s?(?:am|pm|%|days?|wks?)\b)")


def rowed(scene: Scene) -> Iterator[Spoken]:
    """Yield what two rows or sentences that follow each other say, each with the topic, one side and one value."""
    note = scene.note
    for word in (w for w in _WORDS if w in scene.words):
        topics = {m.segment: m for m in reversed(note.named(word, "topic"))}
        for first, second in pairwise(sorted(topics)):
            if second - first != 1 or note.segments[first].heading != note.segments[second].heading:
                continue
            one, other = _value(note, topics[first]), _value(note, topics[second])
            if one is None or other is None or one[0] == other[0]:
                continue
            right, left = (one[1], other[1]) if one[0] == "right" else (other[1], one[1])
            text = note.text_of(first) + note.text_of(second)
            verdict = compare(word, right, left, hot=looks_hot(text))
            if verdict is None:
                continue
            status = Status.PRESENT if verdict[0] == "yes" else Status.ABSENT
            yield Spoken(
                word, topics[second], status, (f"right {right:g}, left {left:g}",), verdict[1], False
            )


def _value(note: Note, topic: Mention) -> tuple[Side, float] | None:
    """The side and the only number behind a topic, where the statement has one of each."""
    sides = {_SIDES[m.name] for m in note.within(topic.segment, "side") if m.name in _SIDES}
    end = note.segments[topic.segment].end
    values = [float(v[0].replace(",", ".")) for v in _VALUE.finditer(note.folded, topic.end, end)]
    return (sides.pop(), values[0]) if len(sides) == 1 and len(values) == 1 else None
