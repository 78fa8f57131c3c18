"""Regular expressions that are compiled at their first use: there are hundreds, and one chart needs few of them.

All of `reading` and `facts` write `lazy("...")` where they would write `re.compile("...")`.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class Lazy:
    """Stands for a compiled expression and becomes it: from the first use on its methods are the real ones."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Keep what is written; nothing is checked before the first use (the tests use them all)."""
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile: Python asks this for an attribute that is not there yet, so once for each expression."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, to be compiled when it is first used."""
    return cast(re.Pattern[str], Lazy(pattern, flags))
