"""Standard output carries the result and nothing else; everything else goes to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from indicated.errors import IndicatedError, Problem

if TYPE_CHECKING:
    from rich.progress import TaskID

    from indicated.formats.recognition import Progress

_T = TypeVar("_T")


class UsageError(IndicatedError):
    """The command was called in a way that cannot work."""

    exit_code = 2


def notes(lines: Iterable[str], chart: str = "") -> None:
    """Tell what the reader should know beside the result."""
    for line in lines:
        print(f"note: {f'{chart}: ' if chart else ''}{line}", file=sys.stderr)  # noqa: T201


def put(data: bytes, output: Path | None) -> None:
    """Write a result to a file, whole or not at all, or to standard output."""
    if output is None:
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader has seen enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        return
    from indicated.report import write_report

    try:
        write_report(output, data)
    except OSError as error:
        what = f"the file cannot be written: {error.strerror or 'unknown reason'}."
        raise UsageError(
            [Problem(str(output), what, "Name a file in a folder that you may write to.")]
        ) from None


def width() -> int:
    """The columns of the terminal; 100 when the output goes elsewhere."""
    return max(60, shutil.get_terminal_size((100, 24)).columns) if sys.stdout.isatty() else 100


def color() -> bool:
    """Tell whether colours are wanted: a terminal, and NO_COLOR is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _shows_bars() -> bool:
    return sys.stderr.isatty() and not os.environ.get("CI")


@contextmanager
def recognition() -> Iterator[Progress | None]:
    """Give a function that shows on standard error how many pages are recognised; None where that is no terminal.

    The bar is there from the first page on: most charts have none to recognise.
    """
    if not _shows_bars():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Recognizing {task.description}"), BarColumn(), MofNCompleteColumn())
    from indicated.report.clean import printable

    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def show(name: str, done: int, of: int) -> None:
        bar.start()
        if name not in tasks:
            tasks[name] = bar.add_task(escape(printable(name)), total=of)
        bar.update(tasks[name], completed=done)

    try:
        yield show
    finally:
        bar.stop()


def progress(items: Sequence[_T], what: str) -> Iterator[_T]:
    """Go through items with a bar on standard error, where that is a terminal and there is more than one."""
    if len(items) < 2 or not _shows_bars():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, console=Console(stderr=True), transient=True)
