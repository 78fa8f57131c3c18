"""A chart in a ZIP archive is the chart in the folder; an archive that is no honest one is refused."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from indicated.chart import read_chart
from indicated.errors import ChartError
from indicated.formats.ask import Ask
from indicated.formats.limits import Limits
from indicated.formats.sandbox import run

ROOT = Path(__file__).parents[2]
CHART = ROOT / "docs" / "examples" / "incomplete-chart"


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("top", ["", "pt-104/"])
def test_a_chart_in_an_archive_is_the_chart_in_the_folder(tmp_path: Path, top: str) -> None:
    names = [path for path in CHART.rglob("*") if path.is_file()]
    path = tmp_path / "incomplete-chart.zip"
    path.write_bytes(packed({top + n.relative_to(CHART).as_posix(): n.read_bytes() for n in names}))
    assert read_chart(path) == read_chart(CHART)


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "c:/x.txt"])
def test_a_path_that_leads_outside_is_refused(name: str) -> None:
    with pytest.raises(ChartError, match="leads outside"):
        run(Ask("zip", packed({name: b"text"})), "chart.zip")


def test_a_link_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("notes.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ChartError, match="leads outside"):
        run(Ask("zip", out.getvalue()), "chart.zip")


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ChartError, match="unfolds to more"):
        run(Ask("zip", packed({"a.txt": b"\0" * 50_000_000})), "chart.zip")


def test_a_file_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ChartError, match="within 0 seconds"):
        run(Ask("zip", packed({"a.txt": b"text"}), Limits(seconds=0)), "chart.zip")


def test_a_broken_archive_is_told() -> None:
    data = packed({"a.txt": b"text " * 1000})
    with pytest.raises(ChartError, match="damaged"):
        run(Ask("zip", data[:-30]), "chart.zip")
