"""Properties: how they are read, what becomes of them, and what the commands print."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from indicated.chart import read_chart
from indicated.determine import determine
from indicated.errors import PolicyError
from indicated.facts import find_facts
from indicated.policy import read_policy
from indicated.prove.changes import difference
from indicated.prove.properties import read_properties
from indicated.prove.prover import PROVEN, REFUTED, SHOWN, UNDECIDED, Prover
from indicated.prove.sentences import read_sentences
from indicated.resources import POLICIES, VOCABULARY
from small_facts import policy, vocabulary

FOLDER = POLICIES / "lumbar-sympathetic-block"
HEADER = "- id: one\n  text: One.\n"


def verdict(text: str, tmp_path: Path) -> tuple[str, str]:
    path = tmp_path / "properties.yaml"
    path.write_text(text, encoding="utf-8")
    (one,) = read_properties(policy(), vocabulary(), path)
    proof = Prover(policy(), vocabulary(), read_sentences(VOCABULARY)).prove(one)
    return proof.verdict, proof.why


def problems(text: str, tmp_path: Path) -> str:
    path = tmp_path / "properties.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        read_properties(policy(), vocabulary(), path)
    return str(error.value).replace(f"{path}:", "line ")


def test_a_property_that_does_not_hold_is_refuted(tmp_path: Path) -> None:
    text = f"{HEADER}  never criteria met while all:\n  - pain severity: severe\n"
    assert verdict(text, tmp_path) == (REFUTED, "")


def test_one_that_no_chart_can_show_is_refuted(tmp_path: Path) -> None:
    told, why = verdict(f"{HEADER}  can be: relief-duration-documented not met\n", tmp_path)
    assert (told, why) == (REFUTED, "There is no chart for which it is: relief-duration-documented not met.")


def test_one_whose_condition_is_never_so_is_not_proven(tmp_path: Path) -> None:
    text = f"{HEADER}  never criteria met while all:\n  - kind of request: first block\n  - kind of request: second block\n"
    assert verdict(text, tmp_path) == (UNDECIDED, "No chart is ever as the lines below `while` have it.")


def test_more_documentation_that_turns_met_over_is_told_with_both_charts(tmp_path: Path) -> None:
    told, why = verdict(f"{HEADER}  met stays met when more is documented: no-coagulopathy\n", tmp_path)
    assert (told, why) == (REFUTED, "It does not stay: no-coagulopathy met.")


def test_outcomes_and_statuses_may_be_joined_by_or(tmp_path: Path) -> None:
    text = f"{HEADER}  always: criteria met or more information or clinician review\n"
    assert verdict(text, tmp_path)[0] == PROVEN
    text = f"{HEADER}  can be more information while none:\n  - no-active-infection: met or unknown\n"
    assert verdict(text, tmp_path)[0] == REFUTED
    text = f"{HEADER}  can be clinician review while all:\n  - active infection: unknown within 30 days\n"
    assert verdict(text, tmp_path)[0] == SHOWN


def test_mistakes_are_told_with_their_lines(tmp_path: Path) -> None:
    text = (
        f"{HEADER}  never criteria mett while all:\n  - active infektion: present\n  - taking warfarin: no\n"
        "  - pain severity: bad\n- id: one\n  text: Two.\n  never criteria met: yes\n- id: three\n"
    )
    assert problems(text, tmp_path) == textwrap.dedent("""\
        line 4: “active infektion” is no word, no criterion and nothing that is said of a drug. Did you mean “active infection”?
        line 5: “taking warfarin: no” cannot be asked. Write `yes`, `unknown` or `less than 3 days`.
        line 6: “bad” is no value of “pain severity”. Known are “mild”, “moderate”, “severe”.
        line 3: “criteria mett” is no outcome and no status of a criterion. Did you mean “criteria met”?
        line 9: “never criteria met” is no head of a property. Write `never criteria met while all:` with lines below it, or `never: criteria met`.
        line 10: The key “text” is missing. Write a line `text: ...` here.
        line 10: A property says one thing. Write one key of never …:, always …:, can be …:, met stays met when more is documented: beside its id.
        line 1: The id “one” stands here twice. Use another.""")


def test_a_word_whose_parameter_the_policy_does_not_set_is_told(tmp_path: Path) -> None:
    text = f"{HEADER}  never criteria met while all:\n  - degrees of relief: increasing\n"
    assert "needs the parameter “equal degrees of relief”" in problems(text, tmp_path)


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*/properties.yaml")), ids=lambda p: p.parent.name)
def test_every_property_of_every_policy_holds(path: Path) -> None:
    of = read_policy(path.with_name("policy.yaml"), vocabulary())
    prover = Prover(of, vocabulary(), read_sentences(VOCABULARY))
    proofs = [prover.prove(one) for one in read_properties(of, vocabulary())]
    assert {proof.of.id: (proof.verdict, proof.why) for proof in proofs if not proof.holds} == {}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-c", "from indicated.cli import main; main()", "policy", *arguments)
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def draft(tmp_path: Path, old: str, new: str, properties: str) -> Path:
    """A copy of the policy with one piece of text changed, and properties of its own."""
    folder = tmp_path / "draft"
    folder.mkdir()
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, folder)
    text = (folder / "policy.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / "policy.yaml").write_text(text.replace(old, new), encoding="utf-8")
    (folder / "properties.yaml").write_text(properties, encoding="utf-8")
    return folder


INFECTION = f"{HEADER}  never criteria met while all:\n  - active infection: present\n"


def test_a_chart_against_a_property_is_written_as_a_case_that_runs(tmp_path: Path) -> None:
    line = "active infection: absent within infection window"
    folder = draft(tmp_path, line, line.replace("absent", "absent or present"), INFECTION)
    ran = run("prove", str(folder), "--write", str(tmp_path / "found"), "--json")
    assert ran.returncode == 4
    assert "one is refuted" in ran.stderr
    data: dict[str, Any] = json.loads(ran.stdout)
    assert [one["verdict"] for one in data["properties"]] == ["refuted"]
    chart = read_chart(tmp_path / "found" / "one-against")
    faulty = read_policy(folder / "policy.yaml", vocabulary())
    assert determine(faulty, vocabulary(), chart, find_facts(chart)).outcome == "criteria_met"
    assert determine(policy(), vocabulary(), chart, find_facts(chart)).outcome == "clinician_review"


def test_diff_tells_what_differs_in_words_and_by_charts(tmp_path: Path) -> None:
    line = "active infection: absent within infection window"
    folder = draft(tmp_path, line, line.replace("absent", "absent or present"), INFECTION)
    ran = run("diff", str(FOLDER), str(folder))
    assert ran.returncode == 0
    assert "no-active-infection, lines:\n    -   active infection: absent within" in ran.stdout
    assert "no-active-infection: not met becomes met\n    active infection: present, " in ran.stdout
    assert "the same for every chart: crps-diagnosis, " in ran.stdout


def test_two_policies_that_differ_in_words_alone_are_proven_the_same() -> None:
    found = difference(policy(), policy(), vocabulary(), read_sentences(VOCABULARY))
    assert (found.words, found.changes) == ((), ())
    assert found.same[0] == "outcome"


def test_a_property_that_is_not_there_is_wrong_usage() -> None:
    ran = run("prove", "peripheral-nerve-block", "--property", "no-such")
    assert (ran.returncode, "There are: not-by-the-program." in ran.stderr) == (2, True)


def test_without_the_solver_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from indicated.cli import policy_prove
    from indicated.cli.output import UsageError

    monkeypatch.setattr(policy_prove, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="pip install 'indicated\\[prove\\]'"):
        policy_prove.prove_policy("peripheral-nerve-block", [], None, as_json=False)
