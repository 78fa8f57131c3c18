"""A report is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indicated.report import write_report


def test_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "memo.html"
    write_report(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == ["memo.html"]


def test_it_replaces_and_keeps_the_permissions(tmp_path: Path) -> None:
    path = tmp_path / "memo.html"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_report(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "memo.html"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="no space"):
        write_report(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["memo.html"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_report(tmp_path / "nowhere" / "memo.html", b"new")
