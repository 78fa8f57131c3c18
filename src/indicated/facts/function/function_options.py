"""A change of function that a form or a therapist's grades tell: a ticked choice, or how much help was needed."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.findings.read import evidence
from indicated.facts.form_reply import has_boxes, marked
from indicated.facts.function.function_compare import WORD, Told, anchored
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_OPTION = "choice of change"
_HELP = "assistance"
_BOX = lazy(r" ?(?:\[ ?[x✓✔]? ?\]|\( ?[x✓✔]? ?\)|[☐☒☑✓✔□])")
_TICK = lazy(r" ?(?:\[ ?[x✓✔] ?\]|\( ?[x✓✔] ?\)|[☒☑✓✔])")
_LEVELS = ("dependent", "maximal", "moderate", "minimal", "guarded", "supervised", "modified", "independent")


def ticked_change(note: Note) -> Iterator[Told]:
    """The one of better, same and worse that is ticked on a form about function after a block."""
    for segment in range(len(note.segments)):
        if not has_boxes(note, segment) or not anchored(note, segment):
            continue
        options = note.within(segment, _OPTION)
        topic = note.within(segment, "function") or note.above(segment, "function")
        if len({m.group for m in options}) < 2 or not topic:
            continue
        chosen = _ticked_behind(note, options) or marked(note, options)
        if len(chosen) == 1:
            at = Mention(WORD, "ticked", chosen[0].start, chosen[0].end, segment)
            yield Told(chosen[0].group, segment, at, (evidence(note, chosen[0]),))


def _ticked_behind(note: Note, options: list[Mention]) -> list[Mention]:
    """The options with a tick behind them, where each has its box behind it ("less [ ]  same [X]  more [ ]")."""
    boxed = [m for m in options if _BOX.match(note.folded, m.end)]
    if len(boxed) < len(options):
        return []
    return [m for m in options if _TICK.match(note.folded, m.end)]


def by_assistance(note: Note) -> Iterator[Told]:
    """Two grades of help with one task, of before and after a block ("donning sock: max A before, mod I now")."""
    for segment in range(len(note.segments)):
        grades = note.within(segment, _HELP)
        if len(grades) < 2 or not anchored(note, segment):
            continue
        first, last = grades[0], grades[-1]
        if _is_later(note, first, last):
            first, last = last, first
        gain = _LEVELS.index(last.group) - _LEVELS.index(first.group)
        change = "better" if gain > 0 else "worse" if gain < 0 else "same"
        at = Mention(WORD, "graded", last.start, last.end, segment)
        yield Told(change, segment, at, (evidence(note, last),))
        return


def _is_later(note: Note, first: Mention, last: Mention) -> bool:
    """Whether the grade that stands first is the later one ("min A now, was max A")."""
    before = [m for m in note.within(first.segment, "phase.before") if _beside(m, last) < _beside(m, first)]
    after = [m for m in note.within(first.segment, "phase.after") if _beside(m, first) < _beside(m, last)]
    return bool(after) and bool(before)


def _beside(cue: Mention, grade: Mention) -> int:
    return cue.start - grade.end if cue.start >= grade.end else grade.start - cue.end + 1
