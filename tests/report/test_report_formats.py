"""Every report in every format: whole, safe, the same each time."""

from __future__ import annotations

import builtins
import io
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise, product
from typing import Any

import docx
import pypdfium2
import pytest
from fiction import CHART, NOT_MET, determination, with_status

from indicated.chart.model import Chart, Document
from indicated.determine.model import Change, Determination, Outcome
from indicated.determine.reading_log import reading_log
from indicated.facts.model import Evidence
from indicated.report import FORMATS, KINDS, ReportError, build_memo, render
from indicated.report.ledger import cite
from indicated.report.pieces import _own_text, abbreviations, compared
from indicated.report.words import ABBREVIATIONS

PAIRS = [(f, k) for f, k in product(FORMATS, KINDS) if f != "json" or k == "review"]
SLOW = {"pdf"}


def text_of(data: bytes, format_: str) -> str:
    """All text of a report, without white space, which breaks differently in each format."""
    if format_ == "pdf":
        pdf = pypdfium2.PdfDocument(data)
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    elif format_ == "docx":
        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        paragraphs = [*document.paragraphs, *document.sections[0].header.paragraphs]
        text = " ".join([*(paragraph.text for paragraph in paragraphs), *cells])
    elif format_ == "html":
        collector = Page()
        collector.feed(data.decode())
        text = " ".join(collector.text)
    elif format_ == "md":
        text = (
            re.sub(r"\\(.)", r"\1", data.decode())
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
        )
    else:
        text = data.decode()
    return "".join(text.replace("\ufffe", "").split())


class Page(HTMLParser):
    """Tags, ids and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.text.append(data)


@pytest.fixture(scope="module")
def reports() -> dict[tuple[str, str], bytes]:
    return {(f, k): render(determination(), CHART, f, k) for f, k in PAIRS}  # type: ignore[arg-type]


@pytest.mark.parametrize(("format_", "kind"), PAIRS)
def test_the_same_determination_gives_the_same_report(
    reports: dict[tuple[str, str], bytes], format_: str, kind: Any
) -> None:
    again = render(determination(), CHART, format_, kind)
    if format_ == "pdf":  # the fonts in it may carry the time at which they were cut
        assert text_of(again, format_) == text_of(reports[format_, kind], format_)
    else:
        assert again == reports[format_, kind]


@pytest.mark.parametrize("format_", ["text", "md", "html", "pdf", "docx"])
def test_the_review_says_the_same_in_every_format(
    reports: dict[tuple[str, str], bytes], format_: str
) -> None:
    text = text_of(reports[format_, "review"], format_)
    for words in (
        "More information needed",
        "Cannot tell: Drugs that thin the blood are stopped in time. The chart says two things",
        "Budapest clinical criteria are fulfilled",
        "The right foot is 2.1 °C cooler than the left",
        "because of <b>burning</b> pain",
        "These statements do not go together",
        "Takes clopidogrel",
        "How many days did each earlier block help?",
        "at least 14 days",
        "not documented",
        "cannot be compared",
        "Observation/inr-1" if format_ != "text" else "bundle.json",
        "Then: criteria met",
        "chart fiction-01",
    ):
        assert "".join(words.split()) in text, words


@pytest.mark.parametrize("format_", ["md", "html", "pdf", "docx"])
def test_the_full_memo_has_every_section(reports: dict[tuple[str, str], bytes], format_: str) -> None:
    text = text_of(reports[format_, "review"], format_)
    for words in (
        "Indications and their evidence",
        "Position in the treatment algorithm",
        "Pitfalls",
        "Documentation check",
        "What would change the conclusion",
        "Pictures and handwriting were not read.",
        "10.1136/rapm-2019-100418",
        "No convincing benefit of the blocks over placebo",
        "documents/04-medications.txt",
        "1.0.0, in force from 2026-01-01",
        "abababab",
        "complex regional pain syndrome",
    ):
        assert "".join(words.split()) in text, words


@pytest.mark.parametrize("kind", KINDS)
def test_no_report_names_a_refusal_as_an_outcome(kind: Any) -> None:
    for outcome in Outcome:
        memo = build_memo(cite(replace(determination(), outcome=outcome)), kind)
        assert not [
            text for text in _own_text(memo) if re.search(r"\bden(y|ied|ies|ial)", text, re.IGNORECASE)
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_abbreviation_is_left_unexplained(kind: Any) -> None:
    memo = build_memo(cite(determination()), kind)
    shown = " ".join(
        text for part in memo.parts for section in part.sections for text in _own_text(section.blocks)
    )
    citations = " ".join(source.citation for source in cite(determination()).sources)
    found = set(re.findall(r"\b[A-Z][A-Z0-9-]+\b", shown)) - set(
        re.findall(r"\b[A-Z][A-Z0-9-]+\b", citations)
    )
    names = {"L2", "L3", "CRPS", "NO", "RT", "G90"}
    assert found - set(ABBREVIATIONS) - names == set()
    explained = {row[0] for part in memo.parts for s in part.sections if s.id == "abbreviations"
                 for block in s.blocks for row in block.rows}  # type: ignore[union-attr]  # fmt: skip
    assert abbreviations(memo.parts[-1].sections)
    assert "CPT" in explained


def test_the_page_is_accessible(reports: dict[tuple[str, str], bytes]) -> None:
    for kind in KINDS:
        page = Page()
        page.feed(reports["html", kind].decode())
        names = [tag for tag, _ in page.tags]
        assert "script" not in names
        assert names.count("main") == 1
        assert dict(page.tags)["html"]["lang"] == "en"
        levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        targets = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
        assert {str(target)[1:] for target in targets} <= set(ids)
        for _, attrs in page.tags:
            assert set((attrs.get("aria-labelledby") or "").split()) <= set(ids)
        assert names.count("caption") == names.count("table")
        assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
        assert not [
            attrs for _, attrs in page.tags if "src" in attrs or str(attrs.get("href", "#"))[0] != "#"
        ]


def test_the_chart_has_a_title_a_description_and_a_table_beside_it(
    reports: dict[tuple[str, str], bytes],
) -> None:
    html = reports["html", "review"].decode()
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "2026-01-26, right, L2: at least 14 days" in svg
    assert "2026-01-26 against 2026-01-05: longer" in svg
    assert svg.count("stroke-dasharray") == 1
    assert svg.count("<path") == 1
    assert "Compared with the one before" in html[html.index("</svg>") :]


def hostile(text: str) -> tuple[Determination, Chart]:
    """A determination whose only quote, kind and reason are this text."""
    document = Document("documents/x.txt", text)
    before = determination()
    piece = Evidence(document.name, 0, len(text), text, kind=text)
    first = replace(before.criteria[0], evidence=(piece,), lines=())
    return (
        replace(before, criteria=(first, *before.criteria[1:]), reason=text),
        replace(CHART, documents=(*CHART.documents, document)),
    )


EVIL = "<script>alert(1)</script> [red]x[/red] [a](javascript:b) **c** | d \x1b[31m\x07\u202e` {{ 7*7 }} <img src=http://e>\x00"


@pytest.mark.parametrize("format_", [f for f in FORMATS if f != "json"])
@pytest.mark.parametrize("kind", KINDS)
def test_text_of_a_chart_stays_text(format_: str, kind: Any) -> None:
    data = render(*hostile(EVIL), format_, kind)
    if format_ in ("pdf", "docx"):
        text_of(data, format_)
        return
    text = data.decode()
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x00" not in text
    if format_ != "text":
        assert "<script" not in text
        assert "<img" not in text
    if format_ == "md":
        assert "[a](" not in text
        assert "\\|" in text or kind == "request"
    if format_ == "html" and kind != "request":
        assert "{{ 7*7 }}" in text


def test_color_is_printed_only_when_asked_for_and_yields_to_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert b"\x1b[" in render(determination(), CHART, "text", color=True)
    assert b"\x1b[" not in render(determination(), CHART, "text")
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b[" not in render(determination(), CHART, "text", color=True)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_the_terminal_width_is_kept(width: int) -> None:
    for line in render(determination(), CHART, "text", width=width).decode().splitlines():
        assert len(line) <= width


def test_signs_are_plain_where_the_terminal_is() -> None:
    text = render(determination(), CHART, "text", encoding="ascii").decode("ascii")
    assert "+ met" in text
    assert "x not met" in render(
        with_status("no-coagulopathy", NOT_MET, Outcome.CLINICIAN_REVIEW),
        CHART,
        "text",
        encoding="ascii",
    ).decode("ascii")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_prints(outcome: Outcome) -> None:
    criteria = () if outcome is Outcome.OUT_OF_SCOPE else determination().criteria
    bare = replace(determination(), outcome=outcome, criteria=criteria, questions=(), series=(), changes=())
    for format_, kind in PAIRS:
        if format_ not in SLOW:
            assert render(bare, CHART, format_, kind)  # type: ignore[arg-type]


def test_pdf_says_what_to_install_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(ReportError, match=r"indicated\[pdf\].*Debian package `weasyprint`"):
        render(determination(), CHART, "pdf")


def test_pdf_fetches_nothing() -> None:
    from indicated.report.pdf import _refuse

    with pytest.raises(ValueError, match="fetches nothing"):
        _refuse("https://example.org/x.png")


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(ReportError, match="Did you mean 'html'"):
        render(determination(), CHART, "htm")
    with pytest.raises(ReportError, match="letter has no JSON form"):
        render(determination(), CHART, "json", "letter")


def test_heavy_libraries_are_loaded_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = ("jinja2", "weasyprint", "docx", "rich", "orjson")
    for name in [name for name in sys.modules if name.partition(".")[0] == "indicated"]:
        monkeypatch.delitem(sys.modules, name)
    loaded: list[str] = []
    real = builtins.__import__

    def watch(name: str, *rest: Any, **more: Any) -> Any:
        loaded.append(name.partition(".")[0])
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", watch)
    __import__("indicated.report")
    assert not set(loaded) & set(heavy)


def test_lower_bounds_are_compared_only_where_they_decide() -> None:
    first, second, third = determination().series
    assert compared(second, third).endswith("longer")
    assert compared(first, second).endswith("cannot be compared")
    assert compared(third, second).endswith("shorter")
    assert compared(third, replace(second, relief_days=20)).endswith("cannot be compared")
    assert compared(third, replace(third, relief_days=10)).endswith("cannot be compared")
    assert compared(second, second).endswith("equally long")


def test_changes_that_differ_in_one_fact_are_said_as_one() -> None:
    met = [Change(("a", "b", last), Outcome.CRITERIA_MET) for last in ("c", "d")]
    away = [Change((fact,), Outcome.CLINICIAN_REVIEW) for fact in ("not a", "not b")]
    other = [Change(("p", "q"), Outcome.MORE_INFORMATION), Change(("r", "s"), Outcome.MORE_INFORMATION)]
    found = replace(determination(), changes=(*met, *away, *other))
    text = text_of(render(found, CHART, "md"), "md")
    for words in (
        "“a”; “b”; and one of “c”, “d”. Then: criteria met.",
        "One of “not a”, “not b”. Then: for a clinician to decide.",
        "“p”; “q”. Then:",
        "“r”; “s”. Then:",
    ):
        assert "".join(words.split()) in text


def test_what_was_not_read_is_said_even_on_the_terminal() -> None:
    chart = replace(CHART, notices=("scan.pdf: no text could be read.",))
    found = replace(determination(), reading=reading_log(chart))
    for format_ in ("text", "html"):
        assert b"scan.pdf: no text could be read." in render(found, chart, format_)
