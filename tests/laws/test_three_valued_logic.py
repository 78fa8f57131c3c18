"""The logic is Kleene's: SQL's NULL and CQL's null follow the same tables."""

from __future__ import annotations

import sqlite3
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicated.evaluate.kleene import at_least, combine, negated
from indicated.evaluate.model import CriterionStatus

MET, NOT_MET, UNKNOWN = CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN
STATUS = st.sampled_from([MET, NOT_MET, UNKNOWN])
SQL = {MET: "1", NOT_MET: "0", UNKNOWN: "NULL"}
OF_SQL = {1: MET, 0: NOT_MET, None: UNKNOWN}

# CQL 1.5, Logical Specification: the rows are `and` and `or` of a left and a right operand.
CQL = (
    (MET, MET, MET, MET),
    (MET, NOT_MET, NOT_MET, MET),
    (MET, UNKNOWN, UNKNOWN, MET),
    (NOT_MET, MET, NOT_MET, MET),
    (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
    (NOT_MET, UNKNOWN, NOT_MET, UNKNOWN),
    (UNKNOWN, MET, UNKNOWN, MET),
    (UNKNOWN, NOT_MET, NOT_MET, UNKNOWN),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
)


def in_sql(expression: str) -> CriterionStatus:
    with sqlite3.connect(":memory:") as database:
        return OF_SQL[database.execute(f"SELECT {expression}").fetchone()[0]]


@pytest.mark.parametrize(("left", "right", "both", "either"), CQL)
def test_the_tables_are_those_of_cql_and_sql(
    left: CriterionStatus, right: CriterionStatus, both: CriterionStatus, either: CriterionStatus
) -> None:
    assert combine("all", 0, [left, right]) is both is in_sql(f"{SQL[left]} AND {SQL[right]}")
    assert combine("any", 0, [left, right]) is either is in_sql(f"{SQL[left]} OR {SQL[right]}")
    assert combine("none", 0, [left]) is negated(left) is in_sql(f"NOT {SQL[left]}")


def test_at_least_n_of_asks_for_every_way_to_fill_the_unknown() -> None:
    for statuses in product([MET, NOT_MET, UNKNOWN], repeat=4):
        for count in range(1, 5):
            filled = [
                sum(status is MET for status in way) >= count
                for way in product(*([MET, NOT_MET] if one is UNKNOWN else [one] for one in statuses))
            ]
            expected = MET if all(filled) else (UNKNOWN if any(filled) else NOT_MET)
            assert at_least(count, statuses) is expected


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["all", "any", "none", "at least"]),
    st.integers(1, 5),
    st.lists(STATUS, min_size=1, max_size=6),
    st.data(),
)
def test_filling_an_unknown_never_turns_an_answer_over(
    head: str, count: int, statuses: list[CriterionStatus], data: st.DataObject
) -> None:
    before = combine(head, count, statuses)
    filled = [data.draw(st.sampled_from([MET, NOT_MET])) if one is UNKNOWN else one for one in statuses]
    if before is not UNKNOWN:
        assert combine(head, count, filled) is before
