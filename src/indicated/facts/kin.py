"""Whether a statement is about somebody named in it who is not the patient ("husband in severe pain", "participant C: 9/10")."""

from __future__ import annotations

from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

NAME = "somebody else"
_ENDS = lazy(
    r"[.;|]|\b(?:pt|pt's|patient|patient's|claimant|member's own|says|said|states|reports|reported|thinks|guesses|tells|told|notes|noticed|"
    r"drove|brought|helps|present|here|asks|calls|called|worried|my|i|i'm|she|her)\b"
)
_REACH = 70


def of_somebody_else(note: Note, mention: Mention) -> bool:
    """Whether the nearest person named before a mention in its statement is somebody else, with no other subject between."""
    for person in reversed(note.within(mention.segment, NAME)):
        if person.end > mention.start or mention.start - person.end > _REACH:
            continue
        between = note.folded[person.end : mention.start]
        return not _ENDS.search(between)
    return False
