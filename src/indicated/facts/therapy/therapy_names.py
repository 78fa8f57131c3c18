"""Where a note names physical or occupational therapy, and where "PT" is something else.

"PT" is also the patient, the prothrombin time and the posterior tibial pulse. In capitals it is therapy unless the
vocabulary knows better (`rehab.not`) or the whole statement is in capitals; in small letters it is the patient unless a
neighbouring word, or a patient who writes, makes it therapy.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicated.facts.diagnosis.around import overlaps
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

CLASS = "rehab"
_LOOKALIKE = "rehab.not"
_SHORT = "rehab.short"
_TOUCH = 2
_BESIDE = 26
_NAME = lazy(r"[A-Z][\w.'-]+ [A-Z][\w'-]+, $")
_EXPORT = lazy(r"[|=_]")
_AFTER_NAME = lazy(r"\s*$|,|\s{2,}|\n|\)")


def therapy_names(note: Note, language: Language) -> list[Mention]:
    """Return the names of therapy, of therapists and of its billing codes, without what only looks like them."""
    found = note.named(CLASS)
    if not found:
        return []
    hidden = [m for m in found if m.name == _LOOKALIKE]
    patient = in_title(language, note.document.kind or "", "patient writes")
    return [
        m
        for m in found
        if m.name != _LOOKALIKE
        and not overlaps(m, [h for h in hidden if not (m.covers(h) and not h.covers(m))])
        and (m.name != _SHORT or _is_therapy(note, m, patient))
    ]


def _is_therapy(note: Note, mention: Mention, patient_writes: bool) -> bool:
    if note.above(mention.segment, "pt is a test"):
        return False
    beside = note.within(mention.segment, "pt is a test")
    if any(m.start - mention.end <= _BESIDE and mention.start - m.end <= _BESIDE for m in beside):
        return False
    if note.folded.startswith("'s", mention.end):
        return False  # the patient's
    written = note.document.text[mention.start : mention.end]
    segment = note.segments[mention.segment]
    around = note.document.text[segment.start : segment.end]
    shouted = around.isupper() and len(around) > 3 * len(written) + 12 and not _EXPORT.search(around)
    if _credential(note, mention):
        return False
    if written[:2].isupper() and not shouted:
        return True
    if patient_writes or "/" in written or "&" in written or " and " in written:
        return True
    for m in note.within(mention.segment, "pt is therapy"):
        if m.group == "before" and 0 <= mention.start - m.end <= _TOUCH:
            return True
        if m.group == "after" and 0 <= m.start - mention.end <= _TOUCH:
            return True
    return False


def _credential(note: Note, mention: Mention) -> bool:
    """Whether the letters stand behind a person's name ("Ann Lee, PT")."""
    text = note.document.text
    behind = _NAME.search(text, max(0, mention.start - 40), mention.start)
    return bool(behind and _AFTER_NAME.match(text, mention.end))


def in_title(language: Language, title: str, *names: str) -> bool:
    """Whether entries (or classes) of the vocabulary occur in a heading, a label or the kind of a document."""
    if not title:
        return False
    found = {name for name, _ in language.said_in(title)}
    if _LOOKALIKE in found and CLASS in names:
        return False
    return any(f == name or f.startswith(name + ".") for f in found for name in names)


def therapy_document(note: Note, language: Language) -> bool:
    """Whether the document is a therapist's."""
    return in_title(language, note.document.kind or "", CLASS)


def titled(note: Note, language: Language, segment: int) -> str:
    """The cue that the label, the heading or the kind of the document sets, "" without one."""
    piece = note.segments[segment]
    for title in (piece.label, piece.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name:
            return "hypothetical" if name == "general" else name
    general = in_title(language, note.document.kind or "", "general kind")
    return "hypothetical" if general else ""


def paragraphs(note: Note, mentions: Sequence[Mention]) -> list[list[int]]:
    """The paragraphs in which mentions stand, each as its segments, in the order of the text."""
    wanted = sorted({note.segments[m.segment].paragraph for m in mentions})
    rooms: dict[int, list[int]] = {number: [] for number in wanted}
    for n, segment in enumerate(note.segments):
        if segment.paragraph in rooms:
            rooms[segment.paragraph].append(n)
    return [rooms[number] for number in wanted]
