"""What all readers of findings share: the note with its titles and places, and what a reader says."""

from __future__ import annotations

from dataclasses import dataclass

from indicated.chart.model import Side
from indicated.facts.findings.place import Places
from indicated.facts.findings.source import Titles
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note


@dataclass(frozen=True)
class Scene:
    """A note in which findings are read. `words` are those of the findings that the note names."""

    note: Note
    titles: Titles
    places: Places
    words: tuple[str, ...]


@dataclass(frozen=True)
class Spoken:
    """A finding with what is said of it. `reported` and `side` are set where the form of the statement tells them."""

    word: str
    mention: Mention
    status: Status
    why: tuple[str, ...]
    side: Side | None = None
    reported: bool | None = None
