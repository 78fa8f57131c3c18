"""A word that a policy may test: what it means, its values, and how it is derived when it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from indicated.vocabulary.outline import Amount, Condition, Group, Test

About = Literal["patient", "condition", "limb", "event"]
"""Of whom a word speaks.

A word about the limb counts only for the limb to be blocked. A word about the condition is taken from the limb to
be blocked if the chart has it there, else from the condition that the chart treats.
"""

NUMBER = ("number",)
MET = ("met", "not met")


@dataclass(frozen=True)
class FirstKnownOf:
    """The first of several words that is known; with `newest`, the one with the newest evidence."""

    words: tuple[str, ...]
    newest: bool = False


@dataclass(frozen=True)
class StatedUnless:
    """A stated verdict, unless the findings of its own time show otherwise; the findings alone when none is stated."""

    stated: str
    findings: str


@dataclass(frozen=True)
class AtAnyTime:
    """An outline word that was met on at least one day of the chart, judged by what was known on that day."""

    word: str


@dataclass(frozen=True)
class Banded:
    """A number put into bands; the last band whose test holds gives the value."""

    word: str
    bands: tuple[tuple[str, Test], ...]


@dataclass(frozen=True)
class Events:
    """The dated events of the limb to be blocked, done within a window of the request.

    `kinds` has the kind that reaches each limb. Without one, events of every kind and limb are meant.
    """

    word: str
    kinds: tuple[tuple[str, str], ...]
    within: Amount

    def kind(self, limb: str) -> str:
        """The kind of event that reaches a limb; empty when every kind is meant."""
        return dict(self.kinds).get(limb, "")


AggregateName = Literal[
    "count",
    "latest",
    "days since",
    "every",
    "any",
    "in a row",
    "trend",
    "best",
    "total",
    "change from baseline",
]


@dataclass(frozen=True)
class Aggregate:
    """A number or value over dated events. `word` is a word of each event; `condition` a line asked of each."""

    name: AggregateName
    events: str
    word: str = ""
    condition: Condition | None = None


@dataclass(frozen=True)
class Rule:
    """A named rule of the small closed set in `indicated.evaluate`, for what an outline cannot say."""

    name: str
    words: tuple[str, ...]


Definition = Group | FirstKnownOf | StatedUnless | AtAnyTime | Banded | Events | Aggregate | Rule


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary.

    `values` are the values a test may name; `("number",)` for a measure in `unit`. `statuses` maps a value to the
    statuses of facts that say so; `facts_of` the word of the facts when it is another; `attribute` names the attribute that holds the value ("value" for the fact's own).
    `good_for` is how long a statement stays good, None when it does not go stale. `stays` is a value that, once
    true, remains so. `reopened` means that a newer open question undoes an older answer. `absent_when` names
    the attribute without which an absence says nothing ("refused": a measure that is only missing was not refused).
    `absent_in_part` names the attribute with which an absence says only a part ("drug": one drug of many is not taken).
    `lower_is_better` names the measures of which a lower value is better. The codes that stand for a word are in `codes.yaml` and `drugs.yaml`.
    """

    name: str
    means: str
    values: tuple[str, ...]
    about: About
    place: str
    unit: str = ""
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts_of: str = ""
    attribute: str = ""
    good_for: Amount | None = None
    stays: str = ""
    reopened: bool = False
    absent_when: str = ""
    absent_in_part: str = ""
    counts: str = ""
    not_enough: str = ""
    lower_is_better: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    definition: Definition | None = None

    @property
    def is_number(self) -> bool:
        """Whether the word is a measure."""
        return self.values == NUMBER


@dataclass(frozen=True)
class ParameterWord:
    """A number, a choice or a table that each policy sets, with its reason."""

    name: str
    means: str
    place: str
    unit: str = ""
    values: tuple[str, ...] = ()
    is_table: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All words and parameters, in the order of the files."""

    words: Mapping[str, Word]
    parameters: Mapping[str, ParameterWord]

    def __getitem__(self, name: str) -> Word:
        return self.words[name]

    def uses(self, name: str) -> tuple[str, ...]:
        """The words from which a derived word is made, directly; none for a base word."""
        return tuple(dict.fromkeys(_uses(self.words[name].definition)))

    def closure(self, names: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
        """The words and all words from which they are made, each once, in the order met."""
        seen: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop(0)
            if name not in seen and name in self.words:
                seen[name] = None
                waiting += self.uses(name)
        return tuple(seen)

    def parameters_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The parameters that the words need, directly or through the words they are made from."""
        found: dict[str, None] = {}
        for name in self.closure(names):
            word = self.words[name]
            amounts = [*_amounts(word.definition), *([word.good_for] if word.good_for else [])]
            found |= dict.fromkeys(word.parameters)
            found |= dict.fromkeys(amount.parameter for amount in amounts if amount.parameter)
        return tuple(found)


def amounts_of(test: Test) -> Iterator[Amount]:
    """The amounts that stand in a test."""
    if test.amount:
        yield test.amount
    if test.within:
        yield test.within


def _amounts(definition: Definition | None) -> Iterator[Amount]:
    match definition:
        case Group():
            for condition in definition.conditions():
                yield from amounts_of(condition.test)
        case Banded(bands=bands):
            for _, test in bands:
                yield from amounts_of(test)
        case Events(within=within):
            yield within
        case Aggregate(condition=Condition(test=test)):
            yield from amounts_of(test)


def _uses(definition: Definition | None) -> Iterator[str]:
    match definition:
        case Group():
            for condition in definition.conditions():
                yield from condition_words(condition)
        case FirstKnownOf(words=words) | Rule(words=words):
            yield from words
        case StatedUnless(stated, findings):
            yield from (stated, findings)
        case AtAnyTime(word) | Banded(word=word) | Events(word=word):
            yield word
        case Aggregate(events=events, word=word, condition=condition):
            yield events
            if word:
                yield word
            if condition:
                yield from condition_words(condition)


def condition_words(condition: Condition) -> Iterator[str]:
    """The words that a line names."""
    yield condition.word
    if condition.test.word:
        yield condition.test.word


RULES = (
    "limb of the diagnosis",
    "stated verdict",
    "usual or latest score",
    "first-line analgesics",
    "persisting pain",
    "clotting",
    "antithrombotic medicine",
    "relief of a block",
    "change of function",
    "purpose of the block",
    "side of the request",
    "quantity of the request",
)
"""The closed set of named rules. `indicated.evaluate` has one function for each; a test holds the two together."""
