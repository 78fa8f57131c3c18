"""Score the reader on short passages with known readings.

    python benchmarks/passages.py FOLDER [--part seen|unseen|all] [--concept NAME] [--errors]

FOLDER holds one JSON Lines file per concept. The unseen part is a third of each file, by the hash of the id:
it is kept for the first honest figure and is not looked at while rules are written. A passage is read as a
document of its own; what the program found on the concept's words is compared with the known reading.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

CONCEPTS: Mapping[str, tuple[str, ...]] = {
    "temperature_asymmetry": ("skin temperature asymmetry",),
    "skin_color_change": ("skin color change",),
    "sweating_change": ("abnormal sweating",),
    "edema": ("edema",),
    "allodynia_hyperalgesia": ("allodynia or hyperalgesia",),
    "reduced_motion": ("reduced range of motion",),
    "motor_change": ("motor change",),
    "trophic_change": ("trophic change",),
    "crps_diagnosis": ("CRPS",),
    "budapest": ("Budapest criteria",),
    "pain_score": ("pain score",),
    "severity": ("pain severity",),
    "pain_limits_therapy": ("pain limits therapy",),
    "therapy": ("therapy",),
    "rehabilitation_plan": ("rehabilitation plan",),
    "analgesic_trial": ("analgesic trial",),
    "infection": ("active infection",),
    "coagulopathy": ("bleeding disorder", "INR", "platelets"),
    "antithrombotic": ("antithrombotic drug",),
    "hold_plan": ("antithrombotic hold",),
    "sympathetic_block": ("sympathetic block",),
    "relief": ("block relief",),
    "relief_duration": ("block relief duration",),
    "functional_measure": ("functional measure",),
    "functional_change": ("functional change",),
    "other_neuropathic_pain": ("other neuropathic pain",),
    "stimulator": ("spinal cord stimulator",),
    "technique": ("block technique",),
}
ORDER = ("present", "absent", "planned", "historical", "asked", "hypothetical", "other_person")
UNITS = {
    "yd": "yd", "yds": "yd", "yard": "yd", "yards": "yd", "m": "m", "meter": "m", "meters": "m", "metre": "m", "metres": "m",
    "ft": "ft", "feet": "ft", "foot": "ft", "km": "km", "mile": "mi", "miles": "mi", "mi": "mi", "block": "blocks", "blocks": "blocks",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "h/wk": "h/wk", "hours/week": "h/wk", "h/week": "h/wk", "hours per week": "h/wk",
    "deg": "deg", "degree": "deg", "degrees": "deg", "°": "deg", "/80": "/80", "points": "points", "pts": "points", "point": "points", "%": "%", "percent": "%",
    "kg": "kg", "lb": "lb", "lbs": "lb", "steps": "steps", "step": "steps", "reps": "reps", "rep": "reps", "h/d": "h/d", "h/day": "h/d", "hours/day": "h/d",
}  # fmt: skip


def unseen(identifier: str) -> bool:
    """Whether a passage belongs to the third that is kept aside."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 3 == 0


def document_of(row: Mapping[str, Any]) -> Document:
    """The passage as a document of its own, its heading above it."""
    heading = row.get("heading")
    text = f"{heading.rstrip(':')}:\n{row['text']}" if heading else row["text"]
    return Document(
        "passage", text, date.fromisoformat(row["date"]) if row.get("date") else None, row.get("kind")
    )


def said(concept: str, facts: Iterable[Fact], request_side: str = "right") -> dict[str, Any]:
    """What the program says of the concept: of its facts the one nearest to the patient's present, of the limb to be
    blocked before the other, the fullest first. The sets ask for lumbar blocks; a stellate one is another."""
    mine = [f for f in facts if f.word in CONCEPTS[concept] and f.attributes.get("kind") != "stellate"]
    if not mine:
        return {"status": "none"}
    best = min(
        mine, key=lambda f: (ORDER.index(f.status.value), f.side not in (None, request_side), -_fullness(f))
    )
    out: dict[str, Any] = {
        "status": best.status.value,
        "side": best.side,
        "limb": best.limb,
        "date": best.date and best.date.isoformat(),
    }
    out |= dict(best.attributes)
    if concept == "relief_duration":
        out["days"] = best.value
    elif concept == "severity":
        out["word"] = best.value
    elif concept == "coagulopathy":
        out |= _clotting(mine)
    elif best.value is not None:
        out |= {"value": best.value, "unit": best.unit}
    return out


def _clotting(facts: list[Fact]) -> dict[str, Any]:
    """The status by statement and values: an abnormal value is present, both normal absent, one alone says nothing."""
    out: dict[str, Any] = {}
    values: dict[str, float] = {}
    open_tests = set()
    for fact in sorted(facts, key=lambda f: f.date or date.min):
        if fact.word in ("INR", "platelets"):
            if fact.value is not None and fact.status is Status.PRESENT:
                values[fact.word] = float(fact.value)
                out[fact.word.lower()] = fact.value
                out["collected"] = fact.date and fact.date.isoformat()
            elif fact.value is None:
                open_tests.add(fact.word)
    said = [f.status.value for f in facts if f.word == "bleeding disorder"]
    abnormal = values.get("INR", 0) > 1.4 or values.get("platelets", 1000) < 100
    if abnormal:
        out["status"] = "present"
    elif said:
        out["status"] = min(said, key=ORDER.index)
    elif len(values) == 2:
        out["status"] = "absent"
    elif values:
        out["status"] = "asked" if open_tests - set(values) else "none"
    else:
        out["status"] = min((f.status.value for f in facts), key=ORDER.index)
    return out


def _fullness(fact: Fact) -> int:
    return len(fact.attributes) + sum(x is not None for x in (fact.value, fact.side, fact.limb))


def same(key: str, want: Any, got: Any) -> bool:
    """Whether a value is the known one; units count by meaning, names by their words."""
    if got is None:
        return False
    if isinstance(want, bool) or isinstance(got, bool):
        return bool(want == got)
    if isinstance(want, int | float):
        try:
            return math.isclose(float(want), float(got), rel_tol=0.02, abs_tol=0.01)
        except (TypeError, ValueError):
            return False
    if key == "unit":
        return UNITS.get(str(want).lower(), str(want).lower()) == UNITS.get(
            str(got).lower(), str(got).lower()
        )
    if key == "name":
        mine, theirs = (set(re.findall(r"[a-z0-9]+", str(x).lower())) for x in (want, got))
        return mine <= theirs or theirs <= mine
    return str(want).lower() == str(got).lower()


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not of:
        return (0.0, 1.0)
    p, z = hits / of, 1.96
    middle, spread = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return ((middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of))


def main() -> None:
    """Read the passages, print a line per concept and the totals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("seen", "unseen", "all"), default="seen")
    parser.add_argument("--concept", action="append")
    parser.add_argument(
        "--errors",
        action="store_true",
        help="print each passage that is read wrongly (never those of the unseen part)",
    )
    options = parser.parse_args()
    total: Counter[str] = Counter()
    for file in sorted(options.folder.glob("*.jsonl")):
        if options.concept and file.stem not in options.concept:
            continue
        counts: Counter[str] = Counter()
        for line in file.read_text().splitlines():
            row = json.loads(line)
            if options.part != "all" and unseen(row["id"]) != (options.part == "unseen"):
                continue
            score(row, counts, options.errors and options.part != "unseen")
        total += counts
        print(_line(file.stem, counts))
    print(_line("all", total))


def score(row: Mapping[str, Any], counts: Counter[str], show: bool) -> None:
    """Read one passage and count what is right."""
    want = dict(row["expect"])
    got = said(row["concept"], facts_of_document(document_of(row)), row.get("request_side", "right"))
    status = want.pop("status")
    counts["n"] += 1
    right = got["status"] == status
    counts["status"] += right
    wrong = []
    if right:
        for key, value in want.items():
            counts["values"] += 1
            good = same(key, value, got.get(key))
            counts["right"] += good
            if not good:
                wrong.append(f"{key} {value!r} said {got.get(key)!r}")
    if show and (not right or wrong):
        head = f"{status} said {got['status']}" if not right else "; ".join(wrong)
        print(
            f"  {row['id']} [{row.get('heading')} | {row.get('kind')} | {row.get('date')}] {head}\n      {row['text']!r}\n      expect {row['expect']}"
        )


def _line(name: str, counts: Counter[str]) -> str:
    n, hit, values, right = counts["n"], counts["status"], counts["values"], counts["right"]
    low, high = wilson(hit, n)
    share = f"{hit / n:.3f}" if n else "-"
    return f"{name:26s} status {hit}/{n} {share} ({low:.2f} to {high:.2f})   values {right}/{values} {right / values if values else 1:.3f}"


if __name__ == "__main__":
    main()
