"""Whose page it is: a stray page, twins, father and son, slips of a nurse, and names that are written in many ways."""

import time
from datetime import date

import pytest

from indicated.chart.arrange import Arranged, arrange
from indicated.chart.identity import identity_of
from indicated.chart.model import Document, Request
from indicated.chart.names import likeness, read_name

ON = date(2026, 3, 10)
CONSULT = """HARBORLIGHT PAIN CLINIC
CONSULTATION NOTE                     Date of service: 02/03/2026
Patient: Odette Marchbanks-Ruhl     DOB: 05/17/1981     MRN: HL-204417

CRPS type I of the right foot. Pain 7 of 10 on most days.
"""
STRAY = """HARBORLIGHT PAIN CLINIC
MEDICATION LIST                       Date: 02/04/2026
Patient: Lionel Okpara     DOB: 11/02/1949     MRN: HL-118203

warfarin 5 mg daily
"""


def chart(*texts: str, **extra: str) -> Arranged:
    """Arrange documents of these texts."""
    documents = [Document(f"{number}.txt", text) for number, text in enumerate(texts, 1)]
    return arrange(documents, Request("64520", "right", ON, extra=extra))


def page(name: str, born: str, more: str = "") -> str:
    """A page of the clinic with a name and a birth date."""
    return f"HARBORLIGHT PAIN CLINIC\nFOLLOW UP NOTE      02/20/2026\nPatient: {name}   DOB: {born}  {more}\n\nPain 7.\n"


def test_a_stray_document_of_another_patient_is_set_aside() -> None:
    found = chart(CONSULT, STRAY, page("Odette Marchbanks-Ruhl", "05/17/1981"))
    assert [document.name for document in found.documents] == ["1.txt", "3.txt"]
    [aside] = found.set_aside
    assert (aside.document, aside.doubtful) == ("2.txt", False)
    assert not any("Okpara" in notice for notice in found.notices)


def test_a_stray_page_in_a_fax_is_set_aside_with_what_follows_it() -> None:
    fax = "\f".join([CONSULT, STRAY, "warfarin goes on\n", page("Odette Marchbanks-Ruhl", "05/17/1981")])
    found = chart(fax, patient_name="Odette Marchbanks-Ruhl", birth_date="1981-05-17")
    assert all("warfarin" not in document.text for document in found.documents)
    assert sorted(number for aside in found.set_aside for number in aside.pages) == [2, 3]


def test_twins_are_told_apart_and_the_other_twin_is_doubtful() -> None:
    found = chart(CONSULT, CONSULT, page("Rosalind Marchbanks-Ruhl", "05/17/1981", "MRN: HL-204418"))
    [aside] = found.set_aside
    assert (aside.document, aside.doubtful) == ("3.txt", True)


def test_father_and_son_of_one_name_are_told_apart_by_the_birth_date() -> None:
    son = page("Ambrose Tillery", "04/04/1988")
    found = chart(son, son, page("Ambrose Tillery", "09/30/1957"))
    [aside] = found.set_aside
    assert (aside.document, aside.doubtful) == ("3.txt", True)


@pytest.mark.parametrize("born", ["05/71/1981", "05/17/1918", "05/11/1981", "05/17/1982"])
def test_a_slip_in_the_birth_date_is_reported_and_the_page_used(born: str) -> None:
    found = chart(CONSULT, CONSULT, page("Odette Marchbanks-Ruhl", born))
    assert len(found.documents) == 3
    assert not found.set_aside
    possible = born != "05/71/1981"
    assert bool(found.documents[2].doubts) is possible


@pytest.mark.parametrize(
    "name",
    [
        "MARCHBANKS-RUHL, ODETTE",
        "MARCHBANKS-RUHL,ODETTE J",
        "Marchbanks-Ruhl O.",
        "O. Marchbanks-Ruhl",
        "Mrs. Odette Marchbanks",
        "Odette Ruhl",
        "0dette Marchbanks-Ruh1",
        "Odette J. Marchbanks - Ruhl",
        "Ruhl, Odette",
        "Odettte Marchbanks-Ruhl",
    ],
)
def test_one_name_may_be_written_in_many_ways(name: str) -> None:
    found = chart(CONSULT, CONSULT, page(name, "05/17/1981"))
    assert len(found.documents) == 3
    assert not any(document.doubts for document in found.documents)


def test_a_maiden_name_with_the_birth_date_raises_no_alarm() -> None:
    found = chart(CONSULT, CONSULT, page("Odette Fennimore", "05/17/1981"))
    assert not found.set_aside
    assert not any(document.doubts for document in found.documents)


@pytest.mark.parametrize(
    "line",
    [
        "Emergency contact: Basil Marchbanks   DOB 01/02/1979",
        "Subscriber: Basil Marchbanks    DOB 01/02/1979    Member ID 4455667788",
        "EMERGENCY CONTACT\nName: Basil Marchbanks\nDOB: 01/02/1979",
        "Insured's name: Basil Marchbanks   Insured's date of birth: 01/02/1979",
        "Provider: Hortense Abelard, MD     PCP: Lucan Withers",
        "Husband Basil, born 01/02/1979, drives her.",
        "PT: Prairie Larkspur, three times a week",
        "Patient: comfortable, tolerated it well",
    ],
)
def test_other_people_on_a_page_are_not_the_patient(line: str) -> None:
    found = chart(CONSULT, CONSULT.replace("Pain 7", f"{line}\nPain 7"), f"PHONE NOTE   02/21/2026\n{line}\n")
    assert not found.set_aside
    assert not any(document.doubts for document in found.documents)


def test_the_patient_is_the_one_whom_the_request_names_even_against_most_pages() -> None:
    found = chart(STRAY, STRAY, CONSULT, patient_name="Odette Marchbanks-Ruhl", birth_date="1981-05-17")
    assert [document.name for document in found.documents] == ["3.txt"]


def test_two_patients_named_equally_often_are_both_set_aside_as_doubtful() -> None:
    found = chart(CONSULT, STRAY)
    assert not found.documents
    assert all(aside.doubtful for aside in found.set_aside)


def test_a_page_that_names_nobody_is_used() -> None:
    found = chart(CONSULT, CONSULT, "Pain diary\nMonday 7\n")
    assert len(found.documents) == 3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Roberto Quill", "QUILL, R.", "same"),
        ("Robert Quill", "Bob Quill", "same"),
        ("Katherine Moss", "Moss, Kate", "same"),
        ("Marvin Quill", "Martin Quill", "slip"),
        ("Odette Marchbanks", "Lionel Okpara", "other"),
        ("Odette Marchbanks", "Basil Marchbanks", "relative"),
        ("Odette Marchbanks", "Odette Fennimore", "first"),
    ],
)
def test_likeness_of_names(one: str, other: str, expected: str) -> None:
    first, second = read_name(one), read_name(other)
    assert first
    assert second
    assert likeness(first, second) == expected
    assert likeness(second, first) == expected


def test_what_a_page_says_of_its_patient_is_read_from_labels() -> None:
    found = identity_of(CONSULT, ON)
    assert [name.parts for name in found.names] == [("odette", "marchbanks-ruhl")]
    assert found.births == {date(1981, 5, 17)}
    assert found.numbers == {"hl204417"}


@pytest.mark.parametrize(
    "text",
    [
        "Name: " * 100_000,
        "Patient: A, " * 50_000,
        "DOB: 1/1/1980\n" * 20_000,
        "".join(f"Patient: Ann Sm{i:04}th   DOB 1/{1 + i % 28}/1980\f" for i in range(800)).translate(
            str.maketrans("0123456789", "abcdefghij", "")
        ),
    ],
)
def test_the_work_is_that_of_the_length_of_a_file(text: str) -> None:
    start = time.process_time()
    chart(text)
    assert time.process_time() - start < 10
