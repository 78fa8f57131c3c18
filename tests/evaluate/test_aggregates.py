"""The closed set of aggregates over dated events, and words that other policies may need."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from indicated import resources
from indicated.evaluate import evaluate
from indicated.facts.model import Fact
from indicated.policy.model import Criterion
from indicated.vocabulary import Vocabulary, read_vocabulary
from indicated.vocabulary.outline import Condition, Group, parse_test
from small_facts import block, fact, policy, request

WORDS = """
- word: any good block
  means: At least one block of the series relieved the pain enough.
  any: {relief of the block: enough}
  over: series of blocks
- word: days of relief in all
  means: The days of relief of all blocks of the series together.
  unit: days
  total: block relief duration
  over: series of blocks
- word: change of the pain score
  means: The pain score after the first block, less the one before it.
  values: number
  unit: of 10
  change from baseline: pain score
  over: series of blocks
- word: side of the diagnosis
  means: The side that a clinician names.
  values: [right, left]
  facts: CRPS
  attribute: named
"""
FIRST, SECOND = date(2025, 9, 1), date(2025, 12, 1)
SERIES = [*block(FIRST, days=6, percent=30), *block(SECOND, days=13, percent=70)]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("vocabulary")
    for path in resources.VOCABULARY.glob("*.yaml"):
        shutil.copy(path, folder)
    (folder / "more.yaml").write_text(WORDS, encoding="utf-8")
    return read_vocabulary(folder)


def status(line: str, facts: Iterable[Fact], words: Vocabulary) -> str:
    word, _, text = line.partition(": ")
    test = parse_test(text)
    assert test is not None
    outline = Group("all", (Condition(word, test, line, 1),), 0, 1)
    rules = replace(
        policy(), criteria=(Criterion("one", "", outline, "", ()),), pathway=(), technique=(), pitfalls=()
    )
    return str(evaluate(rules, words, request(), facts).criteria[0].status)


@pytest.mark.parametrize(
    ("line", "facts", "expected"),
    [
        ("number of earlier blocks: at most 6", SERIES, "met"),
        ("number of earlier blocks: at most 1", SERIES, "not_met"),
        ("number of earlier blocks: at most 6", [], "met"),
        ("days since the last block: at least 7 days", SERIES, "met"),
        ("days since the last block: at least 20 weeks", SERIES, "not_met"),
        ("days since the last block: at least 7 days", [], "unknown"),
        (
            "days since the last block: at least 7 days",
            [*SERIES, fact("sympathetic block", day=None, side="right", limb="lower", episode="some block")],
            "unknown",
        ),
        ("blocks in a row without relief: at most 0", SERIES, "met"),
        ("blocks in a row without relief: at most 0", block(FIRST, days=6, percent=30), "not_met"),
        (
            "blocks in a row without relief: at most 0",
            [*block(FIRST, percent=30), *block(SECOND, days=9, percent=60)],
            "met",
        ),
        ("blocks in a row without relief: at most 1", [*block(FIRST, percent=30), *block(SECOND)], "unknown"),
        ("blocks in a row without relief: less than 3", [], "met"),
        ("number of blocks of every kind: at most 1", SERIES, "not_met"),
        (
            "number of blocks of every kind: at most 2",
            [
                *SERIES,
                fact(
                    "sympathetic block", day=SECOND, side="left", limb="upper", kind="stellate", episode="arm"
                ),
            ],
            "not_met",
        ),
        ("number of blocks asked for: at most 1", [], "unknown"),
        (
            "any good block: met",
            [*block(FIRST), fact("block relief", limb="upper", percent=90, kind="stellate")],
            "unknown",
        ),
        ("any good block: met", SERIES, "met"),
        ("any good block: met", block(FIRST, days=6, percent=30), "not_met"),
        ("any good block: met", [*block(FIRST, percent=30), *block(SECOND)], "unknown"),
        ("latest relief: enough", SERIES, "met"),
        ("latest relief: enough", SERIES[:3], "not_met"),
        ("longest relief: at least 10 days", SERIES, "met"),
        ("longest relief: at most 10 days", [*SERIES[:3], *block(SECOND)], "unknown"),
        ("days of relief in all: at least 19 days", SERIES, "met"),
        ("days of relief in all: at least 19 days", [*SERIES[:3], *block(SECOND)], "unknown"),
        (
            "change of the pain score: at most -2 of 10",
            [*SERIES, fact("pain score", value=8.0, day=date(2025, 8, 1)), fact("pain score", value=5.0)],
            "met",
        ),
        ("change of the pain score: at most -2 of 10", [*SERIES, fact("pain score", value=5.0)], "unknown"),
        ("side of the diagnosis: same as side of the request", [fact("CRPS", named="right")], "met"),
        ("side of the diagnosis: same as side of the request", [fact("CRPS", named="left")], "not_met"),
        ("side of the diagnosis: same as side of the request", [fact("CRPS")], "unknown"),
        ("pain score: more than 4 of 10 within 3 weeks", [fact("pain score", value=5.0)], "met"),
        ("pain score: more than 4 of 10 within 2 weeks", [fact("pain score", value=5.0)], "unknown"),
        ("pain score: less than 5 of 10", [fact("pain score", value=5.0)], "not_met"),
        ("skin color change: seen", [fact("skin color change", reported=True)], "unknown"),
        ("skin color change: reported", [fact("skin color change", "absent", reported=True)], "not_met"),
    ],
)
def test_a_line(line: str, facts: list[Fact], expected: str, words: Vocabulary) -> None:
    assert status(line, facts, words) == expected


@pytest.mark.parametrize(
    ("units", "expected"), [("1", "met"), (1, "met"), ("3", "not_met"), ("some", "unknown")]
)
def test_the_quantity_is_that_of_the_request(units: object, expected: str, words: Vocabulary) -> None:
    test = parse_test("at most 1")
    assert test is not None
    line = Condition("number of blocks asked for", test, "number of blocks asked for: at most 1", 1)
    rules = replace(policy(), criteria=(Criterion("one", "", Group("all", (line,), 0, 1), "", ()),))
    found = evaluate(rules, words, request(extra={"units": units}), [])
    assert str(found.criteria[0].status) == expected


def test_months_are_those_of_the_calendar(words: Vocabulary) -> None:
    for day, expected in ((date(2025, 9, 10), "met"), (date(2025, 9, 9), "unknown")):
        assert status("edema: present within 6 months", [fact("edema", day=day)], words) == expected
