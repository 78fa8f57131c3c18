from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_charts import REQUEST, VISIT, folder

from indicated.chart import RequestParts, read_chart
from indicated.errors import ChartError


def problems(path: Path, parts: RequestParts | None = None) -> str:
    with pytest.raises(ChartError) as caught:
        read_chart(path, parts)
    return str(caught.value)


def test_a_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    chart = read_chart(folder(tmp_path))
    assert chart.name == "meadow-1"
    assert (chart.request.procedure, chart.request.laterality) == ("64520", "right")
    assert chart.request.date == date(2026, 3, 10)
    assert chart.request.diagnoses == ("G90.521",)
    (document,) = chart.documents
    assert document.text == VISIT, "line ends are kept"
    assert (document.name, document.date, document.kind) == (
        "documents/01-visit.txt",
        date(2026, 2, 20),
        "consultation note",
    )
    assert chart.notices == ()


def test_an_unlisted_document_is_read_without_date(tmp_path: Path) -> None:
    chart = read_chart(folder(tmp_path, **{"02-extra": "Therapy goes on."}))
    assert [(d.name, d.date) for d in chart.documents][1] == ("documents/02-extra.txt", None)


def test_request_yaml_and_case_yaml_are_the_same(tmp_path: Path) -> None:
    assert read_chart(folder(tmp_path, name="request.yaml")).request.procedure == "64520"


def test_the_expected_answer_is_not_looked_at(tmp_path: Path) -> None:
    text = REQUEST + "expected: {determination: [this is, not an answer]}\n"
    assert read_chart(folder(tmp_path, text)).name == "meadow-1"


def test_other_parts_of_the_request_are_kept_for_the_letter(tmp_path: Path) -> None:
    text = REQUEST.replace("  laterality", "  units: 1\n  laterality")
    assert read_chart(folder(tmp_path, text)).request.extra == {"units": "1"}


def test_a_document_dated_after_the_request_is_left_out_and_named(tmp_path: Path) -> None:
    chart = read_chart(folder(tmp_path, REQUEST.replace("2026-02-20", "2026-03-11")))
    assert chart.documents == ()
    assert "documents/01-visit.txt: dated after the request and not read." in chart.notices


def test_what_the_caller_says_goes_first(tmp_path: Path) -> None:
    chart = read_chart(folder(tmp_path), RequestParts(laterality="left", date="2026-02-01"))
    assert chart.request.laterality == "left"
    assert chart.documents == (), "nothing after --as-of is known"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"64520"', "lumbar block", "case.yaml:3: the procedure is not a CPT or HCPCS number."),
        (
            "right",
            "starboard",
            "case.yaml:4: the side is not a word that is read. Write right, left or bilateral.",
        ),
        ("2026-03-10", "2026-02-30", "case.yaml:5: the date of the request is not a possible date."),
        ("2026-03-10", "03/10/2026", "case.yaml:5: the date of the request is not a possible date."),
        ("G90.521", "GX", "case.yaml:6: diagnosis 1 has not the shape of an ICD-10-CM code."),
        ("date: 2026-02-20", "date: 2026-02-31", "case.yaml:8: the date is not a possible date."),
        (
            "laterality",
            "lateralty",
            'case.yaml:4: a name is not one that is read. Did you mean "laterality"?',
        ),
        ("[G90.521]", "G90.521", "case.yaml:2: a list is expected but text stands there (diagnoses)."),
        ("file: documents", "fille: documents", 'missing required field "file"'),
        ('procedure: "64520"\n  ', "", "the requested procedure is missing."),
        ("documents/01-visit.txt", "documents/99.txt", "case.yaml:8: the file is not there."),
        ("documents/01-visit.txt", "../01-visit.txt", "case.yaml:8: the file lies outside the chart folder."),
        ("documents/01-visit.txt", "/etc/hostname", "case.yaml:8: the file lies outside the chart folder."),
        ("documents/01-visit.txt", "documents", "case.yaml:8: this is not a file."),
    ],
)
def test_each_mistake_has_its_own_message(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in REQUEST
    assert message in problems(folder(tmp_path, REQUEST.replace(before, after)))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = REQUEST.replace("right", "starboard").replace("2026-03-10", "soon").replace("01-visit", "99")
    found = problems(folder(tmp_path, text))
    assert found.count("\n") == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("request: {procedure: [", "case.yaml:1: the file cannot be read as YAML"),
        ("request:\n  procedure: a\n  procedure: b\n", "case.yaml:3: the same name stands twice"),
        ("request: &r {}\n", "case.yaml:1: an anchor (&name) is used."),
        ("request: *r\n", "case.yaml:1: an alias (*name) is used."),
        ("request: !!python/object:os.system {}\n", "case.yaml:1: a tag (!name) is used."),
        ("request: " + "[" * 30 + "]" * 30, "the nesting is deeper than 20 levels."),
        ("[" * 100_000, "cannot be read as YAML"),
        ("id: a\n---\nid: b\n", "case.yaml:2: a second document begins here."),
        ("a: \x00\n", "byte 3 is NUL"),
        ("a: \x7f\n", "control character"),
        ("just words\n", "the file is not a mapping of names."),
        (" \n", "the file is empty."),
    ],
)
def test_yaml_that_is_not_read(tmp_path: Path, text: str, message: str) -> None:
    assert message in problems(folder(tmp_path, text))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    chart = folder(tmp_path)
    outside = tmp_path / "other.txt"
    outside.write_text("Another patient.")
    (chart / "documents" / "02-link.txt").symlink_to(outside)
    assert "documents/02-link.txt: the file lies outside the chart folder." in problems(chart)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    chart = folder(tmp_path)
    (chart / "documents" / "02-loop.txt").symlink_to(chart / "documents" / "02-loop.txt")
    assert "documents/02-loop.txt: the file cannot be read" in problems(chart)


def test_a_missing_folder_and_an_empty_one(tmp_path: Path) -> None:
    assert "there is no such chart." in problems(tmp_path / "nowhere")
    assert "the folder holds no chart." in problems(tmp_path)


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    assert "case.yaml:8: the file is empty." in problems(folder(tmp_path, **{"01-visit": "  \n"}))


def test_a_document_listed_twice(tmp_path: Path) -> None:
    again = "- {file: documents/01-visit.txt}\n"
    assert "case.yaml:9: the same document is listed twice." in problems(folder(tmp_path, REQUEST + again))


def test_no_text_of_the_chart_is_in_an_error(tmp_path: Path) -> None:
    text = (
        REQUEST.replace("right", "Zanzibar Quill")
        .replace('"64520"', "Zanzibar")
        .replace("G90.521", "Zanzibar")
    )
    assert "Zanzibar" not in problems(folder(tmp_path, text))
