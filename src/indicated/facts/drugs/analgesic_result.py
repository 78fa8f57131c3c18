"""What a drug did for the pain: by words, by scores before and after, by a share of the pain that it took away.

A drug that takes away half of the pain helps; one that takes less, or leaves the pain at 4 of 10 or more, is
insufficient (the bound of moderate pain).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicated.reading.amounts import NUMBER, number, percents
from indicated.reading.note import Mention
from indicated.reading.patterns import lazy

_N = rf"(?:an? )?(?P<{{0}}>{NUMBER})(?:\.\d)?(?: ?/ ?10)?"
_FROM_TO = lazy(
    rf"(?<![\d/.]){_N.format('a')}s?(?: ?- ?\d+)? ?(?:to|->|>|becomes?|became|goes to|went to|down to|dropped to|into) (?:about |around )?{_N.format('b')}(?![\d/]|\s*(?:mg|times|a day|d\b|day|wk|week|mo|h\b|%|months?|years?|tab))"
)
_TO_WAS = lazy(
    r"(?<![\d/.])(?P<b>\d{1,2})(?: ?/ ?10)?[^.;\d]{0,24}?,? ?(?:\(?was|from|previously|before,?|down from) (?:an? )?(?P<a>\d{1,2})(?![\d/])"
)
_ALL_THE_SAME = r"(?:regardless|nonetheless|nevertheless|anyway|anyhow|anyways|all the same|even so|just the same|notwithstanding|for all that)"
_STILL = lazy(
    rf"(?:\b(?:still|remains?|stays?|stuck|pain|nrs|vas|score|despite (?:these|this|it|them)|same|rates?|hovers?|at)(?: it| is| are| at| around| of| pain| score|,|:|=|s)*\s+)(?:an? )?(?P<n>{NUMBER})(?: ?[-/] ?(?P<m>\d{{1,2}}))?(?! ?(?:mg|mcg|g\b|%|tab|times|days?|d\b|wk|week|mo|month|h\b|hours?|years?|yrs|x\b)|\d)"
    rf"|(?<![\d/.])(?P<n2>{NUMBER})(?: ?/ ?10| out of (?:ten|10))?(?: (?:is|was|persists|remains|even|still))* (?:with|on|despite|in spite of|under|after) (?:all )?(?:of )?(?:it|them|these|those|that|all|both|this|meds)\b|(?<![\d/.])(?P<n3>\d{{1,2}})(?: ?- ?\d)? ?/ ?10\b"
    rf"|(?<![\d/.])(?P<n4>{NUMBER})(?: ?/ ?10| out of (?:ten|10))?(?: (?:it|is|was|remains|stays|stayed|the|pain|even|still|she|he|says|just|on|scale))* {_ALL_THE_SAME}"
    rf"|{_ALL_THE_SAME}(?: [a-z']+){{0,4}}? (?:an? )?(?P<n5>{NUMBER})(?: ?/ ?10| out of (?:ten|10)| on (?:the|a|her|his) (?:scale|nrs|vas|ruler))\b"
    rf"|\b(?:with|on|for|under|after) all (?:of )?(?:this|that|these|them|those|which)\b[^.;\d]{{0,24}}?\b(?:is|are|at|remains|stays|rates|scores|says) (?:still |an? )?(?P<n6>{NUMBER})(?! ?(?:mg|days?|weeks?|months?|years?|hours?|h\b|%))"
)
_DIARY = lazy(r"(?<!\d)(?:\b(?:10|\d)\b[ ,]+){3,}\b(?:10|\d)\b")
_LESS = lazy(
    r"\b(?:about |roughly |maybe |perhaps |only )?(?P<part>a third|one third|a quarter|one quarter|a fifth|a tenth|half|two thirds|three quarters) (?:better|less|relief|improve\w*|reduction|off|of the pain)"
)
_BETTER = lazy(
    r"\s*(?:\w+ ){0,2}?(?:better|less|relief|improve\w*|reduction|sorted|effective|help\w*|benefit|effect|gone|of (?:the |her |his )?pain|pain|\))|\s*$|\s*[.,;)]"
)
_QUESTION = lazy(
    r"\b(?:adequate|effective|enough|help(?:s|ed|ful|ing)?|work(?:s|ed|ing)?|sufficient|relief|benefit|useful|any (?:good|use|better))\b[^.?\n]{0,24}\?\s*[\"']?(?:a:|pt:)?\s*"
    r"(?P<said>no|nope|not|never|none|n|yes|y|yep|definitely|very)\b(?! ?/)"
)
_NIL_CELL = lazy(
    r"(?:\s{2,}|\|)\s*(?:nil|none|no|nothing|no help|poor|minimal|partial|slight|inadequate|insufficient)\s*(?:$|[,;|\n]| {2,})"
)
_SMALL = ("a third", "one third", "a quarter", "one quarter", "a fifth", "a tenth")
_HALF, _MODERATE, _TOP = 50, 4, 10


def by_words(cues: Sequence[Mention]) -> tuple[str, Mention] | None:
    """The result that words tell, with the words; of help and its denial the denial wins, being the more exact."""
    for group, result in (
        ("unknown", "not_stated"),
        ("insufficient", "insufficient"),
        ("insufficient then", "insufficient"),
        ("helps", "helps"),
        ("helps then", "helps"),
    ):
        found = [m for m in cues if m.group == group]
        if group == "unknown":
            found = [m for m in found if not _answered(m, cues)]
        if found:
            return result, found[-1]
    return None


def _answered(question: Mention, cues: Sequence[Mention]) -> bool:
    """Whether words on the effect stand in the sentence behind a question for it."""
    return any(m.segment > question.segment and m.group in _TOLD for m in cues)


_TOLD = ("insufficient", "insufficient then", "helps", "helps then")


def by_answer(folded: str, start: int, end: int) -> str | None:
    """The result that the answer to a question tells ("Adequate? No.")."""
    found = _QUESTION.search(folded, start, end)
    if not found:
        return None
    return "helps" if found["said"] in ("yes", "y", "yep", "definitely", "very") else "insufficient"


def by_numbers(folded: str, start: int, end: int) -> str | None:
    """The result that scores or a percentage tell in a span, or None."""
    change = _FROM_TO.search(folded, start, end) or _TO_WAS.search(folded, start, end)
    if change:
        before, after = number(change["a"]), number(change["b"])
        if before and after is not None and _is_score(before) and _is_score(after) and before > after:
            return "helps" if after <= before / 2 else "insufficient"
    for amount in percents(folded, start, end):
        if _BETTER.match(folded, amount.end, end):
            return "helps" if amount.value >= _HALF else "insufficient"
    part = _LESS.search(folded, start, end)
    if part:
        return "insufficient" if part["part"] in _SMALL else "helps"
    if _NIL_CELL.search(folded, start, end):
        return "insufficient"
    diary = _DIARY.search(folded, start, end)
    if diary:
        scores = [int(n) for n in re.findall(r"\d+", diary[0])]
        return "insufficient" if sum(scores) / len(scores) >= _MODERATE else "helps"
    left = _STILL.search(folded, start, end)
    if left:
        value = number(next(left[name] for name in _PLACES if left[name]))
        if value is not None and _is_score(value):
            return "insufficient" if value >= _MODERATE else "helps"
    return None


def in_spite(folded: str, start: int, end: int) -> str | None:
    """The result that a score tells which is left in spite of all that is taken ("seven it is regardless")."""
    left = _STILL.search(folded, start, end)
    value = next((number(left[name]) for name in _IN_SPITE if left[name]), None) if left else None
    if value is None or not _is_score(value):
        return None
    return "insufficient" if value >= _MODERATE else "helps"


_IN_SPITE = ("n4", "n5", "n6")
_PLACES = ("n", "n2", "n3", "n4", "n5", "n6")


def _is_score(value: float) -> bool:
    return 0 <= value <= _TOP
