"""Looks the language of charts over: terms written twice or in two meanings, terms that others swallow, examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indicated.authoring.examples import misread
from indicated.chart.model import Document
from indicated.reading.language import Language, language_entries
from indicated.reading.note import read_note

_NO_GROUPS = ("word", "class", "cue", "examples", "means", "about")
_STEM = 4
"""So many letters of a stem with a star must stand before it swallows longer words without a doubt."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `kind` is "twice", "two meanings", "swallowed", "no example", "no look-alike" or "misread"."""

    kind: str
    entry: str
    what: str


@dataclass(frozen=True)
class Coverage:
    """What the language finds in a set of notes: how often each entry, and how many statements hold nothing known."""

    notes: int
    statements: int
    silent: int
    hits: Mapping[str, int]

    @property
    def never(self) -> tuple[str, ...]:
        """The entries that no note holds."""
        return tuple(sorted(name for name, count in self.hits.items() if not count))


def lint() -> Iterator[Finding]:
    """Every finding over all language files, entry by entry."""
    for entry in language_entries():
        name = next(str(entry[kind]) for kind in ("word", "class", "cue") if kind in entry)
        yield from _terms(name, entry)
        if "word" in entry and not _helps(name):
            yield from _examples(name, entry.get("examples", ()))


def _helps(name: str) -> bool:
    """Whether an entry says how another word is meant, and names nothing by itself."""
    return name.startswith("how ") or name.endswith(" said")


def _terms(name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    groups: dict[str, list[str]] = defaultdict(list)
    for group, terms in entry.items():
        if group in _NO_GROUPS or not isinstance(terms, list):
            continue
        plain = [" ".join(str(term).lower().split()) for term in terms]
        for term in sorted({term for term in plain if plain.count(term) > 1}):
            yield Finding("twice", name, f"“{term}” stands twice under `{group}`")
        stems = {
            term[:-1] for term in plain if term.endswith("*") and term[:-1].isalpha() and len(term) > _STEM
        }
        for term in sorted(set(plain)):
            stem = next((s for s in stems if term.isalpha() and term.startswith(s)), None)
            if stem:
                yield Finding("swallowed", name, f"“{term}” under `{group}` is found by “{stem}*” already")
            groups[term].append(group)
    for term, places in sorted(groups.items()):
        if len(places) > 1:
            yield Finding("two meanings", name, f"“{term}” stands under `{'` and `'.join(places)}`")


def _examples(name: str, examples: Iterable[Mapping[str, str]]) -> Iterator[Finding]:
    listed = list(examples)
    statuses = {example.get("status") for example in listed}
    if not listed:
        yield Finding("no example", name, "no example shows how it is written")
    elif len(statuses) < 2:
        yield Finding("no look-alike", name, "no example looks alike and means something else")
    for example in listed:
        if problem := misread(name, example):
            yield Finding("misread", name, problem)


def coverage(language: Language, notes: Iterable[str]) -> Coverage:
    """Count what the language finds of its words in notes; what only helps to read them is not counted."""
    words = {
        str(entry["word"])
        for entry in language_entries()
        if "word" in entry and not _helps(str(entry["word"]))
    }
    hits = {name: 0 for name, _ in language.tags if name in words}
    count = statements = silent = 0
    for text in notes:
        note = read_note(Document("note", text), language)
        known: set[int] = set()
        for name in hits:
            for mention in note.anywhere(name):
                hits[name] += 1
                known.add(mention.segment)
        count += 1
        statements += len(note.segments)
        silent += sum(1 for number in range(len(note.segments)) if number not in known)
    return Coverage(count, statements, silent, hits)
