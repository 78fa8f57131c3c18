"""Neuropathic pain other than CRPS, and whether the block is asked for on its account.

A chart may list a diabetic neuropathy beside the CRPS that is treated. `target` is True only where the text
ties the block to the other pain, False where it is listed, set aside, denied or of another region, and is
missing where both are named and the text leaves open which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.choices import choice_behind
from indicated.facts.diagnosis.around import (
    close,
    denial,
    limb_near,
    of_another,
    overlaps,
    phrases,
    proof,
    room,
    side_near,
    ticked_time,
)
from indicated.facts.diagnosis.neuropathic_target import target_of
from indicated.facts.model import Fact, Status, Value
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORD, _SAID = "other neuropathic pain", "other neuropathic pain said"
_SHE_DOES_NOT = lazy(
    r"(?:s?he|pt|patient|they|it|this) (?:doesn't|does not|is not|isn't|has not|hasn't|did not|didn't)(?: have (?:it|one|that|this))?\s*[.!]?$"
)
_HAD = lazy(r"\bhad (?:a |an )?$")
_LONG_AGO = lazy(
    r"\b(?:19|20)\d\d\b|\bago\b|\bfixed\b|\blast year\b|\bin (?:his|her) (?:teens|twenties|thirties|forties)"
)
_LESION = lazy(r"injur|lesion|damage|crush|cut|stretch|palsy|entrap|compress|trapped")
_SET_OFF = lazy(
    r"\b(?:after|from|following|due to|secondary to|s/p|with|since|post|of)\s(?:(?:a|an|the|known|documented|old|partial|iatrogenic)\s)*$"
)
_SUBJECT = lazy(
    r"(?:(?:the|her|his|an?|my)\s)?(?P<noun>[a-z]+)\s(?:(?:has|have|is|was|are|were|now|since|fully|completely|well|all)\s)*"
)
_IT = lazy(r"it|this|that|these|all|which|pain|symptoms?|nerves?|neuralgia|numbness|now|since|has|is|long")
_KINDS = ("neuralgia", "neuroma", "entrapment", "mononeuropathy", "neuritis")
_BLANK = lazy(r"^[^.;\n]{0,60}?(?:__|\*\*\*|\{|\[ ?\] ?y|\by +n\b|\by ?/ ?n\b|yes ?/ ?no)")
_YES = lazy(r"^[\s:?=|-]{1,4}(?:\[ ?x ?\] ?yes|yes\b|y\b|\+)(?! ?(?:/|\[|no\b))")
_NO = lazy(r"^[\s:?=|-]{0,4}(?:\[ ?\]|no\b|n\b(?!erv)|none\b|neg|nil\b|denied|denies|absent)(?! ?__)")


_TIMED = {
    "now": Status.PRESENT,
    "past": Status.HISTORICAL,
    "never": Status.ABSENT,
    "open": Status.ASKED,
}


def read_neuropathic(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each place where another neuropathic pain is spoken of."""
    if not note.has(_WORD):
        return
    mentions = [m for m in note.named(_WORD) if m.group != "not"]
    elsewhere = set(language.about["neuropathic pain elsewhere"]["names"].split("; "))
    for mention in mentions:
        if mention.group in ("neuropathy", "topic") and _named_better(mention, mentions):
            continue
        if mention.group == "nerve" and _cause_of_crps(note, mention):
            continue
        status, why = _judged(note, language, mention)
        if status is None or (
            status is Status.PRESENT and mention.group == "neuropathy" and _named_beside(note, mention)
        ):
            continue
        attributes: dict[str, Value] = {}
        if mention.group != "topic":
            attributes["name"] = _name(note, mention)
        segments = [mention.segment]
        if status is Status.ASKED and _undecided(note, mention):
            attributes["undecided"] = True
        target = False if status in (Status.ABSENT, Status.HISTORICAL) else None
        if status is Status.PRESENT:
            target, tied = target_of(note, mention, attributes["name"] in elsewhere)
            segments += tied
        if target is not None:
            attributes["target"] = target
        yield Fact(
            word=_WORD,
            status=status,
            evidence=proof(note, segments),
            side=side_near(note, mention, 0, 0),
            limb=limb_near(note, mention, 0, 0),
            date=note.document.date,
            attributes=attributes,
            reader="neuropathic",
            why=(why,),
        )


def _undecided(note: Note, mention: Mention) -> bool:
    """Whether the sentence, or the next one that names no other, says that two diagnoses cannot be told apart."""
    near = [
        n for n in room(note, mention.segment, 0, 1) if n == mention.segment or not _names_another(note, n)
    ]
    return bool(phrases(note, _SAID, near, "open"))


def _named_better(mention: Mention, mentions: list[Mention]) -> bool:
    return any(m.segment == mention.segment and m.group not in ("neuropathy", "topic") for m in mentions)


def _cause_of_crps(note: Note, mention: Mention) -> bool:
    """Whether a nerve lesion is told as what set off the CRPS ("CRPS II after a sural nerve injury")."""
    lead = note.folded[max(0, mention.start - 24) : mention.start]
    named = any(m.end <= mention.start for m in note.within(mention.segment, "CRPS"))
    return (
        named
        and bool(_LESION.search(note.folded, mention.start, mention.end))
        and bool(_SET_OFF.search(lead))
    )


def _named_beside(note: Note, mention: Mention) -> bool:
    """Whether a neighbouring sentence says which neuropathy is meant."""
    beside = phrases(note, _WORD, room(note, mention.segment, 1, 1))
    return any(m.group not in ("neuropathy", "topic", "not") for m in beside)


def _name(note: Note, mention: Mention) -> str:
    if mention.group != "nerve":
        return mention.group
    nerves = [m for m in note.within(mention.segment, "nerve") if mention.covers(m)]
    text = note.folded[mention.start : mention.end]
    nerve = note.folded[nerves[0].start : nerves[0].end] if nerves else text.split()[0]
    return f"{nerve} {next((k for k in _KINDS if k in text), 'neuropathy')}"


def _judged(note: Note, language: Language, mention: Mention) -> tuple[Status | None, str]:
    segment = note.segments[mention.segment]
    own = note.within(mention.segment, _SAID)
    near = [m for m in own if close(note, m, mention, 70) and not overlaps(m, [mention])]
    groups = {m.group for m in near}
    behind = note.folded[mention.end : segment.end]
    titles = [
        language.titles.get(t, "")
        for t in (segment.label, segment.heading, (note.document.kind or "").lower())
    ]
    if of_another(note, mention) or "other_person" in titles:
        return Status.OTHER_PERSON, "said of another person"
    if "hypothetical" in titles or _general(note, mention):
        return Status.HYPOTHETICAL, "a general statement"
    answered = _answered(note, mention, behind, "asked" in titles)
    if answered:
        return answered
    if mention.group == "topic":
        return _of_others_at_large(note, mention, near)
    answer = _answer(note, mention)
    if answer is not None:
        return answer, "answered in the next sentence"
    if note.folded.startswith("no ", mention.start):
        return Status.ABSENT, "denied"
    if _undecided(note, mention):
        return Status.ASKED, "not told apart"
    tested = bool({"tests"} & {m.group for m in own})
    modal = [m for m in own if m.group == "hypothetical" and m.start < mention.start]
    if any(m.group == "turned" and m.start < mention.start for m in own):
        return Status.PRESENT, "said not to be absent"
    denied = denial(note, mention, [m for m in own if m.group in ("asked", "aside", "hypothetical")])
    apart = denied and denied.end <= mention.start and "," in note.folded[denied.end : mention.start]
    if apart and any(m.group == "known" and 0 <= mention.start - m.end <= 1 for m in own):
        denied = None  # "sensation absent, known diabetic neuropathy"
    if (denied and all(m.start < denied.start for m in modal)) or (
        not modal and _denied(note, mention, near, tested)
    ):
        return Status.ABSENT, "denied"
    if any(
        m.group == "hypothetical" and (m.start < mention.start or mention.covers(m))
        for m in own
        if close(note, m, mention, 70)
    ):
        if behind.rstrip(" \"')").endswith("?") or _under_study(note, mention):
            return Status.ASKED, "a question"
        return Status.HYPOTHETICAL, "a risk or a condition"
    if _denied_later(note, mention) or note.within(mention.segment, _SAID, *_withdrawing(mention)):
        return Status.ABSENT, "denied in the same passage"
    if _is_over(note, mention, near) or _over_later(note, mention):
        return Status.HISTORICAL, "said to be over"
    if (
        "asked" in groups
        and not phrases(note, _SAID, [mention.segment], "unsaid")
        and _is_asked(note, mention, near)
    ):
        return Status.ASKED, "not settled"
    return Status.PRESENT, "named"


def _of_others_at_large(note: Note, mention: Mention, near: list[Mention]) -> tuple[Status | None, str]:
    """What is said of other neuropathic pain without a name: sought and not found, asked for, or a condition."""
    groups = {m.group for m in near}
    if "hypothetical" in groups:
        return Status.HYPOTHETICAL, "a general statement"
    if denial(note, mention, near) or "none found" in groups:
        return Status.ABSENT, "denied"
    return (Status.ASKED, "not said") if groups & {"silent"} else (None, "")


def _under_study(note: Note, mention: Mention) -> bool:
    """Whether tests that are sent or awaited follow in the next sentence: a modal word is then an open question."""
    beside = [n for n in room(note, mention.segment, 0, 1) if n != mention.segment]
    return bool(phrases(note, _SAID, beside, "tests")) and bool(phrases(note, _SAID, beside, "asked"))


def _answered(note: Note, mention: Mention, behind: str, asks: bool) -> tuple[Status, str] | None:
    """What a form answers: the marked choice, a plain yes or no, or a blank."""
    time = ticked_time(note, mention)
    if time:
        return _TIMED[time], f"ticked as {time}"
    choice = choice_behind(note, mention)
    if choice in ("yes", "no"):
        return (Status.PRESENT if choice == "yes" else Status.ABSENT), f"answered {choice}"
    if choice or _BLANK.match(behind) or asks or _unanswered(note, mention):
        return Status.ASKED, "left open"
    if _NO.match(behind):
        return Status.ABSENT, "answered no"
    if _YES.match(behind):
        return Status.PRESENT, "answered yes"
    return None


def _unanswered(note: Note, mention: Mention) -> bool:
    """Whether the question that names it is followed by a blank line to write on."""
    end = note.segments[mention.segment].end
    asked = note.folded[mention.end : end].rstrip(" \"')").endswith("?")
    return asked and bool(re.match(r"\s*_{2,}", note.folded[end : end + 40]))


def _general(note: Note, mention: Mention) -> bool:
    tests = note.within(mention.segment, _SAID, "tests")
    return any(
        name == "general" and cue.start < mention.start and not overlaps(cue, tests)
        for name, cue in cues_on(note, mention)
    )


def _answer(note: Note, mention: Mention) -> Status | None:
    """The answer in the next sentence to a name with a question mark ("PHN? yes still")."""
    segment = note.segments[mention.segment]
    if note.folded[mention.end : segment.end].strip(" \"')") != "?":
        return None
    following = room(note, mention.segment, 0, 1)[-1]
    if following == mention.segment:
        return None
    text = note.text_of(following).strip(" \"'")
    if re.match(r"yes|yep|still|confirmed|present", text):
        return Status.PRESENT
    return (
        Status.ABSENT
        if re.match(r"no\b|nope|none|never|denie|neg|ruled out", text) or re.search(r"\bno\b[.\"']*$", text)
        else None
    )


def _denied(note: Note, mention: Mention, near: list[Mention], tested: bool) -> bool:
    """A denying word behind the name, or a normal test of it; "explains none of the burning" sets it aside only."""
    for m in near:
        if m.group != "denied" or overlaps(m, [o for o in near if o.group == "asked"]):
            continue
        word = note.folded[m.start : m.end]
        between = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
        if word in ("not", "none", "doubt", "against", "nothing"):
            continue
        if m.start < mention.start and len(between.split()) > 5:
            continue
        if word in ("normal", "nl", "clean", "preserved") and not tested:
            continue
        if m.start >= mention.end or word not in ("normal", "nl", "clean", "preserved"):
            return True
    return False


def _denied_later(note: Note, mention: Mention) -> bool:
    for n in room(note, mention.segment, 0, 3):
        if n != mention.segment and not _names_another(note, n):
            if note.within(n, _SAID, *_withdrawing(mention)):
                return True
            start = note.segments[n].start
            if _SHE_DOES_NOT.match(note.text_of(n)):
                return True
            if n == mention.segment + 1 and any(
                m.start - start <= 30
                for m in note.within(n, _SAID, "denied")
                if note.folded[m.start : m.end]
                not in ("not", "none", "normal", "nl", "preserved", "clean", "against")
            ):
                return True
    return False


def _withdrawing(mention: Mention) -> tuple[str, ...]:
    """The groups of words that withdraw a diagnosis; that there is no diabetes withdraws only what diabetes does."""
    return ("withdrawn", "no diabetes") if mention.group == "diabetic neuropathy" else ("withdrawn",)


def _names_another(note: Note, n: int) -> bool:
    return any(m.group not in ("topic", "not") for m in note.within(n, _WORD))


def _is_over(note: Note, mention: Mention, near: list[Mention]) -> bool:
    if any(m.group == "current" and close(note, m, mention, 30) for m in near):
        return False
    if _HAD.search(note.folded, max(0, mention.start - 8), mention.start) and _LONG_AGO.search(
        note.text_of(mention.segment)
    ):
        return True
    for m in near:
        if m.group != "over":
            continue
        between = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
        if m.start < mention.start and len(between.split()) > 2:
            continue
        return True
    return False


def _over_later(note: Note, mention: Mention) -> bool:
    """Whether the next sentence, naming no other diagnosis, says that it is gone."""
    for n in room(note, mention.segment, 0, 1):
        if n != mention.segment and not note.within(n, _WORD) and not note.within(n, "CRPS"):
            start = note.segments[n].start
            over = note.within(n, _SAID, "over")
            if any(m.start - start <= 60 and not _of_a_thing(note, start, m.start) for m in over):
                return True
    return False


def _of_a_thing(note: Note, start: int, end: int) -> bool:
    """Whether a sentence that says that something is over has a subject of its own ("Ulcer healed")."""
    subject = _SUBJECT.fullmatch(note.folded, start, end)
    return bool(subject and not _IT.fullmatch(subject["noun"]))


def _is_asked(note: Note, mention: Mention, near: list[Mention]) -> bool:
    for m in near:
        if m.group != "asked":
            continue
        word = note.folded[m.start : m.end]
        between = note.folded[min(m.end, mention.end) : max(m.start, mention.start)]
        if word == "or" or (word == "?" and len(between.split()) > 2):
            continue
        if word == "?" and m.start > mention.end and "," in between:
            continue
        if len(between) <= 45:
            return True
    return False
