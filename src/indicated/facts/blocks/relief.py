"""The relief that a sympathetic block brought, at home, after sedation and numbness were gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indicated.facts.blocks.effect import (
    Effects,
    former,
    general,
    immediate,
    is_of_block,
    of_other_person,
    told_on,
)
from indicated.facts.blocks.meant import block_meant
from indicated.facts.blocks.relief_amounts import Share, ticked
from indicated.facts.blocks.relief_figure import (
    RELIEF,
    by_setting,
    figure_of,
    in_recovery,
    may_tell,
    under_sedation,
)
from indicated.facts.blocks.relief_words import (
    but_better,
    counts,
    near_block,
    same_throughout,
    unanswered,
    weak,
)
from indicated.facts.blocks.relief_words import (
    graded as grade_of,
)
from indicated.facts.blocks.relief_words import (
    titled as is_titled,
)
from indicated.facts.blocks.table import columns_of, is_head
from indicated.facts.diagnosis.around import overlaps, proof
from indicated.facts.model import Fact, Status, Value
from indicated.reading.note import Mention
from indicated.reading.patterns import lazy

WORD = "block relief"
_QUESTION = lazy(r"\?[\"' )]*\s*$")
_ANSWERED = lazy(r"\?[\"')]*\s+[^\s_\[({*]")
_OLDER = lazy(
    r"(?:after|from|for|following|since|with|by|of) (?:the |her |his )?(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier)|(?:#\d|1st|2nd|3rd|first|second|third|last|prior|previous|earlier) (?:one|block|lsb|injection)"
)
_OWN_VOICE = lazy(
    r" (?:say|put|guess|estimate|rate|describe|reckon|think|finally|at last|again|not believe)\b"
)
_CANNOT_TELL = lazy(r"\b(?:whether|if)$")
_NOUN = lazy(r"relief|response|helped|benefit|better|outcome|effect|block")


def read_relief(effects: Effects) -> Iterator[tuple[int, Fact]]:
    """Yield each statement of what a block did to the pain, with the number of its segment."""
    note = effects.note
    last: tuple[int, Fact] | None = None
    for segment in range(len(note.segments)):
        found = _statement(effects, segment)
        if found is None:
            continue
        if last is not None and _goes_on(effects, last, segment, found):
            attributes = {**dict(last[1].attributes), **dict(found.attributes)}
            attributes.pop("better", None)
            last = (
                segment,
                replace(found, evidence=(*last[1].evidence, *found.evidence), attributes=attributes),
            )
            continue
        if last is not None:
            yield last
        last = segment, found
    if last is not None:
        yield last


def _goes_on(effects: Effects, last: tuple[int, Fact], segment: int, found: Fact) -> bool:
    """Whether a figure in the sentence after praise says how much it was ("The block was amazing! From 8 to 2.")."""
    note = effects.note
    number, words = last
    return (
        number == segment - 1
        and note.segments[number].paragraph == note.segments[segment].paragraph
        and words.status is found.status is Status.PRESENT
        and "better" in words.attributes
        and "percent" in found.attributes
        and found.attributes.get("block") in (None, words.attributes.get("block"))
        and not note.within(segment, "sympathetic block", "lumbar", "name", "weak")
    )


def _statement(effects: Effects, segment: int) -> Fact | None:
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    if is_head(note, segment):
        return None
    words = [
        m
        for m in note.within(segment, "relief")
        if m.name in ("relief.better", "relief.none", "relief.asked", "relief.unknown")
    ]
    answered = _ANSWERED.search(text) if any(m.name == "relief.asked" for m in words) else None
    if answered:
        words = [m for m in words if m.name != "relief.asked" or m.start >= here.start + answered.start()]
    elsewhere = note.within(segment, "relief.elsewhere")
    words = [
        m
        for m in words
        if not overlaps(m, elsewhere) and not in_recovery(text, m.start - here.start, m.end - here.start)
    ]
    titled = is_titled(effects, segment)
    if not words and not titled and not may_tell(effects, segment, text):
        return None
    row = columns_of(note, segment) if segment in {n for n, _ in effects.done} else None
    column = None if row is None or row.percent is None else Share(here.start, here.end, row.percent)
    figure = column or figure_of(effects, segment, words, titled)
    if figure is None and not words and not titled:
        return None
    anchor = _anchor(effects, segment, figure, words)
    plain = titled or figure is not None or RELIEF.search(text) is not None
    strict = plain and by_setting(effects, segment)
    if not is_of_block(effects, segment, anchor.start, anchor.end, strict=strict):
        return None
    if immediate(effects, segment) and not _refers(effects, segment):
        return None
    if figure is not None and figure.from_scores and under_sedation(f"{here.heading} {text}"):
        return None
    status, attributes, why = _read(effects, segment, anchor, figure, words, titled, text)
    if status is None:
        return None
    if status is Status.PRESENT and former(effects, segment):
        status = Status.HISTORICAL
    meant = block_meant(effects, segment, anchor.start)
    if meant:
        attributes["block"] = meant
    segments = [segment] if figure is None or figure.end <= here.end else [segment, segment + 1]
    return Fact(
        WORD,
        status,
        proof(note, segments),
        date=told_on(note, segment),
        attributes=attributes,
        reader="relief",
        why=(why,),
    )


def _refers(effects: Effects, segment: int) -> bool:
    """Whether a statement in a procedure note names the block that it speaks of, as an earlier one."""
    return _OLDER.search(effects.note.text_of(segment)) is not None


def _anchor(effects: Effects, segment: int, figure: Share | None, words: list[Mention]) -> Mention:
    if figure is not None:
        return Mention(WORD, "figure", figure.start, figure.end, segment)
    if words:
        strong = [w for w in words if w.name in ("relief.none", "relief.better")] or words
        return strong[0]
    here = effects.note.segments[segment]
    return Mention(WORD, "title", here.start, min(here.end, here.start + 1), segment)


def _read(
    effects: Effects,
    segment: int,
    anchor: Mention,
    figure: Share | None,
    words: list[Mention],
    titled: bool,
    text: str,
) -> tuple[Status | None, dict[str, Value], str]:
    note = effects.note
    asked = [m for m in words if m.name in ("relief.asked", "relief.unknown")]
    open_question = asked and figure is None and not note.within(segment, "sympathetic block said", "another")
    if not open_question and of_other_person(effects, segment, anchor):
        return Status.OTHER_PERSON, _amount(figure, words), "of another person"
    told = [m for m in words if m.name in ("relief.better", "relief.none")]
    chosen = ticked(text, 0)
    if isinstance(chosen, str) and chosen and (told or titled or asked) and figure is None:
        answer = _ticked(chosen)
        if answer is not None:
            return answer
    if open_question and told and unanswered(note.folded, asked, told):
        return Status.ASKED, {}, "nobody could say"
    if (
        open_question
        and not told
        and not titled
        and not near_block(effects, segment)
        and not _NOUN.search(text)
    ):
        return None, {}, ""
    if open_question and any(_CANNOT_TELL.search(note.folded, m.start, m.end) for m in asked):
        return Status.ASKED, {}, "nobody could say"
    if general(effects, segment, anchor) or _hypothetical(effects, segment, anchor, figure):
        share: dict[str, Value] = {"percent": _plain(figure.percent)} if figure else {}
        return Status.HYPOTHETICAL, share, "a condition, an expectation or a general statement"
    if (
        _QUESTION.search(text)
        or text.lstrip(" \"'").startswith("?")
        or effects.language.titles.get(note.segments[segment].heading, "") == "asked"
    ):
        return Status.ASKED, {}, "a question"
    if figure is not None:
        status = Status.ABSENT if figure.percent <= 0 else Status.PRESENT
        return (
            status,
            {"percent": _plain(figure.percent)},
            "scores before and after" if figure.from_scores else "a figure",
        )
    if isinstance(chosen, str) and not (told or titled or asked):
        return None, {}, ""
    if chosen == "":
        return Status.ASKED, {}, "no box is ticked"
    return _by_words(effects, segment, words, titled, text)


def _ticked(choice: str) -> tuple[Status, dict[str, Value], str] | None:
    """What a ticked choice of words says."""
    if re.match(r"(?:not|no|none|worse|same|unchanged)\b", choice):
        return Status.ABSENT, {"better": False}, "ticked"
    if re.search(r"better|help|lot|some|much|good|improv|great|yes", choice):
        return Status.PRESENT, {"better": True}, "ticked"
    return None


def _by_words(
    effects: Effects, segment: int, words: list[Mention], titled: bool, text: str
) -> tuple[Status | None, dict[str, Value], str]:
    """What a statement without a figure comes to."""
    note = effects.note
    asked = [m for m in words if m.name in ("relief.asked", "relief.unknown")]
    meant = {f.status for n, f in effects.all if n == segment}
    if meant == {Status.ABSENT}:
        return None, {}, ""
    if meant and Status.PRESENT not in meant and meant & {Status.PLANNED, Status.HYPOTHETICAL}:
        return (
            (Status.HYPOTHETICAL, {}, "of a block to come")
            if Status.HYPOTHETICAL in meant
            else (None, {}, "")
        )
    none = [m for m in words if m.name == "relief.none" and counts(effects, segment, m)]
    better = [m for m in words if m.name == "relief.better" and not weak(note.folded[m.start : m.end])]
    if asked and any(f.status is Status.PLANNED for n, f in effects.all if n == segment) and not better:
        return None, {}, ""
    if asked and not none and (not better or unanswered(note.folded, asked, better)):
        return Status.ASKED, {}, "asked or not recorded"
    if none and not but_better(note.folded, none, better):
        return Status.ABSENT, {"better": False}, f"'{note.folded[none[0].start : none[0].end]}'"
    graded = grade_of(effects, segment, titled)
    if graded is not None and not better and not none:
        return (Status.PRESENT if graded else Status.ABSENT), {"better": graded}, "graded"
    if better:
        if same_throughout(text):
            return Status.ABSENT, {"percent": 0}, "the same score throughout"
        return Status.PRESENT, {"better": True}, f"'{note.folded[better[0].start : better[0].end]}'"
    return None, {}, ""


def _amount(figure: Share | None, words: list[Mention]) -> dict[str, Value]:
    """How much relief a statement gives, whoever's it is."""
    if figure is not None:
        return {"percent": _plain(figure.percent)}
    if any(m.name == "relief.none" for m in words):
        return {"better": False}
    return {"better": True} if any(m.name == "relief.better" for m in words) else {}


def _plain(value: float) -> Value:
    return int(value) if float(value).is_integer() else value


def _hypothetical(effects: Effects, segment: int, anchor: Mention, figure: Share | None) -> bool:
    note = effects.note
    for cue in note.within(segment, "relief.hypothetical"):
        between = note.folded[min(cue.end, anchor.end) : max(cue.start, anchor.start)]
        if (
            cue.start < anchor.end
            and not re.search(r"[;.]\s|\bbut\b|\bsince\b", between)
            and len(between) < 110
        ):
            said = note.folded[cue.start : cue.end]
            if said == "may" and re.search(
                r"\b(?:the|in|of|last) $", note.folded[max(0, cue.start - 5) : cue.start]
            ):
                continue
            if said in ("would", "could") and _OWN_VOICE.match(note.folded, cue.end):
                continue
            if said == "usually" and figure is not None and figure.from_scores:
                continue
            if (
                said in ("can", "will", "usually", "typical", "generally", "could", "may")
                and figure is not None
                and len(between) > 30
            ):
                continue
            return True
    return False
