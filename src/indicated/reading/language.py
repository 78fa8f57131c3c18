"""The language of charts as data: `vocabulary/language/*.yaml`, read and made into one trie.

A file holds entries of three kinds:

    - class: limb.lower            things that terms may name as <limb.lower> or <limb>
      terms: [foot, (lower|) leg]
    - cue: negated                 words that set the status of what stands near them
      before: [no, without]        the cue stands before what it speaks of
      after: [is absent]           ... or after it
      within: [...]                ... or anywhere in the sentence
      heading: [family history]    ... or is the heading or the field label above it, whole
      kind: [patient education]    ... or is what the document is
    - word: skin temperature asymmetry
      present: [cooler than]       groups of terms; what a group means is its reader's business
      absent: [same temperature]
      examples:                    run as tests
      - {text: R foot is cooler than L., status: present}

A statement is looked at closely when it, or one near it, holds a term of a `word`. An entry that means
something only beside others says `spots: no`; a class that stands for a thing by itself says `spots: yes`.

Any entry may say more of what it names under `about:` (the unit of a measure).

The drugs of `vocabulary/drugs.yaml` are found in the same pass, as a class: <drug> stands for any of them,
<antithrombotic>, <analgesic>, <nsaid>, <opioid> ... for those of a class. Their mentions have the name "drug" and
the generic name as their group.

Reading takes long, so the finished tries are kept as plain data beside the user's other caches.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from indicated.errors import PolicyError, Problem
from indicated.reading.anchors import Spotter, anchors
from indicated.reading.terms import Node, add_term, empty_trie, known_words
from indicated.resources import VOCABULARY
from indicated.vocabulary.drugs import Drug, read_drugs

_FORMAT = 7
_DRUGS = "drugs.yaml"
_SHORT = 5
_NO_TERMS = ("word", "class", "cue", "examples", "means", "about", "spots")


@dataclass(frozen=True)
class Language:
    """The terms of all entries, ready to be found.

    `tags[n]` is (entry name, group) of tag number n: ("limb.lower", "terms"), ("edema", "present"). All cues
    share the name "cue", so that of overlapping ones the longest wins ("no longer" over "no"); their group
    is the cue's name and place: ("cue", "negated.before").
    `classes` holds the class entries and is walked first, so that terms can build on what it found.
    """

    tags: tuple[tuple[str, str], ...]
    classes: Node
    terms: Node
    known: frozenset[str]
    about: Mapping[str, Mapping[str, str]]
    """What an entry says of the thing that it names."""
    spotter: Spotter
    """Finds the words of which one stands in every match of a word's terms."""
    titles: Mapping[str, str]
    """Headings, labels and document kinds that set a status: title to cue name."""


@lru_cache(maxsize=4)
def read_language(folder: Path = VOCABULARY / "language") -> Language:
    """Read all language files of a folder. Raises PolicyError with every problem at once."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise PolicyError(
            [Problem(str(folder), "there is no language file.", "Put *.yaml files with terms there.")]
        )
    contents = [file.read_bytes() for file in files]
    table = folder.parent / _DRUGS
    known_drugs = table.read_bytes() if table.is_file() else b""
    digest = hashlib.sha256(
        b"\0".join([str(_FORMAT).encode(), *contents, *(f.name.encode() for f in files), known_drugs])
    ).hexdigest()
    kept = _keep_path(digest)
    data = _load(kept)
    if data is None:
        data = _compile(files, contents, read_drugs(folder.parent).drugs if known_drugs else ())
        _save(kept, data)
    return Language(
        tags=tuple((name, group) for name, group in data["tags"]),
        classes=data["classes"],
        terms=data["terms"],
        known=frozenset(data["known"]),
        about=data["about"],
        spotter=Spotter(data["anchors"]),
        titles=data["titles"],
    )


def language_entries(folder: Path = VOCABULARY / "language") -> list[dict[str, Any]]:
    """All entries as they are written, for the tests of their examples and for listings."""
    found: list[dict[str, Any]] = []
    for file in sorted(folder.glob("*.yaml")):
        found.extend(_entries(file, file.read_bytes()))
    return found


def _entries(file: Path, content: bytes) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        entries = yaml.load(content, Loader=loader)  # noqa: S506 - the base loader makes text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise PolicyError(
            [Problem(place, "this is not YAML.", "Check quotes, colons and indentation here.")]
        ) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PolicyError(
            [
                Problem(
                    str(file),
                    "a language file is a list of entries.",
                    "Begin each with '- word:', '- class:' or '- cue:'.",
                )
            ]
        )
    return entries


def _compile(files: list[Path], contents: list[bytes], drugs: tuple[Drug, ...]) -> dict[str, Any]:
    """Everything of a `Language` as plain data."""
    made = _Making()
    for file, content in zip(files, contents, strict=True):
        for entry in _entries(file, content):
            made.add_entry(str(file), entry)
    for drug in drugs:
        made.add_drug(drug)
    if made.problems:
        raise PolicyError(made.problems)
    return {
        "tags": made.tags,
        "classes": made.classes,
        "terms": made.terms,
        "known": sorted(known_words(made.written)),
        "about": made.about,
        "anchors": sorted(made.anchors),
        "titles": made.titles,
    }


@dataclass
class _Making:
    """The parts of a language while its files are read."""

    tags: list[list[str]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    classes: Node = field(default_factory=empty_trie)
    terms: Node = field(default_factory=empty_trie)
    anchors: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add_entry(self, file: str, entry: dict[str, Any]) -> None:
        name = entry.get("word") or entry.get("class") or entry.get("cue")
        if not name:
            self.problems.append(
                Problem(file, "an entry has no 'word', 'class' or 'cue'.", "Say what its terms mean.")
            )
            return
        if "about" in entry:
            self.about[name] = entry["about"]
        for group, terms in entry.items():
            if group in _NO_TERMS:
                continue
            if isinstance(terms, str):
                terms = [term for line in terms.split("\n") for term in _cut(line)]
            if not isinstance(terms, list):
                self.problems.append(
                    Problem(
                        file,
                        f"'{group}' of '{name}' is no list.",
                        "Write its terms with commas between them.",
                    )
                )
            elif group in ("heading", "kind"):
                self.titles.update((title.lower(), name) for title in terms)
            else:
                self.tags.append(["cue", f"{name}.{group}"] if "cue" in entry else [name, group])
                self._add_terms(file, f"'{group}' of '{name}'", terms, entry)

    def _add_terms(self, file: str, place: str, terms: list[str], entry: dict[str, Any]) -> None:
        spots = entry.get("spots", "yes" if "word" in entry else "no") == "yes"
        for term in terms:
            self.written.append(term)
            try:
                add_term(self.classes if "class" in entry else self.terms, term.lower(), len(self.tags) - 1)
            except ValueError as error:
                self.problems.append(Problem(file, f"{place}: {error}."))
            else:
                if spots:
                    self.anchors |= anchors(term.lower()) or set()

    def add_drug(self, drug: Drug) -> None:
        self.tags.append(["drug", drug.name])
        self.about.setdefault("drug", {})[drug.name] = " ".join(_classes_of(drug))
        for name in drug.names:
            term = re.sub(r"([()<>#~|*])", r"\\\1", name.lower())
            self.written.append(term)
            for spelled in {term, _scanned(drug, term)}:
                add_term(self.classes, spelled, len(self.tags) - 1)
                self.anchors |= anchors(spelled) or set()


def _cut(line: str) -> list[str]:
    """The terms of a line, between its commas; a comma that belongs to a term is written as `\\,`."""
    return [term.strip().replace("\\,", ",") for term in re.split(r"(?<!\\\\),", line) if term.strip()]


def _classes_of(drug: Drug) -> list[str]:
    """The slots that a drug fills beside <drug>; aspirin alone does not count as an antithrombotic."""
    found = ["analgesic", drug.analgesic] if drug.analgesic else []
    counts = drug.antithrombotic and drug.antithrombotic != "antiplatelet (aspirin)"
    return [*found, "antithrombotic"] if counts else found


def _scanned(drug: Drug, term: str) -> str:
    """An antithrombotic must not be lost in a scan that takes a capital I for an l ("ELlQUlS")."""
    return term.replace("i", "l") if drug.antithrombotic and len(term) > _SHORT and term.isalpha() else term


def _keep_path(digest: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "indicated" / f"language-{digest[:32]}.bin"


def _load(path: Path) -> Any:
    try:
        return marshal.loads(path.read_bytes())  # noqa: S302 - plain data, written by this program for this user
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _save(path: Path, data: Any) -> None:
    """Keep the compiled language; a folder that cannot be written only costs time at the next start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(marshal.dumps(data))
        Path(handle.name).replace(path)
    except OSError:
        return
