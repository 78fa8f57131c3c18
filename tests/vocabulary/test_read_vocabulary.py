"""The vocabulary is read as text; every mistake is named with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from indicated import resources
from indicated.errors import PolicyError
from indicated.evaluate.rules import RULES as FUNCTIONS
from indicated.vocabulary import read_vocabulary
from indicated.vocabulary.model import RULES, Rule
from small_facts import vocabulary

GOOD = """
- word: swelling
  means: The limb is swollen.
  values: [present, absent]
- word: score
  means: A score.
  values: number
  unit: of 10
  attribute: value
- parameter: limit
  means: A limit.
  unit: of 10
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        read_vocabulary(tmp_path)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(GOOD, encoding="utf-8")
    words = read_vocabulary(tmp_path)
    assert list(words.words) == ["swelling", "score"]
    assert words["score"].is_number
    assert words.parameters["limit"].unit == "of 10"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (
            "- word: pain\n  meens: It hurts.\n  values: [present]\n",
            "words.yaml:14: The key “meens” is not known here. Did you mean “means”?",
        ),
        (
            "- word: swelling\n  means: Again.\n  values: [present]\n",
            "stands in the vocabulary a second time",
        ),
        (
            "- word: pain\n  means: a\n  means: b\n",
            "The key “means” stands here a second time (first in line 14)",
        ),
        (
            "- word: pain\n  means: &it It hurts.\n  values: [present]\n",
            "Anchors and aliases are not allowed (“it”)",
        ),
        ("- word: pain\n  means: !!str x\n  values: [present]\n", ""),
        ("- word: pain\n  means: x\n  about: foot\n  values: [present]\n", "A word is not about “foot”."),
        (
            "- word: pain\n  means: x\n  values: {yes: presnt}\n",
            "“presnt” is no status of a fact. Did you mean “present”?",
        ),
        ("- word: pain\n  means: x\n  rule: magic\n  from: [swelling]\n", "There is no rule “magic”."),
        ("- word: pain\n  means: x\n  first known of: [sweling]\n", "Did you mean “swelling”?"),
        (
            "- word: pain\n  means: x\n  met when all:\n  - swelling: presnt\n",
            "words.yaml:16: “presnt” is no value of “swelling”. Did you mean “present”?",
        ),
        (
            "- word: pain\n  means: x\n  met when all:\n  - score: high\n",
            "“score” is a number, and “high” is none.",
        ),
        ("- word: pain\n  means: x\n  met when all:\n  - swelling: at least 4\n", "“swelling” is no number."),
        (
            "- word: pain\n  means: x\n  met when all:\n  - score: at least 4 days\n",
            "The unit “days” does not fit.",
        ),
        ("- word: pain\n  means: x\n  met when all:\n  - score: at least limmit\n", "Did you mean “limit”?"),
        (
            "- word: pain\n  means: x\n  met when all:\n  - some of:\n    - swelling: present\n",
            "“some of” is no head of an outline.",
        ),
        (
            "- word: pain\n  means: x\n  met when at least 3 of:\n  - swelling: present\n",
            "asks for 3 of 1 lines",
        ),
        ("- word: pain\n  means: x\n  met when all:\n  - pain: met\n", "is derived from itself"),
        ("- word: pain\n  means: x\n", "“pain” has no values."),
        ("- word: pain\n  means: x\n  stated: swelling\n", "`stated` needs `unless` beside it."),
        ("- word: [pain\n", "This is not YAML"),
        ("- pain\n", "An entry is a word or a parameter."),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, added: str, expected: str) -> None:
    if not expected:
        (tmp_path / "words.yaml").write_text(GOOD + added, encoding="utf-8")
        read_vocabulary(tmp_path)
        return
    found = problems(tmp_path, GOOD + added)
    assert any(expected in problem for problem in found), found


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "- word: a\n  meens: x\n- word: b\n  about: foot\n  means: x\n  values: [present]\n"
    )
    assert len(found) == 3
    assert [problem.split(":")[1] for problem in found] == ["2", "1", "4"]


def test_a_folder_without_words_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        read_vocabulary(tmp_path)


def test_a_table_for_the_readers_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "codes.yaml").write_text("sides:\n  right: [rt]\n", encoding="utf-8")
    assert len(read_vocabulary(tmp_path).words) == 2


def test_every_word_means_something_and_every_rule_is_there() -> None:
    words = vocabulary().words.values()
    assert all(word.means.endswith(".") for word in words)
    assert set(FUNCTIONS) == set(RULES)
    assert {word.definition.name for word in words if isinstance(word.definition, Rule)} == set(RULES)


def test_the_measures_of_which_less_is_better_are_those_that_the_readers_know() -> None:
    text = (resources.VOCABULARY / "language" / "function.yaml").read_text(encoding="utf-8")
    falling = {
        entry["class"].partition(".")[2]
        for entry in yaml.safe_load(text)
        if entry.get("about", {}).get("better") == "lower"
    }
    assert falling <= set(vocabulary()["functional measure"].lower_is_better)
