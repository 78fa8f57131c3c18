"""Ties the facts of one block together: the block itself, its relief, how long it lasted, and its technique.

Each block that was done gets an `episode`, the same in all documents; what is said of a block gets the episode
of the block that is meant: by its day, its number or month, "all", "last", else the only block there is. What
two documents say alike becomes one fact with both places as its evidence; what they say otherwise stays two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from indicated.chart.model import Request
from indicated.facts.blocks.episodes import BLOCK, Episode, episodes_of, infer_numbers
from indicated.facts.model import Evidence, Fact, Status, Value

_OF_BLOCKS = ("block relief", "block relief duration", "block technique")
_TOLD = (Status.PRESENT, Status.ABSENT, Status.ASKED, Status.HISTORICAL)
_STELLATE = "stellate"
_SOON = timedelta(60)
"""A statement that names no block is taken for the latest one within this time where there are several."""


def link(facts: Iterable[Fact], request: Request) -> tuple[Fact, ...]:
    """Return the facts with the blocks joined into one series, in an order that does not depend on how they came."""
    ordered = sorted(facts, key=_key)
    episodes = episodes_of(ordered, request)
    of_block = {id(fact): episode for episode in episodes for fact in episode.facts}
    linked: list[Fact] = []
    for fact in ordered:
        if fact.word == BLOCK:
            episode = of_block.get(id(fact))
            linked.append(_dated(fact, episode) if episode else fact)
        elif fact.word in _OF_BLOCKS and fact.status in _TOLD and episodes:
            linked.extend(_tied(fact, episodes, ordered, request))
        else:
            linked.append(fact)
    return tuple(sorted(_merged(linked), key=_key))


def _dated(fact: Fact, episode: Episode) -> Fact:
    """A mention with the id and the day of its block; of a block known by its month the first of the month, so marked."""
    attributes = dict(fact.attributes)
    if episode.day:
        attributes.pop("month", None)
        attributes.pop("date_precision", None)
        return replace(fact, episode=episode.name, date=episode.day, attributes=attributes)
    if episode.month:
        day = date.fromisoformat(f"{episode.month}-01")
        return replace(
            fact, episode=episode.name, date=day, attributes={**attributes, "date_precision": "month"}
        )
    return replace(fact, episode=episode.name)


def _key(fact: Fact) -> tuple[str, ...]:
    first = fact.evidence[0] if fact.evidence else Evidence("")
    return (
        first.document, f"{first.start:09d}", first.resource, fact.word, fact.status.value, str(fact.date), str(fact.value),
        str(fact.unit), str(fact.side), str(fact.limb), repr(sorted(fact.attributes.items())), str(fact.episode),
        repr(fact.evidence), fact.reader, repr(fact.why),
    )  # fmt: skip


def _tied(fact: Fact, episodes: Sequence[Episode], facts: Sequence[Fact], request: Request) -> Iterator[Fact]:
    """The fact with the episode that it means; one copy for each block where it speaks of all."""
    meant = fact.attributes.get("block")
    told = fact.date or max((e.date for e in fact.evidence if e.date), default=None)
    pool = _pool(episodes, request, fact.attributes.get("kind"))
    if meant == "all":
        copies = [e for e in pool if e.before(told) and not _has_own(fact, e, episodes, facts, request)]
        for episode in copies:
            yield replace(
                fact, episode=episode.name, attributes={**fact.attributes, "block": _label(episode)}
            )
        if not copies:
            yield fact
        return
    found = _meant(meant, told, episodes, pool, request)
    yield replace(fact, episode=found.name) if found else fact


def _label(episode: Episode) -> Value:
    return (
        episode.day.isoformat()
        if episode.day
        else episode.month or (f"#{episode.number}" if episode.number else "all")
    )


def _meant(
    meant: Value | None,
    told: date | None,
    episodes: Sequence[Episode],
    pool: Sequence[Episode],
    request: Request,
) -> Episode | None:
    if isinstance(meant, str) and meant.startswith("before "):
        earlier = [e for e in pool if e.day and e.day.isoformat() < meant[7:]]
        return earlier[-1] if earlier else None
    if isinstance(meant, str) and meant != "last":
        same = [e for e in pool if _is(e, meant)] or [e for e in episodes if _is(e, meant)]
        if meant.startswith("#") and not same:
            same = _by_number(int(meant[1:]), told, pool, request)
        return same[0] if len(same) == 1 else None
    before = [e for e in pool if e.before(told)]
    if not before:
        return None
    latest = before[-1]
    if len(before) == 1 or meant == "last":
        return latest
    recent = told is not None and latest.day is not None and told - latest.day <= _SOON
    return latest if recent else None


def _is(episode: Episode, meant: str) -> bool:
    if meant.startswith("#"):
        return episode.number == int(meant[1:])
    if len(meant) == 7:
        return meant in (episode.month, f"{episode.day:%Y-%m}" if episode.day else "")
    return episode.day is not None and episode.day.isoformat() == meant


def _by_number(number: int, told: date | None, pool: Sequence[Episode], request: Request) -> list[Episode]:
    before = [e for e in pool if e.before(told)]
    counted = infer_numbers([e.number for e in before], [e.day for e in before], request.date)
    return [e for e, n in zip(before, counted, strict=True) if n == number]


def _pool(episodes: Sequence[Episode], request: Request, kind: Value | None = None) -> list[Episode]:
    """The blocks that a statement without a day may mean: those of the side in question, else any.

    What is said of a stellate block means no other, and what names no kind means none of those.
    """
    meant = [e for e in episodes if (e.kind == _STELLATE) == (kind == _STELLATE)]
    side = request.laterality
    asked = [e for e in meant if side in (None, "bilateral") or e.side in (None, "bilateral", side)]
    return asked or meant


def _has_own(
    fact: Fact, episode: Episode, episodes: Sequence[Episode], facts: Sequence[Fact], request: Request
) -> bool:
    """Whether a block has a statement of its own on the same thing; a figure for all yields only to a figure for one."""
    pool = _pool(episodes, request, fact.attributes.get("kind"))
    for other in facts:
        if (
            other.word != fact.word
            or other.attributes.get("block") == "all"
            or other.status not in (Status.PRESENT, Status.ABSENT)
        ):
            continue
        if _is_figure(fact) and not _is_figure(other):
            continue
        told = other.date or max((e.date for e in other.evidence if e.date), default=None)
        if _meant(other.attributes.get("block"), told, episodes, pool, request) is episode:
            return True
    return False


def _is_figure(fact: Fact) -> bool:
    return fact.value is not None or "percent" in fact.attributes


def _merged(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Join what is said alike of one episode; facts of no episode stay as they are."""
    yield from (f for f in facts if f.episode is None)
    tied = sorted(
        (f for f in facts if f.episode is not None), key=lambda f: (f.episode or "", f.word, _key(f))
    )
    for _, group in groupby(tied, key=lambda f: (f.episode, f.word, f.status)):
        kept: list[Fact] = []
        for fact in group:
            for at, other in enumerate(kept):
                joined = _join(other, fact)
                if joined is not None:
                    kept[at] = joined
                    break
            else:
                kept.append(fact)
        yield from kept


def _join(one: Fact, other: Fact) -> Fact | None:
    """Two facts as one where they do not contradict; of a block what one adds to the other is added."""
    if one.value != other.value or one.unit != other.unit:
        return None
    mine, theirs = (_plain(f) for f in (one, other))
    if one.word != BLOCK and mine != theirs:
        return None
    if any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys()):
        return None
    sides = {f.side for f in (one, other) if f.side}
    if len(sides) > 1:
        return None
    return replace(
        one,
        evidence=tuple(sorted({*one.evidence, *other.evidence}, key=_evidence_key)),
        side=one.side or other.side,
        limb=one.limb or other.limb,
        date=_date(one, other),
        attributes={**dict(sorted(other.attributes.items())), **dict(sorted(one.attributes.items()))},
        reader=min(one.reader, other.reader),
        why=tuple(sorted({*one.why, *other.why})),
    )


def _date(one: Fact, other: Fact) -> date | None:
    """The day of a block is the same in both; of what is said of it the latest counts."""
    return max((f.date for f in (one, other) if f.date), default=None)


def _plain(fact: Fact) -> dict[str, Value]:
    """The attributes that must agree; how the text names the block does not matter, nor how exactly it dates it."""
    return {k: v for k, v in fact.attributes.items() if k not in ("block", "month", "date_precision")}


def _evidence_key(evidence: Evidence) -> tuple[str, ...]:
    return (
        evidence.document,
        f"{evidence.start:09d}",
        f"{evidence.end:09d}",
        evidence.resource,
        evidence.element,
        str(evidence.date),
        evidence.quote,
        evidence.kind,
    )
