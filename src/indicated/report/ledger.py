"""The evidence ledger: what each source is, how strong it is, and what it does not show.

The entries lie in `evidence/*.yaml`; `evidence/README.md` explains every field.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from indicated.determine.model import Determination, Source
from indicated.errors import PolicyError, Problem
from indicated.report.strength import sentence
from indicated.resources import EVIDENCE

_ALLOWED = {
    "stance": ("for", "against", "beside"),
    "kind": (
        "guideline", "consensus", "review", "trial", "diagnostic study", "cohort", "cases", "survey", "unverified",
    ),
    "confidence": ("high", "medium", "low", "unknown"),
}  # fmt: skip
_SCHEMES = ("doi", "pmid", "pmcid", "cochrane")


@dataclass(frozen=True)
class Entry:
    """One source of the ledger. The fields are those of `evidence/README.md`; `place` is its file and line."""

    id: str
    number: int
    stance: str
    what: str
    citation: str
    identifiers: Mapping[str, str]
    unconfirmed: tuple[str, ...]
    kind: str
    design: str
    size: str
    grade: str
    scheme: str
    shows: str
    does_not_show: str
    confidence: str
    seen: str
    memo_says_more: str
    place: str

    @property
    def reference(self) -> str:
        """The citation with its confirmed identifiers, and what could not be confirmed."""
        words = {"doi": "DOI ", "pmid": "PubMed ", "pmcid": "PubMed Central ", "cochrane": "Cochrane "}
        known = "; ".join(words[scheme] + value for scheme, value in self.identifiers.items())
        doubt = " Not confirmed: " + " ".join(self.unconfirmed) if self.unconfirmed else ""
        return self.citation + (f" {known}." if known else "") + doubt

    def source(self) -> Source:
        """The entry as a report prints it. It is confirmed when we are sure which source is meant."""
        return Source(
            id=self.id,
            number=self.number,
            citation=self.reference,
            design=self.design,
            size=self.size,
            grade=self.grade,
            shows=self.shows,
            does_not_show=self.does_not_show,
            confidence=self.confidence,
            confirmed=self.confidence == "high",
            what=self.what,
            memo_says_more=self.memo_says_more,
        )


@dataclass(frozen=True)
class Ledger:
    """All entries, in the order of their numbers."""

    entries: tuple[Entry, ...]

    def find(self, key: str) -> Entry | None:
        """The entry that a policy cites, by its id or by its number."""
        return next((entry for entry in self.entries if key in (entry.id, str(entry.number))), None)

    def basis(self, source_ids: Iterable[str]) -> str:
        """Say in one sentence how strong these sources are together.

        A source that the ledger does not hold raises `PolicyError`, as nobody could check it.
        """
        keys = list(source_ids)
        found = [self.find(key) for key in keys]
        missing = [key for key, entry in zip(keys, found, strict=True) if entry is None]
        if missing:
            raise PolicyError(
                Problem(
                    "evidence", f"there is no source {key!r}.", _nearest(key, [e.id for e in self.entries])
                )
                for key in missing
            )
        entries = sorted((entry for entry in found if entry), key=lambda entry: entry.number)
        return sentence([(entry.kind, entry.number, entry.confidence) for entry in entries])


@cache
def read_ledger(folder: Path = EVIDENCE) -> Ledger:
    """Read every entry of a folder. All that is wrong in it is raised at once as `PolicyError`."""
    import yaml

    problems: list[Problem] = []
    entries: list[Entry] = []
    for path in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{path.name}"
        try:
            root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(Problem(f"{name}:{line}", "this is not YAML.", str(error.problem or "")))
            continue
        if not isinstance(root, yaml.SequenceNode):
            problems.append(
                Problem(f"{name}:1", "the file is not a list of sources.", "Start each with `- id: `.")
            )
            continue
        for node in root.value:
            entry = _entry(node, name, problems)
            if entry:
                entries.append(entry)
    problems.extend(_twice(entries))
    if not entries and not problems:
        problems.append(Problem(str(folder.name), "there is no evidence ledger.", "Put *.yaml files here."))
    if problems:
        raise PolicyError(problems)
    return Ledger(tuple(sorted(entries, key=lambda entry: entry.number)))


def basis(source_ids: Iterable[str]) -> str:
    """Say in one sentence how strong the sources of a criterion are, by the ledger that is shipped."""
    return read_ledger().basis(source_ids)


def cite(determination: Determination, ledger: Ledger | None = None) -> Determination:
    """Give a determination its sources and the strength of each criterion's.

    Evidence against the procedure is always among the sources, cited or not: a reader must see both sides.
    """
    ledger = ledger or read_ledger()
    cited = {key for criterion in determination.criteria for key in criterion.sources}
    for notices in (
        determination.pathway,
        determination.technique,
        determination.pitfalls,
        determination.documentation,
        determination.statements,
    ):
        cited.update(key for notice in notices for key in notice.sources)
    shown = [
        entry.source()
        for entry in ledger.entries
        if entry.stance == "against" or entry.id in cited or str(entry.number) in cited
    ]
    criteria = tuple(
        replace(criterion, basis=ledger.basis(key for key in criterion.sources if ledger.find(key)))
        for criterion in determination.criteria
    )
    return replace(determination, criteria=criteria, sources=tuple(shown))


def _entry(node: object, name: str, problems: list[Problem]) -> Entry | None:
    """Read one entry, or say what is wrong with it."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(f"{name}:{_line(node)}", "an entry is not a map of fields."))
        return None
    place = f"{name}:{_line(node)}"
    before = len(problems)
    known = [field.name for field in fields(Entry) if field.name != "place"]
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        key, here = str(key_node.value), f"{name}:{_line(key_node)}"
        if key not in known:
            problems.append(Problem(here, f"unknown field {key!r}.", _nearest(key, known)))
        elif key in values:
            problems.append(Problem(here, f"{key!r} stands twice in one entry.", "Keep one."))
        else:
            values[key] = _value(key, value_node, here, problems)
    problems.extend(
        Problem(place, f"the field {key!r} is missing.", "Every entry has every field.")
        for key in known
        if key not in values
    )
    if len(problems) > before:
        return None
    return Entry(place=place, **values)  # type: ignore[arg-type]


def _value(key: str, node: object, here: str, problems: list[Problem]) -> object:
    import yaml

    if key == "identifiers":
        if not isinstance(node, yaml.MappingNode):
            problems.append(Problem(here, "`identifiers` is not a map.", "Write {} when there is none."))
            return {}
        found = {str(k.value): str(v.value) for k, v in node.value}
        problems.extend(
            Problem(here, f"unknown identifier {scheme!r}.", _nearest(scheme, _SCHEMES))
            for scheme in found
            if scheme not in _SCHEMES
        )
        return found
    if key == "unconfirmed":
        if not isinstance(node, yaml.SequenceNode):
            problems.append(Problem(here, "`unconfirmed` is not a list.", "Write [] when there is nothing."))
            return ()
        return tuple(str(item.value).strip() for item in node.value)
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        problems.append(Problem(here, f"{key!r} has no text."))
        return ""
    text = " ".join(node.value.split())
    if key == "number":
        if not text.isdecimal():
            problems.append(Problem(here, f"{text!r} is not a number.", "Write a whole number."))
            return 0
        return int(text)
    if key in _ALLOWED and text not in _ALLOWED[key]:
        problems.append(Problem(here, f"{text!r} is no {key}.", _nearest(text, _ALLOWED[key])))
    return text


def _twice(entries: list[Entry]) -> Iterator[Problem]:
    """Ids and numbers that two entries share."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        for key in (entry.id, str(entry.number)):
            if key in seen:
                yield Problem(
                    entry.place, f"{key!r} is taken by the entry at {seen[key].place}.", "Choose another."
                )
            seen.setdefault(key, entry)


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    close = difflib.get_close_matches(word, known, 1)
    return f"Did you mean {close[0]!r}?" if close else f"Use one of: {', '.join(known)}."


def _line(node: object) -> int:
    return int(node.start_mark.line) + 1  # type: ignore[attr-defined]
