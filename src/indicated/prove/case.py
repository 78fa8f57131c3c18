"""A chart that the solver found, written down as a case: a folder that the program runs on like on any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml
import z3

from indicated import resources
from indicated.chart.folder import REQUEST_FILES
from indicated.evaluate.rules.diagnosis import side_by_codes
from indicated.policy.model import Policy
from indicated.prove.answers import Candidate
from indicated.prove.leaves import MORE, Leaf, Leaves, sentence_word, split
from indicated.prove.logic import Formula
from indicated.prove.sentences import NUMBER, Sentences
from indicated.vocabulary.codes import read_codes

SIDE = "right"
QUANTITY = "number of blocks asked for"


@dataclass(frozen=True)
class Said:
    """One answer of a chart: a word of an event, its value, the day and the sentence that says it."""

    word: str
    value: str
    day: date
    sentence: str

    def __str__(self) -> str:
        return f"{self.word}: {self.value}, {self.day}"


@dataclass(frozen=True)
class Witness:
    """A chart in words: the request, and what each of its documents says."""

    policy: Policy
    on: date
    said: tuple[Said, ...]
    units: str = ""

    def write(self, folder: Path, title: str) -> None:
        """Write the case into a folder, which is made where it is missing."""
        (folder / "documents").mkdir(parents=True, exist_ok=True)
        documents = []
        for day in sorted({said.day for said in self.said}):
            name = f"documents/{day}.txt"
            sentences = dict.fromkeys(said.sentence for said in self.said if said.day == day)
            (folder / name).write_text("\n\n".join(filter(None, sentences)) + "\n", encoding="utf-8")
            documents.append({"file": name, "date": str(day), "kind": "progress note"})
        request: dict[str, object] = {
            "procedure": self.policy.scope.procedures[0],
            "laterality": SIDE,
            "date": str(self.on),
        }
        if code := _code(self.policy):
            request["diagnoses"] = [code]
        if self.units:
            request["units"] = self.units
        content = {"id": folder.name, "title": title, "request": request, "documents": documents}
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        (folder / REQUEST_FILES[1]).write_text(text, encoding="utf-8")


def limb_of(policy: Policy) -> str:
    """The limb of a chart that is written down: that of the policy, the first of several."""
    return policy.scope.limb.split(" or ")[0]


def _code(policy: Policy) -> str:
    """A diagnosis code of the policy for the limb and the side."""
    table, limb = read_codes(resources.VOCABULARY), limb_of(policy)
    for code in policy.scope.diagnoses:
        found = table.diagnosis(code)
        if found and found.limb == limb and side_by_codes((code,)) == SIDE:
            return code
    return ""


def witness(model: z3.ModelRef, policy: Policy, on: date, leaves: Leaves) -> Witness:
    """What the solver found, in words."""
    said, units = [], ""
    for leaf in leaves:
        for one in () if leaf.implied else leaf.answer.candidates:
            if not holds(model, one.here):
                continue
            value = _value(model, one)
            if leaf.word == QUANTITY:
                units = value
            else:
                said.append(_said(model, leaf, one, value, policy, on, leaves))
    return Witness(policy, on, tuple(sorted(said, key=lambda one: (one.day, one.word))), units)


def holds(model: z3.ModelRef, formula: Formula) -> bool:
    """Whether a formula holds in a model."""
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def _value(model: z3.ModelRef, one: Candidate) -> str:
    if one.number is None:
        return one.value
    number = model.eval(one.number, model_completion=True)
    return f"{number.numerator_as_long() / number.denominator_as_long():g}"


def day_of(model: z3.ModelRef, one: Candidate, on: date) -> date:
    """The day of an answer."""
    return on - timedelta(days=model.eval(one.time.age, model_completion=True).as_long())


def _said(
    model: z3.ModelRef,
    leaf: Leaf,
    one: Candidate,
    value: str,
    policy: Policy,
    on: date,
    leaves: Leaves,
) -> Said:
    word, drug = split(leaf.word)
    drug = leaves.sentences.drugs.get(drug, drug)
    names: Mapping[str, str] = leaves.sentences.names[limb_of(policy)]
    event = ""
    if leaf.event and leaf.event[1] and (done := leaves.of(leaf.event[0], leaf.event)):
        event = str(day_of(model, done.answer.candidates[0], on))
    key = one.value if one.number is None else (MORE if holds(model, one.at_least) else NUMBER)
    sentence = leaves.sentences.of(word, key)
    text = sentence.text if sentence else ""
    fields = {**names, "number": value, "date": event, "drug": drug, "Drug": drug.capitalize()}
    more = " or more" if key == MORE else ""
    of = f" of the block of {event}" if event and leaf.event and leaf.word != leaf.event[0] else ""
    return Said(f"{leaf.word}{of}", f"{value}{more}", day_of(model, one, on), text.format(**fields))


def missing(sentences: Sentences, leaves: Iterable[Leaf]) -> Sequence[str]:
    """The words for which there is no sentence at all, so that no chart can say anything to them."""
    return sorted({leaf.word for leaf in leaves if sentence_word(leaf.word) not in sentences.by_word})
