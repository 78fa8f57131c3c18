"""`indicated policy test` and `indicated policy impact`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from indicated.authoring.cases import Case, case_folders, read_cases
from indicated.authoring.impact import Replay, directions, replay
from indicated.authoring.mutants import Mutant
from indicated.authoring.trial import Trial, try_policy
from indicated.chart import RequestParts
from indicated.cli import output as out
from indicated.cli.judge import open_chart
from indicated.cli.policy import policy_file
from indicated.errors import CheckFailed, Problem
from indicated.facts import find_facts
from indicated.policy import read_policy
from indicated.resources import VOCABULARY
from indicated.vocabulary import read_vocabulary


def try_cases(name: str, *, as_json: bool) -> None:
    """Put a policy to the test and print how it stood it. Raises CheckFailed when it did not."""
    vocabulary = read_vocabulary(VOCABULARY)
    policy = read_policy(policy_file(name), vocabulary)
    folders = case_folders(policy)
    cases = list(read_cases(out.progress(folders, "Reading cases")))
    trial = try_policy(policy, vocabulary, cases, lambda mutants: out.progress(mutants, "Trying mutants"))
    text = (
        orjson.dumps(_trial_json(trial), option=orjson.OPT_INDENT_2) + b"\n"
        if as_json
        else _trial_text(trial)
    )
    out.put(text, None)
    if not trial.passed:
        what = f"{len(trial.failed)} cases are not judged as they should be, {len(trial.survivors)} mutants survive."
        raise CheckFailed([Problem(policy.id, what, "Mend the policy, or add a case that shows the line.")])


def _trial_text(trial: Trial) -> bytes:
    policy = trial.policy
    lines = [f"{policy.id} {policy.version}"]
    lines.append(
        f"Cases      {len(trial.scores) - len(trial.failed)} of {len(trial.scores)} as they should be"
    )
    for score in trial.failed:
        wrong = [f"{a.criterion} {a.said}, should be {a.right}" for a in score.answers if not a.agrees]
        outcome = (
            f"{score.said or score.failure}, should be {score.right}" if score.said is not score.right else ""
        )
        lines.append(f"  {score.case}: " + "; ".join(filter(None, (outcome, *wrong))))
    gaps = [seen for seen in trial.seen if seen.never]
    lines.append(
        f"Lines      {len(trial.seen) - len(gaps)} of {len(trial.seen)} seen met, not met and unknown"
    )
    lines += [
        f"  {policy.path.name}:{seen.line} {seen.criterion}, {seen.text} Never {', '.join(seen.never)}."
        for seen in gaps
    ]
    killed = trial.mutants - len(trial.survivors)
    lines.append(f"Mutants    {killed} of {trial.mutants} noticed by a case")
    lines += [
        f"  {_place(mutant, policy.path.name)} {mutant.what}. {_wanted(mutant)}" for mutant in trial.survivors
    ]
    return ("\n".join(lines) + "\n").encode()


def _place(mutant: Mutant, file: str) -> str:
    return f"{file}:{mutant.line} {mutant.criterion}," if mutant.criterion else "choices:"


def _wanted(mutant: Mutant) -> str:
    if mutant.dropped:
        return "Add a case in which this criterion alone decides."
    return "Add a case that differs in this alone."


def _trial_json(trial: Trial) -> dict[str, Any]:
    return {
        "policy": {"id": trial.policy.id, "version": trial.policy.version, "sha256": trial.policy.sha256},
        "passed": trial.passed,
        "cases": [
            {
                "case": s.case,
                "right": s.right,
                "said": s.said,
                "wrong": [asdict(a) for a in s.answers if not a.agrees],
            }
            for s in trial.scores
        ],
        "lines": [
            {"criterion": s.criterion, "line": s.line, "text": s.text, "never": list(s.never)}
            for s in trial.seen
        ],
        "mutants": trial.mutants,
        "survivors": [{"criterion": m.criterion, "line": m.line, "what": m.what} for m in trial.survivors],
    }


def show_impact(before: str, after: str, charts: list[str], *, as_json: bool) -> None:
    """Replay charts under two policies and print who changes, in which direction, and by which line."""
    vocabulary = read_vocabulary(VOCABULARY)
    one, two = (read_policy(policy_file(name), vocabulary) for name in (before, after))
    replays = list(replay(one, two, vocabulary, _charts(charts)))
    if as_json:
        data = [
            {
                "chart": r.chart,
                "before": r.before,
                "after": r.after,
                "changes": [asdict(c) for c in r.changes],
            }
            for r in replays
        ]
        out.put(orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n", None)
    else:
        out.put(_impact_text(replays), None)


def _charts(names: list[str]) -> Iterator[Case]:
    """The charts that were named, and those inside folders of charts."""
    paths: list[str] = []
    for name in names:
        inside = sorted(
            str(p.parent) for kind in ("case.yaml", "request.yaml") for p in Path(name).glob(f"*/{kind}")
        )
        paths += inside or [name]
    for path in out.progress(list(dict.fromkeys(paths)), "Replaying charts"):
        chart = open_chart(path, RequestParts())
        yield Case(chart.name, chart, find_facts(chart))


def _impact_text(replays: list[Replay]) -> bytes:
    changed = [one for one in replays if one.changes]
    moved = directions(replays)
    lines = [
        f"{len(replays)} charts: {sum(moved.values())} get another outcome, {len(changed)} another status"
    ]
    lines += [f"  {count} from {before} to {after}" for (before, after), count in moved.most_common()]
    causes = Counter((c.criterion, c.before, c.after, c.cause) for one in changed for c in one.changes)
    if causes:
        lines.append("Causes")
    for (criterion, before, after, cause), count in causes.most_common():
        lines.append(f"  {count} {criterion}: {before} to {after}, by {cause}")
    if changed:
        lines.append("Charts")
    for one in changed:
        outcome = (
            f"{one.before} to {one.after}" if one.before is not one.after else f"{one.before}, as before"
        )
        lines.append(f"  {one.chart}: {outcome} ({', '.join(c.criterion for c in one.changes)})")
    return ("\n".join(lines) + "\n").encode()
