"""What was injected at the sympathetic chain: drug, strength and volume; contrast, skin wheal, steroid and waste are set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicated.reading.amounts import NUMBER, number
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_VOLUME = lazy(
    rf"(?<![\d.,/])(?P<n>{NUMBER})(?: ?\+ ?(?P<plus>\d+(?:\.\d+)?))? ?-?(?:ml|mls|cc|ccs|milliliters?|millilitres?)\b(?!/)|\b(?:vol(?:ume)?[_ ](?:ml|cc)|ml|cc|volume|vol)\b ?[:=|]? ?(?P<m>\d+(?:\.\d+)?)(?! ?(?:%|mg))"
)
_FRACTIONS = {
    "quarter": 0.25,
    "one quarter": 0.25,
    "1/4": 0.25,
    "half": 0.5,
    "1/2": 0.5,
    "one half": 0.5,
    "1/8": 0.125,
    "one eighth": 0.125,
    "eighth": 0.125,
    "three eighths": 0.375,
    "3/8": 0.375,
}
_STRENGTH = lazy(
    r"(?P<fraction>quarter|one quarter|1/4|half|1/2|one half|1/8|three eighths|3/8)[ -]?(?:%|per ?cent)"
    r"|(?P<n>\d*\.\d+|\d+(?:\.\d+)?) ?%"
    r"|(?P<words>(?:zero )?point (?:oh |zero )?(?:one|two|three|four|five|six|seven|eight|nine)(?: (?:one|two|three|four|five|six|seven|eight|nine|zero|oh))*)(?: ?(?:%|per ?cent))?"
    r"|(?P<word>one|two|three|four)(?: and a half)? (?:per ?cent|%)"
    r"|(?P<mgml>\d+(?:\.\d+)?) ?mg ?/ ?ml"
    r"|(?<![\d/])(?P<bare>0?\.\d{1,3})(?! ?(?:ml|cc|mg|c\b|mm|cm|%|°))"
)
_DOSE = lazy(r"(?P<n>\d+(?:\.\d+)?) ?mg\b(?! ?/)")
_ONLY_LOCAL = lazy(r"\blocal(?: (?:anesthetic|anaesthetic|agent))? ?[:=|]\s*$")
_TOTAL = lazy(r"\b(?:total|altogether|in all)(?: vol(?:ume)?)?(?: of)?[ :=]*$")
_DIGITS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "zero": "0",
    "oh": "0",
}
_GIVEN = lazy(
    r"(?:delivered|injected|given|used|went in|deposited|instilled|administered|total(?: of)?|in all|it was|actually|correct(?:ed)?(?: to)?)[\s:]*$|^\s*(?:injected|given|used|delivered|went in|total|deposited|instilled|administered)\b"
)
_ASIDE_NEAR = 26
_DILUTED = lazy(
    rf"(?:cut|diluted|mixed|made up|with|plus|\+)\s+(?:with |in |by )?(?P<n>{NUMBER}) ?(?:ml|cc) (?:of )?(?:ns|saline|normal saline|nacl|pf ?ns|sterile|0\.9)"
    rf"|(?:plus|\+|with|and)\s+(?:ns|saline|normal saline|nacl|pf ?ns)\s+(?P<m>{NUMBER}) ?(?:ml|cc)"
)
_DILUTED_BY_HALF = lazy(r"(?:diluted|cut) (?:1:1|by half|half and half|50[:/]50)")
_TIMES = lazy(r"\s*\d*\.\d+ ?%? x ?(\d{1,2})\b(?! ?(?:%|mg|d\b|wk))")
_MORE = lazy(
    rf"then\s+(?P<n>{NUMBER}) ?(?:ml|cc) more|(?:another|additional|further|followed by|\+) (?P<m>{NUMBER}) ?(?:ml|cc)"
)


@dataclass
class Injectate:
    """The parts that were found; each None until it is."""

    drug: str | None = None
    concentration_percent: float | None = None
    volume_ml: float | None = None


def injectate(note: Note, segments: Sequence[int]) -> tuple[Injectate, list[int]]:
    """What the segments say was injected, and which of them say it."""
    found = Injectate()
    used: list[int] = []
    kept = [n for n in segments if _drug(note, n) is not None]
    bare = [n for n in segments if n not in kept and not note.within(n, "technique.local anesthetic")]
    for segment in [*kept, *bare]:
        before = (found.drug, found.concentration_percent, found.volume_ml)
        _read(note, segment, found)
        if (found.drug, found.concentration_percent, found.volume_ml) != before:
            used.append(segment)
    return found, used


def _read(note: Note, segment: int, found: Injectate) -> None:
    text = note.text_of(segment)
    here = note.segments[segment]
    drug = _drug(note, segment)
    if drug is not None and found.drug is None:
        found.drug = drug.group
    if found.concentration_percent is None:
        found.concentration_percent = _strength(note, segment, drug)
    volume = _volume(note, segment, drug)
    if volume is None:
        return
    corrected = (
        found.volume_ml is not None and re.search(r"^\W*(?:it|should|actual|correct)\w* ", text) is not None
    )
    diluted = _DILUTED.search(text)
    if diluted and found.concentration_percent and drug is not None:
        other = number(diluted["n"] or diluted["m"]) or 0.0
        total = volume + other
        found.concentration_percent = round(found.concentration_percent * volume / total, 4)
        volume = total
    elif _DILUTED_BY_HALF.search(text) and found.concentration_percent:
        found.concentration_percent /= 2
    if found.concentration_percent is None and drug is not None:
        dose = _DOSE.search(
            text, max(0, drug.start - here.start - 12), min(len(text), drug.end - here.start + 24)
        )
        if dose and volume:
            found.concentration_percent = round(float(dose["n"]) / volume / 10, 4)
    if found.volume_ml is None or corrected:
        found.volume_ml = volume


def _drug(note: Note, segment: int) -> Mention | None:
    """The local anesthetic of the block, not that of the skin, nor one that was out of stock or only named as not used."""
    here = note.segments[segment]
    drugs = note.within(segment, "technique.local anesthetic")
    kept = []
    for m in drugs:
        before = note.folded[max(here.start, m.start - 30) : m.start]
        behind = note.folded[m.end : min(here.end, m.end + 44)]
        if re.search(r"\b(?:no|not|without)\s+$", before) or (
            re.search(r"(?:local|skin)\b[^.;]{0,26}$", before)
            and "block" not in before
            and not (_ONLY_LOCAL.search(before) and len(note.named("technique.local anesthetic")) == 1)
        ):
            continue
        if (
            re.search(r"^[^.;]{0,28}\b(?:to (?:the )?skin|skin|subcut|wheal|patch|cream)\b", behind)
            or re.match(r"\W*(?:was|is) (?:on |out of |un)", behind)
            or re.match(r"[ -]?(?:free|allerg)", behind)
        ):
            continue
        kept.append(m)
    return (
        kept[-1]
        if len(kept) > 1 and re.search(r"instead|\bso\b", note.text_of(segment))
        else kept[0]
        if kept
        else None
    )


def _aside(note: Note, segment: int, start: int, end: int) -> bool:
    """Whether an amount is of contrast, of the skin, of a vial, or wasted."""
    here = note.segments[segment]
    for m in note.within(segment, "technique.aside"):
        if m.end <= start:
            between = note.folded[m.end : start]
            if (
                len(between) < _ASIDE_NEAR
                and not re.search(r"[.;,+]|\band\b|\bof the mix|\bthen\b", between)
                and not _drug_between(note, segment, m.end, start)
            ):
                return True
        elif m.start >= end:
            between = note.folded[end : m.start]
            if (
                len(between) < 14
                and not re.search(r"[.;,+]|\band\b|\bwith\b|\bfrom\b|w/", between)
                and not _drug_between(note, segment, end, m.start)
            ):
                return True
    return bool(re.match(r" ?(?:vial|amp|bottle|syringe)", note.folded[end : min(here.end, end + 9)]))


def _aside_before(note: Note, segment: int, start: int) -> bool:
    """Whether contrast or the like is named right before an amount ("gadolinium 1.5 mL used")."""
    return any(0 <= start - m.end <= 2 for m in note.within(segment, "technique.aside"))


def _drug_between(note: Note, segment: int, start: int, end: int) -> bool:
    return any(start <= m.start and m.end <= end for m in note.within(segment, "technique.local anesthetic"))


def _strength(note: Note, segment: int, drug: Mention | None) -> float | None:
    here = note.segments[segment]
    found: list[tuple[int, float]] = []
    for match in _STRENGTH.finditer(note.folded, here.start, here.end):
        if _aside(note, segment, match.start(), match.end()) and drug is None:
            continue
        value = _percent(match)
        if value is None or not 0 < value <= 5:
            continue
        distance = 0 if drug is None else min(abs(match.start() - drug.end), abs(drug.start - match.end()))
        if drug is None and not match["n"] and not match["mgml"] and not match["fraction"]:
            continue
        if drug is not None and distance > 40:
            continue
        found.append((distance, value))
    return min(found)[1] if found else None


def _percent(match: re.Match[str]) -> float | None:
    if match["fraction"]:
        return _FRACTIONS[match["fraction"]]
    if match["n"]:
        return float(match["n"])
    if match["words"]:
        digits = "".join(
            _DIGITS[w] for w in match["words"].split() if (w in _DIGITS and w != "zero") or w in ("oh",)
        )
        return float(f"0.{digits}") if digits else None
    if match["word"]:
        return (number(match["word"]) or 0.0) + (0.5 if "half" in match[0] else 0.0)
    if match["mgml"]:
        return float(match["mgml"]) / 10
    return float(match["bare"])


def _volume(note: Note, segment: int, drug: Mention | None) -> float | None:
    here = note.segments[segment]
    text = note.text_of(segment)
    found: list[tuple[int, float]] = []
    for match in _VOLUME.finditer(note.folded, here.start, here.end):
        value = number(match["n"] or match["m"])
        if (
            value is None
            or not 0 < value <= 60
            or re.match(
                r" ?(?:portions|aliquots|increments|boluses|each time)",
                note.folded[match.end() : match.end() + 14],
            )
        ):
            continue
        if _DILUTED.match(
            note.folded[max(here.start, match.start() - 10) : match.end() + 20].lstrip()
        ) or re.match(
            r" ?(?:of )?(?:ns|saline|nacl|normal saline)\b", note.folded[match.end() : match.end() + 16]
        ):
            continue
        if match["plus"]:
            value += float(match["plus"])
        given = bool(
            _GIVEN.search(note.folded[max(here.start, match.start() - 18) : match.start()])
            or _GIVEN.match(note.folded[match.end() : match.end() + 16])
        )
        if _aside(note, segment, match.start(), match.end()) and not (
            given and not _aside_before(note, segment, match.start())
        ):
            continue
        per = re.match(
            r"(?:[^.;,|+(]|\.\d){0,26}? (?:per|each|/|at each|at both|through each|via each) ?(?:level|needle|side|site)|(?:[^.;,|+(]|\.\d){0,30}?,? (?:at |through |via |down |in )?(?:each|apiece)\b(?! (?:time|aliquot|syringe|day))",
            note.folded[match.end() : match.end() + 44],
        )
        if per and not _TOTAL.search(note.folded, max(here.start, match.start() - 14), match.start()):
            count = max(
                1, len(set(re.findall(r"\bl ?-?[1-5]\b", note.folded[max(0, here.start - 400) : here.end])))
            )
            value *= min(count, 3)
        distance = 0 if drug is None else min(abs(match.start() - drug.end), abs(drug.start - match.end()))
        found.append((-1 if given else distance, value))
    times = _TIMES.match(note.folded, drug.end, here.end) if drug is not None and not found else None
    if times:
        return float(times[1])
    if not found:
        given_bare = re.search(r"(?:delivered|injected|given) (\d{1,2})\b(?! ?(?:mg|%|g\b))", text)
        return float(given_bare[1]) if given_bare else None
    bare = re.search(r"(?:delivered|injected|gave) (\d{1,2})(?=[ ,.;])(?! ?(?:ml|cc|mg|%|g\b|min))", text)
    if bare and drug is not None:
        return float(bare[1])
    more = _MORE.search(text)
    if re.search(r"typo|charted as|in error|correct(?:ion|ed)", text):
        return found[-1][1]
    value = min(found, key=lambda f: f[0])[1]
    if more and "test dose" in text:
        first = min(found, key=lambda f: f[0])[1] if len(found) == 1 else found[0][1]
        extra = number(more["n"] or more["m"]) or 0.0
        return first + extra if first != extra or len(found) > 1 else first
    return value
