"""The language of charts as data: `vocabulary/language/*.yaml`, read and made into one trie.

A file holds entries of three kinds; terms are plain text (`|`) with commas between them:

    - class: limb.lower            things that terms may name as <limb.lower> or <limb>
      terms: |
        foot, (lower|) leg
    - cue: negated                 words that set the status of what stands near them
      before: |                    the cue stands before what it speaks of (`after`: behind it; `within`:
        no, without                anywhere in the sentence; `heading`: it is the heading or the field label,
                                   whole; `kind`: it is what the document is)
    - word: skin temperature asymmetry
      present: |                   groups of terms; what a group means is its reader's business
        cooler than
      examples:                    run as tests
      - {text: R foot is cooler than L., status: present}

Any entry may say more of what it names under `about:` (the unit of a measure).

The drugs of `vocabulary/drugs.yaml` are found in the same pass, as a class: <drug> stands for any of them,
<antithrombotic>, <analgesic>, <nsaid>, <opioid> ... for those of a class. Their mentions have the name "drug" and
the generic name as their group.

Compiling takes long, so the finished tries are kept as plain data beside the user's other caches.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indicated.errors import PolicyError, Problem
from indicated.reading.tokens import tokenize
from indicated.reading.walk import Found, Trie, find, following
from indicated.resources import VOCABULARY

_KEPT = 3
"""So many compiled vocabularies stay in the cache; each change of a term makes a new one."""
_FORMAT = 14
_DRUGS = "drugs.yaml"


@dataclass(frozen=True, eq=False)
class Language:
    """The terms of all entries, ready to be found.

    `tags[n]` is (entry name, group) of tag number n: ("limb.lower", "terms"), ("edema", "present"). All cues
    are one entry, "cue", so that of overlapping ones the longest wins ("no longer" over "no"); their group is
    the cue's name and place: ("cue", "negated.before").
    """

    tags: tuple[tuple[str, str], ...]
    under: Mapping[str, tuple[str, ...]]
    """The entries that a name stands for: itself, and those whose names go on behind a dot ("limb", "limb.lower")."""
    slots: Mapping[int, tuple[str, ...]]
    """What a match of a class can stand for in other terms, by tag number: <limb.lower>, <limb>, <nsaid>."""
    known: frozenset[str]
    about: Mapping[str, Mapping[str, str]]
    """What an entry says of the thing that it names."""
    titles: Mapping[str, str]
    """Headings, labels and document kinds that set a status: title to cue name."""
    packed: bytes

    @cached_property
    def tries(self) -> tuple[Trie, ...]:
        """The finished tries in the order in which they are walked: classes, classes built on them, then all else."""
        return tuple(map(Trie, _unpack(self.packed)))

    def filled_by(self, tags: tuple[int, ...]) -> tuple[str, ...]:
        """The slots that a match of terms with these tags fills."""
        known = self._filled.get(tags)
        if known is None:
            known = self._filled[tags] = tuple(
                dict.fromkeys(slot for tag in tags for slot in self.slots.get(tag, ()))
            )
        return known

    @cached_property
    def _filled(self) -> dict[tuple[int, ...], tuple[str, ...]]:
        return {}

    def said_in(self, title: str) -> frozenset[tuple[str, str]]:
        """The (entry, group) pairs that occur in a title. Terms with slots are for statements, not for titles."""
        return _said_in(self, title)


@lru_cache(maxsize=4096)
def _said_in(language: Language, title: str) -> frozenset[tuple[str, str]]:
    tokens = tokenize(title.lower())
    after = following(tokens)
    found: Found = {}
    for trie in language.tries:
        find(trie, tokens, after, {}, found)
    return frozenset(language.tags[tag] for tags in found for tag in tags)


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
    return Language(**data)


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
        return _unpack(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _unpack(data: bytes) -> Any:
    """Read plain data that this program wrote for this user.

    The tries are some hundred thousand lists without a ring among them; to look for rings after every few
    hundred of them would take ten times as long as reading them.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        return marshal.loads(data)  # noqa: S302 - see above
    finally:
        if looking:
            gc.enable()


def _save(path: Path, data: Any) -> None:
    """Keep the compiled language; a folder that cannot be written only costs time at the next start."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(marshal.dumps(data))
        Path(handle.name).replace(path)
        kept = sorted(path.parent.glob("language-*.bin"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
