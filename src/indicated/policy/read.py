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
_ID = re.compile(r"^[a-z][a-z0-9-]*$")
_CPT = re.compile(r"^\d{4}[0-9A-Z]$")
_ICD = re.compile(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")


def read_policy(path: Path, vocabulary: Vocabulary | None = None) -> Policy:
    """The policy in a file. Raises PolicyError with every problem found.

    Without a vocabulary the one that comes with the program is used.
    """
    words = vocabulary or read_vocabulary(resources.VOCABULARY)
    problems: list[Problem] = []
    page = Page(path, problems)
    text = read_text(path)
    item = compose(text, page)
    if item is None:
        raise PolicyError(problems)
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
    keys, pages = dict(item.map()), {}
    for name in page.texts(keys.get("pages")):
        line = keys["pages"].line
        if "/" in name or "\\" in name or not name.endswith(".yaml"):
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
    status = _text(keys, "status") or "draft"
    if status not in get_args(PolicyStatus):
        page.wrong(keys["status"].line, f"“{status}” is no status.", nearest(status, get_args(PolicyStatus)))
    criteria = tuple(_criterion(part, page, vocabulary) for part in _entries(keys, "criteria", page))
    ids = [criterion.id for criterion in criteria]
    sections = {
        name: tuple(
            _guidance(part, whole.of(name), vocabulary, ids) for part in _entries(keys, name, whole.of(name))
        )
        for name in SECTIONS
    }
    policy = Policy(
        id=_text(keys, "policy"),
        title=_text(keys, "title"),
        version=_text(keys, "version"),
        status=status,  # type: ignore[arg-type]
        effective=_date(keys, "effective", page) or date.min,
        until=_date(keys, "until", page),
        owner=_text(keys, "owner"),
        purpose=_text(keys, "purpose"),
        scope=_scope(keys["scope"], page) if "scope" in keys else Scope((), ""),
        parameters=_parameters(keys.get("parameters"), whole.of("parameters"), vocabulary),
        criteria=criteria,
        **sections,
        sources=page.texts(keys.get("sources")),
        sha256=hashlib.sha256(whole.text.encode()).hexdigest(),
        path=page.path,
    )
    _check_whole(policy, whole, vocabulary)
    return policy


def _check_whole(policy: Policy, whole: _Whole, vocabulary: Vocabulary) -> None:
    """What can only be seen with all pages: repeated ids, sources, parameters without use or value."""
    keys = whole.keys
    seen: dict[str, str] = {}
    for name in ("criteria", *SECTIONS):
        page = whole.of(name)
        for part in keys[name].list() if name in keys else ():
            identifier, line = _text(part.map(), "id"), part.line
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
    scope = Scope(
        procedures=_codes(keys.get("procedure"), "CPT", _CPT, page),
        limb=_text(keys, "limb"),
        diagnoses=_codes(keys.get("diagnosis"), "ICD-10-CM", _ICD, page),
        elsewhere=_codes(keys.get("other body part"), "ICD-10-CM", _ICD, page),
        other_procedures={
            number: part.text()
            for number, part in (keys["other procedures"].map() if "other procedures" in keys else {}).items()
        },
    )
    if scope.limb not in ("upper", "lower", "other"):
        page.wrong(item.line, f"“{scope.limb}” is no limb.", "Write `limb: lower` or `limb: upper`.")
    return scope


def _codes(item: Item | None, system: str, shape: re.Pattern[str], page: Page) -> tuple[str, ...]:
    if item is None:
        return ()
    page.check_keys(item, (system,), (system,))
    codes = page.texts(item.map().get(system))
    for code in codes:
        if not shape.match(code):
            page.wrong(item.line, f"“{code}” does not look like a code of {system}.", "Mend it.")
    return codes


def _parameters(item: Item | None, page: Page, vocabulary: Vocabulary) -> dict[str, Parameter]:
    parameters: dict[str, Parameter] = {}
    for name, part in item.map().items() if item else ():
        line = item.key_lines[name] if item else 1
        word = vocabulary.parameters.get(name)
        if word is None:
            page.wrong(line, f"“{name}” is no parameter.", nearest(name, vocabulary.parameters))
            continue
        page.check_keys(part, ("value", "reason"), ("value", "reason"))
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
        parameters[name] = Parameter(name, text, _text(part.map(), "reason"), amount, table)
    return parameters


def _number(item: Item, page: Page) -> float:
    try:
        return float(item.text())
    except ValueError:
        page.wrong(item.line, f"“{item.text()}” is no number.", "Write a number of days.")
        return 0.0


def _criterion(item: Item, page: Page, vocabulary: Vocabulary) -> Criterion:
    outline = _outline(item, CRITERION_KEYS, ("id", "text", "ask", "sources"), page, vocabulary)
    if outline is None:
        page.wrong(item.line, "A criterion needs an outline.", "Write `met when all:` with lines below it.")
        outline = Group("all", (), 0, item.line)
    keys = item.map()
    kinds = tuple(_text(keys, "for").split(" or ")) if "for" in keys else ()
    known = vocabulary.words[KIND].values if KIND in vocabulary.words else ()
    for kind in kinds:
        if kind not in known:
            page.wrong(item.line, f"“{kind}” is no kind of request.", nearest(kind, known))
    return Criterion(
        id=_id(item, page),
        text=_text(keys, "text"),
        outline=outline,
        ask=_text(keys, "ask"),
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
    return Guidance(_id(item, page), _text(keys, "text"), page.texts(keys.get("sources")), outline, shown_by)


def _outline(
    item: Item, keys: tuple[str, ...], needed: tuple[str, ...], page: Page, vocabulary: Vocabulary
) -> Group | None:
    heads = [key for key in item.map() if is_head(key)]
    page.check_keys(item, (*keys, *heads), needed)
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
        page.wrong(keys[name].line, f"`{name}` is a list.", "Begin each entry with `- id:`.")
    return keys[name].list()


def _id(item: Item, page: Page) -> str:
    name = _text(item.map(), "id")
    if name and not _ID.match(name):
        page.wrong(item.line, f"“{name}” is no id.", "Use small letters, figures and hyphens.")
    return name


def _date(keys: Mapping[str, Item], name: str, page: Page) -> date | None:
    if name not in keys:
        return None
    try:
        return date.fromisoformat(keys[name].text())
    except ValueError:
        page.wrong(keys[name].line, f"“{keys[name].text()}” is no date.", "Write `2026-01-31`.")
        return None


def _text(keys: Mapping[str, Item], key: str) -> str:
    return keys[key].text() if key in keys else ""
