"""The scene of a question: the request, the parameters and the facts that may be used, on one side and up to one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from indicated.chart.model import Request, Side
from indicated.evaluate.model import Answer
from indicated.facts.model import Evidence, Fact, Status
from indicated.policy.model import Parameter, Scope
from indicated.vocabulary.model import Vocabulary
from indicated.vocabulary.outline import Amount


@dataclass(frozen=True)
class Scene:
    """Everything that an answer may depend on. Nothing else is looked at.

    `unread` means that a part of the chart could not be read: then nothing may rest on what the chart does not hold.
    `on` is the request date. `side` is the side to be blocked. `event` is set while one event is looked at: then
    only its own facts are in the scene. `elsewhere` means that the chart has the CRPS on the other side alone.
    """

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    scope: Scope
    request: Request
    side: Side | None
    on: date
    facts: tuple[Fact, ...]
    resolve: Callable[[Scene, str, str], Answer]
    event: bool = False
    elsewhere: bool = False
    unread: bool = False
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict, compare=False)

    def answer(self, word: str, kind: str = "") -> Answer:
        """What the chart says of a word; `kind` is "reported" or "seen" for one kind of finding only."""
        key = (word, kind)
        if key not in self._answers:
            self._answers[key] = self.resolve(self, word, kind)
        return self._answers[key]

    def of(self, word: str) -> tuple[Fact, ...]:
        """The facts of a word, whichever limb they are about."""
        return tuple(fact for fact in self.facts if fact.word == word)

    def with_facts(self, facts: Iterable[Fact], event: bool = False) -> Scene:
        """The same scene with other facts."""
        return replace(self, facts=tuple(facts), event=event or self.event, _answers={})

    def on_side(self, side: Side) -> Scene:
        """The same scene, for a block of one side."""
        sides = {
            fact.side
            for fact in self.of("CRPS")
            if fact.status is Status.PRESENT and fact.side and not is_only_coded(fact)
        }
        return replace(
            self, side=side, elsewhere=bool(sides) and not sides & {side, "bilateral"}, _answers={}
        )

    def as_of(self, day: date) -> Scene:
        """The scene with what was known on a day."""
        return self.with_facts(fact for fact in self.facts if (day_of(fact) or date.min) <= day)

    def amount(self, amount: Amount) -> Amount:
        """The amount itself, or that of the parameter that it names."""
        if not amount.parameter:
            return amount
        return self.parameters[amount.parameter].amount or Amount()

    def choice(self, parameter: str) -> str:
        """The value of a parameter that is a choice."""
        return self.parameters[parameter].value

    def is_of_limb(self, fact: Fact) -> bool:
        """Whether a fact speaks of the limb to be blocked.

        One that names no side does, unless the chart has the CRPS on the other side alone: then it speaks of that.
        """
        if fact.limb not in (None, self.scope.limb):
            return False
        if fact.side is None:
            return not self.elsewhere
        return self.side in (None, "bilateral") or fact.side in ("bilateral", self.side)


def is_only_coded(fact: Fact) -> bool:
    """Whether a fact stands in coded data alone, and no text says it."""
    return all(item.resource for item in fact.evidence)


def day_of(fact: Fact) -> date | None:
    """The day of a fact: when it was so, else the date of its document."""
    return fact.date or max((item.date for item in fact.evidence if item.date), default=None)


def usable(facts: Iterable[Fact], on: date) -> tuple[Fact, ...]:
    """The facts that may prove something on a day, in an order that does not depend on how they came.

    A fact without a quotation or a coded element proves nothing. Nothing later than the request date is known; a
    plan may speak of a later day.
    """
    kept = []
    for fact in facts:
        evidence = tuple(
            item
            for item in fact.evidence
            if (item.quote or item.resource) and not (item.date and item.date > on)
        )
        if not evidence:
            continue
        if fact.date and fact.date > on and fact.status in (Status.PRESENT, Status.HISTORICAL):
            continue
        kept.append(replace(fact, evidence=tuple(sorted(set(evidence), key=evidence_key))))
    return tuple(sorted(kept, key=_order))


def evidence_key(item: Evidence) -> tuple[str, int, int, str, str, str]:
    """By document and place."""
    return (item.document, item.start, item.end, item.resource, item.element, item.quote)


def evidence_of(facts: Iterable[Fact]) -> tuple[Evidence, ...]:
    """The evidence of facts, each place once, in the order of the documents."""
    return tuple(sorted({item for fact in facts for item in fact.evidence}, key=evidence_key))


def _order(fact: Fact) -> tuple[str, ...]:
    return (
        fact.word,
        str(day_of(fact) or date.min),
        *("|".join(map(str, evidence_key(item))) for item in fact.evidence[:1]),
        fact.status,
        str(fact.value),
        str(fact.side),
        str(fact.limb),
        str(sorted(fact.attributes.items())),
        str(fact.episode),
    )
