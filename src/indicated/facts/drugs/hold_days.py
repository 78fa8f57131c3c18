"""Days without a dose before the block, as a length of time: "hold 5 d", "seven clear days", "day one of three"."""

from __future__ import annotations

import re

from indicated.reading.amounts import NUMBER, Amount, durations, number
from indicated.reading.patterns import lazy

_CLEAR = lazy(
    rf"(?P<n>{NUMBER})[ -](?:clear|full|whole|complete|entire) (?:days?|d)\b|(?P<n2>{NUMBER}) (?P<daily>daily )?doses\b|(?P<n3>{NUMBER}) (?:days?|nights?) (?:without|clear|w/o)\b"
)
_EQUAL = lazy(
    rf"\bdoses?\b[^.;\d]{{0,12}}(?:=|i\.e\.|that is|meaning|or|so)\s*(?P<n>{NUMBER}) ?(?:days?|d)\b"
)
_DAY_BEFORE = lazy(
    r"\b(?:no|none|nothing|not|skip\w*|hold\w*|omit\w*|without|off)\b[^.;]{0,36}\b(?:the )?(?:day|24 ?h(?:ours|rs)?) (?:before|prior)\b"
)
_SAME_DAY = lazy(
    r"\b(?:morning|day|am|dose) of\b[^.;]{0,24}\bonly\b|\bonly (?:on |hold |skip )?(?:the )?(?:morning|day|dose) of\b|\bonly that (?:morning|day)\b|\bjust (?:the )?(?:morning|day) of\b"
)
_FIELD = lazy(
    r"(?:^|[\s#(|])(?:hold |no\.? of |number of |# ?)?days?(?: held| to hold| off)?\s*[:=#]\s*(?P<n>\d{1,2})\b(?![/.]\d)"
)
_OF = lazy(
    rf"(?<!last )(?<!final )\b(?:day|night|dose)s? (?:number |no\.? |# ?)?(?P<n>{NUMBER})(?: off (?:(?:the|her|his|my) )?\w+)?(?: ?/ ?| (?:out )?of (?:the |her |his |a )?)(?P<of>{NUMBER})\b"
)
_MORE = lazy(
    rf"\b(?P<n>\d+)(?:st|nd|rd|th) day (?:without|off|of)\b.{{0,60}}?\b(?P<more>{NUMBER}) more (?:to go|day)"
)
_MINUS = lazy(r"\b(?:d|day) ?- ?(?P<n>\d{1,2})\b")
_LAST = lazy(
    r"\b(?:last|final)\b(?! (?:\d|(?:one|two|three|four|five|six|seven|ten) (?:days|nights|d)\b)(?!/))(?! (?:week|month|year|time|visit|block|note|letter|call|spring|summer|fall|autumn|winter|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b))[^.;:]{0,50}$"
)
_ASIDE = lazy(
    r"^\s*(?:old|supply|course|later|early|trial|after|post|of (?:pt|therapy|age)|follow|f/u|fu\b|\?)|^[^.;]{0,14}\?"
)
_ASIDE_BEFORE = lazy(
    r"(?:\bnot|\bevery|\bq|\bage|\baged|\bfor the past|\bstent|\bwithin|\btook (?:it )?for|\brestart \w*|\bresume \w*) ?$"
)
_CORRECTED = lazy(r"\b(?:correction|i mean|make that|strike that|scratch that|sorry|rather|no,|no\.)")
_SINCE_BLOCK = lazy(r"^\s*(?:after|post|following|later)\b")
_OF_THE_LAST = lazy(r"\b(?:last|final) ?$")  # "skip it the last 5 days" is no last dose
_AGO = lazy(r"^\s*ago\b")


def from_lengths(
    folded: str, start: int, end: int, *, block_today: bool, doses_a_day: int = 1
) -> float | None:
    """Days without a dose by a length of time in a span, or None; doses are counted as so many a day."""
    text = folded[start:end]
    equal = _EQUAL.search(text)
    if equal:
        return number(equal["n"])
    clear = _CLEAR.search(text)
    if clear and not text[: clear.start()].endswith("not "):
        doses = number(clear["n2"]) if clear["n2"] else None
        if doses is not None and not clear["daily"]:
            return float(int(doses / doses_a_day))
        return number(clear["n"] or clear["n2"] or clear["n3"])
    field = _FIELD.search(text)
    if field:
        return number(field["n"])
    of, more = _OF.search(text), _MORE.search(text)
    if of:
        return number(of["of"])
    if more:
        extra = number(more["more"])
        return None if extra is None else int(more["n"]) + extra
    minus = [int(m["n"]) for m in _MINUS.finditer(text)]
    if minus:
        before = text[: text.index(_MINUS.search(text)[0])]  # type: ignore[index]
        return max(minus) - (1 if _LAST.search(before) else 0)
    if _SAME_DAY.search(text):
        return 0.0
    length = _length(folded, start, end, block_today=block_today)
    return 1.0 if length is None and _DAY_BEFORE.search(text) else length


def _length(folded: str, start: int, end: int, *, block_today: bool) -> float | None:
    found = [a for a in durations(folded, start, end) if _of_hold(folded, start, end, a)]
    if not found:
        return None
    corrected = _CORRECTED.search(folded, start, end)
    later = [a for a in found if corrected and a.start >= corrected.end()]
    chosen = later[0] if later else found[0]
    before, after = folded[max(start, chosen.start - 60) : chosen.start], folded[chosen.end : end]
    days = chosen.value
    if _AGO.match(after) and not block_today:
        return None
    if _LAST.search(before) and not _OF_THE_LAST.search(before):
        return max(0.0, _whole(days) - 1)
    return _whole(days)


def _whole(days: float) -> float:
    return float(int(days + 0.01)) if days >= 1 else days


def _of_hold(folded: str, start: int, end: int, amount: Amount) -> bool:
    """Whether a length can be that of a hold: at least half a day and at most four weeks, and of nothing else."""
    if not 0.5 <= amount.value <= 28 or (
        re.match(r"(?:the|one)\b", folded[amount.start : amount.end])
        and not re.match(r"one (?:day|week)", folded[amount.start : amount.end])
    ):
        return False
    if _ASIDE.match(folded[amount.end : end]) or _SINCE_BLOCK.match(folded[amount.end : end]):
        return False
    return not _ASIDE_BEFORE.search(folded[max(start, amount.start - 24) : amount.start])
