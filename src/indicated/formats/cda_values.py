"""Values of a C-CDA document as FHIR writes them: codes, dates, quantities. Each is None where none is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lxml import etree

NAMESPACE = "urn:hl7-org:v3"
NAMES = {"c": NAMESPACE}
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_SYSTEMS = {
    "2.16.840.1.113883.6.1": "http://loinc.org",
    "2.16.840.1.113883.6.96": "http://snomed.info/sct",
    "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
    "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
    "2.16.840.1.113883.6.285": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
}
_DAY = re.compile(r"(\d{4})(\d{2})?(\d{2})?", re.ASCII)
_SPACES = re.compile(r"\s+")
_LATERALITY = "272741003"
_EARLIEST, _LATEST = 1880, 2200

Words = Mapping[str, str]
"""The words of the narrative by the id that entries point to."""


def tag(name: str) -> str:
    """The name of an element with its namespace."""
    return f"{{{NAMESPACE}}}{name}"


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Go down by names; None where one of them is not there."""
    for name in names:
        if element is None:
            return None
        element = element.find(tag(name))
    return element


def said(element: etree._Element | None, attribute: str = "value") -> str:
    """An attribute, unless the element itself says that it is not known."""
    if element is None or element.get("nullFlavor"):
        return ""
    return (element.get(attribute) or "").strip()


def words_of(element: etree._Element | None, narrative: Words | None = None) -> str:
    """The words of an element, or those of the narrative that it points to."""
    if element is None:
        return ""
    reference = said(child(element, "reference")).removeprefix("#")
    return _SPACES.sub(" ", "".join(map(str, element.itertext()))).strip() or (narrative or {}).get(
        reference, ""
    )


def day_of(text: str) -> str | None:
    """A point in time as a FHIR date; the day is the one that was written, whatever its time zone."""
    match = _DAY.match(text)
    if not match:
        return None
    year, month, of_month = match.groups()
    try:
        found = date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part) if _EARLIEST <= found.year <= _LATEST else None


def time_of(element: etree._Element | None) -> tuple[str | None, str | None]:
    """When something began and ended. A point in time is both; so is the middle of a span of unknown ends."""
    if element is None:
        return None, None
    point = day_of(said(element)) or day_of(said(child(element, "center")))
    if point:
        return point, point
    return day_of(said(child(element, "low"))), day_of(said(child(element, "high")))


def times_in(statement: etree._Element) -> tuple[str | None, str | None]:
    """When a statement is true: the first of its times that says so (a dose every six hours says nothing)."""
    for element in statement.iterfind("c:effectiveTime", NAMES):
        begin, end = time_of(element)
        if begin or end:
            return begin, end
    return None, None


def concept(element: etree._Element | None, narrative: Words) -> dict[str, Any] | None:
    """A code with its translations and the words that were typed; None when neither is there."""
    if element is None:
        return None
    codings = [c for each in (element, *element.iterfind("c:translation", NAMES)) if (c := _coding(each))]
    text = words_of(child(element, "originalText"), narrative)
    if not codings and not text:
        return None
    return ({"coding": codings} if codings else {}) | ({"text": text} if text else {})


def sites(statement: etree._Element, narrative: Words) -> list[dict[str, Any]]:
    """The body sites of a statement. The side that qualifies a site, or the value of the statement, is one of its codes."""
    found = []
    for element in statement.iterfind("c:targetSiteCode", NAMES):
        site = concept(element, narrative)
        if site is not None:
            found.append(site | {"coding": [*site.get("coding", ()), *_sides(element)]})
    value = child(statement, "value")
    if not found and value is not None and (sided := list(_sides(value))):
        found.append({"coding": sided})
    return found


def quantity(element: etree._Element) -> dict[str, Any] | None:
    """A measured amount: a number, or the bound that is known."""
    for part, sign in ((element, ""), (child(element, "high"), "<"), (child(element, "low"), ">")):
        number = _number(said(part))
        if number is None or part is None:
            continue
        unit = part.get("unit") or ""
        found: dict[str, Any] = {"value": number} | (
            {"unit": unit, "code": unit} if unit not in {"", "1"} else {}
        )
        both = child(element, "low") is not None and child(element, "high") is not None
        if sign and both and said(child(element, "low")) and said(child(element, "high")):
            return None
        if sign:
            found["comparator"] = sign if part.get("inclusive") == "false" else f"{sign}="
        return found
    return None


def kind_of_value(element: etree._Element) -> str:
    """The type that a value names, without its prefix: PQ, CD, ST."""
    return (element.get(_TYPE) or "").rpartition(":")[2].partition("_")[0].upper()


def _coding(element: etree._Element) -> dict[str, Any] | None:
    code = said(element, "code")
    if not code:
        return None
    oid = element.get("codeSystem") or ""
    display = (element.get("displayName") or "").strip()
    system = _SYSTEMS.get(oid, f"urn:oid:{oid}" if oid else "")
    return {"code": code} | ({"system": system} if system else {}) | ({"display": display} if display else {})


def _sides(element: etree._Element) -> Iterator[dict[str, Any]]:
    for qualifier in element.iterfind("c:qualifier", NAMES):
        value = child(qualifier, "value")
        if (
            said(child(qualifier, "name"), "code") == _LATERALITY
            and value is not None
            and (side := _coding(value))
        ):
            yield side


def _number(text: str) -> float | None:
    if not re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,15})?", text, re.ASCII):
        return None
    return float(text)
