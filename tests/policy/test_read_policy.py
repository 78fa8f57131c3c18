"""A policy is read as text; every mistake is named with its line, all at once; the version in force is chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicated.errors import PolicyError
from indicated.policy import policy_in_force, read_policy
from small_facts import policy, vocabulary

TEXT = policy().path.read_text(encoding="utf-8")
PAGES = {
    name: policy().path.with_name(name).read_text(encoding="utf-8")
    for name in ("choices.yaml", "guidance.yaml")
}


def problems(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    texts = {"policy.yaml": TEXT, **PAGES}
    for old, new in changes:
        name = next(name for name, text in texts.items() if old in text)
        texts[name] = texts[name].replace(old, new, 1)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        read_policy(tmp_path / "policy.yaml", vocabulary())
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "- skin color change: present",
            "- skin colour change: present",
            "“skin colour change” is not in the vocabulary. Did you mean “skin color change”?",
        ),
        (
            "- skin color change: present",
            "- skin color change: presnt",
            "“presnt” is no value of “skin color change”. Did you mean “present”?",
        ),
        ("CRPS severity: moderate or severe", "CRPS severity: at least 4", "“CRPS severity” is no number."),
        (
            "absent within infection window",
            "absent within infektion window",
            "Did you mean “infection window”?",
        ),
        (
            "for: later block",
            "for: latter block",
            "“latter block” is no kind of request. Did you mean “later block”?",
        ),
        ("id: therapy-started", "id: crps-diagnosis", "The id “crps-diagnosis” stands in line"),
        (
            "sources: [ref-4, ref-1, ref-2]",
            "sources: [ref-9]",
            "The source “ref-9” is not listed under `sources`.",
        ),
        ("effective: 2020-01-01", "effective: 1st of May", "“1st of May” is no date. Write `2026-01-31`."),
        ("status: draft", "status: final", "“final” is no status."),
        ("value: 4 of 10", "value: 4 days", "“4 days” is no number in of 10."),
        (
            "  moderate pain:",
            "  moderate payn:",
            "“moderate payn” is no parameter. Did you mean “moderate pain”?",
        ),
        ('CPT: ["64520"]', 'CPT: ["lumbar"]', "“lumbar” does not look like a code of CPT."),
        ("owner: Medical", "ownr: Medical", "The key “ownr” is not known here. Did you mean “owner”?"),
        ("  met when any:", "  met when some:", "“met when some” is no head of an outline."),
        ("shown by: [relief-duration-documented]", "shown by: [relief]", "There is no criterion “relief”."),
        ("title: Lumbar", "title: [", "This is not YAML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = problems(tmp_path, (old, new))
    assert any(expected in problem for problem in found), found


def test_a_mistake_has_its_line_and_all_are_named_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ("- skin color change: present", "- skin colour change: present"),
        ("sources: [ref-4, ref-1, ref-2]", "sources: [ref-9, ref-1, ref-2]"),
        ("  title", "  title") if "  title" in TEXT else ("status: draft", "status: final"),
    )
    assert any(
        problem.startswith(f"policy.yaml:{line_of('- skin color change: present')}: ") for problem in found
    )
    assert len(found) >= 2


@pytest.mark.parametrize("page", ["policy.yaml", *PAGES])
def test_the_hash_is_that_of_every_page(tmp_path: Path, page: str) -> None:
    copy(tmp_path, "policy.yaml", "2020-01-01")
    before = read_policy(tmp_path / "policy.yaml", vocabulary()).sha256
    (tmp_path / page).write_text(
        (tmp_path / page).read_text(encoding="utf-8") + "# later\n", encoding="utf-8"
    )
    assert read_policy(tmp_path / "policy.yaml", vocabulary()).sha256 != before


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pages: [choices.yaml", "pages: [../choices.yaml", "“../choices.yaml” is no page of this policy."),
        ("pages: [choices.yaml", "pages: [chioces.yaml", "The file could not be opened"),
        ("technique:", "criteria:", "guidance.yaml:"),
        ("pages:", "statements: []\npages:", "“statements” stands on another page too."),
        ("- id: therapy-is-the-base", "- id: other-pain", "The id “other-pain” stands in guidance.yaml:"),
    ],
)
def test_a_mistake_of_a_page_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = problems(tmp_path, (old, new))
    assert any(expected in problem for problem in found), found


def copy(folder: Path, name: str, effective: str, until: str = "", **changes: str) -> None:
    text = TEXT.replace(
        "effective: 2020-01-01", f"effective: {effective}" + (f"\nuntil: {until}" if until else "")
    )
    for old, new in changes.items():
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    for page, content in {name: text, **PAGES}.items():
        (folder / page).write_text(content, encoding="utf-8")


def test_the_version_in_force_on_the_day_is_chosen(tmp_path: Path) -> None:
    copy(tmp_path / "block", "policy-2024.yaml", "2024-01-01", "2024-12-31")
    copy(tmp_path / "block", "policy.yaml", "2025-01-01")
    for day, name in ((date(2024, 12, 31), "policy-2024.yaml"), (date(2025, 1, 1), "policy.yaml")):
        assert policy_in_force(tmp_path, "64520", day, vocabulary()).path.name == name
    with pytest.raises(PolicyError, match="No version is in force on 2023-12-31"):
        policy_in_force(tmp_path, "64520", date(2023, 12, 31), vocabulary())


def test_versions_that_overlap_or_leave_a_gap_are_errors(tmp_path: Path) -> None:
    copy(tmp_path / "block", "policy-2024.yaml", "2024-01-01")
    copy(tmp_path / "block", "policy.yaml", "2025-01-01")
    with pytest.raises(PolicyError, match=r"still in force when policy\.yaml begins"):
        policy_in_force(tmp_path, "64520", date(2025, 6, 1), vocabulary())
    copy(tmp_path / "block", "policy-2024.yaml", "2024-01-01", "2024-10-31")
    with pytest.raises(PolicyError, match="No version is in force on 2024-11-15"):
        policy_in_force(tmp_path, "64520", date(2024, 11, 15), vocabulary())


def test_the_policy_is_found_by_the_procedure(tmp_path: Path) -> None:
    copy(tmp_path / "block", "policy.yaml", "2025-01-01")
    day = date(2025, 6, 1)
    assert policy_in_force(tmp_path, "64510", day, vocabulary()).id == "lumbar-sympathetic-block"
    assert policy_in_force(tmp_path, "99999", day, vocabulary()).id == "lumbar-sympathetic-block"
    copy(
        tmp_path / "other",
        "policy.yaml",
        "2025-01-01",
        **{"64520": "62322", "policy: lumbar": "policy: other"},
    )
    assert policy_in_force(tmp_path, "62322", day, vocabulary()).path.parent.name == "other"
    assert policy_in_force(tmp_path, "64520", day, vocabulary()).path.parent.name == "block"
    with pytest.raises(PolicyError, match="No policy here names the procedure 99999"):
        policy_in_force(tmp_path, "99999", day, vocabulary())
    copy(tmp_path / "twin", "policy.yaml", "2025-01-01")
    with pytest.raises(PolicyError, match="Several policies name the procedure 64520"):
        policy_in_force(tmp_path, "64520", day, vocabulary())


def test_a_folder_without_a_policy_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="There is no policy here"):
        policy_in_force(tmp_path, "64520", date(2026, 1, 1), vocabulary())
