"""Which rule prevails where several speak of one request. The order is data: `policies/authority.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from indicated import resources
from indicated.errors import PolicyError, Problem
from indicated.policy.model import Policy
from indicated.vocabulary.text import Page, compose, read_text

FILE = "authority.yaml"
OWN = "policy"
"""The authority of a policy that is no overlay."""


@lru_cache(maxsize=8)
def read_authorities(folder: Path) -> tuple[str, ...]:
    """The kinds of rules, the one that prevails first. Raises PolicyError."""
    problems: list[Problem] = []
    page = Page(folder / FILE, problems)
    item = compose(read_text(page.path), page)
    if item:
        page.check_keys(item, ("authority",), ("authority",))
    known = page.texts(item.map().get("authority")) if item else ()
    if problems:
        raise PolicyError(problems)
    return known


def prevailing(
    policies: Iterable[Policy], on: date, jurisdiction: str = "", line_of_business: str = ""
) -> Policy:
    """The policy of highest authority that is in force on a day for a place and a line of business.

    An overlay stands in the place of the policy that it changes. One that names places or lines of business holds only for those. Raises PolicyError when none is left, or
    when two of the same authority are: then a person must say which.
    """
    order = read_authorities(resources.POLICIES)
    asked = list(policies)
    left = [one for one in asked if one.in_force(on) and _holds(one, jurisdiction, line_of_business)]
    changed = {one.overlay.base for one in left if one.overlay and _is_own(one, order)}
    left = [one for one in left if one.overlay or one.id not in changed]
    ranked = sorted(left, key=lambda one: order.index(_authority(one)))
    highest = [one for one in ranked if _authority(one) == _authority(ranked[0])]
    if len(highest) == 1:
        return highest[0]
    names = ", ".join(one.id for one in (highest or asked))
    place = str(asked[0].path) if asked else FILE
    what = (
        f"Several of one authority apply: {names}."
        if highest
        else f"None of these is in force on {on}: {names}."
    )
    raise PolicyError([Problem(place, what, "Name the one that holds.")])


def _is_own(policy: Policy, order: Sequence[str]) -> bool:
    """Whether an overlay ranks with the policy that it changes or above it: then it stands in its place."""
    return order.index(_authority(policy)) <= order.index(OWN)


def _authority(policy: Policy) -> str:
    return policy.overlay.authority if policy.overlay else OWN


def _holds(policy: Policy, jurisdiction: str, line_of_business: str) -> bool:
    overlay = policy.overlay
    if overlay is None:
        return True
    return (not overlay.jurisdictions or jurisdiction in overlay.jurisdictions) and (
        not overlay.lines_of_business or line_of_business in overlay.lines_of_business
    )
