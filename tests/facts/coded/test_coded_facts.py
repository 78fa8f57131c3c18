"""What each kind of coded entry says. All resources are fiction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from coded_entries import code, facts, one

from indicated.facts.model import Status


def condition(*codes: str, text: str | None = None, **parts: Any) -> dict[str, Any]:
    clinical = {"coding": [{"code": parts.pop("clinical", "active")}]}
    verified = {"coding": [{"code": parts.pop("verified", "confirmed")}]}
    return {
        "resourceType": "Condition",
        "clinicalStatus": clinical,
        "verificationStatus": verified,
        "code": code(*codes, text=text),
        "recordedDate": "2026-01-15",
    } | parts


@pytest.mark.parametrize(
    ("icd", "kind", "limb", "side"),
    [
        ("G90.521", 1, "lower", "right"),
        ("G90.522", 1, "lower", "left"),
        ("G90523", 1, "lower", "bilateral"),
        ("G90.529", 1, "lower", None),
        ("G90.52", 1, "lower", None),
        ("G57.71", 2, "lower", "right"),
        ("G57.70", 2, "lower", None),
        ("G90.512", 1, "upper", "left"),
        ("G56.41", 2, "upper", "right"),
        ("G90.50", 1, None, None),
        ("G90.59", 1, "other", None),
    ],
)
def test_crps_by_code_is_asserted_with_its_limb(icd: str, kind: int, limb: str, side: str) -> None:
    fact = one(condition(f"icd:{icd}"))
    assert (fact.word, fact.status, fact.limb, fact.side) == ("CRPS", Status.PRESENT, limb, side)
    assert fact.attributes == {"certainty": "asserted", "type": kind}, "a confirmed code is not the criteria"
    assert fact.date == date(2026, 1, 15)
    (evidence,) = fact.evidence
    assert (evidence.document, evidence.resource, evidence.element) == ("bundle.json", "Condition/r1", "code")
    assert (evidence.start, evidence.end, evidence.quote) == (-1, -1, "")


def test_crps_by_snomed_takes_the_limb_from_the_site() -> None:
    fact = one(condition("sct:128200000", bodySite=[code("sct:32153003")]))
    assert (fact.word, fact.limb, fact.side) == ("CRPS", "lower", "left")


@pytest.mark.parametrize(
    ("parts", "status", "certainty"),
    [
        ({"verified": "provisional"}, Status.PRESENT, "suspected"),
        ({"verified": "refuted"}, Status.ABSENT, "refuted"),
        ({"clinical": "resolved"}, Status.HISTORICAL, "asserted"),
        ({"abatementDateTime": "2025-12"}, Status.HISTORICAL, "asserted"),
    ],
)
def test_the_status_codes_of_a_diagnosis(parts: dict[str, Any], status: Status, certainty: str) -> None:
    fact = one(condition("icd:G90.521", **parts))
    assert (fact.status, fact.attributes["certainty"]) == (status, certainty)


def test_the_words_of_an_entry_go_before_its_code() -> None:
    assert one(condition("icd:G90.521", text="CRPS of the left leg")).side == "left"


def test_the_severity_of_crps_is_a_fact_of_its_own() -> None:
    _, severity = facts(condition("icd:G90.521", severity={"text": "Severe"}))
    assert (severity.word, severity.value, severity.side) == ("pain severity", "severe", "right")


@pytest.mark.parametrize(
    ("icd", "word", "name"),
    [
        ("E11.42", "other neuropathic pain", "diabetic neuropathy"),
        ("B02.29", "other neuropathic pain", "post-herpetic neuralgia"),
        ("M54.16", "other neuropathic pain", "radiculopathy"),
        ("G57.51", "other neuropathic pain", "mononeuropathy of a lower limb"),
        ("D69.6", "bleeding disorder", None),
        ("D68.0", "bleeding disorder", None),
        ("L03.115", "active infection", None),
        ("N39.0", "active infection", None),
    ],
)
def test_other_diagnoses(icd: str, word: str, name: str | None) -> None:
    fact = one(condition(f"icd:{icd}"))
    assert (fact.word, fact.status, fact.attributes.get("name")) == (word, Status.PRESENT, name)


@pytest.mark.parametrize("icd", ["I10", "D68.51", "D68.61", "I82.401", "M79.671", "Z79.01", "B35.1"])
def test_what_is_none_of_them(icd: str) -> None:
    assert facts(condition(f"icd:{icd}")) == []


def test_a_diagnosis_in_words_alone() -> None:
    assert one(condition(text="Cellulitis of right calf", clinical="resolved")).status is Status.HISTORICAL
    assert facts(condition(text="Diabetes, no polyneuropathy")) == []
    assert facts(condition(text="Family history of hemophilia")) == []


def procedure(number: str, **parts: Any) -> dict[str, Any]:
    body = {"status": "completed", "code": code(f"cpt:{number}"), "performedDateTime": "2025-11-04"}
    return {"resourceType": "Procedure"} | body | parts


def test_a_block_that_was_done() -> None:
    parts = {
        "code": code("cpt:64520", text="L3 lumbar sympathetic block"),
        "bodySite": [code("sct:62175007")],
    }
    fact = one(procedure("64520", **parts))
    assert (fact.word, fact.status, fact.date) == ("sympathetic block", Status.PRESENT, date(2025, 11, 4))
    assert (fact.side, fact.limb, fact.attributes) == ("right", "lower", {"kind": "lumbar", "level": "L3"})


def test_the_other_kind_of_block_and_words_without_a_code() -> None:
    assert one(procedure("64510")).attributes["kind"] == "stellate"
    fact = one(procedure("64510", code={"text": "Left lumbar sympathetic block"}))
    assert (fact.attributes["kind"], fact.side) == ("lumbar", "left")


@pytest.mark.parametrize("status", ["not-done", "stopped", "on-hold", "unknown"])
def test_a_block_that_was_not_completed_is_none(status: str) -> None:
    assert facts(procedure("64520", status=status)) == []


def test_a_block_known_to_the_month() -> None:
    fact = one(procedure("64520", performedDateTime="2025-11"))
    assert (fact.date, fact.attributes["date_precision"]) == (date(2025, 11, 1), "month")


def test_therapy_and_what_it_is_for() -> None:
    assert one(procedure("97110")).word == "therapy"
    assert one(procedure("97110", reasonCode=[code("icd:G90.521")])).attributes["about"] == "this"
    assert one(procedure("97110", reasonCode=[code("icd:M75.101")])).attributes["about"] == "other"


def test_stimulation_and_its_stage() -> None:
    assert one(procedure("63650", code=code("cpt:63650", text="SCS trial"))).attributes["stage"] == "trial"
    assert "stage" not in one(procedure("63650")).attributes
    assert one(procedure("63685")).attributes["stage"] == "implant"


def test_an_order_is_a_plan() -> None:
    order = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "code": code("cpt:97161"),
        "authoredOn": "2026-01-02",
    }
    assert one(order).status is Status.PLANNED
    assert facts(order | {"status": "revoked"}) == []


def test_the_reasons_of_an_order_tell_the_target() -> None:
    order = {"resourceType": "ServiceRequest", "status": "active", "code": code("cpt:64520")}
    _, alone = facts(order | {"reasonCode": [code("icd:E11.42")]})
    assert alone.attributes == {"name": "diabetic neuropathy", "target": True}
    _, beside = facts(order | {"reasonCode": [code("icd:G90.521"), code("icd:E11.42")]})
    assert beside.attributes == {"name": "diabetic neuropathy"}, "two codes do not say which"


def observation(loinc: str, value: Any = None, unit: str = "", **parts: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "status": "final",
        "code": code(f"loinc:{loinc}"),
        "effectiveDateTime": "2026-02-01T08:00:00Z",
    }
    if value is not None:
        body["valueQuantity"] = {"value": value, "code": unit}
    return {"resourceType": "Observation"} | body | parts


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (188, "10*3/uL", 188),
        (188, "10*9/L", 188),
        (188, "K/uL", 188),
        (188, "", 188),
        (188000, "/uL", 188),
        (188000, "{cells}/uL", 188),
        (188000, "/mm3", 188),
        (188000, "", 188),
        (92, "10*3/uL", 92),
        (188000, "10*3/uL", None),
        (188, "mg/dL", None),
    ],
)
def test_platelets_in_one_unit(value: float, unit: str, expected: float | None) -> None:
    fact = one(observation("777-3", value, unit))
    assert fact.value == expected
    assert fact.status is (Status.ASKED if expected is None else Status.PRESENT)
    assert fact.date == date(2026, 2, 1)


def test_inr_and_a_value_that_was_not_obtained() -> None:
    assert one(observation("6301-6", 1.1, "{INR}")).value == 1.1
    assert one(observation("34714-6", valueString=" 1.2 ")).value == 1.2
    missing = one(observation("6301-6", dataAbsentReason={"text": "clotted"}))
    assert (missing.status, missing.value, missing.evidence[0].element) == (
        Status.ASKED,
        None,
        "dataAbsentReason",
    )
    assert one(observation("6301-6", 110)).status is Status.ASKED, "not a possible value"


def test_a_bound_stands_for_the_value_only_where_that_is_safe() -> None:
    def bound(loinc: str, value: float, sign: str) -> Status:
        quantity = {"value": value, "comparator": sign}
        return one(observation(loinc, valueQuantity=quantity)).status

    assert bound("6301-6", 1.2, "<") is Status.PRESENT
    assert bound("6301-6", 1.2, ">") is Status.ASKED
    assert bound("777-3", 150, ">") is Status.PRESENT
    assert bound("777-3", 150, "<") is Status.ASKED


def test_pain_scores() -> None:
    fact = one(observation("72514-3", 7, "{score}"))
    assert (fact.word, fact.value, fact.attributes["of"]) == ("pain score", 7, "now")
    worst = observation(
        "38208-5", code=code("loinc:38208-5", text="Worst pain, right foot"), valueString="9/10"
    )
    fact = one(worst)
    assert (fact.value, fact.attributes["of"], fact.side, fact.limb) == (9, "worst", "right", "lower")
    assert one(observation("72514-3", 72, "mm")).value == 7.2
    assert one(observation("72514-3", 11)).status is Status.ASKED


@pytest.mark.parametrize("status", ["registered", "cancelled", "unknown"])
def test_an_observation_without_a_result_says_nothing(status: str) -> None:
    assert facts(observation("6301-6", 1.1, status=status)) == []


def test_components() -> None:
    parts = [
        {"code": code("loinc:6301-6"), "valueQuantity": {"value": 1.0}},
        {"code": code("loinc:777-3"), "valueQuantity": {"value": 200, "unit": "K/uL"}},
    ]
    found = facts(observation("99999-9", component=parts))
    assert [(f.word, f.value, f.evidence[0].element) for f in found] == [
        ("INR", 1.0, "component[0].valueQuantity"),
        ("platelets", 200.0, "component[1].valueQuantity"),
    ]


@pytest.mark.parametrize(
    ("written", "value", "unit", "name", "in_unit"),
    [
        ("LEFS (0-80)", 34, "{score}", "LEFS", "points"),
        ("Lower Extremity Functional Scale", 34, "", "LEFS", "points"),
        ("Oswestry Disability Index", 54, "%", "ODI", "percent"),
        ("Right knee active flexion", 74, "deg", "knee flexion", "degrees"),
        ("AROM ankle dorsiflexion, left", 5, "deg", "ankle dorsiflexion", "degrees"),
        ("6MWT with cane", 160, "m", "6MWT", "m"),
        ("Timed Up & Go", 24, "s", "TUG", "s"),
        ("AROM", 20, "deg", "range of motion", "degrees"),
    ],
)
def test_measures_of_function_have_the_names_of_the_note_readers(
    written: str, value: float, unit: str, name: str, in_unit: str
) -> None:
    fact = one(observation("0", value, unit, code={"text": written}))
    assert (fact.word, fact.value, fact.unit, fact.attributes) == (
        "functional measure",
        value,
        in_unit,
        {"name": name},
    )


@pytest.mark.parametrize(
    ("right", "left", "expected"),
    [
        (27.8, 31.0, [(Status.PRESENT, None)]),
        (33.5, 30.9, [(Status.PRESENT, None)]),
        (31.0, 30.6, [(Status.ABSENT, None)]),
        (27.8, None, []),
    ],
)
def test_skin_temperatures_of_both_sides(
    right: float, left: float | None, expected: list[tuple[Status, str | None]]
) -> None:
    """Which limb is the ill one the degrees do not say, for CRPS may be warm or cold."""

    def skin(side: str, value: float) -> dict[str, Any]:
        return {
            "resourceType": "Observation",
            "status": "final",
            "code": {"text": "Skin temperature, infrared"},
            "bodySite": {"text": f"{side} foot"},
            "effectiveDateTime": "2026-02-03",
            "valueQuantity": {"value": value, "code": "Cel"},
        }

    found = facts(skin("right", right), *([skin("left", left)] if left is not None else []))
    assert [(fact.status, fact.side) for fact in found] == expected
    assert all(fact.word == "skin temperature asymmetry" and len(fact.evidence) == 2 for fact in found)


def test_a_remark_on_a_block_tells_its_relief_and_how_long_it_lasted() -> None:
    found = facts(
        {
            "resourceType": "Procedure",
            "status": "completed",
            "code": code("cpt:64520", text="Right lumbar sympathetic block"),
            "performedDateTime": "2025-09-02",
            "note": [{"text": "Call: 7 to 2 (about 70 %) for 16 days, sore again on 9/18."}],
        }
    )
    (relief,) = [f for f in found if f.word == "block relief"]
    (length,) = [f for f in found if f.word == "block relief duration"]
    assert (relief.attributes["percent"], length.value) == (70, 16)
    assert {f.attributes["block"] for f in (relief, length)} == {"2025-09-02"}
    assert {e.resource for f in (relief, length) for e in f.evidence} == {"Procedure/r1"}


@pytest.mark.parametrize(
    "remark", ["", "Consent on file.", "May help for a week or so.", "Call back to ask."]
)
def test_a_remark_that_tells_no_effect_tells_none(remark: str) -> None:
    found = facts(
        {
            "resourceType": "Procedure",
            "status": "completed",
            "code": code("cpt:64520"),
            "performedDateTime": "2025-09-02",
            "note": [{"text": remark}],
        }
    )
    told = {Status.PRESENT, Status.ABSENT}
    assert not [f for f in found if f.word.startswith("block relief") and f.status in told]
