from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indicated.reading.shadow import fold, repair


@given(st.text())
def test_the_shadow_has_the_length_of_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(repair(fold(text), {"cord", "edema"})) == len(text)


def test_scanned_digits_become_letters_only_where_that_gives_a_known_word() -> None:
    assert repair("5pinal c0rd stimuIator".lower(), {"spinal", "cord"}) == "spinal cord stimuiator"
    assert repair("500mg at l3 on 10mg", {"spinal", "cord"}) == "500mg at l3 on 10mg"


def test_scanned_letters_become_digits_in_what_is_otherwise_a_number() -> None:
    assert repair("2l0 m, 29o m, l8o", ()) == "210 m, 290 m, 180"
    assert repair("l45 at 10l, o2, 2l", ()) == "l45 at 10l, o2, 2l"


def test_the_brace_of_a_scanned_check_box_is_mended() -> None:
    assert repair("{x] right { ] left {] both {see below}", ()) == "[x] right [ ] left [] both {see below}"
