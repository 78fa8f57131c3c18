"""Drugs in a note, and the stretch of text that speaks of each.

People write one statement on several drugs ("naproxen, APAP and gabapentin: no help") and several statements in one
sentence ("Coumadin out, Xarelto in"). A stretch holds the drugs of one statement and reaches from the end of the
statement before to the beginning of the next; sentences of the same paragraph without a drug go on with the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.resources import VOCABULARY
from indicated.vocabulary.drugs import Drug, Drugs, read_drugs

_DOSE = r"\d+(?:[.,]\d+)?(?: ?- ?\d+)?(?: ?(?:mg|mcg|g|gm|grams?|ml|units?|u|tabs?|caps?|k|iu)(?![a-z]))?(?:/(?:d|day|24h|h|hr))?"
_OFTEN = r"(?:bid|tid|qid|qd|qod|qhs|qam|qpm|hs|daily|nightly|nocte|mane|prn|od|bd|tds|qds|po|sq|sc|er|xr|sr|ir|dr|ec|cr|q ?\d+ ?h(?:rs?)?|once|twice|three times|a|per|day|night|at bedtime|x ?\d+ ?(?:d|wks?|weeks?|mo|months?)|since [a-z]+|patch(?:es)?|cream|gel|max(?:ed)?|dose|regular|scheduled|trial|trials)"
_JOINED = lazy(
    rf"(?:[\s,/&+()-]|\b(?:including|incl|e\.g|i\.e|such as|namely)\b\.?|\b(?:and|or|nor|an?|plus|then|even|both|any|other|all|of|the|as well as|with|w/|in addition to|{_OFTEN})\b|{_DOSE})*"
)
_STRONG = lazy(r"[;.!?](?=[\s\"')]|$)|\bbut\b|\bhowever\b|\binstead\b|\bwhile\b|\bwhereas\b|\|")
_WEAK = lazy(r",| - | -- |--|\(|\band\b|\bthen\b|\n|  +")
_REMARK = lazy(rf"(?:[\s,]|{_DOSE}|\b{_OFTEN}\b)*\(")
_LABEL = lazy(
    r"(?<=[.;,|\s])(?:past|prior|previous|current|family|fh|fhx|allerg\w+|stopped|discontinued|inactive|active|other|pmh|social|exam|labs?|vitals|plan)\b[a-z ]{0,12}:"
)
_REACH_BACK, _REACH_ON = 2, 3


@dataclass(frozen=True)
class DrugAt:
    """A drug where it is named; of the heading when the mention's segment is that of the text below it."""

    drug: Drug
    mention: Mention
    titled: bool = False


@dataclass(frozen=True)
class Stretch:
    """`text[start:end]` speaks of `drugs`. `lead` is where the statement before begins, whose verb may serve here too."""

    drugs: tuple[DrugAt, ...]
    start: int
    end: int
    segments: tuple[int, ...]
    lead: int = -1
    muted: tuple[tuple[int, int], ...] = ()
    """Choices of a form beside the one that is ticked: what they say is not said."""

    @property
    def first(self) -> int:
        """Where the first of its drugs begins."""
        return self.drugs[0].mention.start

    @property
    def last(self) -> int:
        """Where the last of its drugs ends."""
        return self.drugs[-1].mention.end

    @property
    def segment(self) -> int:
        """The segment of its first drug."""
        return self.drugs[0].mention.segment


@lru_cache(maxsize=1)
def table() -> Drugs:
    """The table of drugs."""
    return read_drugs(VOCABULARY)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Drug]:
    return {drug.name: drug for drug in table().drugs}


def drug_named(name: str) -> Drug:
    """The drug of the table with this name, which is the group of its mentions."""
    return _by_name()[name]


def drugs_in(note: Note, hidden: Sequence[Mention] = ()) -> list[DrugAt]:
    """The drugs that a note names, in the order of the text, those of headings included; `hidden` phrases are none."""
    found: list[DrugAt] = []
    for mention in note.named("drug"):
        if any(h.start < mention.end and mention.start < h.end for h in hidden) or not _in_capitals(
            note, mention
        ):
            continue
        drug = _by_name()[mention.group]
        found.append(DrugAt(_applied(note, drug, mention), mention))
    return sorted([*found, *_spelled(note)], key=lambda at: at.mention.start)


_SPELLED = lazy(r"(?<![\w-])[a-z](?:-[a-z]){4,}(?![\w-])")


def _spelled(note: Note) -> Iterator[DrugAt]:
    """The drugs that somebody spells letter by letter ("x-a-r-e-l-t-o")."""
    for match in _SPELLED.finditer(note.folded):
        drug = table().by_name.get((match[0].replace("-", ""),))
        if drug is not None:
            at = note.segment_at(match.start())
            yield DrugAt(drug, Mention("drug", drug.name, match.start(), match.end(), at))


def names_drug(note: Note) -> bool:
    """Whether a drug is named anywhere, spelled or in a heading: the quick question before a reader does any work."""
    return note.has("drug") or note.has_title("drug") or bool(_SPELLED.search(note.folded))


def titled_drugs(note: Note, wanted: Callable[[Drug], bool]) -> Iterator[tuple[DrugAt, list[int]]]:
    """Yield the drugs of headings with the segments below, where these name no such drug themselves."""
    if not note.has_title("drug"):
        return
    seen: set[tuple[int, int]] = set()
    for number, segment in enumerate(note.segments):
        if segment.title in seen or segment.title == (0, 0):
            continue
        seen.add(segment.title)
        above = [m for m in note.above(number, "drug") if wanted(_by_name()[m.group])]
        if not above:
            continue
        below = [n for n in range(number, len(note.segments)) if note.segments[n].title == segment.title]
        if not any(wanted(_by_name()[m.group]) for n in below for m in note.within(n, "drug")):
            mention = above[0]._replace(segment=number)
            yield DrugAt(_by_name()[mention.group], mention, titled=True), below


def _in_capitals(note: Note, mention: Mention) -> bool:
    """Whether a short abbreviation stands in capitals, or all the text is without them."""
    written = note.document.text[mention.start : mention.end]
    if (written.lower(),) not in table().exact:
        return True
    return written.isupper() or note.document.text.islower() or written.lower() not in _AMBIGUOUS


_AMBIGUOUS = frozenset(("mst", "asa", "t3", "mdp", "pcm", "tca", "tcas", "tpa", "tnk", "ac"))


def _applied(note: Note, drug: Drug, mention: Mention) -> Drug:
    """The form for the skin when patch, gel or cream stands beside the name."""
    if not drug.on_skin:
        return drug
    segment = note.segments[mention.segment]
    around = note.folded[max(segment.start, mention.start - 12) : min(segment.end, mention.end + 26)]
    return table().as_applied(drug, around)


def stretches(note: Note, drugs: Sequence[DrugAt]) -> list[Stretch]:
    """The statements on drugs, in the order of the text."""
    out: list[Stretch] = []
    for paragraph in _by_paragraph(note, drugs):
        out.extend(_of_paragraph(note, paragraph))
    return out


def _by_paragraph(note: Note, drugs: Sequence[DrugAt]) -> Iterator[list[DrugAt]]:
    current: list[DrugAt] = []
    for found in drugs:
        if current and _paragraph(note, found) != _paragraph(note, current[-1]):
            yield current
            current = []
        current.append(found)
    if current:
        yield current


def _paragraph(note: Note, found: DrugAt) -> int:
    return note.segments[found.mention.segment].paragraph


def _of_paragraph(note: Note, drugs: list[DrugAt]) -> Iterator[Stretch]:
    runs = [[drugs[0]]]
    for before, found in pairwise(drugs):
        between = note.folded[before.mention.end : found.mention.start]
        together = before.mention.segment == found.mention.segment and _JOINED.fullmatch(between)
        if together and not _has_own_remark(note, found, drugs):
            runs[-1].append(found)
        else:
            runs.append([found])
    here = _near(note, drugs)
    first = max(here[0], drugs[0].mention.segment - _REACH_BACK)
    start = note.segments[first].start
    lead = -1
    for at, run in enumerate(runs):
        stop = (
            _cut(note, run[-1].mention, runs[at + 1][0].mention)
            if at + 1 < len(runs)
            else _end(note, run, here)
        )
        label = _LABEL.search(note.folded, run[-1].mention.end, stop)
        stop = label.start() if label else stop
        segments = tuple(n for n in here if note.segments[n].end > start and note.segments[n].start < stop)
        yield Stretch(tuple(run), start, stop, segments, lead, _muted(note, run[-1].mention.end, stop))
        bare = (
            not note.folded[stop : runs[at + 1][0].mention.start].strip(" ,;&")
            if at + 1 < len(runs)
            else False
        )
        ended = note.folded[:stop].rstrip()[-1:] in (".", "!", "?")
        lead = (start if lead < 0 else lead) if bare and not ended else -1
        start = stop


def _muted(note: Note, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    boxes = list(_BOX.finditer(note.folded, start, stop))
    if not any(box["tick"].strip() for box in boxes):
        return ()
    ends = [box.start() for box in boxes[1:]] + [stop]
    return tuple((box.end(), end) for box, end in zip(boxes, ends, strict=True) if not box["tick"].strip())


_BOX = lazy(r"[\[(](?P<tick>[ x✓]?)[\])](?= ?[a-z])")


def _has_own_remark(note: Note, found: DrugAt, drugs: Sequence[DrugAt]) -> bool:
    """Whether brackets behind a drug tell of it alone ("naproxen, gabapentin (rash)"); another name in them does not."""
    opened = _REMARK.match(note.folded, found.mention.end)
    return opened is not None and not any(other.mention.start == opened.end() for other in drugs)


def _near(note: Note, drugs: list[DrugAt]) -> list[int]:
    first, last, paragraph = drugs[0].mention.segment, drugs[-1].mention.segment, _paragraph(note, drugs[0])
    while first > 0 and note.segments[first - 1].paragraph == paragraph:
        first -= 1
    while last + 1 < len(note.segments) and note.segments[last + 1].paragraph == paragraph:
        last += 1
    return list(range(first, last + 1))


def _end(note: Note, run: list[DrugAt], here: list[int]) -> int:
    return note.segments[min(here[-1], run[-1].mention.segment + _REACH_ON)].end


def _cut(note: Note, before: Mention, after: Mention) -> int:
    """Where between two drugs the statement changes: at the last strong sign, else at the last weak one."""
    if before.segment != after.segment:
        start = note.segments[after.segment].start
        if not note.folded[:start].rstrip().endswith(";"):
            return start
        # Behind a semicolon the statement before may go on ("(since Jan; helps a little), acetaminophen").
        going_on = list(_WEAK.finditer(note.folded, start, after.start))
        return going_on[-1].start() if going_on else start
    strong = list(_STRONG.finditer(note.folded, before.end, after.start))
    if strong:
        return strong[-1].start() if strong[-1][0].isalpha() else strong[-1].end()
    weak = list(_WEAK.finditer(note.folded, before.end, after.start))
    if not weak:
        return after.start
    cut = weak[-1]
    for earlier in reversed(weak[:-1]):
        if note.folded[earlier.end() : cut.start()].strip():
            break
        cut = earlier
    return cut.start()


def told_of(note: Note, stretch: Stretch) -> list[int]:
    """The segments that may speak of the drugs: their own, and those behind it that go on with the same subject."""
    if stretch.drugs[0].titled:
        return list(stretch.segments)
    own = {found.mention.segment for found in stretch.drugs}
    last = max(own)
    kept = [n for n in stretch.segments if n in own]
    for n in stretch.segments:
        if n > last:
            same_sentence = note.folded[note.segments[n - 1].end - 1] == ";"
            if not same_sentence and not _goes_on(note.text_of(n)):
                break
            kept.append(n)
    return kept


def _goes_on(text: str) -> bool:
    return len(text) <= _BRIEF or bool(_SAME_SUBJECT.match(text))


_BRIEF = 64
_SAME_SUBJECT = lazy(
    r"[\s\"'(]*(?:it|its|they|these|those|this|that|he|she|i|pt|patient|both|all|none|no|not|nothing|never|now|then|but|and|still|stopped|quit|gave|ran|last|"
    r"took|takes|has|had|was|were|did|does|despite|addendum|wife|husband|with|without|on|off|back|since|until|neither|either|are|is|can|could|cannot|will|would|only|scratch|strike|correction|by|which|so|however|pain|relief|effect|result|response)\b"
)


def spans(note: Note, stretch: Stretch, name: str, *groups: str) -> list[Mention]:
    """The mentions of an entry that lie in a stretch."""
    return note.between(stretch.start, stretch.end, name, *groups)


def with_drugs(stretch: Stretch, keep: Callable[[Drug], bool]) -> Stretch | None:
    """The stretch with only the drugs of a kind, or None when it has none."""
    kept = tuple(found for found in stretch.drugs if keep(found.drug))
    return replace(stretch, drugs=kept) if kept else None
