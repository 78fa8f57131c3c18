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
from indicated.reading.anchors import Slot, anchors, by_word, widen
from indicated.reading.terms import Node, add_term, empty_trie, finish, known_words, pieces_of
from indicated.vocabulary.drugs import Drug

_SHORT = 5
_NO_TERMS = ("word", "class", "cue", "examples", "means", "about", "spots")


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
    """The terms of one entry while the files are read."""

    is_class: bool
    groups: list[str] = field(default_factory=list)
    trie: Node = field(default_factory=empty_trie)
    written: list[str] = field(default_factory=list)


@dataclass
class _Making:
    """The parts of a language while its files are read."""

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
        made.groups.append(group)
        self.spellings += terms
        for term in terms:
            self._add_term(made, term.lower(), file, place)

    def _add_term(self, made: _Terms, term: str, file: str, place: str) -> None:
        made.written.append(term)
        try:
            add_term(made.trie, term, len(made.groups) - 1)
        except ValueError as error:
            self.problems.append(Problem(file, f"{place}: {error}."))

    def add_drug(self, drug: Drug) -> None:
        made = self.entries.setdefault("drug", _Terms(is_class=True))
        made.groups.append(drug.name)
        self.about.setdefault("drug", {})[drug.name] = " ".join(_classes_of(drug))
        for name in drug.names:
            term = re.sub(r"([()<>#~|*])", r"\\\1", name.lower())
            self.spellings.append(term)
            for spelled in {term, _scanned(drug, term)}:
                self._add_term(made, spelled, "drugs.yaml", drug.name)

    def data(self) -> dict[str, Any]:
        """What was made, with what follows from it."""
        slots = {name: self._slots_of(name) for name, made in self.entries.items() if made.is_class}
        fillers: dict[str, list[str]] = {}
        for name, by_group in slots.items():
            for slot in dict.fromkeys(s for found in by_group.values() for s in found):
                fillers.setdefault(slot, []).append(name)
        anchors_of: dict[str, Slot] = {}
        for name in self.entries:
            self._add_anchors(name, fillers, anchors_of)
        whole, begins = by_word({name: found.reaches for name, found in anchors_of.items()})
        return {
            "entries": {
                name: (tuple(made.groups), _needs(made, fillers), marshal.dumps(finish(made.trie)))
                for name, made in self.entries.items()
            },
            "under": self._under(),
            "whole": whole,
            "begins": begins,
            "slots": slots,
            "known": known_words(self.spellings),
            "about": self.about,
            "titles": self.titles,
        }

    def _add_anchors(self, name: str, fillers: dict[str, list[str]], anchors_of: dict[str, Slot]) -> None:
        """Add the anchors of an entry, and before them those of the classes that its terms are built on."""
        if name in anchors_of:
            return
        anchors_of[name] = Slot({}, 1)  # a class that is built on itself adds nothing to its anchors
        made = self.entries[name]
        needs = set(_needs(made, fillers))
        for need in needs:
            self._add_anchors(need, fillers, anchors_of)
        slots = {
            slot: _either(anchors_of[one] for one in names)
            for slot, names in fillers.items()
            if needs.issuperset(names)
        }
        anchors_of[name] = _either(anchors(term, slots) for term in made.written)

    def _slots_of(self, name: str) -> dict[str, tuple[str, ...]]:
        """What a match of a class can stand for, by its group: its name, the first part of it, a drug's classes."""
        own = dict.fromkeys((name, name.split(".")[0]))
        kinds = self.about["drug"] if name == "drug" else {}
        return {
            group: tuple(dict.fromkeys((*own, *kinds.get(group, "").split())))
            for group in self.entries[name].groups
        }

    def _under(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self.entries):
            parts = name.split(".")
            for n in range(1, len(parts) + 1):
                found.setdefault(".".join(parts[:n]), []).append(name)
        return {name: tuple(names) for name, names in found.items()}


def _either(parts: Iterable[Slot]) -> Slot:
    """What is known of a match that is one of several."""
    reaches: dict[str, int] = {}
    length = 1
    for part in parts:
        widen(reaches, part.reaches)
        length = max(length, part.length)
    return Slot(reaches, length)


def _cut(line: str) -> list[str]:
    """The terms of a line, between its commas; a comma that belongs to a term is written as `\\,`."""
    return [term.strip().replace("\\,", ",") for term in re.split(r"(?<!\\),", line) if term.strip()]


def _needs(made: _Terms, fillers: dict[str, list[str]]) -> tuple[str, ...]:
    slots = (piece["slot"] for term in made.written for piece in pieces_of(term) if piece["slot"])
    return tuple(dict.fromkeys(name for slot in slots for name in fillers.get(slot, ())))


def _classes_of(drug: Drug) -> list[str]:
    """The slots that a drug fills beside <drug>; aspirin alone does not count as an antithrombotic."""
    found = ["analgesic", drug.analgesic] if drug.analgesic else []
    counts = drug.antithrombotic and drug.antithrombotic != "antiplatelet (aspirin)"
    return [*found, "antithrombotic"] if counts else found


def _scanned(drug: Drug, term: str) -> str:
    """An antithrombotic must not be lost in a scan that takes a capital I for an l ("ELlQUlS")."""
    return term.replace("i", "l") if drug.antithrombotic and len(term) > _SHORT and term.isalpha() else term
