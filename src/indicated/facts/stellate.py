"""Documents that speak of stellate blocks alone: there "the block" is that one, for an upper limb.

The readers of blocks take a stellate ganglion block for another procedure, since what it did says nothing of a lumbar
one. A document that names a stellate block and no lumbar one is read with the stellate block in its place, and what is
found is marked as that of a stellate block and of an upper limb. One that names both is read as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indicated.facts.blocks.place import levels
from indicated.facts.blocks.read import read_blocks
from indicated.facts.model import Fact
from indicated.facts.therapy.rehabilitation import read_rehabilitation_plans
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_BLOCK, _OF_THE_PLAN = "sympathetic block", "plan block"
_STELLATE, _LUMBAR = "stellate", "lumbar"


def read_blocks_of_any_limb(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what is said of sympathetic blocks, lumbar or stellate."""
    if not _only_stellate(note):
        yield from read_blocks(note, language)
        return
    as_lumbar = note.regrouped(_BLOCK, lambda m: _LUMBAR if m.group == _STELLATE else m.group)
    for fact in read_blocks(as_lumbar, language):
        yield replace(fact, limb="upper", attributes={**fact.attributes, "kind": _STELLATE})


def read_plans_of_any_limb(note: Note, language: Language) -> Iterator[Fact]:
    """Yield how therapy goes on around a block; around a stellate block it is that of an upper limb."""
    if not _only_stellate(note):
        yield from read_rehabilitation_plans(note, language)
        return
    stellate = [(m.start, m.end) for m in note.anywhere(_BLOCK) if m.group == _STELLATE]

    def group_of(mention: Mention) -> str:
        inside = any(start < mention.end and mention.start < end for start, end in stellate)
        return "block" if inside else mention.group

    for fact in read_rehabilitation_plans(note.regrouped(_OF_THE_PLAN, group_of), language):
        yield replace(fact, limb="upper")


def _only_stellate(note: Note) -> bool:
    groups = {mention.group for mention in note.anywhere(_BLOCK)}
    return _STELLATE in groups and _LUMBAR not in groups and not _at_a_lumbar_level(note)


def _at_a_lumbar_level(note: Note) -> bool:
    """Whether a bare "block" stands with a lumbar level: a log of those that mentions a stellate one in passing."""
    return any(
        levels(note, note.segments[m.segment].start, note.segments[m.segment].end)
        for m in note.named(_BLOCK, "weak")
    )
