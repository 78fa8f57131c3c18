"""The documents inside one file, and the day that a document is of."""

from datetime import date
from typing import Any

import pytest

from indicated.chart.header_date import header_date
from indicated.chart.model import Document
from indicated.chart.parts_of_file import parts
from indicated.formats.model import Hidden, Page, Place, SourceMap

ON = date(2026, 3, 10)
CONSULT = "QUAYSIDE PAIN\nCONSULTATION NOTE      Date of service: 01/12/2026\nPage 1 of 2\n\nPain 7 of 10.\n"
MORE = "QUAYSIDE PAIN\nPage 2 of 2\n\nPlan: a block on the right.\n"
LAB = "HILLTOP REFERENCE LABORATORY\nFINAL REPORT\nCollected 01/20/2026 08:15   Received 01/21/2026\n\nINR 1.0\n"
LETTER = "MILLRACE REHAB\nFebruary 2, 2026\n\nDear Dr. Halloway,\n\nShe stops for pain.\n"


def fax(*pages: str, **fields: Any) -> Document:
    """A fax with a page for each text, and a place for each page."""
    spans, places, start = [], [], 0
    for number, text in enumerate(pages, 1):
        spans.append(Page(number, start, start + len(text)))
        places.append(Place(start, start + len(text), page=number))
        start += len(text)
    hidden = (Hidden("tiny", 9, page=len(pages)),)
    return Document(
        "fax.pdf", "".join(pages), map=SourceMap(tuple(spans), tuple(places)), hidden=hidden, **fields
    )


def test_a_fax_is_cut_into_its_documents_with_kind_and_day() -> None:
    found = parts(fax(CONSULT, MORE, LAB, LETTER), ON)
    assert [(one.name, one.kind, one.date, one.dated_by) for one in found] == [
        ("fax.pdf#pages 1-2", "consultation note", date(2026, 1, 12), "service"),
        ("fax.pdf#page 3", "laboratory report", date(2026, 1, 20), "collected"),
        ("fax.pdf#page 4", "letter", date(2026, 2, 2), "letterhead"),
    ]


def test_text_map_and_hidden_text_are_those_of_the_part() -> None:
    whole = fax(CONSULT, MORE, LAB)
    first, second = parts(whole, ON)
    assert first.text + second.text == whole.text
    assert second.text == LAB
    assert [(page.number, page.start, page.end) for page in second.map.pages] == [(3, 0, len(LAB))]
    assert [(place.start, place.end, place.page) for place in second.map.places] == [(0, len(LAB), 3)]
    assert (first.hidden, len(second.hidden)) == ((), 1)


def test_a_text_with_form_feeds_has_pages() -> None:
    found = parts(Document("chart.txt", f"{CONSULT}\f{MORE}\f{LAB}"), ON)
    assert [one.name for one in found] == ["chart.txt#pages 1-2", "chart.txt#page 3"]
    assert "".join(one.text for one in found) == f"{CONSULT}\f{MORE}\f{LAB}"


@pytest.mark.parametrize(
    "pages",
    [
        (CONSULT, MORE),
        (CONSULT, "The lesion is stable.\nLaboratory results of 01/02/2026 were fine.\n"),
        (CONSULT.replace("Page 1 of 2\n", ""), CONSULT.replace("Page 1 of 2\n", "")),
        ("Diary\nMonday 7\n", "Tuesday 6\n"),
        (CONSULT, MORE + "LABORATORY REPORT\nCollected 01/02/2026\n"),
    ],
)
def test_in_doubt_pages_stay_together(pages: tuple[str, ...]) -> None:
    [found] = parts(fax(*pages), ON)
    assert found.name == "fax.pdf"


def test_the_count_of_the_fax_machine_cuts_nothing() -> None:
    pages = [f"FAX 555-0100   Page {number} of 3\nline {number}\n" for number in (1, 2, 3)]
    [found] = parts(fax(*pages), ON)
    assert found.name == "fax.pdf"


def test_a_page_that_could_not_be_read_stays_with_the_document_before_it() -> None:
    whole = fax(CONSULT, MORE)
    black = Page(3, len(whole.text), len(whole.text), problem="the page is damaged")
    document = Document("fax.pdf", whole.text, map=SourceMap((*whole.map.pages, black), whole.map.places))
    [found] = parts(document, ON)
    assert [page.problem for page in found.map.pages] == ["", "", "the page is damaged"]


def test_the_day_that_the_sender_gave_stays_for_one_document_and_yields_to_the_pages_of_several() -> None:
    [one] = parts(fax(CONSULT, MORE, date=date(2026, 3, 1)), ON)
    assert (one.date, one.dated_by) == (date(2026, 3, 1), "")
    days = [part.date for part in parts(fax(CONSULT, MORE, LAB, date=date(2026, 3, 1)), ON)]
    assert days == [date(2026, 1, 12), date(2026, 1, 20)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date of service: 02/03/2026", "2026-02-03"),
        ("DOS 2/3/26", "2026-02-03"),
        ("Seen on 3 February 2026", "2026-02-03"),
        ("Date: 2026-02-03", "2026-02-03"),
        ("Collected: 03-Feb-2026 07:40   Reported: 04-Feb-2026", "2026-02-03"),
        ("Printed 02/09/2026\nVisit date 02/03/2026   DOB 02/03/1971", "2026-02-03"),
        ("QUAYSIDE PAIN\nOFFICE VISIT        February 3, 2026", "2026-02-03"),
        ("D: 02/03/2026  T: 02/05/2026", "2026-02-03"),
        ("QUAYSIDE PAIN      PHONE NOTE      02/03/2026 14:05", "2026-02-03"),
        ("Patient: X. Yarrow   DOB: 02/03/1971", None),
        ("Faxed 02/03/2026 10:12", None),
        ("Printed on 02/03/2026 by jt", None),
        ("Date of injury: 02/03/2025", None),
        ("DOI 02/03/2025     DOA 02/04/2025", None),
        ("Next visit: 02/03/2026", None),
        ("Rec'd 02/03/2026", None),
        ("First seen 02/03/2025", None),
        ("01/05/2026 pain 7\n01/06/2026 pain 6\n01/07/2026 pain 6", None),
        ("Visit 02/03/2026\nVisit 02/10/2026", None),
        ("Left lumbar block on 02/03/2026 helped for a week.", None),
        ("date      02/03/2026     02/10/2026", None),
        ("no date at all", None),
    ],
)
def test_the_day_of_a_document_by_its_head(text: str, expected: str | None) -> None:
    found = header_date(text, ON)
    assert (found.day.isoformat() if found else None) == expected
