"""The outline: groups of lines, each line a word and a test. Policies and derived words are written in it.

    met when all:
    - skin color change: present
    - at least 2 of:
      - pain score: at least 4
      - any of:
        - edema: seen within 90 days

It is parsed once; evaluation and display use the same objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indicated.vocabulary.text import Item, Page

Head = Literal["all", "any", "none", "at least"]
Operator = Literal["is", "at least", "at most", "more than", "less than", "same as"]

TIME_UNITS = {
    "hour": 1 / 24,
    "hours": 1 / 24,
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "month": 30.0,
}
TIME_UNITS |= {"months": 30.0, "year": 365.0, "years": 365.0}
_HEAD = re.compile(r"^(?:(?:met|done|raised) when )?(?:(all|any|none)(?: of)?|at least (\d{1,4}) of)$")
_COMPARE = re.compile(r"^(at least|at most|more than|less than) (.+)$")
_WITHIN = re.compile(r"^(.+?) within (.+)$")
_NUMBER = re.compile(r"^(-?\d{1,15}(?:\.\d{1,15})?)(?: ?(\S.*))?$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, or the name of a parameter that holds one."""

    number: float = 0.0
    unit: str = ""
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """What a line asks of a word: one of some values, a comparison, or the same as another word.

    `within` binds the date of what was found, counted back from the request date, ends included.
    """

    __test__ = False  # pytest collects classes of this name

    operator: Operator
    values: tuple[str, ...] = ()
    amount: Amount | None = None
    word: str = ""
    within: Amount | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One line: a word and its test, with the text as it was typed."""

    word: str
    test: Test
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a head. `count` is the N of "at least N of"."""

    head: Head
    members: tuple[Condition | Group, ...]
    count: int
    line: int

    @property
    def text(self) -> str:
        """The head as the outline shows it."""
        return f"at least {self.count} of" if self.head == "at least" else f"{self.head} of"

    def conditions(self) -> Iterator[Condition]:
        """Every line of the outline, from top to bottom."""
        for member in self.members:
            if isinstance(member, Group):
                yield from member.conditions()
            else:
                yield member


def is_head(key: str) -> bool:
    """Whether a key opens a whole outline ("met when all", "done when any", "raised when all")."""
    return key.startswith(("met when ", "done when ", "raised when "))


def parse_outline(key: str, item: Item, key_line: int, page: Page) -> Group | None:
    """The outline under a head, or None when the head itself is wrong. Problems are noted on the page."""
    match = _HEAD.match(key)
    if not match:
        page.wrong(
            key_line,
            f"“{key}” is no head of an outline.",
            "Write `all of`, `any of`, `none of` or `at least 2 of` (with `met when` before the outermost).",
        )
        return None
    head: Head = match[1] if match[1] in ("all", "any", "none") else "at least"  # type: ignore[assignment]
    if not item.list():
        page.wrong(key_line, f"“{key}” has no lines.", "Write one `- word: test` a line below it.")
        return None
    members = tuple(member for part in item.list() if (member := _member(part, page)) is not None)
    count = int(match[2] or 0)
    if head == "at least" and not 1 <= count <= len(item.list()):
        page.wrong(key_line, f"“{key}” asks for {count} of {len(item.list())} lines.", "Mend the number.")
    return Group(head, members, count, key_line)


def _member(item: Item, page: Page) -> Condition | Group | None:
    entries = item.map()
    if len(entries) != 1:
        page.wrong(item.line, "A line of an outline is one word and one test.", "Write `- word: test`.")
        return None
    (key, value), line = next(iter(entries.items())), item.key_lines[next(iter(entries))]
    if isinstance(value.content, tuple):
        return parse_outline(key, value, line, page)
    test = parse_test(value.text())
    if test is None:
        page.wrong(
            line,
            f"“{value.text()}” is no test.",
            "Write a value, values joined by `or`, `at least 4`, or `same as` and a word.",
        )
        return None
    return Condition(key, test, f"{key}: {value.text()}", line)


def parse_test(text: str) -> Test | None:
    """A test, or None when the text is none."""
    if not text:
        return None
    within: Amount | None = None
    if match := _WITHIN.match(text):
        text, within = match[1], parse_amount(match[2])
    if match := _COMPARE.match(text):
        operator: Operator = match[1]  # type: ignore[assignment]
        return Test(operator, amount=parse_amount(match[2]), within=within)
    if text.startswith("same as "):
        return Test("same as", word=text.removeprefix("same as "), within=within)
    values = tuple(value.strip() for value in text.split(" or "))
    return Test("is", values=values, within=within) if all(values) else None


def parse_amount(text: str) -> Amount:
    """A number with its unit, or the name of a parameter."""
    if match := _NUMBER.match(text.strip()):
        return Amount(float(match[1]), (match[2] or "").strip())
    return Amount(parameter=text.strip())


def in_days(amount: Amount) -> float | None:
    """A length of time in days; months count 30 and years 365. None when the unit is none of time."""
    factor = TIME_UNITS.get(amount.unit)
    return None if factor is None else amount.number * factor
