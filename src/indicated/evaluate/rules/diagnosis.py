"""Where the CRPS is, whether the Budapest criteria are stated, and what the block is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indicated.evaluate.model import NOT_ALL_READ, Answer, Candidate, WhyUnknown
from indicated.evaluate.scene import Scene, day_of, is_only_coded
from indicated.evaluate.statements import about, candidates, newest, of_more_weight
from indicated.facts.model import Fact, Status

THIS_LIMB, ANOTHER_LIMB, REFUTED = "the limb to be blocked", "another limb", "refuted"
SYMPTOM_CATEGORIES, SIGN_CATEGORIES = 3, 2
"""The clinical Budapest criteria: at least 3 categories of symptoms and 2 of signs, of 4 each."""
_SIDES = {"1": "right", "2": "left", "3": "bilateral"}
_NAMED = (Status.PRESENT, Status.HISTORICAL)


def side_of_the_request(scene: Scene) -> Answer:
    """The side by the request, else by its diagnosis codes when they agree on one."""
    side = scene.request.laterality or side_by_codes(scene.request.diagnoses)
    return Answer((Candidate(side, scene.on, ()),)) if side else Answer()


def side_by_codes(codes: Iterable[str]) -> str | None:
    """The side that CRPS codes name: the last character is 1 for right, 2 for left and 3 for both."""
    sides = {
        _SIDES[code[-1]]
        for code in codes
        if code.startswith(("G90.51", "G90.52", "G56.4", "G57.7")) and code[-1] in _SIDES and len(code) > 5
    }
    return sides.pop() if len(sides) == 1 else None


def limb_of_the_diagnosis(scene: Scene) -> Answer:
    """Where the chart has the CRPS. A code gives way to what the text says; the newest word on this limb counts."""
    facts = scene.of("CRPS")
    spoken = tuple(fact for fact in facts if not is_only_coded(fact))
    said = [fact for fact in (spoken or facts) if fact.status in (*_NAMED, Status.ABSENT)]
    here = [fact for fact in said if scene.is_of_limb(fact)]
    if here:
        latest = of_more_weight(newest(here))
        # A name given on the very day of a refutation by someone else is a contradiction, and both stand.
        return Answer(
            candidates((REFUTED if fact.status is Status.ABSENT else THIS_LIMB, fact) for fact in latest),
            facts=latest,
        )
    elsewhere = newest([fact for fact in said if fact.status is not Status.ABSENT])
    if elsewhere and scene.unread:
        return Answer(why=WhyUnknown.UNREADABLE, facts=elsewhere, note=NOT_ALL_READ)
    if elsewhere:
        return Answer(candidates((ANOTHER_LIMB, fact) for fact in elsewhere), facts=elsewhere)
    return Answer(facts=newest(facts))


def stated_verdict(scene: Scene) -> Answer:
    """The verdict on the Budapest criteria as a clinician states it, in words or as numbers of categories.

    Numbers that fall short win over a word of confidence. Numbers that suffice, with no verdict beside them, count
    when the rest of the criteria is not contradicted and the diagnosis, or a part of that rest, is stated.
    """
    named = about(scene.vocabulary["Budapest criteria"], scene)
    pairs = [(verdict, fact) for fact in named if (verdict := _verdict(fact, scene))]
    pairs += [
        ("met", fact)
        for fact in scene.of("CRPS")
        if fact.attributes.get("certainty") == "confirmed_by_criteria"
        and fact.status is Status.PRESENT
        and scene.is_of_limb(fact)
    ]
    latest = newest([fact for _, fact in pairs])
    kept = [pair for pair in pairs if pair[1] in latest]
    if not kept:
        return Answer(facts=newest(named))
    short = [pair for pair in kept if pair[0] == "not met" and _counted(pair[1])]
    kept = short or kept
    return Answer(candidates(kept), facts=tuple(fact for _, fact in kept))


def _verdict(fact: Fact, scene: Scene) -> str | None:
    if fact.status not in (*_NAMED, Status.ABSENT):
        return None
    symptoms, signs = fact.attributes.get("symptoms"), fact.attributes.get("signs")
    short = (isinstance(symptoms, int | float) and symptoms < SYMPTOM_CATEGORIES) or (
        isinstance(signs, int | float) and signs < SIGN_CATEGORIES
    )
    if short or fact.status is Status.ABSENT or fact.attributes.get("verdict") == "not_met":
        return "not met"
    if fact.attributes.get("verdict") == "met" or not _counted(fact):
        return "met"
    return "met" if symptoms is not None and signs is not None and _rest_is_stated(scene) else None


def _counted(fact: Fact) -> bool:
    return "symptoms" in fact.attributes or "signs" in fact.attributes


def _rest_is_stated(scene: Scene) -> bool:
    """Whether pain out of proportion, no better explanation or the diagnosis itself is stated, and none is denied."""
    pain, other = scene.answer("disproportionate pain"), scene.answer("other explanation")
    said = {str(one.value) for one in pain.candidates}, {str(one.value) for one in other.candidates}
    if "absent" in said[0] or "present" in said[1]:
        return False
    asserted = any(
        fact.status is Status.PRESENT and fact.attributes.get("certainty", "asserted") != "suspected"
        for fact in scene.of("CRPS")
    )
    return bool(said[0] or said[1]) or asserted


def purpose_of_the_block(scene: Scene) -> Answer:
    """Whether the block is for CRPS. It is when CRPS is named and no other neuropathic pain is given as its purpose.

    It is not known when another pain is named and nothing says which of the two is meant, or while CRPS is only
    suspected and another pain is not ruled out.
    """
    others = scene.of("other neuropathic pain")
    named = newest([fact for fact in scene.of("CRPS") if fact.status is Status.PRESENT])
    for_other = newest(
        [fact for fact in others if fact.status in _NAMED and fact.attributes.get("target") is True]
    )
    if for_other and not _set_aside(others, after=for_other[0], same_day=False):
        return Answer(candidates(("another neuropathic pain", fact) for fact in for_other), facts=for_other)
    unclear = newest([fact for fact in others if _leaves_open(fact, scene)])
    if unclear and not _set_aside(others, after=unclear[0], same_day=True):
        return Answer(facts=(*named, *unclear), note="another neuropathic pain is named as well")
    addressed = any(fact.status is Status.ABSENT or fact.attributes.get("target") is False for fact in others)
    if named and scene.unread and not addressed:
        return Answer(why=WhyUnknown.UNREADABLE, facts=named, note=NOT_ALL_READ)
    if named:
        return Answer(candidates(("CRPS", fact) for fact in named), facts=named)
    return Answer(facts=newest(scene.of("CRPS")))


def _leaves_open(fact: Fact, scene: Scene) -> bool:
    """Whether a mention of another pain leaves open what the block is for."""
    crps = [one for one in scene.of("CRPS") if one.status is Status.PRESENT]
    if fact.status is Status.PRESENT and "target" not in fact.attributes:
        return not (is_only_coded(fact) and any(not is_only_coded(one) for one in crps))
    if fact.status is Status.ASKED and fact.attributes.get("undecided") is True:
        return not any(_day(one) > _day(fact) for one in crps)
    settled = any(one.attributes.get("certainty") != "suspected" and _day(one) >= _day(fact) for one in crps)
    return fact.status is Status.ASKED and not settled


def _set_aside(others: Iterable[Fact], after: Fact, same_day: bool) -> bool:
    """Whether a later statement, or one of the same day where that counts, excludes the other pain or sets it aside."""
    return any(
        (other.status is Status.ABSENT or other.attributes.get("target") is False)
        and (_day(other) > _day(after) or (same_day and _day(other) == _day(after)))
        for other in others
    )


def _day(fact: Fact) -> date:
    return day_of(fact) or date.min
