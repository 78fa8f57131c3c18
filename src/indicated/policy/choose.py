"""Finds the policy for a procedure, in the version that is in force on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

from indicated import resources
from indicated.errors import PolicyError, Problem
from indicated.policy.model import Policy
from indicated.policy.read import read_policy
from indicated.policy.routes import read_adopted, read_routes
from indicated.vocabulary import Vocabulary, read_vocabulary
from indicated.vocabulary.text import read_text


def policy_in_force(
    folder: Path,
    procedure: str,
    on: date,
    vocabulary: Vocabulary | None = None,
    stages: Iterable[str] = (),
) -> Policy:
    """The policy for a CPT number that is in force on a day.

    `folder` holds one folder for each policy, or is itself the folder of one. The table of procedures in it says which
    policy answers; `stages` are those that the chart names, where one number has several. Without a table a policy
    that covers the procedure comes first, then one that names it as a different service; where only one policy is
    kept, that one, so that the request is found out of its scope. Raises PolicyError when none is in force, or two are.
    """
    words = vocabulary or read_vocabulary(resources.VOCABULARY)
    route = read_routes(folder).get(procedure)
    if route:
        paths = sorted((folder / route.answered_by(stages)).glob("policy*.yaml"))
        return version_in_force([read_policy(path, words) for path in paths], on)
    versions = {place: sorted(place.glob("policy*.yaml")) for place in (folder, *sorted(folder.glob("*/")))}
    versions = {place: paths for place, paths in versions.items() if paths}
    if not versions:
        raise PolicyError(
            [Problem(str(folder), "There is no policy here.", "Name a folder with a policy.yaml.")]
        )
    number = re.compile(rf"(?<!\d){re.escape(procedure)}(?!\d)")
    naming = {
        place: paths
        for place, paths in versions.items()
        if len(versions) == 1 or any(number.search(read_text(path)) for path in paths)
    }
    read = {place: [read_policy(path, words) for path in paths] for place, paths in naming.items()}
    covering = {
        place: policies
        for place, policies in read.items()
        if any(procedure in policy.scope.procedures for policy in policies)
    }
    candidates = covering or read
    if not candidates:
        raise PolicyError(
            [
                Problem(
                    str(folder),
                    f"No policy here names the procedure {procedure}.",
                    "Name a policy with --policy.",
                )
            ]
        )
    if len(candidates) > 1:
        names = ", ".join(place.name for place in candidates)
        raise PolicyError(
            [
                Problem(
                    str(folder),
                    f"Several policies name the procedure {procedure}: {names}.",
                    "Name one with --policy.",
                )
            ]
        )
    return version_in_force(next(iter(candidates.values())), on)


def adopted_policy(
    folder: Path, procedure: str, on: date, vocabulary: Vocabulary | None = None, stages: Iterable[str] = ()
) -> Policy:
    """The policy that is in force for a CPT number, if it was adopted; else the first adopted one, whose scope it is not.

    A folder that does not say which were adopted has adopted all. Raises PolicyError as `policy_in_force` does.
    """
    found = policy_in_force(folder, procedure, on, vocabulary, stages)
    adopted = read_adopted(folder)
    if not adopted or found.id in adopted:
        return found
    return policy_in_force(folder / adopted[0], procedure, on, vocabulary)


def version_in_force(versions: list[Policy], on: date) -> Policy:
    """The version that is in force on a day. Raises PolicyError when none is, or when two overlap."""
    ordered = sorted((policy for policy in versions if policy.status != "retired"), key=lambda p: p.effective)
    problems = [
        Problem(
            str(older.path),
            f"It is still in force when {newer.path.name} begins ({newer.effective}).",
            f"Write `until:` with the day before, or an earlier one (now: {older.until or 'none'}).",
        )
        for older, newer in pairwise(ordered)
        if older.until is None or older.until >= newer.effective
    ]
    if problems:
        raise PolicyError(problems)
    for policy in ordered:
        if policy.in_force(on):
            return policy
    spans = "; ".join(
        f"{policy.path.name}: {policy.effective} to {policy.until or 'further notice'}" for policy in ordered
    )
    place = str(versions[0].path.parent)
    raise PolicyError(
        [
            Problem(
                place,
                f"No version is in force on {on} ({spans or 'all are retired'}).",
                "Mend the date of the request, or add the version of that time.",
            )
        ]
    )
