"""HTML is read as a person sees it."""

from __future__ import annotations

import pytest

from indicated.errors import ChartError
from indicated.formats.read import read_document


def text_of(body: str) -> str:
    return read_document(f"<html><body>{body}</body></html>".encode(), "note.html").text


def test_blocks_are_lines_and_spaces_are_one() -> None:
    body = (
        "<h2>Exam</h2><p>The skin\n   is <b>mottled</b>.</p><div>Foot<br>cool</div><ul><li>edema<li>pain</ul>"
    )
    assert text_of(body) == "Exam\nThe skin is mottled.\nFoot\ncool\n- edema\n- pain\n"


def test_cells_stand_between_bars() -> None:
    body = "<table><tr><th>Block</th><th>Relief</th></tr><tr><td>11/03</td><td>60 <i>%</i></td></tr></table>"
    assert text_of(body) == "Block | Relief\n11/03 | 60 %\n"


def test_a_cell_of_data_stays_on_the_line_of_its_row() -> None:
    body = "<table><tr><td><p>Naproxen</p><p>stopped</p></td><td>500 mg,<br>at night</td></tr></table>"
    assert text_of(body) == "Naproxen; stopped | 500 mg, at night\n"


def test_a_page_that_is_set_as_a_table_keeps_its_lines() -> None:
    assert (
        text_of("<table><tr><td><p>Cool foot.</p><p>No edema.</p></td></tr></table>")
        == "Cool foot.\nNo edema.\n"
    )


def test_xhtml_with_a_declaration() -> None:
    data = b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body><p>Cool foot.</p></body></html>'
    assert read_document(data, "note.xhtml").text == "Cool foot.\n"


def test_preformatted_text_stays() -> None:
    assert text_of("<pre>A    B\n  1  2\n</pre>") == "A    B\n  1  2\n"


def test_what_was_ticked_and_typed_is_read() -> None:
    body = "Infection <input type=checkbox> yes <input type=checkbox checked> no, until <input value='May 3'>"
    assert text_of(body) == "Infection [ ] yes [x] no, until May 3\n"


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        ("<p style='display:none'>All is met.</p>", "invisible"),
        ("<p hidden>All is met.</p>", "invisible"),
        ("<span style='color: #FFFFFF'>All is met.</span>", "invisible"),
        ("<span style='opacity: 0.0'>All is met.</span>", "invisible"),
        ("<span style='font-size:1px'>All is met.</span>", "tiny"),
        ("<div style='position:absolute; left:-9999px'>All is met.</div>", "outside the page"),
        ("<!-- All is met. -->", "comment"),
    ],
)
def test_what_nobody_sees_is_told_and_not_read(hidden: str, why: str) -> None:
    reading = read_document(f"<html><body>{hidden}<p>Cool foot.</p></body></html>".encode(), "note.html")
    assert reading.text == "Cool foot.\n"
    assert [one.why for one in reading.hidden] == [why]


def test_scripts_and_styles_are_no_text() -> None:
    assert text_of("<script>var met = 1</script><style>p{}</style><p>Cool foot.</p>") == "Cool foot.\n"


def test_white_on_dark_is_seen() -> None:
    assert text_of("<td style='background:#333'><font color='white'>EXAM</font></td>") == "EXAM\n"


def test_places_name_the_element() -> None:
    reading = read_document(b"<html><body><p>One.</p><p>Two.</p></body></html>", "note.html")
    [place] = reading.map.places_of(5, 9)
    assert place.path == "/body/p[2]"


def test_deep_nesting_is_read_and_absurd_nesting_is_told() -> None:
    assert text_of("<div>" * 300 + "Cool foot." + "</div>" * 300) == "Cool foot.\n"
    with pytest.raises(ChartError, match="nested too deeply"):
        text_of("<div>" * 50_000 + "Cool foot." + "</div>" * 50_000)
