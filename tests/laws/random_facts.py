"""Charts by chance: lists of facts as readers give them, consistent and not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from indicated.chart.model import Side
from indicated.facts.model import Fact
from small_facts import ON, fact

FINDINGS = (
    "skin temperature asymmetry",
    "skin color change",
    "abnormal sweating",
    "edema",
    "allodynia or hyperalgesia",
    "reduced range of motion",
    "motor change",
    "trophic change",
)
PLAIN = (
    "disproportionate pain",
    "other explanation",
    "pain limits therapy",
    "therapy",
    "rehabilitation plan",
    "pain despite drugs",
    "active infection",
    "bleeding disorder",
    "medication list",
)
STATUSES = ("present", "absent", "historical", "planned", "hypothetical", "other_person", "asked")

# Days that lie well inside or outside every window, so that months of other lengths do not matter.
DAYS = st.sampled_from([3, 10, 10, 20, 25, 40, 80, 120, 200, 300, 400, 700]).map(
    lambda n: ON - timedelta(days=n)
)
SIDES: st.SearchStrategy[Side | None] = st.sampled_from(("right", "right", "left", "bilateral", None))
LIKELY = st.sampled_from([*("present",) * 5, "absent", "absent", *STATUSES])


def _attributes(word: str) -> st.SearchStrategy[dict[str, Any]]:
    choices: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "CRPS": {"certainty": st.sampled_from(["asserted", "suspected", "confirmed_by_criteria"])},
        "Budapest criteria": {"verdict": st.sampled_from(["met", "met", "not_met"])},
        "pain score": {"of": st.sampled_from(["usual", "now", "worst"])},
        "analgesic trial": {
            "drug_class": st.sampled_from(["nsaid", "acetaminophen", "gabapentinoid"]),
            "result": st.sampled_from(["insufficient", "helps", "contraindicated", "not_stated"]),
        },
        "antithrombotic drug": {"drug": st.sampled_from(["apixaban", "warfarin", "aspirin"])},
        "antithrombotic hold": {
            "drug": st.sampled_from(["apixaban", "warfarin"]),
            "days": st.sampled_from([1, 2, 3, 5, 7]),
        },
        "functional measure": {"name": st.sampled_from(["LEFS", "ODI"])},
        "functional change": {"change": st.sampled_from(["better", "same", "not_remeasured"])},
        "other neuropathic pain": {"name": st.just("radiculopathy"), "target": st.booleans()},
    }
    return st.fixed_dictionaries(choices.get(word, {}))


def _value(word: str) -> st.SearchStrategy[Any]:
    values: dict[str, st.SearchStrategy[Any]] = {
        "pain score": st.integers(0, 10).map(float),
        "pain severity": st.sampled_from(["mild", "moderate", "severe"]),
        "INR": st.sampled_from([0.9, 1.1, 1.4, 1.5, 2.8]),
        "platelets": st.sampled_from([60.0, 100.0, 250.0]),
        "functional measure": st.integers(10, 80).map(float),
    }
    return values.get(word, st.none())


OTHERS = (
    "CRPS",
    "Budapest criteria",
    "pain score",
    "pain severity",
    "analgesic trial",
    "INR",
    "platelets",
    "antithrombotic drug",
    "antithrombotic hold",
    "functional measure",
    "functional change",
    "other neuropathic pain",
)
ABOUT_A_LIMB = {*FINDINGS, "CRPS", "Budapest criteria", "disproportionate pain"}


@st.composite
def facts_of(draw: st.DrawFn, word: str) -> Fact:
    attributes = draw(_attributes(word))
    if word in FINDINGS:
        attributes["reported"] = draw(st.booleans())
    sided = word in ABOUT_A_LIMB
    return fact(
        word,
        draw(LIKELY),
        day=draw(DAYS),
        value=draw(_value(word)),
        side=draw(SIDES) if sided else None,
        limb=draw(st.sampled_from(["lower", "lower", "lower", "upper", None])) if sided else None,
        document=draw(st.sampled_from(["documents/01.txt", "documents/02.txt"])),
        **attributes,
    )


@st.composite
def blocks(draw: st.DrawFn) -> list[Fact]:
    """One block with some of its relief, told later."""
    day: date = draw(DAYS)
    side, episode = draw(SIDES), f"block {day}"
    found = [fact("sympathetic block", day=day, side=side, limb="lower", episode=episode)]
    if draw(st.booleans()):
        found.append(
            fact("block relief", day=ON, episode=episode, percent=draw(st.sampled_from([20, 50, 80])))
        )
    if draw(st.booleans()):
        days = draw(st.sampled_from([0.0, 0.5, 3.0, 6.0, 9.0]))
        found.append(
            fact("block relief duration", day=ON, value=days, episode=episode, censored=draw(st.booleans()))
        )
    return found


ANY_FACT = st.sampled_from([*FINDINGS, *PLAIN, *OTHERS]).flatmap(facts_of)


@st.composite
def any_facts(draw: st.DrawFn) -> list[Fact]:
    """Up to two dozen facts and up to three blocks."""
    found = draw(st.lists(ANY_FACT, max_size=24))
    for block in draw(st.lists(blocks(), max_size=3)):
        found += block
    return found
