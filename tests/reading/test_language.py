from __future__ import annotations

from pathlib import Path

import pytest

from indicated.errors import PolicyError
from indicated.reading.language import language_entries, read_language


def write(folder: Path, text: str, name: str = "words.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_terms_may_stand_between_commas(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "language",
        "- word: edema\n  present: |\n    swollen, puffy\\, boggy,\n    2+ (pitting|)\n",
    )
    assert language_entries(folder)[0]["present"] == ["swollen", "puffy, boggy", "2+ (pitting|)"]


def test_every_problem_is_told_at_once_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write(tmp_path / "language", "- word: edema\n  present: [ab*, (open]\n- terms: [x]\n")
    with pytest.raises(PolicyError) as caught:
        read_language(folder)
    told = str(caught.value)
    assert len(caught.value.problems) == 3
    assert "'present' of 'edema'" in told
    assert "words.yaml" in told


def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write(tmp_path / "language", "- word: edema\n  present: [a, b\n- word: x\n")
    with pytest.raises(PolicyError, match=r"words\.yaml:\d+: this is not YAML"):
        read_language(folder)


def test_few_compiled_vocabularies_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for word in ("red", "blue", "pale", "dusky", "white", "gray"):
        read_language.cache_clear()
        read_language(write(tmp_path / "language", f"- word: edema\n  present: [swollen and {word}]\n"))
    assert len(list((tmp_path / "cache" / "indicated").glob("language-*.bin"))) == 3
    read_language.cache_clear()
