"""What stands near a mention: the phrases of its own topic, a denial, another person, a side and a limb.

A diagnosis is not spoken of as a finding is. "No fracture, CRPS suspected" denies the fracture only, and
"went away by 2018" may stand in the sentence after the name. These helpers look at the phrase, then the
sentence, then the sentences beside it in the same paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from indicated.chart.model import Limb, Side
from indicated.facts.model import Evidence
from indicated.reading.context import cues_on
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_SIDES: dict[str, Side] = {"right": "right", "left": "left", "bilateral": "bilateral"}
_LIMBS: dict[str, Limb] = {"lower": "lower", "upper": "upper"}
_IN_YOUR_HANDS = lazy(r"(?:your|my|our|good|safe|capable|their) hands?$")
_LAST_OF_LIST = lazy(r"\b(?:or|nor|and)\s*$")
_SOFT_END = lazy(r"(?:reports?|notes|noted|found|shows|showed|reveals|revealed|demonstrates)$")
_AUXILIARY = lazy(r"\s*(?:(?:was|is|has|had|also|once|been)\s+){0,2}")
_TO_KIN = lazy(
    r"\s*(?:in|of|:|-|\()\s*(?:(?:her|his|my|their|a|an|the|one|pt's|patient's|maternal|paternal|late|older|younger)\s+){0,3}"
)
_TO_ANSWER = lazy(
    r"\s*(?:screen(?:ing)?|tests?|testing|check|exam|work-?up)?\s*[:=(-]?\s*(?:is |was |were )?"
)
_CORRECTION = lazy(
    r"\b(?:sorry|correction|correct that|strike that|scratch that|make that|i mean|i meant|recte|rather|no wait|oops|err)\b|- no,"
)
_LIST_GOES_ON = lazy(r"\s*(?:$|[,.;/)]|(?:or|nor|and)\b|of any (?:kind|sort))")
_BOX = lazy(r"\[ ?(?P<square>[x✓✔*]?) ?\]|\( ?(?P<round>[x✓✔]?) ?\)|(?P<sign>[☐☑☒✓✔□])")
_PAIR, _TOUCH = 2, 2
_LISTED = 4


def room(note: Note, segment: int, before: int = 1, after: int = 1) -> list[int]:
    """The numbers of a segment and of those beside it in its paragraph, in the order of the text."""
    paragraph = note.segments[segment].paragraph
    first, last = max(0, segment - before), min(len(note.segments) - 1, segment + after)
    return [n for n in range(first, last + 1) if note.segments[n].paragraph == paragraph]


def phrases(note: Note, name: str, segments: Sequence[int], *groups: str) -> list[Mention]:
    """The mentions of an entry (of some of its groups) in some segments."""
    return [m for n in segments for m in note.within(n, name, *groups)]


def overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a mention shares a character with one of the others."""
    return any(m.start < mention.end and mention.start < m.end for m in others)


def gap(note: Note, one: Mention, other: Mention) -> str:
    """The text between two mentions, empty where they touch or overlap."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    return note.folded[first.end : second.start]


def close(note: Note, phrase: Mention, mention: Mention, reach: int = 60) -> bool:
    """Whether a phrase stands in the statement of a mention: near it, with no end of a statement between."""
    between = gap(note, phrase, mention)
    return (
        phrase.segment == mention.segment
        and len(between) <= reach
        and not re.search(r";|(?<!incl)(?<!vs)(?<!dr)(?<!e\.g)(?<!i\.e)\. |\n *\d", between)
    )


def denial(note: Note, mention: Mention, own: Sequence[Mention] = ()) -> Mention | None:
    """The word that denies a mention, or None. Words inside phrases of the topic itself (`own`) do not count.

    A denial before a comma reaches past it only along a list of short names ("no fracture, DVT or CRPS").
    """
    for name, cue in cues_on(note, mention):
        if name != "negated" or overlaps(cue, own) or _affirms(note, cue, mention):
            continue
        between = gap(note, cue, mention)
        if cue.start > mention.start:
            if len(between) <= 24 and not re.search(r"[,;|]|\. | - | and ", between):
                return cue
        elif _along_list(between) and (
            "," not in between
            or (between.strip() == "," and note.folded.endswith((" had", " have"), cue.start, cue.end))
            or _LAST_OF_LIST.search(between)
            or _LIST_GOES_ON.match(note.folded, mention.end, note.segments[mention.segment].end)
        ):
            return cue
    return _answered_no(note, mention)


def _answered_no(note: Note, mention: Mention) -> Mention | None:
    """A word of denial as the answer right behind a name ("CRPS: negative.")."""
    for cue in note.within(mention.segment, "cue", "negated.before"):
        between = note.folded[mention.end : cue.start] if cue.start >= mention.end else "x"
        ends = note.folded[cue.end : cue.end + 1] in ("", ".", ",", ";", "\n", ")")
        if ends and _TO_ANSWER.fullmatch(between):
            return cue
    return None


def _along_list(between: str) -> bool:
    if re.search(r"[.!?]\s|[-=]>|>|\bbut\b", between):
        return False
    pieces = re.split(r",|/", between)
    if len(pieces) == 1:
        return len(between.split()) <= 9 and not re.search(r"[:;]| - |--", between)
    return not re.search(r"[:;=]| - |--", between) and all(len(p.split()) <= _LISTED for p in pieces)


def _affirms(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether a denial stands in a phrase that affirms ("no doubt") or corrects ("no, it was ...")."""
    corrects = note.folded[cue.start : cue.end] == "no" and note.folded[cue.end : cue.end + 1] == ","
    return corrects or overlaps(cue, note.within(mention.segment, "affirmed"))


def of_another(note: Note, mention: Mention) -> bool:
    """Whether a mention is of another person; a relative who speaks for the patient is none."""
    informants = note.within(mention.segment, "informant")
    if note.misfiled(mention.segment):
        return True
    if any(name == "other_person" and not overlaps(cue, informants) for name, cue in cues_on(note, mention)):
        return True
    return any(
        not overlaps(cue, informants)
        and (
            _shown_by(note, cue, mention)
            if cue.end <= mention.start
            else bool(_TO_KIN.fullmatch(note.folded[mention.end : cue.start]))
        )
        for cue in note.within(mention.segment, "cue", "other_person.before")
    )


def _shown_by(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether the only verb between a person and the thing is that person's own ("a neighbour showed his stimulator")."""
    ends = [
        m
        for m in note.within(mention.segment, "cue", "terminator.within")
        if cue.end <= m.start and m.end <= mention.start
    ]
    return (
        len(ends) == 1
        and bool(_AUXILIARY.fullmatch(note.folded[cue.end : ends[0].start]))
        and bool(_SOFT_END.match(note.folded, ends[0].start, ends[0].end))
    )


def side_near(note: Note, mention: Mention, before: int = 2, after: int = 1) -> Side | None:
    """The side named nearest to a mention: in its sentence, else in those beside it, else in the heading."""
    corrected = _corrected_side(note, mention)
    if corrected:
        return corrected
    for m in _nearest(note, mention, "side", before, after):
        side = _SIDES.get(m.name.partition(".")[2])
        if side and not note.folded[m.end : m.end + 1].isdigit() and not overlaps(m, [mention]):
            return side
    return None


def _corrected_side(note: Note, mention: Mention) -> Side | None:
    """The side behind a correction of one before it: "CRPS L foot - sorry, R foot"."""
    sides = note.within(mention.segment, "side")
    for one, other in itertools.pairwise(sides):
        between = note.folded[one.end : other.start]
        if len(between) <= 40 and one.name != other.name and _CORRECTION.search(between):
            return _SIDES.get(other.name.partition(".")[2])
    return None


def limb_near(note: Note, mention: Mention, before: int = 2, after: int = 1) -> Limb | None:
    """The limb named nearest to a mention, looked for as the side is."""
    for m in _nearest(note, mention, "limb", before, after):
        limb = _LIMBS.get(m.name.partition(".")[2])
        if limb and not _IN_YOUR_HANDS.search(note.folded, max(0, m.start - 12), m.end):
            return limb
    return None


def _nearest(note: Note, mention: Mention, name: str, before: int, after: int) -> Iterator[Mention]:
    yield from sorted(note.within(mention.segment, name), key=lambda m: _distance(m, mention))
    for n in sorted(room(note, mention.segment, before, after), key=lambda n: (abs(n - mention.segment), n)):
        if n != mention.segment:
            yield from sorted(note.within(n, name), key=lambda m: abs(m.start - mention.start))
    yield from note.above(mention.segment, name)


def _distance(m: Mention, mention: Mention) -> int:
    if m.end <= mention.start:
        return mention.start - m.end + 6  # "CRPS right foot": what follows the name belongs to it
    return max(0, m.start - mention.end)


def ticked_time(note: Note, mention: Mention) -> str:
    """What a form with boxes for the times says of the disease named before them: "now", "past", "never", or "" without."""
    stop = note.folded.find("\n", mention.end)
    stop = stop if stop >= 0 else len(note.folded)
    if mention.segment >= 0:
        stop = min(stop, max(note.segments[mention.segment].end, mention.end))
    boxes = list(_BOX.finditer(note.folded, mention.end, stop))
    times = note.between(mention.end, stop, "when it was")
    if len(boxes) < _PAIR or len(times) < _PAIR:
        return ""
    before = boxes[0].start() < times[0].start
    for box in boxes:
        if not (box["square"] or box["round"] or box["sign"] in tuple("☑☒✓✔")):
            continue
        for m in times:
            apart = m.start - box.end() if before else box.start() - m.end
            if 0 <= apart <= _TOUCH:
                return m.group
    return ""


def proof(note: Note, segments: Sequence[int]) -> tuple[Evidence, ...]:
    """The statements in some segments, as evidence: one piece for each run of neighbours."""
    pieces: list[tuple[int, int]] = []
    for n in sorted(set(segments)):
        if pieces and pieces[-1][1] == n - 1:
            pieces[-1] = (pieces[-1][0], n)
        else:
            pieces.append((n, n))
    document = note.document
    return tuple(
        Evidence(
            document.name,
            start := note.segments[first].start,
            end := note.segments[last].end,
            document.text[start:end],
            date=document.date,
            kind=document.kind or "",
        )
        for first, last in pieces
    )
