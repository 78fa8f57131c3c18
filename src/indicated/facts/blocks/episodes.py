"""The blocks of a chart, each once: mentions of the same block in several documents are one episode.

Two mentions are of one block when they give the same day, or a month or a number that can only be one of the
dated blocks, and when their kind, limb and side agree. A block that is known only by its month or number keeps
what is known; one that is only "a block" is no further block beside those that are dated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indicated.chart.model import Request
from indicated.facts.model import Fact, Status

BLOCK = "sympathetic block"
_YEAR = timedelta(366)


@dataclass(frozen=True)
class Episode:
    """One block. `name` is its id; `day` None where only `month` ("2025-05") or `number` is known."""

    name: str
    facts: tuple[Fact, ...]
    day: date | None
    month: str
    number: int | None
    kind: str
    side: str | None

    def before(self, day: date | None) -> bool:
        """Whether the block was done by a day; an undated block is taken to have been."""
        if day is None:
            return True
        if self.day is not None:
            return self.day <= day
        return not self.month or self.month <= f"{day:%Y-%m}"

    @property
    def order(self) -> tuple[str, int, str]:
        """Blocks in the order of time as far as it is known; by number where no day is."""
        return (self.day.isoformat() if self.day else self.month, self.number or 0, self.name)


def episodes_of(facts: Sequence[Fact], request: Request) -> tuple[Episode, ...]:
    """The blocks that were done, the earliest first. Cancelled and planned ones are none."""
    done = [f for f in facts if f.word == BLOCK and f.status in (Status.PRESENT, Status.HISTORICAL)]
    groups: list[list[Fact]] = []
    for fact in (f for f in done if _day(f)):
        _place(fact, [g for g in groups if _day(g[0]) == _day(fact)], groups)
    dated = [g for g in groups if _day(g[0])]
    for fact in (f for f in done if not _day(f) and _month(f)):
        same = [g for g in groups if _month_of(g) == _month(fact) and _agree(fact, g)]
        if len(same) <= 1:
            _place(fact, same, groups)
    for fact in (f for f in done if not _day(f) and not _month(f) and _number(f)):
        _place_by_number(fact, dated, groups, request)
    if not groups:
        for fact in (f for f in done if not _day(f) and not _month(f) and not _number(f)):
            _place(fact, groups, groups)
    return _named(groups)


def _day(fact: Fact) -> date | None:
    return None if fact.attributes.get("date_precision") else fact.date


def _month(fact: Fact) -> str:
    month = fact.attributes.get("month")
    if isinstance(month, str):
        return month
    return f"{fact.date:%Y-%m}" if fact.date and fact.attributes.get("date_precision") == "month" else ""


def _number(fact: Fact) -> int | None:
    number = fact.attributes.get("number")
    return int(number) if isinstance(number, int | float) and not isinstance(number, bool) else None


def _month_of(group: Sequence[Fact]) -> str:
    day = _day(group[0])
    return f"{day:%Y-%m}" if day else _month(group[0])


def number_of(facts: Iterable[Fact]) -> int | None:
    """The number that most mentions of a block give, the smaller where they are even."""
    counts: dict[int, int] = {}
    for fact in facts:
        number = _number(fact)
        if number:
            counts[number] = counts.get(number, 0) + 1
    return min(counts, key=lambda n: (-counts[n], n)) if counts else None


def _agree(fact: Fact, group: Iterable[Fact]) -> bool:
    return all(_same_limb(fact, other) for other in group)


def _same_limb(one: Fact, other: Fact) -> bool:
    kinds = {str(f.attributes["kind"]) for f in (one, other) if f.attributes.get("kind")}
    limbs = {f.limb for f in (one, other) if f.limb in ("upper", "lower")}
    sides = {f.side for f in (one, other) if f.side in ("right", "left")}
    return len(kinds) < 2 and len(limbs) < 2 and len(sides) < 2


def _place(fact: Fact, candidates: Iterable[list[Fact]], groups: list[list[Fact]]) -> None:
    for group in candidates:
        if _agree(fact, group):
            group.append(fact)
            return
    groups.append([fact])


def _place_by_number(fact: Fact, dated: list[list[Fact]], groups: list[list[Fact]], request: Request) -> None:
    number = _number(fact)
    named = [g for g in groups if number_of(g) == number and _agree(fact, g)]
    if len(named) == 1:
        named[0].append(fact)
        return
    if named:
        return
    known = [g for g in dated if _agree(fact, g) and _done_by(g, fact)]
    counted = _counted(known, request)
    if number in counted:
        counted[number].append(fact)
    elif not known:
        groups.append([fact])


def _done_by(group: Sequence[Fact], fact: Fact) -> bool:
    told = max((e.date for e in fact.evidence if e.date), default=None)
    day = _day(group[0])
    return told is None or day is None or day <= told


def _counted(groups: Sequence[list[Fact]], request: Request) -> dict[int, list[Fact]]:
    """The dated blocks by the number that they have, or must have beside one that has: after the first comes the second."""
    ordered = sorted(groups, key=lambda g: _day(g[0]) or date.min)
    return {
        n: g
        for n, g in zip(
            infer_numbers([number_of(g) for g in ordered], [_day(g[0]) for g in ordered], request.date),
            ordered,
            strict=True,
        )
        if n
    }


def infer_numbers(numbers: Sequence[int | None], days: Sequence[date | None], on: date) -> list[int | None]:
    """Fill in the numbers of blocks in the order of time from those that are known; where none is, count within a year."""
    found = list(numbers)
    if not any(found):
        count = 0
        for at, day in enumerate(days):
            if day is None or on - day <= _YEAR:
                count += 1
                found[at] = count
        return found
    for at in range(1, len(found)):
        before = found[at - 1]
        if found[at] is None and before:
            found[at] = before + 1
    for at in range(len(found) - 2, -1, -1):
        after, day, later = found[at + 1], days[at], days[at + 1]
        if found[at] is None and after and after > 1 and day and later and later - day <= _YEAR:
            found[at] = after - 1
    return [n if n and found.count(n) == 1 else number for n, number in zip(found, numbers, strict=True)]


def _named(groups: Sequence[list[Fact]]) -> tuple[Episode, ...]:
    raw = [_episode(group) for group in groups]
    seen: dict[str, int] = {}
    for episode in raw:
        seen[episode.name] = seen.get(episode.name, 0) + 1
    found = []
    for episode in raw:
        name = episode.name
        if seen[name] > 1:
            name += f"-{episode.kind}" if episode.kind == "stellate" else ""
            name += f"-{episode.side}" if episode.side else ""
        found.append(
            Episode(
                name, episode.facts, episode.day, episode.month, episode.number, episode.kind, episode.side
            )
        )
    return tuple(sorted(found, key=lambda e: e.order))


def _episode(group: Sequence[Fact]) -> Episode:
    first = group[0]
    day, month, number = _day(first), _month_of(group), number_of(group)
    name = (
        f"block-{day}"
        if day
        else f"block-{month}"
        if month
        else f"block-n{number}"
        if number
        else "block-undated"
    )
    kind = next((str(f.attributes["kind"]) for f in group if f.attributes.get("kind")), "")
    side = next((f.side for f in group if f.side), None)
    return Episode(name, tuple(group), day, month, number, kind, side)
