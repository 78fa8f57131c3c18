"""The answer in an interview that is written down: "Q: Are you in therapy? A: For the foot? Yes, sir."

What is asked back comes first and is passed over; then a yes or a no opens the answer, in the words of talk.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from indicated.reading.note import Mention, Note, lying
from indicated.reading.patterns import lazy

NAME = "words of talk"
_QUESTION = lazy(r"(?<![a-z])(?:q|question|int|interviewer|adjuster|examiner)\d{0,2}[.:)] ")
_ANSWER = lazy(r"(?<![a-z])(?:a|ans|answer|claimant|pt|patient|witness)\d{0,2}[.:)] ?")
_BACK, _AHEAD = 220, 400
_OPENING = 26
_ASKED_BACK = 40


class Reply(NamedTuple):
    """What was answered, and the segments in which it stands, the question among them."""

    said: Literal["yes", "no"]
    segments: tuple[int, ...]


class Span(NamedTuple):
    """Where an answer stands, and where its question begins."""

    asked: int
    start: int
    stop: int


def answer_to(note: Note, topic: Mention) -> Span | None:
    """The answer to the question in which a topic stands, None outside of an interview."""
    questions = list(_QUESTION.finditer(note.folded, max(0, topic.start - _BACK), topic.start))
    mark = note.folded.find("?", topic.end, topic.end + _BACK)
    if not questions or mark < 0:
        return None
    answered = _ANSWER.search(note.folded, mark, mark + _ASKED_BACK)
    if not answered:
        return None
    start, stop = answered.end(), answered.end() + _AHEAD
    following = _QUESTION.search(note.folded, start, stop)
    stop = following.start() if following else min(stop, len(note.folded))
    back = note.folded.find("?", start, min(stop, start + _ASKED_BACK))
    return Span(questions[-1].start(), back + 1 if back >= 0 else start, stop)


def reply_in_talk(note: Note, topic: Mention) -> Reply | None:
    """The yes or no to the question in which a topic stands, None outside of an interview or where none is given."""
    span = answer_to(note, topic)
    if span is None:
        return None
    spoken = [
        m for m in lying(note.anywhere(NAME), span.start, span.stop) if m.start - span.start <= _OPENING
    ]
    if not spoken:
        return None
    first, last = note.segment_at(span.asked), note.segment_at(spoken[0].start)
    return Reply("yes" if spoken[0].group == "yes" else "no", tuple(range(first, last + 1)))
