"""What the statements of a chart say of a base word: the newest wins, and those of one day that differ stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from indicated.evaluate.model import Answer, Candidate, WhyUnknown
from indicated.evaluate.scene import Scene, day_of
from indicated.facts.model import Fact, Status, Value
from indicated.vocabulary.model import Word

_SAID = (Status.PRESENT, Status.ABSENT, Status.HISTORICAL)
_ATTRIBUTE_STATUSES = (Status.PRESENT, Status.PLANNED, Status.ASKED)
KINDS = ("reported", "seen")


def answer_base(word: Word, scene: Scene, kind: str = "") -> Answer:
    """The answer to a word that is read from the chart and not derived."""
    facts = about(word, scene)
    if kind:
        facts = tuple(fact for fact in facts if _is_of_kind(fact, kind))
    facts = _specific(facts)
    return _by_attribute(word, facts) if word.attribute else _by_status(word, facts)


def _is_of_kind(fact: Fact, kind: str) -> bool:
    """Whether a finding was told or seen. One of which this is not clear can show a symptom, and never excludes one."""
    reported = fact.attributes.get("reported")
    if kind == "seen":
        return reported is False
    return reported is True or (reported is None and fact.status is Status.PRESENT)


def about(word: Word, scene: Scene) -> tuple[Fact, ...]:
    """The facts that speak of whom the word is about."""
    facts = tuple(
        fact for fact in scene.of(word.facts_of or word.name) if fact.attributes.get("about") != "other"
    )
    if word.about == "limb":
        return tuple(fact for fact in facts if scene.is_of_limb(fact))
    if word.about == "condition":
        facts = tuple(fact for fact in facts if fact.attributes.get("site", "limb") == "limb")
        return tuple(fact for fact in facts if scene.is_of_limb(fact)) or facts
    # What was read as that of one limb, such as the strength of a grip, says nothing of treating the other kind.
    return tuple(fact for fact in facts if fact.limb in (None, scene.scope.limb))


def newest(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of the newest day; those without any day are the oldest."""
    latest = max((_day(fact) for fact in facts), default=date.min)
    return tuple(fact for fact in facts if _day(fact) == latest)


def candidates(
    pairs: Iterable[tuple[Value, Fact]], at_least: frozenset[int] = frozenset()
) -> tuple[Candidate, ...]:
    """One candidate for each value, with all the facts that give it."""
    grouped: dict[Value, list[Fact]] = {}
    for value, fact in pairs:
        grouped.setdefault(value, []).append(fact)
    return tuple(
        Candidate(
            value,
            max((day for fact in facts if (day := day_of(fact))), default=None),
            tuple(facts),
            all(id(fact) in at_least for fact in facts),
        )
        for value, facts in sorted(grouped.items(), key=lambda item: str(item[0]))
    )


def _specific(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Template lines give way to a specific finding, and what was computed from dates to what is stated."""
    weak = ("template", "computed")
    specific = tuple(
        fact
        for fact in facts
        if fact.status in _SAID and not any(fact.attributes.get(name) is True for name in weak)
    )
    rest = tuple(fact for fact in facts if fact.status not in _SAID)
    return specific + rest if specific else facts


def _by_attribute(word: Word, facts: tuple[Fact, ...]) -> Answer:
    allowed = _ATTRIBUTE_STATUSES if word.facts_of else (Status.PRESENT,)
    pairs = [
        (fact, value)
        for fact in facts
        if fact.status in allowed and (value := _value(word, fact)) is not None
    ]
    if not pairs:
        return Answer(why=_why(facts), facts=newest(facts))
    latest = newest([fact for fact, _ in pairs])
    kept = _without_bounds_reached([(value, fact) for fact, value in pairs if fact in latest])
    bounds = frozenset(id(fact) for _, fact in kept if fact.attributes.get("censored"))
    return Answer(candidates(kept, bounds), facts=latest)


def _without_bounds_reached(pairs: list[tuple[Value, Fact]]) -> list[tuple[Value, Fact]]:
    """The values without lower bounds that a value told outright reaches: "still well on day 4, it lasted 15 days"."""
    told = [float(value) for value, fact in pairs if _is_told(value, fact)]
    return [
        (value, fact)
        for value, fact in pairs
        if not fact.attributes.get("censored")
        or not any(isinstance(value, int | float) and float(value) <= number for number in told)
    ]


def _is_told(value: Value, fact: Fact) -> bool:
    return isinstance(value, int | float) and not fact.attributes.get("censored")


def _value(word: Word, fact: Fact) -> Value | None:
    value = fact.value if word.attribute == "value" else fact.attributes.get(word.attribute)
    if word.is_number:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if not isinstance(value, str):
        return None
    return _nearest_value(value.strip(), word.values)


def _nearest_value(value: str, known: tuple[str, ...]) -> str:
    """The value of the word with which a longer text begins ("L2-L3" is read as "L2"), else the text itself."""
    for name in known:
        rest = value[len(name) :]
        if value.lower().startswith(name.lower()) and not rest[:1].isalnum():
            return name
    return value


def _by_status(word: Word, facts: tuple[Fact, ...]) -> Answer:
    meaning = {status: value for value, statuses in word.statuses.items() for status in statuses}
    said = [fact for fact in facts if fact.status in _SAID and not _only_missing(word, fact)]
    known = [fact for fact in said if fact.status in meaning]
    if word.stays and (stayed := _stays(word, known, meaning)):
        return stayed
    over = newest([fact for fact in said if fact.status not in meaning])
    latest = newest(known)
    if not latest:
        return Answer(why=_why(facts), facts=over or newest(facts), note="was so" if over else "")
    if over and _day(over[0]) > _day(latest[0]) and all(fact.status is Status.PRESENT for fact in latest):
        return Answer(facts=(*latest, *over), note="was so and is not said to be still")
    asked = newest([fact for fact in facts if fact.status is Status.ASKED])
    if word.reopened and asked and _day(asked[0]) > _day(latest[0]):
        return Answer(facts=asked, note="left open later")
    latest = of_more_weight(latest)
    return Answer(candidates((meaning[fact.status], fact) for fact in latest), facts=latest)


def _only_missing(word: Word, fact: Fact) -> bool:
    """Whether an absence says less than the word wants: that nothing is on file ("refused"), or one thing of many."""
    if fact.status is not Status.ABSENT:
        return False
    if word.absent_in_part and fact.attributes.get(word.absent_in_part):
        return True
    return bool(word.absent_when) and fact.attributes.get(word.absent_when) is not True


def of_more_weight(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Of statements of one day that differ, those that name the side; of what was told and seen, what was found."""
    if len({fact.status for fact in facts}) > 1:
        facts = tuple(fact for fact in facts if fact.side) or facts
    if _kinds_differ(facts):
        facts = tuple(fact for fact in facts if fact.status is Status.PRESENT)
    return facts


def _kinds_differ(facts: tuple[Fact, ...]) -> bool:
    """Whether what was told and what was seen differ: then there is no contradiction, and the finding counts."""
    kinds = {
        status: {fact.attributes.get("reported") for fact in facts if fact.status is status}
        for status in (Status.PRESENT, Status.ABSENT)
    }
    present, absent = kinds[Status.PRESENT], kinds[Status.ABSENT]
    return bool(present and absent) and not present & absent and None not in present | absent


def _stays(word: Word, known: list[Fact], meaning: dict[str, str]) -> Answer | None:
    """The answer for a thing that, once true, remains so; None when it never was. What was counted proves it best."""
    true = [fact for fact in known if meaning[fact.status] == word.stays]
    if not true:
        return None
    last = newest(true)
    others = [fact for fact in known if meaning[fact.status] != word.stays]
    contradicting = [fact for fact in others if _day(fact) == _day(last[0])]
    if contradicting and all(_day(fact) == _day(last[0]) for fact in true):
        pairs = [(meaning[fact.status], fact) for fact in (*last, *contradicting)]
        return Answer(candidates(pairs), facts=(*last, *contradicting))
    shown = newest([fact for fact in true if fact.attributes.get("counted") is True]) or last
    return Answer(candidates((word.stays, fact) for fact in shown), facts=shown)


def _why(facts: Sequence[Fact]) -> WhyUnknown:
    return WhyUnknown.UNREADABLE if any(f.attributes.get("unreadable") for f in facts) else WhyUnknown.SILENT


def _day(fact: Fact) -> date:
    return day_of(fact) or date.min
