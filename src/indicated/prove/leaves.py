"""The unknowns of a chart: what it answers to each word that is read from notes and not made from others.

Two sets of conditions bind them. `always` holds for the answers of every chart, and proofs rest on nothing else.
`plain` picks charts that can be written down: one sentence for each answer, each with a day, none against another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import z3

from indicated.prove.answers import Answer, Candidate
from indicated.prove.logic import FALSE, Formula, Term, Time
from indicated.prove.sentences import NUMBER, Sentences

OTHER = "another value"
"""A value that is not in the vocabulary, where the text of a chart is taken as it stands."""
MORE = "number or more"
LATEST, LONGEST = 1, 4000
USUAL_AGE = 10
"""The days before the request on which a chart that is written down may have its documents."""


_OF_DRUG = ("taking", "days without", "going on with")
"""How unknowns begin that are said of one drug."""


def split(word: str) -> tuple[str, str]:
    """An unknown that is said of a drug, without the drug, and the drug."""
    for start in _OF_DRUG:
        if word.startswith(f"{start} "):
            return start, word.removeprefix(f"{start} ")
    return word, ""


def sentence_word(word: str) -> str:
    """The word under which the sentences of an unknown stand."""
    return split(word)[0]


@dataclass(frozen=True)
class Leaf:
    """One unknown of a chart: the answer to `word`, of one event if `event` has its number.

    One that is `implied` by others is not said by a sentence of its own.
    """

    word: str
    answer: Answer
    event: tuple[str, int] | None = None
    implied: bool = False

    @property
    def known(self) -> Formula:
        """Whether the chart says anything to it."""
        return self.answer.known


class Leaves:
    """All unknowns of one chart, each made once."""

    def __init__(self, name: str, sentences: Sentences) -> None:
        self.name = name
        self.sentences = sentences
        self.always: list[Formula] = []
        self.plain: list[Formula] = []
        self._leaves: dict[tuple[str, tuple[str, int] | None], Leaf] = {}
        self._formulas: dict[str, Formula] = {}
        self._following: dict[str, Formula] = {}
        self._times: dict[str, Time] = {}

    def __iter__(self) -> Iterator[Leaf]:
        return iter(self._leaves.values())

    def of(self, word: str, event: tuple[str, int] | None = None) -> Leaf | None:
        """The unknown of a word, if one was made."""
        return self._leaves.get((word, event))

    def values(
        self, word: str, values: Sequence[str], event: tuple[str, int] | None = None, *, implied: bool = False
    ) -> Answer:
        """The answer to a word that has values. One that is `implied` by others needs no sentence of its own."""
        if (word, event) in self._leaves:
            return self._leaves[word, event].answer
        found = Answer(tuple(self._candidate(word, value, event) for value in values))
        self._plain(word, found, implied)
        self._leaves[word, event] = Leaf(word, found, event, implied)
        return found

    def number(
        self,
        word: str,
        event: tuple[str, int] | None = None,
        *,
        signed: bool = False,
        implied: bool = False,
    ) -> Answer:
        """The answer to a measure: up to two numbers, each perhaps a lower bound."""
        if (word, event) in self._leaves:
            return self._leaves[word, event].answer
        found = Answer(tuple(self._number(word, which, event, signed=signed) for which in ("", "second ")))
        first, second = found.candidates
        self.always.append(z3.Implies(z3.And(first.here, second.here), first.number != second.number))
        self.always.append(z3.Implies(second.here, first.here))
        self._plain(word, found, implied)
        self._leaves[word, event] = Leaf(word, found, event, implied)
        return found

    def says(self, word: str, value: str = "yes") -> Formula:
        """Whether the chart says one thing, of which nothing else is asked."""
        return self.values(word, (value,)).has(value)

    def hidden(self, name: str, *, follows: bool = False) -> Formula:
        """Something on which an answer may depend and that no word tells. A chart that is written down has none.

        What `follows` from answers may change when a chart says more.
        """
        kept = self._following if follows else self._formulas
        if name not in kept:
            kept[name] = z3.Bool(f"{self.name}{name}")
        return kept[name]

    def all_hidden(self) -> tuple[tuple[str, Formula], ...]:
        """All that no word tells and that does not follow from answers."""
        return tuple(self._formulas.items())

    def time(self, name: str) -> Time:
        """A day of which nothing is known."""
        if name not in self._times:
            self._times[name] = Time(z3.Bool(f"{self.name}{name}?"), z3.Int(f"{self.name}{name}@"))
        return self._times[name]

    def besides(self) -> list[Formula]:
        """What sentences say besides the value for which they stand, and that events are told of after them."""
        found = []
        for leaf in self:
            done = self.of(leaf.event[0], leaf.event) if leaf.event else None
            if done and done is not leaf:
                (event,) = done.answer.candidates
                found += [
                    z3.Implies(one.here, z3.And(event.here, one.time.age < event.time.age))
                    for one in leaf.answer.candidates
                ]
            for one in leaf.answer.candidates:
                key = one.value if one.number is None else NUMBER
                sentence = self.sentences.of(sentence_word(leaf.word), key)
                for word, value in (sentence.also if sentence else {}).items():
                    other = self.of(word)
                    for part in other.answer.candidates if other else ():
                        says = z3.And(part.here, part.time.age <= one.time.age)
                        found += [z3.Implies(one.here, says)] if part.value == value else []
        return found

    def _name(self, word: str, value: str, event: tuple[str, int] | None) -> str:
        of = f" of {event[0]} {event[1]}" if event else ""
        return f"{self.name}{word}{of}: {value}"

    def _candidate(self, word: str, value: str, event: tuple[str, int] | None) -> Candidate:
        name = self._name(word, value, event)
        time = Time(z3.Bool(f"{name}?"), z3.Int(f"{name}@"))
        return Candidate(z3.Bool(name), time, time, value)

    def _number(self, word: str, which: str, event: tuple[str, int] | None, *, signed: bool) -> Candidate:
        name = self._name(word, f"{which}number", event)
        time = Time(z3.Bool(f"{name}?"), z3.Int(f"{name}@"))
        number, more = z3.Real(f"{name}#"), z3.Bool(f"{name}+")
        if not signed:
            self.always.append(number >= 0)
        return Candidate(z3.Bool(name), time, time, number=number, at_least=more)

    def _plain(self, word: str, answer: Answer, implied: bool) -> None:
        """What holds in a chart that is written down: one value, that there is a sentence for, on a day of its own."""
        here = [one.here for one in answer.candidates]
        if len(here) > 1:
            self.plain.append(z3.AtMost(*here, 1))
        for one in answer.candidates:
            age = one.time.age
            parts = [one.time.dated, age >= LATEST, age <= LONGEST]
            parts += [] if implied else [self._said(word, one)]
            self.plain.append(z3.Implies(one.here, z3.And(*parts)))

    def _said(self, word: str, one: Candidate) -> Formula:
        if one.number is None:
            return z3.BoolVal(self.sentences.of(sentence_word(word), one.value) is not None)
        exact, more = (self._in_range(word, value, one.number) for value in (NUMBER, MORE))
        return z3.If(one.at_least, more, exact)

    def _in_range(self, word: str, value: str, number: Term) -> Formula:
        sentence = self.sentences.of(sentence_word(word), value)
        if sentence is None:
            return FALSE
        steps = z3.IsInt(number * z3.RealVal(str(1 / Fraction(str(sentence.step)))))
        return z3.And(number >= sentence.lowest, number <= sentence.highest, steps)


def says_more(before: Leaves, after: Leaves) -> list[Formula]:
    """That a second chart answers all that a first one answers, in the same way, and perhaps more.

    The events are the same in both, nothing is left open that was not, and all pages could be read.
    """
    found = [formula == after.hidden(name) for name, formula in before.all_hidden()]
    for leaf in before:
        other = after.of(leaf.word, leaf.event)
        if other is None:
            continue
        pairs = list(zip(leaf.answer.candidates, other.answer.candidates, strict=True))
        same_all = [same(one, two) for one, two in pairs]
        is_event = leaf.event is not None and leaf.event[0] == leaf.word
        found += same_all if is_event else [z3.Implies(leaf.known, z3.And(*same_all))]
    return found


def same(one: Candidate, two: Candidate) -> Formula:
    """Whether two candidates are given alike: both or neither, with one number, on one day."""
    parts = [one.here == two.here, one.time.dated == two.time.dated, one.time.age == two.time.age]
    if one.number is not None and two.number is not None:
        parts += [one.number == two.number, one.at_least == two.at_least]
    return z3.And(*parts)
