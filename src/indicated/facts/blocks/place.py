"""The number, level, kind, side and limb of a block, from the words around its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicated.chart.model import Limb, Side
from indicated.facts.blocks.mentions import MEANT, Named
from indicated.facts.diagnosis.around import limb_near, overlaps, side_near
from indicated.reading.amounts import number
from indicated.reading.note import Note
from indicated.reading.patterns import lazy

_ORDINALS = "first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th"
_BEFORE = lazy(
    rf"(?:\b(?P<word>{_ORDINALS})(?:[- ]ever)?|(?:#|\bno\.? ?|\bnumber )(?P<n>\d{{1,2}}))(?: ?(?:of|and only))?(?:[ -](?:right|left|r|l|rt|lt|sided|side|lower|limb|leg|foot|repeat|such|bilateral|diagnostic|series|of this year|lumbar|nerve|of|her|his|the|a|\(l\)|\(r\))){{0,4}}[ -,(]*$"
)
_AFTER = lazy(
    rf"[\s,:(-]*(?:(?:series|right|left|r|l|rt|lt|side|leg)[\s,]+){{0,2}}(?:(?:#|no\.? ?|number |nr\.? ?)\s?(?P<n>\d{{1,2}})\b|\(?(?P<word>{_ORDINALS})\b(?! (?:time|day|week|night|visit|metatarsal|mt|toe))|(?P<bare>[1-6])(?=[ ,;:.)]|$)(?! ?(?:x|of|/|ml|cc|mg|day|d\b|wk|week|mo|h\b|min|%|yr|level|lev)))"
)
_IN_BRACKETS = lazy(
    rf"\((?:(?P<word>{_ORDINALS})|#(?P<n>\d)|no\.? ?(?P<bare>\d))\b(?! (?:toe|mt|metatarsal|ray))"
)
_ENTRY = lazy(
    r"[\s\-=*_>\"'|([]*(?:block |blk |inj(?:ection)? |lsb |procedure )?(?:#|no\.? ?|nr\.? ?|number )?\s?(\d)(?!\d|/|-\d)(?:st|nd|rd|th)?[\s:.,)|(\-]"
)
_WORD_OF_ENTRY = lazy(rf"\W*(?:and |then )?(?:the |her |his |my )?(?P<word>{_ORDINALS})\b")
_LEVEL = lazy(
    r"(?<![a-z0-9])l ?-?(?P<a>[1-5])(?![0-9])(?:(?P<sep> ?(?:,|and|&|\+|/|-|to) ?)l?-?(?P<b>[1-5])(?![0-9%]| ?(?:ml|cc|mg)))?"
)
_NOT_THERE = lazy(r"\b(?:not|rather than|instead of|and not) (?:at )?$")
_OTHER_NOUN = lazy(
    r"[ -](?:hemangioma|compression|fracture|fx|end ?plate|dermatom\w*|myotom\w*|radicul\w*|(?:nerve )?roots?|dis[ck]s?|fusion|laminectomy|distribution|sensory|reflex|hypoesthe\w*|numbness|cage|screws?|pars|schmorl|burst|transverse process fracture)\b"
)
"""What a lumbar level is the place of where it is not that of a needle."""
_ROMAN = lazy(r"(?<![a-z0-9])l[ -](ii|iii|iv)\b")
_MEANT_INSTEAD = lazy(
    r"\b(?:i mean|i meant|scratch that|strike that|correction|correct that|make that|sorry|no wait|should (?:read|be|say))\b"
)
_DISC = lazy(
    r"\s*(?:disc|disk|facet|interspace|level tf|hnp|fusion|foramin|radic|myotome|dermatome|tfesi|esi|nerve|laminectomy)"
)
_SPOKEN_LEVEL = lazy(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th) lumbar (?:vertebra|level|body|segment)"
)
_TICK = lazy(r"\[ ?[xX✓] ?\]|\( ?[xX✓] ?\)|☑|☒")
_BOX = lazy(r"\[ ?[xX✓]? ?\]|\( ?[xX✓]? ?\)|☐|☑|☒")
_SIDE_INSIDE = lazy(r"^(r|l)lsb|\b(right|left|rt|lt)$|-(rt|lt)$|\b(right|left)\b")


def ordinal(note: Note, named: Named) -> int | None:
    """The number of a block in its series where the text says it ("2nd", "#3", "no. 1")."""
    mention = named.mention
    segment = note.segments[mention.segment]
    low, high = segment.title if named.title else (segment.start, segment.end)
    before = note.folded[max(low, mention.start - 44) : mention.start]
    found = _AFTER.match(note.folded, mention.end, max(high, mention.end))
    if named.entry:
        return _number_of_entry(note.folded[mention.start : mention.end])
    match = (
        found
        or _BEFORE.search(before)
        or _IN_BRACKETS.search(note.folded, mention.end, min(max(high, mention.end), mention.end + 60))
    )
    if not match:
        return None
    return _value(match)


def _value(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    said = (
        groups.get("n")
        or groups.get("bare")
        or (groups.get("word") or "").rstrip("stndrh" if (groups.get("word") or "")[:1].isdigit() else "")
    )
    value = number(said) if said else None
    return int(value) if value else None


def _number_of_entry(text: str) -> int | None:
    match = _ENTRY.match(text)
    if match:
        return int(match[1]) or None
    word = _WORD_OF_ENTRY.match(text)
    return int(number(word[1]) or 0) or None if word else None


def levels(note: Note, start: int, end: int) -> str:
    """The lumbar levels that a span names, "L2, L3"; of boxes only those that are ticked. Disc levels are left out."""
    text = note.folded[start:end]
    boxed = bool(_BOX.search(text))
    found: list[str] = []
    last = 0
    for match in _LEVEL.finditer(text):
        if boxed and not _ticked(text, match):
            continue
        if _NOT_THERE.search(text, 0, match.start()):
            continue
        if not match["b"] and _OTHER_NOUN.match(text, match.end()):
            continue
        if found and _MEANT_INSTEAD.search(text, last, match.start()):
            found = []
        last = match.end()
        separator = (match["sep"] or "").strip()
        if match["b"] and (separator == "-" or (separator in ("/", "to") and _DISC.match(text, match.end()))):
            continue
        found.append(f"L{match['a']}")
        if match["b"] and separator not in ("-",):
            found.append(f"L{match['b']}")
    found += [f"L{len(m[1]) if 'v' not in m[1] else 4}" for m in _ROMAN.finditer(text)]
    found += [
        f"L{int(number(m[1].rstrip('stndrh') if m[1][0].isdigit() else m[1]) or 0)}"
        for m in _SPOKEN_LEVEL.finditer(text)
    ]
    return ", ".join(dict.fromkeys(found))


def _ticked(text: str, match: re.Match[str]) -> bool:
    """A box stands right before its choice or right behind it: the one with no other choice between is its own."""
    before = re.search(r"(\[ ?[x✓]? ?\]|\( ?[x✓]? ?\)|☐|☑|☒)\s?$", text[: match.start()])
    after = re.match(r"\s?(\[ ?[x✓]? ?\]|\( ?[x✓]? ?\)|☐|☑|☒)", text[match.end() :])
    first_box = _BOX.search(text)
    box_first = (
        bool(first_box and before) and not re.match(r"\s*\w", text[: first_box.start()].split(":")[-1] or " ")
        if first_box
        else False
    )
    box = before if before and (box_first or not after) else after or before
    return bool(box and _TICK.search(box[0])) or box is None


def kind_of(note: Note, named: Named, limb: Limb | None) -> str:
    """Lumbar or stellate; "" where nothing tells."""
    if named.kind:
        return named.kind
    here = [named.mention.segment]
    if any(note.within(n, MEANT, "lumbar_place") for n in here) or any(
        m.group == "lumbar_place" for m in note.above(here[0], MEANT)
    ):
        return "lumbar"
    return "lumbar" if limb == "lower" else "stellate" if limb == "upper" and named.strong else ""


def limb_of_block(note: Note, named: Named) -> Limb | None:
    """The limb that a block is for: a lumbar block reaches the lower, a stellate block the upper."""
    if named.kind:
        return "lower" if named.kind == "lumbar" else "upper"
    if named.strong and note.within(named.mention.segment, MEANT, "lumbar_place"):
        return "lower"
    near = limb_near(note, named.mention, 0, 0)
    return near if near in ("lower", "upper") else None


def side_of_block(note: Note, named: Named, reach: Sequence[int] = (1, 1)) -> Side | None:
    """The side of a block: nearest in its sentence, else beside it, else in the heading; of boxes the ticked one."""
    ticked = _ticked_side(note, named.mention.segment)
    inside = _SIDE_INSIDE.search(note.folded[named.mention.start : named.mention.end])
    if inside:
        return "right" if inside[inside.lastindex or 0].startswith("r") else "left"
    if ticked:
        return ticked
    here = side_near(note, named.mention, 0, 0)
    if here == "bilateral":
        sides = note.within(named.mention.segment, "side")
        both = [m for m in sides if m.name == "side.bilateral"]
        named_sides = {
            m.name for m in sides if m.name in ("side.right", "side.left") and not overlaps(m, both)
        }
        if len(named_sides) == 1:
            return "right" if named_sides == {"side.right"} else "left"
    if here:
        return here
    near = side_near(note, named.mention, *reach)
    return near if near != "bilateral" else None


def _ticked_side(note: Note, segment: int) -> Side | None:
    for beside in range(segment, min(segment + 3, len(note.segments))):
        text = note.text_of(beside)
        for match in re.finditer(r"\b(right|left|r|l|rt|lt)\b", text):
            around = text[max(0, match.start() - 5) : match.end() + 5]
            if _BOX.search(around) and _ticked(text, match) and _TICK.search(around):
                return "right" if match[1][0] == "r" else "left"
    return None


def count(note: Note, named: Named) -> int | None:
    """How many blocks a plural or "x 3" speaks of."""
    mention = named.mention
    segment = note.segments[mention.segment]
    if named.entry or "645" in note.folded[mention.start : mention.end]:
        return None
    after = re.match(r"\s*x ?([1-9])\b", note.folded[mention.end : segment.end])
    if after:
        return int(after[1])
    before = re.search(
        r"\b(one|two|three|four|five|six|single|solitary|[1-6])\b(?:[ -](?:right|left|r|l|rt|lt|sided|prior|previous|such|diagnostic|lumbar)){0,3} *$",
        note.folded[max(segment.start, mention.start - 40) : mention.start],
    )
    if not before:
        return None
    return 1 if before[1] in ("single", "solitary") else int(number(before[1]) or 0) or None
