"""What the titles over a statement say of it: a family history, a list of risks, a list of open questions."""

from __future__ import annotations

from indicated.reading.language import Language
from indicated.reading.note import Note


def said_above(note: Note, language: Language, number: int) -> set[str]:
    """The names of the cues that the label, the heading and the kind of document set for a segment.

    A field with a label of its own is not the relatives' because the last heading was: in one-line sections
    the heading before them still stands.
    """
    segment = note.segments[number]
    found = {language.titles.get(title, "") for title in (segment.label, (note.document.kind or "").lower())}
    above = language.titles.get(segment.heading, "")
    if above and not (segment.label and segment.label != segment.heading and above == "other_person"):
        found.add(above)
    return found - {""}
