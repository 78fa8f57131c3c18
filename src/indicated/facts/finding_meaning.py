"""What a sentence says of a finding: that it is there, is not, was, may come, is somebody else's, or was not looked at.

The general cues of the vocabulary (who, if, planned) hold here as everywhere. What is special to findings is
the list: "temp -, color +, no edema / hair =". There each answer belongs to the finding beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indicated.chart.model import Side
from indicated.facts.finding_place import Places
from indicated.facts.finding_source import Titles
from indicated.facts.finding_words import FINDING_WORDS, SAID
from indicated.facts.model import Status
from indicated.reading.context import cues_on
from indicated.reading.note import Mention, Note

_OF_SKIN = frozenset(
    ("skin temperature asymmetry", "skin color change", "abnormal sweating", "edema", "trophic change")
)
_NAMES = ("present", "limb", "absent", "topic")
_REACH = 80
_LIST = re.compile(r"[\s,/&+()]*(?:and|or|nor|and/or|vs|of|of the|in the|in)?[\s,/&()]*")
_SIGNS = re.compile(r"[\s:|?.=()\-_,/\[\]]*")
_STOPS = re.compile(
    r"[.;:|]|\(\+\)|\s{3,}|\S\s[-]+\s|\b(?:is(?! there)|are(?! there)|feels|looks|has|with|shows|but|then|also has)\b|(?:^|[^/\d])\d+(?:\.\d+)?\s?(?:c|cm|deg|/)"
)
_HIS = re.compile(r"(?:her|his|their) ")
_DEGREES = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:°|deg\w*)?\s?(f\b)?")
_SIGN = re.compile(r"[(\[]?\s?([+-])(?:ve)?\s?[)\]]?\s?$")
_SIGN_AHEAD = re.compile(r"(?:^|(?<=[\s:;,]))[(\[]?[+-](?:ve)?[)\]]?(?=\s?[a-z])")
_SINCE = re.compile(r"\b(?:since|now|by (?:wk|week|month)|by then)\b")
_NEGATIVE = re.compile(r"\b(?:no|not|nor|neither|never|without|none|nothing|w/o|free of)\b|n't\b")
_TIGHT = frozenset(
    ("not", "isn't", "aren't", "wasn't", "weren't", "was not", "is not", "are not", "were not")
)
_OWNER = re.compile(
    r"(?:'s)?[\s,()]{0,3}(?:who |also |has |had )?(?:put|says?|said|states?|reports?|noticed|laid|tells?|told|saw|sees|thinks|asked|agrees?|drove|confirms?|describes?|took|is worried|calls|wrote|helps?|uses them|noted|rubs|touched|and i)\b"
)


@dataclass(frozen=True)
class Spoken:
    """A finding with what is said of it. `reported` and `side` are set where the form of the statement tells them."""

    word: str
    mention: Mention
    status: Status
    why: tuple[str, ...]
    side: Side | None = None
    reported: bool | None = None


def spoken(note: Note, titles: Titles, places: Places, words: Sequence[str]) -> Iterator[Spoken]:
    """Yield what the sentences of a note say of the findings in `words`."""
    by_segment: dict[int, list[Mention]] = {}
    for word in words:
        for mention in note.named(word):
            if mention.group != "not" and mention.segment >= 0:
                by_segment.setdefault(mention.segment, []).append(mention)
    for segment in sorted(by_segment):
        here = sorted(by_segment[segment], key=lambda m: (m.start, -m.end))
        yield from _statement(note, titles, places, segment, here)


def _statement(
    note: Note, titles: Titles, places: Places, segment: int, here: list[Mention]
) -> Iterator[Spoken]:
    names = [m for m in here if m.group in _NAMES]
    for mention in here:
        sign = _sign(note, titles, places, mention, here, names)
        if sign is None:
            continue
        status, why = _status(note, titles, mention, sign)
        if (
            status in (Status.PRESENT, Status.ABSENT)
            and mention.name in _OF_SKIN
            and _of_a_wound(note, mention, sign)
        ):
            continue
        if status is not None:
            yield Spoken(
                mention.name,
                mention,
                status,
                (*why, f"{mention.group}: '{note.folded[mention.start : mention.end]}'"),
            )


def _sign(
    note: Note, titles: Titles, places: Places, mention: Mention, here: list[Mention], names: list[Mention]
) -> str | None:
    """What a mention comes to in its list: "yes", "no", "open", or None where nothing is said."""
    if places.region(mention) == "other":
        return "named"
    if mention.group in ("present", "limb", "said") and _nowhere(note, mention):
        return "no"
    if mention.group == "weak":
        if not any(m.name == mention.name and m.group in ("topic", "object") for m in here):
            return "named"
        mention = Mention(mention.name, "topic", mention.start, mention.end, mention.segment)
    before, after = _zone(note, mention, names)
    group = mention.group
    if group in ("said", "normal"):
        if not _beside(note, titles, mention, here):
            return None
        named = next((t for t in names if t.name == mention.name and 0 <= t.start - mention.end <= 3), None)
        answer = _answer(note, named, after, wide=True) if named and group == "said" else None
        if answer in ("no", "open"):
            return answer
        return (
            "no" if (group == "normal") != _denied(note, mention, before, near=group == "normal") else "yes"
        )
    if group == "site" and any(m.group == "open" for m in note.within(mention.segment, SAID)):
        return "open"
    if group not in _NAMES:
        return None
    if group == "limb" and not places.is_limb(mention):
        group = "topic"
    if mention.name == "skin temperature asymmetry" and _is_little(note.folded[mention.start : mention.end]):
        return "no"
    signed = _signed_before(note, mention, names)
    if signed:
        return signed if group != "absent" else None
    answer = _answer(note, mention, after, wide=group == "topic")
    if group == "topic":
        if answer is None:
            answer = _answer_before(note, mention, before)
        if answer is None:
            return "no" if _denied(note, mention, before, near=True) else "named"
        if mention.group == "limb" and answer in ("normal", "fine"):
            return None
        if answer == "yes" and _denied(note, mention, before):
            return "no"
        return {"no": "no", "normal": "no", "fine": "no", "yes": "yes", "open": "open"}[answer]
    if (
        group == "present"
        and note.folded[mention.end : mention.end + 1] == ":"
        and any(
            m.name == mention.name and m.start > mention.end and m.group in ("present", "limb", "absent")
            for m in here
        )
    ):
        return None
    denied = _denied(note, mention, before)
    if group == "absent":
        denied = _denied(note, mention, before, near=True) and not _NEGATIVE.search(
            note.folded, mention.start, mention.end
        )
        return "open" if answer == "open" else ("yes" if denied else "no")
    if answer == "open":
        return "open"
    if answer == "no" or (answer in ("normal", "fine") and group == "limb"):
        return "no"
    return "no" if denied else "yes"


def _is_little(difference: str) -> bool:
    """Whether a stated difference of temperature is under one degree Celsius (1.8 Fahrenheit)."""
    stated = _DEGREES.search(difference)
    return bool(stated) and float(stated[1].replace(",", ".")) < (1.7 if stated[2] == "f" else 0.95)  # type: ignore[index]


def _signed_before(note: Note, mention: Mention, names: list[Mention]) -> str | None:
    """The sign before a mention in a list that puts the signs first: "(-) edema (+) allodynia"."""
    segment = note.segments[mention.segment]
    sign = _SIGN.search(note.folded, max(segment.start, mention.start - 5), mention.start)
    if sign is None:
        return None
    first = _SIGN_AHEAD.search(note.folded, segment.start, segment.end)
    if first is None or first.start() > min(m.start for m in names + [mention]):
        return None
    return "yes" if sign[1] == "+" else "no"


def _zone(note: Note, mention: Mention, names: list[Mention]) -> tuple[int, int]:
    """Where what is said of a mention may stand: from the finding before it to the one after it."""
    segment = note.segments[mention.segment]
    start, end = segment.start, segment.end
    for other in names:
        if other.end <= mention.start:
            start = max(start, other.end)
    last = mention.end
    for other in names:
        if (
            mention.name == "motor change"
            and other.name == "reduced range of motion"
            and other.group == "topic"
        ):
            continue
        if other.start < last:
            last = max(last, other.end) if other.start >= mention.start else last
            continue
        if _LIST.fullmatch(note.folded, last, other.start):
            last = other.end
            continue
        end = other.start
        break
    return start, end


def _answers(note: Note, segment: int) -> list[Mention]:
    return [
        m for m in note.within(segment, SAID) if m.group in ("no", "normal", "yes", "open", "change", "fine")
    ]


def _answer(note: Note, mention: Mention, end: int, *, wide: bool) -> str | None:
    """The first answer behind a mention: at once for a finding, anywhere in its room for a topic."""
    text = note.folded
    changed = None
    for answer in _answers(note, mention.segment):
        if answer.start < mention.end or answer.end > end:
            continue
        if answer.group == "change":
            changed = changed or (
                "yes" if wide and len(text[mention.end : answer.start].split()) <= 2 else None
            )
            continue
        between = text[mention.end : answer.start]
        if answer.end - answer.start <= 2 or not wide or answer.group in ("open", "fine"):
            if not _only_places(note, mention, answer):
                if wide and answer.end - answer.start > 1 and answer.group == "open":
                    return "open"
                if wide:
                    continue
                return changed
        elif len(between) > _REACH:
            return changed
        if (
            text[answer.start : answer.end] in ("no", "n", "0")
            and re.match(r" [a-z]{2}", text[answer.end : answer.end + 3])
            and not any(
                m.name in FINDING_WORDS and m.group != "not" and m.start == answer.end + 1
                for m in note.within(mention.segment)
            )
        ):
            return changed
        return answer.group
    return changed


def _answer_before(note: Note, mention: Mention, start: int) -> str | None:
    """An answer just before a topic: "normal skin color", "[x] no   sweating"."""
    for answer in reversed(_answers(note, mention.segment)):
        if answer.end <= mention.start and answer.start >= start:
            between = note.folded[answer.end : mention.start]
            if answer.group == "change":
                return "yes" if len(between.split()) <= 3 and not re.search(r"[,;:|.]", between) else None
            if len(between.split()) <= 3 and not re.search(r"[,;:|.]|\s{3,}", between):
                return answer.group
            return None
    return None


def _only_places(note: Note, first: Mention, second: Mention) -> bool:
    """Whether between two mentions stand only signs, sides, limbs and small words."""
    text = list(note.folded[first.end : second.start])
    if len(text) > 40:
        return False
    for m in note.within(first.segment):
        if (
            (
                m.name.startswith(("side.", "limb.", "movement."))
                or m.name == first.name
                or m.name == "told or found"
            )
            and m.start >= first.end
            and m.end <= second.start
        ):
            text[m.start - first.end : m.end - first.end] = " " * (m.end - m.start)
    rest = re.sub(
        r"'s\b|\b(?:is|are|was|were|of|the|in|on|at|to|a|his|her|my|both|sx|or|and|any|now|today|that|this|than|usual|present|here|there|seen|also|all)\b",
        " ",
        "".join(text),
    )
    return _SIGNS.fullmatch(rest) is not None


def _beside(note: Note, titles: Titles, mention: Mention, here: list[Mention]) -> bool:
    """Whether a quality has what it belongs to: a topic or an object close by, or as the title above."""
    for other in here:
        if other.name == mention.name and other.group in ("topic", "object"):
            gap = max(mention.start - other.end, other.start - mention.end)
            if gap <= _REACH and not (
                other.start > mention.start and re.search(r"[,;.]", note.folded[mention.end : other.start])
            ):
                return True
    segment = note.segments[mention.segment]
    return any(
        (mention.name, group) in titles.of(title)
        for title in (segment.label, segment.heading)
        for group in ("topic", "present")
    )


def _denied(note: Note, mention: Mention, start: int, *, near: bool = False) -> bool:
    """Whether a negation before a mention reaches it, through a list but not into the next statement."""
    for name, cue in reversed(list(cues_on(note, mention))):
        if name != "negated" or cue.end > mention.start:
            continue
        if any(p.covers(cue) for p in note.within(mention.segment, SAID, "pseudo")):
            continue
        between = note.folded[cue.end : mention.start].lstrip(": ")
        word = note.folded[cue.start : cue.end]
        if _STOPS.search(between) or len(between.split()) > 12:
            continue
        if (word in _TIGHT or near) and (
            "," in between
            or len(between.split()) > (2 if near and mention.group in ("absent", "normal") else 5)
        ):
            continue
        if "(-)" in word or "-ve" in word:
            continue
        return True
    return False


def _status(note: Note, titles: Titles, mention: Mention, sign: str) -> tuple[Status | None, tuple[str, ...]]:
    cues = {name: note.folded[cue.start : cue.end] for name, cue in _cues(note, mention)}
    here = {m.group for m in note.within(mention.segment, SAID)}
    segment = note.segments[mention.segment]
    kind = (note.document.kind or "").lower()
    titled = {
        group
        for title in (segment.label, segment.heading, kind)
        for name, group in titles.of(title)
        if name == "title of findings"
    }
    if (
        note.misfiled(mention.segment)
        or "other_person" in cues
        or {"other"} & titled
        or "someone" in here
        or _of_a_relative(note, mention)
    ):
        return Status.OTHER_PERSON, ("of somebody else",)
    if "wanted" in here or "asked" in titled or "asked" in cues:
        return Status.ASKED, ("asked for",)
    if "hypothetical" in cues or "hypothetical" in titled or "maybe" in here:
        return Status.HYPOTHETICAL, ("if, may or in general",)
    if sign == "open" or _in_template(note, mention):
        return Status.ASKED, ("not looked at",)
    if sign == "named":
        return None, ()
    if ("goal" in titled or "goal" in here) and not here & {"again", "no", "over"}:
        return None, ()
    if _over(note, mention) or ("past" in titled and sign == "yes" and "again" not in here):
        return Status.HISTORICAL, ("it is over",)
    return (Status.PRESENT if sign == "yes" else Status.ABSENT), ()


def _of_a_relative(note: Note, mention: Mention) -> bool:
    """Whether a sentence goes on about somebody of the sentence before: "My sister has it. Her hand went blue."."""
    before = mention.segment - 1
    segment = note.segments[mention.segment]
    if (
        before < 0
        or note.segments[before].paragraph != segment.paragraph
        or not _HIS.match(note.folded, segment.start)
    ):
        return False
    return any(
        m.group == "other_person.before" and not _OWNER.match(note.folded, m.end)
        for m in note.within(before, "cue")
    )


def _cues(note: Note, mention: Mention) -> Iterator[tuple[str, Mention]]:
    """The cues that set whose or when a finding is, without those that only look like it."""
    sided = any(m.name in ("side.right", "side.left") for m in note.within(mention.segment, "side"))
    for name, cue in cues_on(note, mention):
        _, _, place = cue.group.partition(".")
        between = note.folded[cue.end : mention.start] if cue.end <= mention.start else ""
        if name == "other_person" and not (_OWNER.match(note.folded, cue.end) or cue.start > mention.start):
            yield name, cue
        elif name == "hypothetical" and place == "before" and not re.search(r"[.;:]\s", between):
            yield name, cue
        elif name == "general" and not sided:
            yield "hypothetical", cue
        elif name == "asked" and place == "within":
            yield name, cue
        elif name == "asked" and place == "before" and len(between.split()) <= 3 and ":" not in between:
            if (
                "?" in note.text_of(mention.segment)
                or len(note.folded[cue.start : cue.end].split()) > 2
                or any(
                    m.group == "open" and m.start <= cue.start < m.end
                    for m in note.within(mention.segment, SAID)
                )
            ):
                yield name, cue


def _of_a_wound(note: Note, mention: Mention, sign: str) -> bool:
    """Whether a wound or a puncture is looked at: its redness or dryness is not the limb's."""
    if not note.within(mention.segment, SAID, "wound"):
        return False
    return sign == "no" or not any(m.name != "limb.other" for m in note.within(mention.segment, "limb"))


def _nowhere(note: Note, mention: Mention) -> bool:
    """Whether all that was looked for is said not to be found, in the sentence or in the one behind it."""
    segment = note.segments[mention.segment]
    for at in (mention.segment, mention.segment + 1):
        if at < len(note.segments) and note.segments[at].paragraph == segment.paragraph:
            if any(m.start > mention.end for m in note.within(at, SAID, "nowhere")):
                return True
    return False


def _in_template(note: Note, mention: Mention) -> bool:
    """Whether a mention is a choice of a template that nobody made ("{warmer/cooler:20188}")."""
    start = note.segments[mention.segment].start
    opened = note.folded.rfind("{", start, mention.start)
    return opened >= 0 and note.folded.find("}", opened, mention.start) < 0


def _over(note: Note, mention: Mention) -> bool:
    """Whether what was there is said to be gone, in the sentence or in the one behind it."""
    inside = [
        m
        for m in note.within(mention.segment)
        if m.name in FINDING_WORDS and m.group not in ("not", "absent")
    ]
    here = [
        m
        for m in note.within(mention.segment, SAID)
        if m.group in ("over", "once", "unrecorded", "again")
        and not any((f.name == mention.name and f.covers(m)) for f in inside)
    ]
    if any(m.group == "over" for m in here):
        return True
    if here:
        return here[-1].group != "again"
    segment = note.segments[mention.segment]
    following = mention.segment + 1
    if following >= len(note.segments) or note.segments[following].paragraph != segment.paragraph:
        return False
    later = {m.group for m in note.within(following, SAID)}
    if "unrecorded" in later:
        return True
    for at in range(following, min(following + 4, len(note.segments))):
        if note.segments[at].paragraph != segment.paragraph:
            break
        again = [m for m in note.within(at, mention.name) if m.group != "not"]
        if again and note.within(at, SAID, "over"):
            return True
        if any(m.group in ("absent", "normal") for m in again) and _SINCE.search(note.text_of(at)):
            return True
    return "over" in later and not any(
        m.name in FINDING_WORDS and m.group in ("present", "limb", "topic") for m in note.within(following)
    )


def _is_old(note: Note, titles: Titles, mention: Mention) -> bool:
    """Whether a measure is of old records; what else the sentence says of earlier days is not of the numbers."""
    segment = note.segments[mention.segment]
    near = {
        m.group
        for at in (mention.segment, mention.segment + 1)
        if at < len(note.segments) and note.segments[at].paragraph == segment.paragraph
        for m in note.within(at, SAID)
    }
    return bool(near & {"over", "unrecorded"}) or any(
        name == "title of findings" and group == "past"
        for t in (segment.label, segment.heading)
        for name, group in titles.of(t)
    )


def standing(note: Note, titles: Titles, found: Spoken) -> Spoken | None:
    """A finding that is measured or ticked, with whose and when it is; None where it is only a goal."""
    if found.status not in (Status.PRESENT, Status.ABSENT):
        return found
    status, why = _status(note, titles, found.mention, "yes" if found.status is Status.PRESENT else "no")
    if status is Status.ASKED or (status is Status.HISTORICAL and not _is_old(note, titles, found.mention)):
        return found
    return None if status is None else replace(found, status=status, why=(*found.why, *why))
