"""Findings of the limb: temperature, colour, sweating, swelling, touch, motion, strength, skin and nails.

One reader serves them all; how each is said stands in the vocabulary. Of an entry it uses the groups

    present   says by itself that the finding is there ("cooler than the left")
    absent    says by itself that it is not ("symmetric temperature")
    topic     names it only ("skin temperature"); what is said of it sets the status
    not       looks like it and is something else ("cold call"); hides what it covers
"""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.model import Evidence, Fact, Status
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.place import limb_of, side_of

FINDINGS = (
    "skin temperature asymmetry",
    "skin color change",
    "abnormal sweating",
    "edema",
    "allodynia or hyperalgesia",
    "reduced range of motion",
    "motor change",
    "trophic change",
)


def read_findings(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each place where a finding of a limb is spoken of."""
    for word in FINDINGS:
        for mention in note.named(word, "present", "absent", "topic"):
            meant = setting(note, language, mention, states_absence=mention.group == "absent")
            if mention.group == "topic" and meant.status is Status.PRESENT:
                continue
            yield Fact(
                word=word,
                status=meant.status,
                evidence=(evidence(note, mention),),
                side=side_of(note, mention),
                limb=limb_of(note, mention),
                date=note.document.date,
                reader="finding",
                why=meant.why,
            )


def evidence(note: Note, mention: Mention) -> Evidence:
    """The whole statement in which a mention stands, as proof."""
    segment = note.segments[mention.segment]
    text = note.document.text
    end = max(segment.end, mention.end)
    return Evidence(
        note.document.name,
        segment.start,
        end,
        text[segment.start : end],
        date=note.document.date,
        kind=note.document.kind or "",
    )
