"""What a chart says: facts with their status, value, place and evidence."""

from indicated.facts.find import find_facts
from indicated.facts.model import Evidence, Fact, Status

__all__ = ["Evidence", "Fact", "Status", "find_facts"]
