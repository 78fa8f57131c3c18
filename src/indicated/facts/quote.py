"""A span of a document as proof, without the white space around it."""

from __future__ import annotations

from indicated.facts.model import Evidence
from indicated.reading.note import Note


def quoted(note: Note, start: int, end: int) -> Evidence:
    """Return the words of a note from `start` to `end`, in characters of its text, trimmed at both ends."""
    text = note.document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(
        note.document.name,
        start,
        end,
        text[start:end],
        date=note.document.date,
        kind=note.document.kind or "",
    )
