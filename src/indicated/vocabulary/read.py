"""Reads the vocabulary: every word with its line, all errors at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, get_args

from indicated.errors import PolicyError, Problem
from indicated.vocabulary.check import check_condition, check_test
from indicated.vocabulary.model import (
    MET,
    NUMBER,
    RULES,
    About,
    Aggregate,
    AggregateName,
    AtAnyTime,
    Banded,
    Definition,
    Events,
    FirstKnownOf,
    ParameterWord,
    Rule,
    StatedUnless,
    Vocabulary,
    Word,
)
from indicated.vocabulary.outline import (
    Amount,
    Condition,
    Group,
    Test,
    in_days,
    is_head,
    parse_amount,
    parse_outline,
    parse_test,
)
from indicated.vocabulary.text import Item, Page, compose, nearest, read_text

STATUSES = ("present", "absent", "historical", "planned", "asked")
AGGREGATES: tuple[AggregateName, ...] = get_args(AggregateName)
WORD_KEYS = (
    "word",
    "means",
    "values",
    "unit",
    "facts",
    "attribute",
    "about",
    "good for",
    "stays",
    "newer question undoes",
    "absent only when",
    "absent in part with",
    "counts",
    "not enough",
    "lower is better",
    "parameters",
)
DEFINITION_KEYS = (
    "first known of",
    "newest known of",
    "stated",
    "unless",
    "at any time",
    "number",
    "bands",
    "events",
    "kind",
    "within",
    "of",
    "over",
    "rule",
    "from",
    *AGGREGATES,
)
Entry = TypeVar("Entry", Word, ParameterWord)
PARAMETER_KEYS = ("parameter", "means", "unit", "values", "table of")


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in the `*.yaml` files of a folder. Raises PolicyError with every problem found.

    A file of words is a list. A file whose top is a map is a table for the readers of charts (codes, drugs) and is
    not read here.
    """
    problems: list[Problem] = []
    words: dict[str, Word] = {}
    parameters: dict[str, ParameterWord] = {}
    pages: dict[str, Page] = {}
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise PolicyError(
            [Problem(str(folder), "There is no vocabulary here.", "Name a folder with *.yaml files.")]
        )
    for path in paths:
        text = read_text(path)
        if _is_table(text):
            continue
        page = Page(path, problems)
        item = compose(text, page)
        for entry in item.list() if item else ():
            keys = entry.map()
            if "parameter" in keys:
                _keep(parameters, _parameter(entry, page), entry, page)
            elif "word" in keys:
                word = _word(entry, page)
                _keep(words, word, entry, page)
                pages[word.name] = page
            else:
                page.wrong(
                    entry.line, "An entry is a word or a parameter.", "Begin it with `word:` or `parameter:`."
                )
    vocabulary = Vocabulary(words, parameters)
    for check in (_check_uses, _check):  # a circle has no values, and no test of it can be checked
        if not problems:
            for word in words.values():
                check(word, vocabulary, pages[word.name])
    if problems:
        raise PolicyError(problems)
    return _with_derived_values(vocabulary)


def _is_table(text: str) -> bool:
    """Whether the first line that is neither empty nor a comment opens no list."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "-")
    return not first.startswith("-")


def _keep(kept: dict[str, Entry], it: Entry, entry: Item, page: Page) -> None:
    if it.name in kept:
        first = kept[it.name].place
        what = f"“{it.name}” stands in the vocabulary a second time (first: {first})."
        page.wrong(entry.line, what, "Keep one.")
    kept[it.name] = it


def _parameter(entry: Item, page: Page) -> ParameterWord:
    page.check_keys(entry, PARAMETER_KEYS, ("means",))
    keys = entry.map()
    unit = keys["unit"] if "unit" in keys else keys.get("table of")
    return ParameterWord(
        name=keys["parameter"].text(),
        means=keys["means"].text() if "means" in keys else "",
        place=f"{page.path}:{entry.line}",
        unit=unit.text() if unit else "",
        values=page.texts(keys.get("values")),
        is_table="table of" in keys,
    )


def _word(entry: Item, page: Page) -> Word:
    keys = entry.map()
    heads = [key for key in keys if is_head(key)]
    page.check_keys(entry, (*WORD_KEYS, *DEFINITION_KEYS, *heads), ("means",))
    values, statuses = _values(keys.get("values"), page)
    about = _text(keys, "about") or "patient"
    if about not in get_args(About):
        page.wrong(keys["about"].line, f"A word is not about “{about}”.", nearest(about, get_args(About)))
        about = "patient"
    definition = _definition(entry, heads, page)
    if isinstance(definition, Group | AtAnyTime):
        values = values or MET
    elif isinstance(definition, Banded):
        values = values or tuple(dict.fromkeys(name for name, _ in definition.bands))
    elif isinstance(definition, Aggregate) and definition.name in _COUNTED:
        values = NUMBER
    elif isinstance(definition, Aggregate) and definition.name in ("every", "any"):
        values = MET
    good_for = parse_amount(_text(keys, "good for")) if _text(keys, "good for") else None
    if good_for and not good_for.parameter and in_days(good_for) is None:
        page.wrong(
            keys["good for"].line, f"“{_text(keys, 'good for')}” is no length of time.", "Write `90 days`."
        )
    return Word(
        name=keys["word"].text(),
        means=_text(keys, "means"),
        values=values,
        about=about,  # type: ignore[arg-type]
        place=f"{page.path}:{entry.line}",
        unit=_text(keys, "unit"),
        statuses=statuses,
        facts_of=_text(keys, "facts"),
        attribute=_text(keys, "attribute"),
        good_for=good_for,
        stays=_text(keys, "stays"),
        reopened=_text(keys, "newer question undoes") == "yes",
        absent_when=_text(keys, "absent only when"),
        absent_in_part=_text(keys, "absent in part with"),
        counts=_text(keys, "counts"),
        not_enough=_text(keys, "not enough"),
        lower_is_better=page.texts(keys.get("lower is better")),
        parameters=page.texts(keys.get("parameters")),
        definition=definition,
    )


def _values(item: Item | None, page: Page) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    if item is None:
        return (), {}
    if not item.map():
        values = page.texts(item)
        return values, {value: (value,) for value in values if value in STATUSES}
    statuses = {value: tuple(part.text().split(" or ")) for value, part in item.map().items()}
    for value, named in statuses.items():
        for status in named:
            if status not in STATUSES:
                page.wrong(
                    item.key_lines[value], f"“{status}” is no status of a fact.", nearest(status, STATUSES)
                )
    return tuple(statuses), statuses


def _definition(entry: Item, heads: list[str], page: Page) -> Definition | None:
    keys = entry.map()
    kinds = [key for key in (*heads, *_DEFINING) if key in keys]
    if not kinds:
        return None
    if len(kinds) > 1:
        page.wrong(entry.line, f"The word is derived in two ways ({', '.join(kinds)}).", "Keep one of them.")
    kind, line = kinds[0], entry.key_lines[kinds[0]]
    if kind in heads:
        return parse_outline(kind, keys[kind], line, page)
    for key in _NEEDS.get(kind, ()):
        if key not in keys:
            page.wrong(line, f"`{kind}` needs `{key}` beside it.", f"Write a line `{key}: ...`.")
            return None
    if kind == "number":
        return Banded(_text(keys, "number"), _bands(keys["bands"], page))
    if kind in AGGREGATES:
        return _aggregate(kind, keys, line, page)
    if kind == "rule":
        name = _text(keys, "rule")
        if name not in RULES:
            page.wrong(line, f"There is no rule “{name}”.", nearest(name, RULES))
        return Rule(name, page.texts(keys.get("from")))
    if kind == "stated":
        return StatedUnless(_text(keys, "stated"), _text(keys, "unless"))
    if kind == "at any time":
        return AtAnyTime(_text(keys, kind))
    if kind == "events":
        reached = (
            tuple((limb, part.text()) for limb, part in keys["kind"].map().items()) if "kind" in keys else ()
        )
        if "kind" in keys and not reached:
            page.wrong(
                keys["kind"].line, "`kind` is a map.", "Write `kind: {lower: lumbar, upper: stellate}`."
            )
        return Events(_text(keys, "events"), reached, parse_amount(_text(keys, "within")))
    return FirstKnownOf(page.texts(keys[kind]), newest=kind == "newest known of")


_DEFINING = (
    "first known of",
    "newest known of",
    "stated",
    "at any time",
    "number",
    "events",
    "rule",
    *AGGREGATES,
)
_COUNTED = ("count", "days since", "in a row", "best", "total")
"""The aggregates that give a number."""
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "stated": ("unless",),
    "number": ("bands",),
    "events": ("within",),
    "every": ("over",),
    "any": ("over",),
    "in a row": ("over",),
    "latest": ("over",),
    "trend": ("over",),
    "best": ("over",),
    "total": ("over",),
    "change from baseline": ("over",),
    "rule": ("from",),
}


def _aggregate(kind: str, keys: Mapping[str, Item], line: int, page: Page) -> Aggregate | None:
    name = next(known for known in AGGREGATES if known == kind)
    if name in ("count", "days since"):
        return Aggregate(name, _text(keys, kind))
    over = _text(keys, "over")
    if name not in ("every", "any", "in a row"):
        return Aggregate(name, over, word=_text(keys, kind))
    asked = keys[kind].map()
    test = parse_test(next(iter(asked.values())).text()) if len(asked) == 1 else None
    if test is None:
        page.wrong(line, f"`{kind}` asks one thing of each event.", f"Write `{kind}: {{word: test}}`.")
        return None
    word = next(iter(asked))
    return Aggregate(name, over, condition=Condition(word, test, f"{word}: {asked[word].text()}", line))


def _bands(item: Item, page: Page) -> tuple[tuple[str, Test], ...]:
    bands = []
    for name, part in item.map().items():
        test = parse_test(part.text())
        if test is None or test.amount is None:
            page.wrong(part.line, f"“{part.text()}” is no band.", "Write `at least 4` or `less than 4`.")
        else:
            bands.append((name, test))
    return tuple(bands)


def _text(keys: Mapping[str, Item], key: str) -> str:
    return keys[key].text() if key in keys else ""


def _check_uses(word: Word, vocabulary: Vocabulary, page: Page) -> None:
    line = int(word.place.rpartition(":")[2])
    for name in vocabulary.uses(word.name):
        if name not in vocabulary.words:
            page.wrong(
                line, f"“{word.name}” uses “{name}”, which is no word.", nearest(name, vocabulary.words)
            )
        elif word.name in vocabulary.closure((name,)):
            page.wrong(line, f"“{word.name}” is derived from itself, through “{name}”.", "Break the circle.")


def _check(word: Word, vocabulary: Vocabulary, page: Page) -> None:
    line = int(word.place.rpartition(":")[2])
    for name in vocabulary.parameters_of((word.name,)):
        if name not in vocabulary.parameters:
            page.wrong(line, f"There is no parameter “{name}”.", nearest(name, vocabulary.parameters))
    if word.facts_of and word.facts_of not in vocabulary.words:
        page.wrong(line, f"“{word.facts_of}” is no word.", nearest(word.facts_of, vocabulary.words))
    if word.stays and word.stays not in word.values:
        page.wrong(line, f"“{word.stays}” is no value of the word.", nearest(word.stays, word.values))
    if not word.values and not isinstance(word.definition, FirstKnownOf | StatedUnless | Events | Aggregate):
        page.wrong(
            line, f"“{word.name}” has no values.", "Write `values: [present, absent]` or `values: number`."
        )
    match word.definition:
        case Group() as outline:
            for condition in outline.conditions():
                check_condition(condition, vocabulary, page)
        case Aggregate(condition=Condition() as condition):
            check_condition(condition, vocabulary, page)
        case Banded(word=name, bands=bands) if name in vocabulary.words:
            for _, test in bands:
                check_test(name, test, line, vocabulary, page)
        case Events(within=Amount() as within) if not within.parameter and in_days(within) is None:
            page.wrong(line, f"“{within.unit}” is no unit of time.", "Write `12 months`.")


def _with_derived_values(vocabulary: Vocabulary) -> Vocabulary:
    """Gives every `first known of` and the like the values of the words that it is made from."""
    words = dict(vocabulary.words)

    def values(name: str) -> tuple[str, ...]:
        word = words[name]
        if word.values:
            return word.values
        return tuple(dict.fromkeys(value for part in vocabulary.uses(name) for value in values(part)))

    for name, word in words.items():
        if not word.values and not isinstance(word.definition, Events):
            words[name] = replace(word, values=values(name))
    return Vocabulary(words, vocabulary.parameters)
