"""The worker: reads one foreign file from its standard input, and then is gone.

It has no network, writes no file, and takes no more memory and processor time than it is given. Whatever a file
does to a parser, it does it here. It is run by `sandbox.run`, as `python -m indicated.formats.worker`.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from importlib import import_module
from typing import Any

import msgspec

from indicated.formats.ask import Answer, Ask, Refused

READERS = {
    "pdf": "indicated.formats.pdf",
    "image": "indicated.formats.image",
    "page": "indicated.formats.page_picture",
    "ocr": "indicated.formats.ocr",
    "docx": "indicated.formats.docx",
    "rtf": "indicated.formats.rtf",
    "html": "indicated.formats.html",
    "cda": "indicated.formats.cda",
    "narrative": "indicated.formats.narrative",
    "zip": "indicated.formats.archive",
}
"""The module of each reader; its `read(ask)` gives a `Reading` or raises `Refused`."""

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg")


def main() -> None:
    """Read the question, answer it, and leave."""
    ask = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Ask)
    confine(ask)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(ask)))


def answer(ask: Ask) -> Answer:
    """Let the reader read. What a parser raises becomes a sentence; the words of the file never do."""
    try:
        reading = import_module(READERS[ask.reader]).read(ask)
    except Refused as refusal:
        return Answer(None, refusal.what, refusal.instead)
    except (MemoryError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        what = "the file is nested too deeply." if deep else "the file needs more memory than it may take."
        return Answer(None, what, "Print it to a plain PDF, or send its text as a .txt file.")
    if len(reading.text) > ask.limits.text:
        return Answer(None, f"the file holds more than {ask.limits.text:,} characters.", "Split it.")
    return Answer(reading)


def confine(ask: Ask) -> None:
    """Give up the network, files and everything beyond the limits."""
    cpu = ask.limits.seconds + 5
    for kind, most in (
        (resource.RLIMIT_AS, ask.limits.memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, wanted))
    cut_off()
    sys.addaudithook(_refuse_network)


def cut_off() -> bool:
    """Move to a network of its own that leads nowhere; False where the system does not allow it."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    return unshare is not None and unshare(_NEW_USER | _NEW_NETWORK) == 0


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise Refused("reading the file asked for the network, which is never given.")


if __name__ == "__main__":
    main()
