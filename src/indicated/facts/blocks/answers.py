"""Statements that answer, deny or leave open whether a block was done, and those that are of no block of this patient."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicated.facts.blocks.mentions import SAID, STRONG, WORD, Named
from indicated.facts.diagnosis.around import overlaps
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

ENDS = lazy(r";|\b(?:no|yes|none)\n|\?\s|\n\s*\n|\bbut\b|\bthen\b|\|")
_QUESTION = lazy(r"\?[\"' )]*\s*$")
_DENIAL_BEHIND = lazy(
    r"^(?:\s*\([^)]{0,30}\)|s? (?:in|within|over|during) (?:the )?(?:last|past|preceding|previous|prior) \d* ?\w{1,6})?\s*(?:[:=|?-]+\s*|\bwas |\bwere )?"
    r"(?:none|nil|never(?=\W*$|\s*[.,;|\n)(-]|,? (?:before|in (?:the|her|his|my)|been|ever))|not? (?:done|had)|never (?:done|had|received|given|performed|tried|attempted|offered)|(?:no(?!\.? ?\d)|n|neg|0)(?=\W*$|\s*[.,;|\n)(-]|\s{2,}|,? (?:prior|previous|such|lsb|blocks?|hx|history|record|known|to date|so far|as of)\b))\b(?!\.\d)"
    r"(?! (?:complic|problem|issue|relief|benefit|help|effect|change|response|steroid|sedation|block|redness|fever|drain|improve|better|long|more than|good|use|pain|weak|new|adverse|ae\b|1\b|2\b|3\b|\d))"
)
_AFFIRMED_BEHIND = lazy(r"[^\n.;]{0,12}?[:=?|-]\s*(?:\[ ?x ?\] ?)?(?:yes|y)\b(?! ?/|,? no\b)")
_MARK = lazy(
    r"\b(?:before|prior to|ahead of|until|baseline before|pre)[ -](?:the |her |his |any |each |a |this |first |1st |next |r |l |right |left |#?\d ?(?:st|nd|rd)? ?)*$"
)
_NOTHING_FOUND = lazy(
    r"[:,=-]\s*(?:no|0|zero|nil) (?:results?|hits?|match(?:es)?|(?:paid )?claims?|entries|records?)(?: found)?\b(?! of)"
)
_STILL_ON = lazy(r"\bstill (?:on|scheduled|booked|planned|going ahead|happening|set)\b")
_ENDS_IN_QUESTION = lazy(r"[^.;?\n]{0,40}\?\W*$")
_ANSWERED_NO = lazy(r"\W*(?:\[ ?x ?\]|\( ?x ?\)) ?(?:none|no|never)\b|(?:none|no|never|nil)\W*$")
_TICKED_NO = lazy(
    r"[^\n.;]{0,30}?(?:\[ ?x ?\]|\( ?x ?\)) ?(?:none|no|never|n)\b|[^\n.;]{0,30}?\b(?:none|no|never) ?(?:\[ ?x ?\]|\( ?x ?\))"
)


def only_a_mark_in_time(note: Note, named: Named) -> bool:
    """ "Before the block (04/29)" dates what stands behind it, not the block."""
    start = note.segments[named.mention.segment].start
    before = note.folded[max(start, named.mention.start - 30) : named.mention.start]
    return bool(_MARK.search(before)) and not named.title


def general(note: Note, language: Language, mention: Mention) -> bool:
    """Whether a name stands in a leaflet, a rule, a consent or a study."""
    segment = note.segments[mention.segment]
    for title in (segment.label, segment.heading, (note.document.kind or "").lower()):
        if title != "background" and language.titles.get(title, "") in ("hypothetical", "general"):
            return True
    if re.match(r"what is|how is|about (?:your|the)|what to expect|policy|criteri", segment.heading):
        return True
    return any(
        name == "general" and note.folded[c.start : c.end] != "textbook" for name, c in cues_on(note, mention)
    )


def another(note: Note, mention: Mention) -> bool:
    """Whether the sentence, or the one behind it, says that the block is another patient's."""
    for number in range(mention.segment, min(mention.segment + 2, len(note.segments))):
        if number > mention.segment and note.within(number, WORD, *STRONG):
            break  # that sentence has a block of its own to speak of
        for cue in note.within(number, SAID, "another"):
            if (
                number > mention.segment
                or abs(cue.start - mention.end) < 80
                or abs(mention.start - cue.end) < 80
            ):
                return True
    return False


def asked(note: Note, language: Language, named: Named) -> bool:
    """Whether a question stays open: one that is asked, a field left blank, an answer that nobody has."""
    mention = named.mention
    segment = note.segments[mention.segment]
    text = note.text_of(mention.segment)
    label = (
        language.titles.get(segment.heading, "") == "asked"
        or language.titles.get(segment.label, "") == "asked"
    )
    if label:
        return True
    if _STILL_ON.search(text):
        return False
    booked = [c for c in note.within(mention.segment, SAID, "planned") if 0 <= mention.start - c.end < 30]
    if booked and "," in note.folded[mention.end : segment.end] and _QUESTION.search(text):
        return False
    if _QUESTION.search(text) or re.match(r"\s*[\"'(]?\?", text):
        return not re.search(r"\bi doubt|\bright\?$", text)
    opened = list(note.within(mention.segment, SAID, "open"))
    after = [
        m
        for n in (mention.segment + 1, mention.segment + 2)
        if n < len(note.segments)
        for m in note.within(n, SAID, "open")
    ]
    for cue in opened:
        said = note.folded[cue.start : cue.end]
        if cue.end <= mention.start and not ENDS.search(note.folded[cue.end : mention.start]):
            return mention.start - cue.end < 70 and not re.match(r"\?|_|\*", said)
        if (
            cue.start >= mention.end
            and cue.start - mention.end < 60
            and not re.search(r"relief|%|how|when|level|drug|long", note.folded[mention.end : cue.start])
        ):
            return True
    head = note.folded[segment.start : mention.start]
    form = re.search(r"number of|any (?:prior|previous)|how many|prior|previous|date of", head) is not None
    return form and any(cue.start - mention.end < 70 for cue in after)


def denied(note: Note, named: Named, near: Sequence[tuple[int, str, Mention]]) -> bool:
    """Whether a statement says that no such block was done."""
    mention = named.mention
    segment = note.segments[mention.segment]
    if _DENIAL_BEHIND.match(note.folded[mention.end : segment.end]):
        return True
    if _NOTHING_FOUND.search(note.folded, mention.end, segment.end):
        return True
    affirmed = note.within(mention.segment, "affirmed")
    for _distance, group, cue in near:
        if group != "none" or overlaps(cue, affirmed):
            continue
        said = note.folded[cue.start : cue.end]
        if cue.start >= mention.end:
            continue
        between = note.folded[cue.end : mention.start]
        if re.search(r"\bnot $", note.folded[max(segment.start, cue.start - 5) : cue.start]):
            return False
        if said in ("none", "nil") and re.match(r"\s*,", between):
            continue
        if re.search(r"\bor $", note.folded[max(segment.start, cue.start - 4) : cue.start]):
            continue
        if said in ("0", "n", "nil") and not re.match(
            r"\s*(?:prior|previous|sympath|lumbar|lsb|block|-)", between
        ):
            continue
        if re.search(
            r"\b(?:relief|help|benefit|complication|reaction|side effects?|effects?|problems?|change|response|issues|fever|weakness|improvement|better|steroid|sedation|adverse|record|follow|after|following|since|from|post|with)\b",
            between,
        ):
            continue
        words = between.split()
        done = [c for _, g, c in near if g == "done" and cue.end <= c.start < mention.start]
        if any(
            re.match(
                r"had|got|did|underw|undergone|receiv|has had|have had|ever|prior|prev|past|last|earlier|done|history",
                note.folded[c.start : c.end],
            )
            is None
            for c in done
        ):
            continue
        if (
            len(words) <= 3
            or ("," in between and len(words) <= 14)
            or (len(words) <= 6 and not re.search(r"[:;]", between))
        ):
            return True
    return False


def ticked_no(note: Note, named: Named) -> bool:
    """Whether the box of "none" or "no" behind a name is ticked."""
    here = note.segments[named.mention.segment]
    if named.entry:
        return False
    if _TICKED_NO.match(note.folded, named.mention.end, here.end):
        return True
    behind = named.mention.segment + 1
    return (
        _ENDS_IN_QUESTION.match(note.folded, named.mention.end, here.end) is not None
        and behind < len(note.segments)
        and note.segments[behind].paragraph == here.paragraph
        and _ANSWERED_NO.match(note.text_of(behind)) is not None
    )


def answered_yes(note: Note, named: Named) -> bool:
    """Whether "yes" stands behind a name as the answer of its field."""
    end = note.segments[named.mention.segment].end
    return _AFFIRMED_BEHIND.match(note.folded, named.mention.end, end) is not None
