"""The two conditions of the Budapest rule beside the counts: pain out of proportion, and no better explanation.

Harden 2010: "continuing pain, which is disproportionate to any inciting event" and "there is no other diagnosis
that better explains the signs and symptoms".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.facts.diagnosis.around import denial, limb_near, of_another, phrases, proof, room, side_near
from indicated.facts.model import Fact, Status
from indicated.reading.context import cues_on
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_ANSWER_YES = lazy(r"^[^.;,\n|]{0,24}?[:=?\s]\s*(?:\[ ?x ?\]|yes\b|y\b|1\b|\+|☒|☑|✓|✔)(?! ?\[)")
_ANSWER_NO = lazy(r"^[^.;,\n|✓✔☒☑]{0,24}?[:=?\s]\s*(?:\[ ?\]|no\b|n\b|none\b|nil\b|0\b)")
_TO_DO = lazy(
    r"\b(?:to be|need|needs|must|should|not|yet|pending)\b(?! (?:explain|better|accounted|due|attrib))"
)
_WERE_EXCLUDED = lazy(
    r"\s*(?:has|have|was|were) (?:yet )?(?:been )?(?:excluded|ruled out|considered|sought|looked)"
)
_NEW_CLAUSE = lazy(r"[,;]")
_OPEN = lazy(r"^[^.;\n|]{0,30}?(?:__|\*\*\*|\?|not settled|pending|y ?/ ?n|yes ?/ ?no|\[ ?\] ?yes ?\[ ?\])")


def read_conditions(note: Note, language: Language) -> Iterator[Fact]:
    """Yield the statements on proportion and on other explanations."""
    for word in ("disproportionate pain", "other explanation"):
        if not note.has(word):
            continue
        for mention in note.named(word, "present", "absent", "asked", "bare"):
            if mention.group == "present" and _covered_by_denial(note, mention):
                continue
            if mention.group == "bare" and not _about_diagnosis(note, mention):
                continue
            status = _status(note, language, mention)
            if status is None:
                continue
            limb = word == "disproportionate pain"
            yield Fact(
                word=word,
                status=status,
                evidence=proof(note, [mention.segment]),
                side=side_near(note, mention, 0, 0) if limb else None,
                limb=limb_near(note, mention, 0, 0) if limb else None,
                date=note.document.date,
                reader="conditions",
                why=(f"said: '{note.folded[mention.start : mention.end]}'",),
            )


def _covered_by_denial(note: Note, mention: Mention) -> bool:
    """Whether "nothing else" or the like stands right before "explains the picture": then that is the statement."""
    return any(
        0 <= mention.start - m.end <= 14 for m in note.within(mention.segment, mention.name, "absent", "bare")
    )


def _about_diagnosis(note: Note, mention: Mention) -> bool:
    """Whether bare words ("nothing else", "nothing left") stand beside talk of the diagnosis, not of drugs or history."""
    beside = room(note, mention.segment, 2, 2)
    if any(0 <= m.start - mention.end <= 14 for m in note.within(mention.segment, mention.name, "present")):
        return True
    if note.within(mention.segment, "CRPS") or phrases(note, "disproportionate pain", beside):
        return True
    if phrases(note, "Budapest criteria", beside, "name") or phrases(
        note, "other neuropathic pain said", [mention.segment], "tests"
    ):
        return True
    return bool(phrases(note, "Budapest part", [mention.segment], "sign", "both")) and bool(
        phrases(note, "Budapest category", beside)
    )


def conditions_hold(note: Note, language: Language, segments: Sequence[int]) -> bool:
    """Whether some segments say both: pain out of proportion, and nothing that explains it better."""
    wanted = {"disproportionate pain": Status.PRESENT, "other explanation": Status.ABSENT}
    return all(
        any(
            _status(note, language, m) is status
            for n in segments
            for m in note.within(n, word, "present", "absent", "asked", "bare")
        )
        for word, status in wanted.items()
    )


def _status(note: Note, language: Language, mention: Mention) -> Status | None:
    segment = note.segments[mention.segment]
    behind = note.folded[mention.end : segment.end]
    titles = {
        language.titles.get(t, "")
        for t in (segment.heading, segment.label, (note.document.kind or "").lower())
    }
    if of_another(note, mention):
        return Status.OTHER_PERSON
    if titles & {"hypothetical", "general"}:
        return Status.HYPOTHETICAL
    answer = _answer(note, mention, behind)
    if answer is not None:
        return answer
    if _OPEN.match(behind) or "asked" in titles:
        return Status.ASKED
    if mention.group == "asked":
        return _answered(note, mention, behind)
    if mention.name == "disproportionate pain" and _ANSWER_NO.match(behind):
        return Status.ABSENT
    if any(
        name in ("hypothetical", "general")
        and cue.end <= mention.start
        and not _of_the_comparison(note, cue, mention)
        for name, cue in cues_on(note, mention)
    ):
        return Status.HYPOTHETICAL
    if mention.name == "other explanation" and mention.group != "present" and _not_yet(note, mention):
        return Status.ASKED
    denied = denial(note, mention) is not None and mention.group == "present"
    present = (mention.group == "present") != denied
    return Status.PRESENT if present else Status.ABSENT


def _of_the_comparison(note: Note, cue: Mention, mention: Mention) -> bool:
    """Whether a modal word says what an injury should give, in an earlier clause ("more than it should, and nothing else ...")."""
    return bool(_NEW_CLAUSE.search(note.folded, cue.end, mention.start)) and any(
        m.start < cue.start and not _NEW_CLAUSE.search(note.folded, m.end, cue.start)
        for m in note.within(mention.segment, "disproportionate pain", "present")
    )


def _answer(note: Note, mention: Mention, behind: str) -> Status | None:
    """The yes or no in the sentence behind a question ("Better explained by another diagnosis? No")."""
    following = room(note, mention.segment, 0, 1)[-1]
    if not behind.rstrip(" \"'").endswith("?") or following == mention.segment:
        return None
    text = note.text_of(following)
    turned = mention.group == "absent"
    if re.match(r"(?:\[ ?x ?\] ?)?yes\b", text):
        return Status.ABSENT if turned else Status.PRESENT
    if re.match(r"(?:\[ ?x ?\] ?)?no\b", text):
        return Status.PRESENT if turned else Status.ABSENT
    return None


def _not_yet(note: Note, mention: Mention) -> bool:
    """Whether other diagnoses are still to be excluded, or somebody asks whether they are."""
    words = note.folded[mention.start : mention.end]
    behind = note.folded[mention.end : mention.end + 40]
    if _TO_DO.search(words) or (words.startswith("no other") and _WERE_EXCLUDED.match(behind)):
        return True
    if any(name == "asked" and cue.end <= mention.start for name, cue in cues_on(note, mention)):
        return True
    return not words.startswith(("no", "nil")) and denial(note, mention) is not None


def _answered(note: Note, mention: Mention, behind: str) -> Status | None:
    """A form's question ("Better dx available: [x] diabetic PN"); "no better explanation: yes" is turned round."""
    yes, no = bool(_ANSWER_YES.match(behind)), bool(_ANSWER_NO.match(behind))
    if yes == no:
        return None
    turned = note.folded[mention.start :].startswith("no ")
    return Status.PRESENT if yes != turned else Status.ABSENT
