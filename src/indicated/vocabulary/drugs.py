"""The drugs that a policy asks about: their names, their classes and their RxNorm ingredients.

Data in `vocabulary/drugs.yaml`. The readers of coded entries and of notes use the same table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from indicated.errors import PolicyError, Problem
from indicated.vocabulary.codes import words

Antithrombotic = Literal[
    "anticoagulant", "antiplatelet", "antiplatelet (aspirin)", "antiplatelet (weak)", "fibrinolytic"
]
Analgesic = Literal[
    "nsaid", "acetaminophen", "gabapentinoid", "antidepressant", "opioid", "topical", "steroid"
]


@dataclass(frozen=True)
class Drug:
    """A drug, or a family of drugs when `family` is true ("blood thinners").

    `name` is the generic name; `written` its brands and other names as they are usually printed;
    `rxnorm` the number of the ingredient, None when nobody has confirmed it; `on_skin` the drug that it is
    when it is applied to the skin ("diclofenac gel").
    """

    name: str
    antithrombotic: Antithrombotic | None = None
    analgesic: Analgesic | None = None
    local_anesthetic: bool = False
    written: tuple[str, ...] = ()
    rxnorm: str | None = None
    family: bool = False
    on_skin: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it; a family has no name of its own but these."""
        return self.written if self.family else (self.name, *self.written)


@dataclass(frozen=True)
class Drugs:
    """The table. `by_name` has each name as lower-case words, `by_rxnorm` the confirmed ingredients.

    `exact` holds the abbreviations that count only in capitals, with the words in which they stand.
    """

    drugs: tuple[Drug, ...]
    by_name: Mapping[tuple[str, ...], Drug]
    by_rxnorm: Mapping[str, Drug]
    exact: frozenset[tuple[str, ...]]
    skin_forms: frozenset[str]

    def as_applied(self, drug: Drug, text: str) -> Drug:
        """Give the form for the skin when the text says patch, gel, cream ..., else the drug itself."""
        if drug.on_skin and not self.skin_forms.isdisjoint(words(text)):
            return self.by_name[words(drug.on_skin)]
        return drug

    def named(self, text: str, *, any_case: bool = False) -> Iterator[Drug]:
        """Yield the drugs that a text names, in order; the longest name at a place wins.

        A short abbreviation ("ASA") needs its capitals, unless the text is known to be a drug (`any_case`).
        """
        found = words(text)
        as_written = set(text.replace(",", " ").replace(";", " ").split())
        place = 0
        while place < len(found):
            for length in range(min(_LONGEST, len(found) - place), 0, -1):
                key = found[place : place + length]
                capitals = any_case or key not in self.exact or key[0].upper() in as_written
                if key in self.by_name and capitals:
                    yield self.by_name[key]
                    place += length - 1
                    break
            place += 1


_LONGEST = 5


@lru_cache(maxsize=4)
def read_drugs(folder: Path) -> Drugs:
    """Read `drugs.yaml` of a vocabulary folder.

    Raises PolicyError when the file cannot be read, a name or a number stands twice, or a class is not known.
    """
    path = folder / "drugs.yaml"
    try:
        data: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # text only
    except (OSError, yaml.YAMLError):
        raise PolicyError([Problem(str(path), "the table of drugs cannot be read.", "Restore it.")]) from None
    drugs = tuple(
        [_drug(row, row["drug"], family=False) for row in data["drugs"]]
        + [_drug(row, row["family"], family=True) for row in data["families"]]
    )
    problems: list[Problem] = []
    by_name: dict[tuple[str, ...], Drug] = {}
    for drug in drugs:
        if drug.antithrombotic not in (None, *get_args(Antithrombotic)) or drug.analgesic not in (
            None,
            *get_args(Analgesic),
        ):
            problems.append(Problem(str(path), f"{drug.name} has a class that is not known."))
        for name in dict.fromkeys(map(words, drug.names)):
            if name in by_name:
                what = f'"{" ".join(name)}" names both {by_name[name].name} and {drug.name}.'
                problems.append(Problem(str(path), what, "Keep it in one of them."))
            by_name[name] = drug
    every: dict[str, str] = {}
    for row in data["drugs"]:
        if number := row.get("RxNorm"):
            if number in every:
                what = f"RxNorm {number} stands for {every[number]} and {row['drug']}."
                problems.append(Problem(str(path), what, "Look it up in RxNorm."))
            every[number] = row["drug"]
    by_rxnorm = {drug.rxnorm: drug for drug in drugs if drug.rxnorm}
    if problems:
        raise PolicyError(problems)
    exact = frozenset(words(n) for d in drugs for n in d.names if n.isupper() and len(n) <= _ABBREVIATION)
    return Drugs(drugs, by_name, by_rxnorm, exact, frozenset(data["skin forms"]))


_ABBREVIATION = 4


def _drug(row: Mapping[str, Any], name: str, *, family: bool) -> Drug:
    return Drug(
        name=name,
        antithrombotic=row.get("antithrombotic"),
        analgesic=row.get("analgesic"),
        local_anesthetic=row.get("local anesthetic") == "yes",
        written=tuple(row.get("written", ())),
        rxnorm=row.get("RxNorm") if row.get("confirmed", "yes") == "yes" else None,
        family=family,
        on_skin=row.get("on skin"),
    )
