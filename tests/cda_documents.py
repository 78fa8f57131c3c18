"""C-CDA documents of fiction."""

from __future__ import annotations

TEMPLATE = "2.16.840.1.113883.10.20.22.4"
SYSTEMS = {
    "loinc": "2.16.840.1.113883.6.1",
    "sct": "2.16.840.1.113883.6.96",
    "rxnorm": "2.16.840.1.113883.6.88",
    "icd": "2.16.840.1.113883.6.90",
    "cpt": "2.16.840.1.113883.6.12",
}
PATIENT = (
    '<recordTarget><patientRole><id extension="R-7"/><patient><name><given>Ada</given><family>Quill</family></name>'
    '<birthTime value="19700101"/></patient></patientRole></recordTarget>'
)


def document(
    body: str, *, header: str = PATIENT, code: str = "11506-3", written: str = "20260220101500-0500"
) -> bytes:
    """A document with a body; a body of sections is made a structured one."""
    inner = body if "nonXMLBody" in body else f"<structuredBody>{body}</structuredBody>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<code code="{code}"/><title>Visit</title><effectiveTime value="{written}"/>{header}'
        f"<component>{inner}</component></ClinicalDocument>"
    ).encode()


def section(code: str, text: str, entries: str = "", title: str = "") -> str:
    """A section with its narrative and its entries."""
    named = f"<title>{title}</title>" if title else ""
    held = "".join(f"<entry>{entry}</entry>" for entry in (entries,) if entry)
    return f'<component><section><code code="{code}"/>{named}<text>{text}</text>{held}</section></component>'


def coded(element: str, code: str, system: str, inner: str = "", **attributes: str) -> str:
    """An element with a code."""
    more = "".join(f' {name.replace("xsi_", "xsi:")}="{value}"' for name, value in attributes.items())
    return f'<{element} code="{code}" codeSystem="{SYSTEMS[system]}"{more}>{inner}</{element}>'


def statement(element: str, template: str, inner: str, status: str = "completed", **attributes: str) -> str:
    """A clinical statement after a template."""
    told = {"moodCode": "EVN"} | attributes
    more = "".join(f' {name}="{value}"' for name, value in told.items())
    return f'<{element}{more}><templateId root="{TEMPLATE}.{template}"/><statusCode code="{status}"/>{inner}</{element}>'


def problem(inner: str, **attributes: str) -> str:
    """A problem in its concern."""
    observation = statement("observation", "4", inner, **attributes)
    return statement("act", "3", f"<entryRelationship>{observation}</entryRelationship>", "active")


def drug(name: str, times: str = "", status: str = "active", **attributes: str) -> str:
    """A medication."""
    material = (
        f"<manufacturedMaterial><code><originalText>{name}</originalText></code></manufacturedMaterial>"
        if name
        else '<manufacturedMaterial><code nullFlavor="UNK"/></manufacturedMaterial>'
    )
    inner = f"{times}<consumable><manufacturedProduct>{material}</manufacturedProduct></consumable>"
    return statement("substanceAdministration", "16", inner, status, **attributes)


def result(value: str, status: str = "completed", day: str = "20260212", **attributes: str) -> str:
    """A laboratory result, an INR."""
    inner = coded("code", "6301-6", "loinc") + (f'<effectiveTime value="{day}"/>' if day else "") + value
    return statement("observation", "2", inner, status, **attributes)


def procedure(times: str, status: str = "completed", **attributes: str) -> str:
    """A lumbar sympathetic block."""
    side = coded("value", "24028007", "sct")
    qualified = f'<qualifier><name code="272741003"/>{side}</qualifier>'
    inner = coded("code", "64520", "cpt") + times + coded("targetSiteCode", "61685007", "sct", qualified)
    return statement("procedure", "14", inner, status, **attributes)
