"""Proves the properties of a policy: each for every chart, or with a chart that the program confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import z3

from indicated.policy.model import Policy
from indicated.prove.case import Witness
from indicated.prove.leaves import says_more
from indicated.prove.logic import Formula
from indicated.prove.properties import Claim, Property
from indicated.prove.reality import Reality
from indicated.prove.sentences import Sentences
from indicated.prove.session import Found, most_events, open_session, search
from indicated.vocabulary.model import Vocabulary

Verdict = Literal["proven", "shown", "refuted", "not decided"]
PROVEN: Verdict = "proven"
SHOWN: Verdict = "shown"
REFUTED: Verdict = "refuted"
UNDECIDED: Verdict = "not decided"


@dataclass(frozen=True)
class Proof:
    """What became of the property `of`. `witnesses` are the charts that show it or speak against it, each with its name."""

    of: Property
    verdict: Verdict
    why: str
    witnesses: tuple[tuple[str, Witness], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the property was proven, or a chart shows it."""
        return self.verdict in (PROVEN, SHOWN)


class Prover:
    """Proves the properties of one policy."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, sentences: Sentences) -> None:
        self.policy, self.vocabulary, self.sentences = policy, vocabulary, sentences
        self.session = open_session(policy, vocabulary, sentences)

    @property
    def bounds(self) -> tuple[str, ...]:
        """For which charts a proof holds."""
        events = most_events([self.policy], self.vocabulary)
        return (
            "every chart of a request in scope, with every answer to every word that the policy uses, of any day",
            f"at most {events} earlier blocks; at most two numbers of one measure and day; no number below 0",
            f"windows of months and years as they are on {self.session.on}; one side, since both sides are each judged so",
        )

    def prove(self, wanted: Property) -> Proof:
        """Prove a property, or show that it does not hold."""
        if wanted.head == "can be":
            return self._possible(wanted)
        if wanted.head == "more":
            return self._stays(wanted)
        session = self.session
        claims = session.claims(wanted.claims)
        wrong = claims if wanted.head == "never" else z3.Not(claims)
        found = search([session], [wrong, session.condition(wanted.condition)])
        if found.none:
            possible = search([session], [session.condition(wanted.condition)], plainly=False)
            if possible.none:
                return Proof(wanted, UNDECIDED, "No chart is ever as the lines below `while` have it.")
            return Proof(wanted, PROVEN, "")

        def confirmed(real: Sequence[Reality]) -> bool:
            has = any(real[0].has(claim) for claim in wanted.claims)
            return has is (wanted.head == "never") and real[0].holds(wanted.condition)

        return self._against(wanted, found, confirmed, "")

    def _possible(self, wanted: Property) -> Proof:
        shown: list[tuple[str, Witness]] = []
        for claim in wanted.claims:
            goal = [self.session.claim(claim), self.session.condition(wanted.condition)]
            found = search([self.session], goal)
            if found.none:
                return Proof(wanted, REFUTED, f"There is no chart for which it is: {claim}.", tuple(shown))
            real = self._real(found)
            if not real or not (real[0].has(claim) and real[0].holds(wanted.condition)):
                return Proof(wanted, UNDECIDED, _undecided(found, str(claim)), _named(found, str(claim)))
            shown += _named(found, str(claim))
        return Proof(wanted, SHOWN, "", tuple(shown))

    def _stays(self, wanted: Property) -> Proof:
        before = open_session(self.policy, self.vocabulary, self.sentences, "before: ")
        after = open_session(self.policy, self.vocabulary, self.sentences, "after: ")
        more: list[Formula] = [
            *says_more(before.leaves, after.leaves),
            z3.Not(before.encoder.unread),
            z3.Not(after.encoder.unread),
        ]
        for claim in wanted.claims:
            goal = [*more, before.claim(claim), z3.Not(after.claim(claim))]
            found = search([before, after], goal)
            if found.none:
                continue

            def confirmed(real: Sequence[Reality], claim: Claim = claim) -> bool:
                return real[0].has(claim) and not real[1].has(claim)

            return self._against(wanted, found, confirmed, str(claim))
        return Proof(wanted, PROVEN, "")

    def _against(
        self,
        wanted: Property,
        found: Found,
        confirmed: Callable[[Sequence[Reality]], bool],
        of: str,
    ) -> Proof:
        real = self._real(found)
        if real and confirmed(real):
            return Proof(wanted, REFUTED, of and f"It does not stay: {of}.", _named(found, "against"))
        return Proof(wanted, UNDECIDED, _undecided(found, of), _named(found, "against"))

    def _real(self, found: Found) -> list[Reality]:
        return [Reality(one, self.policy, self.vocabulary) for one in found.witnesses]


def _undecided(found: Found, of: str) -> str:
    why = found.why or "the program judges the chart that was found in another way"
    return f"{of}: {why}." if of else f"{why[:1].upper()}{why[1:]}."


def _named(found: Found, name: str) -> tuple[tuple[str, Witness], ...]:
    if len(found.witnesses) == 1:
        return ((name, found.witnesses[0]),)
    names = ("before", "after more is documented")
    return tuple(zip(names, found.witnesses, strict=False))


def prove_all(
    policy: Policy, vocabulary: Vocabulary, sentences: Sentences, properties: Sequence[Property]
) -> tuple[Proof, ...]:
    """Prove all properties of a policy."""
    prover = Prover(policy, vocabulary, sentences)
    return tuple(prover.prove(one) for one in properties)
