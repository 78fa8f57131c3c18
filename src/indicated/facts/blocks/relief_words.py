"""What the words of a statement come to: better, no better, or a grade behind a field."""

from __future__ import annotations

import re

from indicated.facts.blocks.effect import Effects
from indicated.reading.note import Mention
from indicated.reading.patterns import lazy

_GOOD = "good|very good|excellent|great|fair|moderate|positive|favou?rable|complete|partial|marked|significant|substantial|yes|some|better|much better|improved"
_BAD = "poor|none|nil|minimal|negative|negligible|no|absent|not good|very poor|worse|unsatisfactory"
_GRADE = lazy(
    rf"(?:response|relief|effect|benefit|result|outcome|improvement)[^:;.]{{0,40}}?[:=-]\s*(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))\b(?! ?(?:record|document|known|state|data|diary))"
)
_NOT_THAT = lazy(
    r"\b(?:not that|not true that|not as if|not as though|not the case that|not so that|wouldn'?t say(?: that)?|would not say(?: that)?|can'?t say(?: that)?)\b[^.;,]{0,36}$"
)
_SCORED = lazy(r"\b(?:at|a|to|was|is|of|pain|nrs|vas|score|scored|rated|now|then)[ :=]*$")
_GRADE_ALONE = lazy(rf"\W*(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))\W*$")


def graded(effects: Effects, segment: int, titled: bool) -> bool | None:
    """ "Response to LSB: poor": an adjective behind a field or a noun of relief."""
    text = effects.note.text_of(segment)
    match = _GRADE.search(text)
    if match is None and titled:
        match = _GRADE_ALONE.match(text)
    return None if match is None else match["good"] is not None


def weak(said: str) -> bool:
    """Words that name relief without saying that there was any."""
    return said in (
        "relief",
        "benefit",
        "gave",
        "got",
        "brought",
        "bought",
        "cut",
        "fell",
        "it",
        "easier",
        "took the",
        "dropped",
        "provided",
        "yielded",
        "carried",
        "effective",
        "down to",
        "down by",
        "thirds",
        "positive",
        "no pain",
        "excellent",
        "great",
        "success",
    )


def counts(effects: Effects, segment: int, mention: Mention) -> bool:
    """Whether words such as "no" or "nothing" speak of relief and not of side effects, weakness or other things."""
    note = effects.note
    here = note.segments[segment]
    said = note.folded[mention.start : mention.end]
    before = note.folded[max(here.start, mention.start - 12) : mention.start]
    if re.search(r"\bnot\s+$", before):
        return False
    if _NOT_THAT.search(note.folded[max(here.start, mention.start - 50) : mention.start]):
        return False
    if said == "zero" and _SCORED.search(note.folded, max(here.start, mention.start - 24), mention.start):
        return False
    if said in ("it did not", "it didn't", "it didnt"):
        return re.match(r"\W*$|[.,;!\"]", note.folded[mention.end : here.end]) is not None
    if said in (
        "none",
        "nil",
        "nothing",
        "worse",
        "failed",
        "failure",
        "zero",
        "unchanged",
        "not one",
        "not even",
        "not a single",
        "useless",
        "same as before",
        "worse after",
        "no change",
    ):
        text = note.text_of(segment)
        if re.search(
            r"complic|side effect|fever|redness|sedation|weakness|ebl|adverse|allerg|therap|nsaid|drug|medication|conservative",
            text,
        ):
            return False
        return (
            said not in ("none", "nil", "failed", "failure", "unchanged", "worse")
            or block_named(effects, segment)
            or titled(effects, segment)
        )
    return True


def block_named(effects: Effects, segment: int) -> bool:
    """Whether the statement itself names a block, not only a shot or an injection."""
    note = effects.note
    named = note.within(segment, "sympathetic block", "lumbar", "name", "weak")
    return any("bl" in note.folded[m.start : m.end] or m.group != "weak" for m in named)


def unanswered(folded: str, asked: list[Mention], better: list[Mention]) -> bool:
    """ "Does not know if the block helped": the question reaches the words of relief."""
    for a in asked:
        for b in better:
            if (
                a.end <= b.start
                and len(folded[a.end : b.start]) < 60
                and not re.search(r"[.;]|, but", folded[a.end : b.start])
            ):
                return True
    return folded[asked[0].start] == "?" and asked[0].start < better[0].start


def but_better(folded: str, none: list[Mention], better: list[Mention]) -> bool:
    """ "No relief for two days, then much better": the last word counts where "but", "then" or "until" stands between."""
    last = max(better, key=lambda m: m.start, default=None)
    if last is None or last.start < none[-1].start:
        return False
    return bool(
        re.search(r"\b(?:but|then|until|after that|since|now|although)\b", folded[none[-1].end : last.start])
    )


def same_throughout(text: str) -> bool:
    """Whether four or more scores of a statement are all the same."""
    values = re.findall(r"(?<![\d/])(\d)(?:/10)?(?=\s*(?:$|[|.,;]|[a-z]))", text)
    return len(values) >= 4 and len(set(values)) == 1


def near_block(effects: Effects, segment: int) -> bool:
    """Whether a block is named in the statement or in the heading above it."""
    note = effects.note
    return bool(note.within(segment, "sympathetic block", "lumbar", "name", "weak")) or any(
        m.group in ("lumbar", "name", "weak") for m in note.above(segment, "sympathetic block")
    )


def titled(effects: Effects, segment: int) -> bool:
    """Whether the field or the heading asks for relief."""
    note = effects.note
    here = note.segments[segment]
    label = [
        m
        for m in note.within(segment, "relief.title")
        if m.end <= here.start + len(here.label) + 4 and here.label
    ]
    return bool(label or note.above(segment, "relief.title"))
