"""The verdict on the Budapest criteria: which words give it, what leaves it open, and whether it is of today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.choices import choice_behind
from indicated.facts.diagnosis.around import denial, overlaps, phrases, room
from indicated.facts.diagnosis.budapest_counts import Counts
from indicated.facts.diagnosis.budapest_numbered import numbered
from indicated.facts.diagnosis.budapest_passages import Passage
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_YEAR = lazy(r"\b(?:in |since |of |back in )?((?:19|20)\d\d)\b")
_YES = lazy(
    r"^[\s:=|>(\[.-]{0,6}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[.-]{0,4}(?:yes\b|y\b|\+|pos\b|x\]|✓|☑|☒|true\b|ok\b)"
)
_NO = lazy(
    r"^[\s:=|>(\[]{0,4}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[]{0,4}(?:no\b|n\b|neg\b|-\)|\(-|-$|- ?neg|false\b|0\b(?!/))"
)
_BOX_BEFORE = lazy(r"(?:\[ ?[x✓✔] ?\]|[☒☑✓])\s*([a-z ]{1,12})")
_BOX_BEHIND = lazy(r"\b(yes|no|met|not met)\s*(?:\[ ?[x✓✔] ?\]|[☒☑✓])")
_BOX_LEADS = lazy(r"^[^\[☐☒☑]*?\b(?:yes|no|met)\s*[\[☐☒☑]")
_OPEN_FIELD = lazy(
    r"_{2,}|\*{3}|\{|\.{4,}|(?:\[ ?\]|[☐□]) ?(?:yes|met)[ /|]*(?:\[ ?\]|[☐□]) ?(?:no|not met)|\( ?\) ?yes ?\( ?\) ?no|\by ?/ ?n\b"
)
_MAY_STAND_ALONE = lazy(
    r"met\b|(?:does|do|did) not|(?:does|did)n't|not (?:met|reach|satisf|fulfil|enough|suff)|no (?:line|row|box|item|column|category|group|field)|not met|fulfil|satisf|positive|negative|unmet|pass|were there|all there|every one|enough|that suff|fails\b|short|result|overall"
)
_BY = lazy(r"(?:by|per|according|crps (?:by|per))\b")
_ASKS_VERDICT = lazy(r"meet|met\b|satisf|fulfil|pass|positive|qualif|reach|(?:budapest|criteria)\s*\?")
_QUESTION = lazy(r"(?:budapest|b'pest|criteria|crit\.?|harden)[ \w]{0,24}\?")
_AFFIRMS = lazy(
    r"(?:[a-z][a-z .]{0,20}:)?[\"' ]*(?:it|s?he|they|this) (?:is|does|do|are|has|have|was|did|were)\b(?! not|n't)(?=[\"' ]*(?:[.,;!]|$))"
)
_WEAK_ASKING = (
    "need",
    "needs",
    "needed",
    "whether",
    "please",
    "planned",
    "requested",
    "request for",
    "attached separately",
    "see attached",
    "then",
    "equivocal",
)
_POLARITY = lazy(r"neg|pos")
_OF_A_TEST = 3
_NEXT_ITEM = lazy(r"[,;(|]")
_PUBLISHED = (1994, 2003, 2007, 2010, 2012)


def verdict_of(note: Note, passage: Passage, counts: Counts | None) -> tuple[str | None, str, int]:
    """The last verdict of a passage, its words and place; what is only an if does not count."""
    found: list[tuple[int, str, str]] = []
    answers = numbered(note, passage.segments)
    if answers is not None:
        end = note.segments[answers.segments[-1]].end
        return (
            ("met" if answers.met else "not_met"),
            "all four answered" if answers.met else "one answered no",
            end,
        )
    for name in passage.names:
        if name.segment < 0:
            continue
        end = note.segments[name.segment].end
        behind = note.folded[name.end : end]
        choice = choice_behind(note, name)
        if choice in ("yes", "no"):
            return ("met" if choice == "yes" else "not_met"), f"answered {choice}", end
        word = _ticked(behind)
        if word:
            return ("not_met" if word.startswith(("no", "neg", "unmet")) else "met"), f"[x] {word}", end
        if _YES.match(behind) or note.folded[name.start : name.end].endswith(("+", "pos")):
            found.append((name.end, "met", "yes"))
        elif _NO.match(behind) or note.folded[name.start : name.end].endswith("neg"):
            found.append((name.end, "not_met", "no"))
        answer = _answer(note, name)
        if answer:
            found.append((end + 1, answer, "answered behind the question"))
    for m in _spoken(note, passage, counts):
        group = "not_met" if m.group != "not_met" and _denied(note, m) else m.group
        found.append((m.start, group, note.folded[m.start : m.end]))
    if any(f[1] != "weak" for f in found):
        found = [f for f in found if f[1] != "weak"]
    found = [(at, "met" if group == "weak" else group, words) for at, group, words in found]
    if not found:
        return None, "", -1
    at, verdict, words = max(found)
    if phrases(note, "Budapest said", passage.segments, "turned"):
        verdict = "met" if verdict == "not_met" else "not_met"
    elif verdict == "met" and _only(note, at):
        verdict = "not_met"
    return verdict, words, at


def _ticked(text: str) -> str:
    """The answer whose box is ticked ("[ ] yes [x] no": no), or nothing. Boxes stand before or behind their answers."""
    found = _BOX_BEHIND.search(text) if _BOX_LEADS.match(text) else _BOX_BEFORE.search(text)
    word = found[1].strip() if found else ""
    return word if word.startswith(("yes", "no", "met", "pos", "neg", "unmet", "fulfil", "satisf")) else ""


def _answer(note: Note, name: Mention) -> str:
    """The verdict that answers a question in the sentence behind it ("Does she meet Budapest? Yes")."""
    following = room(note, name.segment, 0, 1)[-1]
    if not _ASKS_VERDICT.search(note.text_of(name.segment)):
        return ""
    if following == name.segment or not note.text_of(name.segment).rstrip("\"' ").endswith("?"):
        return ""
    text = note.text_of(following)
    if re.match(r"[\"' ]*(?:yes|y)\b(?! ?(?:_|\[|/|no\b))", text) or _AFFIRMS.match(text):
        return "met"
    return "not_met" if re.match(r"[\"' ]*(?:no|n)\b(?! ?(?:_|\[|/))", text) else ""


def _denied(note: Note, m: Mention) -> bool:
    """Whether a word of meeting stands in a denial: "too few signs to satisfy", "not enough to pass"."""
    said = note.within(m.segment, "Budapest said", "not_met", "turned")
    for o in said:
        if (
            o.end <= m.start
            and o.group == "not_met"
            and re.fullmatch(r"[\w\s'/-]{0,50}", note.folded[o.end : m.start])
        ):
            return not re.search(r"\b(?:but|now|and)\b", note.folded[o.end : m.start])
    cue = denial(note, m, said)
    return (
        cue is not None
        and cue.start < m.start
        and "," not in note.folded[cue.end : m.start]
        and len(note.folded[cue.end : m.start].split()) <= 5
    )


def _only(note: Note, at: int) -> bool:
    """Whether a verdict is narrowed before it ("only two of the conditions are met", "nearly meets")."""
    return any(
        m.end <= at
        and (m.group == "only" or note.folded.startswith("only", m.start))
        and not re.search(r"[,;:]", note.folded[m.end : at])
        and not overlaps(m, note.within(m.segment, "affirmed"))
        for m in note.within(note.segment_at(at), "Budapest said", "only", "not_met")
    )


def _beside_name(note: Note, passage: Passage, m: Mention) -> bool:
    """Whether a loose word ("confirmed", "holds") speaks of the criteria themselves: it stands right behind their name."""
    return any(
        name.segment == m.segment
        and len(note.folded[name.end : m.start]) <= 32
        and not re.search(r"[,:;]", note.folded[name.end : m.start])
        for name in passage.names
    )


def _crps_named(note: Note, n: int) -> bool:
    """Whether CRPS itself is affirmed in a segment: "CRPS per Budapest" is a verdict, "per Budapest" is none."""
    named = note.within(n, "CRPS", "name", "type1", "type2", "code")
    if note.within(n, "CRPS said", "asked", "suspected"):
        return False
    return bool(named) and all(denial(note, m) is None for m in named)


def _spoken(note: Note, passage: Passage, counts: Counts | None) -> Iterator[Mention]:
    near = {m.segment for m in passage.names if m.segment >= 0}
    named = set(near)
    if not passage.names and counts:
        near = set(counts.segments)
    near = near or set(passage.segments[:1])
    near |= {m.segment for m in phrases(note, "Budapest criteria", passage.segments, "weak")}
    near |= set(counts.segments) if counts else set()
    for n in passage.segments:
        if min(abs(n - k) for k in near) > 3:
            continue
        said = note.within(n, "Budapest said")
        ifs = [o for o in said if o.group == "hypothetical"]
        for m in said:
            if m.group not in ("met", "not_met", "weak") or (m.group == "weak" and n not in named):
                continue
            if (
                m.group == "weak"
                and not _BY.match(note.folded, m.start)
                and not _beside_name(note, passage, m)
            ):
                continue
            if m.group == "weak" and _BY.match(note.folded, m.start) and not _crps_named(note, n):
                continue
            if m.group == "not_met" and any(o.group == "research" and o.start < m.start for o in said):
                continue
            if any(o.start < m.start for o in ifs) or _of_a_test(note, m):
                continue
            if n not in named and not _MAY_STAND_ALONE.match(note.folded, m.start):
                continue
            yield m


def _of_a_test(note: Note, m: Mention) -> bool:
    """Whether "neg" or "positive" is the result of something else in a list: "(EMG nl, duplex neg)"."""
    if not _POLARITY.match(note.folded, m.start):
        return False
    start = note.segments[m.segment].start
    cuts = [cut.end() for cut in _NEXT_ITEM.finditer(note.folded, start, m.start)]
    words = note.folded[cuts[-1] : m.start].strip(" =:->").split() if cuts else []
    if not 0 < len(words) <= _OF_A_TEST:
        return False
    said = note.among(m.segment, "Budapest said", "Budapest criteria", "Budapest part", "CRPS")
    return not any(cuts[-1] <= o.start < m.start for o in said)


def is_asked(note: Note, passage: Passage, verdict: str | None, counts: Counts | None, at: int) -> bool:
    """Whether the passage asks for the criteria, puts them off, or leaves them open."""
    near = sorted({m.segment for m in passage.names if m.segment >= 0})
    text = " ".join(note.text_of(n) for n in near)
    choices = {choice_behind(note, m) for m in passage.names if m.segment >= 0}
    if _ticked(text) or choices & {"yes", "no"}:
        return False
    if "open" in choices:
        return True
    if counts is not None and counts.known:
        return False
    if _OPEN_FIELD.search(text) or re.search(r"\[ ?\]", text):
        return True
    asked = phrases(note, "Budapest said", passage.segments, "asked")
    question = (
        _QUESTION.search(note.folded, note.segments[near[0]].start, note.segments[near[-1]].end)
        if near
        else None
    )
    if question and at < question.end() and not (verdict and at > note.segments[near[0]].end):
        return True
    if verdict is None:
        return bool(asked)
    named = passage.names[0] if passage.names else None
    answered = named is not None and at > note.segments[named.segment].end
    if named and not answered and any(m.segment == named.segment and m.start < named.start for m in asked):
        return True
    here = note.segment_at(at)
    return any(m.segment == here or m.start > at for m in asked if _outweighs(note, m))


def _outweighs(note: Note, asked: Mention) -> bool:
    """Whether a word of asking leaves a verdict beside it open, as "the sign half remains open" does."""
    return note.folded[asked.start : asked.end] not in _WEAK_ASKING


def is_past(note: Note, passage: Passage, at: int) -> bool:
    """Whether a verdict belongs to a former time and nothing says that it still holds."""
    if at < 0:
        at = next(
            (m.start for m in passage.names if m.segment >= 0), note.segments[passage.segments[0]].start
        )
    here = note.segment_at(at)
    if note.within(here, "Budapest said", "now"):
        return False
    beside = [n for n in passage.segments if abs(n - here) <= 1]
    if note.within(here, "Budapest said", "past") or phrases(note, "Budapest said", beside, "over"):
        return True
    day = note.document.date
    text = note.text_of(here)
    years = [int(y) for y in _YEAR.findall(text) if int(y) not in _PUBLISHED]
    if not years or any(d.exact and d.has_year for d in note.dates_in(here)):
        return False
    return max(years) < day.year if day is not None else bool(re.search(r"\bin (?:19|20)\d\d", text))
