"""Clotting and antithrombotic drugs. Sources and limits are those of the policy's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicated.evaluate.days import in_window
from indicated.evaluate.kleene import MET, NOT_MET, UNKNOWN, combine, most_urgent
from indicated.evaluate.lines import unique
from indicated.evaluate.model import NOT_ALL_READ, Answer, Candidate, CriterionStatus, Line, WhyUnknown
from indicated.evaluate.scene import Scene, day_of, evidence_of
from indicated.evaluate.statements import newest
from indicated.facts.model import Fact, Status
from indicated.vocabulary.outline import Amount

NONE, FULL, SHORT = "none", "full hold", "no full hold"
_HOLD = "antithrombotic hold"


def clotting(scene: Scene) -> Answer:
    """Whether there is a disorder of clotting: an abnormal value, else the statement, else both values normal.

    An INR above its limit under warfarin that is to be held is the drug and no disorder; it then proves nothing
    either way.
    """
    stated, values = scene.answer("bleeding disorder"), scene.answer("laboratory values of clotting")
    lines = values.lines
    abnormal = bool(values.candidates) and values.candidates[0].value == "not met"
    if abnormal and not (_only_inr(lines) and _warfarin_is_held(scene)):
        return Answer((Candidate("present", values.day, values.facts),), facts=values.facts, lines=lines)
    if stated.candidates:
        return Answer(stated.candidates, facts=stated.facts, lines=lines)
    if values.candidates and not abnormal:
        return Answer((Candidate("absent", values.day, values.facts),), facts=values.facts, lines=lines)
    note = "the INR is that of a drug to be held" if abnormal else ""
    why = most_urgent((stated.why, values.why if not values.candidates else None))
    return Answer(why=why, facts=unique((*stated.facts, *values.facts)), lines=lines, note=note)


def _only_inr(lines: Sequence[Line]) -> bool:
    return all(line.text.startswith("INR") for line in lines if line.status is NOT_MET)


def _warfarin_is_held(scene: Scene) -> bool:
    return any(line.text.startswith("warfarin") and line.status is MET for line in _drug_lines(scene))


def antithrombotic_medicine(scene: Scene) -> Answer:
    """Whether no such drug is taken, or each that is taken is left out for its full period before the block."""
    lines = _drug_lines(scene)
    if lines and scene.unread:
        lines += (
            Line("drugs on pages that were not read", UNKNOWN, WhyUnknown.UNREADABLE, "may be taken as well"),
        )
    if lines:
        status = combine("all", 0, [line.status for line in lines])
        facts = unique(fact for line in lines if line.status is status for fact in line.facts)
        if status is UNKNOWN:
            why = most_urgent(line.why_unknown for line in lines)
            return Answer(why=why, facts=facts, lines=lines, note="; ".join(_notes(lines)))
        day = max((day for fact in facts if (day := day_of(fact))), default=None)
        value = FULL if status is MET else SHORT
        return Answer(
            (Candidate(value, day, facts),), facts=facts, lines=lines, note="; ".join(_notes(lines))
        )
    denied = newest([fact for fact in scene.of("antithrombotic drug") if _denies_all(fact)])
    limit = scene.amount(Amount(parameter="limit of a medication list"))
    listed = newest(_lists(scene))
    fresh = tuple(fact for fact in listed if in_window(day_of(fact), scene.on, limit))
    facts = unique((*denied, *fresh))
    if scene.unread and facts and not _is_denied_now(denied, scene):
        return Answer(why=WhyUnknown.UNREADABLE, facts=facts, note=NOT_ALL_READ)
    if facts:
        day = max((day for fact in facts if (day := day_of(fact))), default=None)
        return Answer((Candidate(NONE, day, facts),), facts=facts)
    why = WhyUnknown.STALE if listed else WhyUnknown.SILENT
    return Answer(why=why, facts=listed or newest(scene.of("antithrombotic drug")))


def _notes(lines: Sequence[Line]) -> list[str]:
    return [f"{line.text.partition(':')[0]} {line.found}" for line in lines if line.found]


def _drug_lines(scene: Scene) -> tuple[Line, ...]:
    """One line for each drug that is taken, other than aspirin: whether its hold is full."""
    return tuple(_drug_line(drug, facts, scene) for drug, facts in _current(scene).items())


def _current(scene: Scene) -> dict[str, tuple[Fact, ...]]:
    """The drugs that are taken now, each with what says so, together with what of the same day denies it."""
    drugs: dict[str, list[Fact]] = {}
    for fact in scene.of("antithrombotic drug"):
        drug = _drug(fact)
        if drug != "aspirin" and fact.status in (Status.PRESENT, Status.HISTORICAL, Status.ABSENT):
            drugs.setdefault(drug, []).append(fact)
    for fact in scene.of(_HOLD):
        if _drug(fact) not in ("", "aspirin") and fact.status in (
            Status.PLANNED,
            Status.PRESENT,
            Status.ABSENT,
        ):
            drugs.setdefault(_drug(fact), []).append(fact)
    denials = [fact for fact in drugs.pop("", []) if fact.status is Status.ABSENT]
    unnamed = [
        fact for fact in scene.of("antithrombotic drug") if not _drug(fact) and fact.status is Status.PRESENT
    ]
    if unnamed:
        drugs["a drug that is not named"] = unnamed
    current = {}
    for drug, facts in sorted(drugs.items()):
        taken = newest([fact for fact in facts if fact.word == _HOLD or fact.status is Status.PRESENT])
        if not taken:
            continue
        day = day_of(taken[0]) or date.min
        stopped = [
            fact
            for fact in facts
            if fact.word != _HOLD and fact.status is not Status.PRESENT and (day_of(fact) or date.min) > day
        ]
        against = [*denials, *_lists_without(taken, scene)]
        if stopped or any((day_of(fact) or date.min) > day for fact in against):
            continue
        same_day = [fact for fact in against if (day_of(fact) or date.min) == day]
        current[drug] = unique((*taken, *same_day))
    return current


def _is_denied_now(denied: Sequence[Fact], scene: Scene) -> bool:
    """Whether all such drugs are denied, and no drug was ever named that only a list without it makes past."""
    dropped = (
        fact
        for fact in scene.of("antithrombotic drug")
        if fact.status is Status.PRESENT and _drug(fact) != "aspirin" and not _is_before(fact, denied)
    )
    return bool(denied) and not any(dropped)


def _is_before(fact: Fact, denied: Sequence[Fact]) -> bool:
    return any((day_of(fact) or date.min) < (day_of(one) or date.min) for one in denied)


def _lists(scene: Scene) -> list[Fact]:
    return [fact for fact in scene.of("medication list") if fact.status is Status.PRESENT]


def _lists_without(taken: Sequence[Fact], scene: Scene) -> list[Fact]:
    """Lists of drugs in documents that do not name the drug."""
    naming = {item.document for fact in taken for item in fact.evidence}
    return [fact for fact in _lists(scene) if not naming & {item.document for item in fact.evidence}]


def _drug_line(drug: str, facts: tuple[Fact, ...], scene: Scene) -> Line:
    denied = [fact for fact in facts if _denies_all(fact) or fact.word == "medication list"]
    if denied:
        return _line(drug, UNKNOWN, "taken and not taken, on one day", facts, WhyUnknown.CONFLICTING)
    holds = [
        fact
        for fact in scene.of(_HOLD)
        if _drug(fact) in (drug, "") and fact.status in (Status.PLANNED, Status.PRESENT, Status.ABSENT)
    ]
    periods = scene.parameters.get(_HOLD)  # a policy that asks only for clotting sets none
    needed = periods.table.get(drug) if periods else None
    # A later word of the hold without its days does not undo the days told before.
    latest = newest([fact for fact in holds if _hold(fact, needed) != UNKNOWN]) or newest(holds)
    kept = unique((*facts, *latest))
    if not latest:
        return _line(drug, UNKNOWN, "is taken, and no hold before the block is told", kept, WhyUnknown.SILENT)
    results = {_hold(fact, needed) for fact in latest}
    known = results - {UNKNOWN}
    if len(known) > 1:
        return _line(drug, UNKNOWN, "the holds contradict each other", kept, WhyUnknown.CONFLICTING)
    if not known:
        text = "is to be held, and for how long is not told" if needed else "has no period in this policy"
        return _line(drug, UNKNOWN, text, kept, WhyUnknown.SILENT)
    if known == {NOT_MET}:
        return _line(drug, NOT_MET, f"is not left out for {needed:g} days" if needed else "goes on", kept)
    if drug == "warfarin" and not _inr_is_settled(latest, scene):
        return _line(
            drug, UNKNOWN, "is held in time, and a check of the INR is not told", kept, WhyUnknown.SILENT
        )
    return _line(drug, MET, f"is left out for {needed:g} days or more", kept)


def _line(
    drug: str, status: CriterionStatus, found: str, facts: tuple[Fact, ...], why: WhyUnknown | None = None
) -> Line:
    return Line(f"{drug}: full hold", status, why, found, evidence_of(facts), facts)


def _hold(fact: Fact, needed: float | None) -> CriterionStatus:
    if fact.status is Status.ABSENT or fact.attributes.get("continue") is True:
        return NOT_MET
    days = fact.attributes.get("days")
    if needed is None or not isinstance(days, int | float) or isinstance(days, bool):
        return UNKNOWN
    return MET if days >= needed else NOT_MET


def _inr_is_settled(holds: Sequence[Fact], scene: Scene) -> bool:
    """Whether the INR is normal within its window, or is to be checked by the document that tells of the hold."""
    facts = scene.of("INR")
    limit = scene.amount(Amount(parameter="INR limit")).number
    window = scene.amount(Amount(parameter="laboratory window"))
    measured = newest([fact for fact in facts if isinstance(fact.value, int | float)])
    normal = bool(measured) and all(
        float(fact.value or 0) <= limit and in_window(day_of(fact), scene.on, window) for fact in measured
    )
    telling = {item.document for fact in holds for item in fact.evidence}
    to_be_checked = any(
        fact.status is Status.PLANNED
        or (fact.status is Status.ASKED and telling & {item.document for item in fact.evidence})
        for fact in facts
    )
    return normal or to_be_checked


def _drug(fact: Fact) -> str:
    return str(fact.attributes.get("drug", "")).strip().lower()


def _denies_all(fact: Fact) -> bool:
    return fact.word == "antithrombotic drug" and fact.status is Status.ABSENT and not _drug(fact)
