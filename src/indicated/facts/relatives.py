"""Whether a statement is on a relative, wherever in the sentence before it the relative is named."""

from __future__ import annotations

import re

from indicated.facts.drugs.drug_status import tells
from indicated.reading.note import Mention, Note

_BACK = re.compile(r"[;.]\s|\b(?:but|patient|pt|he himself|she herself|himself|herself|our)\b")


def of_relative(note: Note, mention: Mention) -> bool:
    """Whether a relative or another patient is named before a mention, and not as the one who tells of it."""
    for cue in note.within(mention.segment, "cue", "other_person.before"):
        if (
            cue.end <= mention.start
            and not tells(note, cue)
            and not _BACK.search(note.folded, cue.end, mention.start)
        ):
            before = note.folded[max(0, cue.start - 22) : cue.start]
            if not re.search(r"\b(?:no|not|denies|negative)\b", before):
                return True
    return False
