"""Who says so: the patient (a symptom, `reported` True) or an examiner (a sign, False)."""

from __future__ import annotations

from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

SOURCE = "told or found"
_DECIMAL = lazy(r"\d\d\.\d")
_TITLE = "title of telling"


class Titles:
    """What the vocabulary finds in headings, labels and kinds of documents."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def of(self, title: str) -> frozenset[tuple[str, str]]:
        """The (entry, group) pairs that occur in a title."""
        return self._language.said_in(title)


def reported(note: Note, titles: Titles, mention: Mention) -> bool | None:
    """True for a symptom that the patient tells, False for a sign that was found, None where it is not clear.

    What stands in the sentence counts before the label, the heading and the kind of the document. Where
    both are told and found, neither is said. In a paper that the patient fills in or writes, all is told.
    """
    segment = note.segments[mention.segment]
    if (_TITLE, "own") in titles.of(note.document.kind or ""):
        return True
    here = {m.group for m in note.within(mention.segment, SOURCE, "told", "found")}
    if _DECIMAL.search(note.text_of(mention.segment)):
        here.add("found")
    for title in (segment.label, segment.heading):
        told, found = _groups(titles, title)
        if told != found:
            if told:
                return None if "found" in here and "told" in here else "found" not in here
            return None if "told" in here and "found" in here else "told" in here
    for other in (mention.segment - 1, mention.segment + 1):
        if (
            not here
            and 0 <= other < len(note.segments)
            and note.segments[other].paragraph == segment.paragraph
        ):
            here = {m.group for m in note.within(other, SOURCE, "told", "found")}
    if "told" not in here and any(
        (_TITLE, "system") in titles.of(t) for t in (segment.label, segment.heading)
    ):
        return False
    if "told" in here or "found" in here:
        if {"told", "found"} <= here:
            return None
        return "told" in here
    told, found = _groups(titles, note.document.kind or "")
    return told if told != found else None


def _groups(titles: Titles, title: str) -> tuple[bool, bool]:
    groups = {group for name, group in titles.of(title) if name == _TITLE}
    return "told" in groups, "found" in groups
