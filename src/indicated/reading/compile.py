"""From the written language files to the plain data of a `Language`; runs when the vocabulary has changed."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from indicated.errors import PolicyError, Problem
from indicated.reading.terms import Node, add_term, empty_trie, finish, known_words, pieces_of
from indicated.vocabulary.drugs import Drug

_SHORT = 5
_LAST = 1000
_NO_TERMS = ("word", "class", "cue", "examples", "means", "about")


def written_entries(file: Path, content: bytes) -> list[dict[str, Any]]:
    """The entries of one file as they are written. Raises PolicyError where it is no list of entries."""
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
    return [{key: _terms(key, value) for key, value in entry.items()} for entry in entries]


def _terms(key: str, value: Any) -> Any:
    """The terms of a group as a list; they may stand as plain text, with commas between them."""
    if key in _NO_TERMS or not isinstance(value, str):
        return value
    return [term for line in value.split("\n") for term in _cut(line)]


def compile_language(files: Iterable[tuple[Path, bytes]], drugs: Iterable[Drug]) -> dict[str, Any]:
    """Everything of a `Language` as plain data. Raises PolicyError with every problem at once."""
    made = _Making()
    for file, content in files:
        for entry in written_entries(file, content):
            made.add_entry(str(file), entry)
    for drug in drugs:
        made.add_drug(drug)
    if made.problems:
        raise PolicyError(made.problems)
    return made.data()


@dataclass
class _Terms:
    """The terms of one entry while the files are read: pairs of a term and its tag number."""

    is_class: bool
    terms: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class _Making:
    """The parts of a language while its files are read."""

    tags: list[tuple[str, str]] = field(default_factory=list)
    entries: dict[str, _Terms] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    spellings: list[str] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
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
                place = f"'{group}' of '{name}'"
                kept = ("cue", f"{name}.{group}") if "cue" in entry else (name, group)
                self._add_terms(file, place, terms, *kept, is_class="class" in entry)

    def _add_terms(
        self, file: str, place: str, terms: list[str], name: str, group: str, *, is_class: bool
    ) -> None:
        made = self.entries.setdefault(name, _Terms(is_class))
        if made.is_class != is_class:
            problem = Problem(file, f"'{name}' is a word and a class.", "Give one of them another name.")
            self.problems.append(problem)
        self.tags.append((name, group))
        self.spellings += terms
        for term in terms:
            self._add_term(made, term.lower(), file, place)

    def _add_term(self, made: _Terms, term: str, file: str, place: str) -> None:
        try:
            add_term(empty_trie(), term, 0)
        except ValueError as error:
            self.problems.append(Problem(file, f"{place}: {error}."))
        else:
            made.terms.append((term, len(self.tags) - 1))

    def add_drug(self, drug: Drug) -> None:
        made = self.entries.setdefault("drug", _Terms(is_class=True))
        self.tags.append(("drug", drug.name))
        self.about.setdefault("drug", {})[drug.name] = " ".join(_classes_of(drug))
        for name in drug.names:
            term = re.sub(r"([()<>#~|*])", r"\\\1", name.lower())
            self.spellings.append(term)
            for spelled in {term, _scanned(drug, term)}:
                self._add_term(made, spelled, "drugs.yaml", drug.name)

    def data(self) -> dict[str, Any]:
        """The fields of a `Language`."""
        slots = {tag: self._slots_of(*self.tags[tag]) for tag in range(len(self.tags)) if self._is_class(tag)}
        fillers: dict[str, set[str]] = {}
        for tag, filled in slots.items():
            for slot in filled:
                fillers.setdefault(slot, set()).add(self.tags[tag][0])
        levels: dict[int, Node] = {}
        for name, made in self.entries.items():
            level = self._level(name, fillers, ()) if made.is_class else _LAST
            for term, tag in made.terms:
                add_term(levels.setdefault(level, empty_trie()), term, tag)
        return {
            "tags": tuple(self.tags),
            "under": self._under(),
            "slots": slots,
            "known": known_words(self.spellings),
            "about": self.about,
            "titles": self.titles,
            "packed": marshal.dumps([finish(trie) for _, trie in sorted(levels.items())]),
        }

    def _is_class(self, tag: int) -> bool:
        return self.entries[self.tags[tag][0]].is_class

    def _level(self, name: str, fillers: dict[str, set[str]], above: tuple[str, ...]) -> int:
        """How many classes must be found before this one, which is built on them; a ring counts once."""
        needs = {one for slot in _slots_in(self.entries[name]) for one in fillers.get(slot, ())} - {
            name,
            *above,
        }
        return max((self._level(need, fillers, (*above, name)) + 1 for need in needs), default=0)

    def _slots_of(self, name: str, group: str) -> tuple[str, ...]:
        """What a match of a class can stand for: its name, the first part of it, a drug's classes."""
        kinds = self.about["drug"][group].split() if name == "drug" else ()
        return tuple(dict.fromkeys((name, name.split(".")[0], *kinds)))

    def _under(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self.entries):
            parts = name.split(".")
            for n in range(1, len(parts) + 1):
                found.setdefault(".".join(parts[:n]), []).append(name)
        return {name: tuple(names) for name, names in found.items()}


def _cut(line: str) -> list[str]:
    """The terms of a line, between its commas; a comma that belongs to a term is written as `\\,`."""
    return [term.strip().replace("\\,", ",") for term in re.split(r"(?<!\\),", line) if term.strip()]


def _slots_in(made: _Terms) -> set[str]:
    return {piece["slot"] for term, _ in made.terms for piece in pieces_of(term) if piece["slot"]}


def _classes_of(drug: Drug) -> list[str]:
    """The slots that a drug fills beside <drug>; aspirin alone does not count as an antithrombotic."""
    found = ["analgesic", drug.analgesic] if drug.analgesic else []
    counts = drug.antithrombotic and drug.antithrombotic != "antiplatelet (aspirin)"
    return [*found, "antithrombotic"] if counts else found


def _scanned(drug: Drug, term: str) -> str:
    """An antithrombotic must not be lost in a scan that takes a capital I for an l ("ELlQUlS")."""
    return term.replace("i", "l") if drug.antithrombotic and len(term) > _SHORT and term.isalpha() else term
