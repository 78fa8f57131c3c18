"""The coded entries of C-CDA sections as FHIR R4 resources: only those that are read from codes at all.

What is negated or of unknown value never becomes something that is so. An event without a date adds nothing to the
narrative that stands beside it, and is left out. A resource is called after its section and its place in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from indicated.formats.cda_values import (
    NAMES,
    Words,
    child,
    concept,
    kind_of_value,
    quantity,
    said,
    sites,
    tag,
    time_of,
    times_in,
    words_of,
)

Resource = dict[str, Any]
_TEMPLATES = "2.16.840.1.113883.10.20.22.4."
_FAMILY_HISTORY, _PAST, _ADMINISTERED = "10157-6", "11348-0", "29549-3"
_CONCERN, _STATUS, _SEVERITY, _COMMENT, _REASON = "3", "6", "8", "64", "19"
_RISKS = frozenset(("136", "132", "141", "46", "45"))
"""Concerns of health and risk, planned hand-offs, and the illnesses of relatives: what is in them the patient need not have."""
_OF_PROBLEMS = {
    "55561003": "active",
    "246455001": "recurrence",
    "263855007": "relapse",
    "277022003": "remission",
    "413322009": "resolved",
    "73425007": "inactive",
}
_OF_CONCERNS = {"completed": "inactive", "aborted": "inactive"}
_OF_DRUGS = {
    "active": "active",
    "suspended": "on-hold",
    "held": "on-hold",
    "aborted": "stopped",
    "cancelled": "stopped",
    "obsolete": "stopped",
    "new": "intended",
}
_OF_PROCEDURES = {
    "completed": "completed",
    "active": "in-progress",
    "new": "preparation",
    "held": "preparation",
}
_OF_RESULTS = {"completed": "final"}
_VOID = "nullified"


@dataclass(frozen=True)
class Section:
    """A section whose entries are read: its code, the words of its narrative, and the day of the document."""

    code: str
    words: Words
    written: str | None
    made: list[Resource] = field(default_factory=list)


def resources_in(element: etree._Element, section: Section) -> list[Resource]:
    """The resources of all entries of a section, without those of the sections inside it."""
    if section.code == _FAMILY_HISTORY or element.get("nullFlavor"):
        return []
    stem = re.sub(r"[^A-Za-z0-9-]", "-", section.code)[:40] or "entry"
    for entry in element.iterfind("c:entry", NAMES):
        waiting = list(reversed(entry))
        while waiting:
            statement = waiting.pop()
            if not isinstance(statement.tag, str) or said(child(statement, "statusCode"), "code") == _VOID:
                continue
            for resource in _read(statement, section):
                name = {"id": f"{stem}.{len(section.made) + 1}"}
                section.made.append({"resourceType": resource.pop("resourceType")} | name | resource)
            if not _negated(statement):
                waiting.extend(reversed(statement))
    return section.made


def _read(statement: etree._Element, section: Section) -> Iterator[Resource]:
    reader = _READERS.get(etree.QName(statement).localname)
    if (
        reader is None
        or statement.get("nullFlavor")
        or statement.get("moodCode") not in {"EVN", "INT", "RQO", "PRMS"}
    ):
        return
    found = reader(statement, _templates(statement), section)
    if found is not None:
        yield {key: value for key, value in found.items() if value not in (None, [], {})}


def _observation(statement: etree._Element, templates: set[str], section: Section) -> Resource | None:
    if statement.get("moodCode") != "EVN":
        return None
    if "4" in templates:
        return _problem(statement, section)
    if "13" in templates:
        return _procedure(statement, templates, section)
    return _result(statement, section) if templates & {"2", "27", "69", "67"} else None


def _problem(statement: etree._Element, section: Section) -> Resource | None:
    around = [a for a in statement.iterancestors() if isinstance(a.tag, str)]
    held = set().union(*(_templates(a) for a in around))
    value = child(statement, "value")
    code = concept(value, section.words)
    if held & _RISKS or code is None or child(statement, "subject") is not None:
        return None
    _name(code, statement, section)
    concern = next((a for a in around if _CONCERN in _templates(a)), None)
    begin, _ = times_in(statement)
    ended = statement.find("c:effectiveTime/c:high", NAMES)
    over = said(ended) or (ended is not None and ended.get("nullFlavor") == "UNK")
    status = _OF_PROBLEMS.get(said(_related(statement, _STATUS, "value"), "code"))
    if status is None and (over or section.code == _PAST):
        status = "resolved" if over else "inactive"
    if status is None:
        status = _OF_CONCERNS.get(said(child(concern, "statusCode"), "code"))
    return {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"code": status}]} if status else None,
        "verificationStatus": {"coding": [{"code": "refuted"}]} if _negated(statement) else None,
        "severity": concept(_related(statement, _SEVERITY, "value"), section.words),
        "code": code,
        "bodySite": sites(statement, section.words),
        "recordedDate": _authored(statement) or _authored(concern) or section.written,
        "onsetDateTime": begin,
    }


def _name(code: Resource, statement: etree._Element, section: Section) -> None:
    """Give a code without any words those of its statement."""
    wordless = not any(coding.get("display") for coding in code.get("coding", ()))
    if wordless and "text" not in code and (typed := words_of(child(statement, "text"), section.words)):
        code["text"] = typed


def _result(statement: etree._Element, section: Section) -> Resource | None:
    code = concept(child(statement, "code"), section.words)
    begin, end = times_in(statement)
    if not (begin or end):
        begin, end = _of_battery(statement)
    value = child(statement, "value")
    status = _OF_RESULTS.get(said(child(statement, "statusCode"), "code"))
    if code is None or not status or not (begin or end) or _negated(statement):
        return None
    site = sites(statement, section.words)
    return {
        "resourceType": "Observation",
        "status": status,
        "code": code,
        "effectiveDateTime": end or begin,
        "bodySite": site[0] if site else None,
    } | _value(value, section)


def _of_battery(statement: etree._Element) -> tuple[str | None, str | None]:
    """The time of the battery that a result is part of."""
    part = statement.getparent()
    battery = part.getparent() if part is not None and part.tag == tag("component") else None
    return times_in(battery) if battery is not None else (None, None)


def _value(value: etree._Element | None, section: Section) -> Resource:
    """The element of an Observation that holds its value; without one, that there is none."""
    if value is not None and not value.get("nullFlavor"):
        kind = kind_of_value(value)
        if kind in {"PQ", "IVL", "REAL", "INT"} and (amount := quantity(value)):
            return {"valueQuantity": amount}
        if kind in {"CD", "CE", "CO", "CV"} and (coded := concept(value, section.words)):
            return {"valueCodeableConcept": coded}
        if kind in {"ST", "ED"} and (text := words_of(value, section.words)):
            return {"valueString": text}
    return {"dataAbsentReason": {"coding": [{"code": "unknown"}]}}


def _medication(statement: etree._Element, templates: set[str], section: Section) -> Resource | None:
    if not templates & {"16", "42"}:
        return None
    material = child(statement, "consumable", "manufacturedProduct", "manufacturedMaterial")
    drug = concept(child(material, "code"), section.words)
    name = words_of(child(material, "name"), section.words)
    drug = drug or ({"text": name} if name else None)
    if drug is None:
        return None
    begin, end = times_in(statement)
    notes = [words_of(child(c, "text"), section.words) for c in _all_related(statement, _COMMENT)]
    return {
        "resourceType": "MedicationStatement",
        "status": _taken(statement, templates, section, end),
        "medicationCodeableConcept": drug,
        "effectivePeriod": {"start": begin, "end": end}
        if begin and end
        else {"start": begin}
        if begin
        else None,
        "dateAsserted": section.written,
        "note": [{"text": note} for note in notes if note],
    }


def _taken(statement: etree._Element, templates: set[str], section: Section, end: str | None) -> str:
    """How a drug is taken. "Completed" alone says only that the entry is: systems write it of drugs that go on."""
    if _negated(statement):
        return "not-taken"
    if statement.get("moodCode") != "EVN" and "42" in templates:
        return "intended"
    status = said(child(statement, "statusCode"), "code")
    if status == "completed":
        over = section.code == _ADMINISTERED or (end and section.written and end <= section.written)
        return "completed" if over else "unknown"
    return _OF_DRUGS.get(status, "unknown")


def _procedure(statement: etree._Element, templates: set[str], section: Section) -> Resource | None:
    if not templates & {"12", "13", "14"} or statement.get("moodCode") != "EVN":
        return None
    code = concept(child(statement, "code"), section.words)
    begin, end = times_in(statement)
    status = _OF_PROCEDURES.get(said(child(statement, "statusCode"), "code"))
    if code is None or not status or _negated(statement) or not begin or len(begin) < len("2026-03-10"):
        return None
    _name(code, statement, section)
    reasons = [concept(child(r, "value"), section.words) for r in _all_related(statement, _REASON)]
    notes = [words_of(child(c, "text"), section.words) for c in _all_related(statement, _COMMENT)]
    when = (
        {"performedDateTime": begin}
        if end in {None, begin}
        else {"performedPeriod": {"start": begin, "end": end}}
    )
    return {
        "resourceType": "Procedure",
        "status": status,
        "code": code,
        "bodySite": sites(statement, section.words),
        "reasonCode": [reason for reason in reasons if reason],
        "note": [{"text": note} for note in notes if note],
    } | when


_READERS: dict[str, Callable[[etree._Element, set[str], Section], Resource | None]] = {
    "observation": _observation,
    "procedure": _procedure,
    "act": _procedure,
    "substanceAdministration": _medication,
}


def _templates(element: etree._Element) -> set[str]:
    """The last numbers of the C-CDA templates of an entry."""
    return {
        root.removeprefix(_TEMPLATES)
        for each in element.iterfind("c:templateId", NAMES)
        if (root := each.get("root") or "").startswith(_TEMPLATES)
    }


def _all_related(statement: etree._Element, template: str) -> Iterator[etree._Element]:
    """What hangs on a statement directly and follows a template."""
    for relation in statement.iterfind("c:entryRelationship", NAMES):
        for each in relation:
            if isinstance(each.tag, str) and template in _templates(each) and not _negated(each):
                yield each


def _related(statement: etree._Element, template: str, *names: str) -> etree._Element | None:
    return next((child(each, *names) for each in _all_related(statement, template)), None)


def _negated(statement: etree._Element) -> bool:
    return (statement.get("negationInd") or "").lower() in {"true", "1"}


def _authored(statement: etree._Element | None) -> str | None:
    return time_of(child(statement, "author", "time"))[0]
