"""The page on what policies can say has every construct, and its examples are read by the readers of policies."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indicated import resources
from indicated.errors import Problem
from indicated.policy import read_policy
from indicated.vocabulary import read_vocabulary
from indicated.vocabulary.check import check_condition
from indicated.vocabulary.outline import parse_outline
from indicated.vocabulary.text import Page, compose
from small_facts import vocabulary

PAGE = (Path(__file__).parents[2] / "docs" / "what-policies-can-say.md").read_text(encoding="utf-8")
CONSTRUCTS = 31


def examples(kind: str) -> list[str]:
    return re.findall(rf"^```yaml {kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_construct_has_its_row() -> None:
    rows = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    assert rows == list(range(1, CONSTRUCTS + 1))


def test_every_example_that_is_named_is_there() -> None:
    assert set(re.findall(r"\(#([a-z])\)", PAGE)) == set(re.findall(r"^## ([a-z])$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("text", examples("outline"))
def test_the_outlines_are_read(text: str) -> None:
    found: list[Problem] = []
    page = Page(Path("page"), found)
    item = compose(text, page)
    assert item is not None
    [(head, lines)] = item.map().items()
    outline = parse_outline(head, lines, 1, page)
    assert outline is not None
    for condition in outline.conditions():
        check_condition(condition, vocabulary(), page)
    assert not found


def test_the_words_are_read(tmp_path: Path) -> None:
    for path in resources.VOCABULARY.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    [text] = examples("word")
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    assert len(read_vocabulary(tmp_path).words) == len(vocabulary().words) + text.count("- word:")


def test_the_overlay_is_read(tmp_path: Path) -> None:
    [text] = examples("overlay")
    (tmp_path / "overlay.yaml").write_text(text, encoding="utf-8")
    found = read_policy(tmp_path / "overlay.yaml", vocabulary())
    assert found.parameters["relief threshold"].value == "60 percent"
    assert "increasing-duration" not in {criterion.id for criterion in found.criteria}
