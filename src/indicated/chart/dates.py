"""Dates as requests and FHIR resources write them."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_FHIR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?)?)?)?\Z", re.ASCII)
_EARLIEST, _LATEST = 1880, 2200


def day(text: str) -> date | None:
    """Read YYYY-MM-DD; None when it is written otherwise or there is no such day."""
    return _possible(text) if _DAY.match(text) else None


def fhir_date(text: str) -> date | None:
    """Read a FHIR date, dateTime or instant; None when it is not one.

    The day is the one that was written, in its own time zone. Of a year or a month alone it is the
    first day: a thing of "2025-02" is taken to be as old as it can be.
    """
    match = _FHIR.match(text)
    if not match:
        return None
    year, month, of_month = match.groups()
    return _possible(f"{year}-{month or '01'}-{of_month or '01'}")


def _possible(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None
