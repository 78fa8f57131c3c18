"""The commands and what their help teaches. Each imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indicated.cli import options

if TYPE_CHECKING:
    from indicated.chart import RequestParts

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
policy_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Medical policies.")
app.add_typer(policy_app, name="policy")
vocabulary_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The language of charts.")
app.add_typer(vocabulary_app, name="vocabulary")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"indicated {version('indicated')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Say whether a procedure is medically necessary, criterion by criterion, with the words of the chart.

    \b
      indicated review charts/pt-104              what the chart shows, and what is missing
      indicated review charts/pt-104 --request    the questions to send to the clinic
      indicated explain charts/pt-104 crps-diagnosis
      indicated review note.txt --procedure 64520 --side right --date 2026-03-10

    A person decides. The program never denies anything.
    """


@app.command()
def review(
    chart: options.Chart,
    policy: options.PolicyPath = None,
    as_of: options.On = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(metavar="FORMAT", help="text, json, md, html, pdf or docx.  [default: text]"),
    ] = None,
    output: options.Output = None,
    letter: Annotated[
        bool, typer.Option("--letter", help="The clinic's letter of medical necessity.")
    ] = False,
    request: Annotated[
        bool, typer.Option("--request", help="The request for information: every open question, once.")
    ] = False,
    procedure: options.Procedure = None,
    side: options.Side = None,
    diagnosis: options.Diagnosis = None,
) -> None:
    """Review a chart against the policy.

    \b
      indicated review charts/pt-104
      indicated review charts/pt-104 -o memo.pdf
      indicated review bundle.json --format json | jq .determination
      indicated review charts/pt-104 --letter -o letter.docx
      cat note.txt | indicated review - --procedure 64520 --side left --date 2026-03-10

    Prints criteria met, more information, clinician review or out of scope. The exit code says only
    whether it ran: 0 ran, 2 wrong usage, 3 the chart or the policy could not be read.
    """
    from indicated.cli.review import review_chart

    parts = _parts(procedure, side, as_of, diagnosis)
    review_chart(chart, parts, policy, format, output, letter=letter, request=request)


@app.command()
def explain(
    chart: options.Chart,
    criterion: Annotated[
        str, typer.Argument(metavar="CRITERION", help="The id of a criterion.", show_default=False)
    ],
    policy: options.PolicyPath = None,
    as_of: options.On = None,
    procedure: options.Procedure = None,
    side: options.Side = None,
    diagnosis: options.Diagnosis = None,
) -> None:
    """Show how one criterion was decided, from the policy's sentence down to the quotes.

    \b
      indicated explain charts/pt-104 crps-diagnosis
      indicated explain bundle.json no-coagulopathy
    """
    from indicated.cli.review import explain_criterion

    explain_criterion(chart, _parts(procedure, side, as_of, diagnosis), policy, criterion)


@app.command()
def facts(
    charts: options.Charts,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text or jsonl.")] = "text",  # noqa: A002
    output: options.Output = None,
    as_of: options.On = None,
    procedure: options.Procedure = None,
    side: options.Side = None,
) -> None:
    """Show what was found in charts, before any policy.

    \b
      indicated facts charts/pt-104
      indicated facts charts/* --format jsonl > facts.jsonl
      indicated facts charts/pt-104 --format jsonl | jq 'select(.word == "CRPS")'
    """
    from indicated.cli.facts import show_facts

    show_facts(charts, _parts(procedure, side, as_of, None), format, output)


@app.command()
def score(
    cases: Annotated[
        list[Path],
        typer.Argument(
            metavar="CASES...", help="Charts with known answers, or folders of them.", show_default=False
        ),
    ],
    policy: options.PolicyPath = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    detail: Annotated[bool, typer.Option("--detail", help="Print every wrong answer.")] = False,
    require: Annotated[
        list[str] | None,
        typer.Option(metavar="FIGURE", help="Leave with 4 unless it holds: unsafe=0, statuses>=0.9 ..."),
    ] = None,
) -> None:
    """Compare with known answers: unsafe answers first.

    \b
      indicated score policies/lumbar-sympathetic-block/cases
      indicated score cases --detail
      indicated score cases --require unsafe=0 --require 'statuses>=0.9'

    A case is a chart whose case.yaml has the expected answer. The answer is read only after the review.
    """
    from indicated.cli.score import score_cases

    score_cases(cases, policy, as_json=json, detail=detail, require=require or [])


@policy_app.command("show")
def policy_show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[POLICY]", help="The id of a policy, a file or a folder.", show_default=False
        ),
    ] = None,
) -> None:
    """Print a policy as it was written, or list all.

    \b
      indicated policy show
      indicated policy show lumbar-sympathetic-block
    """
    from indicated.cli.policy import show_policy

    show_policy(name)


@policy_app.command("test")
def policy_test(
    name: Annotated[
        str,
        typer.Argument(metavar="POLICY", help="The id of a policy, a file or a folder.", show_default=False),
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Judge the cases beside a policy, and see what they hold.

    \b
      indicated policy test lumbar-sympathetic-block

    Tells which cases are not judged as they should be, which lines no case shows met, not met or unknown, and
    which changes of the policy no case would notice. Leaves with 4 when a case fails or a change goes unnoticed.
    """
    from indicated.cli.policy_test import try_cases

    try_cases(name, as_json=json)


@policy_app.command("prove")
def policy_prove(
    name: Annotated[
        str,
        typer.Argument(metavar="POLICY", help="The id of a policy, a file or a folder.", show_default=False),
    ],
    property: Annotated[  # noqa: A002
        list[str] | None, typer.Option(metavar="ID", help="Prove this property only; may be repeated.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write each chart that was found as a case.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Prove what must hold of a policy for every chart, or show a chart for which it does not.

    \b
      indicated policy prove lumbar-sympathetic-block
      indicated policy prove draft/policy.yaml --property not-with-infection --write found

    The properties stand in properties.yaml beside the policy. A chart against one is told only when the program,
    run on it, confirms it. Leaves with 4 when a property is refuted or not decided.
    """
    from indicated.cli.policy_prove import prove_policy

    prove_policy(name, property or [], write, as_json=json)


@policy_app.command("diff")
def policy_diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The policy as it is.", show_default=False)],
    after: Annotated[
        str, typer.Argument(metavar="AFTER", help="The policy as it would be.", show_default=False)
    ],
    write: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write each chart that was found as a case.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what differs between two policies, in words and by the smallest charts that show it.

    \b
      indicated policy diff lumbar-sympathetic-block draft/policy.yaml

    For each direction in which a chart can move there is a smallest chart, or the proof that there is none.
    """
    from indicated.cli.policy_prove import compare_policies

    compare_policies(before, after, write, as_json=json)


@policy_app.command("impact")
def policy_impact(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The policy as it is.", show_default=False)],
    after: Annotated[
        str, typer.Argument(metavar="AFTER", help="The policy as it would be.", show_default=False)
    ],
    charts: options.Charts,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """Replay charts under two policies: who changes, in which direction, and which line is the cause.

    \b
      indicated policy impact lumbar-sympathetic-block draft/policy.yaml charts/*
    """
    from indicated.cli.policy_test import show_impact

    show_impact(before, after, charts, as_json=json)


@vocabulary_app.command("lint")
def vocabulary_lint(
    notes: Annotated[
        Path | None,
        typer.Option("--notes", metavar="FOLDER", help="Count what is found in the .txt notes there."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with 4 for doubled terms too.")] = False,
) -> None:
    """Look over the words by which charts are read.

    \b
      indicated vocabulary lint
      indicated vocabulary lint --notes notes

    Tells of terms that stand twice or in two meanings, terms that others swallow, entries without an example, and
    examples that are read otherwise than they say. With --notes, how often each entry is found; no text of a note is
    printed. Leaves with 4 when an example is misread.
    """
    from indicated.cli.vocabulary import look_over

    look_over(notes, as_json=json, strict=strict)


@app.command()
def doctor() -> None:
    """Check the installation: what is there, what is missing, what is unsafe.

    Leaves with 4 when something is missing that a review needs.
    """
    from indicated.cli.doctor import report

    report()


def _parts(
    procedure: str | None, side: str | None, as_of: str | None, diagnoses: list[str] | None
) -> RequestParts:
    from indicated.chart import RequestParts

    return RequestParts(procedure, side, as_of, tuple(diagnoses or ()))
