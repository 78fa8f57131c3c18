"""The figure of relief that a statement gives: a share, a marked choice, or scores before the block and at home."""

from __future__ import annotations

import re

from indicated.facts.blocks.effect import SHORT, Effects, by_number, enclosing, is_of_block
from indicated.facts.blocks.relief_amounts import Share, bare_share, from_scores, marked, shares, ticked
from indicated.facts.blocks.relief_words import near_block
from indicated.reading.note import Mention
from indicated.reading.patterns import lazy

_PAIN = lazy(r"pain|nrs|vas\b|nprs|burning|/ ?10\b|score")
_AMOUNT = lazy(r"\d|half|halved|third|quarter|fifth|percent|per cent")
_BODY = lazy(r"\b(?:foot|leg|limb|toes?|ankle|calf|crps|nerve)\b")
_ELSE = lazy(r"\b(?:back|knee|axial|shoulder|neck|head|hip|poke|site|trunk|hand|arm)\b")


_PRE_ROW = lazy(r"\W*(?:pre\b[a-z -]*|before|baseline|usual)[\s|:=]+(\d{1,2})(?!\d|/(?!10))")
_HOME_ROW = lazy(
    r"\W*(?:(?:at )?home|evening|next (?:day|am|morning)|day ?\d+|d ?\d+|\d+ ?h(?:rs?)? (?:at )?home)\b[a-z0-9 -]*?[\s|:=]+(\d{1,2})(?: ?/ ?10)?\W*$"
)
_OF_THE_PAIN = lazy(
    r"(?: or so| or more|ish|\+)?\W{0,2}(?:of (?:the|her|his|my|their) (?:\w+ )?(?:pain|burning)|better|relief|pain relief|less pain|less burning|pain reduction|reduction in pain|improve\w*|gone)\b"
)
_RECOVERY = lazy(
    r"\b(?:in (?:the )?recovery|recovery (?:area|bay|suite)|in pacu|pacu|rec(?:overy)? ?(?:room|rm)|versed|propofol|while (?:drowsy|sedated)|under sedation)\b"
)
_DROWSY = lazy(
    r"\b(?:still (?:sedated|drowsy|sleepy|groggy|numb)|sedated|drowsy|groggy)\b|^(?:pacu|recovery|phase (?:i|1|one))\b"
)
_AT_HOME = lazy(r"\b(?:home|next (?:day|am|morning)|day \d|d\d|days?|weeks?|wks?|evening|since|until)\b")
_BETTER_SAID = lazy(
    r"not quite|more like|say |\b(?:scratch that|strike that|correction|correct that|make that|i mean|i meant|sorry|no wait|rather|should (?:read|be|say))\b"
)
"""Words behind which a figure takes the place of the one before."""
_FROM_TO = lazy(
    r"\bfrom (?:an? )?\w+(?:/10)? (?:down )?to\b|\d ?(?:->|=>|-->) ?\d|\bwas (?:an? )?\d|\b\d{1,2}(?: ?/ ?10)? (?:came |went |fell |dropped )?down to (?:an? )?\d"
)
RELIEF = lazy(r"(?<![a-z])relief(?![a-z])|\brelieve|response|outcome")


def may_tell(effects: Effects, segment: int, text: str) -> bool:
    """The quick question: whether a statement without a word of relief may hold a figure of it."""
    if not _AMOUNT.search(text):
        return False
    return (
        len(effects.note.segments) <= SHORT
        or near_block(effects, segment)
        or by_number(effects, segment)
        or enclosing(effects, segment) is not None
    )


def by_setting(effects: Effects, segment: int) -> bool:
    """Whether a note that names no block still speaks of one: by the recovery room and the home after it, or by relief."""
    note = effects.note
    here = note.segments[segment]
    if note.within(segment, "relief.elsewhere"):
        return False
    return note.has("relief.setting") or RELIEF.search(f"{here.heading} {note.text_of(segment)}") is not None


def figure_of(effects: Effects, segment: int, words: list[Mention], titled: bool) -> Share | None:
    """The share that a statement gives: of several that of the limb, else the one nearest to a word of relief."""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    choice = marked(text, here.start) or ticked(text, here.start)
    if isinstance(choice, Share):
        return choice
    strict = by_setting(effects, segment)
    found = [
        s
        for s in shares(text, here.start)
        if not in_recovery(text, s.start - here.start, s.end - here.start)
        and is_of_block(effects, segment, s.start, s.end, strict=strict)
    ]
    if len(found) > 1:
        found = _of_limb(text, here.start, found) or found
    told = words or titled or near_block(effects, segment)
    if found and not told:
        plain = [s for s in found if _OF_THE_PAIN.match(note.folded, s.end)]
        found, told = (plain, True) if plain else (found, told)
    if found and not told and enclosing(effects, segment):
        found = [s for s in found if re.search(r"%|per ?cent|pct", note.folded[s.start : s.end])]
        told = bool(found)
    spoken = found and told and not re.match(r"#\s.*=", text)
    if found and spoken:
        return found[-1] if _BETTER_SAID.search(text) else found[0]
    alone = re.fullmatch(r"\W*(\d{1,3})\W*(?:%|percent)?\W*", text)
    if alone and titled and re.search(r"%|percent", here.heading + here.label) and float(alone[1]) <= 100:
        return Share(here.start, here.end, float(alone[1]))
    said = bare_share(text, here.start)
    if said and (words or titled or near_block(effects, segment)):
        return said
    if not _of_pain(effects, segment):
        return None
    score = from_scores(text, here.start) or _from_rows(effects, segment)
    if (
        score is None
        and segment + 1 < len(note.segments)
        and note.segments[segment + 1].paragraph <= here.paragraph + 1
    ):
        beside = note.segments[segment + 1]
        if beside.title == here.title and not note.within(segment + 1, "treatment"):
            score = from_scores(note.folded[here.start : beside.end], here.start)
            if score and (score.end <= beside.start or score.start >= here.end):
                score = None
    return score


def in_recovery(text: str, start: int, end: int) -> bool:
    """Whether a figure or word is that of the recovery room, under sedation: it says nothing of the relief at home."""
    first = max(text.rfind(mark, 0, start) for mark in (".", ";", "|")) + 1
    stops = [at for mark in (". ", ";", "|", ", but") if (at := text.find(mark, end)) >= 0]
    clause = text[first : min(stops, default=len(text))]
    return _RECOVERY.search(clause) is not None and _AT_HOME.search(clause) is None


def under_sedation(text: str) -> bool:
    """Whether scores are those of the recovery room, by the heading or by the sedation that the statement tells of."""
    told = _RECOVERY.search(text) or _DROWSY.search(text)
    return told is not None and _AT_HOME.search(text) is None


def _from_rows(effects: Effects, segment: int) -> Share | None:
    """Scores of a small table: "pre | 8" in a row above, "home 24 h | 2" in this one."""
    note = effects.note
    here = note.segments[segment]
    later = _HOME_ROW.match(note.text_of(segment)) if here.row else None
    if later is None:
        return None
    for number in range(segment - 1, max(-1, segment - 5), -1):
        before = _PRE_ROW.match(note.text_of(number))
        if (
            before
            and note.segments[number].row
            and 0 <= float(later[1]) <= float(before[1]) <= 10
            and float(before[1]) > 0
        ):
            share = round(100 * (float(before[1]) - float(later[1])) / float(before[1]))
            return Share(here.start, here.end, share, True)
    return None


def _of_pain(effects: Effects, segment: int) -> bool:
    """Whether numbers of a statement are scores of pain; a short note about a block needs no word for it."""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    named = note.within(segment, "sympathetic block", "lumbar", "name", "weak")
    measured = note.within(segment, "functional measure")
    return (
        len(note.segments) <= 6
        or bool(_PAIN.search(f"{here.heading} {here.label} {text}"))
        or bool(not measured and _FROM_TO.search(text) and (named or enclosing(effects, segment)))
    )


def _of_limb(text: str, start: int, found: list[Share]) -> list[Share]:
    kept = []
    for n, share in enumerate(found):
        end = found[n + 1].start - start if n + 1 < len(found) else len(text)
        behind = text[share.end - start : end]
        if not _ELSE.search(behind) or _BODY.search(behind):
            kept.append(share)
    return kept
