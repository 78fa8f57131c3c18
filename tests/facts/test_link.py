"""The facts of one block tied together across documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indicated.chart.model import Request
from indicated.facts.blocks.link import link
from indicated.facts.model import Evidence, Fact, Status

REQUEST = Request("64520", "right", date(2025, 12, 1))


def block(
    day: date | None,
    status: Status = Status.PRESENT,
    *,
    told: date | None = None,
    side: Any = "right",
    document: str = "a",
    **more: Any,
) -> Fact:
    return fact(
        "sympathetic block",
        day,
        status,
        told=told,
        side=side,
        document=document,
        kind=more.pop("kind", "lumbar"),
        **more,
    )


def fact(
    word: str,
    day: date | None,
    status: Status = Status.PRESENT,
    *,
    value: Any = None,
    told: date | None = None,
    side: Any = None,
    document: str = "a",
    **more: Any,
) -> Fact:
    told = told or day or date(2025, 11, 1)
    return Fact(
        word,
        status,
        (Evidence(document, 0, 4, "text", date=told),),
        value=value,
        side=side,
        date=day,
        attributes=more,
    )


def lasted(value: float, told: date, document: str = "d", **more: Any) -> Fact:
    return fact("block relief duration", told, value=value, document=document, **more)


def by_episode(facts: tuple[Fact, ...], word: str) -> dict[str | None, list[Any]]:
    found: dict[str | None, list[Any]] = {}
    for f in facts:
        if f.word == word:
            found.setdefault(f.episode, []).append(f.value)
    return found


MAY, JULY, SEPTEMBER = date(2025, 5, 6), date(2025, 7, 8), date(2025, 9, 9)


def test_the_same_block_in_two_documents_is_one() -> None:
    facts = link(
        [block(MAY, document="op note"), block(MAY, document="letter", side=None, number=1)], REQUEST
    )
    (one,) = facts
    assert one.episode == "block-2025-05-06"
    assert [e.document for e in one.evidence] == ["letter", "op note"]
    assert (one.side, one.attributes["number"]) == ("right", 1)


def test_blocks_of_the_same_day_on_both_legs_are_two() -> None:
    facts = link([block(MAY), block(MAY, side="left", document="b")], REQUEST)
    assert {f.episode for f in facts} == {"block-2025-05-06-right", "block-2025-05-06-left"}


def test_a_month_and_a_number_join_the_only_block_that_fits() -> None:
    month = block(None, told=SEPTEMBER, document="letter", month="2025-07", date_precision="month")
    number = block(None, told=SEPTEMBER, document="phone", number=2)
    facts = link([block(MAY), block(JULY), month, number], REQUEST)
    assert {f.episode for f in facts} == {"block-2025-05-06", "block-2025-07-08"}


def test_a_block_known_by_its_month_only_stays_one() -> None:
    (one,) = link([block(None, told=SEPTEMBER, month="2025-07")], REQUEST)
    assert (one.episode, one.date) == ("block-2025-07", date(2025, 7, 1))


def test_a_block_known_by_its_number_only_stays_one() -> None:
    (one,) = link([block(None, told=SEPTEMBER, number=3)], REQUEST)
    assert one.episode == "block-n3"


def test_planned_and_denied_blocks_get_no_episode() -> None:
    facts = link([block(MAY, Status.PLANNED), block(None, Status.ABSENT)], REQUEST)
    assert {f.episode for f in facts} == {None}


def test_relief_goes_by_day_number_month_and_last() -> None:
    facts = link(
        [
            block(MAY, number=1), block(JULY, number=2), block(SEPTEMBER, number=3),
            lasted(3, JULY, block="#1"),
            lasted(8, SEPTEMBER, block="2025-07-08"),
            lasted(20, date(2025, 10, 1), block="last"),
        ],
        REQUEST,
    )  # fmt: skip
    assert by_episode(facts, "block relief duration") == {
        "block-2025-05-06": [3], "block-2025-07-08": [8], "block-2025-09-09": [20],
    }  # fmt: skip


def test_a_number_that_no_block_carries_is_counted() -> None:
    facts = link([block(MAY), block(JULY), lasted(8, SEPTEMBER, block="#2")], REQUEST)
    assert by_episode(facts, "block relief duration") == {"block-2025-07-08": [8]}


def test_a_statement_of_all_blocks_stands_for_each_without_its_own() -> None:
    facts = link(
        [
            block(MAY),
            block(JULY),
            lasted(7, SEPTEMBER, block="all"),
            lasted(9, SEPTEMBER, document="e", block="2025-07-08"),
        ],
        REQUEST,
    )
    assert by_episode(facts, "block relief duration") == {"block-2025-05-06": [7], "block-2025-07-08": [9]}


def test_a_statement_of_all_blocks_does_not_reach_later_ones() -> None:
    facts = link([block(MAY), block(SEPTEMBER), lasted(7, JULY, block="all")], REQUEST)
    assert by_episode(facts, "block relief duration") == {"block-2025-05-06": [7]}


def test_a_statement_without_a_block_is_of_the_latest_when_it_is_near() -> None:
    near = link([block(MAY), block(JULY), lasted(9, date(2025, 7, 20))], REQUEST)
    far = link([block(MAY), block(JULY), lasted(9, date(2025, 11, 20))], REQUEST)
    assert by_episode(near, "block relief duration") == {"block-2025-07-08": [9]}
    assert by_episode(far, "block relief duration") == {None: [9]}


def test_contradictions_stay_two_facts_of_one_episode() -> None:
    facts = link(
        [
            block(MAY),
            lasted(7, JULY, document="d", block="2025-05-06"),
            lasted(9, JULY, document="e", block="2025-05-06"),
        ],
        REQUEST,
    )
    assert by_episode(facts, "block relief duration") == {"block-2025-05-06": [7, 9]}


def test_what_is_said_alike_is_said_once() -> None:
    facts = link(
        [
            block(MAY),
            lasted(7, JULY, document="d", block="2025-05-06"),
            lasted(7, SEPTEMBER, document="e", block="#1"),
        ],
        REQUEST,
    )
    (one,) = [f for f in facts if f.word == "block relief duration"]
    assert (one.episode, len(one.evidence), one.date) == ("block-2025-05-06", 2, SEPTEMBER)


def test_a_stellate_block_is_not_meant_by_a_statement_without_a_day() -> None:
    stellate = block(SEPTEMBER, kind="stellate", document="s")
    facts = link([block(MAY), stellate, lasted(7, date(2025, 10, 1), block="last")], REQUEST)
    assert by_episode(facts, "block relief duration") == {"block-2025-05-06": [7]}


def test_other_facts_are_left_alone() -> None:
    other = fact("CRPS", MAY, certainty="asserted")
    assert link([other], REQUEST) == (other,)


DAYS = st.sampled_from([None, MAY, JULY, SEPTEMBER])
BLOCKS = st.builds(
    lambda day, side, number, month, document, status: block(
        day, status, told=date(2025, 11, 1), side=side, document=document,
        **({"number": number} if number else {}), **({"month": month} if month and day is None else {}),
    ),
    DAYS, st.sampled_from([None, "right", "left"]), st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, "2025-05", "2025-07", "2025-08"]),
    st.sampled_from("abc"), st.sampled_from([Status.PRESENT, Status.PRESENT, Status.PLANNED]),
)  # fmt: skip
SAID = st.builds(
    lambda value, told, which, document: lasted(value, told, document, **({"block": which} if which else {})),
    st.sampled_from([3.0, 7.0]), st.sampled_from([JULY, SEPTEMBER, date(2025, 10, 1)]),
    st.sampled_from([None, "all", "last", "#1", "#2", "2025-05-06", "2025-07"]), st.sampled_from("de"),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(BLOCKS, SAID), max_size=9).flatmap(
        lambda facts: st.tuples(st.just(facts), st.permutations(facts))
    )
)
def test_the_order_of_the_facts_does_not_matter(facts: tuple[list[Fact], list[Fact]]) -> None:
    assert link(facts[0], REQUEST) == link(facts[1], REQUEST)


def test_the_block_before_another() -> None:
    first, second = date(2025, 6, 3), date(2025, 9, 9)
    relief = fact(
        "block relief duration", None, value=6.0, told=second, document="b", block=f"before {second}"
    )
    linked = link([block(first), block(second, document="b"), relief], REQUEST)
    (found,) = [f for f in linked if f.word == "block relief duration"]
    assert found.episode == f"block-{first}"
