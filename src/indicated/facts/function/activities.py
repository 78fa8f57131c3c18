"""Daily activities that are named with how the patient manages them: "cannot dress the foot without help"."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.findings.read import evidence
from indicated.facts.function.measured import WORD
from indicated.facts.model import Fact, Status
from indicated.reading.context import setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

NAME = "daily activities"
_OPEN = ("***", "__", "?", "{")
_UNTICKED = ("[ ] ", "[] ", "( ) ", "\u2610 ")
_INSTRUCTIONS = ("instruction", "education", "precaution", "consent", "goal", "plan", "criteria", "policy")


def named_activities(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each statement that names what the patient can or cannot do in daily life.

    Instructions, goals, blanks of a form and boxes without a tick are left out.
    """
    done: set[int] = set()
    for mention in note.named(WORD, "activity"):
        if mention.segment in done or not _is_told(note, mention):
            continue
        meant = setting(note, language, mention)
        status = meant.status
        if status in (Status.ABSENT, Status.HISTORICAL) and not _is_former(note, mention):
            status = Status.PRESENT  # "cannot" is the finding itself, "off work since May" holds on
        if status in (Status.ASKED, Status.PLANNED) or (
            status is Status.PRESENT and _is_former(note, mention)
        ):
            continue
        done.add(mention.segment)
        yield Fact(
            word=WORD,
            status=status,
            evidence=(evidence(note, mention),),
            date=note.document.date,
            attributes={"name": NAME},
            reader="activities",
            why=meant.why,
        )


def _is_told(note: Note, mention: Mention) -> bool:
    """Whether a statement tells what is so, and is no blank, unticked box, instruction or goal."""
    if any(sign in note.text_of(mention.segment) for sign in _OPEN):
        return False
    if note.folded[: mention.start].endswith(_UNTICKED):
        return False
    segment = note.segments[mention.segment]
    titles = (segment.heading, segment.label, (note.document.kind or "").lower())
    if any(word in title for title in titles for word in _INSTRUCTIONS):
        return False
    if note.within(mention.segment, WORD, "goal", "condition"):
        return False
    return not any(
        other.start < mention.end and mention.start < other.end
        for other in note.within(mention.segment, "not activity")
    )


def _is_former(note: Note, mention: Mention) -> bool:
    """Whether the statement is of the time before the injury."""
    return bool(note.within(mention.segment, WORD, "historical")) or any(
        m.group == "historical" for m in note.above(mention.segment, WORD)
    )
