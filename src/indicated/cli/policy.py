"""`indicated policy show`."""

from __future__ import annotations

from pathlib import Path

from indicated.cli import output as out
from indicated.errors import PolicyError, Problem
from indicated.policy import read_policy
from indicated.resources import POLICIES, VOCABULARY
from indicated.vocabulary import read_vocabulary


def show_policy(name: str | None) -> None:
    """Print one policy as it was written, or a line for each that is there."""
    if name is None:
        vocabulary = read_vocabulary(VOCABULARY)
        rows = [read_policy(path, vocabulary) for path in sorted(POLICIES.glob("*/policy*.yaml"))]
        lines = [f"{p.id}  {p.version}  from {p.effective}  {p.status}  {p.title}\n" for p in rows]
        out.put("".join(lines).encode(), None)
        return
    out.put(policy_file(name).read_bytes(), None)


def policy_file(name: str) -> Path:
    """The file of a policy that was named by its id, its file or its folder. Raises PolicyError."""
    for path in (Path(name), POLICIES / name):
        if path.is_file():
            return path
        if versions := sorted(path.glob("policy*.yaml")):
            return versions[-1]
    known = ", ".join(path.name for path in sorted(POLICIES.glob("*/")))
    raise PolicyError([Problem(name, "there is no such policy.", f"There are: {known}.")])
