"""Which policy answers a request, by the number of its procedure. The table is data: `policies/procedures.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indicated.errors import PolicyError, Problem
from indicated.vocabulary.text import Item, Page, compose, read_text

FILE = "procedures.yaml"
ADOPTED = "adopted.yaml"
LIMBS = ("upper", "lower", "upper or lower", "other")
_KEYS = ("procedure", "is", "policy", "when", "limb", "say")


@dataclass(frozen=True)
class Route:
    """One procedure: what it is in our own words, and the policy that answers a request for it.

    `stages` names another policy for a stage of the same number: a stimulator lead may be on trial or stay. `limb`
    is the limb that it fits; `say` what a policy tells of whom it is asked and does not cover it.
    """

    procedure: str
    label: str
    policy: str
    limb: str = ""
    say: str = ""
    stages: Mapping[str, str] | None = None

    def answered_by(self, stages: Iterable[str] = ()) -> str:
        """The id of the policy; `stages` are those that the chart names, and only a single one decides."""
        named = set(stages)
        return (self.stages or {}).get(named.pop(), self.policy) if len(named) == 1 else self.policy


@lru_cache(maxsize=8)
def read_routes(folder: Path) -> Mapping[str, Route]:
    """The table of a folder of policies, by procedure; empty where it has none. Raises PolicyError."""
    path = folder / FILE
    if not path.is_file():
        return {}
    problems: list[Problem] = []
    page = Page(path, problems)
    item = compose(read_text(path), page)
    routes: dict[str, Route] = {}
    for entry in item.list() if item else ():
        route = _route(entry, page)
        if route.procedure in routes:
            page.wrong(entry.line, f"“{route.procedure}” stands here a second time.", "Keep one of the two.")
        for name in (route.policy, *(route.stages or {}).values()):
            if name and not any((folder / name).glob("policy*.yaml")):
                page.wrong(entry.line, f"There is no policy “{name}” here.", "Name the folder of a policy.")
        routes[route.procedure] = route
    if item and not routes:
        page.wrong(item.line, "The table of procedures is a list.", "Begin each entry with `- procedure:`.")
    if problems:
        raise PolicyError(problems)
    return routes


@lru_cache(maxsize=8)
def read_adopted(folder: Path) -> tuple[str, ...]:
    """The ids of the policies that were adopted; empty where the folder does not say. Raises PolicyError."""
    path = folder / ADOPTED
    if not path.is_file():
        return ()
    problems: list[Problem] = []
    page = Page(path, problems)
    item = compose(read_text(path), page)
    names: tuple[str, ...] = ()
    if item:
        page.check_keys(item, ("adopted",), ("adopted",))
        names = page.texts(item.map().get("adopted"))
        for name in names:
            if not any((folder / name).glob("policy*.yaml")):
                page.wrong(item.line, f"There is no policy “{name}” here.", "Name the folder of a policy.")
    if problems:
        raise PolicyError(problems)
    return names


def _route(entry: Item, page: Page) -> Route:
    page.check_keys(entry, _KEYS, ("procedure", "is", "policy"))
    texts = {name: part.text() for name, part in entry.map().items()}
    limb = texts.get("limb", "")
    if limb and limb not in LIMBS:
        page.wrong(entry.line, f"“{limb}” is no limb.", f"Write one of: {', '.join(LIMBS)}.")
    when = entry.map().get("when")
    stages = {name: part.text() for name, part in when.map().items()} if when else {}
    return Route(
        texts.get("procedure", ""),
        texts.get("is", ""),
        texts.get("policy", ""),
        limb,
        texts.get("say", ""),
        stages,
    )


def sentence(route: Route, elsewhere: bool) -> str:
    """What is said of a procedure where a policy is asked that does not cover it; `elsewhere` names the one that does."""
    said = f"{route.procedure} is {route.label}.{' ' + route.say if route.say else ''}"
    return f"{said} The policy {route.policy} answers it." if elsewhere else said
