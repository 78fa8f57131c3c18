"""The sealed part of the cases is told by names alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "benchmarks" / "cases.py"


def test_ten_names_are_sealed_whatever_their_order() -> None:
    spec = importlib.util.spec_from_file_location("cases", SOURCE)
    assert spec
    assert spec.loader
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    names = [f"case-{n}" for n in range(30)]
    unseen, seen = cases.part_of(names, "unseen"), cases.part_of(names[::-1], "seen")
    assert len(unseen) == 10
    assert sorted(unseen + seen) == sorted(names) == cases.part_of(names, "all")
    assert max(map(cases.order, unseen)) < min(map(cases.order, seen))
