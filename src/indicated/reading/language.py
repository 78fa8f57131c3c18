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

Any entry may say more of what it names under `about:` (the unit of a measure).

The drugs of `vocabulary/drugs.yaml` are found in the same pass, as a class: <drug> stands for any of them,
<antithrombotic>, <analgesic>, <nsaid>, <opioid> ... for those of a class. Their mentions have the name "drug" and
the generic name as their group.

The terms of each entry are a trie of their own, sought only in statements that hold one of the entry's anchors
and only when a reader asks. Compiling takes long, so the finished tries are kept as plain data beside the
user's other caches, each packed for itself: most charts need few of them.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indicated.errors import PolicyError, Problem
from indicated.reading.anchors import Anchors
from indicated.reading.terms import Node, find
from indicated.reading.tokens import tokenize
from indicated.resources import VOCABULARY

_FORMAT = 12
_DRUGS = "drugs.yaml"


@dataclass(frozen=True)
class Entry:
    """The terms of one entry. A match of tag number n is of `groups[n]`.

    All cues are one entry, "cue", so that of overlapping ones the longest wins ("no longer" over "no");
    their group is the cue's name and place: "negated.before".
    """

    name: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    """The classes that its terms are built on; they are sought first."""
    packed: bytes

    @cached_property
    def trie(self) -> Node:
        """The terms, ready to be found."""
        return marshal.loads(self.packed)  # type: ignore[no-any-return]  # noqa: S302 - our own plain data


@dataclass(frozen=True, eq=False)
class Language:
    """All entries of the vocabulary's language files, and the drugs."""

    entries: Mapping[str, Entry]
    under: Mapping[str, tuple[str, ...]]
    """The entries that a name stands for: itself, and those whose names go on behind a dot ("limb", "limb.lower")."""
    anchors: Anchors
    """For each word the entries of which some term cannot match without it."""
    slots: Mapping[str, Mapping[str, tuple[str, ...]]]
    """What a match of a class can stand for in other terms, by entry and group: <limb.lower>, <limb>, <nsaid>."""
    known: frozenset[str]
    about: Mapping[str, Mapping[str, str]]
    """What an entry says of the thing that it names."""
    titles: Mapping[str, str]
    """Headings, labels and document kinds that set a status: title to cue name."""

    def said_in(self, title: str) -> frozenset[tuple[str, str]]:
        """The (entry, group) pairs that occur in a title. Terms with slots are for statements, not for titles."""
        return _said_in(self, title)


@lru_cache(maxsize=4096)
def _said_in(language: Language, title: str) -> frozenset[tuple[str, str]]:
    tokens = tokenize(title.lower())
    names = {name for word in tokens.words for name, _ in language.anchors[word]}
    return frozenset(
        (name, language.entries[name].groups[tag])
        for name in names
        for tag, _, _ in find(language.entries[name].trie, tokens, {}, frozenset())
    )


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
        # Only a changed vocabulary needs the compiler and the YAML reader.
        from indicated.reading.compile import compile_language
        from indicated.vocabulary.drugs import read_drugs

        drugs = read_drugs(folder.parent).drugs if known_drugs else ()
        data = compile_language(zip(files, contents, strict=True), drugs)
        _save(kept, data)
    return Language(
        entries={name: Entry(name, *entry) for name, entry in data["entries"].items()},
        under=data["under"],
        anchors=Anchors(data["whole"], data["begins"]),
        slots=data["slots"],
        known=data["known"],
        about=data["about"],
        titles=data["titles"],
    )


def language_entries(folder: Path = VOCABULARY / "language") -> list[dict[str, Any]]:
    """All entries as they are written, for the tests of their examples and for listings."""
    from indicated.reading.compile import written_entries

    return [
        entry for file in sorted(folder.glob("*.yaml")) for entry in written_entries(file, file.read_bytes())
    ]


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
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(marshal.dumps(data))
        Path(handle.name).replace(path)
    except OSError:
        return
