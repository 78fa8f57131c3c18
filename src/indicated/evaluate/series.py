"""The series: the blocks of the limb that were done within the window, each with the facts that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indicated.evaluate.days import in_window
from indicated.evaluate.scene import Scene, day_of
from indicated.facts.model import Fact, Status
from indicated.vocabulary.model import Events

_DONE = (Status.PRESENT, Status.HISTORICAL)
_MOST = 12
"""More missing events than this are taken for a misread number of another kind."""


@dataclass(frozen=True)
class Event:
    """One event. `day` is None when the chart does not date it.

    `done` are the facts that tell of it; `facts` all that belong to it, none for an event that is only counted.
    """

    day: date | None
    done: tuple[Fact, ...]
    facts: tuple[Fact, ...]


def events_of(name: str, scene: Scene) -> tuple[Event, ...]:
    """The events that a word of events names, from the first to the last; undated ones come first.

    An event counts when it was done on the limb before the request date and within the window.
    """
    definition = scene.vocabulary[name].definition
    if not isinstance(definition, Events):
        return ()
    facts = [fact for fact in scene.of(definition.word) if _counts(fact, definition, scene)]
    if any(fact.episode for fact in facts):
        facts = [fact for fact in facts if fact.episode]
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.episode or str(day_of(fact)), []).append(fact)
    groups = sorted(
        grouped.values(), key=lambda group: (_first_day(group) or date.min, group[0].episode or "")
    )
    window = scene.amount(definition.within)
    kept = []
    for number, group in enumerate(groups, start=1):
        day = _first_day(group)
        if day is not None and not (day < scene.on and in_window(day, scene.on, window)):
            continue
        kept.append((number, day, tuple(group)))
    only = len(kept) == 1
    unseen = _unseen(definition, groups, scene)
    return (
        *unseen,
        *(Event(day, group, _belonging(number, day, group, only, scene)) for number, day, group in kept),
    )


def _unseen(definition: Events, groups: list[list[Fact]], scene: Scene) -> tuple[Event, ...]:
    """Events that must have been, since the chart counts further than it tells: "the fourth" with two on record."""
    done = max((_number(fact) for group in groups for fact in group), default=0)
    asked = [
        fact
        for fact in scene.of(definition.word)
        if fact.status in (Status.ASKED, Status.PLANNED) and _belongs(fact, definition, scene)
    ]
    following = max((_number(fact) for fact in asked), default=1)
    missing = max(done, following - 1) - len(groups)
    telling = tuple(fact for fact in asked if _number(fact) == following) or tuple(
        groups[-1] if groups else ()
    )
    return tuple(Event(None, telling, ()) for _ in range(missing)) if missing <= _MOST else ()


def may_lack_events(name: str, scene: Scene) -> bool:
    """Whether events may stand on pages that were not read: a part is unread, and no statement counts the events."""
    definition = scene.vocabulary[name].definition
    if not scene.unread or not isinstance(definition, Events):
        return False
    facts = [fact for fact in scene.of(definition.word) if _belongs(fact, definition, scene)]
    done = {fact.episode or str(day_of(fact)) for fact in facts if fact.status in _DONE}
    if not done and any(fact.status is Status.ABSENT for fact in facts):
        return False
    following = max((_number(f) for f in facts if f.status in (Status.ASKED, Status.PLANNED)), default=0)
    return following != len(done) + 1


def _number(fact: Fact) -> int:
    number = fact.attributes.get("number", 0)
    return int(number) if isinstance(number, int | float) else 0


def _counts(fact: Fact, definition: Events, scene: Scene) -> bool:
    return fact.status in _DONE and _belongs(fact, definition, scene)


def _belongs(fact: Fact, definition: Events, scene: Scene) -> bool:
    """Whether an event is of the kind that reaches the limb and of that limb; where no kind is asked, each is."""
    if not definition.kinds:
        return True
    kind = definition.kind(scene.scope.limb)
    return fact.attributes.get("kind", kind) == kind and scene.is_of_limb(fact)


def _first_day(group: list[Fact]) -> date | None:
    return min((day for fact in group if (day := day_of(fact))), default=None)


def _belonging(
    number: int, day: date | None, group: tuple[Fact, ...], only: bool, scene: Scene
) -> tuple[Fact, ...]:
    """The facts of an event; what is said of all events stands only where nothing is said of this one."""
    word = group[0].word
    ordinal = next((fact.attributes["number"] for fact in group if "number" in fact.attributes), number)
    names = {f"#{ordinal:g}" if isinstance(ordinal, int | float) else f"#{ordinal}", str(day)}
    own: list[Fact] = []
    general: list[Fact] = []
    for fact in scene.facts:
        block = fact.attributes.get("block")
        if fact.word == word or not fact.word.startswith("block "):
            continue
        if fact.limb not in (None, scene.scope.limb):
            continue  # it is of a block that reaches another limb
        if block == "all" or fact.episode == "all":
            if day is None or (day_of(fact) or date.max) >= day:
                general.append(fact)
        elif (fact.episode and fact.episode == group[0].episode) or (
            not fact.episode
            and (
                block in names or (block is None and only and (day_of(fact) or date.min) > (day or date.min))
            )
        ):
            own.append(fact)
    said = {fact.word for fact in own}
    return (*group, *own, *(fact for fact in general if fact.word not in said))
