"""Where a note names a sympathetic block, and which needle it means where it only says "block" or "injection"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

WORD, SAID, TITLE, MEANT = (
    "sympathetic block",
    "sympathetic block said",
    "sympathetic block title",
    "block meant",
)
STRONG = ("lumbar", "stellate", "name")
Owner = Literal["block", "stellate", "other", ""]
_ALWAYS = lazy(r"bl")
_LOOK_BACK = 4


@dataclass(frozen=True)
class Named:
    """A block named at `mention`. `strong` is False where the text only says "block"; `title` where a heading names it."""

    mention: Mention
    kind: str
    strong: bool
    title: bool = False
    entry: bool = False
    """It has no name of its own and stands in a list, a log or a table by its number and date."""


def named_blocks(note: Note) -> list[Named]:
    """The sympathetic blocks that a note names, in the order of the text; a heading counts with its first segment."""
    found: list[Named] = []
    for mention in note.named(WORD):
        if mention.group in STRONG:
            found.append(Named(mention, _kind(mention), True))
        elif mention.group == "weak" and _is_ours(note, mention):
            found.append(Named(mention, _kind_before(note, mention), False))
    found.extend(_in_titles(note))
    return sorted(found, key=lambda n: (n.mention.start, n.mention.end))


def _in_titles(note: Note) -> Iterator[Named]:
    seen: set[tuple[int, int]] = set()
    for number, segment in enumerate(note.segments):
        if segment.title == (0, 0) or segment.title in seen:
            continue
        seen.add(segment.title)
        for mention in note.above(number, WORD):
            if mention.group in STRONG:
                placed = Mention(mention.name, mention.group, mention.start, mention.end, number)
                yield Named(placed, _kind(mention), True, title=True)


def _kind_before(note: Note, mention: Mention) -> str:
    """The kind of block that a bare "block" means: that of the last one named, else the only one in the note."""
    named = [m for m in note.named(WORD) if m.group in ("lumbar", "stellate")]
    titled = [m for m in note.above(mention.segment, WORD) if m.group in ("lumbar", "stellate")]
    before = [m for m in named if m.end <= mention.start]
    if before:
        return before[-1].group
    if titled:
        return titled[-1].group
    kinds = {m.group for m in named}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind(mention: Mention) -> str:
    return mention.group if mention.group in ("lumbar", "stellate") else ""


def owner_before(note: Note, segment: int, position: int) -> Owner:
    """Of which treatment a statement at a position speaks: the last needle named before it, near by or in its heading."""
    paragraph = note.segments[segment].paragraph
    for number in range(segment, max(-1, segment - _LOOK_BACK), -1):
        if note.segments[number].paragraph < paragraph - 2:
            break
        near = [m for m in note.within(number, WORD) if m.end <= position and m.group in (*STRONG, "other")]
        if near:
            return _owner(near[-1])
    titled = [m for m in note.above(segment, WORD) if m.group in (*STRONG, "other")]
    return _owner(titled[-1]) if titled else ""


def _owner(mention: Mention) -> Owner:
    return "other" if mention.group == "other" else "stellate" if mention.group == "stellate" else "block"


def speaks_of_blocks(note: Note) -> bool:
    """Whether a sympathetic block is named outright anywhere in the note, headings included."""
    return any(m.group in STRONG for m in note.named(WORD)) or any(
        m.group in STRONG for n in range(len(note.segments)) for m in note.above(n, WORD)
    )


def _is_ours(note: Note, mention: Mention) -> bool:
    """A bare "block" is a sympathetic block unless another needle stands nearer; a bare "shot" only where one is named."""
    if _walked(note, mention):
        return False
    near = owner_before(note, mention.segment, mention.start)
    if near:
        return near == "block"
    behind = [
        m
        for m in note.within(mention.segment, WORD)
        if m.start >= mention.end and m.group in (*STRONG, "other")
    ]
    if behind and behind[0].group == "other":
        return False
    if speaks_of_blocks(note):
        return True
    return bool(_ALWAYS.search(note.folded[mention.start : mention.end])) and not any(
        m.group in ("other", "stellate") for m in note.named(WORD)
    )


def _walked(note: Note, mention: Mention) -> bool:
    """Whether "four blocks" is how far somebody walks: a verb of going on foot before it, and nothing that was done."""
    counted = [m for m in note.within(mention.segment, "walked distance") if m.end <= mention.start]
    if not counted or note.folded[counted[-1].end : mention.start].strip(" -"):
        return False
    gone = [m for m in note.within(mention.segment, "on foot") if m.end <= counted[-1].start]
    return bool(gone) and not any(
        gone[-1].end <= m.start < mention.start for m in note.within(mention.segment, SAID, "done", "since")
    )
