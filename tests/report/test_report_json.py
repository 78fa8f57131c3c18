"""The determination as JSON keeps its schema and its bytes, and loses nothing."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fiction import CHART, determination

from indicated import report
from indicated.determine.model import Determination, Outcome
from indicated.report import render

SCHEMA = json.loads((Path(report.__file__).parent / "schema" / "determination-1.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def data(found: Determination | None = None) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(found or determination(), CHART, "json"))
    return loaded


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_determination_keeps_the_schema(outcome: Outcome) -> None:
    VALIDATOR.validate(data(replace(determination(), outcome=outcome)))
    VALIDATOR.validate(data(replace(determination(), outcome=outcome, criteria=(), series=(), questions=())))


def test_the_keys_are_those_of_the_contract_in_their_order() -> None:
    found = data()
    assert list(found)[:4] == ["schema", "chart", "request", "policy"]
    assert found["schema"] == "indicated/determination/1"
    assert list(found["request"])[:3] == ["procedure", "laterality", "date"]
    first = found["criteria"][0]
    assert list(first)[:7] == ["id", "text", "status", "why_unknown", "lines", "evidence", "ask"]
    assert first["evidence"][0] == {
        "document": "documents/01-pain-consult.txt",
        "start": 87,
        "end": 127,
        "quote": "Budapest clinical criteria are fulfilled"[:40],
        "date": "2026-02-20",
        "kind": "consultation note",
    }
    coded = next(c for c in found["criteria"] if c["id"] == "no-coagulopathy")["evidence"][0]
    assert (coded["document"], coded["resource"], coded["element"]) == (
        "bundle.json", "Observation/inr-1", "valueQuantity",
    )  # fmt: skip
    assert "quote" not in coded
    assert found["engine"] == {"version": "indicated 0.1.0"}


def test_nothing_of_the_determination_is_lost() -> None:
    renamed = {"outcome": "determination", "changes": "what_would_change_it"}
    assert set(data()) == {renamed.get(f.name, f.name) for f in fields(Determination)} | {"schema"}


def test_a_key_that_nobody_agreed_on_breaks_the_schema() -> None:
    found = data()
    found["denial"] = True
    assert not VALIDATOR.is_valid(found)
    found = data()
    found["determination"] = "denied"
    assert not VALIDATOR.is_valid(found)


def test_sources_are_those_of_the_ledger() -> None:
    numbers = [source["number"] for source in data()["sources"]]
    assert numbers == sorted(numbers)
    assert {1, 2, 3, 4, 5, 11, 12, 13, 15} == set(numbers)
    assert data()["criteria"][0]["basis"]
