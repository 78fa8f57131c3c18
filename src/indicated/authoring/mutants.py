"""A policy with one thing changed. If no case is judged otherwise, that thing is held by nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indicated.policy.model import Criterion, Parameter, Policy
from indicated.policy.read import KIND
from indicated.vocabulary import Vocabulary
from indicated.vocabulary.check import values_of
from indicated.vocabulary.model import NUMBER, amounts_of
from indicated.vocabulary.outline import Amount, Condition, Group, Test

_OTHER_HEAD = {"all": "any", "any": "all"}
_OTHER_OPERATOR = {
    "at least": "at most",
    "at most": "at least",
    "more than": "less than",
    "less than": "more than",
}


@dataclass(frozen=True)
class Mutant:
    """A changed policy. `line` is that of the file; `what` says what was changed.

    `criterion` is the one that was changed, empty when it is a parameter. A dropped criterion is noticed only by
    the outcome of a case, every other change by the status of a criterion.
    """

    criterion: str
    line: int
    what: str
    policy: Policy
    dropped: bool = False


def mutants(policy: Policy, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Every policy that differs in one line, one value, one head, one window, one kind, one number or one criterion."""
    own = {name for name, _, _ in policy.overlay.changes} if policy.overlay else None
    for place, criterion in enumerate(policy.criteria):
        if own is not None and criterion.id not in own:
            continue  # the cases of the base hold it
        before, after = policy.criteria[:place], policy.criteria[place + 1 :]
        for line, what, changed in _criteria(criterion, vocabulary):
            yield Mutant(criterion.id, line, what, replace(policy, criteria=(*before, changed, *after)))
        if before or after:
            without = replace(policy, criteria=(*before, *after))
            yield Mutant(criterion.id, criterion.outline.line, "left out as a whole", without, dropped=True)
    for name in _deciding(policy, vocabulary):
        if own is not None and name not in own:
            continue
        parameter = policy.parameters[name]
        for what, moved in _parameters(parameter, vocabulary):
            yield Mutant("", 0, what, replace(policy, parameters={**policy.parameters, name: moved}))


def _deciding(policy: Policy, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The parameters on which a criterion depends. One that only guidance uses decides nothing, and no case can tell."""
    tests = [line for criterion in policy.criteria for line in criterion.outline.conditions()]
    words = [word for line in tests for word in (line.word, line.test.word) if word]
    words += [KIND] if any(criterion.kinds for criterion in policy.criteria) else []
    named = {amount.parameter for line in tests for amount in amounts_of(line.test)}
    named |= set(vocabulary.parameters_of(tuple(words)))
    return tuple(name for name in policy.parameters if name in named)


def _criteria(criterion: Criterion, vocabulary: Vocabulary) -> Iterator[tuple[int, str, Criterion]]:
    for line, what, outline in groups(criterion.outline, vocabulary):
        yield line, what, replace(criterion, outline=outline)
    if criterion.kinds:
        line = criterion.outline.line
        yield line, "asked of every request", replace(criterion, kinds=())
        for kind in criterion.kinds if len(criterion.kinds) > 1 else ():
            kept = tuple(other for other in criterion.kinds if other != kind)
            yield line, f"not asked of the {kind}", replace(criterion, kinds=kept)


def groups(group: Group, vocabulary: Vocabulary) -> Iterator[tuple[int, str, Group]]:
    """Every outline that differs from one in a single thing, with the line and what was changed."""
    if group.head in _OTHER_HEAD and len(group.members) > 1:
        other = replace(group, head=_OTHER_HEAD[group.head])  # type: ignore[arg-type]
        yield group.line, f"“{group.text}” made “{other.text}”", other
    if group.head == "at least":
        for count in (group.count - 1, group.count + 1):
            if 1 <= count <= len(group.members):
                yield group.line, f"“{group.text}” made “at least {count} of”", replace(group, count=count)
    for place, member in enumerate(group.members):
        before, after = group.members[:place], group.members[place + 1 :]
        if before or after:
            yield member.line, f"“{member.text}” left out", replace(group, members=(*before, *after))
        for line, what, changed in _members(member, vocabulary):
            yield line, what, replace(group, members=(*before, changed, *after))


def _members(
    member: Condition | Group, vocabulary: Vocabulary
) -> Iterator[tuple[int, str, Condition | Group]]:
    if isinstance(member, Group):
        yield from groups(member, vocabulary)
    else:
        for what, test in _tests(member, vocabulary):
            yield member.line, what, replace(member, test=test)


def _tests(condition: Condition, vocabulary: Vocabulary) -> Iterator[tuple[str, Test]]:
    test, known = condition.test, values_of(condition.word, vocabulary)
    if test.operator == "is":
        other = next((value for value in known if value not in test.values and known != NUMBER), None)
        if other:
            yield f"“{condition.text}” made “{other}”", replace(test, values=(other,))
        for value in test.values if len(test.values) > 1 else ():
            kept = tuple(one for one in test.values if one != value)
            yield f"“{condition.text}” without “{value}”", replace(test, values=kept)
    elif test.operator in _OTHER_OPERATOR:
        turned = _OTHER_OPERATOR[test.operator]
        yield f"“{condition.text}” made “{turned}”", replace(test, operator=turned)  # type: ignore[arg-type]
        if test.amount and not test.amount.parameter:
            for moved in _moved(test.amount):
                yield f"“{condition.text}” made {moved.number:g}", replace(test, amount=moved)
    if test.within:
        yield f"“{condition.text}” without its window", replace(test, within=None)


def _moved(amount: Amount) -> Iterator[Amount]:
    """The number moved up and down by one, or by a tenth where it is a fraction."""
    step = 1.0 if amount.number == int(amount.number) else 0.1
    for number in (amount.number - step, amount.number + step):
        if number >= 0:
            yield replace(amount, number=round(number, 6))


def _parameters(parameter: Parameter, vocabulary: Vocabulary) -> Iterator[tuple[str, Parameter]]:
    name = f"the parameter “{parameter.name}”"
    if parameter.table:
        for key, number in parameter.table.items():
            yield (
                f"{name}: {key} {number + 1:g}",
                replace(parameter, table={**parameter.table, key: number + 1}),
            )
    elif parameter.amount:
        for moved in _moved(parameter.amount):
            yield f"{name} made {moved.number:g} {moved.unit}".rstrip(), replace(parameter, amount=moved)
    else:
        for value in vocabulary.parameters[parameter.name].values:
            if value != parameter.value:
                yield f"{name} made “{value}”", replace(parameter, value=value)
