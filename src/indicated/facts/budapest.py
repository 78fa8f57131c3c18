"""The Budapest criteria: said to be met or not, counted, asked for, or met only in the past.

The clinical rule is symptoms in three of four categories and signs in two (Harden 2010, DOI
10.1016/j.pain.2010.04.030). Numbers that fall short win over a word of confidence; numbers that suffice make
no verdict by themselves, since two further conditions belong to the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.around import of_another, phrases, proof
from indicated.facts.budapest_counts import Counts, count_categories
from indicated.facts.model import Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_REACH = 6
_YEAR = re.compile(r"\b(?:in |since |of |back in )?((?:19|20)\d\d)\b")
_YES = re.compile(r"^[\s:=|>(\[.-]{0,6}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[.-]{0,4}(?:yes\b|y\b|\+|pos\b|x\]|✓|☑|☒|true\b|ok\b)")
_NO = re.compile(r"^[\s:=|>(\[]{0,4}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[]{0,4}(?:no\b|n\b|neg\b|-\)|\(-|-$|- ?neg|false\b|0\b(?!/))")
_TICKED = re.compile(r"(?:\[ ?[x✓✔] ?\]|[☒☑✓])\s*(?P<after>[a-z ]{1,12})|(?P<before>\b(?:yes|no|met|not met))\s*(?:\[ ?[x✓✔] ?\]|[☒☑✓])")
_LEADING_BOX = re.compile(r"\[ ?(x?) ?\]\s*$")


@dataclass(frozen=True)
class _Passage:
    """Neighbouring segments that speak of the criteria, with the places where they are named."""

    segments: tuple[int, ...]
    names: tuple[Mention, ...]


def read_budapest(note: Note, language: Language) -> Iterator[Fact]:
    """Yield one fact for each passage that speaks of the Budapest criteria."""
    if not (note.has("Budapest criteria") or note.has("Budapest part")):
        return
    for passage in _passages(note):
        fact = _read(note, language, passage)
        if fact is not None:
            yield fact


def criteria_met_in(note: Note, language: Language, segments: Sequence[int]) -> list[int]:
    """The segments near some others in which the criteria are said to be met."""
    if not segments:
        return []
    start, end = note.segments[segments[0]].start, note.segments[segments[-1]].end
    found: list[int] = []
    for fact in read_budapest(note, language):
        if fact.attributes.get("verdict") != "met" or fact.status is not Status.PRESENT:
            continue
        for piece in fact.evidence:
            if piece.start < end and start < piece.end:
                found += range(note.segment_at(piece.start), note.segment_at(piece.end - 1) + 1)
    return sorted(set(found))


def _passages(note: Note) -> Iterator[_Passage]:
    taken: set[int] = set()
    for n in range(len(note.segments)):
        names = note.within(n, "Budapest criteria", "name")
        titled = [m for m in note.above(n, "Budapest criteria") if m.group == "name"]
        counted = _counted_here(note, n)
        if n in taken or not (names or titled or counted):
            continue
        block = _block(note, n, bool(titled))
        taken.update(block)
        every = [m for k in block for m in note.within(k, "Budapest criteria", "name")] or titled
        if not counted and not titled and not _is_the_rule(note, block, every):
            continue
        yield _Passage(tuple(block), tuple(every))


def _counted_here(note: Note, n: int) -> bool:
    """Whether a segment, with the one behind it, lists both sides without naming the criteria."""
    parts = {m.group for m in note.within(n, "Budapest part")}
    text = note.text_of(n)
    if {"symptom", "sign"} <= parts or "both" in parts:
        return bool(re.search(r"[0-4] ?/ ?4|[0-4] of (?:4|four)|categor|groups|domains|columns", text)) or _named(note, [n]) >= 3
    return False


def _named(note: Note, segments: Sequence[int]) -> int:
    words = ("sensory", "vasomotor", "sudomotor", "motor", "trophic", "sens", "vaso", "sudo")
    return sum(any(w in note.text_of(n).split() or w in note.text_of(n) for n in segments) for w in words[:4])


def _is_the_rule(note: Note, block: Sequence[int], names: Sequence[Mention]) -> bool:
    """Whether the city's name stands for the criteria: something of a diagnosis is said beside it."""
    if any(note.folded[m.start : m.end] != "budapest" for m in names):
        return True
    near = [n for n in block if abs(n - names[0].segment) <= 2]
    return bool(phrases(note, "Budapest said", near, "evidence", "met", "not_met", "asked")) or bool(
        re.search(r"[0-4] ?[/+] ?[0-4]", " ".join(note.text_of(n) for n in near))
    )


def _block(note: Note, n: int, titled: bool) -> list[int]:
    """The segments that belong to the statement at `n`: under its heading all, else the paragraph and rows that follow."""
    title = note.segments[n].title
    out = [n]
    for k in range(n - 1, max(-1, n - 4), -1):
        if note.segments[k].title != title or note.segments[k].paragraph != note.segments[n].paragraph:
            break
        out.insert(0, k)
    for k in range(n + 1, min(len(note.segments), n + 14)):
        same = note.segments[k].title == title
        parts = bool(note.within(k, "Budapest part")) or _marked_row(note, k)
        if not same or (k - n > _REACH and not parts):
            break
        if not titled and note.segments[k].paragraph != note.segments[n].paragraph and not (
            parts or phrases(note, "Budapest said", [k], "met", "not_met")
        ):
            break
        out.append(k)
    return out


def _marked_row(note: Note, k: int) -> bool:
    return bool(note.within(k, "Budapest category")) and bool(
        re.search(r"\[ ?x? ?\]|\b[yn]\b|[+|]|\byes\b|\bno\b", note.text_of(k))
    )


def _read(note: Note, language: Language, passage: _Passage) -> Fact | None:
    anchor = passage.names[0] if passage.names else None
    named = passage.segments[0] if anchor is None or anchor.segment < 0 else anchor.segment
    counts = count_categories(note, passage.segments)
    verdict, spoken = _verdict(note, passage)
    title = _title(note, language, named)
    attributes: dict[str, Value] = {}
    status: Status | None = None
    why = ""
    if anchor is not None and anchor.segment >= 0 and of_another(note, anchor) or title == "other_person" or note.misfiled(named):
        status, why = Status.OTHER_PERSON, "said of another person"
    elif title == "hypothetical" or (verdict is None and _hypothetical(note, passage)):
        status, why = Status.HYPOTHETICAL, "a general statement or a condition"
    elif title == "asked" or _asked(note, passage, verdict, counts):
        status, why = Status.ASKED, "asked, or not complete"
    else:
        short = counts is not None and counts.reached is False
        if counts is not None:
            if counts.symptoms is not None:
                attributes["symptoms"] = counts.symptoms
            if counts.signs is not None:
                attributes["signs"] = counts.signs
        if short or verdict == "not_met":
            status, why = Status.ABSENT, "too few categories" if short else f"said: '{spoken}'"
            attributes["verdict"] = "not_met"
        elif verdict == "met" or (counts is not None and counts.reached):
            status, why = Status.PRESENT, f"said: '{spoken}'" if verdict else "counted"
            if verdict == "met":
                attributes["verdict"] = "met"
        elif counts is not None and counts.known:
            status, why = Status.ASKED, "categories left untested could still reach the number"
        elif anchor is not None:
            status, why = Status.ASKED, "named without a result"
        if status is Status.PRESENT and _past(note, passage):
            status, why, attributes = Status.HISTORICAL, "said of the past", {}
    if status is None:
        return None
    used = sorted({named, *(counts.segments if counts and status in (Status.PRESENT, Status.ABSENT) else ())} | _said_in(note, passage))
    return Fact(
        word="Budapest criteria",
        status=status,
        evidence=proof(note, used),
        date=note.document.date,
        attributes=attributes,
        reader="budapest",
        why=(why,),
    )


def _said_in(note: Note, passage: _Passage) -> set[int]:
    return {m.segment for m in phrases(note, "Budapest said", passage.segments, "met", "not_met")}


def _title(note: Note, language: Language, segment: int) -> str:
    s = note.segments[segment]
    for title in (s.label, s.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name in ("other_person", "hypothetical", "general", "asked"):
            return "hypothetical" if name == "general" else name
    return ""


def _verdict(note: Note, passage: _Passage) -> tuple[str | None, str]:
    """The last verdict of a passage wins ("positive on paper, but ... not met"); what is only an if does not count."""
    found: list[tuple[int, str, str]] = []
    for name in passage.names:
        if name.segment < 0:
            continue
        end = note.segments[name.segment].end
        behind = note.folded[name.end : end]
        whole = note.folded[name.start : end]
        ticked = _TICKED.search(whole)
        if ticked:
            word = (ticked["after"] or ticked["before"]).strip()
            found.append((end, "not_met" if word.startswith(("no", "neg", "unmet")) else "met", ticked[0]))
        elif _YES.match(behind) or note.folded[name.start : name.end].endswith(("+", "pos")):
            found.append((name.end, "met", "yes"))
        elif _NO.match(behind) or note.folded[name.start : name.end].endswith("neg"):
            found.append((name.end, "not_met", "no"))
    for m in _spoken(note, passage):
        found.append((m.start, m.group, note.folded[m.start : m.end]))
    if not found:
        return None, ""
    _, verdict, words = max(found)
    if phrases(note, "Budapest said", passage.segments, "turned"):
        verdict = "met" if verdict == "not_met" else "not_met"
    return verdict, words


def _spoken(note: Note, passage: _Passage) -> Iterator[Mention]:
    near = {m.segment for m in passage.names if m.segment >= 0} or set(passage.segments[:1])
    for n in passage.segments:
        if min(abs(n - k) for k in near) > 2:
            continue
        said = note.within(n, "Budapest said")
        for m in said:
            if m.group not in ("met", "not_met"):
                continue
            if any(o.group in ("hypothetical", "research") and o.start < m.start for o in said) and m.group == "not_met":
                continue
            if any(o.group == "hypothetical" and o.start < m.start and ";" not in note.folded[o.end : m.start] for o in said):
                continue
            yield m


def _hypothetical(note: Note, passage: _Passage) -> bool:
    return bool(phrases(note, "Budapest said", passage.segments, "hypothetical"))


def _asked(note: Note, passage: _Passage, verdict: str | None, counts: Counts | None) -> bool:
    asked = phrases(note, "Budapest said", passage.segments, "asked")
    text = note.text_of(passage.names[0].segment) if passage.names and passage.names[0].segment >= 0 else ""
    question = bool(re.search(r"(?:budapest|criteria)[ \w]{0,12}\?", text))
    if counts is not None and counts.known:
        return False
    if verdict is None:
        return bool(asked) or question
    return any(_outweighs(note, m) for m in asked)


def _outweighs(note: Note, asked: Mention) -> bool:
    """Whether a word of asking leaves a verdict beside it open, as "the sign half remains open" does."""
    words = note.folded[asked.start : asked.end]
    return words not in ("need", "needs", "needed", "is it", "whether", "please", "planned", "requested", "__", "...", "then")


def _past(note: Note, passage: _Passage) -> bool:
    """Whether a verdict belongs to a former time and nothing says that it still holds."""
    said = phrases(note, "Budapest said", passage.segments, "past", "now")
    if any(m.group == "now" for m in said):
        return False
    if any(m.group == "past" for m in said):
        return True
    day = note.document.date
    text = " ".join(note.text_of(n) for n in {m.segment for m in passage.names if m.segment >= 0})
    years = [int(y) for y in _YEAR.findall(text)]
    dated = [d for n in passage.segments for d in note.dates_in(n)]
    if dated or not years:
        return False
    return day is not None and max(years) < day.year or day is None and bool(re.search(r"\bin (?:19|20)\d\d", text))
