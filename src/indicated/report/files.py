"""Reports are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_report(path: Path, data: bytes) -> None:
    """Write a report so that a half-written file is never seen, whatever happens in between.

    The bytes go to a new file in the same folder, are forced to the disk and then take the name. The file
    may be read by its owner only, unless it replaces one whose permissions were wider. Raises `OSError`.
    """
    path = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            if path.exists():
                os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
