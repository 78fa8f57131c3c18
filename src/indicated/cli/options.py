"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CHART = "A folder with request.yaml or case.yaml, a FHIR Bundle, a text file, or - for standard input."

Chart = Annotated[str, typer.Argument(metavar="CHART", help=CHART, show_default=False)]
Charts = Annotated[list[str], typer.Argument(metavar="CHART...", help=CHART, show_default=False)]
PolicyPath = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        "--overlay",
        metavar="P",
        help="A policy or an overlay: its id, file or folder.  [default: the one for the procedure]",
    ),
]
Procedure = Annotated[
    str | None,
    typer.Option(metavar="CPT", help="The requested procedure, where the chart does not say it."),
]
Side = Annotated[
    str | None,
    typer.Option(metavar="SIDE", help="The side to be treated: right, left or bilateral."),
]
On = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        "--date",
        metavar="DATE",
        help="Judge as of this day: nothing later is known.  [default: the request's]",
    ),
]
Diagnosis = Annotated[
    list[str] | None,
    typer.Option(metavar="ICD", help="A diagnosis of the request; may be given several times."),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file; its name tells the format."),
]
