"""The determination of a request under a policy."""

from indicated.determine.determine import determine
from indicated.determine.model import Determination

__all__ = ["Determination", "determine"]
