"""Medical policies: read, checked and chosen by date."""

from indicated.policy.choose import policy_in_force
from indicated.policy.model import Policy
from indicated.policy.read import read_policy

__all__ = ["Policy", "policy_in_force", "read_policy"]
