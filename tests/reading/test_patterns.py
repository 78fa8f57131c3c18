"""Expressions are compiled late, so a fault in one must be found here and not in a chart."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import indicated.facts
import indicated.reading
from indicated.reading.patterns import Lazy, lazy

PATTERNS = [
    (f"{module.name}.{name}", value)
    for package in (indicated.facts, indicated.reading)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, Lazy)
]


@pytest.mark.parametrize("pattern", [value for _, value in PATTERNS], ids=[name for name, _ in PATTERNS])
def test_every_expression_can_be_compiled(pattern: Lazy) -> None:
    assert re.compile(pattern.pattern, pattern.flags)


def test_a_lazy_expression_does_what_a_compiled_one_does() -> None:
    pattern = lazy(r"(\d+) ?mg")
    found = pattern.search("take 50 mg")
    assert found
    assert found[1] == "50"
    assert pattern.sub("x", "5 mg, 10mg") == "x, x"
    assert [m[1] for m in pattern.finditer("5 mg, 10mg")] == ["5", "10"]
    assert pattern.fullmatch("5 mg")
    assert not pattern.match("no")
    with pytest.raises(AttributeError):
        pattern.groupindex  # noqa: B018 - nobody needs it, and asking must not go on for ever
