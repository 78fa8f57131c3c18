"""A ZIP archive: its files, if it is an honest one. Nothing is ever written to the disk."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from indicated.formats.ask import Ask, Refused
from indicated.formats.model import Reading

MOST_FILES = 5_000
_NOT_CHART = ("__MACOSX/", ".")
_PIECE = 1 << 20


def read(ask: Ask) -> Reading:
    """Unpack an archive. Raises Refused for a bomb, a password, a path that leads outside, or a broken file."""
    members: dict[str, bytes] = {}
    left = min(ask.limits.expansion, ask.limits.ratio * max(len(ask.data), 1) + 1_000_000)
    try:
        with zipfile.ZipFile(BytesIO(ask.data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise Refused(f"the archive holds more than {MOST_FILES:,} files.", "Split it.")
            for number, entry in enumerate(entries, 1):
                name = _safe(entry, number)
                if name.startswith(_NOT_CHART) or PurePosixPath(name).name.startswith("."):
                    continue
                if name in members:
                    raise Refused(f"entry {number} of the archive has the name of another.", "Pack it anew.")
                members[name] = unfold(archive, entry, left)
                left -= len(members[name])
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused("the archive is damaged.", "Pack it anew.") from error
    return Reading("", "ZIP", members=members)


def _safe(entry: zipfile.ZipInfo, number: int) -> str:
    """The name of an entry, if it leads nowhere else."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if link or path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in entry.filename:
        raise Refused(f"entry {number} of the archive leads outside of it.", "Pack it anew.")
    if entry.flag_bits & 1:
        raise Refused("the archive has a password.", "Send it without one.")
    return str(path)


def unfold(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack one entry piece by piece, so that a false size in its header does no harm."""
    pieces = []
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            most -= len(piece)
            if most < 0:
                raise Refused("the archive unfolds to more than it may.", "Send the files one by one.")
            pieces.append(piece)
    return b"".join(pieces)
