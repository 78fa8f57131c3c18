"""A request finds its policy by the table of procedures; an overlay changes a policy, and its mistakes are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicated import resources
from indicated.determine.scope import outside
from indicated.errors import PolicyError
from indicated.policy import policy_in_force, read_policy
from indicated.policy.authority import prevailing, read_authorities
from indicated.policy.routes import read_routes
from small_facts import policy, request, vocabulary

DAY = date(2026, 3, 10)
OVERLAYS = resources.POLICIES / "overlays"
TEXT = """overlay: mine
of: lumbar-sympathetic-block
title: An overlay of a test
version: "1"
status: draft
effective: 2026-01-01
owner: Nobody
authority: contract
"""


def overlay(folder: Path, more: str = "", text: str = TEXT, name: str = "mine") -> Path:
    path = folder / name / "overlay.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + more, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        read_policy(path, vocabulary())
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("procedure", "stages", "expected"),
    [
        ("64520", (), "lumbar-sympathetic-block"),
        ("64510", (), "stellate-ganglion-block"),
        ("63650", ("trial",), "spinal-cord-stimulation-trial"),
        ("63650", ("implant",), "spinal-cord-stimulator-implant"),
        ("63650", (), "spinal-cord-stimulation-trial"),
        ("63650", ("trial", "implant"), "spinal-cord-stimulation-trial"),
        ("63685", (), "spinal-cord-stimulator-implant"),
        ("64450", (), "peripheral-nerve-block"),
    ],
)
def test_a_procedure_has_its_policy(procedure: str, stages: tuple[str, ...], expected: str) -> None:
    assert policy_in_force(resources.POLICIES, procedure, DAY, vocabulary(), stages).id == expected


def test_every_policy_covers_what_is_routed_to_it_or_says_why_not() -> None:
    for number, route in read_routes(resources.POLICIES).items():
        found = read_policy(resources.POLICIES / route.policy / "policy.yaml", vocabulary())
        assert number in found.scope.procedures or number in found.scope.other_procedures


def test_a_code_that_does_not_fit_its_site_is_said() -> None:
    said = outside(policy(), request(diagnoses=("G90.511",)), ())
    assert "64520 is a lumbar" in said
    assert "G90.511 is of an upper limb" in said


@pytest.mark.parametrize("path", sorted(OVERLAYS.glob("*/overlay.yaml")), ids=lambda path: path.parent.name)
def test_each_overlay_is_one_policy(path: Path) -> None:
    found = read_policy(path, vocabulary())
    assert found.overlay is not None
    assert (found.id, found.overlay.base) == (path.parent.name, "lumbar-sympathetic-block")
    assert found.sha256 != policy().sha256
    assert all(reason for _, _, reason in found.overlay.changes)
    added = [name for name, what, _ in found.overlay.changes if what == "added"]
    assert all(found.place("criteria", name).startswith(str(path)) for name in added)
    assert found.place("criteria", "crps-diagnosis") == policy().place("criteria", "crps-diagnosis")


@pytest.mark.parametrize(
    ("more", "line", "expected"),
    [
        ("without: {no-such: Why not.}\n", 9, "There is no criterion “no-such”"),
        ("without: {crps-diagnosis: ''}\n", 9, "is left out without a reason"),
        ("clocks: {standard: soon}\n", 9, "is no length of time"),
        ("parameters:\n  shortest trial: {value: 3 days, reason: Because.}\n", 10, "is used nowhere"),
        ("quantity: {at most: few, text: A, ask: B, reason: C, sources: [ref-1]}\n", 9, "a number of blocks"),
        ("colour: red\n", 9, "The key “colour” is not known here"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, more: str, line: int, expected: str) -> None:
    found = problems(overlay(tmp_path, more))
    assert any(f"overlay.yaml:{line}" in one and expected in one for one in found), found


def test_an_unknown_base_and_a_circle_are_errors_with_places(tmp_path: Path) -> None:
    unknown = overlay(tmp_path, text=TEXT.replace("lumbar-sympathetic-block", "no-such-policy"))
    assert "overlay.yaml:2" in problems(unknown)[0]
    overlay(
        tmp_path,
        text=TEXT.replace("overlay: mine", "overlay: yours").replace("lumbar-sympathetic-block", "mine"),
        name="yours",
    )
    first = overlay(tmp_path, text=TEXT.replace("lumbar-sympathetic-block", "yours"))
    assert any("in a circle" in one for one in problems(first))


def test_the_higher_authority_prevails(tmp_path: Path) -> None:
    contract = read_policy(overlay(tmp_path), vocabulary())
    national = read_policy(
        overlay(tmp_path, text=TEXT.replace("contract", "national coverage"), name="other"), vocabulary()
    )
    assert read_authorities(resources.POLICIES)[0] == "statute"
    assert prevailing([contract, national, policy()], DAY) is national
    assert prevailing([contract, policy()], DAY) is contract
    assert prevailing([contract, national, policy()], date(2025, 1, 1)).id == policy().id
    with pytest.raises(PolicyError, match="Several of one authority"):
        prevailing([contract, contract], DAY)


def test_an_overlay_holds_only_where_it_says(tmp_path: Path) -> None:
    local = read_policy(overlay(tmp_path, "jurisdiction: [PA]\n"), vocabulary())
    assert prevailing([local, policy()], DAY, "PA") is local
    assert prevailing([local, policy()], DAY, "OH").id == policy().id
