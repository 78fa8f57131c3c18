"""`indicated policy show`."""

from __future__ import annotations

from pathlib import Path

from indicated.cli import output as out
from indicated.errors import PolicyError, Problem
from indicated.policy import Policy, read_policy
from indicated.policy.overlay import FILE as OVERLAY
from indicated.resources import POLICIES, VOCABULARY
from indicated.vocabulary import read_vocabulary


def show_policy(name: str | None) -> None:
    """Print one policy as it was written, or list all: which procedures each answers, and its status."""
    if name is None:
        vocabulary = read_vocabulary(VOCABULARY)
        paths = (*sorted(POLICIES.glob("*/policy*.yaml")), *sorted(POLICIES.glob(f"overlays/*/{OVERLAY}")))
        out.put("".join(_listed(read_policy(path, vocabulary)) for path in paths).encode(), None)
        return
    out.put(policy_file(name).read_bytes(), None)


def _listed(policy: Policy) -> str:
    over = policy.overlay
    answers = f"changes {over.base}, by {over.authority}" if over else ", ".join(policy.scope.procedures)
    return (
        f"{policy.id}  {policy.version}\n"
        f"    {policy.title}\n"
        f"    {policy.status}, from {policy.effective}; {answers}; {policy.scope.limb} limb\n"
    )


def policy_file(name: str) -> Path:
    """The file of a policy that was named by its id, its file or its folder. Raises PolicyError."""
    for path in (Path(name), POLICIES / name, POLICIES / "overlays" / name):
        if path.is_file():
            return path
        if versions := sorted(path.glob("policy*.yaml")):
            return versions[-1]
        if (path / OVERLAY).is_file():
            return path / OVERLAY
    folders = (*sorted(POLICIES.glob("*/")), *sorted(POLICIES.glob("overlays/*/")))
    known = ", ".join(path.name for path in folders if path.name != "overlays")
    raise PolicyError([Problem(name, "there is no such policy.", f"There are: {known}.")])
