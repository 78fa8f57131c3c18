"""Small facts by hand, for tests of the engine: no chart is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from indicated import resources
from indicated.chart.model import Chart, Limb, Request, Side
from indicated.determine import Determination, determine
from indicated.determine.model import CriterionResult
from indicated.facts.model import Evidence, Fact, Status, Value
from indicated.policy import Policy, read_policy
from indicated.vocabulary import Vocabulary, read_vocabulary

ON = date(2026, 3, 10)
VISIT = date(2026, 2, 20)


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(resources.VOCABULARY)


@cache
def policy() -> Policy:
    return read_policy(resources.POLICIES / "lumbar-sympathetic-block" / "policy.yaml", vocabulary())


def fact(
    word: str,
    status: str = "present",
    *,
    day: date | None = VISIT,
    value: Value | None = None,
    unit: str | None = None,
    side: Side | None = None,
    limb: Limb | None = None,
    episode: str | None = None,
    document: str = "documents/01-consult.txt",
    kind: str = "consultation note",
    quote: str = "",
    told: date | None = None,
    **attributes: Any,
) -> Fact:
    """A fact whose quotation is its own description; `told` is the date of the document when it is another."""
    quote = quote or f"{word} {status} {value or ''} {side or ''} {sorted(attributes.items())}"
    return Fact(
        word=word,
        status=Status(status),
        evidence=(Evidence(document, 0, len(quote), quote, date=told or day, kind=kind),),
        value=value,
        unit=unit,
        side=side,
        limb=limb,
        date=day,
        attributes={name.rstrip("_"): value for name, value in attributes.items()},
        episode=episode,
    )


def request(side: Side | None = "right", on: date = ON, **changes: Any) -> Request:
    given: dict[str, Any] = {"procedure": "64520", "laterality": side, "date": on, "diagnoses": ("G90.521",)}
    return Request(**(given | changes))


def judged(facts: Iterable[Fact], asked: Request | None = None) -> Determination:
    return determine(policy(), vocabulary(), Chart("small", asked or request()), facts)


def criterion(name: str, facts: Iterable[Fact], asked: Request | None = None) -> CriterionResult:
    return next(found for found in judged(facts, asked).criteria if found.id == name)


def status(name: str, facts: Iterable[Fact], asked: Request | None = None) -> str:
    return str(criterion(name, facts, asked).status)


def first_block() -> list[Fact]:
    """A first block of the right leg with everything documented."""
    return [
        fact("CRPS", side="right", limb="lower", certainty="asserted", type=1),
        fact("Budapest criteria", verdict="met"),
        fact("skin color change", side="right", limb="lower", reported=False),
        fact("pain score", value=7.0, of="usual"),
        fact("pain limits therapy"),
        fact("analgesic trial", drug_class="nsaid", drug="naproxen", result="insufficient"),
        fact("therapy"),
        fact("rehabilitation plan"),
        fact("active infection", "absent"),
        fact("bleeding disorder", "absent"),
        fact("antithrombotic drug", "absent"),
        fact("functional measure", name="LEFS", value=23.0),
    ]


def block(day: date, days: float | None = None, percent: float | None = None, **more: Any) -> list[Fact]:
    """A block of the right leg with its relief and how long it lasted, tied together."""
    episode = f"block-{day}"
    facts = [fact("sympathetic block", day=day, side="right", limb="lower", episode=episode, told=VISIT)]
    if percent is not None:
        facts.append(fact("block relief", episode=episode, percent=percent))
    if days is not None:
        facts.append(fact("block relief duration", value=days, unit="days", episode=episode, **more))
    return facts


def third_block() -> list[Fact]:
    """A third block of the right leg after two that helped, the second for longer."""
    return [
        *(found for found in first_block() if found.word != "functional measure"),
        *block(date(2025, 9, 1), days=6, percent=60),
        *block(date(2025, 12, 1), days=13, percent=70),
        fact("functional measure", day=date(2025, 8, 20), name="LEFS", value=23.0),
        fact("functional measure", day=VISIT, name="LEFS", value=41.0),
    ]
