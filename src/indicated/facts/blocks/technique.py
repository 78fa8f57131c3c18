"""How a sympathetic block is done: level, guidance, drug, strength and volume; one fact for each block that is described."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from indicated.facts.blocks.dates import own_date
from indicated.facts.blocks.effect import Effects, former, general, of_other_person
from indicated.facts.blocks.injectate import injectate
from indicated.facts.blocks.meant import block_meant
from indicated.facts.blocks.mentions import SAID, STRONG, WORD
from indicated.facts.blocks.place import levels
from indicated.facts.blocks.table import cell_under
from indicated.facts.diagnosis.around import proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

TECHNIQUE = "block technique"
_ORDER = (Status.PRESENT, Status.PLANNED, Status.HYPOTHETICAL, Status.ASKED)
_SPREAD = lazy(
    r"(?:spread|band|layer|contrast|dye|flow|margin|omnipaque|iohexol|column|myotome|dermatome|disc|disk|fusion|cage|hemangioma|scar|entry|foramin)[^.;]{0,40}$"
)
_NEEDLE = lazy(
    r"\b(?:at|level|lvl|tip|needle|body|block|lsb|vertebra|to|front of|ganglion|chain|sympathetic)\b"
)
_LABEL = lazy(r"level|guidance|imag|drug|volume|inject|technique|lvl")


def read_technique(effects: Effects) -> Iterator[Fact]:
    """Yield a fact for each passage that says how a block was, is to be, or must be done."""
    for group in _groups(effects):
        found = _fact(effects, group) if group else None
        if found is not None:
            yield found


def _groups(effects: Effects) -> Iterator[list[int]]:
    """The runs of segments that describe one block: its entry, its procedure note, or the sentences around its name."""
    note = effects.note
    if effects.procedure:
        starts = sorted({n for n, f in effects.done if f.date or "number" in f.attributes})
        if (
            not starts
            and not any(m.group in STRONG or m.group == "described" for m in note.named(WORD))
            and not note.has_title(WORD)
        ):
            return
        entries = [n for n, f in effects.done if "list or log" in " ".join(f.why)]
        if len(set(entries)) > 1:
            bounds = [*sorted(set(entries)), len(note.segments)]
            for first, last in itertools.pairwise(bounds):
                yield list(range(first, last))
            return
        yield [n for n in range(len(note.segments)) if not _of_other(note, n)]
        return
    last = -1
    listed = {n for n, f in effects.done if "list or log" in " ".join(f.why)}
    for number in range(len(note.segments)):
        if number <= last:
            continue
        titled = note.segments[number].title != (0, 0) and any(
            m.group in (*STRONG, "weak") for m in note.above(number, WORD)
        )
        named = note.within(number, WORD, *STRONG, "weak")
        logged = number in listed
        if not (named or titled or logged) or (
            _of_other(note, number) and not any(m.group in STRONG for m in named)
        ):
            continue
        group = [number]
        row = note.segments[number].row
        for following in range(number + 1, min(number + (6 if titled else 5), len(note.segments))):
            beside = note.segments[following]
            if following > number + 2 and not titled and beside.paragraph != note.segments[number].paragraph:
                break
            if (
                (row and not titled)
                or note.within(following, WORD, *STRONG, "other")
                or beside.title != note.segments[number].title
            ):
                break
            if beside.paragraph > note.segments[number].paragraph + (4 if titled else 1):
                break
            group.append(following)
        if (
            number
            and not row
            and not titled
            and note.segments[number - 1].paragraph == note.segments[number].paragraph
        ):
            group.insert(0, number - 1)
        last = group[-1]
        yield group


def _of_other(note: Note, segment: int) -> bool:
    named = note.within(segment, WORD, *STRONG, "other")
    if named:
        return named[0].group in ("other", "stellate")
    above = [m for m in note.above(segment, WORD) if m.group in (*STRONG, "other")]
    return bool(above) and above[-1].group in ("other", "stellate")


def _fact(effects: Effects, group: Sequence[int]) -> Fact | None:
    note = effects.note
    kept = [n for n in group if not _earlier(note, n)] or list(group)
    attributes: dict[str, Value] = {}
    used: list[int] = []
    level, where = _level(note, kept)
    if level:
        attributes["level"] = level
        used.append(where)
    guidance, where = _guidance(note, kept)
    if guidance:
        attributes["guidance"] = guidance
        used.append(where)
    inside, segments = injectate(note, kept)
    used += segments
    if inside.drug:
        attributes["drug"] = inside.drug
    if inside.concentration_percent:
        attributes["concentration_percent"] = inside.concentration_percent
    if inside.volume_ml:
        attributes["volume_ml"] = inside.volume_ml
    if inside.volume_ml is None and note.segments[group[-1]].row:
        _from_columns(note, kept, attributes, used)
    status, why = _status(effects, group, bool(attributes))
    if status is Status.PRESENT and any(former(effects, n) for n in (used or group)):
        status, why = Status.HISTORICAL, "of a former illness"
    if not attributes.keys() & {"level", "drug"} and status in (None, Status.PRESENT):
        blind = _without_image(effects, group)
        if blind is not None:
            return blind
    if status is None or (not attributes and status is not Status.ASKED):
        return None
    head = next((n for n in group if note.within(n, WORD, *STRONG, "weak")), group[0])
    if status is Status.PRESENT:
        meant = block_meant(effects, head, note.segments[head].start)
        if meant is None and effects.procedure:
            day = own_date(note)
            meant = day.isoformat() if day else None
        if meant:
            attributes["block"] = meant
    if status is Status.ASKED:
        attributes = {}
    return Fact(
        TECHNIQUE,
        status,
        proof(note, used or [head]),
        date=note.document.date,
        attributes=attributes,
        reader="technique",
        why=(why,),
    )


def _without_image(effects: Effects, group: Sequence[int]) -> Fact | None:
    """A block that was done without imaging, or one of which that is only supposed."""
    note = effects.note
    blind = [m.segment for n in group for m in note.within(n, "technique.unguided")]
    whole = Mention(WORD, "x", note.segments[group[0]].start, note.segments[group[0]].start + 1, group[0])
    if not blind or any(note.within(n, SAID, "cancelled") for n in group):
        return None
    supposed = general(effects, group[0], whole) or any(note.within(n, "technique.rule") for n in group)
    status, why = (
        (Status.HYPOTHETICAL, "only supposed") if supposed else (Status.ABSENT, "done without imaging")
    )
    return Fact(
        TECHNIQUE, status, proof(note, blind[:1]), date=note.document.date, reader="technique", why=(why,)
    )


def _from_columns(note: Note, group: Sequence[int], attributes: dict[str, Value], used: list[int]) -> None:
    """A bare number under "mL" is the volume."""
    for number in group:
        cell = cell_under(note, number, r"^(?:ml|mls|cc|vol(?:ume)?)\b")
        if cell and re.fullmatch(r"\d{1,2}(?:\.\d)?(?: ?ml)?", cell):
            attributes["volume_ml"] = float(cell.rstrip(" ml"))
            used.append(number)
            return


def _earlier(note: Note, segment: int) -> bool:
    """Whether a sentence speaks of the block before ("Last sympathetic went in at L2")."""
    return bool(
        re.match(
            r"\W*(?:last|previous|prior|first|the last) (?:time|one|block|sympathetic|lsb)",
            note.text_of(segment),
        )
    )


def _status(effects: Effects, group: Sequence[int], said: bool) -> tuple[Status | None, str]:
    note = effects.note
    head = next((n for n in group if note.within(n, WORD, *STRONG, "weak")), group[0])
    anchor = next(
        iter(note.within(head, WORD, *STRONG, "weak")),
        Mention(WORD, "title", note.segments[head].start, note.segments[head].start + 1, head),
    )
    if any(
        of_other_person(
            effects,
            n,
            anchor if n == head else Mention(WORD, "x", note.segments[n].end - 1, note.segments[n].end, n),
        )
        for n in group[:3]
    ):
        return Status.OTHER_PERSON, "of another person"
    blanks = [m for n in group for m in note.within(n, "technique.blank")]
    boxes = re.findall(r"[\[(] ?[x✓]? ?[\])]", " ".join(note.text_of(n) for n in group))
    unticked = len(boxes) >= 3 and not any("x" in b or "✓" in b for b in boxes)
    if unticked or (blanks and not said) or (blanks and not _filled(note, group, blanks)):
        about = any(_LABEL.search(note.text_of(n)) or note.within(n, "technique") for n in group)
        return (Status.ASKED, "left blank or asked") if about else (None, "")
    if not said:
        return None, ""
    if general(effects, head, anchor) or (
        any(_rules(note, m) for n in group[:2] for m in note.within(n, "technique.rule"))
        and not effects.procedure
    ):
        return Status.HYPOTHETICAL, "a rule or a general statement"
    found = {f.status for n, f in effects.all if n in group}
    former = any(note.within(n, "technique.former") for n in group)
    if former and not effects.procedure and Status.PLANNED not in found:
        return Status.HISTORICAL, "a former way"
    for status in _ORDER:
        if status in found:
            return status, "as the block that it describes"
    if effects.procedure:
        return Status.PRESENT, "the note of the procedure"
    if re.search(
        r"plan|order|a/p|sched|tomorrow|request|author",
        f"{note.segments[head].heading} {(note.document.kind or '').lower()}",
    ):
        return Status.PLANNED, "in a plan"
    if Status.ABSENT in found or (
        note.segments[head].row and not effects.procedure and not found and len(note.segments) > 8
    ):
        return None, ""
    return Status.PRESENT, "told of a block"


def _rules(note: Note, mention: Mention) -> bool:
    """Whether a "should be" sets a rule, and does not mend what was written ("the level should be L3, not L4")."""
    rest = note.folded[mention.end : note.segments[mention.segment].end]
    return not (
        note.folded.startswith("should", mention.start) and re.search(r",? (?:and )?not (?:l\d|\d)", rest)
    )


def _filled(note: Note, group: Sequence[int], blanks: Sequence[Mention]) -> bool:
    """Whether a passage with blanks still gives its parts: more of them are filled than left open."""
    drugs = [m for n in group for m in note.within(n, "technique.local anesthetic")]
    figures = sum(len(re.findall(r"\d(?:\.\d+)? ?(?:%|ml|cc)", note.text_of(n))) for n in group)
    return (bool(drugs) and figures >= len(blanks)) or figures > len(blanks)


def _level(note: Note, group: Sequence[int]) -> tuple[str, int]:
    ordered = sorted(
        group, key=lambda n: (not note.within(n, WORD, *STRONG), not _NEEDLE.search(note.text_of(n)), n)
    )
    for number in ordered:
        piece = note.segments[number]
        text = note.text_of(number)
        first = re.search(r"\bl ?-?[1-5]\b|\bl[ -]i{2,3}\b|\bl[ -]iv\b|lumbar vertebra", text)
        if not first or (
            re.search(r"spread|vertical band|ventral layer", text[: first.start()])
            and not note.within(number, WORD, *STRONG)
        ):
            continue
        if _SPREAD.search(text[: first.start()]) and not re.search(
            r"tip|needle|at $", text[max(0, first.start() - 12) : first.start()]
        ):
            continue
        cut = re.search(
            r"\b(?:as (?:her|his) l\d|spread|contrast|omnipaque|iohexol|myotome|medial branch|mbb|fusion|disc)\b",
            text,
        )
        end = piece.start + cut.start() if cut and cut.start() > first.start() else piece.end
        found = levels(note, piece.start, end)
        if found:
            return found, number
    return "", 0


def _guidance(note: Note, group: Sequence[int]) -> tuple[str, int]:
    """The guidance that stands nearest to the block's name or to a guiding word; an image of something else is left out."""
    found: list[tuple[int, str, int]] = []
    for number in group:
        here = note.segments[number]
        text = note.text_of(number)
        boxed = re.search(r"[\[(] ?[x✓]? ?[\])]", text)
        for kind, name in (
            ("fluoroscopy", "technique.fluoroscopy"),
            ("ultrasound", "technique.ultrasound"),
            ("CT", "technique.ct"),
            ("ultrasound", "technique.us"),
        ):
            for m in note.within(number, name):
                if name == "technique.us" and not note.document.text[m.start : m.end].isupper():
                    continue
                behind = note.folded[m.end : min(here.end, m.end + 22)]
                before = note.folded[max(here.start, m.start - 22) : m.start]
                if (
                    re.match(
                        r"\W*(?:of the|showed|first|normal|neg|dvt|doppler|(?:of |r |l |right |left )?(?:foot|ankle|leg|knee|hip|head|brain|chest|abd\w*|pelvis|lumbar spine|l-?spine|spine|angio\w*|sinus|thorax)\b)",
                        behind,
                    )
                    and "guid" not in behind
                ):
                    continue
                if re.search(r"\b(?:no|not|without|declin\w+)\s+$", before):
                    continue
                if (
                    boxed
                    and not re.search(r"[\[(] ?[x✓] ?[\])]\s?$", before)
                    and not re.match(r"\s?[\[(] ?[x✓] ?[\])]", behind)
                ):
                    continue
                block = [abs(b.start - m.start) for b in note.within(number, WORD, *STRONG)]
                found.append(
                    (
                        min(block, default=60) - (20 if note.within(number, "technique.guiding") else 0),
                        kind,
                        number,
                    )
                )
    if not found:
        return "", 0
    best = min(found)
    return best[1], best[2]
