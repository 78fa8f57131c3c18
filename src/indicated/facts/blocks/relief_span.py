"""The length of time in a statement that is that of the relief: the one said, or the one between two dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from indicated.facts.blocks.effect import Effects, is_of_block
from indicated.facts.blocks.relief_fields import Span, of_fields
from indicated.facts.diagnosis.around import overlaps
from indicated.reading.amounts import NUMBER, Amount, durations, number
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_NEAR = 64
_OR_SO = lazy(
    r"\W{1,3}(?:or )?(?:maybe|perhaps|possibly|probably|at most|at best|tops|or|even)?(?: (?:even|as much as|about|up to|nearer|closer to))? ?"
)
_CORRECTED = lazy(
    r"\b(?:scratch that|strike that|correction|correct that|make that|i mean|i meant|sorry|no wait|should (?:read|be|say)|rather)\b"
)
_IN_BRACKETS = lazy(r"[^();]{0,30}\((?:approx\.? |about |ca\.? |~ ?|i\.e\.,? |exactly |= ?)?")
_STOPS = lazy(r";\s|\n\s*\n|\|")
_HOPED = lazy(r"(?:hoped for|promised|expected|wanted|goal|the|told)[ \"']*(?:at least |about )?$")
_HOPED_BEHIND = lazy(r"\W*(?:she|he|they|i|we|pt) (?:had )?(?:hoped|expected|wanted|been promised)")
_ANOTHER_USE = lazy(
    r"(?:\b(?:(?<!gone )(?<!off )(?<!back )(?<!over )(?<!faded )in|every|each|q|rtc|f/?u|return|recheck|x ?\d+ ?/|per|see|back in|within the|next|due|after the|off work|(?<!wore )(?<!worn )(?<!wear )(?<!wears )off|no (?:driving|lifting)|took|takes|apart|another|over the (?:last|past|next)|for the (?:last|past)|(?:last|past)|started|age[d]?|(?<!relief of )(?<!relief from )pain (?:for|x)|since|slept|stood|walked|sat|rode|cuff|(?<!last )(?<!first )(?<!second )(?<!this )(?<!each )(?<!that )time|by the end of|end of|(?:back|returned|faded|gone|off) (?:\w+ ){0,2}over)|\bnumb\w*[^,;.]{0,20}|\bwarm\w*[^,;.]{0,24}|\bpink[^,;.]{0,12}|\bsore\w*[^,;.]{0,14}|\bweak\w*[^,;.]{0,20}|\bsedat\w*|\bslept|\b(?:poc|plan of care|course|cert\w*|auth\w*|program\w*)[^.;|]{0,14}|(?:^|\|) ?interval)[ :x~(]*(?:for |about |approx |after |up to |x )*$"
)
_USE_BEHIND = lazy(
    r"\W{0,2}(?:ago|old|per (?:day|week|night|month|dose|session|visit)|a (?:day|night|week)|each|daily|(?:of )?(?:numb|sleep|sedation|driving|pt\b|therapy|sessions?|standing|walking|rest|work\b|bed)|later|hence|apart|post ?-?op|after (?:the )?(?:injury|accident|surgery|fall|sprain|fracture|fx|onset)|since (?:the )?(?:injury|accident|surgery|fall|sprain|fracture|fx|onset)|to (?:kick|work|start|take|tell|wait)|before (?:it|the (?:block|shot|injection)) (?:kicked|started|worked|took)|window for|notice|supply|course|log\b|out of \d|/ ?w|[ (]{0,3}(?:sedat|asleep)|after (?:an?|his|her|my|the) (?!(?:r |l |rt |lt |right |left |last |first |second |third )?(?:block|shot|inj|lsb|sympath|proced|lumbar|needle)))"
)
_A_DAY_OF_SOMETHING = lazy(r"the (?:day|night|week|month|weekend)")
_OF_SOMETHING = lazy(
    r" (?:his|her|my|our|your|their|the|she|he|i|we|they|it|you|before|after|of|that|when|prior|following|pt|this|a|an|block|blk|lsb|relief)\b"
)
"""What follows "the day" where it is a mark in time and no length: the day his daughter came, the week before."""
OF_A_SIDE_EFFECT = lazy(
    r"\b(?:headaches?|numb\w*|sore\w*|nausea|dizz\w*|bruis\w*|weak\w*|drows\w*|tender\w*|hypotension|horner\w*|warmth|backache|itch\w*|tingl\w*|swelling|vomiting|hiccups?|heavi\w*|stiff\w*)\b"
    r"(?:(?!relief|benefit|pain)[^,;.]){0,44}\b(?:lasted|lasting|persisted|went on|continued|wore off|stayed|held|resolved|gone|took|for)(?: for| about| only| just| after| in| within| another| almost| ~)*\s*$"
    r"|\b(?:numb\w*|weak\w*|heavi\w*|quad\w*)\b(?:(?!relief|benefit|pain|good|great|fine|better)[^;.]){0,44}\b(?:resolved|cleared|recovered|gone|back|wore off|off)(?: (?:for|about|approx\.?|only|just|after|in|within|at|by|~))*\s*$"
)
_GOOD_BEHIND = lazy(
    r" (?:of )?(?:good|great|fine|calm|better|relief|pain[- ]free|ok|okay|comfort\w*|quiet|peace|bliss|heaven|ease)\b"
)
_OWED = lazy(
    r"[^.;\d]{0,34}\b(?:from|out of|with|thanks to|courtesy of)(?: (?:the|her|his|my|a|an|that|this|last|each|one|first|second|third|r|l|right|left))*\W*$"
)
_OPENS = lazy(
    r"[\W_]*(?:(?:one|we|you|i) (?:would|can|might|could) (?:expect|hope for|anticipate) )?(?:(?:about|roughly|only|just|maybe|some|a good|at least|nearly|almost|exactly|around|approx\.?|got|had|pt had|pt got|hopefully|perhaps) ?)*$"
)
_SO_FAR_BEHIND = lazy(
    r"\W{0,3}(?:out|in|since|after|post|now|so far|and (?:counting|still|holding)|into|on|from)\b"
)
_DAY_N = lazy(
    r"\b(?:day|d|pod|post-?(?:block|procedure|op)? ?day|wk|week)[ #_.-]*(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th) day\b"
)
_BARE_SUM = lazy(
    rf"\b(?:i'?d say|id say|say|call it|total(?: of)?|in all|altogether|held for|lasted|worked for|good for|helped for|then|counted)[ ,:]+(?:about |only |just )?(?P<n>{NUMBER})\b(?![%/]| ?(?:%|/|out of|points?|mg|ml|of\b))"
)
_STILL_TO_DO = lazy(
    r" (?:open|pending|awaiting|waiting|due|missing|to be|needs?|unknown|blank|outstanding|incomplete)\b"
)
_AGO = lazy(r" ago\b")
_VAGUE = lazy(
    r"\b(?:a (?:matter|couple|few) of )?(?:mere |a few |some |several |only )?(?:hours|days|weeks)\b|\bshort[- ]lived\b|\bbriefly\b"
)
_BOX = lazy(r"(?:\[|\() ?([x✓*])? ?(?:\]|\))")
_GONE_BY_DAY = lazy(
    r"(?:gone|wore off|worn off|back|over|ended|faded|returned|until|till|through|thru|good to|up to|lasted to|ran to|held to|out to|as far as|made it to|quit|stopped)(?: (?:to|at) (?:[a-z]+ ){0,2}?(?:baseline|usual|normal|before|square one|\d+(?: ?/ ?10)?))?(?: by| on| around| about| as of| at)? (?:post-?(?:block|op|procedure) )?(?:day|d) ?#?(\d{1,3})\b(?! ?(?:mg|/))"
)


def chosen_length(effects: Effects, segment: int, topic: bool, relief: bool) -> Span | None:
    """The length that a statement gives to the relief of a block, or None."""
    note = effects.note
    here = note.segments[segment]
    text = note.text_of(segment)
    field = of_fields(text, here.start, topic=topic)
    if field:
        return field
    if re.match(r"#\s.*=", text):
        return None
    boxes = list(_BOX.finditer(text))
    if len(boxes) >= 2 and not any(b[1] for b in boxes):
        return None
    elsewhere = note.within(segment, "relief.elsewhere")
    gone = _GONE_BY_DAY.search(text)
    if gone:
        return Span(
            here.start + gone.start(), here.start + gone.end(), float(gone[1]), False, "gone by a day"
        )
    lasting = [
        m
        for m in note.within(segment, "lasting")
        if m.name in ("lasting.lasted", "lasting.ended") and not overlaps(m, elsewhere)
    ]
    return _said(effects, segment, lasting, boxes, topic, relief) or _counted(
        note, segment, lasting, topic, relief
    )


def _said(
    effects: Effects,
    segment: int,
    lasting: Sequence[Mention],
    boxes: Sequence[re.Match[str]],
    topic: bool,
    relief: bool,
) -> Span | None:
    """Of the lengths of a statement the one that stands nearest to a word of lasting."""
    note = effects.note
    here = note.segments[segment]
    found: list[tuple[int, Amount]] = []
    for amount in note.durations_in(segment):
        if _other_use(note, segment, amount, topic) or not is_of_block(
            effects, segment, amount.start, amount.end, strict=True
        ):
            continue
        if _day_number(note, amount) or (
            len(boxes) >= 2 and not _in_ticked(boxes, amount.start - here.start)
        ):
            continue
        if any(
            m.start < amount.end
            and amount.start < m.end + (9 if note.folded[m.start : m.end] == "not even" else 0)
            for m in note.within(segment, "relief.none")
        ):
            return Span(amount.start, amount.end, 0.0, False, "not even so long")
        if relief and re.search(
            r"\bnot (?:for|even for|so much as)(?: an?)? $",
            note.folded[max(here.start, amount.start - 20) : amount.start],
        ):
            return Span(amount.start, amount.end, 0.0, False, "not even so long")
        if _of_named_block(note, segment, amount):
            found.append((1, amount))
            continue
        near = min((_gap(note, amount, m) for m in lasting), default=999)
        if owed_to_block(note, segment, amount) or _GOOD_BEHIND.match(note.folded, amount.end):
            near = 0
        if near < 999 or topic or relief:
            found.append((near, amount))
    if found:
        found.sort(key=lambda f: (f[0], f[1].start))
        near, amount = found[0]
        amount = _as_it_was_told(note, amount, [a for _, a in found])
        if near < _NEAR or topic or relief:
            censored = is_still(note, segment) and _going_on(note, segment)
            amount = _more_exactly(note, segment, amount)
            days = _less(note, here.start, amount)
            return Span(amount.start, amount.end, days, censored, "still going on" if censored else "said")
    return None


def owed_to_block(note: Note, segment: int, amount: Amount) -> bool:
    """Whether a statement opens with a length and says that it came from a block ("Four days, no more, from the LSB")."""
    here = note.segments[segment]
    if not _OPENS.fullmatch(note.folded[here.start : amount.start].removeprefix(here.label)):
        return False
    named = note.within(segment, "sympathetic block", "lumbar", "name", "weak")
    behind = [m for m in named if m.start >= amount.end]
    return bool(behind) and _OWED.fullmatch(note.folded[amount.end : behind[0].start]) is not None


def _as_it_was_told(note: Note, amount: Amount, others: Sequence[Amount]) -> Amount:
    """Of two guesses the first ("ten days, maybe two weeks"), of a length and its correction the second."""
    ordered = sorted(others, key=lambda a: a.start)
    for one, other in itertools.pairwise(ordered):
        between = note.folded[one.end : other.start]
        if _OR_SO.fullmatch(between) and amount in (one, other):
            return min(one, other, key=lambda a: a.value)
        if _CORRECTED.search(between) and amount == one and ". " not in between:
            return other
    return amount


def _more_exactly(note: Note, segment: int, amount: Amount) -> Amount:
    """The length in brackets behind a rounded one ("the better part of two months (8 wks by her calendar)")."""
    for other in note.durations_in(segment):
        between = note.folded[amount.end : other.start]
        if other.start > amount.end and _IN_BRACKETS.fullmatch(between):
            return other
    return amount


def _counted(note: Note, segment: int, lasting: Sequence[Mention], topic: bool, relief: bool) -> Span | None:
    """A length told as "day 9", as a bare number of days, or only as "hours"."""
    here = note.segments[segment]
    text = note.text_of(segment)
    ago = _AGO.search(text)
    if (
        ago
        and is_still(note, segment)
        and note.within(segment, "sympathetic block", "lumbar", "name", "weak")
    ):
        amount = next((a for a in note.durations_in(segment) if a.end == here.start + ago.start()), None)
        if amount:
            return Span(amount.start, amount.end, amount.value, True, "still going on")
    counted = _day_count(note, segment)
    if counted and (relief or is_still(note, segment)):
        return Span(counted[0], counted[1], counted[2], True, "still going on")
    bare = _BARE_SUM.search(text)
    if bare and re.search(r"\b(?:days?|d)\b", text[: bare.start()]) and (topic or lasting):
        return Span(here.start + bare.start("n"), here.start + bare.end("n"), number(bare["n"]))
    vague = _VAGUE.search(text)
    hoped = vague and re.search(
        r"(?:hoped for|promised|expected|wanted|many|which|was it)\W*$", text[: vague.start()]
    )
    if vague and not hoped and any(m.name == "lasting.lasted" for m in lasting) and relief:
        return Span(
            here.start + vague.start(), here.start + vague.end(), None, False, "said without a number"
        )
    return None


def _less(note: Note, start: int, amount: Amount) -> float:
    """ "Less than a day" stays below the day."""
    before = note.folded[max(start, amount.start - 16) : amount.start]
    under = re.search(r"(?:less than|under|<|not even|not quite|shy of|short of) ?(?:a )?$", before)
    return round(amount.value * 0.99, 4) if under else amount.value


def _in_ticked(boxes: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a place of a row of boxes belongs to a ticked one."""
    before = [b for b in boxes if b.start() <= at]
    return bool(before and before[-1][1])


def _of_named_block(note: Note, segment: int, amount: Amount) -> bool:
    """ "LSB: 8 days", "block 1 - 6 d": a length right behind the name of a block is that of its relief."""
    named = [
        m
        for m in note.within(segment, "sympathetic block", "lumbar", "name", "weak")
        if m.end <= amount.start
    ]
    return bool(named) and bool(
        re.fullmatch(
            r"(?: ?(?:#|no\.? ?)?\d)?(?: ?\([^)]{3,12}\))?\s?[:=-]\s?(?:about |~ ?)?",
            note.folded[named[-1].end : amount.start],
        )
        or (
            note.folded[named[-1].end : amount.start] == " "
            and re.match(r"[;,.]|$", note.folded[amount.end : note.segments[segment].end])
        )
    )


def _gap(note: Note, amount: Amount, mention: Mention) -> int:
    """How far a word such as "lasted" stands from a length; one that belongs to another clause is out of reach."""
    if mention.start < amount.end and amount.start < mention.end:
        return 0
    if mention.end <= amount.start:
        between = note.folded[mention.end : amount.start]
        extra = 0
    else:
        between = note.folded[amount.end : mention.start]
        extra = 4
    return 999 if _STOPS.search(between) else len(between) + extra


def _other_use(note: Note, segment: int, amount: Amount, topic: bool) -> bool:
    """Whether a length is that of numbness, sleep, a return visit, the illness, or only hoped for."""
    here = note.segments[segment]
    before = note.folded[max(here.start, amount.start - 40) : amount.start]
    before = re.split(r"[;.]\s|, (?!about|maybe)|\n(?=\w+:)", before)[-1]
    behind = note.folded[amount.end : min(here.end, amount.end + 34)]
    said = note.folded[amount.start : amount.end]
    if _HOPED_BEHIND.match(behind) or re.search(
        r"(?:hoped for|promised|expected|wanted)[ \"']*(?:at least )?$", before
    ):
        return True
    if OF_A_SIDE_EFFECT.search(note.folded[max(here.start, amount.start - 70) : amount.start]):
        return True
    if _A_DAY_OF_SOMETHING.fullmatch(said) and _OF_SOMETHING.match(behind):
        return True
    if re.search(r"\b(?:min|minutes?)\b", said) and not re.search(r"relief|lasted|analges", before + behind):
        return True
    if _USE_BEHIND.match(behind):
        return True
    match = _ANOTHER_USE.search(before)
    if match and re.match(r"off (?:the|her|his)", note.folded[amount.end : amount.end + 10].strip()):
        return False
    return match is not None and not (topic and re.match(r"in|within|over|took", match[0].strip()))


def _day_number(note: Note, amount: Amount) -> bool:
    return bool(re.search(r"\b(?:q|every )$", note.folded[max(0, amount.start - 6) : amount.start]))


def is_still(note: Note, segment: int) -> bool:
    """Whether a statement says that the relief goes on."""
    text = note.text_of(segment)
    cues = [m for m in note.within(segment, "lasting.still") if not _STILL_TO_DO.match(note.folded, m.end)]
    ended = re.search(
        r"\b(?:wore off|worn off(?<!not worn off)|came back|is back|returned|gone by|full pain again|then the old pain|back to|lost \d|quit|ended|over (?:within|in|after)|no longer)\b",
        text,
    )
    negated = re.search(
        r"\b(?:not|hasn'?t|never|yet to|no sign of)\b[^.;]{0,14}(?:wor[en]|wear|come|came|return|fad)", text
    )
    return bool(cues) and (not ended or bool(negated))


def _going_on(note: Note, segment: int) -> bool:
    """Whether the relief went on when this length was told; "still" must speak of it, not of another thing."""
    for cue in note.within(segment, "lasting.still"):
        said = note.folded[cue.start : cue.end]
        if said in (
            "now",
            "currently",
            "at present",
            "remains",
            "remain",
            "maintained",
            "sustained",
            "held",
            "to date",
        ) and not re.search(
            r"relief|holding|good|better|going|improv|low|controlled|comfort|free",
            note.folded[max(0, cue.start - 40) : cue.end + 40],
        ):
            continue
        if said in ("now", "currently", "maintained"):
            continue
        return True
    return False


def _day_count(note: Note, segment: int) -> tuple[int, int, float] | None:
    """ "Day 9", "LSB d 9": the number of days since the block."""
    here = note.segments[segment]
    match = _DAY_N.search(note.folded, here.start, here.end)
    if not match:
        return None
    value = float(match[1] or match[2])
    return match.start(), match.end(), value * (7 if match[0].startswith("w") else 1)


_ELLIPTIC = lazy(
    rf"(?:about|around|roughly|only|just|for|almost|nearly|over|under|-|:|,|was|lasted|held|gave)?\s*(?P<n>{NUMBER})(?=\s*(?:[.,;)\"']|$|and\b))"
)


def lengths_of(note: Note, start: int, end: int) -> Amount | None:
    """The first length in a span; a bare number at its end ("about four") has no unit of its own."""
    found = next(durations(note.folded, start, end), None)
    if found is not None:
        return found
    bare = None
    for match in _ELLIPTIC.finditer(note.folded, start, end):
        bare = match
    value = number(bare["n"]) if bare else None
    return Amount(bare.start("n"), bare.end("n"), value) if bare and value else None


def days_in(unit: str) -> float:
    """How many days a unit is, as it was written; a day where none was."""
    return next((a.value for a in durations(f"1 {unit}")), 1.0) if unit else 1.0
