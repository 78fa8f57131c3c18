"""Whether a request is for what the policy covers."""

from __future__ import annotations

from collections.abc import Iterable

from indicated import resources
from indicated.chart.model import Request
from indicated.facts.model import Fact, Status
from indicated.policy.model import Policy
from indicated.vocabulary.codes import read_codes


def outside(policy: Policy, request: Request, facts: Iterable[Fact]) -> str:
    """Why the request is out of the scope of the policy, in a sentence; empty when it is in scope.

    It is out of scope for another procedure, or when the diagnosis codes or the text name another body part and
    neither names the limb of the policy.
    """
    scope = policy.scope
    if request.procedure not in scope.procedures:
        covered = ", ".join(scope.procedures)
        hint = scope.other_procedures.get(request.procedure, "")
        return (
            f"The request is for procedure {request.procedure}; this policy covers {covered}. {hint}".strip()
        )
    by_code = _by_codes(policy, request.diagnoses)
    by_text = _by_text(policy, request, facts)
    if "elsewhere" in (by_code, by_text) and "here" not in (by_code, by_text):
        what = "diagnosis codes of the request name" if by_code == "elsewhere" else "chart names"
        told = f"The {what} another body part than {_limb(scope.limb)}, which is all that this policy covers."
        return f"{told} {_misfit(policy, request)}".strip()
    return ""


def _misfit(policy: Policy, request: Request) -> str:
    """What the procedure is, beside the diagnosis codes that do not fit it."""
    label = policy.scope.labels.get(request.procedure, "")
    codes = [code for code in request.diagnoses if code in policy.scope.elsewhere]
    if not label or not codes:
        return ""
    table = read_codes(resources.VOCABULARY)
    limbs = [coded.limb for code in codes if (coded := table.diagnosis(code)) and coded.limb]
    where = _limb(limbs[0]) if limbs else "elsewhere"
    return f"{request.procedure} is {label}; the diagnosis {codes[0]} is of {where}. One of the two should be corrected."


def _limb(name: str) -> str:
    return f"{'an' if name[:1] in 'uo' else 'a'} {name} limb"


def doubts(policy: Policy, request: Request) -> tuple[str, ...]:
    """Sentences on codes of the request that do not fit the policy or the chart, though it stays in scope."""
    found = []
    if _by_codes(policy, request.diagnoses) == "elsewhere":
        found.append(
            "The diagnosis codes of the request name another body part than the chart; they should be checked."
        )
    elif request.diagnoses and _by_codes(policy, request.diagnoses) == "":
        found.append("None of the diagnosis codes of the request is one that the policy lists.")
    if request.laterality is None:
        found.append("The request does not say which side is to be blocked.")
    return tuple(found)


def _by_codes(policy: Policy, codes: tuple[str, ...]) -> str:
    if any(code in policy.scope.diagnoses for code in codes):
        return "here"
    return "elsewhere" if any(code in policy.scope.elsewhere for code in codes) else ""


def _by_text(policy: Policy, request: Request, facts: Iterable[Fact]) -> str:
    limbs = {
        fact.limb
        for fact in facts
        if fact.word == "CRPS"
        and fact.status is Status.PRESENT
        and fact.limb
        and fact.evidence
        and not all(item.date and item.date > request.date for item in fact.evidence)
    }
    if limbs & set(policy.scope.limb.split(" or ")):
        return "here"
    return "elsewhere" if limbs else ""
