"""Tables of blocks that lie on their side, with a column for each block."""

from __future__ import annotations

from datetime import date

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.facts.model import Fact, Status

TABLE = """NORTHGATE PAIN - BLOCK SHEET        Tallow M      L leg

                        #1                          #2                      #3
date                    03/04/2025                  05/06/2025              07/08/2025
level / vol             L L3, 14                    L L3, 14                L L3, 14
pre NRS                 8                           8                       7
post 30 min             0                           1                       0
24 h call  NRS          4                           2                       (no answer)
% at home               50                          75                      ___
how long                5 d  (back Sun 3/9)         2 wks                   ___
adverse                 no                          no                      ___

Sheet still open, nurse will ask about #3.
"""


def facts(word: str, text: str = TABLE) -> list[Fact]:
    document = Document("note", text, date(2025, 9, 1), "table of blocks")
    return [f for f in facts_of_document(document) if f.word == word]


def test_each_column_is_a_block() -> None:
    done = [f for f in facts("sympathetic block") if f.status is Status.PRESENT]
    assert [(f.date, f.attributes["number"], f.attributes["level"], f.side) for f in done] == [
        (date(2025, 3, 4), 1, "L3", "left"),
        (date(2025, 5, 6), 2, "L3", "left"),
        (date(2025, 7, 8), 3, "L3", "left"),
    ]


def test_each_row_is_told_of_the_block_of_its_column() -> None:
    relief = {str(f.attributes["block"]): f.attributes["percent"] for f in facts("block relief")}
    assert relief == {"2025-03-04": 50, "2025-05-06": 75}
    lasted = {str(f.attributes["block"]): f.value for f in facts("block relief duration")}
    assert lasted == {"2025-03-04": 5, "2025-05-06": 14}


def test_scores_before_and_at_home_where_no_share_is_given() -> None:
    text = TABLE.replace(
        "% at home               50                          75                      ___\n", ""
    )
    relief = {str(f.attributes["block"]): f.attributes["percent"] for f in facts("block relief", text)}
    assert relief == {"2025-03-04": 50, "2025-05-06": 75}


def test_none_at_all_and_columns_of_something_else() -> None:
    text = TABLE.replace("2 wks", "none ")
    lasted = {str(f.attributes["block"]): (f.status, f.value) for f in facts("block relief duration", text)}
    assert lasted["2025-05-06"] == (Status.ABSENT, 0)
    visits = "Visits after the LSB\n\n            #1          #2\ndate        03/10/25    03/17/25\nflexion     20          25\n"
    assert not [f for f in facts("sympathetic block", visits) if f.date]
