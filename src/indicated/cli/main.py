"""Where the program starts, and where everything that goes wrong is said in one line.

Exit codes say whether it ran, not what it found: 0 ran, 1 a fault of the program, 2 wrong usage, 3 the chart
or the policy could not be read, 4 a check that was asked for failed, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

from indicated.errors import IndicatedError

_DEBUG = "INDICATED_DEBUG"
_ALLOCATIONS = 200_000
"""New objects before Python looks for garbage in rings. We make few rings, and looking at every start costs a tenth of it."""


def main() -> None:
    """Run the command line and leave with an exit code."""
    from indicated.cli.app import app

    gc.set_threshold(_ALLOCATIONS)
    atexit.register(
        gc.freeze
    )  # memory goes back with the process; to look for rings first takes a third of a run
    try:
        app(prog_name="indicated")
    except IndicatedError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # the last resort: nothing of the chart may reach the terminal or a log
        if os.environ.get(_DEBUG) == "1":
            raise
        print(fault(error), file=sys.stderr)  # noqa: T201
        sys.exit(1)


def fault(error: Exception) -> str:
    """Say that the program failed, with a reference that is the same for the same fault.

    The reference is made of the kind of error and the places in our code, never of its message, which may
    quote the chart.
    """
    import hashlib
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f"{os.sep}indicated{os.sep}" in f.filename] or list(frames)
    places = [f"{f.filename.rsplit(f'{os.sep}indicated{os.sep}', 1)[-1]}:{f.lineno}" for f in ours]
    kind = type(error).__name__
    reference = hashlib.sha256("|".join([kind, *places]).encode()).hexdigest()[:8]
    where = places[-1] if places else "an unknown place"
    return (
        f"error: the program failed ({kind} in {where}). Reference {reference}. "
        f"No chart text is in this line. To see more on a chart that may be shown, set {_DEBUG}=1."
    )
