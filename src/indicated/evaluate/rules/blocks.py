"""What a block did: the relief that it brought, and how function was afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indicated.evaluate.kleene import MET, NOT_MET
from indicated.evaluate.lines import judge, unique
from indicated.evaluate.model import NOT_ALL_READ, Answer, Candidate, WhyUnknown
from indicated.evaluate.scene import Scene, day_of
from indicated.evaluate.series import events_of
from indicated.evaluate.statements import about, candidates, newest
from indicated.facts.model import Fact, Status
from indicated.vocabulary.outline import Amount, Test

ENOUGH, NOT_ENOUGH = "enough", "not enough"
BETTER, NOT_BETTER = "better", "not better"


def relief_of_a_block(scene: Scene) -> Answer:
    """Whether one block relieved the pain enough. Asked of the facts of one event.

    A figure wins over words. Relief of less than the shortest time is not enough, however large. A figure without a
    length of time is taken as it stands, since the length is asked for elsewhere.
    """
    length = scene.answer("block relief duration")
    shortest = Amount(parameter="shortest relief")
    lasted, _, length_facts = judge(Test("at least", amount=shortest), length, scene)
    spoken = [fact for fact in scene.of("block relief") if fact.status in (Status.PRESENT, Status.ABSENT)]
    figures = newest([fact for fact in spoken if isinstance(fact.attributes.get("percent"), int | float)])
    words = newest([fact for fact in spoken if fact not in figures and _in_words(fact) is not None])
    if figures:
        threshold = scene.amount(Amount(parameter="relief threshold")).number
        pairs = [
            (ENOUGH if float(fact.attributes["percent"]) >= threshold else NOT_ENOUGH, fact)
            for fact in figures
        ]
    else:
        pairs = [(_in_words(fact) or "", fact) for fact in words]
    facts = unique((*(fact for _, fact in pairs), *length_facts))
    if lasted is NOT_MET:
        return Answer((Candidate(NOT_ENOUGH, length.day, facts),), facts=facts)
    if pairs:
        found = tuple(replace(one, facts=unique((*one.facts, *length_facts))) for one in candidates(pairs))
        return Answer(found, facts=facts)
    if lasted is MET and scene.choice("length of relief alone") == "counts":
        return Answer((Candidate(ENOUGH, length.day, facts),), facts=facts)
    asked = newest(scene.of("block relief"))
    why = (
        WhyUnknown.UNREADABLE
        if any(fact.attributes.get("unreadable") for fact in asked)
        else WhyUnknown.SILENT
    )
    return Answer(why=why, facts=unique((*asked, *length.facts)))


def _in_words(fact: Fact) -> str | None:
    if fact.status is Status.ABSENT:
        return NOT_ENOUGH
    better = fact.attributes.get("better")
    return None if better is None else (ENOUGH if better is True else NOT_ENOUGH)


def change_of_function(scene: Scene) -> Answer:
    """Whether function got better after earlier blocks: by a measure taken again, else by a remark on it.

    Any measure that was better at any time after the first block counts, even if part was lost again.
    """
    events = events_of("series of blocks", scene)
    if not events:
        return Answer()
    first = next((event.day for event in events if event.day), None)
    measured = _measures(first, scene) if first else {}
    better = unique(
        fact
        for pairs in measured.values()
        if any(is_better for is_better, _ in pairs)
        for is_better, fact in pairs
        if is_better or _day(fact) <= (first or date.min)
    )
    again = unique(fact for pairs in measured.values() for _, fact in pairs)
    if better:
        return _answer(BETTER, better)
    remarks = [
        fact
        for fact in scene.of("functional change")
        if fact.status is Status.PRESENT and (first is None or _day(fact) > first or fact.episode)
    ]
    good = [fact for fact in remarks if fact.attributes.get("change") == "better"]
    bad = [fact for fact in remarks if fact.attributes.get("change") in ("same", "worse")]
    if again and scene.unread and not bad:
        return Answer(why=WhyUnknown.UNREADABLE, facts=again, note=NOT_ALL_READ)
    if again:
        return _answer(NOT_BETTER, again)
    if good:
        return _answer(BETTER, newest(good))
    if bad:
        return _answer(NOT_BETTER, newest(bad))
    open_questions = [
        fact for fact in scene.of("functional change") if fact.status in (Status.ASKED, Status.PLANNED)
    ]
    return Answer(facts=newest(open_questions))


def _measures(first: date, scene: Scene) -> dict[tuple[str, str], list[tuple[bool, Fact]]]:
    """For each measure that was taken before the series and again after a block: its facts, and which were better."""
    word = scene.vocabulary["functional measure"]
    falling = {name.lower() for name in word.lower_is_better}
    named: dict[tuple[str, str], list[Fact]] = {}
    for fact in about(word, scene):
        name = str(fact.attributes.get("name", "")).strip().lower()
        if name and fact.status is Status.PRESENT and _is_number(fact) and scene.is_of_limb(fact):
            named.setdefault((name, fact.unit or ""), []).append(fact)
    compared = {}
    for key, facts in named.items():
        before = newest([fact for fact in facts if _day(fact) <= first])
        after = [fact for fact in facts if _day(fact) > first]
        if before and after:
            sign = -1 if key[0] in falling else 1
            base = max(sign * float(fact.value or 0) for fact in before)
            pairs = [(sign * float(fact.value or 0) > base, fact) for fact in after]
            compared[key] = [*((False, fact) for fact in before), *pairs]
    return compared


def _is_number(fact: Fact) -> bool:
    return isinstance(fact.value, int | float) and not isinstance(fact.value, bool)


def _answer(value: str, facts: tuple[Fact, ...]) -> Answer:
    day = max((day for fact in facts if (day := day_of(fact))), default=None)
    return Answer((Candidate(value, day, facts),), facts=facts)


def _day(fact: Fact) -> date:
    return day_of(fact) or date.min
