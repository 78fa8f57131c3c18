"""The JSON Schemas for editors are those of the readers, and the files that come with the program fit them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from indicated import resources
from indicated.policy.schema import page_schema, policy_schema, vocabulary_schema
from small_facts import vocabulary

KEPT = {
    resources.POLICIES / "policy.schema.json": policy_schema(vocabulary()),
    resources.POLICIES / "policy-page.schema.json": page_schema(vocabulary()),
    resources.VOCABULARY / "vocabulary.schema.json": vocabulary_schema(),
}
WORDS = [
    path
    for path in sorted(resources.VOCABULARY.glob("*.yaml"))
    if isinstance(yaml.safe_load(path.read_text()), list)
]


def as_text(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_the_kept_schema_is_that_of_the_reader(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8")) == KEPT[path]


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_every_file_of_words_fits(path: Path) -> None:
    jsonschema.Draft202012Validator(vocabulary_schema()).validate(as_text(path))


@pytest.mark.parametrize(
    "path", sorted(resources.POLICIES.glob("*/policy*.yaml")), ids=lambda path: path.parent.name
)
def test_every_policy_fits(path: Path) -> None:
    jsonschema.Draft202012Validator(policy_schema(vocabulary())).validate(as_text(path))


@pytest.mark.parametrize("name", ["choices.yaml", "guidance.yaml"])
def test_every_page_fits(name: str) -> None:
    content = as_text(resources.POLICIES / "lumbar-sympathetic-block" / name)
    jsonschema.Draft202012Validator(page_schema(vocabulary())).validate(content)


def test_an_unknown_word_does_not_fit() -> None:
    content = as_text(resources.POLICIES / "lumbar-sympathetic-block" / "policy.yaml")
    content["criteria"][0]["met when all"] = [{"color of the moon": "present"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(policy_schema(vocabulary())).validate(content)
