"""RTF, as word processors and old record systems write it. Runs in the worker."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from indicated.formats.ask import Ask, Refused
from indicated.formats.model import Reading
from indicated.formats.rtf_sight import without_unseen


def read(ask: Ask) -> Reading:
    """Read an RTF document. Text that is hidden, white or tiny is told and not read. Raises Refused."""
    source = ask.data.decode("latin-1")
    if source.count("{") - source.count("}") > 64:
        raise Refused("the RTF document is cut off.", "Save it again.")
    seen, hidden = without_unseen(source)
    try:
        text = rtf_to_text(seen, errors="replace")
    except (ValueError, LookupError, UnicodeError, OverflowError) as error:
        raise Refused("the RTF document is damaged.", "Save it again.") from error
    if not text.strip():
        raise Refused("the RTF document holds no text.")
    lines = (line.rstrip().removesuffix("|").rstrip().replace("|", " | ") for line in text.split("\n"))
    return Reading("\n".join(lines) + "\n", "RTF", hidden=hidden)
