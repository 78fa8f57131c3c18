"""INR and platelets with the day on which they were drawn; or that they are ordered, pending or could not be measured.

Of several values in a row or a series the latest counts; a value that was read again or repeated stands for the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from indicated.facts.diagnosis.around import proof, room
from indicated.facts.headings import said_above
from indicated.facts.model import Fact, Status
from indicated.facts.relatives import of_relative
from indicated.facts.safety.lab_columns import latest_below
from indicated.facts.safety.lab_series import Reading, going_on, latest_of
from indicated.facts.safety.lab_values import VALUE, inr_of, platelets_of
from indicated.reading.dates import DateAt, months
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.when import entry_date

_SAID = "bleeding said"
_VALUE_OF: dict[str, Callable[[re.Match[str]], float | None]] = {"INR": inr_of, "platelets": platelets_of}
_UNITS = {"INR": None, "platelets": "10^9/L"}
_REACH = 110
_RANGE = lazy(r"\s*(?:-|to|and)\s*\d")
_IN_RANGE = lazy(
    r"(?:(?<![\d/])\d+(?:\.\d+)?\s*(?:-|to)\s*|(?<!-)[<>≤≥]=?\s*|ref\w*[:. ]*|range[:. ]*|\bday |\bq|\bover |\bunder |\babove |\bbelow |\bx ?)$"
)
# "Down from 1.8 to 1.2" is a change and no range.
_TURNED = lazy(
    r"\b(?:from|fell|dropped|rose|risen|climbed|came (?:down|up)|went|gone|down|up|improved|corrected|recovered|moved|changed|drifted)\b(?:[^.;\n]|\.\d){0,40}\bto\b"
)
_OTHER_TEST = lazy(
    r"\b(?:wbc|hgb|hb|hct|ptt|aptt|pt\b|sec|glucose|a1c|creat\w*|esr|crp|mpv|fibrinogen|rbc|mcv|crcl|bleeding time|factor)\b"
)
_DRAWN = lazy(
    r"\b(?:collect|drawn|draw|date|dated|from|both|resulted|specimen|sample|lab slip|reported|received|taken)"
)
_LOW_PAST = lazy(r"\b(?:sank|fell|dropped|nadir|went down|down to|dipped)\b")


_YEAR = lazy(r"(?:19|20)\d\d")
_SPREAD = lazy(r"\b(?:anywhere|between \d|rang(?:ed|ing) (?:from|between)|swung|swings|bounc\w+|all over)")
_CSV = lazy(r"[|\t]|,(?=\d)")


def read_labs(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each INR and each platelet count, with its value or as asked for."""
    for word in ("INR", "platelets"):
        if not note.has(word):
            continue
        hidden = note.named(word, "not")
        for mention in [*note.named(word, "name"), *_counts(note, word)]:
            if not any(h.start < mention.end and mention.start < h.end for h in hidden):
                yield from _facts(note, language, word, mention)


def _counts(note: Note, word: str) -> list[Mention]:
    """A bare "count" is one of platelets where a disorder of platelets is spoken of."""
    return [
        m
        for m in note.named(word, "count")
        if not note.within(m.segment, word, "name")
        and any(note.within(n, "bleeding disorder", "name") for n in room(note, m.segment, 2, 2))
    ]


def _facts(note: Note, language: Language, word: str, mention: Mention) -> Iterator[Fact]:
    titles = said_above(note, language, mention.segment)
    own = note.within(mention.segment, _SAID)
    groups = {m.group for m in own}
    if (
        "other" in groups
        or of_relative(note, mention)
        or "other_person" in titles
        or note.misfiled(mention.segment)
    ):
        yield _fact(note, word, Status.OTHER_PERSON, mention, None, None)
        return
    conditional = [m for m in own if m.group in ("hypothetical", "goal") and m.end <= mention.start]
    if conditional or "hypothetical" in titles:
        yield _fact(note, word, Status.HYPOTHETICAL, mention, None, None)
        return
    found = _latest(note, word, mention)
    if found is None:
        if "asked" in groups or "asked" in titles or _blank(note, mention) or _to_be_drawn(note, mention):
            yield _fact(note, word, Status.ASKED, mention, None, None)
        return
    if _recovered(note, mention) or _years_ago(note, mention):
        yield _fact(note, word, Status.HISTORICAL, mention, None, None)
        return
    yield _fact(
        note,
        word,
        Status.PRESENT,
        mention,
        found.value,
        found.day or _drawn(note, mention, found) or entry_date(note, mention.segment),
    )


def _blank(note: Note, mention: Mention) -> bool:
    return bool(re.match(r"[\s:=]*(?:__|\*\*\*|\?|\{|\.{4,})", note.folded[mention.end : mention.end + 20]))


def _to_be_drawn(note: Note, mention: Mention) -> bool:
    """Whether a test without a value is set for the day of the block ("INR on the morning of the 22nd")."""
    return bool(_SET_FOR.match(note.folded, mention.end, note.segments[mention.segment].end))


_SET_FOR = lazy(
    r"\s*(?:check(?:ed)? |drawn |again |first )*(?:(?:on|in|at) (?:the )?(?:morning|day|arrival|check-?in|admission)|within \d+ (?:days?|d|weeks?|wks?|h|hours?)\b|that (?:morning|day)|same (?:morning|day)|morning of|day of|on arrival)\b"
)


def _years_ago(note: Note, mention: Mention) -> bool:
    """Whether the statement names only a year that is long gone ("HELLP 2016, platelets 38 then")."""
    segment, day = note.segments[mention.segment], note.document.date
    if day is None or any(d.exact for d in note.dates_in(mention.segment)):
        return False
    years = [int(m[0]) for m in _YEAR.finditer(note.folded, segment.start, segment.end)]
    return bool(years) and max(years) < day.year - 1


def _recovered(note: Note, mention: Mention) -> bool:
    here = note.folded[note.segments[mention.segment].start : note.segments[mention.segment].end]
    return bool(_LOW_PAST.search(here)) and any(
        m.group in ("over", "healed") for m in note.within(mention.segment, _SAID)
    )


def _fact(
    note: Note, word: str, status: Status, mention: Mention, value: float | None, day: date | None
) -> Fact:
    return Fact(
        word=word,
        status=status,
        evidence=proof(note, [mention.segment]),
        value=value,
        unit=_UNITS[word] if value is not None else None,
        date=day or note.document.date,
        reader="labs",
        why=("a value" if value is not None else "spoken of without a value",),
    )


def _latest(note: Note, word: str, mention: Mention) -> Reading | None:
    """The latest value behind a mention: by the dates beside the values, by the dates of the columns, else the first."""
    if _SPREAD.search(
        note.folded, mention.end, min(note.segments[mention.segment].end, mention.end + _REACH)
    ):
        return None
    segments = [mention.segment, *going_on(note, mention, tuple(_VALUE_OF))]
    dates = [d for d in _dates_behind(note, segments) if d.start >= mention.end]
    found = [
        reading
        for number in segments
        for reading in _values(note, word, mention, number, [d for d in dates if d.exact])
    ]
    if not found:
        below = latest_below(note, mention, _VALUE_OF[word]) if note.segments[mention.segment].row else None
        return Reading(*below) if below else None
    if any(d.start < mention.start for d in note.dates_in(mention.segment)) and _CSV.search(
        note.folded, mention.start, found[0].start
    ):
        return found[0]
    columns = _columns(note, mention)
    if len(found) > 1 and len(columns) >= len(found):
        used = columns[-len(found) :]
        at = max(range(len(found)), key=lambda n: used[n])
        return Reading(found[at].start, found[at].value, used[at])
    if len(columns) == 1 and note.segments[mention.segment].row:
        return Reading(found[0].start, found[0].value, columns[0])
    latest = latest_of(note, found, dates) if len(found) > 1 else None
    if latest is not None and latest.day and not any(d.exact and d.day == latest.day for d in dates):
        return Reading(latest.start, latest.value)
    return latest or found[0]


def _dates_behind(note: Note, segments: Sequence[int]) -> list[DateAt]:
    """The days and the bare months that some segments name."""
    found = [d for number in segments for d in note.dates_in(number)]
    if note.document.date:
        first, last = note.segments[segments[0]].start, note.segments[segments[-1]].end
        found += [
            m
            for m in months(note.folded, note.document.date, first, last)
            if not any(d.start < m.end and m.start < d.end for d in found)
        ]
    return sorted(found, key=lambda d: d.start)


def _values(
    note: Note, word: str, mention: Mention, number: int, dates: Sequence[DateAt]
) -> Iterator[Reading]:
    segment = note.segments[number]
    start = mention.end if number == mention.segment else segment.start
    stop = min(segment.end, start + _REACH)
    later = [
        m.start for w in ("INR", "platelets") for m in note.within(number, w, "name") if m.start >= start
    ]
    stop = min([stop, *later])
    other = _OTHER_TEST.search(note.folded, start, stop)
    stop = other.start() if other else stop
    read = _VALUE_OF[word]
    for match in VALUE.finditer(note.folded, start, stop):
        turned = _TURNED.search(note.folded, start, stop)
        if any(d.start < match.end() and match.start() < d.end for d in dates) or (
            not turned and _RANGE.match(note.folded, match.end(), stop)
        ):
            continue
        before = note.folded[max(start, match.start() - 10) : match.start()]
        if _IN_RANGE.search(before) and not (turned and before.endswith("to ")):
            continue
        if _YEAR.fullmatch(match[0].strip()):
            continue
        value = read(match)
        if (
            match["words"]
            and not _DICTATED.search(match["words"])
            and mention.group != "count"
            and (word == "INR" or value is None or value < _SPOKEN_COUNT)
        ):
            continue
        if value is not None and _TIGHT.match(note.folded, match.end(), segment.end) is None:
            yield Reading(match.start(), value)


_DICTATED = lazy(r"point|hundred|thousand")
_SPOKEN_COUNT = 20  # "platelets eighty-eight"; a smaller number in words counts other things
_TIGHT = lazy(
    r"\^|[ -]?(?:%|mg|weeks?|wks?|months?|mo\b|days?|times|yrs?|years?|h\b(?= (?:before|after|prior|post|ago|later|hold))|hours?|am\b|pm\b|min\b|units? of)|st\b|nd\b|rd\b|th\b|:\d\d"
)


def _columns(note: Note, mention: Mention) -> list[date]:
    """The dates of the line of heads above a row, from left to right."""
    if not note.segments[mention.segment].row:
        return []
    for number in range(mention.segment - 1, max(-1, mention.segment - _HEADS), -1):
        found = [d for d in note.dates_in(number) if d.exact]
        if len(found) > 1 or (found and _DRAWN.search(note.text_of(number))):
            return [d.day for d in found]
    return []


_HEADS = 12


def _drawn(note: Note, mention: Mention, found: Reading) -> date | None:
    """The day of the drawing: a date in the statement, else in a statement beside it that tells of the specimen."""
    here = [d for d in note.dates_in(mention.segment) if d.exact or d.has_year]
    if here:
        return min(here, key=lambda d: abs(d.start - found.start)).day
    beside = [d for n in room(note, mention.segment, _NEAR, _NEAR) for d in note.dates_in(n) if d.exact]
    if beside:
        return min(beside, key=lambda d: abs(d.start - found.start)).day
    for step in range(1, _BESIDE + 1):
        for number in (mention.segment + step, mention.segment - step):
            if 0 <= number < len(note.segments) and _DRAWN.search(note.text_of(number)):
                dates = [d for d in note.dates_in(number) if d.exact]
                if dates:
                    return dates[0].day
    return None


_BESIDE, _NEAR = 4, 2
