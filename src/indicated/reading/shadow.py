"""The shadow of a text: same length, folded, for matching only. Quotes are always taken from the text itself."""

from __future__ import annotations

import re
from collections.abc import Container

from indicated.reading.patterns import lazy

_FOLD = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ",
        "\u00d7": "x", "\u00ba": "\u00b0", "\u02da": "\u00b0", "\u2192": ">",
    }
)  # fmt: skip

# A faxed word has digits for letters ("c0rd"); a dose or a level ("L3", "500mg") has digits at one end only.
_MIXED = lazy(r"(?<![a-z0-9])(?=[a-z2379]*+[015684])(?=[0-9]*+[a-z][0-9]*+[a-z])[a-z0-9]{4,}+(?![a-z0-9])")
# A faxed number has letters for digits ("2l0", "29O"); a level ("L45") and a volume ("10l") do not.
# These begin with the signs that they look for, so that a text without them is passed over quickly.
_NUMBER = lazy(
    r"[0-9lio](?<![a-z0-9].)(?:(?<=\d)|(?=[lio]*+\d))(?!(?<=l)[1-5])"
    r"(?:[0-9lio]{2,}+(?<!l)(?![a-z0-9])|(?<![.].)(?<=\d)o(?= ?%))"
)
_DATE = lazy(
    r"[0-9lio](?<![\w/].)(?:(?<=\d)|(?=[lio/]*+\d))[0-9lio]?+/[0-9lio]{1,2}/(?:[0-9lio]{2}|[0-9lio]{4})(?![\w/])"
)
# A scan takes the bracket of a check box for a brace.
_BRACE = lazy(r"\{(?=[x ]?\])")
# A scan takes a capital I for a small l ("PAlN").
_SMALL_L = lazy(r"l(?<=[A-Z]l)(?=[A-Z])")
_DIGITS = str.maketrans("lio", "110")
_OCR = (str.maketrans("01586", "olsbb"), str.maketrans("01586", "oisbg"))


def fold(text: str) -> str:
    """Return `text` in lower case with plain quotes, dashes and spaces, character for character."""
    folded = _SMALL_L.sub("I", text.translate(_FOLD))
    lower = folded.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def repair(folded: str, known: Container[str]) -> str:
    """Undo the digit-for-letter confusions of scans where that gives a word in `known` or a number; the length stays."""

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        for table in _OCR:
            candidate = word.translate(table)
            for spelled in (candidate, candidate.replace("i", "l")):
                if spelled in known:
                    return spelled
        return word

    if "{" in folded:
        folded = _BRACE.sub("[", folded)
    mended = _NUMBER.sub(lambda match: match[0].translate(_DIGITS), _MIXED.sub(mend, folded))
    return _DATE.sub(lambda match: match[0].translate(_DIGITS), mended)
