"""Pages that were recognised before, kept in the user's cache by the hash of their picture.

Recognition takes more than a second a page; a fax that was broken off goes on where it stopped, and one that is sent
twice is read once. The kept pages are text of charts: only their owner can read them, the newest 5,000 are kept,
and `INDICATED_PAGE_CACHE=off` keeps none.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from indicated.formats.model import Reading

SETTING = "INDICATED_PAGE_CACHE"
VERSION = b"1"
"""Changes whenever the same picture would give other words."""

MOST_PAGES = 5_000
_READINGS = msgspec.msgpack.Decoder(Reading)


def folder() -> Path | None:
    """Where pages are kept; None when they are not to be kept."""
    if os.environ.get(SETTING, "").lower() in {"off", "0", "no"}:
        return None
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "indicated" / "pages"


def key_of(picture: bytes) -> str:
    """Name a page by its picture."""
    return hashlib.sha256(VERSION + picture).hexdigest()


def kept(key: str) -> Reading | None:
    """The reading of a page that was recognised before, if it is still there and whole."""
    where = folder()
    if where is None:
        return None
    try:
        return _READINGS.decode((where / key).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def keep(key: str, reading: Reading) -> None:
    """Keep a page. A full or read-only disk is no reason to stop: the page is then recognised again."""
    where = folder()
    if where is None:
        return
    with suppress(OSError):
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = where / f".{key}.{os.getpid()}"
        part.touch(mode=0o600)
        part.write_bytes(msgspec.msgpack.encode(reading))
        part.replace(where / key)
        _forget_oldest(where)


def _forget_oldest(where: Path) -> None:
    pages = list(where.iterdir())
    if len(pages) > MOST_PAGES:
        pages.sort(key=lambda page: page.stat().st_mtime)
        for page in pages[: len(pages) - MOST_PAGES]:
            page.unlink(missing_ok=True)
