"""The codes that stand for words: diagnoses, procedures, observations, sides and body sites.

The tables are data in `vocabulary/codes.yaml`; this module reads them and looks things up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import yaml

from indicated.errors import PolicyError, Problem

Side = Literal["right", "left", "bilateral"]
Limb = Literal["upper", "lower", "other"]

_WORD = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*")
_LONGEST_PHRASE = 6
_SIDES: tuple[Side, ...] = ("right", "left", "bilateral")
_V = TypeVar("_V")


def words(text: str) -> tuple[str, ...]:
    """Split text into lower-case words; hyphens, slashes and apostrophes inside a word stay in it."""
    return tuple(match.group().lower().replace("’", "'") for match in _WORD.finditer(text))


@dataclass(frozen=True)
class Coded:
    """One entry of the tables: the word it stands for, and what the entry says besides.

    `sided` maps the character at `character` of a code (1 is the first, the dot not counted) to a side.
    """

    word: str
    name: str = ""
    limb: Limb | None = None
    type: int | None = None
    kind: str | None = None
    stage: str | None = None
    unit: str = ""
    character: int = 0
    sided: tuple[tuple[str, Side], ...] = ()

    def side(self, code: str) -> Side | None:
        """Tell the side that a code of this entry carries."""
        bare = code.replace(".", "")
        if not self.character or len(bare) < self.character:
            return None
        return dict(self.sided).get(bare[self.character - 1])


@dataclass(frozen=True)
class Codes:
    """All tables. `codes` has exact codes, `prefixes` the beginnings of ICD-10-CM codes, `phrases` text."""

    codes: Mapping[tuple[str, str], Coded]
    prefixes: Mapping[str, Coded]
    phrases: Mapping[str, Mapping[tuple[str, ...], Coded]]
    sites: Mapping[str, tuple[Side | None, Limb | None]]
    side_words: Mapping[tuple[str, ...], Side]
    limb_words: Mapping[tuple[str, ...], Limb]
    letters: Mapping[str, Side]
    modifiers: Mapping[str, Side]
    results: Mapping[tuple[str, ...], str]
    doubts: frozenset[str]
    passing: frozenset[str]
    units: Mapping[str, str]

    def diagnosis(self, code: str) -> Coded | None:
        """Find the diagnosis that an ICD-10-CM code stands for: the longest beginning in the table wins."""
        code = icd10(code) or code
        exact = self.codes.get(("ICD-10-CM", code))
        if exact:
            return exact
        for end in range(len(code), 2, -1):
            if code[:end] in self.prefixes and code[end - 1] != ".":
                return self.prefixes[code[:end]]
        return None

    def coded(self, system: str, code: str) -> Coded | None:
        """Find what a code of SNOMED CT, CPT or LOINC stands for."""
        return self.codes.get((system, code))

    def written(self, group: str, text: str) -> Coded | None:
        """Find the longest phrase of a group in a text, unless the text denies or doubts."""
        found = words(text)
        return None if not self.doubts.isdisjoint(found) else _longest(found, self.phrases[group])

    def measure(self, text: str) -> Coded | None:
        """Find the measure of function that a text names, whatever the side and however it was moved."""
        found = words(text)
        names = self.phrases["functional measures"]
        plain = tuple(word for word in found if word not in self.passing)
        return _longest(plain, names) or _longest(found, names)

    def side(self, text: str) -> Side | None:
        """Tell the side that a text names; None when it names none. Both sides are bilateral."""
        found = words(text)
        named = {self.side_words[(word,)] for word in found if (word,) in self.side_words}
        if not named:
            named = {self.letters[m.group()] for m in _WORD.finditer(text) if m.group() in self.letters}
        if len(named) > 1:
            return "bilateral"
        return named.pop() if named else None

    def limb(self, text: str) -> Limb | None:
        """Tell the limb that a text names; None when it names none, or both kinds."""
        named = set(_all(words(text), self.limb_words))
        return named.pop() if len(named) == 1 else None

    def result(self, text: str) -> str | None:
        """Tell what a short remark says of the result of a drug."""
        return _longest(words(text), self.results)


def icd10(code: str) -> str | None:
    """Write an ICD-10-CM code in its usual form, or None when it has not the shape of one."""
    match = _ICD10.match(code.strip().upper())
    if not match:
        return None
    category, rest = match.groups()
    return f"{category}.{rest}" if rest else category


_ICD10 = re.compile(r"([A-Z]\d[0-9AB])(?:\.?([0-9A-Z]{1,4}))?\Z", re.ASCII)


@lru_cache(maxsize=4)
def read_codes(folder: Path) -> Codes:
    """Read `codes.yaml` of a vocabulary folder. Raises PolicyError when it contradicts itself."""
    path = folder / "codes.yaml"
    try:
        data = cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506
    except (OSError, yaml.YAMLError):
        raise PolicyError(
            [Problem(str(path), "the table of codes cannot be read.", "Restore the file.")]
        ) from None
    return _tables(data, path)


def _tables(data: Mapping[str, Any], path: Path) -> Codes:
    codes: dict[tuple[str, str], Coded] = {}
    prefixes: dict[str, Coded] = {}
    phrases: dict[str, dict[tuple[str, ...], Coded]] = {}
    twice: list[str] = []
    for group in ("diagnoses", "procedures", "observations", "functional measures"):
        texts = phrases.setdefault(group, {})
        for row in data[group]:
            entry = _entry(row)
            for system in ("ICD-10-CM", "SNOMED CT", "CPT", "LOINC"):
                for code in row.get(system, ()):
                    if system == "ICD-10-CM" and not code.startswith("="):
                        twice += [code] * (code in prefixes)
                        prefixes[code] = entry
                    else:
                        key = (system, code.lstrip("="))
                        twice += [code] * (key in codes)
                        codes[key] = entry
            for phrase in row.get("written", ()):
                twice += [phrase] * (words(phrase) in texts)
                texts[words(phrase)] = entry
    if twice:
        raise PolicyError(
            Problem(str(path), f'"{code}" stands in two entries.', "Keep it in the one it belongs to.")
            for code in twice
        )
    sides = data["sides"]
    return Codes(
        codes=codes,
        prefixes=prefixes,
        phrases=phrases,
        sites={
            row["code"]: (row.get("side"), row.get("limb")) for row in data["body sites"] if _confirmed(row)
        },
        side_words={words(w): s for s in _SIDES for w in sides[s]},
        limb_words={words(w): cast("Limb", limb) for limb, ws in data["limbs"].items() for w in ws},
        letters=sides["letters"],
        modifiers=sides["modifiers"],
        results={words(phrase): result for result, ps in data["results"].items() for phrase in ps},
        doubts=frozenset(data["doubts"]),
        passing=frozenset(data["passing over"]),
        units=data["units"],
    )


def _entry(row: Mapping[str, Any]) -> Coded:
    sided = dict(row.get("sided", {}))
    character = int(sided.pop("character", 0))
    return Coded(
        word=row.get("word", "functional measure"),
        name=row.get("name", ""),
        limb=row.get("limb"),
        type=int(row["type"]) if "type" in row else None,
        kind=row.get("kind"),
        stage=row.get("stage"),
        unit=row.get("unit", ""),
        character=character,
        sided=tuple(sided.items()),
    )


def _confirmed(row: Mapping[str, Any]) -> bool:
    return bool(row.get("confirmed", "yes") == "yes")


def _all(found: tuple[str, ...], table: Mapping[tuple[str, ...], _V]) -> Iterable[_V]:
    for start in range(len(found)):
        for length in range(1, _LONGEST_PHRASE + 1):
            if found[start : start + length] in table and start + length <= len(found):
                yield table[found[start : start + length]]


def _longest(found: tuple[str, ...], table: Mapping[tuple[str, ...], _V]) -> _V | None:
    for length in range(min(_LONGEST_PHRASE, len(found)), 0, -1):
        for start in range(len(found) - length + 1):
            if found[start : start + length] in table:
                return table[found[start : start + length]]
    return None
