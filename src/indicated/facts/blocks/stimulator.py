"""Spinal cord and dorsal root ganglion stimulators: on trial, implanted, removed, planned or only spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.choices import box_of, choice_behind
from indicated.facts.diagnosis.around import close, denial, of_another, phrases, proof, room
from indicated.facts.model import Fact, Status, Value
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_WORD, _SAID = "spinal cord stimulator", "spinal cord stimulator said"
_NO = lazy(
    r"^[\s:?=|,-]{0,4}(?:considered|implant(?:ed)?|trial)?[\s:?=|-]{0,3}(?:\[ ?x ?\] ?no|n/?a\b|no\b(?! longer)|n\b(?! ?/)|none\b|neg\b|never\b|denies|denied|absent)"
)
_YES = lazy(r"^[^.;\n]{0,20}?[:?=|\s-](?:\[ ?x ?\] ?yes|yes ?\[ ?x|yes\b(?! ?(?:/|\[ ?\]|no|__))|y\b(?! ?/))")
_BLANK = lazy(r"^[^.;\n]{0,60}?(?:__|\*\*\*|\{|y ?/ ?n|yes ?/ ?no|\[ ?\] ?yes +\[ ?\] ?no|circle)")
_CREDENTIAL = lazy(r"\b(?:dpt|pt|ocs|atc|otr|ot|mpt|mspt), ?$")
_GONE = lazy(
    r"not go on|abandon|explant|taken out|took|removed|removal|pulled|withdrawn|came out|no longer|gave|given back|end of trial|leads out|out since|both out|ex-|souvenir"
)
_PERMANENT = lazy(r"\b(?:permanent|implanted|ipg)\b")
_TRIAL = lazy(
    r"\bfor (?:a (?:few|couple of|handful of)|three|four|five|six|seven|eight|ten|[3-9]|10|the) days?\b|\bfor (?:a|one|the) week\b|\btr(?:y|ied|ying)\b[^.;]{0,24}\bout\b|\btrial|\btry-?out|just to try|\btemporary|\btesting phase|test phase"
)


_SEEKS = lazy(r"need|find out|to find|to clarify|ask |check |confirm |not known|unknown|whether")
_OWNED = lazy(r"\b(?:my|her|his|their|the pt's|the patient's|pt's)(?: \w+)? $")
_REMOVAL_AHEAD = lazy(
    r"\b(?:removal|explant\w*|revision|replacement|battery change)(?: surgery)? (?:is |has been )?(?:scheduled|planned|booked|set|pending|due|requested)"
    r"|\b(?:schedul\w+|plan(?:s|ned|ning)?|book\w*|wants?|requests?|wishes)(?: for| to have| it)?(?: \w+){0,2} (?:removal|explant\w*|removed|taken out|replacement|revision)\b"
)
_PAST_TRIAL = lazy(
    r"\b(?:good|great|excellent|successful|positive|after|during|following|completed|passed|since|had|s/p|did well|only)\b[^.]{0,40}\btrial|\btrial\b[^.]{0,30}\b(?:success\w*|done|completed|passed|positive|went well|over)\b|\btrial[^.]{0,16}\d ?%"
)
_OURS = lazy(
    r"\b(?:ours|our (?:own )?(?:pt|patient|lady|man)|this (?:pt|patient)|the right (?:pt|patient)) (?:has|had|is|was|does|did|never|denies)\b"
)
_AFTER_ALL = lazy(r"[,;]|\b(?:but|now|then|after|since|however|until|changed|appeal\w*|yes)\b")
_YEARS = lazy(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/.-])")
_A_YEAR = lazy(r"(?:in |since )?\W*(?:19|20)\d\d\W*|in \d{1,2}")
_ONE_OF_SEVERAL = lazy(r"(?:->|=>|\?)\s*[\w +/-]*\?\W*$")
_IMPLANTED = lazy(r"\bimplant|\bpermanent|\bipg\b|\bgenerator|\bpaddle")
_EXPANDED = lazy(
    r"(?<![a-z])(?P<short>[A-Za-z]{2,4})(?: [a-z]+){0,2} ?\((?P<long>[A-Z][a-z]+(?: [A-Za-z][a-z]+){1,3})\)"
)
_OF_THE_SPINE = lazy(r"spin|cord|dorsal|stimul|root|gangl")
_BOXED = {"yes": Status.PRESENT, "no": Status.ABSENT, "open": Status.ASKED}


def read_stimulator(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each passage that speaks of a spinal cord stimulator."""
    if not note.has(_WORD):
        return
    for mention in note.named(_WORD, "name", "weak"):
        if _means_another_thing(note, mention) or _CREDENTIAL.search(
            note.folded, max(0, mention.start - 12), mention.start
        ):
            continue
        if mention.group == "weak" and not _about_it(note, mention):
            continue
        status, why = _judged(note, language, mention)
        attributes: dict[str, Value] = {}
        stage = _stage(note, mention, status)
        if stage:
            attributes["stage"] = stage
        yield Fact(
            word=_WORD,
            status=status,
            evidence=proof(note, [mention.segment]),
            date=note.document.date,
            attributes=attributes,
            reader="stimulator",
            why=(why,),
        )


def _means_another_thing(note: Note, mention: Mention) -> bool:
    """Whether the text itself writes out a short name, and not as a stimulator ("SCS (Senior Care Services)")."""
    segment = note.segments[mention.segment]
    text = note.document.text[segment.start : segment.end]
    for match in _EXPANDED.finditer(text):
        initials = "".join(word[0] for word in match["long"].split()).lower()
        if initials == match["short"].lower() == note.folded[mention.start : mention.end].split()[
            0
        ] and not _OF_THE_SPINE.search(match["long"].lower()):
            return True
    return False


def _about_it(note: Note, mention: Mention) -> bool:
    """Whether a word such as "battery" or "trial" stands under a heading or in a paragraph about a stimulator."""
    titled = [m for m in note.above(mention.segment, _WORD) if m.group == "name"]
    if note.within(mention.segment, _WORD, "name"):
        return False
    parts = {note.folded[m.start : m.end] for m in note.within(mention.segment, _WORD, "weak")}
    return bool(titled) or len(parts) >= 2


def _judged(note: Note, language: Language, mention: Mention) -> tuple[Status, str]:
    segment = note.segments[mention.segment]
    own = note.within(mention.segment, _SAID)
    near = [m for m in own if close(note, m, mention, 90) and not _not_gone(note, m)]
    groups = {m.group for m in near}
    behind = note.folded[mention.end : segment.end]
    titles = [
        language.titles.get(t, "")
        for t in (segment.label, segment.heading, (note.document.kind or "").lower())
    ]
    ours = _OURS.search(note.folded, segment.start, mention.start)
    if not ours and (of_another(note, mention) or "other_person" in titles):
        return Status.OTHER_PERSON, "said of another person"
    answered = _answered(note, mention, behind)
    if answered:
        return answered
    if "hypothetical" in titles or any(n == "general" for n, _ in cues_on(note, mention)):
        return Status.HYPOTHETICAL, "a general statement"
    if any(
        m.group == "asked" and _SEEKS.match(note.folded, m.start) and m.end <= mention.start for m in near
    ):
        return Status.ASKED, "to be found out"
    owned = _OWNED.search(note.folded, max(0, mention.start - 16), mention.start)
    if owned and "here" in groups and not groups & {"over", "absent", "planned"}:
        return Status.PRESENT, "the patient's own, at work"
    if any(m.group == "here" and "still" in note.folded[m.start : m.end] for m in near):
        return Status.PRESENT, "still in place"
    if denial(note, mention, own) and "?" not in behind:
        return Status.ABSENT, "denied"
    if "?" in note.folded[mention.end : mention.end + 2] and _ONE_OF_SEVERAL.search(
        note.folded, max(0, mention.start - 40), mention.end + 2
    ):
        return Status.HYPOTHETICAL, "one of several ideas"
    if "asked" in titles or ("asked" in groups and _asks(note, mention, near)):
        return Status.ASKED, "asked"
    denied = denial(note, mention, own)
    if _is_gone(note, near) and "planned" not in groups and _last(near, "over") < _last(near, "absent"):
        return Status.HISTORICAL, "removed, and none since"
    if "absent" in groups or denied:
        return (
            (Status.PLANNED, "accepted after all")
            if _accepted(note, near)
            else (Status.ABSENT, "denied or refused")
        )
    return _at_what_stage(note, mention, near)


def _answered(note: Note, mention: Mention, behind: str) -> tuple[Status, str] | None:
    """What a form answers: the marked choice, a box, a plain yes or no, or a blank."""
    choice = choice_behind(note, mention)
    if choice in ("yes", "no"):
        return (Status.PRESENT if choice == "yes" else Status.ABSENT), f"answered {choice}"
    box = box_of(note, mention)
    if box:
        return _BOXED[box], "a box"
    if choice or _BLANK.match(behind):
        return Status.ASKED, "left open"
    if _NO.match(behind):
        return Status.ABSENT, "answered no"
    return (Status.PRESENT, "answered yes") if _YES.match(behind) else None


def _at_what_stage(note: Note, mention: Mention, near: list[Mention]) -> tuple[Status, str]:
    """Under way, in place, removed, planned or an idea, where nothing denies or asks."""
    groups = {m.group for m in near}
    if _REMOVAL_AHEAD.search(note.text_of(mention.segment)):
        return Status.PRESENT, "to be removed or replaced"
    if "ongoing" in groups and "hypothetical" not in groups:
        return Status.PRESENT, "under way"
    if "renewed" in groups and not groups & {"hypothetical", "planned"}:
        return Status.PRESENT, "renewed"
    gone = _is_gone(note, near)
    since = [m for m in near if m.group == "over" and not _A_YEAR.fullmatch(note.folded, m.start, m.end)]
    if (
        "here" in groups
        and not groups & {"hypothetical", "planned"}
        and not gone
        and (_last(near, "here") > _last(near, "over") or not since)
    ):
        return Status.PRESENT, "in place"
    if gone and "planned" not in groups:
        return Status.HISTORICAL, "removed"
    if (
        "hypothetical" in groups
        and _later(note, mention, "absent")
        and "offer" in note.text_of(mention.segment)
    ):
        return Status.ABSENT, "offered and refused"
    if "hypothetical" in groups:
        return Status.HYPOTHETICAL, "an idea or a condition"
    if "planned" in groups:
        return Status.PLANNED, "ordered or booked"
    if "over" in groups or _later(note, mention, "over"):
        return Status.HISTORICAL, "over or removed"
    if _later(note, mention, "absent"):
        return Status.ABSENT, "refused in the same passage"
    if (
        "here" not in groups
        and "ongoing" not in groups
        and _TRIAL.search(note.text_of(mention.segment))
        and _in_past_years(note, mention.segment)
    ):
        return Status.HISTORICAL, "a trial of years gone by"
    if "here" not in groups and _PAST_TRIAL.search(note.text_of(mention.segment)):
        return Status.HISTORICAL, "a trial that was had"
    return Status.PRESENT, "named"


def _in_past_years(note: Note, segment: int) -> bool:
    """Whether a statement names years, and all before that of the document."""
    years = [int(y) for y in _YEARS.findall(note.text_of(segment))]
    return bool(years) and note.document.date is not None and max(years) < note.document.date.year


def _is_gone(note: Note, near: list[Mention]) -> bool:
    """Whether it was taken out or given up."""
    said = " ".join(note.folded[m.start : m.end] for m in near)
    return any(m.group == "over" for m in near) and _GONE.search(said) is not None


def _not_gone(note: Note, m: Mention) -> bool:
    """Whether a word of removal is itself denied ("not had it explanted", "never removed")."""
    return m.group == "over" and bool(
        re.search(r"\b(?:not|never|n't)(?: \w+){0,3} $", note.folded[max(0, m.start - 24) : m.start])
    )


def _last(near: list[Mention], group: str) -> int:
    return max((m.start for m in near if m.group == group), default=-1)


def _accepted(note: Note, near: list[Mention]) -> bool:
    """Whether a plan follows a refusal, with words between that turn it ("declined in May, now booked")."""
    refused = max((m.end for m in near if m.group == "absent"), default=-1)
    return any(
        m.group == "planned" and m.start >= refused and _AFTER_ALL.search(note.folded, refused, m.end)
        for m in near
    )


def _asks(note: Note, mention: Mention, near: list[Mention]) -> bool:
    return any(
        m.group == "asked" and (m.start < mention.start or "?" in note.folded[m.start : m.end]) for m in near
    )


def _later(note: Note, mention: Mention, group: str) -> bool:
    return any(
        phrases(note, _SAID, [n], group)
        for n in room(note, mention.segment, 0, 1)
        if n != mention.segment and not note.within(n, _WORD, "name")
    )


def _stage(note: Note, mention: Mention, status: Status) -> str:
    """Trial or implant, by what the statement and its heading say; a device that is or was there is an implant."""
    beside = room(note, mention.segment, 0, 1)
    text = " ".join(note.text_of(n) for n in beside if n == mention.segment or note.segments[n].row)
    if status is Status.PRESENT and _PERMANENT.search(text):
        return "implant"
    if (
        status in (Status.PLANNED, Status.HYPOTHETICAL)
        and _PERMANENT.search(text)
        and _PAST_TRIAL.search(text)
    ):
        return "implant"
    if _TRIAL.search(text) or _TRIAL.search(note.segments[mention.segment].heading):
        return "trial"
    implant = phrases(note, _SAID, [mention.segment], "implant") or _IMPLANTED.search(text)
    if implant or status in (Status.PRESENT, Status.HISTORICAL, Status.OTHER_PERSON):
        return "implant"
    return ""
