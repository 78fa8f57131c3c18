"""What a sentence says of a finding: that it is there, is not, was, may come, is somebody else's, or was not looked at.

The general cues of the vocabulary (who, if, planned) hold here as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.sign import NAMES, sign
from indicated.facts.findings.standing import of_a_wound, status_of
from indicated.facts.model import Status
from indicated.reading.note import Mention

_OF_SKIN = frozenset(
    ("skin temperature asymmetry", "skin color change", "abnormal sweating", "edema", "trophic change")
)


def spoken(scene: Scene) -> Iterator[Spoken]:
    """Yield what the sentences of a note say of its findings."""
    by_segment: dict[int, list[Mention]] = {}
    for word in scene.words:
        for mention in scene.note.named(word):
            if mention.group != "not" and mention.segment >= 0:
                by_segment.setdefault(mention.segment, []).append(mention)
    for segment in sorted(by_segment):
        here = sorted(by_segment[segment], key=lambda m: (m.start, -m.end))
        yield from _statement(scene, here)


def _statement(scene: Scene, here: list[Mention]) -> Iterator[Spoken]:
    names = [m for m in here if m.group in NAMES]
    note, segment = scene.note, scene.note.segments[here[0].segment]
    if ("title of findings", "elsewhere") in scene.titles.of(segment.label) and not note.within(
        here[0].segment, "limb.lower"
    ):
        return
    for mention in here:
        says = sign(scene, mention, here, names)
        if says is None:
            continue
        status, why = status_of(scene, mention, says)
        if (
            status in (Status.PRESENT, Status.ABSENT, Status.HISTORICAL)
            and mention.name in _OF_SKIN
            and of_a_wound(scene.note, mention, says)
        ):
            continue
        if status is not None:
            yield Spoken(
                mention.name,
                mention,
                status,
                (*why, f"{mention.group}: '{scene.note.folded[mention.start : mention.end]}'"),
            )
