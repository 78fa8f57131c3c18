"""Whether a document holds a list of the patient's current drugs: a title of such a list and at least two drugs under it.

A title without drugs ("Meds: see scanned list") is no list, and neither is a list of analgesics or of drugs that
were tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.diagnosis.around import proof
from indicated.facts.drugs.named import drug_named
from indicated.facts.model import Fact, Status
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORD = "medication list"
_STARTS = lazy(r"\s*(?:[^:.\n]{0,40}:|[:=-]|\(|,|$|\n| {2,}|[a-z][a-z-]{3,} \d)")
_NOT_ALL = lazy(
    r"\s*(?:tried|trials?|effects?|otherwise|that|which|help\w*|for|failed|side|allerg\w*|education|instructions?|changes?)\b"
)
_ITEM = lazy(
    r"\b[a-z][a-z-]{3,}\b.*?(?:\d|\b(?:prn|daily|bid|tid|qid|qhs|nightly|hs|od|bd|tds|weekly|patch|inhaler|cream|tab|caps?)\b)"
)
_BETWEEN = lazy(r"[,;|\n]|\. |  {2,}")
_MANY_THINGS = lazy(r"drugs|medicines|current|treatment|current (?:drugs|medicines|treatment)|rx|regimen")
_ENOUGH, _LINES = 2, 40


def read_medication_list(note: Note, language: Language) -> Iterator[Fact]:  # noqa: ARG001 - readers are called alike
    """Yield a fact for each list of current drugs in a note."""
    for mention in note.anywhere(_WORD):
        if mention.group != "title" or not _is_title(note, mention):
            continue
        segments = _under(note, mention)
        if not segments:
            continue
        start, end = mention.end, note.segments[segments[-1]].end
        missing = any(note.within(n, _WORD, "missing") for n in segments)
        items = _items(note, segments, start, end)
        complete = any(note.within(n, _WORD, "complete") for n in segments)
        partial = any(note.within(n, _WORD, "partial") for n in segments)
        partial = partial or (
            not complete
            and _MANY_THINGS.fullmatch(_title(note, mention)) is not None
            and _analgesics(note, segments, start) >= items
        )
        if not partial and (items >= _ENOUGH or (items and complete)):
            yield Fact(
                _WORD, Status.PRESENT, proof(note, segments), date=note.document.date, reader="medication list",
                why=(f"{items} drugs under its title",),
            )  # fmt: skip
        elif missing or partial:
            yield Fact(
                _WORD, Status.ASKED, proof(note, segments), date=note.document.date, reader="medication list",
                why=("its title without the drugs",),
            )  # fmt: skip


def _title(note: Note, mention: Mention) -> str:
    return note.folded[mention.start : mention.end].strip(" :")


def _analgesics(note: Note, segments: Sequence[int], start: int) -> int:
    """How many analgesics the segments name: a list that holds nothing else may be one of what was tried for the pain."""
    named = (m for n in segments for m in note.within(n, "drug") if m.start >= start)
    return len({m.group for m in named if drug_named(m.group).analgesic})


def _is_title(note: Note, mention: Mention) -> bool:
    if _NOT_ALL.match(note.folded, mention.end):
        return False
    if mention.segment < 0:
        return True
    segment = note.segments[mention.segment]
    begins = not re.search(r"[a-z0-9]", note.folded[segment.start : mention.start])
    return begins and bool(_STARTS.match(note.folded, mention.end))


def _under(note: Note, mention: Mention) -> list[int]:
    """The segments of the list: those under its heading, or its own paragraph and the rows right below."""
    if mention.segment < 0:
        found = [n for n, s in enumerate(note.segments) if s.title[0] <= mention.start < max(s.title[1], 1)]
        return found[:_LINES]
    at = mention.segment
    found = [at]
    while at + 1 < len(note.segments) and len(found) < _LINES:
        here, following = note.segments[at], note.segments[at + 1]
        same = following.paragraph == here.paragraph
        below = (
            "\n\n" not in note.document.text[here.end : following.start]
            and following.row
            and not following.label
        )
        if not same and not below:
            break
        at += 1
        found.append(at)
    return found


def _items(note: Note, segments: Sequence[int], start: int, end: int) -> int:
    text = note.folded[max(start, min(note.segments[n].start for n in segments)) : end]
    drugs = [m for n in segments for m in note.within(n, "drug") if m.start >= start]
    named = {note.folded[m.start : m.end] for m in drugs}
    items = 0
    for piece in _BETWEEN.split(text):
        said = re.match(r"\s*(?:no|not|none|nil|nothing|denies|stopped|allerg\w*|off|see|per)\b", piece)
        if not said and (_ITEM.search(piece) or any(name in piece for name in named)):
            items += 1
    return items
