"""`indicated policy prove` and `indicated policy diff`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from indicated.cli import output as out
from indicated.cli.policy import policy_file
from indicated.errors import CheckFailed, Problem
from indicated.policy import Policy, read_policy
from indicated.resources import VOCABULARY
from indicated.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from indicated.prove.case import Witness
    from indicated.prove.changes import Change, Difference
    from indicated.prove.prover import Proof

Row = tuple["Proof", float]


def prove_policy(name: str, wanted: Sequence[str], folder: Path | None, *, as_json: bool) -> None:
    """Prove the properties beside a policy and print what became of each. Raises CheckFailed when one does not hold."""
    _need_solver()
    from indicated.prove.properties import read_properties
    from indicated.prove.prover import Prover
    from indicated.prove.sentences import read_sentences

    vocabulary = read_vocabulary(VOCABULARY)
    policy = read_policy(policy_file(name), vocabulary)
    properties = read_properties(policy, vocabulary)
    unknown = [one for one in wanted if one not in [known.id for known in properties]]
    if unknown:
        known = ", ".join(one.id for one in properties)
        raise out.UsageError(
            [Problem(one, "there is no such property.", f"There are: {known}.") for one in unknown]
        )
    chosen = [one for one in properties if not wanted or one.id in wanted]
    prover = Prover(policy, vocabulary, read_sentences(VOCABULARY))
    rows: list[Row] = []
    for one in out.progress(chosen, "Proving"):
        start = time.perf_counter()
        rows.append((prover.prove(one), time.perf_counter() - start))
    written = _write_proofs(rows, folder)
    if as_json:
        out.put(_json(_proofs_json(policy, rows, prover.bounds)), None)
    else:
        out.put(_proofs_text(policy, rows, prover.bounds, written), None)
    failed = [proof for proof, _ in rows if not proof.holds]
    if failed:
        raise CheckFailed(
            Problem(proof.of.place, f"{proof.of.id} is {proof.verdict}.", "Mend the policy or the property.")
            for proof in failed
        )


def compare_policies(before: str, after: str, folder: Path | None, *, as_json: bool) -> None:
    """Print what differs between two policies, in words and by the smallest charts that show it."""
    _need_solver()
    from indicated.prove.changes import difference
    from indicated.prove.sentences import read_sentences

    vocabulary = read_vocabulary(VOCABULARY)
    one, two = (read_policy(policy_file(name), vocabulary) for name in (before, after))
    found = difference(one, two, vocabulary, read_sentences(VOCABULARY))
    for change in found.changes if folder else ():
        if change.witness and folder:
            change.witness.write(folder / _slug(_moved(change)), _moved(change))
    out.put(_json(_difference_json(found)) if as_json else _difference_text(one, two, found), None)


def _need_solver() -> None:
    if find_spec("z3") is None:
        what = "proofs need the solver z3, which is not installed."
        raise out.UsageError([Problem("policy", what, "pip install 'indicated[prove]'")])


def _json(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _write_proofs(rows: Iterable[Row], folder: Path | None) -> list[str]:
    """Write each chart that was found as a case, and name the folders."""
    written: list[str] = []
    for proof, _ in rows if folder else ():
        for name, witness in proof.witnesses:
            place = (folder or Path()) / _slug(f"{proof.of.id} {name}")
            witness.write(place, proof.of.text)
            written.append(str(place))
    return written


def _chart(witness: Witness) -> list[str]:
    rows = [f"    {said}" for said in witness.said]
    rows += [f"    units asked for: {witness.units}"] if witness.units else []
    return rows or ["    a chart that says nothing"]


def _proofs_text(policy: Policy, rows: Sequence[Row], bounds: Sequence[str], written: Sequence[str]) -> bytes:
    held = sum(proof.holds for proof, _ in rows)
    lines = [f"{policy.id} {policy.version}: {held} of {len(rows)} properties hold"]
    for proof, _ in rows:
        lines.append(f"{proof.verdict:13}{proof.of.id}: {proof.of.text}")
        if not proof.holds:
            lines += [f"  {proof.of.place}"] + ([f"  {proof.why}"] if proof.why else [])
            for name, witness in proof.witnesses[-2:]:
                lines += [f"  The chart ({name}), request of {witness.on}:", *_chart(witness)]
    lines += ["Proven for", *(f"  {bound}" for bound in bounds)]
    lines += [f"Written: {place}" for place in written]
    return ("\n".join(lines) + "\n").encode()


def _witness_json(witness: Witness) -> dict[str, Any]:
    said = [{"word": s.word, "value": s.value, "day": s.day, "sentence": s.sentence} for s in witness.said]
    return {"date": witness.on, "units": witness.units or None, "says": said}


def _proofs_json(policy: Policy, rows: Iterable[Row], bounds: Sequence[str]) -> dict[str, Any]:
    return {
        "policy": {"id": policy.id, "version": policy.version, "sha256": policy.sha256},
        "bounds": list(bounds),
        "properties": [
            {
                "id": proof.of.id,
                "text": proof.of.text,
                "place": proof.of.place,
                "verdict": proof.verdict,
                "why": proof.why,
                "seconds": round(seconds, 3),
                "charts": [{"name": name, **_witness_json(one)} for name, one in proof.witnesses],
            }
            for proof, seconds in rows
        ],
    }


def _moved(change: Change) -> str:
    return f"{change.criterion or 'outcome'}: {change.before} becomes {change.after}"


def _difference_text(before: Policy, after: Policy, found: Difference) -> bytes:
    lines = [f"{before.id} {before.version} and {after.id} {after.version}", "In words"]
    lines += [f"  {line}" for line in found.words] or ["  nothing differs"]
    lines.append("For charts")
    for change in found.changes:
        lines.append(f"  {_moved(change)}")
        lines += _chart(change.witness) if change.witness else [f"    not decided: {change.why}"]
    if not found.changes:
        lines.append("  no chart is judged otherwise: proven")
    elif found.same:
        lines.append(f"  the same for every chart: {', '.join(found.same)}")
    return ("\n".join(lines) + "\n").encode()


def _difference_json(found: Difference) -> dict[str, Any]:
    return {
        "words": list(found.words),
        "changes": [
            {
                "criterion": change.criterion or None,
                "before": change.before,
                "after": change.after,
                "chart": _witness_json(change.witness) if change.witness else None,
                "why": change.why,
            }
            for change in found.changes
        ],
        "same": list(found.same),
    }
