from __future__ import annotations

import io
from pathlib import Path

import pytest

from indicated.chart import RequestParts, read_chart
from indicated.errors import ChartError
from indicated.formats.plain_text import LARGEST_DOCUMENT, decode

SAID = RequestParts("64520", "right", "2026-03-10")
NOTE = "Señora – pain 8/10, foot 2 °C cooler\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_are_read(encoding: str) -> None:
    assert decode(NOTE.encode(encoding), "note.txt").text == NOTE


def test_big_endian_with_a_mark() -> None:
    assert decode(b"\xfe\xff" + NOTE.encode("utf-16-be"), "note.txt").text == NOTE


def test_the_last_resort_is_latin_1() -> None:
    assert decode(b"caf\xe9 \x81", "note.txt").unusual == "ISO 8859-1"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty."),
        (b" \r\n", "the file is empty."),
        (b"note\x00", "byte 4 is NUL: the file is binary, not text. Read are UTF-8"),
        (b"\x01\x02\x03abc", "byte 0 and 2 more are control characters"),
        (b"%PDF-1.7 ...", "the file is a PDF, not text."),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"{\\rtf1", "an RTF document"),
        (b"\x89PNG\r\n", "an image"),
        (b"\xef\xbb\xbfok \xff", "byte 6 does not belong to UTF-8"),
        (b"\xff\xfea\x00b", "byte 4 does not belong to UTF-16-LE"),
    ],
)
def test_what_is_not_text_is_refused_by_its_place(data: bytes, message: str) -> None:
    with pytest.raises(ChartError, match=r".") as caught:
        decode(data, "note.txt")
    assert message in str(caught.value)


def test_a_text_file_needs_to_be_told_the_request(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode())
    assert read_chart(path, SAID).documents[0].text == NOTE
    with pytest.raises(ChartError) as caught:
        read_chart(path)
    assert "--procedure 64520" in str(caught.value)
    assert "--date 2026-03-10" in str(caught.value)


def test_standard_input_is_a_text_or_a_bundle() -> None:
    chart = read_chart("-", SAID, stdin=io.BytesIO(NOTE.encode()))
    assert chart.documents[0].name == "stdin"
    with pytest.raises(ChartError, match="no FHIR resource"):
        read_chart("-", SAID, stdin=io.BytesIO(b'{"a": 1}'))
    with pytest.raises(ChartError, match="no standard input"):
        read_chart("-", SAID)


@pytest.mark.parametrize(
    ("written", "side"), [("64520-RT", "right"), ("CPT 64520 LT", "left"), ("64520-50", "bilateral")]
)
def test_a_modifier_tells_the_side(tmp_path: Path, written: str, side: str) -> None:
    (tmp_path / "n.txt").write_text("Seen.")
    assert (
        read_chart(tmp_path / "n.txt", RequestParts(written, None, "2026-03-10")).request.laterality == side
    )
    with pytest.raises(ChartError, match="but the modifier says"):
        read_chart(tmp_path / "n.txt", RequestParts("64520-RT", "left", "2026-03-10"))


def test_a_note_over_the_limit_is_refused_quickly_and_the_limit_named(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"pain 8/10\n" * 5_000_000)
    with pytest.raises(ChartError, match="larger than the limit of 10 MB"):
        read_chart(path, SAID)


def test_a_note_at_the_limit_is_read_whole() -> None:
    data = (b"caf\xe9 " * LARGEST_DOCUMENT)[:LARGEST_DOCUMENT]
    assert len(decode(data, "note.txt").text) == LARGEST_DOCUMENT
