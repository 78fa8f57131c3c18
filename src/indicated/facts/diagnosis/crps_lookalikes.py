"""Where the letters of CRPS or RSD, or a code of theirs, mean something else."""

from __future__ import annotations

import re

from indicated.facts.diagnosis.around import phrases, room
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_EXPANSION = lazy(r"\s*\(([a-z][a-z &,'-]{6,60})\)")
_THE_DISEASE = lazy(r"pain|dystroph|sympath")
_PLURAL = "CRPs"  # several values of C-reactive protein


def something_else(note: Note, mention: Mention) -> bool:
    """Whether a name of the disease stands for something else here, or speaks of no patient."""
    name = note.folded[mention.start : mention.end]
    if _spelled_out(note, mention, name):
        return True
    if mention.group == "code" and phrases(
        note, "CRPS said", room(note, mention.segment, 2, 2), "no patient"
    ):
        return True
    if note.document.text[mention.start : mention.end] == _PLURAL:
        return True
    if name.startswith(("rsd", "crpsi")):
        return bool(phrases(note, "CRPS said", room(note, mention.segment, 2, 2), "elsewhere"))
    return False


def _spelled_out(note: Note, mention: Mention, name: str) -> bool:
    """Whether brackets behind the letters spell out another thing: "RSD (regional sales director)"."""
    words = _EXPANSION.match(note.folded, mention.end)
    if not words or not name.isalpha() or len(name) > 4:
        return False
    initials = "".join(
        word[0] for word in re.findall(r"[a-z]+", words[1]) if word not in ("and", "of", "the")
    )
    return initials == name and not _THE_DISEASE.search(words[1])
