"""The status of what is mentioned: said to be so, denied, planned, a risk, of someone else, or only asked.

Every rule is a cue of the vocabulary with its place (before, after, within the sentence, heading, kind of
document). A cue before a mention reaches up to a word that ends its scope ("but", "reports"). Where several
cues hold, the one that takes the thing furthest from the patient's present wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.status import Status

_AFTER_REACH = 60
_VERB_BEHIND = lazy(
    r"(?: [\w'-]+){0,4}? (?:is|are|was|were|has|have|remains?|persists?|continues?|gets?|got|worsens?)\b"
)
_ORDER = ("other_person", "asked", "hypothetical", "planned", "negated", "historical")


@dataclass(frozen=True)
class Setting:
    """How a mention is meant. `cues` are the names of all cues that hold; `status` what they come to."""

    status: Status
    cues: frozenset[str]
    why: tuple[str, ...]

    def has(self, cue: str) -> bool:
        """Whether a cue of this name holds."""
        return cue in self.cues


def setting(note: Note, language: Language, mention: Mention, *, states_absence: bool = False) -> Setting:
    """Return how a mention is meant.

    `states_absence` is for terms that deny by themselves ("symmetric temperature"): a negation then
    turns them round.
    """
    held: dict[str, str] = {}
    negations = 0
    for name, cue in cues_on(note, mention):
        negations += name == "negated"
        held.setdefault(name, f"{name}: '{note.folded[cue.start : cue.end]}'")
    segment = note.segments[mention.segment]
    for title in (segment.label, segment.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name:
            held.setdefault(name, f"{name}: under '{title}'")
    if note.folded[segment.end - 1] == "?":
        held.setdefault("asked", "asked: a question")
    if note.misfiled(mention.segment):
        held.setdefault("other_person", "other_person: filed with the wrong chart")
    negated = bool(negations % 2) != states_absence
    cues = frozenset(held)
    return Setting(_status(cues, negated), cues, tuple(held.values()))


def cues_on(note: Note, mention: Mention) -> Iterator[tuple[str, Mention]]:
    """Yield each cue that reaches a mention, with its name, in the order of the text."""
    for cue in note.within(mention.segment, "cue"):
        name, _, place = cue.group.partition(".")
        if cue.start >= mention.start and cue.end <= mention.end:
            continue
        if _is_month(note, cue):
            continue
        if _holds(note, cue, place, mention) and not (name == "negated" and _own_clause(note, cue, mention)):
            yield name, cue


def _own_clause(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether a mention behind a denial and an "and" has a verb of its own ("pain is not controlled and edema is worse")."""
    if cue.end > mention.start or " and " not in note.folded[cue.end : mention.start]:
        return False
    denies_a_verb = note.folded[cue.start : cue.end].endswith(("not", "n't", "never"))
    return denies_a_verb and bool(_VERB_BEHIND.match(note.folded, mention.end))


def _is_month(note: Note, cue: Mention) -> bool:
    """Whether a "may" is the month of a date ("10 May", "May 2025")."""
    if note.folded[cue.start : cue.end] != "may":
        return False
    before, after = note.folded[max(0, cue.start - 3) : cue.start], note.folded[cue.end : cue.end + 3]
    return before[-2:-1].isdigit() or after[1:2].isdigit()


def _status(cues: frozenset[str], negated: bool) -> Status:
    if "other_person" in cues:
        return Status.OTHER_PERSON
    if "asked" in cues:
        return Status.ASKED
    if "hypothetical" in cues or "general" in cues:
        return Status.HYPOTHETICAL
    if "planned" in cues:
        return Status.PLANNED
    if "historical" in cues and not negated and "current" not in cues:
        return Status.HISTORICAL
    return Status.ABSENT if negated else Status.PRESENT


def _holds(note: Note, cue: Mention, place: str, mention: Mention) -> bool:
    if place == "within":
        return True
    if place == "before":
        return cue.end <= mention.start and not _ended(note, cue.end, mention.start, mention.segment)
    if place == "after":
        if cue.end <= mention.start and note.folded.endswith((" no", "\nno"), cue.start, cue.end):
            # In "Neuro: no edema" the answer to one question is the denial of what follows.
            return not _ended(note, cue.end, mention.start, mention.segment)
        near = mention.end <= cue.start <= mention.end + _AFTER_REACH
        return near and not _ended(note, mention.end, cue.start, mention.segment)
    return False


def _ended(note: Note, start: int, end: int, segment: int) -> bool:
    return any(
        m.group == "terminator.within" and start <= m.start and m.end <= end
        for m in note.within(segment, "cue")
    )
