"""The reading log stands in every report, and quotes lead to their page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docx import Document as WordFile
from fiction import CHART, determination

from indicated import report
from indicated.chart.model import Bundle, Chart, Document, SetAside
from indicated.determine import Determination, determine
from indicated.determine.model import ReadingLog
from indicated.determine.reading_log import reading_log
from indicated.facts import find_facts
from indicated.formats.model import Hidden, Page, Place, SourceMap
from indicated.report import render
from indicated.report.places import lines_of
from indicated.report.reading import summary
from small_facts import policy, request, vocabulary

NOTE = "CRPS of the right foot. The skin is mottled.\n"
LIST = "Current medications: ibuprofen.\n"
FAX = Document(
    "fax.pdf#pages 1-3",
    NOTE + LIST,
    date(2026, 2, 3),
    "consultation note",
    how="PDF, 1 pages by OCR",
    map=SourceMap(
        (
            Page(1, 0, len(NOTE), 612, 792),
            Page(2, len(NOTE), len(NOTE) + len(LIST), 612, 792, how="OCR", confidence=0.93),
            Page(3, len(NOTE) + len(LIST), len(NOTE) + len(LIST), problem="the page is black"),
        ),
        (
            Place(0, 10, 1, (72, 72, 120, 84)),
            Place(10, len(NOTE) - 1, 1, (122, 72.5, 300, 84)),
            Place(len(NOTE), len(NOTE) + len(LIST) - 1, 2, (72, 72, 200, 84), confidence=0.93),
        ),
    ),
    hidden=(Hidden("invisible", 40, page=2), Hidden("invisible", 12, page=2), Hidden("comment", 9)),
    dated_by="service",
)
DIARY = Document("diary.txt", "Monday 7\n")
MIXED = Chart(
    "mixed",
    request(),
    (FAX, DIARY),
    (Bundle("bundle.json", ()),),
    ("diary.txt: not UTF-8; read as Windows-1252.",),
    (SetAside("fax.pdf", (4,), "another patient is named", doubtful=True),),
)
TELLING = (
    (
        "Read: 2 documents, 1 file of coded data, 3 pages, 2026-02-03; 1 page could not be read;"
        " 1 page set aside."
    ),
    "fax.pdf#pages 1-3: page 3 could not be read: the page is black.",
    "fax.pdf#pages 1-3: 2 passages on page 2 cannot be seen on the page and were not used.",
    "fax.pdf#pages 1-3: 1 passage is a comment and was not used.",
    "diary.txt: no date was found.",
    "diary.txt: not UTF-8; read as Windows-1252.",
)


def judged() -> Determination:
    """The determination of the mixed chart."""
    return determine(policy(), vocabulary(), MIXED, find_facts(MIXED))


def words(format_: str) -> str:
    """The text of a report, with single spaces."""
    data = render(judged(), MIXED, format_, width=300)
    if format_ == "docx":
        file = WordFile(io.BytesIO(data))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return " ".join(" ".join([*(p.text for p in file.paragraphs), *cells]).split())
    return " ".join(data.decode().replace("\\", "").split())


@pytest.mark.parametrize("format_", ["text", "md", "html", "docx"])
def test_every_report_tells_what_was_not_read(format_: str) -> None:
    text = words(format_)
    for sentence in TELLING:
        assert sentence in text


@pytest.mark.parametrize("format_", ["md", "html", "docx"])
def test_the_full_reports_have_a_row_for_each_document(format_: str) -> None:
    text = words(format_)
    for piece in ("2026-02-03 (day of service on the page)", "PDF, 1 of 2 pages by OCR, 93% sure", "1-3"):
        assert piece in text


def test_a_plain_chart_takes_one_line_of_the_terminal() -> None:
    text = render(determination(), CHART, "text").decode()
    _, _, after = text.partition("What was read\n")
    assert after.splitlines()[0] == "Read: 4 documents, 1 file of coded data, 2026-02-09 to 2026-02-25."
    assert not after.splitlines()[1].startswith("-")


def test_quotes_name_their_page_in_words_and_in_data() -> None:
    assert "fax.pdf#pages 1-3, p. 1" in words("text")
    data: dict[str, Any] = json.loads(render(judged(), MIXED, "json"))
    schema = json.loads((Path(report.__file__).parent / "schema" / "determination-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    [skin] = [c for c in data["criteria"] if c["id"] == "sympathetic-dysfunction"]
    assert (skin["evidence"][0]["page"], skin["evidence"][0]["boxes"]) == (1, [[122, 72.5, 300, 84]])


def test_the_log_as_data() -> None:
    data = json.loads(render(judged(), MIXED, "json"))["reading"]
    fax = next(one for one in data["documents"] if one["document"] == "fax.pdf#pages 1-3")
    assert fax["unreadable"] == [{"page": 3, "why": "the page is black"}]
    assert fax["hidden"] == [
        {"page": None, "why": "comment", "count": 1},
        {"page": 2, "why": "invisible", "count": 2},
    ]
    assert (fax["confidence"], fax["pages"], fax["dated_by"]) == (0.93, [1, 2, 3], "service")
    assert data["set_aside"][0]["pages"] == [4]


def test_the_request_for_information_asks_for_unread_pages_again() -> None:
    text = " ".join(render(judged(), MIXED, "text", "request").decode().split())
    assert "fax.pdf#pages 1-3, page 3: the page is black." in text
    assert "fax.pdf, page 4: another patient is named." in text


def test_a_path_stands_for_files_without_pages() -> None:
    place = Place(0, len(NOTE), path="table 1, row 2")
    chart = replace(MIXED, documents=(replace(FAX, name="a.docx", map=SourceMap((), (place,))),))
    data = json.loads(render(determine(policy(), vocabulary(), chart, find_facts(chart)), chart, "json"))
    [skin] = [c for c in data["criteria"] if c["id"] == "sympathetic-dysfunction"]
    assert skin["evidence"][0]["path"] == "table 1, row 2"
    assert "page" not in skin["evidence"][0]


def test_boxes_side_by_side_are_one_line() -> None:
    boxes = [(10.0, 10.0, 20.0, 20.0), (21.0, 11.0, 40.0, 20.0), (10.0, 24.0, 30.0, 34.0)]
    assert lines_of(boxes) == [[10, 10, 40, 20], [10, 24, 30, 34]]


def test_nothing_read_is_said() -> None:
    assert summary(ReadingLog()) == "Read: 0 documents."
    assert reading_log(Chart("empty", request())).documents == ()
