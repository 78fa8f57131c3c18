"""Before a report leaves, every quote is read again from its document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fiction import CHART, CONSULT, INR, determination, says

from indicated.chart.model import Chart, Document
from indicated.determine.model import Determination, Line
from indicated.facts.model import Evidence, Fact, Status
from indicated.report import FORMATS, QuoteMismatch, render, verify_quotes
from indicated.report.verify import evidence_in


def changed(text: str) -> Chart:
    """The chart with another text in its first document."""
    return replace(CHART, documents=(replace(CONSULT, text=text), *CHART.documents[1:]))


def test_true_quotes_pass() -> None:
    verify_quotes(determination(), CHART)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_leaves_with_a_wrong_quote(format_: str) -> None:
    with pytest.raises(QuoteMismatch):
        render(determination(), changed("x" + CONSULT.text), format_)


def test_the_error_names_document_and_span_and_never_text() -> None:
    with pytest.raises(QuoteMismatch) as caught:
        verify_quotes(determination(), changed("An entirely other note. " * 40))
    message = str(caught.value)
    assert "documents/01-pain-consult.txt, characters 87 to 127" in message
    assert "Budapest" not in message
    assert "entirely" not in message
    assert caught.value.exit_code == 4


def wrong(piece: Evidence) -> Determination:
    before = determination()
    return replace(before, criteria=(replace(before.criteria[0], evidence=(piece,)), *before.criteria[1:]))


@pytest.mark.parametrize(
    "piece",
    [
        Evidence("documents/09-nowhere.txt", 0, 3, "abc"),
        Evidence(CONSULT.name, 0, 0, ""),
        Evidence(CONSULT.name, 5, 2, "x"),
        Evidence(CONSULT.name, -4, -1, CONSULT.text[-4:-1]),
        Evidence(CONSULT.name, 0, len(CONSULT.text) + 5, CONSULT.text),
        replace(INR, resource="Observation/inr-2"),
        replace(INR, document="other.json"),
    ],
)
def test_every_way_of_being_wrong_is_found(piece: Evidence) -> None:
    with pytest.raises(QuoteMismatch):
        verify_quotes(wrong(piece), CHART)


def test_evidence_is_found_wherever_it_hangs() -> None:
    deep = Evidence("documents/99.txt", 1, 2, "d")
    fact = Fact("edema", Status.PRESENT, (deep,))
    before = determination()
    nested = Line(
        "a", before.criteria[0].status, lines=(Line("b", before.criteria[0].status, facts=(fact,)),)
    )
    after = replace(before, criteria=(replace(before.criteria[0], lines=(nested,)),))
    assert deep in set(evidence_in(after))
    with pytest.raises(QuoteMismatch, match=r"99\.txt"):
        verify_quotes(after, CHART)


def test_a_quote_with_carriage_returns_is_compared_as_it_stands() -> None:
    document = Document("n.txt", "cold\r\nfoot")
    chart = replace(CHART, documents=(*CHART.documents, document))
    verify_quotes(wrong(says(document, "cold\r\nfoot")), chart)
