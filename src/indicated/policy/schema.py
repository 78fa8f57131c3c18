"""JSON Schemas for editors, made from the same keys and words that the readers use.

They help while typing; the readers alone decide what a file may say.
"""

from __future__ import annotations

from typing import Any, get_args

from indicated.policy.model import PolicyStatus
from indicated.policy.read import KIND, NEEDED, ON_OTHER_PAGES, SECTIONS
from indicated.policy.routes import LIMBS
from indicated.vocabulary.model import RULES, About, Vocabulary
from indicated.vocabulary.read import AGGREGATES, DEFINITION_KEYS, WORD_KEYS

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_HEAD = r"^(met|done|raised) when (all|any|none of|at least \d+ of)$"
_INNER_HEAD = r"^(all|any|none) of$|^at least \d+ of$"


def policy_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a policy file, with the words and parameters of the vocabulary."""
    words = {name: {"type": "string", "description": word.means} for name, word in vocabulary.words.items()}
    line: dict[str, Any] = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": words,
        "patternProperties": {_INNER_HEAD: {"$ref": "#/$defs/outline"}},
        "additionalProperties": False,
    }
    entry = {"id": _TEXT, "text": _TEXT, "sources": _TEXTS}
    criterion = _object(
        {**entry, "for": _TEXT, "ask": _TEXT},
        ("id", "text", "ask", "sources"),
        {_HEAD: {"$ref": "#/$defs/outline"}},
    )
    criterion["properties"]["for"] = {"description": "One of: " + ", ".join(vocabulary[KIND].values), **_TEXT}
    guidance = _object({**entry, "shown by": _TEXTS}, ("id", "text"), {_HEAD: {"$ref": "#/$defs/outline"}})
    parameters = {
        name: _object({"value": {}, "reason": _TEXT}, ("value", "reason")) | {"description": parameter.means}
        for name, parameter in vocabulary.parameters.items()
    }
    scope = _object(
        {
            "procedure": _object({"CPT": _TEXTS}, ("CPT",)),
            "limb": {"enum": list(LIMBS)},
            "diagnosis": _object({"ICD-10-CM": _TEXTS}, ("ICD-10-CM",)),
            "other body part": _object({"ICD-10-CM": _TEXTS}, ("ICD-10-CM",)),
            "other procedures": {"type": "object", "additionalProperties": _TEXT},
        },
        ("procedure", "limb"),
    )
    properties: dict[str, Any] = {
        "policy": _TEXT,
        "title": _TEXT,
        "version": _TEXT,
        "status": {"enum": list(get_args(PolicyStatus))},
        "effective": {"type": "string", "format": "date"},
        "until": {"type": "string", "format": "date"},
        "owner": _TEXT,
        "purpose": _TEXT,
        "scope": scope,
        "parameters": _object(parameters, ()),
        "criteria": {"type": "array", "items": criterion},
        **{section: {"type": "array", "items": guidance} for section in SECTIONS},
        "sources": _TEXTS,
    }
    properties["pages"] = _TEXTS
    whole = _object(properties, NEEDED)
    return {"$schema": _DRAFT, "title": "A medical policy", **whole, "$defs": {"outline": _list_of(line)}}


def page_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a further page of a policy."""
    whole = policy_schema(vocabulary)
    parts = {name: whole["properties"][name] for name in ON_OTHER_PAGES}
    page = _object(parts, ())
    return {"$schema": _DRAFT, "title": "A page of a medical policy", **page, "$defs": whole["$defs"]}


def vocabulary_schema() -> dict[str, Any]:
    """The JSON Schema of a file of words."""
    special: dict[str, Any] = {
        "about": {"enum": list(get_args(About))},
        "rule": {"enum": list(RULES)},
        "values": {},
        "bands": {"type": "object", "additionalProperties": _TEXT},
        "every": {"type": "object", "minProperties": 1, "maxProperties": 1},
        "any": {"type": "object", "minProperties": 1, "maxProperties": 1},
        "in a row": {"type": "object", "minProperties": 1, "maxProperties": 1},
        "kind": {"type": "object", "additionalProperties": _TEXT},
    }
    lists = ("lower is better", "parameters", "from", "first known of", "newest known of")
    keys = dict.fromkeys((*WORD_KEYS, *DEFINITION_KEYS, *AGGREGATES))
    properties = {key: special.get(key, _TEXTS if key in lists else _TEXT) for key in keys}
    word = _object(properties, ("word", "means"), {_HEAD: {"type": "array"}})
    parameter = _object(
        {"parameter": _TEXT, "means": _TEXT, "unit": _TEXT, "table of": _TEXT, "values": _TEXTS},
        ("parameter", "means"),
    )
    return {"$schema": _DRAFT, "title": "Words of the vocabulary", **_list_of({"anyOf": [word, parameter]})}


def _object(
    properties: dict[str, Any], needed: tuple[str, ...], patterns: dict[str, Any] | None = None
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if needed:
        schema["required"] = list(needed)
    if patterns:
        schema["patternProperties"] = patterns
    return schema


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}
