"""The tables of drugs and codes do not contradict themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicated.errors import PolicyError
from indicated.resources import VOCABULARY
from indicated.vocabulary.codes import read_codes
from indicated.vocabulary.drugs import read_drugs

HEAD = "families: []\nskin forms: []\ndrugs:\n"


def drugs(tmp_path: Path, text: str) -> str:
    (tmp_path / "drugs.yaml").write_text(HEAD + text)
    with pytest.raises(PolicyError) as caught:
        read_drugs(tmp_path)
    return str(caught.value)


def test_the_tables_that_come_with_the_program_are_sound() -> None:
    assert len(read_drugs(VOCABULARY).drugs) > 100
    assert read_codes(VOCABULARY).prefixes


def test_a_number_for_two_drugs(tmp_path: Path) -> None:
    text = '- {drug: a, RxNorm: "1"}\n- {drug: b, RxNorm: "1", confirmed: "no"}\n'
    assert "RxNorm 1 stands for a and b." in drugs(tmp_path, text)


def test_a_name_for_two_drugs(tmp_path: Path) -> None:
    assert '"brand x" names both a and b.' in drugs(
        tmp_path, "- {drug: a, written: [Brand X]}\n- {drug: b, written: [brand x]}\n"
    )


def test_a_class_that_is_not_known(tmp_path: Path) -> None:
    assert "a has a class that is not known." in drugs(tmp_path, "- {drug: a, analgesic: herb}\n")


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        read_drugs(tmp_path)
    with pytest.raises(PolicyError, match="cannot be read"):
        read_codes(tmp_path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Eliquis and baby aspirin", ["apixaban", "aspirin"]),
        ("ASA 81", ["aspirin"]),
        ("asa class 3", []),
        ("Tylenol #3", ["codeine"]),
        ("Voltaren gel, Voltaren", ["diclofenac gel", "diclofenac"]),
        ("no blood thinners", ["blood thinner"]),
    ],
)
def test_names_in_text(text: str, names: list[str]) -> None:
    assert [drug.name for drug in read_drugs(VOCABULARY).named(text)] == names
