"""Every example in the vocabulary is read as it says: each is a passage of its own with a known reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from indicated.authoring.examples import misread
from indicated.reading.language import language_entries


def _examples() -> Iterator[Any]:
    for entry in language_entries():
        word = entry.get("word", "")
        if word.startswith("how ") or word.endswith(" said"):
            continue  # says how another word is meant, and names nothing by itself
        for number, example in enumerate(entry.get("examples", ())):
            yield pytest.param(word, example, id=f"{word}-{number}")


@pytest.mark.parametrize(("word", "example"), list(_examples()))
def test_the_example_is_read_as_it_says(word: str, example: Mapping[str, str]) -> None:
    assert misread(word, example) == ""
