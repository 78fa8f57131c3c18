"""The sentences in which a chart that was found by proof says each value of each word. Data: `sentences.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indicated.errors import PolicyError, Problem
from indicated.vocabulary.text import Item, Page, compose, read_text

FILE = "sentences.yaml"
NUMBER = "number"
_RANGE = ("from", "to", "step")
_KEYS = ("text", *_RANGE, "also")


@dataclass(frozen=True)
class Sentence:
    """How one value is said. Of a number, `lowest`, `highest` and `step` say which numbers the sentence can say.

    `also` has the values of other words that the sentence says besides.
    """

    text: str
    lowest: float = 0.0
    highest: float = 0.0
    step: float = 1.0
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentences:
    """The sentences by word and value, and what the limb, its blocks and drugs without a name are called in them."""

    by_word: Mapping[str, Mapping[str, Sentence]]
    names: Mapping[str, Mapping[str, str]]
    drugs: Mapping[str, str] = field(default_factory=dict)

    def of(self, word: str, value: str) -> Sentence | None:
        """The sentence that says a value of a word, if there is one."""
        return self.by_word.get(word, {}).get(value)


def read_sentences(folder: Path) -> Sentences:
    """Read the sentences in a folder. Raises PolicyError with every problem found."""
    path, problems = folder / FILE, list[Problem]()
    page = Page(path, problems)
    item = compose(read_text(path), page)
    found: dict[str, Mapping[str, Sentence]] = {}
    names: dict[str, Mapping[str, str]] = {}
    drugs: dict[str, str] = {}
    if item:
        page.check_keys(item, ("names", "drugs", "sentences"), ("names", "sentences"))
        keys = item.map()
        for limb, part in (keys["names"].map() if "names" in keys else {}).items():
            names[limb] = {name: text.text() for name, text in part.map().items()}
        drugs = {name: part.text() for name, part in (keys["drugs"].map() if "drugs" in keys else {}).items()}
        for word, part in (keys["sentences"].map() if "sentences" in keys else {}).items():
            found[word] = {value: _sentence(value, text, page) for value, text in part.map().items()}
    if problems:
        raise PolicyError(problems)
    return Sentences(found, names, drugs)


def _sentence(value: str, item: Item, page: Page) -> Sentence:
    if not item.map():
        return Sentence(item.text())
    keys = item.map()
    page.check_keys(item, _KEYS, ("text",))
    numbers = []
    for key, usual in zip(_RANGE, (0.0, 0.0, 1.0), strict=True):
        try:
            numbers.append(float(keys[key].text()) if key in keys else usual)
        except ValueError:
            page.wrong(item.key_lines[key], f"`{key}` of “{value}” is no number.", "Write a number.")
            numbers.append(usual)
    lowest, highest, step = numbers
    also = {word: part.text() for word, part in (keys["also"].map() if "also" in keys else {}).items()}
    return Sentence(keys["text"].text() if "text" in keys else "", lowest, highest, step or 1.0, also)
