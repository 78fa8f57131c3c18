from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.reading.segments import segments


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in segments(text)]


def test_a_hard_wrapped_sentence_stays_whole() -> None:
    assert pieces("The foot is cold and\nblue. It sweats.") == ["The foot is cold and\nblue.", "It sweats."]


def test_abbreviations_and_list_numbers_do_not_end_a_sentence() -> None:
    assert pieces("Seen by Dr. Amber today. Stable.") == ["Seen by Dr. Amber today.", "Stable."]
    assert pieces("1. CRPS of the foot") == ["1. CRPS of the foot"]


def test_rows_of_a_table_stand_alone() -> None:
    assert pieces("date      relief   days\n1/2/25    60 %     4") == [
        "date      relief   days",
        "1/2/25    60 %     4",
    ]


def test_fields_side_by_side_are_two_statements() -> None:
    found = segments("FH: father had clots.   SH: no tobacco.")
    assert [s.label for s in found] == ["fh", "sh"]


def test_a_question_over_two_lines_keeps_its_answer() -> None:
    text = "Q1  Any fever, cough, sore throat or skin\n    trouble this month?          A1  NONE"
    assert pieces(text) == [text]


def test_headings_hold_until_the_next() -> None:
    found = segments("FAMILY HISTORY:\nMother with gout.\n\nEXAM:\nFoot cool.")
    assert [(s.heading, s.start) for s in found] == [("family history", 16), ("exam", 41)]


def test_a_word_before_a_colon_in_running_text_is_no_label() -> None:
    found = segments("Bone scan showed delayed\nuptake of the foot. MRI: no fracture.")
    assert all(s.label == "" for s in found)


@given(st.text(alphabet=string.ascii_letters + string.digits + " \n\t.:;,|-*[]()?!%", max_size=400))
def test_segments_never_overlap_and_lose_no_character_but_headings(text: str) -> None:
    found = segments(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= s.start < s.end <= len(text) for s in found)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (
            "Have you had PT [X] yes [ ] no surgery [ ] yes [X] no",
            ["Have you had PT [X] yes [ ] no", "surgery [ ] yes [X] no"],
        ),
        ("Fever yes [ ] no [x], wounds yes [ ] no [x]", ["Fever yes [ ] no [x]", "wounds yes [ ] no [x]"]),
        ("PT ☑ yes ☐ no, explain: two years ago", ["PT ☑ yes ☐ no, explain: two years ago"]),
    ],
)
def test_each_question_of_a_crowded_form_stands_alone(line: str, pieces: list[str]) -> None:
    assert [line[s.start : s.end] for s in segments(line)] == pieces
