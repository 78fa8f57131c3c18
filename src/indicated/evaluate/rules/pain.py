"""The pain score that counts, and what drugs did for the pain."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.evaluate.lines import unique
from indicated.evaluate.model import Answer, Candidate
from indicated.evaluate.scene import Scene, day_of
from indicated.evaluate.statements import about, candidates, newest
from indicated.facts.model import Fact, Status

_TAKEN = (Status.PRESENT, Status.HISTORICAL)
_CANNOT = ("contraindicated", "not_tolerated")
_SIMPLE = ("nsaid", "acetaminophen")


def usual_or_latest_score(scene: Scene) -> Answer:
    """The newest usual score, else the newest score of the day. The worst and the least pain do not count.

    Scores of a procedure note are taken under sedation or numbness; they count only where there is no other.
    """
    facts = [
        fact
        for fact in about(scene.vocabulary["pain score"], scene)
        if fact.status is Status.PRESENT
        and isinstance(fact.value, int | float)
        and fact.attributes.get("of", "now") in ("usual", "now")
    ]
    calm = [fact for fact in facts if not _at_a_procedure(fact)]
    latest = newest(calm or facts)
    usual = tuple(fact for fact in latest if fact.attributes.get("of") == "usual")
    chosen = usual or latest
    return Answer(candidates((float(fact.value or 0), fact) for fact in chosen), facts=chosen)


def _at_a_procedure(fact: Fact) -> bool:
    """Whether a score was taken around a procedure: by the kind of document, or by the words of the sentence."""
    return bool(fact.attributes.get("procedure")) or any(
        "procedure" in item.kind.lower() for item in fact.evidence
    )


def first_line_analgesics(scene: Scene) -> Answer:
    """Whether an NSAID or acetaminophen was tried, or neither can be taken."""
    trials = [fact for fact in scene.of("analgesic trial") if fact.status in (*_TAKEN, Status.ABSENT)]
    tried = [
        fact for fact in trials if _class(fact) in _SIMPLE and fact.status in _TAKEN and not _cannot(fact)
    ]
    cannot = [fact for fact in trials if _class(fact) in _SIMPLE and _cannot(fact)]
    if tried:
        return _one("tried", tried)
    if {_class(fact) for fact in cannot} == set(_SIMPLE):
        return _one("cannot be taken", cannot)
    refused = newest([fact for fact in trials if fact.status is Status.ABSENT and not _cannot(fact)])
    nothing = [fact for fact in refused if not _class(fact)]
    if nothing and not cannot and not any(fact.status in _TAKEN for fact in trials):
        return _one("not tried", nothing)
    if {_class(fact) for fact in refused} >= set(_SIMPLE):
        return _one("not tried", refused)
    return Answer(facts=unique((*cannot, *refused, *scene.of("analgesic trial"))))


def persisting_pain(scene: Scene) -> Answer:
    """Whether the pain persists under drugs: by the newest general statement or result of a drug."""
    pairs = [
        ("yes" if fact.status is Status.PRESENT else "no", fact)
        for fact in scene.of("pain despite drugs")
        if fact.status in (Status.PRESENT, Status.ABSENT)
    ]
    pairs += [
        ("yes", fact)
        for fact in scene.of("analgesic trial")
        if fact.status in _TAKEN and fact.attributes.get("result") == "insufficient"
    ]
    latest = newest([fact for _, fact in pairs])
    if not latest:
        return Answer(facts=newest(scene.of("analgesic trial")))
    return Answer(candidates(pair for pair in pairs if pair[1] in latest), facts=latest)


def _class(fact: Fact) -> str:
    return str(fact.attributes.get("drug_class", ""))


def _cannot(fact: Fact) -> bool:
    return fact.attributes.get("result") in _CANNOT


def _one(value: str, facts: Sequence[Fact]) -> Answer:
    day = max((day for fact in facts if (day := day_of(fact))), default=None)
    return Answer((Candidate(value, day, tuple(facts)),), facts=tuple(facts))
