"""Whose a finding is and when: the patient's now, over, only feared, asked for, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.words import FINDINGS, SAID
from indicated.facts.model import Status
from indicated.reading.context import cues_on
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_HIS = lazy(r"(?:her|his|their) ")
_GOES_ON = lazy(
    r"[\s\"'(-]*(?:its?|that|this|these|those|they|both|all|none|nothing|by|since|then|but|now|which|gone|resolved|settled|cleared|no longer|has|have|had|she|he|in|over|after|for|at|on|not|no|never|the (?:two|feet|foot|leg|legs|same|symptom|problem|whole|other|sign|finding|change)|later|subsequent\w*|thereafter|afterwards|within|until|while|lasted|went|stopped|ended|faded|symptom)\b"
)
_HAS = lazy(
    r"(?:'s)?(?: \(\d+\))?(?:, (?:who|also|a|an|now)\b[^,;.]{1,40},)? (?:also |too |already )?(?:shows|showed|complains of(?! her| his| the)|(?:is|was) (?:bothered|troubled) by|has|had|gets|got|suffers|with|is|was|developed) (?!to |helped|help|seen|been told|worried|concerned)"
)
_OWN = lazy(r"\b(?:my|pt|pt's|patient|patient's|claimant|mine|i|she says|he says)\b")
_SINCE = lazy(
    r"\b(?:since|now|by (?:wk|week|month)|by then|has been|have been|these days|nowadays|but is|but are|subsequent(?:ly)?|thereafter|later (?:notes|visits|exams|records|examinations))\b"
)
_TODAY = lazy(r"\b(?:today|this visit|on exam)\b")
_CONTRAST = lazy(r"\b(?:but|though|although|yet|however)\b")
_IF_BEHIND = lazy(
    r"(?: (?:changes?|asymmetry|differences?|signs?|dysfunction))?(?:,? \(?(?:if|should|were) (?:it|they|one|we|i|you|she|he|seen|present|found|any|there|ever|confirmed|documented|shown|proven|this|these)\b[^.;]{0,60}?)?[,)]? would\b(?! (?:come|go|get|wake|flare|last|start|begin|keep|spread|turn|change colou?r|shake|swell|not go|never))"
)
_WERE_THERE = lazy(r"\W*(?:were|had|should) (?:there|it|the|this|these|any|she|he|they)\b")
_WOULD = lazy(r"\b(?:would|could|might|'d)\b")
_EARLIER_DAY = lazy(
    r",? (?:[a-z-]+ ){0,3}?(?:(?:in|until|through|back in|during) (?:early |late |mid[ -]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|(?:19|20)\d\d)\w*"
    r"|(?:at|on|by) (?:the |her |his |my )?(?:(?:last|first|previous|prior|initial|earlier) \w+|soc|eval\w*|ie|intake|baseline|start|outset)|last \w+|(?:on|of) \d{1,2}/\d{1,2}(?:/\d+)?|(?:\w+ )?on (?:admission|arrival|presentation|day \d+|intake|evaluation)|previously|at onset|initially|\w+ (?:weeks?|months?|years?) ago)"
)
_WHETHER = ("if", "whether")
_ASKED_ABOUT = lazy(
    r"\b(?:ask|asks|asked|inquired|enquired|questioned|queried)(?: (?:her|him|them|me|pt|patient|the patient))? $"
)
_LONG_AGO = 180
_OWN_PAPER = lazy(r"\b(?:my|our|since|after)\b")
_NOW = lazy(
    r"\b(?:now|today|at present|this visit|by now|again|(?:at|on|by) (?:discharge|day \d+)|when (?:she|he) left)\b"
)
_LATER_DAY = lazy(
    r"(?:at|on|by) (?:discharge|follow[ -]?up|the last visit|last visit|day \d+)|now|today|since then"
)
_OWNER = lazy(
    r"(?:'s)?[\s,()]{0,3}(?:who |also |has |had )?(?:put|says?|said|states?|reports?|noticed|laid|tells?|told|saw|sees|thinks|asked|agrees?|drove|confirms?|describes?|took|is worried|calls|wrote|helps?|uses them|noted|rubs|touched|and i|on the (?:line|phone)|calling|phoned|rang)\b"
)


def status_of(scene: Scene, mention: Mention, sign: str) -> tuple[Status | None, tuple[str, ...]]:
    """The status of a finding that its sentence affirms ("yes"), denies ("no"), leaves "open" or only has "named"; None for no statement of the patient."""
    note, titles = scene.note, scene.titles
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
        or _of_one_named_first(note, mention)
    ):
        return Status.OTHER_PERSON, ("of somebody else",)
    if "wanted" in here or "asked" in titled or "asked" in cues:
        return Status.ASKED, ("asked for",)
    if "hypothetical" in cues or "hypothetical" in titled or "maybe" in here or _supposed(note, mention):
        return Status.HYPOTHETICAL, ("if, may or in general",)
    if sign == "open" or _in_template(note, mention):
        return Status.ASKED, ("not looked at",)
    if sign == "named":
        return (Status.ASKED, ("to be looked at",)) if "due" in here else (None, ())
    if ("goal" in titled or "goal" in here) and not here & {"again", "no", "over"}:
        return None, ()
    if (
        _over(note, mention)
        or (sign == "yes" and (_turned_well(note, mention) or _cited(note, mention) or _was(note, mention)))
        or ("past" in titled and sign == "yes" and "again" not in here)
    ):
        return Status.HISTORICAL, ("it is over",)
    if sign == "no" and (_was_before(note, mention) or _ends_one(note, mention)):
        return Status.HISTORICAL, ("it was there before",)
    return (Status.PRESENT if sign == "yes" else Status.ABSENT), ()


def _supposed(note: Note, mention: Mention) -> bool:
    """Whether a sentence only supposes a finding: "tremor, if it came, would ...", "were there tremor, I would ..."."""
    segment = note.segments[mention.segment]
    return bool(
        _IF_BEHIND.match(note.folded, mention.end, segment.end)
        or (
            _WERE_THERE.match(note.folded, segment.start, mention.start + 1)
            and _WOULD.search(note.folded, mention.end, segment.end)
        )
    )


def _was(note: Note, mention: Mention) -> bool:
    """Whether a finding in brackets is the one of an earlier day: "color normal today (was dusky in May)"."""
    return any(
        note.folded[m.start] == "(" and 0 <= mention.start - m.end <= 1
        for m in note.within(mention.segment, SAID, "up from")
    )


def _cited(note: Note, mention: Mention) -> bool:
    """Whether a sentence only cites an old paper: 'Letter of 8/2023 (Dr. Orr): "thin, shiny skin"'."""
    written = note.document.date
    segment = note.segments[mention.segment]
    colon = note.folded.rfind(":", segment.start, mention.start)
    if written is None or colon < 0 or any(m.group == "again" for m in note.within(mention.segment, SAID)):
        return False
    if _OWN_PAPER.search(note.folded, segment.start, colon) or not any(
        m.start < colon for m in note.within(mention.segment, SAID, "record")
    ):
        return False
    days = [d.day for d in note.dates_in(mention.segment) if d.end <= colon]
    return (
        bool(days)
        and (written - max(days)).days > _LONG_AGO
        and not _NOW.search(note.folded, colon, segment.end)
    )


def _turned_well(note: Note, mention: Mention) -> bool:
    """Whether a sentence tells of a finding of an earlier day and that all is well now: "blue in May, is pink today"."""
    segment = note.segments[mention.segment]
    then = _EARLIER_DAY.match(note.folded, mention.end, segment.end)
    if then is None or not _NOW.search(note.folded, then.end(), segment.end):
        return False
    return any(
        m.start >= then.end() and m.group in ("absent", "normal", "over")
        for m in note.among(mention.segment, mention.name, SAID)
    )


def _ends_one(note: Note, mention: Mention) -> bool:
    """Whether a denial ends what its own sentence told of an earlier day: "icy in May, is as warm as the other now"."""
    return any(
        m.end <= mention.start and m.group in ("present", "limb", "said") and _turned_well(note, m)
        for m in note.within(mention.segment, mention.name)
    )


def _was_before(note: Note, mention: Mention) -> bool:
    """Whether a denial ends what the sentences before told: "was stiff until fall; since then it moves freely"."""
    segment = note.segments[mention.segment]
    if segment.row:
        return False
    text = note.text_of(mention.segment)
    since = bool(_SINCE.search(text))
    return any(
        note.segments[at].paragraph == segment.paragraph
        and note.within(at, mention.name, "present", "limb", "said")
        and (since or (bool(note.within(at, SAID, "over")) and not _TODAY.search(text)))
        for at in range(max(0, mention.segment - 2), mention.segment)
    )


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


def _of_one_named_first(note: Note, mention: Mention) -> bool:
    """Whether a sentence begins with somebody else who has something: "Her husband has gout, his toe is swollen"."""
    text = note.folded
    for cue in note.within(mention.segment, "cue", "other_person.before"):
        if cue.end > mention.start:
            break
        between = text[cue.end : mention.start]
        if _HAS.match(between) and not _OWN.search(between) and not _OWNER.match(text, cue.end):
            return True
    return False


def _cues(note: Note, mention: Mention) -> Iterator[tuple[str, Mention]]:
    """The cues that set whose or when a finding is, without those that only look like it."""
    sided = any(m.name in ("side.right", "side.left") for m in note.within(mention.segment, "side"))
    open_ = note.within(mention.segment, SAID, "open", "pseudo")
    past = bool(note.within(mention.segment, SAID, "over", "once"))
    by_kin = note.within(mention.segment, SAID, "by kin")
    for name, cue in cues_on(note, mention):
        if name == "hypothetical" and any(o.covers(cue) for o in open_):
            continue
        if note.folded[cue.start : cue.end] in _WHETHER and _ASKED_ABOUT.search(note.folded, 0, cue.start):
            continue
        if name == "other_person" and any(k.covers(cue) for k in by_kin):
            continue  # a daughter who speaks of "mom" speaks of the patient
        if past and note.folded[cue.start : cue.end] == "would":
            continue  # what somebody would do in a time that is over
        _, _, place = cue.group.partition(".")
        between = note.folded[cue.end : mention.start] if cue.end <= mention.start else ""
        if (
            name == "other_person" and not (_OWNER.match(note.folded, cue.end) or cue.start > mention.start)
        ) or (name == "hypothetical" and place == "before" and not re.search(r"[.;:]\s", between)):
            yield name, cue
        elif name == "general" and not sided:
            yield "hypothetical", cue
        elif (name == "asked" and place == "within") or (
            name == "asked"
            and place == "before"
            and len(between.split()) <= 3
            and ":" not in between
            and (
                "?" in note.text_of(mention.segment)
                or len(note.folded[cue.start : cue.end].split()) > 2
                or any(
                    m.group == "open" and m.start <= cue.start < m.end
                    for m in note.within(mention.segment, SAID)
                )
            )
        ):
            yield name, cue


def of_a_wound(note: Note, mention: Mention, sign: str) -> bool:
    """Whether a wound or a puncture is looked at: its redness or dryness is not the limb's."""
    wounds = note.within(mention.segment, SAID, "wound")
    if not wounds:
        return False
    limbs = note.within(mention.segment, "limb.lower") + note.within(mention.segment, "limb.upper")
    if (
        any(m.end <= mention.start for m in limbs)
        and "," in note.folded[mention.end : wounds[0].start]
        and wounds[0].start > mention.end
    ):
        return False  # "right foot: no swelling, wounds healed"
    return sign == "no" or not any(m.name != "limb.other" for m in note.within(mention.segment, "limb"))


def _in_template(note: Note, mention: Mention) -> bool:
    """Whether a mention is a choice of a template that nobody made ("{warmer/cooler:20188}")."""
    start = note.segments[mention.segment].start
    opened = note.folded.rfind("{", start, mention.start)
    return opened >= 0 and note.folded.find("}", opened, mention.start) < 0


def _over(note: Note, mention: Mention) -> bool:
    """Whether what was there is said to be gone, in the sentence or in those behind it."""
    inside = [m for m in note.among(mention.segment, *FINDINGS) if m.group not in ("not", "absent")]
    here = [
        m
        for m in note.within(mention.segment, SAID)
        if m.group in ("over", "once", "unrecorded", "again")
        and not any((f.name == mention.name and f.covers(m)) for f in inside)
    ]
    ends = [m for m in here if m.group == "over"]
    if ends:
        return not any(
            m.group == "again"
            and m.start >= ends[-1].end
            and _CONTRAST.search(note.folded, ends[-1].end, m.start)
            for m in here
        )
    if here:
        return here[-1].group != "again"
    segment = note.segments[mention.segment]
    following = mention.segment + 1
    if following >= len(note.segments) or note.segments[following].paragraph != segment.paragraph:
        return False
    if note.within(following, SAID, "unrecorded"):
        return True
    if _LATER_DAY.match(note.folded, note.segments[following].start) and not note.among(following, *FINDINGS):
        return bool(note.within(following, SAID, "normal", "no", "over"))
    well = note.within(following, mention.name, "normal", "absent") or note.within(following, SAID, "normal")
    if (
        _EARLIER_DAY.match(note.folded, mention.end, segment.end)
        and well
        and _NOW.search(note.text_of(following))
    ):
        return not note.within(following, mention.name, "present", "limb", "said")
    return _ends_later(note, mention) or (
        bool(note.within(following, SAID, "over"))
        and bool(_GOES_ON.match(note.folded, note.segments[following].start))
        and not any(m.group in ("present", "limb", "topic") for m in note.among(following, *FINDINGS))
    )


def _ends_later(note: Note, mention: Mention) -> bool:
    """Whether one of the next sentences tells of the same finding that it is over, or that all has been well since."""
    paragraph = note.segments[mention.segment].paragraph
    for at in range(mention.segment + 1, min(mention.segment + 5, len(note.segments))):
        if note.segments[at].paragraph != paragraph:
            break
        again = note.within(at, mention.name, "present", "limb", "topic", "object", "absent", "normal")
        if again and note.within(at, SAID, "over"):
            return True
        well = any(m.group in ("absent", "normal") for m in again) or (
            bool(again) and bool(note.within(at, SAID, "normal", "fine", "no"))
        )
        if well and _SINCE.search(note.text_of(at)):
            return True
    return False


def _is_old(scene: Scene, mention: Mention) -> bool:
    """Whether a measure is of old records; what else the sentence says of earlier days is not of the numbers."""
    note = scene.note
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
        for name, group in scene.titles.of(t)
    )


def standing(scene: Scene, found: Spoken) -> Spoken | None:
    """A finding that is measured or ticked, with whose and when it is; None where it is only a goal."""
    if found.status not in (Status.PRESENT, Status.ABSENT):
        status, why = status_of(scene, found.mention, "open")
        return replace(found, status=status, why=why) if status is Status.OTHER_PERSON else found
    status, why = status_of(scene, found.mention, "yes" if found.status is Status.PRESENT else "no")
    if status is Status.ASKED or (
        status is Status.HISTORICAL
        and not _is_old(scene, found.mention)
        and not _cited(scene.note, found.mention)
    ):
        return found
    return None if status is None else replace(found, status=status, why=(*found.why, *why))
