"""Reads `properties.yaml`: what must hold of a policy for every chart, in the words of the policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from indicated.determine.model import Outcome
from indicated.errors import PolicyError, Problem
from indicated.evaluate.model import CriterionStatus
from indicated.policy.model import Policy
from indicated.prove import rules
from indicated.vocabulary.check import check_condition
from indicated.vocabulary.model import Vocabulary
from indicated.vocabulary.outline import Condition, Group, parse_outline
from indicated.vocabulary.text import Item, Page, compose, nearest, read_text

FILE = "properties.yaml"
UNKNOWN = "unknown"
EVERY = "every criterion"
MORE = "met stays met when more is documented"
STATUSES = tuple(status.value.replace("_", " ") for status in CriterionStatus)
OUTCOMES = tuple(
    outcome.value.replace("_", " ") for outcome in Outcome if outcome is not Outcome.OUT_OF_SCOPE
)
YES = "yes"
_HEAD = re.compile(r"^(never|always|can be)(?: (.+?))?(?: while (all|any|none|at least \d{1,4})(?: of)?)?$")
_CLAIM = re.compile(rf"^(.+?) ({'|'.join(sorted(STATUSES, key=len, reverse=True))})$")
_KINDS = ("never …:", "always …:", "can be …:", f"{MORE}:")

Head = Literal["never", "always", "can be", "more"]
_HEADS: tuple[Head, ...] = ("never", "always", "can be")


@dataclass(frozen=True)
class Claim:
    """An outcome, or the status of a criterion; `criterion` is empty for an outcome."""

    criterion: str
    status: str

    def __str__(self) -> str:
        return f"{self.criterion} {self.status}".strip()


@dataclass(frozen=True)
class Property:
    """One thing that must hold: one of the claims never, always or possibly, `while` an outline is met.

    Of "more", each claim says that a criterion that is met stays so.
    """

    id: str
    text: str
    head: Head
    claims: tuple[Claim, ...]
    condition: Group | None
    place: str


def read_properties(policy: Policy, vocabulary: Vocabulary, path: Path | None = None) -> tuple[Property, ...]:
    """The properties beside a policy, or in a file that is named. Raises PolicyError with every problem found."""
    path = path or policy.path.parent / FILE
    problems: list[Problem] = []
    page = Page(path, problems)
    item = compose(read_text(path), page)
    found = [_property(part, page, policy, vocabulary) for part in item.list()] if item else []
    if item and not item.list() and not problems:
        page.wrong(item.line, "Properties are a list.", "Begin each one with `- id:`.")
    ids = [one.id for one in found if one]
    for name in dict.fromkeys(ids):
        if ids.count(name) > 1:
            page.wrong(item.line if item else 1, f"The id “{name}” stands here twice.", "Use another.")
    if problems:
        raise PolicyError(problems)
    return tuple(one for one in found if one)


def _property(item: Item, page: Page, policy: Policy, vocabulary: Vocabulary) -> Property | None:
    keys = item.map()
    heads = [key for key in keys if key == MORE or _HEAD.match(key)]
    page.check_keys(item, ("id", "text", *heads), ("id", "text"))
    if len(heads) != 1:
        page.wrong(
            item.line, "A property says one thing.", f"Write one key of {', '.join(_KINDS)} beside its id."
        )
        return None
    key, line = heads[0], item.key_lines[heads[0]]
    found = Property(
        keys["id"].text() if "id" in keys else "",
        keys["text"].text() if "text" in keys else "",
        "more",
        (),
        None,
        f"{page.path}:{line}",
    )
    if key == MORE:
        names = page.texts(keys[key])
        return replace(
            found, claims=_claims([f"{name} met" for name in names], line, page, policy, every=True)
        )
    match = _HEAD.match(key)
    told, opened = (match[2] or "", match[3] or "") if match else ("", "")
    head: Head = next(name for name in _HEADS if key.startswith(name))
    texts = (told,) if told else page.texts(keys[key])
    condition = _condition(opened, keys[key], line, page, policy, vocabulary) if opened else None
    if bool(told) != bool(opened):
        page.wrong(line, f"“{key}” is no head of a property.", _how(head))
    claims = _claims(texts, line, page, policy, every=head == "can be")
    return replace(found, head=head, claims=claims, condition=condition)


def _how(head: str) -> str:
    return f"Write `{head} criteria met while all:` with lines below it, or `{head}: criteria met`."


def _claims(
    texts: tuple[str, ...] | list[str], line: int, page: Page, policy: Policy, *, every: bool
) -> tuple[Claim, ...]:
    names = [criterion.id for criterion in policy.criteria]
    found: list[Claim] = []
    for text in (part.strip() for one in texts for part in one.split(" or ")):
        match = _CLAIM.match(text)
        if text in OUTCOMES:
            found.append(Claim("", text))
        elif match and match[1] in names:
            found.append(Claim(match[1], match[2]))
        elif match and match[1] == EVERY and every:
            found += [Claim(name, match[2]) for name in names]
        else:
            known = (*OUTCOMES, *(f"{name} {status}" for name in names for status in STATUSES))
            page.wrong(line, f"“{text}” is no outcome and no status of a criterion.", nearest(text, known))
    return tuple(found)


def _condition(
    opened: str, item: Item, line: int, page: Page, policy: Policy, vocabulary: Vocabulary
) -> Group | None:
    head = f"{opened} of" if opened.startswith("at least") else opened
    group = parse_outline(head, item, line, page)
    for condition in group.conditions() if group else ():
        _check(condition, page, policy, vocabulary)
    return group


def _check(condition: Condition, page: Page, policy: Policy, vocabulary: Vocabulary) -> None:
    """What a line may name: words of the vocabulary, criteria of the policy, and what is said of one drug."""
    word, test = condition.word, condition.test
    known = tuple(value for value in test.values if value != UNKNOWN)
    if word in vocabulary.words:
        if known or test.operator != "is":
            rest = replace(condition, test=replace(test, values=known))
            check_condition(rest, vocabulary, page)
        missing = set(vocabulary.parameters_of((word,))) & set(vocabulary.parameters) - set(policy.parameters)
        for name in sorted(missing):
            what = f"“{word}” needs the parameter “{name}”, which this policy does not set."
            page.wrong(condition.line, what, "Name a word that the policy can answer.")
        return
    names = [criterion.id for criterion in policy.criteria]
    if word in names:
        for value in test.values:
            if value not in STATUSES:
                page.wrong(condition.line, f"“{value}” is no status.", nearest(value, STATUSES))
        return
    drugs = rules.drugs(policy)
    yes = {start(drug): drug for drug in drugs for start in (rules.taking, rules.going_on)}
    days = {rules.days_without(drug): drug for drug in drugs}
    if word in yes and test.operator == "is" and set(test.values) <= {YES, UNKNOWN}:
        return
    if word in days and (test.amount or test.values == (UNKNOWN,)):
        return
    if word in yes or word in days:
        page.wrong(
            condition.line,
            f"“{condition.text}” cannot be asked.",
            "Write `yes`, `unknown` or `less than 3 days`.",
        )
        return
    page.wrong(
        condition.line,
        f"“{word}” is no word, no criterion and nothing that is said of a drug.",
        nearest(word, (*vocabulary.words, *names, *yes, *days)),
    )
