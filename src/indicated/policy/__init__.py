"""Medical policies: read, checked and chosen by date."""

from indicated.policy.choose import adopted_policy, policy_in_force
from indicated.policy.model import Policy
from indicated.policy.read import read_policy

__all__ = ["Policy", "adopted_policy", "policy_in_force", "read_policy"]
