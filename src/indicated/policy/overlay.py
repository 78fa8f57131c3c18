"""Reads an overlay: what a payer changes of a policy. What comes out is one policy, as if it had been written so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from indicated import resources
from indicated.errors import PolicyError
from indicated.policy.authority import read_authorities
from indicated.policy.model import Criterion, Guidance, Overlay, Parameter, Policy, PolicyStatus
from indicated.policy.read import (
    KIND,
    SECTIONS,
    read_criterion,
    read_date,
    read_parameters,
    read_policy,
    text_of,
)
from indicated.vocabulary import Vocabulary
from indicated.vocabulary.model import amounts_of
from indicated.vocabulary.outline import Condition, Group, Test, in_days, parse_amount
from indicated.vocabulary.text import Item, Page, compose, nearest, read_text

FILE = "overlay.yaml"
NEEDED = ("overlay", "of", "title", "version", "status", "effective", "owner", "authority")
KEYS = (
    *NEEDED,
    "until",
    "purpose",
    "jurisdiction",
    "line of business",
    "clocks",
    "parameters",
    "criteria",
    "without",
    "quantity",
    "sources",
)
QUANTITY = "number of blocks asked for"
"""The word that says how many the request asks for."""
_QUANTITY_KEYS = ("at most", "text", "ask", "reason", "sources")


@dataclass(frozen=True)
class _Changed:
    """The criteria, parameters and reasons after the changes of an overlay, with where each part stands."""

    criteria: tuple[Criterion, ...]
    parameters: Mapping[str, Parameter]
    dropped: frozenset[str]
    changes: tuple[tuple[str, str, str], ...]
    places: Mapping[tuple[str, ...], str]


def read_overlay(item: Item, text: str, page: Page, vocabulary: Vocabulary) -> Policy:
    """The policy that an overlay makes of its base. Raises PolicyError with every problem found."""
    page.check_keys(item, KEYS, NEEDED)
    keys = item.map()
    path = _base(keys, page)
    if path is None:
        raise PolicyError(page.problems)
    base = read_policy(path, vocabulary)
    changed = _changed(keys, base, page, vocabulary)
    status = text_of(keys, "status")
    if status not in get_args(PolicyStatus):
        page.wrong(item.line, f"“{status}” is no status.", nearest(status, get_args(PolicyStatus)))
    effective = read_date(keys, "effective", page)
    merged = replace(
        base,
        id=text_of(keys, "overlay"),
        title=text_of(keys, "title"),
        version=f"{text_of(keys, 'version')}, over {base.id} {base.version}",
        status=status,  # type: ignore[arg-type]
        effective=effective or base.effective,
        until=read_date(keys, "until", page),
        owner=text_of(keys, "owner"),
        purpose=text_of(keys, "purpose") or base.purpose,
        criteria=changed.criteria,
        parameters=changed.parameters,
        sources=tuple(dict.fromkeys((*base.sources, *page.texts(keys.get("sources"))))),
        sha256=hashlib.sha256(f"{base.sha256}\n{text}".encode()).hexdigest(),
        path=page.path,
        overlay=_head(keys, base, changed, page),
        places={**base.places, **changed.places},
        pathway=_kept(base.pathway, changed.dropped),
        technique=_kept(base.technique, changed.dropped),
        pitfalls=_kept(base.pitfalls, changed.dropped),
        documentation=_kept(base.documentation, changed.dropped),
        statements=base.statements,
    )
    if effective and effective < base.effective:
        what = f"It is in force before its base is ({base.effective})."
        page.wrong(keys["effective"].line, what, "Write that day or a later one.")
    merged = _with_needed_parameters(merged, vocabulary, keys, page)
    if page.problems:
        raise PolicyError(page.problems)
    return merged


def _base(keys: Mapping[str, Item], page: Page) -> Path | None:
    """The file of the policy that is changed; a circle of overlays is a problem and has none."""
    name, line = text_of(keys, "of"), keys["of"].line if "of" in keys else 1
    seen, here, wanted = [text_of(keys, "overlay")], page.path, name
    while True:
        found = _file_of(wanted, here)
        if found is None:
            page.wrong(line, f"There is no policy “{wanted}”.", "Name the id of a policy or of an overlay.")
            return None
        if found.name != FILE:
            return _file_of(name, page.path)
        if wanted in seen:
            circle = " of ".join((*seen, wanted))
            page.wrong(line, f"The overlays go round in a circle ({circle}).", "Name the policy itself.")
            return None
        seen.append(wanted)
        here = found
        content = compose(read_text(found), Page(found, page.problems))
        wanted = text_of(content.map(), "of") if content else ""


def _file_of(name: str, here: Path) -> Path | None:
    """The newest file of a policy or an overlay by its id: beside this one, above it, or with the program."""
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    beside = here.resolve().parent.parent
    for folder in (beside, beside.parent, resources.POLICIES, resources.POLICIES / "overlays"):
        if (folder / name / FILE).is_file():
            return folder / name / FILE
        if versions := sorted((folder / name).glob("policy*.yaml")):
            return versions[-1]
    return None


def _head(keys: Mapping[str, Item], base: Policy, changed: _Changed, page: Page) -> Overlay:
    authority, known = text_of(keys, "authority"), read_authorities(resources.POLICIES)
    if "authority" in keys and authority not in known:
        page.wrong(keys["authority"].line, f"“{authority}” is no authority.", nearest(authority, known))
    clocks = (
        {name: parse_amount(part.text()) for name, part in keys["clocks"].map().items()}
        if "clocks" in keys
        else {}
    )
    for name, clock in clocks.items():
        if clock.parameter or in_days(clock) is None:
            page.wrong(keys["clocks"].key_lines[name], f"“{name}” is no length of time.", "Write `7 days`.")
    return Overlay(
        id=text_of(keys, "overlay"),
        base=base.id,
        base_version=base.version,
        authority=authority,
        jurisdictions=page.texts(keys.get("jurisdiction")),
        lines_of_business=page.texts(keys.get("line of business")),
        clocks=clocks,
        changes=changed.changes,
    )


def _changed(keys: Mapping[str, Item], base: Policy, page: Page, vocabulary: Vocabulary) -> _Changed:
    criteria = {criterion.id: criterion for criterion in base.criteria}
    changes: list[tuple[str, str, str]] = []
    places: dict[tuple[str, ...], str] = {}
    dropped = _dropped(keys.get("without"), criteria, page, changes)
    for part in keys["criteria"].list() if "criteria" in keys else ():
        criterion, reason = _criterion(part, page, vocabulary)
        places[("criteria", criterion.id)] = f"{page.path}:{part.line}"
        changes.append((criterion.id, "replaced" if criterion.id in criteria else "added", reason))
        criteria[criterion.id] = criterion
    if "quantity" in keys:
        criterion, reason = _quantity(keys["quantity"], page)
        places[("criteria", criterion.id)] = f"{page.path}:{keys['quantity'].line}"
        changes.append((criterion.id, "added", reason))
        criteria[criterion.id] = criterion
    own = read_parameters(keys.get("parameters"), page, vocabulary)
    for name, parameter in own.items():
        places[("parameters", name)] = f"{page.path}:{keys['parameters'].key_lines[name]}"
        what = f"{base.parameters[name].value} made {parameter.value}" if name in base.parameters else "set"
        changes.append((name, what, parameter.reason))
    listed = (*base.sources, *page.texts(keys.get("sources")))
    for criterion in criteria.values():
        for source in criterion.sources:
            if source not in listed:
                line = int(places[("criteria", criterion.id)].rpartition(":")[2])
                what = f"The source “{source}” is not listed under `sources`."
                page.wrong(line, what, nearest(source, listed))
    kept = tuple(criterion for name, criterion in criteria.items() if name not in dropped)
    return _Changed(kept, {**base.parameters, **own}, dropped, tuple(changes), places)


def _dropped(
    item: Item | None, criteria: Mapping[str, Criterion], page: Page, changes: list[tuple[str, str, str]]
) -> frozenset[str]:
    """The criteria that the overlay does without, each with its reason."""
    if item is None:
        return frozenset()
    if not item.map():
        page.wrong(item.line, "`without` is a map.", "Write one `id: the reason` a line below it.")
    for name, reason in item.map().items():
        if name not in criteria:
            page.wrong(item.key_lines[name], f"There is no criterion “{name}”.", nearest(name, criteria))
        if not reason.text():
            page.wrong(item.key_lines[name], f"“{name}” is left out without a reason.", "Write the reason.")
        changes.append((name, "left out", reason.text()))
    return frozenset(item.map())


def _criterion(item: Item, page: Page, vocabulary: Vocabulary) -> tuple[Criterion, str]:
    """A criterion of an overlay, which has a reason beside what every criterion has."""
    reason = text_of(item.map(), "reason")
    if not reason:
        page.wrong(item.line, "A criterion of an overlay needs a reason.", "Write a line `reason: ...`.")
    without = {name: part for name, part in item.map().items() if name != "reason"}
    lines = {name: line for name, line in item.key_lines.items() if name != "reason"}
    return read_criterion(Item(item.line, without, lines), page, vocabulary), reason


def _quantity(item: Item, page: Page) -> tuple[Criterion, str]:
    """How many may be asked for at once. What is above it is not met, and so goes to a clinician: never cut by itself."""
    page.check_keys(item, _QUANTITY_KEYS, _QUANTITY_KEYS)
    keys = item.map()
    amount = parse_amount(text_of(keys, "at most"))
    if amount.parameter or amount.unit or amount.number < 1:
        page.wrong(item.line, "The quantity is a number of blocks.", "Write `at most: 1`.")
    line = item.key_lines.get("at most", item.line)
    condition = Condition(
        QUANTITY, Test("at most", amount=amount), f"{QUANTITY}: at most {amount.number:g}", line
    )
    criterion = Criterion(
        id="quantity",
        text=text_of(keys, "text"),
        outline=Group("all", (condition,), 0, item.line),
        ask=text_of(keys, "ask"),
        sources=page.texts(keys.get("sources")),
    )
    return criterion, text_of(keys, "reason")


def _kept(entries: tuple[Guidance, ...], dropped: frozenset[str]) -> tuple[Guidance, ...]:
    """Guidance without what would be shown by criteria that are left out."""
    kept = []
    for entry in entries:
        shown_by = tuple(name for name in entry.shown_by if name not in dropped)
        if shown_by or not entry.shown_by:
            kept.append(replace(entry, shown_by=shown_by))
    return tuple(kept)


def _with_needed_parameters(
    policy: Policy, vocabulary: Vocabulary, keys: Mapping[str, Item], page: Page
) -> Policy:
    """The policy with the parameters that its lines need: those of the base that nothing uses any more are dropped."""
    needed = needed_parameters(policy, vocabulary)
    line = keys["parameters"].line if "parameters" in keys else keys["overlay"].line
    for name in sorted(needed - set(policy.parameters)):
        what = f"The parameter “{name}” is needed and has no value."
        page.wrong(line, what, f"Write `{name}:` under `parameters`.")
    own = keys["parameters"].key_lines if "parameters" in keys else {}
    for name, place in own.items():
        if name in policy.parameters and name not in needed:
            page.wrong(place, f"The parameter “{name}” is used nowhere.", "Leave it out.")
    kept = {name: one for name, one in policy.parameters.items() if name in needed}
    return replace(policy, parameters=kept)


def needed_parameters(policy: Policy, vocabulary: Vocabulary) -> set[str]:
    """The parameters that the lines of a policy name, directly or through derived words."""
    outlines = [criterion.outline for criterion in policy.criteria]
    outlines += [entry.outline for name in SECTIONS for entry in getattr(policy, name) if entry.outline]
    conditions = [condition for outline in outlines for condition in outline.conditions()]
    named = tuple(word for one in conditions for word in (one.word, one.test.word) if word)
    found = set(vocabulary.parameters_of((*named, KIND)))
    found |= {amount.parameter for one in conditions for amount in amounts_of(one.test) if amount.parameter}
    return found & set(vocabulary.parameters)
