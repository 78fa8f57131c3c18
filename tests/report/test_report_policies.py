"""The policies that are shipped find their sources in the ledger and the forms for their words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indicated.policy import read_policy
from indicated.policy.model import Policy
from indicated.report.forms import FORMS
from indicated.report.ledger import read_ledger
from indicated.resources import POLICIES, VOCABULARY
from indicated.vocabulary import read_vocabulary
from indicated.vocabulary.outline import Group

FILES = [*sorted(POLICIES.glob("*/policy.yaml")), *sorted(POLICIES.glob("overlays/*/overlay.yaml"))]


@pytest.fixture(scope="module", params=FILES, ids=[path.parent.name for path in FILES])
def policy(request: pytest.FixtureRequest) -> Policy:
    return read_policy(request.param, read_vocabulary(VOCABULARY))


def words(group: Group) -> Iterator[str]:
    """Every word that an outline tests."""
    for member in group.members:
        if isinstance(member, Group):
            yield from words(member)
        else:
            yield member.word


def test_every_source_is_in_the_ledger(policy: Policy) -> None:
    ledger = read_ledger()
    cited = {key for criterion in policy.criteria for key in criterion.sources} | set(policy.sources)
    assert not [key for key in cited if ledger.find(key) is None]


def test_every_word_that_may_be_unknown_has_a_form(policy: Policy) -> None:
    tested = {word for criterion in policy.criteria for word in words(criterion.outline)}
    assert tested <= set(FORMS)
