"""The words that a policy may test, as data."""

from indicated.vocabulary.model import Vocabulary, Word
from indicated.vocabulary.read import read_vocabulary

__all__ = ["Vocabulary", "Word", "read_vocabulary"]
