"""Runs the worker for one file, and ends it when it takes too long. A crash becomes a message."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

import msgspec

from indicated.errors import ChartError, Problem
from indicated.formats.ask import Answer, Ask
from indicated.formats.model import Reading

_ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
_COMMAND = (sys.executable, "-I", "-B", "-m", "indicated.formats.worker")
_ANSWERS = msgspec.msgpack.Decoder(Answer)


def run(ask: Ask, place: str) -> Reading:
    """Read a file in a worker of its own. `place` names the file in messages.

    Raises ChartError when the file cannot be read, takes longer or more than its limits, or breaks the reader.
    """
    process = subprocess.Popen(  # noqa: S603  # our own interpreter, and nothing of the file on its command line
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(msgspec.msgpack.encode(ask), ask.limits.seconds)
    except subprocess.TimeoutExpired:
        what = f"the file was not read within {ask.limits.seconds} seconds."
        raise ChartError([Problem(place, what, "Split it, or print it to a plain PDF.")]) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    try:
        answer = _ANSWERS.decode(out)
    except msgspec.DecodeError:
        what = "the file is damaged, or made to break the program that reads it."
        raise ChartError([Problem(place, what, "Print it to a plain PDF and send that.")]) from None
    if answer.reading is None:
        raise ChartError([Problem(place, answer.what, answer.instead)])
    return answer.reading
