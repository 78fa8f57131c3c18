"""The evidence ledger: it reads, it names nothing that was not confirmed, and says all errors at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fiction import determination

from indicated.errors import PolicyError
from indicated.report.ledger import basis, cite, read_ledger

CONFIRMED = {
    ("ref-1", "doi", "10.1093/pm/pnac046"),
    ("ref-4", "doi", "10.1097/MD.0000000000010705"),
    ("ref-4", "pmid", "29742728"),
    ("ref-5", "doi", "10.1136/rapm-2019-100418"),
    ("ref-7", "doi", "10.7759/cureus.61755"),
    ("ref-7", "pmid", "38975506"),
    ("harden-2010", "doi", "10.1016/j.pain.2010.04.030"),
    ("valencia-2021", "doi", "10.1097/j.pain.0000000000002245"),
    ("valencia-2021", "pmid", "33729210"),
    ("valencia-2021", "pmcid", "PMC8374712"),
    ("cochrane-2016", "cochrane", "CD004598.pub4"),
    ("cochrane-2016", "pmcid", "PMC7202132"),
    ("narouze-2018", "doi", "10.1097/AAP.0000000000000700"),
}
"""Every identifier that somebody has seen in a record and that no other record disputes."""

DISPUTED = ("35687369", "35802045", "0b013e3181c43103", "20124882", "1747493019897843", "736-741")
"""Numbers in circulation that could not be confirmed."""

IDS = [*(f"ref-{number}" for number in range(1, 9)), "harden-2010", "valencia-2021", "cochrane-2016"]
IDS += ["van-eijs-2012", "melf-marzi-2022", "yoo-2022", "narouze-2018"]
IDS += ["published-scs-rules", "nerve-block-coverage", "published-block-rules"]

ENTRY = """
- id: smith-2020
  number: 1
  stance: for
  what: A thing.
  citation: Smith. A thing.
  identifiers: {doi: 10.1/x}
  unconfirmed: []
  kind: trial
  design: Trial
  size: 10 patients
  grade: Low
  scheme: None
  shows: Something.
  does_not_show: All else.
  confidence: high
  seen: The abstract.
  memo_says_more: Nothing.
"""


def test_it_holds_the_eight_references_and_the_evidence_beside_them() -> None:
    entries = read_ledger().entries
    assert [entry.id for entry in entries] == IDS
    assert [entry.number for entry in entries] == list(range(1, 19))


def test_only_confirmed_identifiers_appear() -> None:
    named = {(e.id, scheme, value) for e in read_ledger().entries for scheme, value in e.identifiers.items()}
    assert named == CONFIRMED


@pytest.mark.parametrize("number", DISPUTED)
def test_no_disputed_number_appears_anywhere(number: str) -> None:
    for entry in read_ledger().entries:
        assert number not in entry.reference + entry.shows + entry.memo_says_more


def test_no_digital_object_identifier_hides_in_a_citation() -> None:
    assert not [entry.id for entry in read_ledger().entries if "10.1" in entry.citation]


@pytest.mark.parametrize("key", ["ref-1", "ref-2", "ref-3", "ref-8"])
def test_a_source_that_may_be_another_is_not_confirmed(key: str) -> None:
    entry = read_ledger().find(key)
    assert entry is not None
    assert not entry.source().confirmed
    assert "Not confirmed" in entry.source().citation


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (["5"], "only on a survey of what physicians do [5]"),
        (["ref-4"], "only on reports of single patients [4]"),
        (["4", "5"], "only on reports of single patients [4] and a survey"),
        (["6", "7"], "only on reports of single patients [6, 7]"),
        (["1", "2"], "not certain that [1] is the source that was meant"),
        (["8"], "could not be identified [8], so its strength is not known"),
        (["11"], "Rests on a review of the literature [11]."),
        ([], "names no source"),
    ],
)
def test_the_basis_says_how_strong_the_sources_are(sources: list[str], words: str) -> None:
    assert words in basis(sources)


def test_the_basis_refuses_a_source_that_is_not_there() -> None:
    with pytest.raises(PolicyError, match="Did you mean 'ref-5'"):
        basis(["ref-55"])


def test_evidence_against_is_shown_though_nobody_cites_it() -> None:
    before = determination()
    bare = replace(
        before,
        criteria=tuple(replace(criterion, sources=()) for criterion in before.criteria),
        pathway=(),
        technique=(),
        pitfalls=(),
        documentation=(),
        statements=(),
    )
    assert [source.id for source in cite(bare).sources] == [
        "cochrane-2016",
        "van-eijs-2012",
        "melf-marzi-2022",
    ]


def test_all_errors_are_said_at_once_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ENTRY, "utf-8")
    wrong = ENTRY.replace("kind: trial", "kind: trail").replace("number: 1", "number: one")
    wrong = (
        wrong.replace("  shows: Something.\n", "").replace("doi:", "doy:") + "  grade: Low\n  graed: Low\n"
    )
    (tmp_path / "b.yaml").write_text(wrong, "utf-8")
    (tmp_path / "c.yaml").write_text("- id: [}\n", "utf-8")
    (tmp_path / "d.yaml").write_text(ENTRY, "utf-8")
    with pytest.raises(PolicyError) as caught:
        read_ledger(tmp_path)
    text = str(caught.value)
    for words in (
        "b.yaml:9: 'trail' is no kind. Did you mean 'trial'?",
        "b.yaml:3: 'one' is not a number.",
        "b.yaml:2: the field 'shows' is missing.",
        "unknown identifier 'doy'. Did you mean 'doi'?",
        "'grade' stands twice",
        "unknown field 'graed'. Did you mean 'grade'?",
        "c.yaml:1: this is not YAML.",
        "'smith-2020' is taken by the entry at",
    ):
        assert words in text


def test_an_empty_ledger_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no evidence ledger"):
        read_ledger(tmp_path)
