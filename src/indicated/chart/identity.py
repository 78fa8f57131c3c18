"""Whose page it is: name, birth date and record number as a page gives them, and how they stand to the patient's.

What stands behind "emergency contact", "subscriber" or "provider" is another person's and is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from indicated.chart.names import Likeness, Name, likeness, read_name, same_as_any, stands_in, words_of
from indicated.chart.page_terms import HEAD, LONGEST, any_of, fields, page_words, plain
from indicated.chart.written_dates import Written, writes_days_first, written_dates

Verdict = Literal["ours", "doubtful", "set aside", "another patient"]
_SEPARATOR = r"[ \t]*[:.#=–-]{0,2}[ \t]*"
_NUMBER = re.compile(r"(?=[\w-]*\d)[a-z]{0,5}[ -]?\d[\w-]{3,}", re.ASCII)
_NAME = re.compile(
    r"[^\W\d_][^\W\d_'’-]*\.?(?:['’-][^\W\d_]+)*(?:(?:,[ \t]?|[ \t]|[ \t]?-[ \t]?)[^\W\d_][^\W\d_'’-]*\.?(?:['’-][^\W\d_]+)*){0,4}"
)
_LAST_FIRST = re.compile(r"[^\W\d_a-zß-ÿ][\w'’-]+, ?[^\W\d_a-zß-ÿ]")
_AGE_AND_SEX = re.compile(
    r"(?<!\w)(?:\d{1,3} ?(?:y(?:ears?|rs?|/?o|\.o\.)?)? ?(?:old )?[mf](?:ale|emale)?|[mf] ?\d{1,3})(?!\w)"
)
_LEAST_NUMBER = 5
_A_LIFE = 120
_MOST_NAMES = 30
"""More ways of writing one name are not looked at."""


@dataclass(frozen=True)
class Identity:
    """What a page says of whose it is. `certain` names stand in one line with a birth date or a record number."""

    names: tuple[Name, ...] = ()
    births: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()
    certain: bool = False
    words: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        """Whether the page names anybody."""
        return bool(self.names or self.births or self.numbers)


@dataclass(frozen=True)
class Patient:
    """Whom the chart is about, in every way in which that is written."""

    names: tuple[Name, ...] = ()
    births: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Patterns:
    birth: re.Pattern[str]
    number: re.Pattern[str]
    name: re.Pattern[str]
    patient: re.Pattern[str]
    any_label: re.Pattern[str]
    beside: re.Pattern[str]
    others: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = page_words()
    labels = words.patient
    every = (label for group in labels.values() for label in group)
    return _Patterns(
        re.compile(any_of(labels["birth date"])),
        re.compile(any_of(labels["record number"])),
        re.compile(any_of((*labels["name"], *labels["plain name"]))),
        re.compile(any_of(labels["name"])),
        re.compile(any_of((*every, *(label for group in words.dates.values() for label in group)))),
        re.compile(any_of(words.beside)),
        re.compile(any_of((*words.beside, *words.around))),
    )


def identity_of(text: str, latest: date) -> Identity:
    """Read name, birth date and record number of the patient from a page. `latest` is the day of the request."""
    days_first = writes_days_first(text)
    names: list[Name] = []
    births: set[date] = set()
    numbers: set[str] = set()
    certain = False
    others_block = False
    number = 0
    for line in text.splitlines():
        if not line.strip():
            others_block = False
            continue
        number += 1
        line = line[:LONGEST]
        folded = plain(line)
        if others_block and not _patterns().patient.match(folded.strip()):
            continue
        others_block = bool(_patterns().beside.match(folded.strip(" -*#:[(")))
        own = _births(folded, latest, days_first)
        births |= own
        records = _numbers(folded)
        numbers |= records
        surely = bool(own or records)
        if number <= HEAD or surely:
            found = _names(line, folded, surely)
            names += found
            certain = certain or (surely and bool(found))
    return Identity(
        tuple(dict.fromkeys(names)), frozenset(births), frozenset(numbers), certain, words_of(text)
    )


def _is_of_other(before: str) -> bool:
    """Whether what stands before a datum in its line says that it is another person's, with no word for the patient since."""
    other = max((match.end() for match in _patterns().others.finditer(before)), default=-1)
    own = max((match.end() for match in _patterns().name.finditer(before)), default=-1)
    return other >= 0 and other >= own


def _births(line: str, latest: date, days_first: bool) -> set[date]:
    found = set()
    days: list[Written] | None = None
    for match in _patterns().birth.finditer(line):
        if days is None:
            days = list(written_dates(line, latest, days_first=days_first))
        for one in days:
            gap = line[match.end() : one.start] if one.start >= match.end() else "x"
            near = re.fullmatch(_SEPARATOR, gap) is not None
            if near and latest.year - _A_LIFE <= one.day.year and not _is_of_other(line[: match.start()]):
                found.add(one.day)
    return found


def _numbers(line: str) -> set[str]:
    found = set()
    for match in _patterns().number.finditer(line):
        separator = re.compile(_SEPARATOR).match(line, match.end())
        value = _NUMBER.match(line, separator.end() if separator else match.end())
        if value and not _is_of_other(line[: match.start()]):
            bare = re.sub(r"[^a-z\d]", "", value[0])
            if len(bare) >= _LEAST_NUMBER:
                found.add(bare)
    return found


def _names(line: str, folded: str, surely: bool) -> list[Name]:
    """The names in a line: behind a label, or at the beginning of a line that has a birth date or record number."""
    found = []
    for match in _patterns().name.finditer(folded):
        separator = re.compile(r"[ \t]*[:=]?[ \t]*").match(folded, match.end())
        start = separator.end() if separator else match.end()
        labelled = ":" in folded[match.end() : start] or start - match.end() > 1 or surely
        begins = not folded[: match.start()].strip() or folded[: match.start()].endswith(
            ("  ", "\t", "|", ", ")
        )
        therapist = line[match.start() : match.end()].isupper() and len(match[0]) == 2  # "PT"
        if therapist and not surely:
            continue
        if labelled and (begins or surely) and not _is_of_other(folded[: match.start()]):
            name = _name_at(line[start:])
            if name:
                found.append(name)
    if surely and not found:
        for field in fields(line):
            name = _name_at(field)
            if name and not _is_of_other(folded[: folded.find(plain(field))]):
                found.append(name)
                break
    if not found and _AGE_AND_SEX.search(folded):
        headed = (_name_at(field) for field in fields(line) if _LAST_FIRST.match(field))
        found += [name for name in headed if name]
    return found


def _name_at(text: str) -> Name | None:
    """The name with which a text begins: two to five capitalised words, none of which is a common word."""
    match = _NAME.match(text.lstrip("\"'([ "))
    if not match:
        return None
    written = match[0]
    label = _patterns().any_label.search(plain(written))
    written = written[: label.start()] if label else written
    kept = []
    for word in re.split(r"([ \t,]+)", written):
        if not word.strip(" \t,"):
            kept.append(word)
        elif not word[0].isupper() or plain(word).strip(".") in page_words().no_names:
            break
        else:
            kept.append(word)
    name = read_name("".join(kept).strip(" ,"))
    return name if name and any(len(part) > 2 for part in name.parts) else None


def the_patient(named: Patient, pages: Sequence[Identity]) -> Patient | None:
    """The patient: whom the request names, else whom most pages name, with all that those pages tell of the patient.

    None when two patients are named equally often and nothing says which of them it is.
    """
    if not named.names:
        having = [page for page in pages if page.births & named.births] if named.births else list(pages)
        by_pages = _by_name(having) if named.births else _most_named(having)
        if by_pages is None:
            return None
        named = Patient(by_pages.names, named.births or by_pages.births)
    names, numbers, births = list(named.names), set[str](), set(named.births)
    for page in pages:
        kinds = [same_as_any(name, named.names) for name in page.names] if named.names else []
        by_birth = bool(named.births & page.births)
        if by_birth:
            pairs = zip(page.names, kinds, strict=False)
            names += [name for name, kind in pairs if kind in ("same", "slip", "first")]
        if ("same" in kinds and not (named.births and page.births)) or (
            by_birth and all(kind in ("same", "slip", "first") for kind in kinds)
        ):
            numbers |= page.numbers
        if "same" in kinds and not named.births:
            births |= page.births if len(page.births) == 1 else set()
    if not named.births and len(births) > 1:
        births = set()
    spelled = tuple(dict.fromkeys(names))[:_MOST_NAMES]
    return Patient(spelled, frozenset(births), frozenset(numbers))


def _most_named(pages: Sequence[Identity]) -> Patient | None:
    """The birth date that most pages give, else the name; an empty patient when no page names anybody."""
    counted = [(day, [p for p in pages if day in p.births]) for day in {d for p in pages for d in p.births}]
    if not counted:
        return _by_name(pages)
    most = max(len(having) for _, having in counted)
    first = [(day, having) for day, having in counted if len(having) == most]
    if len(first) > 1:
        return _by_name(pages) if _share_a_name([having for _, having in first]) else None
    day, having = first[0]
    by_name = _by_name(having)
    return Patient(by_name.names, frozenset({day})) if by_name else None


def _share_a_name(groups: Iterable[Sequence[Identity]]) -> bool:
    first, *rest = ([name for page in group for name in page.names] for group in groups)
    return all(any(same_as_any(name, first) in ("same", "slip") for name in names) for names in rest)


def _by_name(pages: Sequence[Identity]) -> Patient | None:
    """The name that most pages give. Names that stand alone do not contradict each other: they may be of anybody."""
    certain = [page for page in pages if page.certain]
    among = certain or pages
    spelled = Counter(name for page in among for name in page.names)
    if not spelled:
        return Patient()
    names = [name for name, _ in spelled.most_common(_MOST_NAMES)]
    counts = [
        sum(times for other, times in spelled.items() if likeness(other, name) == "same") for name in names
    ]
    best = names[counts.index(max(counts))]
    rivals = (
        count == max(counts) and same_as_any(name, (best,)) in ("relative", "other")
        for name, count in zip(names, counts, strict=True)
    )
    return None if certain and any(rivals) else Patient((best,))


def verdict(page: Identity, patient: Patient) -> Verdict:
    """Whether a page is the patient's. It is another's when birth date and name, or number and name, are others."""
    name = _name_verdict(page, patient)
    birth = _birth_verdict(page, patient)
    number = (
        ""
        if not page.numbers or not patient.numbers
        else "same"
        if page.numbers & patient.numbers
        else "other"
    )
    if birth == "other":
        if name in ("other", "relative", "first"):
            return "another patient"
        return "doubtful" if number == "same" else "set aside"
    if birth == "slip":
        if name == "other" and number != "same":
            return "another patient"
        return "set aside" if name == "relative" and number != "same" else "doubtful"
    if name == "other" and number == "other":
        return "set aside" if birth == "same" else "another patient"
    if name in ("other", "relative") or (name == "first" and birth != "same"):
        if number == "same":
            return "doubtful"
        return "set aside" if page.certain or birth == "same" else "doubtful"
    return "doubtful" if name == "slip" and birth != "same" else "ours"


def _name_verdict(page: Identity, patient: Patient) -> Likeness | None:
    if not page.names or not patient.names:
        return None
    found: list[Likeness] = [same_as_any(name, patient.names) for name in page.names]
    if "same" in found or ("relative" not in found and any(stands_in(n, page.words) for n in patient.names)):
        return "same" if not _suffixes_differ(page, patient) else "slip"
    return next((kind for kind in ("slip", "first", "relative") if kind in found), "other")


def _suffixes_differ(page: Identity, patient: Patient) -> bool:
    ours = {name.suffix for name in patient.names if name.suffix}
    theirs = {name.suffix for name in page.names if name.suffix}
    return bool(ours and theirs and not ours & theirs)


def _birth_verdict(page: Identity, patient: Patient) -> Literal["same", "slip", "other"] | None:
    if not page.births or not patient.births:
        return None
    if page.births & patient.births:
        return "same"
    slips = any(_is_slip(one, other) for one in page.births for other in patient.births)
    return "slip" if slips else "other"


def _is_slip(one: date, other: date) -> bool:
    """Whether two dates differ by one digit, by two that are swapped, or by day and month in each other's place."""
    a, b = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    different = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = (
        len(different) == 2 and a[different[0]] == b[different[1]] and a[different[1]] == b[different[0]]
    )
    return (
        len(different) == 1
        or swapped
        or (one.year, one.month, one.day) == (other.year, other.day, other.month)
    )
