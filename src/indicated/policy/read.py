"""Reads a policy file: everything as text with its line, all errors at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from indicated import resources
from indicated.errors import PolicyError, Problem
from indicated.policy.model import Criterion, Guidance, Parameter, Policy, PolicyStatus, Scope
from indicated.policy.routes import LIMBS, read_routes, sentence
from indicated.vocabulary import Vocabulary, read_vocabulary
from indicated.vocabulary.check import check_condition
from indicated.vocabulary.outline import Group, in_days, is_head, parse_amount, parse_outline
from indicated.vocabulary.text import Item, Page, compose, nearest, read_text

SECTIONS = ("pathway", "technique", "pitfalls", "documentation", "statements")
NEEDED = (
    "policy",
    "title",
    "version",
    "status",
    "effective",
    "owner",
    "purpose",
    "scope",
    "criteria",
    "sources",
)
ON_OTHER_PAGES = ("parameters", *SECTIONS)
"""What may stand on a further page of the policy, named under `pages`."""
POLICY_KEYS = (*NEEDED[:5], "until", *NEEDED[5:8], "criteria", "sources", "pages", *ON_OTHER_PAGES)
SCOPE_KEYS = ("procedure", "limb", "diagnosis", "other body part", "other procedures")
CRITERION_KEYS = ("id", "for", "text", "ask", "sources")
GUIDANCE_KEYS = ("id", "text", "sources", "shown by")
KIND = "kind of request"
"""The word whose values stand after `for:`."""
_TEXTS = ("policy", "title", "version", "status", "effective", "until", "owner", "purpose")
_ID = re.compile(r"^[a-z][a-z0-9-]*$")
_PAGE_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,80}\.yaml$")
_DAYS = re.compile(r"^\d{1,6}(\.\d{1,3})?$", re.ASCII)
_CPT = re.compile(r"^\d{4}[0-9A-Z]$")
_ICD = re.compile(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")


def read_policy(path: Path, vocabulary: Vocabulary | None = None) -> Policy:
    """The policy in a file; of an overlay the policy that it makes of its base. Raises PolicyError with every problem found.

    Without a vocabulary the one that comes with the program is used.
    """
    words = vocabulary or read_vocabulary(resources.VOCABULARY)
    problems: list[Problem] = []
    page = Page(path, problems)
    text = read_text(path)
    item = compose(text, page)
    if item is None:
        raise PolicyError(problems)
    if "overlay" in item.map():
        from indicated.policy.overlay import read_overlay

        return read_overlay(item, text, page, words)
    policy = _policy(_gather(item, text, page), words)
    if problems:
        raise PolicyError(problems)
    return policy


@dataclass(frozen=True)
class _Whole:
    """All pages of a policy: its keys, the page on which each stands, and the text of all of them."""

    page: Page
    keys: dict[str, Item]
    pages: dict[str, Page]
    text: str

    def of(self, key: str) -> Page:
        """The page on which a key stands."""
        return self.pages.get(key, self.page)


def _gather(item: Item, text: str, page: Page) -> _Whole:
    """Put the pages of a policy together. A part that stands on two pages is a problem."""
    page.check_keys(item, POLICY_KEYS, NEEDED)
    page.check_texts(item, _TEXTS)
    keys, pages = dict(item.map()), {}
    for name in page.texts(keys.get("pages")):
        line = keys["pages"].line
        if not _PAGE_NAME.match(name):
            page.wrong(line, f"“{name}” is no page of this policy.", "Name a .yaml file beside it.")
            continue
        other = Page(page.path.with_name(name), page.problems)
        try:
            further = read_text(other.path)
        except PolicyError as error:
            page.problems.extend(error.problems)
            continue
        text += further
        content = compose(further, other)
        if content is None:
            continue
        other.check_keys(content, ON_OTHER_PAGES)
        for key, part in content.map().items():
            if key in keys:
                other.wrong(content.key_lines[key], f"“{key}” stands on another page too.", "Keep one.")
            keys[key], pages[key] = part, other
    return _Whole(page, keys, pages, text)


def _policy(whole: _Whole, vocabulary: Vocabulary) -> Policy:
    page, keys = whole.page, whole.keys
    status = text_of(keys, "status") or "draft"
    if status not in get_args(PolicyStatus):
        page.wrong(keys["status"].line, f"“{status}” is no status.", nearest(status, get_args(PolicyStatus)))
    criteria = tuple(read_criterion(part, page, vocabulary) for part in _entries(keys, "criteria", page))
    ids = [criterion.id for criterion in criteria]
    sections = {
        name: tuple(
            _guidance(part, whole.of(name), vocabulary, ids) for part in _entries(keys, name, whole.of(name))
        )
        for name in SECTIONS
    }
    policy = Policy(
        id=text_of(keys, "policy"),
        title=text_of(keys, "title"),
        version=text_of(keys, "version"),
        status=status,  # type: ignore[arg-type]
        effective=read_date(keys, "effective", page) or date.min,
        until=read_date(keys, "until", page),
        owner=text_of(keys, "owner"),
        purpose=text_of(keys, "purpose"),
        scope=_scope(keys["scope"], page) if "scope" in keys else Scope((), ""),
        parameters=read_parameters(keys.get("parameters"), whole.of("parameters"), vocabulary),
        criteria=criteria,
        **sections,
        sources=page.texts(keys.get("sources")),
        places=places_of(whole),
        sha256=hashlib.sha256(whole.text.encode()).hexdigest(),
        path=page.path,
        overlay=None,
    )
    _check_whole(policy, whole, vocabulary)
    return policy


def places_of(whole: _Whole) -> dict[tuple[str, ...], str]:
    """Where each key of the policy stands, and each entry and each key of an entry, by its id or name."""
    places: dict[tuple[str, ...], str] = {}
    for key, item in whole.keys.items():
        path = whole.of(key).path
        named = [(text_of(part.map(), "id"), part) for part in item.list()] or list(item.map().items())
        places[(key,)] = f"{path}:{item.line}"
        for name, part in named:
            places[key, name] = f"{path}:{item.key_lines.get(name, part.line)}"
            for inner, line in part.key_lines.items():
                places[key, name, inner] = f"{path}:{line}"
    return places


def _check_whole(policy: Policy, whole: _Whole, vocabulary: Vocabulary) -> None:
    """What can only be seen with all pages: repeated ids, sources, parameters without use or value."""
    keys = whole.keys
    seen: dict[str, str] = {}
    for name in ("criteria", *SECTIONS):
        page = whole.of(name)
        for part in keys[name].list() if name in keys else ():
            identifier, line = text_of(part.map(), "id"), part.line
            if identifier in seen:
                page.wrong(
                    line, f"The id “{identifier}” stands in {seen[identifier]} already.", "Use another."
                )
            seen[identifier] = f"line {line}" if page is whole.page else f"{page.path.name}:{line}"
            for source in page.texts(part.map().get("sources")):
                if source not in policy.sources:
                    page.wrong(
                        line,
                        f"The source “{source}” is not listed under `sources`.",
                        nearest(source, policy.sources),
                    )
    outlines = [entry.outline for entry in policy.criteria]
    outlines += [entry.outline for name in SECTIONS for entry in getattr(policy, name) if entry.outline]
    conditions = [condition for outline in outlines for condition in outline.conditions()]
    named = tuple(word for condition in conditions for word in (condition.word, condition.test.word) if word)
    needed = set(vocabulary.parameters_of((*named, KIND)))
    needed |= {
        amount.parameter
        for condition in conditions
        for amount in (condition.test.amount, condition.test.within)
        if amount and amount.parameter
    }
    page, line = whole.of("parameters"), keys["parameters"].line if "parameters" in keys else 1
    for name in sorted(needed & set(vocabulary.parameters) - set(policy.parameters)):
        page.wrong(
            line,
            f"The parameter “{name}” is needed and has no value.",
            f"Write `{name}:` under `parameters`.",
        )
    for name in policy.parameters:
        if name in vocabulary.parameters and name not in needed:
            page.wrong(line, f"The parameter “{name}” is used nowhere.", "Leave it out.")


def _scope(item: Item, page: Page) -> Scope:
    page.check_keys(item, SCOPE_KEYS, ("procedure", "limb"))
    keys = item.map()
    page.check_texts(item, ("limb",))
    if "other procedures" in keys:
        page.check_keys(keys["other procedures"], keys["other procedures"].map())
    scope = Scope(
        procedures=_codes(keys.get("procedure"), "CPT", _CPT, page),
        limb=text_of(keys, "limb"),
        diagnoses=_codes(keys.get("diagnosis"), "ICD-10-CM", _ICD, page),
        elsewhere=_codes(keys.get("other body part"), "ICD-10-CM", _ICD, page),
        other_procedures=_other_procedures(keys),
        labels={number: route.label for number, route in read_routes(resources.POLICIES).items()},
    )
    if scope.limb not in LIMBS:
        page.wrong(item.line, f"“{scope.limb}” is no limb.", "Write `limb: lower` or `limb: upper`.")
    return scope


def _other_procedures(keys: Mapping[str, Item]) -> dict[str, str]:
    """What is said of other numbers: by the table of procedures, or by the policy itself, which has the last word."""
    own = keys["other procedures"].map() if "other procedures" in keys else {}
    routes = read_routes(resources.POLICIES)
    mine = keys["policy"].text() if "policy" in keys else ""
    return {number: sentence(route, route.policy != mine) for number, route in routes.items()} | {
        number: part.text() for number, part in own.items()
    }


def _codes(item: Item | None, system: str, shape: re.Pattern[str], page: Page) -> tuple[str, ...]:
    if item is None:
        return ()
    page.check_keys(item, (system,), (system,))
    codes = page.texts(item.map().get(system))
    for code in codes:
        if not shape.match(code):
            page.wrong(item.line, f"“{code}” does not look like a code of {system}.", "Mend it.")
    return codes


def read_parameters(item: Item | None, page: Page, vocabulary: Vocabulary) -> dict[str, Parameter]:
    """The choices under `parameters`, each with its reason; what is wrong is noted on the page."""
    parameters: dict[str, Parameter] = {}
    if item:
        page.check_keys(item, item.map())
    for name, part in item.map().items() if item else ():
        line = item.key_lines[name] if item else 1
        word = vocabulary.parameters.get(name)
        if word is None:
            page.wrong(line, f"“{name}” is no parameter.", nearest(name, vocabulary.parameters))
            continue
        page.check_keys(part, ("value", "reason"), ("value", "reason"))
        page.check_texts(part, ("reason",))
        value = part.map().get("value")
        if value is None:
            continue
        amount, table, text = None, {}, value.text()
        if word.is_table:
            table = {key: _number(entry, page) for key, entry in value.map().items()}
            text = (
                ", ".join(f"{key} {entry.text()}" for key, entry in value.map().items()) + f" ({word.unit})"
            )
            if not table:
                page.wrong(line, f"“{name}” is a table.", "Write one `name: number` a line below `value:`.")
        elif word.values:
            if text not in word.values:
                page.wrong(value.line, f"“{text}” is no value of “{name}”.", nearest(text, word.values))
        else:
            amount = parse_amount(text)
            fits = amount.unit == word.unit or (
                in_days(amount) is not None and word.unit in ("days", "months")
            )
            if amount.parameter or not fits:
                page.wrong(
                    value.line, f"“{text}” is no number in {word.unit or 'plain figures'}.", "Mend it."
                )
        parameters[name] = Parameter(name, text, text_of(part.map(), "reason"), amount, table)
    return parameters


def _number(item: Item, page: Page) -> float:
    if not _DAYS.match(item.text()):
        page.wrong(item.line, f"“{item.text()}” is no number.", "Write a number of days.")
        return 0.0
    return float(item.text())


def read_criterion(item: Item, page: Page, vocabulary: Vocabulary) -> Criterion:
    """One criterion; what is wrong is noted on the page."""
    outline = _outline(item, CRITERION_KEYS, ("id", "text", "ask", "sources"), page, vocabulary)
    if outline is None:
        page.wrong(item.line, "A criterion needs an outline.", "Write `met when all:` with lines below it.")
        outline = Group("all", (), 0, item.line)
    keys = item.map()
    kinds = tuple(text_of(keys, "for").split(" or ")) if "for" in keys else ()
    known = vocabulary.words[KIND].values if KIND in vocabulary.words else ()
    for kind in kinds:
        if kind not in known:
            page.wrong(item.line, f"“{kind}” is no kind of request.", nearest(kind, known))
    return Criterion(
        id=_id(item, page),
        text=text_of(keys, "text"),
        outline=outline,
        ask=text_of(keys, "ask"),
        sources=page.texts(keys.get("sources")),
        kinds=kinds,
    )


def _guidance(item: Item, page: Page, vocabulary: Vocabulary, criteria: list[str]) -> Guidance:
    outline = _outline(item, GUIDANCE_KEYS, ("id", "text"), page, vocabulary)
    keys = item.map()
    shown_by = page.texts(keys.get("shown by"))
    for name in shown_by:
        if name not in criteria:
            page.wrong(item.line, f"There is no criterion “{name}”.", nearest(name, criteria))
    return Guidance(
        _id(item, page), text_of(keys, "text"), page.texts(keys.get("sources")), outline, shown_by
    )


def _outline(
    item: Item, keys: tuple[str, ...], needed: tuple[str, ...], page: Page, vocabulary: Vocabulary
) -> Group | None:
    heads = [key for key in item.map() if is_head(key)]
    page.check_keys(item, (*keys, *heads), needed)
    page.check_texts(item, (key for key in ("id", "for", "text", "ask") if key in keys))
    if len(heads) > 1:
        page.wrong(
            item.line, f"Only one outline may stand here ({', '.join(heads)}).", "Put one into the other."
        )
    if not heads:
        return None
    outline = parse_outline(heads[0], item.map()[heads[0]], item.key_lines[heads[0]], page)
    for condition in outline.conditions() if outline else ():
        check_condition(condition, vocabulary, page)
    return outline


def _entries(keys: Mapping[str, Item], name: str, page: Page) -> tuple[Item, ...]:
    if name not in keys:
        return ()
    if not keys[name].list():
        what = f"`{name}` is a list, and it has no entry."
        page.wrong(keys[name].line, what, "Begin each entry with `- id:`.")
    return keys[name].list()


def _id(item: Item, page: Page) -> str:
    name = text_of(item.map(), "id")
    if name and not _ID.match(name):
        page.wrong(item.line, f"“{name}” is no id.", "Use small letters, figures and hyphens.")
    return name


def read_date(keys: Mapping[str, Item], name: str, page: Page) -> date | None:
    """The day under a key, or None; what is wrong is noted on the page."""
    if name not in keys:
        return None
    try:
        return date.fromisoformat(keys[name].text())
    except ValueError:
        page.wrong(keys[name].line, f"“{keys[name].text()}” is no date.", "Write `2026-01-31`.")
        return None


def text_of(keys: Mapping[str, Item], key: str) -> str:
    """The text under a key, empty when it is not there."""
    return keys[key].text() if key in keys else ""
