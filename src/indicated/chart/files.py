"""Where the files of a chart lie: in a folder, or in a ZIP archive. Both are read in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from indicated.errors import ChartError, Problem
from indicated.formats.ask import Ask
from indicated.formats.limits import LARGEST_FILE
from indicated.formats.plain_text import too_large
from indicated.formats.sandbox import run


class Files(Protocol):
    """The files of a chart. `name` is what the chart is called when nothing else names it."""

    name: str

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted, without hidden ones."""

    def read(self, name: str, place: str, largest: int = LARGEST_FILE) -> bytes:
        """The bytes of a file. Raises ChartError when it is not there, not inside, or too large."""


class Folder:
    """A folder on the disk. Nothing outside it is ever read, whatever a list or a link says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = root.resolve().name or "."

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted, without hidden ones."""
        inside = self.root.resolve()
        found = (path for path in self.root.rglob("*") if not path.is_dir())
        names = (
            path.relative_to(self.root)
            for path in found
            if path.is_symlink() or path.resolve().is_relative_to(inside)
        )
        return tuple(sorted(n.as_posix() for n in names if not any(part.startswith(".") for part in n.parts)))

    def read(self, name: str, place: str, largest: int = LARGEST_FILE) -> bytes:
        """The bytes of a file. Raises ChartError when it is not there, not inside, or too large."""
        path = PurePosixPath(name)
        outside = Problem(place, "the file lies outside the chart folder.", "Copy it into documents/.")
        if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
            raise ChartError([outside])
        found = self.root / path
        try:
            real = found.resolve(strict=True)
            if not real.is_relative_to(self.root.resolve()):
                raise ChartError([outside])
            if not real.is_file():
                raise ChartError([Problem(place, "this is not a file.", "Name a document.")])
            if real.stat().st_size > largest:
                raise ChartError([too_large(place, largest)])
            return real.read_bytes()
        except FileNotFoundError:
            raise ChartError([_missing(place)]) from None
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "it points to itself"
            raise ChartError([Problem(place, f"the file cannot be read: {reason}.", "Mend it.")]) from None


class Archive:
    """A ZIP archive in memory. A chart packed as one folder is read as that folder."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = PurePosixPath(name).stem
        members: Mapping[str, bytes] = run(Ask("zip", data), name).members
        tops = {PurePosixPath(path).parts[0] for path in members}
        only = next(iter(tops)) if len(tops) == 1 else None
        inside = only and only not in members and only != "documents"
        self.members = {path.removeprefix(f"{only}/") if inside else path: members[path] for path in members}

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted, without hidden ones."""
        return tuple(sorted(self.members))

    def read(self, name: str, place: str, largest: int = LARGEST_FILE) -> bytes:
        """The bytes of a file. Raises ChartError when it is not there or too large."""
        data = self.members.get(str(PurePosixPath(name)))
        if data is None:
            raise ChartError([_missing(place)])
        if len(data) > largest:
            raise ChartError([too_large(place, largest)])
        return data


def _missing(place: str) -> Problem:
    return Problem(place, "the file is not there.", "Add it, or take it off the list.")
