"""The wheel holds everything that a review needs, and nothing that only tests need."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from indicated.determine.determine import ENGINE

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["policies", "vocabulary", "evidence"])
def test_the_data_is_shipped(folder: str, shipped: set[str]) -> None:
    files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert files
    missing = [p for p in files if f"indicated/data/{p.relative_to(ROOT).as_posix()}" not in shipped]
    assert not missing


def test_the_code_is_shipped_with_its_templates_schema_and_types(shipped: set[str]) -> None:
    source = ROOT / "src"
    files = [p for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {".py", ".j2", ".css", ".json", ".typed"} <= {p.suffix for p in files}
    assert [p for p in files if p.relative_to(source).as_posix() not in shipped] == []
    assert "indicated/py.typed" in shipped


def test_the_licence_is_shipped_and_no_test_is(shipped: set[str]) -> None:
    version = PROJECT["project"]["version"]
    assert f"indicated-{version}.dist-info/licenses/LICENSE" in shipped
    assert not [name for name in shipped if name.startswith("tests/") or "/tests/" in name]


def test_the_engine_tells_the_version_of_the_package() -> None:
    assert PROJECT["project"]["version"] == ENGINE
