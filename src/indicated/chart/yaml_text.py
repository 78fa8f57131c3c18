"""YAML as people write it by hand: text, lists and mappings, with the line of everything, and no more.

Every scalar stays the text that was typed, so that 64520 and 2026-03-10 and no are never turned into
something else. Anchors, aliases, tags, duplicate keys and deep nesting are refused: none of them is
needed to say what a request is, and each of them has made a small file cost a lot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from indicated.errors import ChartError, Problem

_DEEPEST = 20
_NOTHING = {"", "~", "null", "Null", "NULL"}
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Written:
    """What a YAML file says: `value` is text, list, dict or None; `lines` has the line of each path in it."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def place(self, file: str, path: Path) -> str:
        """Say `file:line` of the path, or of the nearest thing around it that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{file}:{self.lines[path]}" if path in self.lines else file


def read_yaml(text: str, file: str) -> Written:
    """Read one YAML document. Raises ChartError with the line of everything that is wrong."""
    reader = _Reader(file)
    try:
        value = reader.document(text)
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark or error.context_mark, "line", None)
        place = file if line is None else f"{file}:{min(line, text.rstrip().count(chr(10))) + 1}"
        what = error.problem if error.problem and "'" not in error.problem else "this is not YAML"
        instead = "Text with a colon, a hash or a quote in it is put in quotes; lines are indented by spaces."
        raise ChartError([Problem(place, f"the file cannot be read as YAML: {what}.", instead)]) from None
    except yaml.YAMLError:
        raise ChartError(
            [Problem(file, "the file holds characters that YAML does not allow.", "Remove them.")]
        ) from None
    if reader.problems:
        raise ChartError(reader.problems)
    return Written(value, reader.lines)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def document(self, text: str) -> Any:
        events: Iterator[Any] = yaml.parse(text, Loader=yaml.CBaseLoader)
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document begins here.", "Keep one document in a file.")
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                value = self._node(event, events, ())
        return value

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if len(path) > _DEEPEST:
            self._refuse(event, f"the nesting is deeper than {_DEEPEST} levels.", "Nothing in a request is.")
            raise ChartError(self.problems)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "an alias (*name) is used.", "Write the value out where it is needed.")
            return None
        if event.anchor is not None:
            self._refuse(event, "an anchor (&name) is used.", "Write the value out where it is needed.")
        if event.tag is not None:
            self._refuse(event, "a tag (!name) is used.", "Write plain text, lists and mappings.")
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value in _NOTHING else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[Any], path: Path) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._node(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "the name of a value is not plain text.", "Write name: value.")
                raise ChartError(self.problems)
            key = event.value
            if key in values:
                self._refuse(
                    event,
                    "the same name stands twice in one mapping.",
                    "Keep one; it is not clear which one counts.",
                )
            self.lines.setdefault((*path, key), line)
            values[key] = self._node(next(events), events, (*path, key))
        return values

    def _refuse(self, event: Any, what: str, instead: str) -> None:
        self.problems.append(Problem(f"{self.file}:{event.start_mark.line + 1}", what, instead))
