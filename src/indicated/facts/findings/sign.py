"""What a finding comes to in its list: "temp -, color +, no edema / hair =". Each answer belongs to the finding beside it."""

from __future__ import annotations

import re

from indicated.facts.findings.answers import answer_before, answer_behind, zone
from indicated.facts.findings.scene import Scene
from indicated.facts.findings.words import FINDINGS, SAID
from indicated.reading.context import cues_on
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy
from indicated.reading.segments import Segment

NAMES = ("present", "limb", "absent", "topic")
_FULL_RANGE = "from"
_QUALITIES = ("said", "normal")
_REACH = 80
_STOPS = lazy(
    r"[.;:|]|\(\+\)|\s{3,}|\S\s[-]+\s|\b(?:is(?! there)|are(?! there)|feels|looks|has|with|shows|but|then|also has)\b|(?:^|[^/\d])\d+(?:\.\d+)?\s?(?:c|cm|deg|/)"
)
_DEGREES = lazy(r"(\d+(?:[.,]\d+)?)\s?(?:°|deg\w*)?\s?(f\b)?")
_SIGN = lazy(r"[(\[]?\s?([+-])(?:ve)?\s?[)\]]?\s?$")
_SHOUTED = lazy(r"\s+[A-Z]{2,}")
_ANSWERED = lazy(r"(?:,|(?:it|they|she|he|i|my|that|this|we|you)\b)")
_COMMA = lazy(r"[,;/|]")
_NO_SIGN = lazy(r"[\s:=]{0,3}")
_DASH = lazy(r" ?- ")
_PLUS_SIGN = lazy(r"(?<![^\s,;:(])\+ ?[a-z]")
_PLUS_LINE = lazy(r"(?:^|\n)[ ]*\+ ?[a-z]")
_SIGN_AHEAD = lazy(r"(?:^|(?<=[\s:;,]))[(\[]?[+-](?:ve)?[)\]]?(?=\s?[a-z])")
_EQUALS = lazy(r"\s*=\s*[a-z]")
_NEGATIVE = lazy(r"\b(?:no|not|nor|neither|never|without|none|nothing|w/o|free of)\b|n't\b")
_OF_NOUNS = frozenset(("no", "without", "w/o", "none"))
_THAT = lazy(r"that (?!but)[^.;:|,]*$")
_OR = lazy(r"\b(?:or|nor)\b")
_TIGHT = frozenset(
    ("not", "isn't", "aren't", "wasn't", "weren't", "was not", "is not", "are not", "were not")
)


def sign(scene: Scene, mention: Mention, here: list[Mention], names: list[Mention]) -> str | None:
    """What a mention comes to in its list: "yes", "no", "open", "named", or None where nothing is said."""
    note, group = scene.note, mention.group
    if group in ("object", "spot") or (group in _QUALITIES and not _beside(scene, mention, here)):
        return None
    if scene.places.region(mention) == "other":
        return "named"
    if _is_plain_word(note, mention):
        return None
    if group in ("present", "limb", "said") and _nowhere(note, mention):
        return "no"
    if group == "weak":
        if not any(m.name == mention.name and m.group in ("topic", "object") for m in here):
            return "named"
        mention = Mention(mention.name, "topic", mention.start, mention.end, mention.segment)
    before, after = zone(note, mention, names)
    if group in _QUALITIES and any(o.covers(mention) for o in note.within(mention.segment, SAID, "open")):
        return "open"  # in "strength cannot be graded" the "cannot" is not of the strength
    if group in _QUALITIES:
        return _of_quality(note, mention, names, after)
    if group == "site" and any(m.group == "open" for m in note.within(mention.segment, SAID)):
        return "open"
    if mention.group not in NAMES:
        return None
    if mention.name == "skin temperature asymmetry" and _is_little(note.folded[mention.start : mention.end]):
        return "no"
    as_topic = mention.group == "topic" or (mention.group == "limb" and not scene.places.is_limb(mention))
    signed = _signed_before(note, mention, names)
    if signed:
        return signed if mention.group != "absent" else None
    answer = answer_behind(note, mention, after, wide=as_topic)
    if as_topic:
        return _of_topic(note, mention, answer or answer_before(note, mention, before))
    if mention.group == "absent":
        return _of_health(note, mention, answer)
    return _of_finding(note, mention, here, answer, after)


def _of_quality(note: Note, mention: Mention, names: list[Mention], after: int) -> str:
    """A quality beside a topic or an object: "sparse" of hair, "pink" of color."""
    normal = mention.group == "normal"
    named = next((t for t in names if t.name == mention.name and 0 <= t.start - mention.end <= 3), None)
    answer = answer_behind(note, named, after, wide=True) if named and not normal else None
    answer = answer or answer_behind(note, mention, after, wide=False)
    if answer in ("no", "open"):
        return answer
    if answer == "unseen":
        return "open"
    return "no" if normal != _denied(note, mention, near=normal) else "yes"


def _of_topic(note: Note, mention: Mention, answer: str | None) -> str | None:
    """A topic, with the answer that stands beside it."""
    if answer is None:
        return "no" if _denied(note, mention, near=True) else "named"
    if mention.group == "limb" and answer in ("normal", "fine") and _EQUALS.match(note.folded, mention.end):
        return None
    if answer == "yes" and _denied(note, mention):
        return "no"
    if answer == "unseen":
        # Hair that is not seen was not looked at; sweating that is not seen is not there.
        return "no" if mention.name == "abnormal sweating" else "open"
    return {"no": "no", "normal": "no", "fine": "no", "yes": "yes", "open": "open"}[answer]


def _of_health(note: Note, mention: Mention, answer: str | None) -> str:
    """What says by itself that nothing is wrong, unless it is denied."""
    if answer == "open":
        return "open"
    denied = _denied(note, mention, near=True)
    return "yes" if denied and not _NEGATIVE.search(note.folded, mention.start, mention.end) else "no"


def _of_finding(
    note: Note, mention: Mention, here: list[Mention], answer: str | None, after: int
) -> str | None:
    """What says by itself that the finding is there, unless it is denied or left open."""
    titled = note.folded[mention.end : mention.end + 1] == ":"
    if (
        titled
        and mention.group == "present"
        and any(
            m.name == mention.name and m.start > mention.end and m.group in ("present", "limb", "absent")
            for m in here
        )
    ):
        return None
    if answer == "open" or (
        titled
        and any(
            m.group == "open" and mention.end < m.start < after for m in note.within(mention.segment, SAID)
        )
    ):
        return "open"
    if answer in ("no", "unseen") or (answer in ("normal", "fine") and mention.group == "limb"):
        return "no"
    if not _denied(note, mention):
        return "yes"
    # "not swollen in the morning, only at night": it is there.
    return (
        "yes" if any(m.start >= mention.end for m in note.within(mention.segment, SAID, "except")) else "no"
    )


def _is_plain_word(note: Note, mention: Mention) -> bool:
    """Whether what could be the abbreviation "FROM" (full range of motion) is only the word."""
    at = note.folded.find(_FULL_RANGE, mention.start, mention.end)
    return (
        at >= 0
        and mention.group == "absent"
        and mention.name == "reduced range of motion"
        and (
            note.document.text[at : at + len(_FULL_RANGE)].islower()
            or bool(_SHOUTED.match(note.document.text, at + len(_FULL_RANGE)))
        )
    )


def _is_little(difference: str) -> bool:
    """Whether a stated difference of temperature is under one degree Celsius (1.8 Fahrenheit)."""
    stated = _DEGREES.search(difference)
    return bool(stated) and float(stated[1].replace(",", ".")) < (1.7 if stated[2] == "f" else 0.95)  # type: ignore[index]


def _signed_before(note: Note, mention: Mention, names: list[Mention]) -> str | None:
    """The sign before a mention in a list that puts the signs first: "(-) edema (+) allodynia"."""
    segment = note.segments[mention.segment]
    sign = _SIGN.search(note.folded, max(segment.start, mention.start - 5), mention.start)
    if sign is None or _is_dash(note, sign, segment):
        return None
    first = _SIGN_AHEAD.search(note.folded, segment.start, segment.end)
    if first is None or first.start() > min(m.start for m in [*names, mention]):
        return None
    return "yes" if sign[1] == "+" else "no"


def _is_dash(note: Note, sign: re.Match[str], segment: Segment) -> bool:
    """Whether a minus with a space behind it is only a dash, or the mark of a list: so it is, unless a plus stands like it."""
    if not _DASH.fullmatch(sign[0]):
        return False
    if sign.start() == segment.start and _PLUS_LINE.search(note.folded):
        return False
    return not _PLUS_SIGN.search(note.folded, segment.start, segment.end)


def _beside(scene: Scene, mention: Mention, here: list[Mention]) -> bool:
    """Whether a quality has what it belongs to: a topic or an object close by, or as the title above."""
    for other in here:
        if other.name == mention.name and other.group in ("topic", "object"):
            gap = max(mention.start - other.end, other.start - mention.end)
            if gap <= _REACH and not (
                other.start > mention.start
                and re.search(r"[,;.]", scene.note.folded[mention.end : other.start])
            ):
                return True
    segment = scene.note.segments[mention.segment]
    return any(
        (mention.name, group) in scene.titles.of(title)
        for title in (segment.label, segment.heading)
        for group in ("topic", "present")
    )


def _denied(note: Note, mention: Mention, *, near: bool = False) -> bool:
    """Whether a negation before a mention reaches it, through a list but not into the next statement."""
    for name, cue in reversed(list(cues_on(note, mention))):
        if name != "negated" or cue.end > mention.start:
            continue
        if any(p.covers(cue) for p in note.within(mention.segment, SAID, "pseudo")):
            continue
        between = note.folded[cue.end : mention.start].lstrip(": ")
        word = note.folded[cue.start : cue.end]
        if word == "no" and _ANSWERED.match(between):
            continue  # "No, it moves well" answers a question
        if (_STOPS.search(between) and not _THAT.match(between)) or len(between.split()) > 12:
            continue
        if (word in _TIGHT or near) and (
            (
                "," in between
                and (near or not _OR.search(note.folded, cue.end, note.segments[mention.segment].end))
            )
            or len(between.split()) > (2 if near and mention.group in ("absent", "normal") else 5)
        ):
            continue
        if "(-)" in word or "-ve" in word or _answers_another(note, cue, mention):
            continue
        if word.strip(" :=|?\n-") in _OF_NOUNS and _told_between(note, cue, mention):
            continue
        if (
            mention.group in ("limb", "said")
            and word.strip(" :=|?\n-") in _OF_NOUNS
            and "," in between
            and not _OR.search(note.folded, cue.end, note.segments[mention.segment].end)
        ):
            # "no edema, cold and mottled": what follows the comma is said of the limb, not denied.
            continue
        return True
    return False


def _answers_another(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether a denial is the answer to the finding before it, and a comma ends it: "edema absent, mottling present"."""
    return bool(_COMMA.search(note.folded, cue.end, mention.start)) and any(
        m.group in NAMES and m.end <= cue.start and _NO_SIGN.fullmatch(note.folded, m.end, cue.start)
        for m in note.among(mention.segment, *FINDINGS)
    )


def _told_between(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether between a denial and a mention something is told of the limb: "no edema, cool, mottled"."""
    end = note.segments[mention.segment].end
    return not _OR.search(note.folded, cue.end, end) and any(
        m.group == "limb" and cue.end <= m.start < mention.start and "," in note.folded[cue.end : m.start]
        for m in note.among(mention.segment, *FINDINGS)
    )


def _nowhere(note: Note, mention: Mention) -> bool:
    """Whether all that was looked for is said not to be found, in the sentence or in the one behind it."""
    segment = note.segments[mention.segment]
    for at in (mention.segment, mention.segment + 1):
        if at < len(note.segments) and note.segments[at].paragraph == segment.paragraph:
            found = note.within(at, SAID, "nowhere")
            if any(m.start > mention.end for m in found):
                return True
    return False
