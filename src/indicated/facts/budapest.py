"""The Budapest criteria: said to be met or not, counted, asked for, or met only in the past.

The clinical rule is symptoms in three of four categories and signs in two (Harden 2010, DOI
10.1016/j.pain.2010.04.030). Numbers that fall short win over a word of confidence; numbers that suffice make
no verdict by themselves, since two further conditions belong to the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicated.facts.around import denial, of_another, phrases, proof, room
from indicated.facts.budapest_counts import Counts, count_categories
from indicated.facts.conditions import conditions_hold
from indicated.facts.model import Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note

_REACH = 6
_YEAR = re.compile(r"\b(?:in |since |of |back in )?((?:19|20)\d\d)\b")
_YES = re.compile(
    r"^[\s:=|>(\[.-]{0,6}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[.-]{0,4}(?:yes\b|y\b|\+|pos\b|x\]|✓|☑|☒|true\b|ok\b)"
)
_NO = re.compile(
    r"^[\s:=|>(\[]{0,4}(?:criteria|crit\.?|clinical|test|score)?[\s:=|>(\[]{0,4}(?:no\b|n\b|neg\b|-\)|\(-|-$|- ?neg|false\b|0\b(?!/))"
)
_BOX_BEFORE = re.compile(r"(?:\[ ?[x✓✔] ?\]|[☒☑✓])\s*([a-z ]{1,12})")
_BOX_BEHIND = re.compile(r"\b(yes|no|met|not met)\s*(?:\[ ?[x✓✔] ?\]|[☒☑✓])")
_BOX_LEADS = re.compile(r"^[^\[☐☒☑]*?\b(?:yes|no|met)\s*[\[☐☒☑]")
_OWN_NAME = re.compile(r"sens(?:ory)?\b|vaso(?:motor)?\b|sudo(?:motor)?\b|(?:motor|mot|trophic)\b")
_GROUPS = re.compile(r"categor|group|domain|column")
_OPEN_FIELD = re.compile(
    r"_{2,}|\*{3}|\{|\.{4,}|\[ ?\] ?(?:yes|met)[ /|]*\[ ?\] ?(?:no|not met)|\( ?\) ?yes ?\( ?\) ?no|\by ?/ ?n\b"
)
_MAY_STAND_ALONE = re.compile(
    r"met\b|(?:does|do|did) not|(?:does|did)n't|not (?:met|reach|satisf|fulfil|enough|suff)|no (?:line|row|box|item|column|category|group|field)|not met|fulfil|satisf|positive|negative|unmet|pass|were there|all there|every one|enough|that suff|fails\b|short|result|overall"
)
_QUESTION = re.compile(r"(?:budapest|b'pest|criteria|crit\.?|harden)[ \w]{0,24}\?")
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
_PUBLISHED = (1994, 2003, 2007, 2010, 2012)


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
        names = _names(note, n)
        titled = [m for m in note.above(n, "Budapest criteria") if m.group == "name"]
        counted = _counted_here(note, n)
        if n in taken or not (names or titled or counted):
            continue
        block = _block(note, n, bool(titled))
        taken.update(block)
        every = [m for k in block for m in _names(note, k)] or titled
        if not counted and not titled and not _is_the_rule(note, block, every):
            continue
        yield _Passage(tuple(block), tuple(every))


def _names(note: Note, n: int) -> list[Mention]:
    """Where a segment names the criteria; plain "meets the criteria" does so only beside CRPS."""
    names = note.within(n, "Budapest criteria", "name")
    if names:
        return names
    weak = note.within(n, "Budapest criteria", "weak")
    if weak and phrases(note, "CRPS", room(note, n, 1, 1), "name", "type1", "type2", "code"):
        return [
            m for m in weak if not re.match(r" for (?!crps|complex|rsd|the)", note.folded[m.end : m.end + 12])
        ]
    return []


def _counted_here(note: Note, n: int) -> bool:
    """Whether a segment and those behind it list the categories on both sides without naming the criteria."""
    title = note.segments[n].title
    here = [
        k
        for k in range(n, min(n + 5, len(note.segments)))
        if note.segments[k].title == title or _own_row(note, k)
    ]
    parts = {m.group for k in here[:2] for m in note.within(k, "Budapest part")}
    if not note.within(n, "Budapest part") and not note.within(n, "Budapest category"):
        return False
    told = phrases(note, "Budapest part", [n])
    if any(m.group == "all" for m in told) and any(m.group == "both" for m in told):
        return True
    if {"symptom", "sign"} <= {m.group for m in told if _GROUPS.search(note.folded, m.start, m.end)}:
        return True
    if {"symptom", "sign"} <= parts and re.search(r"[0-4] ?/ ?4|[0-4] of (?:4|four)", note.text_of(n)):
        return True
    named = {
        m.group
        for k in here
        for m in note.within(k, "Budapest category")
        if _OWN_NAME.match(note.folded, m.start)
    }
    first = {m.group for m in note.within(n, "Budapest category") if _OWN_NAME.match(note.folded, m.start)}
    return len(named) >= 3 and bool(first) and (len(first) == 1 or bool(note.within(n, "Budapest part")))


def _is_the_rule(note: Note, block: Sequence[int], names: Sequence[Mention]) -> bool:
    """Whether the city's name stands for the criteria: something of a diagnosis is said beside it."""
    if any(note.folded[m.start : m.end] != "budapest" for m in names):
        return True
    here = [n for n in block if n == names[0].segment]
    if re.match(r"\s*(?::|\?|=|criteria|clinical)", note.folded[names[0].end :]):
        return True
    evidence = phrases(note, "Budapest said", here, "evidence", "met", "not_met")
    if phrases(note, "Budapest said", here, "city"):
        return any(
            note.folded[m.start : m.end].startswith(("criteri", "crps", "symptom", "sign")) for m in evidence
        )
    near = [n for n in block if abs(n - names[0].segment) <= 2]
    return bool(phrases(note, "Budapest said", near, "evidence", "met", "not_met", "asked")) or bool(
        re.search(r"(?<!\d)[0-4] ?[/+] ?[0-4](?![\d/-])|\?", " ".join(note.text_of(n) for n in near))
    )


def _block(note: Note, n: int, titled: bool) -> list[int]:
    """The segments that belong to the statement at `n`: under its heading all, else the paragraph and rows that follow."""
    title, paragraph = note.segments[n].title, note.segments[n].paragraph
    first, last = n, n
    for k in range(n - 1, max(-1, n - 4), -1):
        if note.segments[k].title != title or note.segments[k].paragraph != paragraph:
            break
        first = k
    for k in range(n + 1, min(len(note.segments), n + 14)):
        if note.segments[k].title != title and not _own_row(note, k):
            break
        belongs = bool(note.within(k, "Budapest part")) or _marked_row(note, k)
        told = bool(phrases(note, "Budapest said", [k], "met", "not_met")) or _condition(note, k)
        beside = note.segments[k].paragraph == paragraph
        if beside and k - n <= _REACH or belongs or (titled and k - n <= _REACH) or (told and k - last <= 3):
            last = k
        elif k - last > 3:
            break
    return list(range(first, last + 1))


def _condition(note: Note, k: int) -> bool:
    return bool(note.within(k, "disproportionate pain") or note.within(k, "other explanation"))


def _own_row(note: Note, k: int) -> bool:
    """Whether a segment begins with the name of a category: each may be read as a heading of its own."""
    start = note.segments[k].start
    return any(m.start - start <= 4 for m in note.within(k, "Budapest category")) and bool(
        _OWN_NAME.search(note.folded, start, start + 16)
    )


def _marked_row(note: Note, k: int) -> bool:
    return bool(note.within(k, "Budapest category")) and bool(
        re.search(r"\[ ?x? ?\]|\b[yn]\b|[+|]|\byes\b|\bno\b", note.text_of(k))
    )


def _read(note: Note, language: Language, passage: _Passage) -> Fact | None:
    anchor = passage.names[0] if passage.names else None
    named = passage.segments[0] if anchor is None or anchor.segment < 0 else anchor.segment
    counts = count_categories(note, passage.segments)
    verdict, spoken, at = _verdict(note, passage, counts)
    if anchor is None and counts is None:
        return None
    judged = _setting(note, language, passage, named, verdict, counts, at)
    attributes: dict[str, Value] = {}
    if judged is None:
        judged = _result(note, language, passage, verdict, spoken, counts, attributes)
    if judged is None:
        return None
    status, why = judged
    used = {named} | ({note.segment_at(at)} if verdict and at >= 0 else set())
    if counts and status in (Status.PRESENT, Status.ABSENT):
        used |= set(counts.segments)
    return Fact(
        word="Budapest criteria",
        status=status,
        evidence=proof(note, sorted(used)),
        date=note.document.date,
        attributes=attributes,
        reader="budapest",
        why=(why,),
    )


def _setting(
    note: Note,
    language: Language,
    passage: _Passage,
    named: int,
    verdict: str | None,
    counts: Counts | None,
    at: int,
) -> tuple[Status, str] | None:
    """How the passage is meant, where it is not a finding of today."""
    title = _title(note, language, named)
    other = any(of_another(note, m) for m in passage.names[:1] if m.segment >= 0)
    if other or title == "other_person" or note.misfiled(named):
        return Status.OTHER_PERSON, "said of another person"
    if title == "hypothetical":
        return Status.HYPOTHETICAL, "a general statement"
    if verdict == "met" and _past(note, passage, at):
        return Status.HISTORICAL, "said of the past"
    if counts is not None and verdict is None and counts.known and _past(note, passage, at):
        return Status.HISTORICAL, "counted in the past"
    if title == "asked" or _asked(note, passage, verdict, counts, at):
        return Status.ASKED, "asked, or not complete"
    if _hypothetical(note, passage, verdict, counts):
        return Status.HYPOTHETICAL, "a general statement or a condition"
    return None


def _result(
    note: Note,
    language: Language,
    passage: _Passage,
    verdict: str | None,
    spoken: str,
    counts: Counts | None,
    attributes: dict[str, Value],
) -> tuple[Status, str] | None:
    """The finding of today: met, not met, counted only, or open."""
    if counts is not None and counts.symptoms is not None:
        attributes["symptoms"] = counts.symptoms
    if counts is not None and counts.signs is not None:
        attributes["signs"] = counts.signs
    short = counts is not None and counts.reached is False and (counts.firm or verdict != "met")
    if short or verdict == "not_met":
        if not passage.names and not (counts and counts.firm):
            return None
        attributes["verdict"] = "not_met"
        return Status.ABSENT, "too few categories" if short else f"said: '{spoken}'"
    reached = counts is not None and counts.reached
    if verdict == "met" or (reached and conditions_hold(note, language, passage.segments)):
        attributes["verdict"] = "met"
        return Status.PRESENT, f"said: '{spoken}'" if verdict else "counted, and both conditions said"
    if reached:
        return Status.PRESENT, "counted"
    if counts is not None or passage.names:
        attributes.clear()
        return Status.ASKED, "no result, or categories left open"
    return None


def _title(note: Note, language: Language, segment: int) -> str:
    s = note.segments[segment]
    for title in (s.label, s.heading, (note.document.kind or "").lower()):
        name = language.titles.get(title, "")
        if name in ("other_person", "hypothetical", "general", "asked"):
            return "hypothetical" if name == "general" else name
    return ""


def _verdict(note: Note, passage: _Passage, counts: Counts | None) -> tuple[str | None, str, int]:
    """The last verdict of a passage, its words and place; what is only an if does not count."""
    found: list[tuple[int, str, str]] = []
    for name in passage.names:
        if name.segment < 0:
            continue
        end = note.segments[name.segment].end
        behind = note.folded[name.end : end]
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
    if following == name.segment or not note.text_of(name.segment).rstrip("\"' ").endswith("?"):
        return ""
    text = note.text_of(following)
    if re.match(r"[\"' ]*yes\b(?! ?(?:_|\[|/|no\b))", text):
        return "met"
    return "not_met" if re.match(r"[\"' ]*no\b(?! ?(?:_|\[|/))", text) else ""


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
    return cue is not None and cue.start < m.start and len(note.folded[cue.end : m.start].split()) <= 5


def _only(note: Note, at: int) -> bool:
    """Whether a verdict is narrowed before it ("only two of the conditions are met")."""
    return any(
        m.start < at and (m.group == "only" or note.folded.startswith("only", m.start))
        for m in note.within(note.segment_at(at), "Budapest said", "only", "not_met")
    )


def _spoken(note: Note, passage: _Passage, counts: Counts | None) -> Iterator[Mention]:
    near = {m.segment for m in passage.names if m.segment >= 0}
    named = set(near)
    if not passage.names and counts:
        near = set(counts.segments)
    near = near or set(passage.segments[:1])
    near |= set(counts.segments) if counts else set()
    for n in passage.segments:
        if min(abs(n - k) for k in near) > 3:
            continue
        said = note.within(n, "Budapest said")
        ifs = [o for o in said if o.group == "hypothetical"]
        for m in said:
            if m.group not in ("met", "not_met", "weak") or (m.group == "weak" and n not in named):
                continue
            if m.group == "not_met" and any(o.group == "research" and o.start < m.start for o in said):
                continue
            if any(o.start < m.start for o in ifs):
                continue
            if n not in named and not _MAY_STAND_ALONE.match(note.folded, m.start):
                continue
            yield m


def _hypothetical(note: Note, passage: _Passage, verdict: str | None, counts: Counts | None) -> bool:
    if verdict is not None:
        return False
    where = counts.segments if counts is not None else tuple(passage.segments)
    return bool(phrases(note, "Budapest said", where, "hypothetical"))


def _asked(note: Note, passage: _Passage, verdict: str | None, counts: Counts | None, at: int) -> bool:
    """Whether the passage asks for the criteria, puts them off, or leaves them open."""
    near = sorted({m.segment for m in passage.names if m.segment >= 0})
    text = " ".join(note.text_of(n) for n in near)
    if _ticked(text):
        return False
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
    named = passage.names[0]
    if any(m.segment == named.segment and m.start < named.start for m in asked):
        return True
    here = note.segment_at(at)
    return any(m.segment == here or m.start > at for m in asked if _outweighs(note, m))


def _outweighs(note: Note, asked: Mention) -> bool:
    """Whether a word of asking leaves a verdict beside it open, as "the sign half remains open" does."""
    return note.folded[asked.start : asked.end] not in _WEAK_ASKING


def _past(note: Note, passage: _Passage, at: int) -> bool:
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
