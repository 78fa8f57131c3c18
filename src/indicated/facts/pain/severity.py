"""How severe the pain or the CRPS is said to be: mild, moderate or severe.

A word of severity counts when it is of the pain, the disease or the limb as a whole; sedation, a sprain or a depression
are moderate as well. "Moderate to severe" counts as its lower end. Of several words the last holds that is said of now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.choices import choice_behind, reply_behind
from indicated.facts.diagnosis.around import of_another, overlaps, phrases, proof
from indicated.facts.earlier import years_before
from indicated.facts.kin import of_somebody_else
from indicated.facts.model import Fact, Status
from indicated.facts.therapy.therapy_names import in_title, paragraphs, titled
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.place import limb_of, side_of

WORD = "pain severity"
_TOPIC = "severity topic"
_THINGS = "severity of others"
_ASKED = "severity asked"
_CERTAIN = "severity certain"
_MEANT = "how severity is meant"
_GRADES = ("mild", "moderate", "severe")
_CHOICES = lazy(
    r"(?:none *[/|,] *)?mild *\*? *(?:[/|,]|\bor\b|\(|\[|_| |\. )+ *(?:or )?(?:medium|moderate|mod) *\*? *(?:[/|,]|\bor\b|\)|\(|\[|\]|_| |-)+ *(?:or )?(?:severe|bad)"
)
_EXPLAINED = lazy(r"['\")]* ?= ?[a-z]")
_BETWEEN_CHOICES = lazy(r"(?:[a-z]+(?:[ *]*(?:[-/,|_.()\[\]>] *)+(?:or )?|\s+or\s+)){2,}[a-z]+")
_TICK = lazy(r"(?:\[ ?[x✓✔] ?\]|\( ?[x✓] ?\)|[☒☑✓]) *$")
_TICKED_AFTER = lazy(r" *(?:_+ ?[x✓✔] ?_+|\[ ?[x✓✔] ?\]|\( ?[x✓] ?\)|[☒☑✓]|\*(?!\*))")
_EMPTY = lazy(r"(?:\[ *\]|\( *\)|☐|□|_{2,}) *$")
_BOX_AFTER = lazy(r" ?(?:_+ ?[x✓✔]? ?_+|\[ ?[x✓✔]? ?\]|\( ?[x✓✔]? ?\)|[☐☑☒✓✔□■])")
_BOX_BEFORE = lazy(r"(?:[\])]|[☐☑☒✓✔□■]) ?$")
_DENIAL_REACH = 34
_COMPOUND = 16
_LEAD, _OVER_REACH = 10, 44
_JOINED = lazy(r"\b(mild|moderate|mod) ?[/-] ?$")
_NEXT_WORD = lazy(r"[\"')\]]* ?(?P<word>[a-z])?")


def read_severity(note: Note, language: Language) -> Iterator[Fact]:
    """Yield one fact for each paragraph that grades the pain or the disease, or leaves the grade open."""
    graded = [m for m in note.named(WORD) if _written(note, m)]
    open_forms = [m for m in note.named(_MEANT, "blank") if note.within(m.segment, _ASKED)]
    done: set[int] = set()
    for room in paragraphs(note, [*graded, *open_forms]):
        if room[0] in done:
            continue
        done.update(room)
        fact = _judge(note, language, room, [m for m in graded if m.segment in set(room)])
        if fact:
            yield fact


def _written(note: Note, mention: Mention) -> bool:
    """Whether a mention is a word of severity; part of another word ("severed") is none by the cut of words."""
    return not note.folded[mention.end : mention.end + 1].isalpha()


def _judge(note: Note, language: Language, room: Sequence[int], graded: Sequence[Mention]) -> Fact | None:
    choice = _choice(note, room, graded)
    title = next((t for n in room if (t := titled(note, language, n))), "")
    cues = phrases(note, _MEANT, room)
    spoken = [c for c in cues if c.group == "not if"]
    cues = [c for c in cues if c.group != "if" or not overlaps(c, spoken)]
    groups = {c.group for c in cues}
    if choice == "open":
        return _choices_open(note, language, room, title, groups, graded)
    if choice:
        mention = next(m for m in graded if m.group == choice or m.group == "mixed")
        if title == "hypothetical":
            return _fact(note, mention, Status.HYPOTHETICAL, None, "a general statement")
        return _fact(note, mention, Status.PRESENT, choice, "chosen on a form")
    explained = [m for m in graded if _EXPLAINED.match(note.folded, m.end)]
    if len(explained) > 1 or ("if" in groups and {m.group for m in graded} >= set(_GRADES)):
        return _fact(note, graded[0], Status.HYPOTHETICAL, None, "a legend")
    mine = [m for m in graded if _of_pain(note, language, room, m)]
    answered = _answered(note, graded, mine)
    if answered:
        return answered
    if not mine:
        kin = [m for m in graded if of_somebody_else(note, m) and _topical(note, language, room, _TOPIC)]
        if kin:
            return _fact(note, kin[0], Status.OTHER_PERSON, _grade(note, kin[0]), "said of another person")
        return _blank(note, room, title)
    own = [m for m in mine if not of_another(note, m) and not of_somebody_else(note, m)]
    if not own or title == "other_person":
        return _fact(note, mine[0], Status.OTHER_PERSON, _grade(note, mine[0]), "said of another person")
    if title == "hypothetical" or any(c.group == "if" and _conditions(c, own[0]) for c in cues):
        return _fact(
            note, own[0], Status.HYPOTHETICAL, _grade(note, own[0]), "a condition or a general statement"
        )
    told = [m for m in own if _how(note, m, cues, 0) == "past"]
    if not told and any(c.group == "blank" and _asks(note, c, room, own) for c in cues):
        return _fact(note, own[0], Status.ASKED, None, "asked or left blank")
    if title == "planned" or any(c.group == "goal" and c.start < own[-1].end for c in cues):
        return _fact(note, own[-1], Status.PLANNED, None, "what is aimed at")
    held = [(m, _how(note, m, cues, max((o.end for o in own if o.end <= m.start), default=0))) for m in own]
    now = [m for m, how in held if how == "present"]
    if now:
        last = now[-1]
        return _fact(note, last, Status.PRESENT, _grade(note, last), "said of now")
    past = [m for m, how in held if how == "past"]
    if past:
        return _fact(note, past[-1], Status.HISTORICAL, _grade(note, past[-1]), "said of an earlier time")
    return _fact(note, own[0], Status.ABSENT, _grade(note, own[0]), "denied")


def _answered(note: Note, graded: Sequence[Mention], mine: Sequence[Mention]) -> Fact | None:
    """The yes or no of a form to a question for one grade ("Severe pain at present? [ ] Y [x] N")."""
    if len(graded) != 1 or not mine:
        return None
    said = choice_behind(note, mine[0]) or reply_behind(note, mine[0])
    if not said:
        return None
    grade = _grade(note, mine[0])
    if said == "open":
        return _fact(note, mine[0], Status.ASKED, None, "asked or left blank")
    return _fact(note, mine[0], Status.PRESENT if said == "yes" else Status.ABSENT, grade, f"answered {said}")


def _choice(note: Note, room: Sequence[int], graded: Sequence[Mention]) -> str:
    """The grade that is ticked or marked on a form; "open" where the grades stand to choose from, none of them marked."""
    start, end = note.segments[room[0]].start, note.segments[room[-1]].end
    listed = _CHOICES.search(note.folded, start, end) or _run(note, graded)
    boxes = [m for m in graded if _EMPTY.search(note.folded, max(start, m.start - 8), m.start)]
    if len(graded) < 2 and not listed:
        boxes = [
            m
            for m in boxes
            if note.folded[m.start - 1] != "_" and "__" not in note.folded[m.start - 4 : m.start]
        ]
    grades = {m.group for m in graded}
    if not listed and not boxes and len(grades) < 3:
        ticked = [m for m in graded if _TICK.search(note.folded, max(start, m.start - 8), m.start)]
        return ticked[-1].group if ticked and ticked[-1].group in _GRADES else ""
    starred = [m for m in graded if _TICKED_AFTER.match(note.folded, m.end)]
    behind = bool(_BOX_AFTER.match(note.folded, graded[0].end)) and not _BOX_BEFORE.search(
        note.folded, max(start, graded[0].start - 6), graded[0].start
    )
    if behind and len(starred) == 1:
        return starred[0].group
    for m in graded:
        if not behind and _TICK.search(note.folded, max(start, m.start - 8), m.start):
            return m.group
    if len(starred) == 1 and not boxes:
        return starred[0].group
    ringed = [m for m in graded if _ringed(note, m)]
    if len(ringed) == 1:
        return ringed[0].group
    raised = [m for m in graded if note.document.text[m.start : m.end].isupper()]
    if listed and len(raised) == 1 and len(grades) > 1:
        return raised[0].group
    if listed:
        after = [m for m in graded if m.start >= listed.end()]
        if after and after[-1].group in _GRADES:
            return after[-1].group
        return "open"
    return "open" if boxes else ""


def _run(note: Note, graded: Sequence[Mention]) -> re.Match[str] | None:
    """Three words of severity in a row with nothing but signs between them: a scale to choose from."""
    for first, _, last in zip(graded, graded[1:], graded[2:], strict=False):
        found = _BETWEEN_CHOICES.match(note.folded, first.start)
        if found and found.end() >= last.end:
            return found
    return None


def _ringed(note: Note, mention: Mention) -> bool:
    around = (
        note.folded[max(0, mention.start - 1) : mention.start] + note.folded[mention.end : mention.end + 1]
    )
    return around in ("()", "[]", "<>", "**", "__")


def _choices_open(
    note: Note,
    language: Language,
    room: Sequence[int],
    title: str,
    groups: set[str],
    graded: Sequence[Mention],
) -> Fact | None:
    if title == "hypothetical" or "if" in groups:
        return _fact(note, graded[0], Status.HYPOTHETICAL, None, "a legend")
    if title == "other_person":
        return _fact(note, graded[0], Status.OTHER_PERSON, None, "another person's")
    if _topical(note, language, room, _TOPIC):
        return _fact(note, graded[0], Status.ASKED, None, "nothing is marked")
    return None


def _blank(note: Note, room: Sequence[int], title: str) -> Fact | None:
    """A grade that is asked for without the words of it."""
    for n in room:
        severity = note.within(n, _ASKED)
        blank = note.within(n, _MEANT, "blank")
        if severity and blank and title in ("", "asked", "planned"):
            return _fact(note, severity[0], Status.ASKED, None, "asked or left blank")
    return None


def _of_pain(note: Note, language: Language, room: Sequence[int], mention: Mention) -> bool:
    """Whether a word of severity is of the pain: what it stands before, else what the statement is about."""
    things = note.within(mention.segment, _THINGS)
    topics = [
        t
        for t in note.within(mention.segment, _TOPIC)
        if not overlaps(t, things) and not overlaps(t, [mention])
    ]
    if overlaps(mention, things):
        return False
    behind = _first_behind(note, mention, things)
    topic_behind = _first_behind(note, mention, topics)
    if behind is not None and (topic_behind is None or behind <= topic_behind + _COMPOUND):
        return False
    if topic_behind is not None:
        return True
    before_thing = _last_before(note, mention, things)
    before_topic = _last_before(note, mention, topics)
    certain = note.within(mention.segment, _CERTAIN)
    if before_topic is not None and (before_thing is None or before_topic < before_thing):
        return _is_said_of(note, mention) and (bool(certain) or not things)
    if before_thing is not None:
        return False
    if not _is_said_of(note, mention):
        return False
    if things:
        return False
    return _topical(note, language, room, _TOPIC) or _alone(note, room, mention)


def _first_behind(note: Note, mention: Mention, others: Sequence[Mention]) -> int | None:
    """How far behind a word of severity another thing is named in the same phrase, None if not."""
    for other in others:
        if other.start >= mention.end:
            between = note.folded[mention.end : other.start]
            if (
                len(between) <= 40
                and len(between.split()) <= 4
                and not re.search(
                    r"[;:|.,]|\b(?:with|when|since|at|on|in|that|which|after|and|but|despite|now|because|as)\b",
                    between,
                )
            ):
                return other.start - mention.end
    return None


def _last_before(note: Note, mention: Mention, others: Sequence[Mention]) -> int | None:
    """How far before a word of severity another thing is named in the same statement, None if not."""
    found = [o for o in others if o.end <= mention.start]
    if not found:
        return None
    between = note.folded[found[-1].end : mention.start]
    return None if re.search(r";|\. ", between) else len(between)


def _is_said_of(note: Note, mention: Mention) -> bool:
    """Whether the word ends its phrase ("the pain is severe.", "severe at night"): no noun of its own follows."""
    following = _NEXT_WORD.match(note.folded, mention.end)
    if not following or not following["word"]:
        return True
    return any(m.start == following.start("word") for m in note.within(mention.segment, "severity ends"))


def _alone(note: Note, room: Sequence[int], mention: Mention) -> bool:
    """Whether a grade makes a statement by itself ("Severe.", "By no means severe.", "She calls it moderate.")."""
    grades = note.within(mention.segment, WORD)
    leads = note.within(mention.segment, "severity alone")
    if any(0 <= m.start - c.end <= _LEAD for c in leads for m in grades) and not phrases(note, _THINGS, room):
        return True
    first = grades[0]
    if first.start - note.segments[mention.segment].start <= 2:
        return True
    return any(
        c.group == "denied" and 0 <= mention.start - c.end <= 12 for c in note.within(mention.segment, _MEANT)
    )


def _topical(note: Note, language: Language, room: Sequence[int], name: str) -> bool:
    if phrases(note, name, room) or note.above(room[0], name):
        return True
    piece = note.segments[room[0]]
    return in_title(language, piece.label, name)


def _conditions(cue: Mention, mention: Mention) -> bool:
    return cue.segment == mention.segment and (cue.start < mention.end or cue.start - mention.end <= 12)


def _asks(note: Note, cue: Mention, room: Sequence[int], own: Sequence[Mention]) -> bool:
    """Whether a cue leaves the grade open; a line with the word on it is filled in."""
    if note.folded[cue.start] in "_." and any(m.segment == cue.segment for m in own):
        return False
    if note.folded[cue.start : cue.end] != "?":
        return True
    return cue.end >= note.segments[room[-1]].end


def _how(note: Note, mention: Mention, cues: Sequence[Mention], previous: int) -> str:
    start = note.segments[mention.segment].start
    before = [c for c in cues if c.segment == mention.segment and c.end <= mention.start]
    for c in before:
        between = note.folded[c.end : mention.start]
        if (
            c.group == "denied"
            and len(between) <= _DENIAL_REACH
            and not re.search(r"[,;:]|\bbut\b|\band\b", between)
        ):
            return "denied"
    nor = re.search(r"\b(?:nor|neither)\b[^,;.]*$", note.folded[start : mention.start])
    if nor:
        return "denied"
    if _changed(note, mention):
        return "present"
    pasts = [
        c.start
        for c in before
        if c.group == "past"
        and c.start >= previous
        and not (previous and "," in note.folded[c.end : mention.start])
    ]
    pasts += years_before(note, mention.segment, mention.start)
    behind = [
        c
        for c in cues
        if c.group == "past"
        and 0 <= c.start - mention.end <= 16
        and not re.search(r"[,;.]", note.folded[mention.end : c.start])
    ]
    nows = [c.start for c in before if c.group == "now"]
    if behind or _over_behind(note, mention, cues):
        return "past"
    if pasts and not any(n > max(pasts) for n in nows):
        return "past"
    return "present"


def _over_behind(note: Note, mention: Mention, cues: Sequence[Mention]) -> bool:
    """Whether the same statement says behind the grade that this is over ("Severe flare of August has settled")."""
    following = [m.start for m in note.within(mention.segment, WORD) if m.start > mention.end]
    return any(
        c.group == "over"
        and c.segment == mention.segment
        and 0 <= c.start - mention.end <= _OVER_REACH
        and _leads_to(note.folded[mention.end : c.start], note.folded[c.end : c.end + 2])
        and not any(m < c.end + _LEAD for m in following)
        for c in cues
    )


def _leads_to(between: str, behind: str) -> bool:
    """Whether a word that something is over belongs to the grade before it; behind a comma it must end the statement."""
    if re.search(r";|\b(?:and|but)\b", between):
        return False
    return "," not in between or (
        between.rstrip().endswith(",") and behind.strip()[:1] in ("", ".", ",", ";")
    )


def _grade(note: Note, mention: Mention) -> str:
    """The grade of a word; of two joined ones the lower, of "from moderate to severe" the second."""
    if overlaps(mention, note.within(mention.segment, _MEANT, "bounded")):
        return "mild"  # "at no point more than mild"
    if mention.group in _GRADES:
        joined = _JOINED.search(note.folded, max(0, mention.start - 14), mention.start)
        if joined:
            return "mild" if joined[1] == "mild" else "moderate"
        return mention.group
    if _changed(note, mention):
        return "severe" if "sev" in note.folded[mention.start : mention.end] else "moderate"
    return "mild" if note.folded[mention.start : mention.end].startswith("mild") else "moderate"


def _changed(note: Note, mention: Mention) -> bool:
    """Whether two joined grades are told as a change ("from moderate to severe")."""
    return mention.group == "mixed" and note.folded[: mention.start].endswith("from ")


def _fact(note: Note, mention: Mention, status: Status, grade: str | None, why: str) -> Fact:
    return Fact(
        WORD,
        status,
        proof(note, [mention.segment]),
        value=grade,
        side=side_of(note, mention),
        limb=limb_of(note, mention),
        date=note.document.date,
        reader="severity",
        why=(why,),
    )
