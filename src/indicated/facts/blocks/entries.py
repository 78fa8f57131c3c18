"""Blocks that stand in a list, log or table only by their number, date and level, without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.blocks.mentions import MEANT, STRONG, TITLE, WORD, Named
from indicated.facts.blocks.place import levels
from indicated.facts.blocks.table import columns_of
from indicated.reading.dates import DateAt, dates
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_NUMBERED = lazy(
    r"[\s\-=*_>\"'|([]*(?:(?:block|blk|inj(?:ection)?|lsb|procedure) )?(?:(?:#|no\.? ?|nr\.? ?|number )\s?(\d)|(?:block|blk|inj(?:ection)?|lsb) (\d)|(\d)(?:st|nd|rd|th))(?: block| inj(?:ection)?| lsb| one)?[\s:.,)|\-]*(?:\(|on |of |was )?"
)
_BY_WORD = lazy(
    r"\W*(?:and |then )?(?:the |her |his |my )?(?:first|second|third|fourth|fifth|sixth|last)(?: one| block| shot| injection| lsb)?,? (?:was |done |given |came |of |on |in |fell on |followed on )*"
)
_FIRST = lazy(r"[\s\-=*_>\"'|([]*(?:\d{1,2}(?:\s*[.)|]|\s)\s*|[a-z]{1,3}-\d{2,6}\s*\|\s*)?")
_DRUG = lazy(
    r"\b(?:bup|bupi|bupiv\w*|marcaine|sensorcaine|ropi|ropiv\w*|naropin|lido|lidocaine|levobupi\w*|chirocaine|mepiv\w*)\b|0?\.25 ?%?|\bml\b|\bcc\b"
)
_LEVEL_OR_SHARE = lazy(r"\bl ?-?[1-5]|%")
_ML = lazy(r"\d ?(?:ml|mls|cc)\b")
_NOT_DONE = lazy(r"\bnot done|cancel|\bn/?d\b|no show|postpon|resched|abort")
_BLOCK_COLUMN = lazy(r"\b(?:blk|block|lsb|symp)(?:_|\b)")
_ROWS_ABOVE = 6
_NOT_BLOCK = lazy(r"\b(?:visit|call|phone|tel|f/u|seen|diary|note|lab|mri)\b")


def entries(note: Note) -> Iterator[Named]:
    """Yield the blocks of lists, logs and tables that a segment begins with; those with a name of their own are left out."""
    about_blocks = note.has(WORD) and any(m.group != "other" and m.group != "not" for m in note.named(WORD))
    titled = note.has_title(WORD)
    for number, segment in enumerate(note.segments):
        found = _numbered(note, number) if about_blocks or titled else None
        if found is None and segment.row:
            found = _row(note, number)
        if found is not None and not note.within(number, WORD, *STRONG, "other"):
            yield Named(Mention(WORD, "entry", segment.start, found.end, number), "", True, entry=True)
    for label in note.named(MEANT, "own_date"):
        said = note.folded[label.start : label.end]
        day = next(dates(note.folded, note.document.date, label.end, label.end + 26), None)
        if (
            day
            and ("inj" in said or "block" in said)
            and not note.folded[label.end : day.start].strip(" :.=|-")
        ) and not any(m.group in STRONG for m in note.named(WORD)):
            yield Named(Mention(WORD, "entry", label.start, day.end, label.segment), "", True, entry=True)


def _numbered(note: Note, number: int) -> DateAt | None:
    segment = note.segments[number]
    match = _NUMBERED.match(note.folded, segment.start, segment.end)
    if not match and _goes_on_counting(note, number):
        match = _BY_WORD.match(note.folded, segment.start, segment.end)
    if not match:
        return None
    found = next(
        dates(note.folded, note.document.date, match.end(), min(segment.end, match.end() + 24)), None
    )
    return found if found and found.start - match.end() <= 3 else None


def _goes_on_counting(note: Note, number: int) -> bool:
    """Whether a block stands in one of the sentences before ("The first LSB, on May 6 ... The second, on June 3 ...")."""
    paragraph = note.segments[number].paragraph
    for before in range(number - 1, max(-1, number - 1 - _SENTENCES_BACK), -1):
        if note.segments[before].paragraph != paragraph:
            return False
        named = [m for m in note.within(before, WORD) if m.group != "not"]
        if named:
            return named[-1].group not in ("other", "stellate")
    return False


_SENTENCES_BACK = 4


def _of_blocks_only(note: Note) -> bool:
    """Whether a note names sympathetic blocks and no other needle, as the record of a series does."""
    groups = {m.group for m in note.named(WORD)}
    return bool(groups & {"lumbar", "name"}) and not groups & {"other", "stellate"}


def _row(note: Note, number: int) -> DateAt | None:
    """A row that begins with a date and holds a level with a drug, or stands in a table of blocks."""
    segment = note.segments[number]
    text = note.text_of(number)
    columns = None if _LEVEL_OR_SHARE.search(text) else columns_of(note, number)
    if (not _LEVEL_OR_SHARE.search(text) and columns is None) or _NOT_DONE.search(text):
        return None
    match = _FIRST.match(note.folded, segment.start, segment.end)
    start = match.end() if match else segment.start
    found = next(dates(note.folded, note.document.date, start, min(segment.end, start + 20)), None)
    if found is None or found.start > start + 1 or _NOT_BLOCK.search(note.text_of(number)):
        return None
    level = levels(note, found.end, segment.end) or re.search(r"\bl\d-\d\b", note.text_of(number))
    drug = _DRUG.search(note.folded, found.end, segment.end)
    if drug and (level or (_ML.search(text) and _of_blocks_only(note))):
        return found
    named = [m for m in note.above(number, WORD) if m.group not in ("other", "not", "stellate")]
    rows_above = [n for n in range(max(0, number - _ROWS_ABOVE), number) if note.segments[n].row]
    headed = columns is not None or any(note.within(n, TITLE, "columns") for n in rows_above)
    if headed and not named:
        # The title of a table is often a row itself, with the patient's name beside it.
        named = [m for n in rows_above for m in note.within(n, WORD, "lumbar", "name")]
        named = named or [m for n in rows_above for m in note.within(n, WORD, "weak")]
        if not named and any(_BLOCK_COLUMN.search(note.text_of(n)) for n in rows_above):
            return found if columns else None
    return found if named and headed and (level or columns or "%" in note.text_of(number)) else None
