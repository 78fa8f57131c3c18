"""What the pages of a chart say of themselves: titles, labels of dates and of the patient's data, nicknames.

Data in `vocabulary/pages.yaml`; the chart is sorted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from indicated.errors import PolicyError, Problem


@dataclass(frozen=True)
class PageWords:
    """The words, in lower case. `kinds` has the titles of each kind of document, `dates` the labels of its day.

    `dates` are in the order in which they count. `nicknames` has the other names of each first name.
    """

    kinds: Mapping[str, tuple[str, ...]]
    letter: tuple[str, ...]
    letter_kind: str
    dates: Mapping[str, tuple[str, ...]]
    not_dates: tuple[str, ...]
    patient: Mapping[str, tuple[str, ...]]
    beside: tuple[str, ...]
    around: tuple[str, ...]
    no_names: frozenset[str]
    titles_of_persons: frozenset[str]
    counts: tuple[str, ...]
    nicknames: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def read_page_words(folder: Path) -> PageWords:
    """Read `pages.yaml` of a vocabulary folder. Raises PolicyError when it cannot be read."""
    path = folder / "pages.yaml"
    try:
        data: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # text only
        nicknames: dict[str, set[str]] = {}
        for row in data["nicknames"]:
            names = set(_terms(row))
            for name in names:
                nicknames.setdefault(name, set()).update(names)
        return PageWords(
            kinds={kind: _terms(titles) for kind, titles in data["kinds"].items()},
            letter=_terms(data["letter"]),
            letter_kind=str(data["letter kind"]),
            dates={name: _terms(labels) for name, labels in data["dates"].items()},
            not_dates=_terms(data["not dates"]),
            patient={name: _terms(labels) for name, labels in data["patient"].items()},
            beside=_terms(data["beside the patient"]),
            around=_terms(data["around the patient"]),
            no_names=frozenset(_terms(data["no names"])),
            titles_of_persons=frozenset(_terms(data["titles of persons"])),
            counts=_terms(data["counts"]),
            nicknames={name: frozenset(others) for name, others in nicknames.items()},
        )
    except (OSError, yaml.YAMLError, KeyError, AttributeError):
        raise PolicyError([Problem(str(path), "the words of pages cannot be read.", "Restore it.")]) from None


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term for part in text.split(",") if (term := " ".join(part.split()).lower()))
