"""The language of charts is looked over: what stands twice, in two meanings, swallowed, without or against its example."""

from __future__ import annotations

import pytest

from indicated.authoring import language_lint
from indicated.authoring.examples import misread
from indicated.authoring.language_lint import coverage, lint
from indicated.reading.language import read_language


def findings(monkeypatch: pytest.MonkeyPatch, **entry: object) -> list[tuple[str, str]]:
    monkeypatch.setattr(language_lint, "language_entries", lambda: [{"word": "edema", **entry}])
    return [(finding.kind, finding.what) for finding in lint()]


GOOD = [{"text": "Edema of the right foot.", "status": "present"}, {"text": "No edema.", "status": "absent"}]


@pytest.mark.parametrize(
    ("groups", "kind", "named"),
    [
        ({"present": ["swollen", "puffy", "Swollen"]}, "twice", "swollen"),
        ({"present": ["swollen"], "absent": ["swollen"]}, "two meanings", "`present` and `absent`"),
        ({"present": ["swell*", "swelling"]}, "swallowed", "“swell*”"),
    ],
)
def test_a_term_that_says_nothing_of_its_own_is_found(
    monkeypatch: pytest.MonkeyPatch, groups: dict[str, list[str]], kind: str, named: str
) -> None:
    [(found, what)] = findings(monkeypatch, **groups, examples=GOOD)
    assert found == kind
    assert named in what


def test_an_entry_in_order_has_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(monkeypatch, present=["swollen", "puffy"], absent=["slim"], examples=GOOD) == []


def test_examples_are_asked_for_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [kind for kind, _ in findings(monkeypatch)] == ["no example"]
    assert [kind for kind, _ in findings(monkeypatch, examples=GOOD[:1])] == ["no look-alike"]
    wrong = [GOOD[0], {"text": "No edema.", "status": "present"}]
    assert [kind for kind, _ in findings(monkeypatch, examples=wrong)] == ["no look-alike", "misread"]


def test_an_example_is_misread_in_words() -> None:
    assert misread("edema", GOOD[0]) == ""
    assert "is absent, and should be present" in misread("edema", {"text": "No edema.", "status": "present"})
    assert "gives no fact" in misread("edema", {"text": "Nothing to tell.", "status": "present"})


def test_coverage_counts_and_keeps_no_text() -> None:
    seen = coverage(
        read_language(), ["The foot is swollen. Xylophones, marzipan, quartz.", "Edema of the leg."]
    )
    assert (seen.notes, seen.statements, seen.silent) == (2, 3, 1)
    assert seen.hits["edema"] == 2
    assert "stellate" not in seen.never
    assert "marzipan" not in str(seen)
