"""YAML read as text, with the number of every line.

Nothing is turned into a number, a date or a yes: what a clinician types is what the reader sees. Anchors, aliases,
tags and duplicate keys are errors, since they let a file say something else than it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from indicated.errors import PolicyError, Problem

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_MAYBE_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_]", re.MULTILINE)
_MAYBE_NESTED = re.compile(r"^[ \t?-]{40}|[\[{]", re.MULTILINE)
_DEEPEST = 50
"""Lists and maps inside one another. A policy needs fewer than ten."""
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a file: a text, a list or a map, with the line on which it starts."""

    line: int
    content: str | tuple[Item, ...] | Mapping[str, Item]
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def map(self) -> Mapping[str, Item]:
        """The content if it is a map, else an empty map."""
        return self.content if isinstance(self.content, Mapping) else {}

    def list(self) -> tuple[Item, ...]:
        """The content if it is a list, else an empty one."""
        return self.content if isinstance(self.content, tuple) else ()

    def text(self) -> str:
        """The content with its white space made plain if it is a text, else an empty text."""
        return " ".join(self.content.split()) if isinstance(self.content, str) else ""


class Page:
    """One file that is being read, and all that was found wrong with it so far."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems

    def wrong(self, line: int, what: str, instead: str = "") -> None:
        """Note a problem at a line of this file."""
        self.problems.append(Problem(f"{self.path}:{line}", what, instead))

    def check_keys(self, item: Item, known: Iterable[str], needed: Iterable[str] = ()) -> None:
        """Note every key that is not known and every needed key that is missing."""
        if not isinstance(item.content, Mapping):
            self.wrong(
                item.line, "A map of keys and values is expected here.", "Write one `key: value` a line."
            )
            return
        known = tuple(known)
        for key, line in item.key_lines.items():
            if key not in known:
                self.wrong(line, f"The key “{key}” is not known here.", nearest(key, known))
        for key in needed:
            if key not in item.content:
                self.wrong(item.line, f"The key “{key}” is missing.", f"Write a line `{key}: ...` here.")

    def check_texts(self, item: Item, keys: Iterable[str]) -> None:
        """Note every one of these keys that has no text: a list, a map or nothing."""
        for key in keys:
            part = item.map().get(key)
            if part is not None and not part.text():
                what = "has no text" if part.content == "" else "is no list and no map, but a text"
                self.wrong(item.key_lines[key], f"`{key}` {what}.", f"Write `{key}:` and words behind it.")

    def texts(self, item: Item | None) -> tuple[str, ...]:
        """The texts of a list, or the one text; anything else is noted as a problem."""
        if item is None:
            return ()
        if isinstance(item.content, str):
            return (item.text(),)
        for part in item.list():
            if not isinstance(part.content, str):
                self.wrong(part.line, "A text is expected here.", "Write a word or a sentence.")
        if isinstance(item.content, Mapping):
            self.wrong(item.line, "A list of texts is expected here.", "Write one `- text` a line.")
        return tuple(part.text() for part in item.list() if isinstance(part.content, str))


def nearest(word: str, words: Iterable[str]) -> str:
    """A sentence that names the known word nearest to a mistyped one, or lists a few."""
    from difflib import get_close_matches

    words = sorted(set(words))
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return f"Did you mean “{close[0]}”?"
    if not words:
        return ""
    listed = ", ".join(f"“{known}”" for known in words[:8])
    return f"Known are {listed}{' and others' if len(words) > 8 else ''}."


def read_text(path: Path) -> str:
    """The text of a policy or vocabulary file. Raises PolicyError when it cannot be read."""
    try:
        if (size := path.stat().st_size) > _MOST_BYTES:
            what = f"The file has {size / _MOST_BYTES:.1f} MB; at most 1 MB is read."
            raise PolicyError([Problem(str(path), what, "Name a file that a person wrote.")])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PolicyError([Problem(str(path), "The file is not UTF-8 text.", "Save it as UTF-8.")]) from None
    except OSError as error:
        problem = Problem(str(path), f"The file could not be opened ({error.strerror}).", "Check its name.")
        raise PolicyError([problem]) from None


def compose(text: str, page: Page) -> Item | None:
    """The content of a YAML text, or None with the problems noted on the page."""
    try:
        if _MAYBE_ANCHOR.search(text) or _may_be_too_deep(text):
            before = len(page.problems)
            _refuse_anchors_and_depth(text, page)
            if len(page.problems) > before:  # composing would follow every alias, and every level
                return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not well-formed"
        page.wrong(
            (mark.line + 1) if mark else 1, f"This is not YAML: {what}.", "Check indents, colons and quotes."
        )
        return None
    if node is None:
        page.wrong(1, "The file is empty.", "Write its content.")
        return None
    return _item(node, page)


def _may_be_too_deep(text: str) -> bool:
    """Whether lists and maps could lie too deep in one another, told without reading the text as YAML."""
    signs = [match[0] for match in _MAYBE_NESTED.finditer(text)]
    return len(signs) > _DEEPEST or any(len(sign) > 1 for sign in signs)


def _refuse_anchors_and_depth(text: str, page: Page) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        anchor, line = getattr(event, "anchor", None), event.start_mark.line + 1 if event.start_mark else 1
        if anchor:
            page.wrong(
                line,
                f"Anchors and aliases are not allowed (“{anchor}”).",
                "Write the text out where it is meant.",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            what = f"Lists and maps lie more than {_DEEPEST} deep in one another."
            page.wrong(line, what, "Close the brackets, or mend the indents.")
            return


def _item(node: yaml.Node, page: Page) -> Item:
    line = node.start_mark.line + 1 if node.start_mark else 1
    if node.tag not in _PLAIN_TAGS:
        page.wrong(line, f"Tags are not allowed (“{node.tag}”).", "Leave the tag out.")
    if isinstance(node, yaml.ScalarNode):
        return Item(line, node.value)
    if isinstance(node, yaml.SequenceNode):
        return Item(line, tuple(_item(part, page) for part in node.value))
    content: dict[str, Item] = {}
    key_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            page.wrong(key_line, "A key must be a text.", "Write `key: value`.")
            continue
        key = " ".join(key_node.value.split())
        if key in content:
            page.wrong(
                key_line,
                f"The key “{key}” stands here a second time (first in line {key_lines[key]}).",
                "Keep one of the two.",
            )
            continue
        content[key] = _item(value_node, page)
        key_lines[key] = key_line
    return Item(line, content, key_lines)
