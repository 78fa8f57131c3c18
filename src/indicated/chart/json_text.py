"""JSON without its traps: no duplicate keys, no NaN, no numbers out of range, no broken characters.

Python's own reader keeps the last of two equal keys, so that an `entered-in-error` could hide behind an
`active`; and it reads NaN, of which every comparison is false.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

import msgspec

from indicated.errors import ChartError, Problem

_HALF_A_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
_A_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}\Z")


class _RefusedError(ValueError):
    """Something that JSON's own reader would have let pass."""


def read_json(text: str, file: str) -> Any:
    """Read JSON text. Raises ChartError that names the place and never quotes the content."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}:{error.colno}"
        raise ChartError(
            [Problem(place, "the file is not valid JSON from here on.", "Export it again.")]
        ) from None
    except _RefusedError as error:
        raise ChartError([Problem(file, str(error), "Export it again.")]) from None
    except RecursionError:
        what = "the JSON is nested too deeply to be read."
        raise ChartError([Problem(file, what, "No FHIR resource is nested like this.")]) from None
    except ValueError:
        raise ChartError([Problem(file, "a number has too many digits.", "Export it again.")]) from None
    if _HALF_A_CHARACTER.search(text):
        try:
            msgspec.json.encode(value)
        except UnicodeEncodeError:
            what = "a text holds half of a character (a lone \\uD800 to \\uDFFF)."
            raise ChartError([Problem(file, what, "Export it again as UTF-8.")]) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        name = f' "{twice}"' if _A_NAME.match(twice) else ""
        raise _RefusedError(f"a key{name} stands twice in one object, and it is not clear which one counts.")
    return found


def _constant(name: str) -> Any:
    raise _RefusedError(f"{name} stands where a number belongs.")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _RefusedError("a number is too large to be read.")
    return value
