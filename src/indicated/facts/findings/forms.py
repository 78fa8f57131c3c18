"""Findings in forms: questions with their answers, blanks that nobody filled, boxes that are ticked or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicated.facts.choices import chosen as chosen_of
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.words import FINDINGS, SAID
from indicated.facts.model import Status
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_ASKED = lazy(r"[^?\n;]{0,110}?\?(?!\s*\])")
_ANSWER = lazy(
    r"[\s\"'\[(|.:>-]*(?:a(?:ns(?:wer)?)?[:.]\s*)?(?:i (?:must|have to|would|can) (?:say|admit|tell you) )?(?:(?:s?he |pt |patient |i )?(?:says?|said|answers?|answered|replies|replied|reports?|states?)[:,]?\s+)?[\"']?\s*(?P<word>[a-z]+|\[x\]|\([x]\)|_{2,}|\+|-)(?P<then>[^?\n]{0,24})"
)
_YES = frozenset(
    (
        "yes",
        "y",
        "yep",
        "yeah",
        "yup",
        "definitely",
        "positive",
        "pos",
        "often",
        "daily",
        "sometimes",
        "always",
        "very",
        "absolutely",
        "affirmative",
        "indeed",
        "most",
        "mostly",
        "usually",
        "frequently",
        "constantly",
        "occasionally",
        "si",
        "sure",
        "certainly",
        "correct",
        "sadly",
        "unfortunately",
        "more",
        "less",
    )
)
_NO = frozenset(
    ("no", "n", "nope", "nah", "never", "none", "neg", "negative", "nil", "denies", "same", "neither", "not")
)
_GRANTED = lazy(
    r"\b(?:why|normal|ok|okay|that|because|since|when|how come|what|should i|but)\b[^?.]{0,60}\bmy\b"
)
_NOT_TESTED = lazy(
    r"/\s?[at]\b|\s(?:tested|assessed|examined|done|asked|checked|found|documented|stated|recorded|provided|submitted|available|addressed|mentioned|noted|on file|in (?:the|our|your|submitted|records?|notes?|chart)|clear|sure|known)\b"
)
_ASKED_OF = lazy(r"\b(?:asked|queried|on asking|questioned|inquired|enquired)\b[^:.?]{0,40}$")
_TO_ANSWER = lazy(r"[^:.?\n]{0,50}:(?=\s*[\"'])")
_CROSSED = lazy(r"[\])]\s*([a-z]+)")
_BLANK = lazy(
    r"[\s:?=/|@-]*(?:\([a-z/ ]{1,16}\))?[\s:]*(?:r(?:ight)?|l(?:eft)?)?[\s:.]*(?:foot|leg|ankle)?[\s:]*(?:(?:_{2,}|\.{4,}|-{4,})\s*(?:/\s*\d+)?[\s,;.|]*(?:cm|c|f|deg)?\s*(?:$|\n|(?:r|l|right|left)[\s:]*(?:_{2,}|\.{4,}|-{4,}|$|\n)|[a-z ]{2,20}(?:_{2,}|\.{4,}))|\{|\*{3}|@[a-z]+@)"
)
_FIELD = lazy(
    r"[^:?.\n|;]{0,40}(?:\.(?!\.)[^:?.\n|;]{0,20})?(?:[:?=|]|\.{3,}|-{3,})\s*"
    r"(?P<answer>(?P<open>y(?:es)?\s?[/|]?\s?n(?:o)?)|(?P<yes>y|yes|present|pos|positive|\+|x|true|1)|(?P<no>n|no|absent|none|neg|negative|nil|denies|denied|never|false|0))\s*[.)]?\s*$"
)
_FIELD_REACH = 90
_TICK = lazy(r"(?:\[(?P<square>[ xX]?)\]|\((?P<round>[ xX]?)\)|(?P<sign>[☐☑☒✓✔□■○●]))[ \t]*$")
_BOX = lazy(r"(?:\[(?P<square>[ xX]?)\]|\((?P<round>[ xX]?)\)|(?P<sign>[☐☑☒✓✔□■○●]))")
_BEHIND = lazy(r"[\s:./a-z]{0,24}" + _BOX.pattern)
_BOX_BEHIND = lazy(r"[\s:.?-]*(?:of (?:the )?(?:foot|limb|leg))?[\s:.?-]*" + _BOX.pattern)
_CHOICE = lazy(r"\s*(?:yes|no|y|n|present|absent|pos|neg|normal|abnormal)\b")
_CROSS = lazy(r"(?<=\s\s)(?:x|\[x\]|\(x\)|✓|✔|☒|☑)(?=\s|$)")
_CHOSEN = {
    "told": Status.PRESENT,
    "found": Status.PRESENT,
    "yes": Status.PRESENT,
    "no": Status.ABSENT,
    "past": Status.HISTORICAL,
    "open": Status.ASKED,
}
_LEGEND = "empty boxes deny"
_ALONE = {
    "no": Status.ABSENT,
    "normal": Status.ABSENT,
    "fine": Status.ABSENT,
    "yes": Status.PRESENT,
    "open": Status.ASKED,
    "over": Status.HISTORICAL,
}
_FEW = 3
_FILL = " .,;:-*|\n"
_WIDE = 60
_FULL = "☑☒✓✔■●"


def questioned(scene: Scene) -> Iterator[Spoken]:
    """Yield the findings that are asked for, with the answer that follows, or unanswered."""
    note = scene.note
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic", "absent", "said", "object"):
            if mention.group == "said" and not note.within(mention.segment, word, "object", "topic"):
                continue
            question = _ASKED.match(note.folded, mention.end) or _indirect(note, mention)
            if not question or re.search(r"[.!][\"')]*\s", question[0]) or _of_oneself(note, mention):
                continue
            status = _reply(note, mention, question.end())
            if status is not None:
                yield Spoken(word, mention, status, ("a question and what follows it",))


def _indirect(note: Note, mention: Mention) -> re.Match[str] | None:
    """What leads from a mention to the answer of a question that is told: 'Asked about sweating: "never"'."""
    start = note.segments[mention.segment].start
    asks = _ASKED_OF.search(note.folded, start, mention.start)
    return _TO_ANSWER.match(note.folded, mention.end) if asks else None


def _of_oneself(note: Note, mention: Mention) -> bool:
    """Whether a question is the patient's own and takes the finding for granted: "is it normal that my foot is cold?"."""
    start = note.segments[mention.segment].start
    return "questionnaire" not in (note.document.kind or "") and bool(
        _GRANTED.search(note.folded, start, mention.start)
    )


def fielded(scene: Scene) -> Iterator[Spoken]:
    """Yield findings of a field whose whole content is an answer: "Temp asymmetry > 1 C: N", "Colour / changes .... Y"."""
    note = scene.note
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic"):
            segment = note.segments[mention.segment]
            end = min(segment.end, mention.end + _FIELD_REACH)
            field = _FIELD.match(note.folded, mention.end, end)
            if field is None or field.end() < segment.end:
                continue
            if any(
                (m.name != word or m.end <= mention.start) and m.group in ("present", "limb", "topic")
                for m in note.among(mention.segment, *FINDINGS)
            ):
                continue
            status = Status.ASKED if field["open"] else Status.PRESENT if field["yes"] else Status.ABSENT
            yield Spoken(word, mention, status, (f"its field says '{field['answer']}'",))


def _reply(note: Note, mention: Mention, at: int) -> Status | None:
    reply = _ANSWER.match(note.folded, at)
    first = reply["word"] if reply else ""
    crossed = _CROSSED.match(reply["then"]) if reply and first == "x" else None
    first = crossed[1] if crossed else first
    if first in ("n", "not") and reply and _NOT_TESTED.match(reply["then"]):
        return Status.ASKED
    positive = mention.group != "absent" and not _asks_for_health(note, mention, at)
    boxed = chosen_of(note.folded[at : at + _WIDE].split("\n")[0])
    if boxed:
        return (
            Status.ASKED
            if boxed == "open"
            else Status.PRESENT
            if (boxed == "yes") == positive
            else Status.ABSENT
        )
    if first in _YES or first in ("[x]", "(x)", "+"):
        if first in ("yes", "y") and reply and re.match(r"[\s/\[\]()_☐○|]*\b(?:no|n)\b", reply["then"]):
            return Status.ASKED
        return Status.PRESENT if positive else Status.ABSENT
    if first in _NO:
        return Status.ABSENT if positive else Status.PRESENT
    following = note.segment_at(at + 1)
    if any(
        m.group in ("present", "limb", "said") and 0 <= m.start - at <= 4
        for m in note.within(following, mention.name)
    ):
        return Status.PRESENT
    if reply and any(
        at <= m.start < at + 90 for n in (following, following + 1) for m in note.within(n, mention.name)
    ):
        return None
    return Status.ASKED


def _asks_for_health(note: Note, mention: Mention, mark: int) -> bool:
    """Whether a question asks if all is well ("Is the color the same?", "Sheet ok?"), so that its yes denies the finding."""
    good = note.within(mention.segment, "side.unaffected")
    return any(
        m.group in ("normal", "fine", "absent")
        and mention.end <= m.start
        and m.end <= mark
        and len(note.folded[mention.end : m.start].split()) <= _FEW
        and not any(one.start == m.start for one in good)
        for m in note.among(mention.segment, mention.name, SAID)
    )


def titled(scene: Scene) -> Iterator[Spoken]:
    """Yield findings that are a heading of their own, with nothing but an answer below: "TROPHIC CHANGES" above "Nil."."""
    note = scene.note
    for word in FINDINGS:
        if not note.has_title(word):
            continue
        for number, segment in enumerate(note.segments):
            if segment.label or not {(word, "topic"), (word, "present")} & scene.titles.of(segment.heading):
                continue
            answers = [m for m in note.within(number, SAID) if m.group in _ALONE]
            text = note.text_of(number).strip(_FILL)
            answer = next((m for m in answers if note.folded[m.start : m.end].strip(_FILL) == text), None)
            if answer:
                mention = Mention(word, "topic", segment.start, segment.start, number)
                yield Spoken(word, mention, _ALONE[answer.group], ("the answer below its heading",))


def ticked(scene: Scene) -> Iterator[Spoken]:
    """Yield findings that have a box before them or a blank behind them."""
    note = scene.note
    for word in scene.words:
        for mention in note.named(word, "present", "limb", "topic", "object"):
            if _BLANK.match(note.folded, mention.end) and (
                mention.group != "object" or _is_field(scene, mention)
            ):
                yield Spoken(word, mention, Status.ASKED, ("a blank behind it",))
                continue
            if mention.group == "object" or (
                mention.group == "topic" and word not in ("abnormal sweating", "skin color change")
            ):
                continue
            box = _box(note, mention)
            if box is None:
                continue
            if not _full(box):
                status = Status.ABSENT if note.has(_LEGEND) else Status.ASKED
                yield Spoken(word, mention, status, ("its box is empty",))
            elif not any(
                m.group == "open" and "/" in note.folded[m.start : m.end]
                for m in note.within(mention.segment, SAID)
            ):
                yield Spoken(word, mention, Status.PRESENT, ("its box is ticked",))


def chosen(scene: Scene) -> Iterator[Spoken]:
    """Yield findings of a questionnaire that has a column for each choice and a cross in one of them."""
    note = scene.note
    if not note.has("choice"):
        return
    head: list[tuple[int, str]] = []
    for number, segment in enumerate(note.segments):
        choices = note.within(number, "choice")
        if segment.row and len(choices) >= 2 and not _CROSS.search(note.folded, segment.start, segment.end):
            line = note.folded.rfind("\n", 0, segment.start) + 1
            head = [(c.start - line, c.group) for c in choices]
            continue
        cross = _CROSS.search(note.folded, segment.start, segment.end) if head and segment.row else None
        if cross is None:
            continue
        line = note.folded.rfind("\n", 0, segment.start) + 1
        group = min(head, key=lambda column: abs(column[0] - (cross.start() - line)))[1]
        for word in scene.words:
            for mention in note.within(number, word, "present", "limb", "topic")[:1]:
                yield Spoken(
                    word, mention, _CHOSEN[group], ("its choice is crossed",), reported=group != "found"
                )


def opted(scene: Scene) -> Iterator[Spoken]:
    """Yield what is ticked of a row of choices behind a topic or under it: "Color:  [x] equal  [ ] redder"."""
    note = scene.note
    for word in scene.words:
        for mention in note.named(word, "topic", "limb"):
            if _BOX_BEHIND.match(note.folded, mention.end):
                yield from _opted(note, mention)
        if note.has_title(word):
            for number, segment in enumerate(note.segments):
                if (word, "topic") in scene.titles.of(segment.heading) and _BOX.match(
                    note.folded, segment.start
                ):
                    yield from _opted(note, Mention(word, "topic", segment.start, segment.start, number))


def _opted(note: Note, mention: Mention) -> Iterator[Spoken]:
    segment = note.segments[mention.segment]
    boxes = list(_BOX.finditer(note.folded, mention.end, segment.end))
    if len(boxes) < 2:
        return
    ends = [box.start() for box in boxes[1:]] + [segment.end]
    signs = [
        _option(note, mention.name, mention.segment, box.end(), end)
        for box, end in zip(boxes, ends, strict=True)
        if _full(box)
    ]
    if None in signs or (not signs and not re.search(r"[a-z]", note.folded[boxes[0].end() : ends[0]])):
        return
    status = _CHOSEN["open" if not signs else "yes" if "yes" in signs else str(signs[0])]
    yield Spoken(mention.name, mention, status, ("what is ticked of its choices",))


def _option(note: Note, word: str, segment: int, start: int, end: int) -> str | None:
    """What a ticked choice comes to, or None where its words say nothing of the finding."""
    inside = [m for m in note.among(segment, word, SAID) if m.end > start and m.end <= end]
    mine = {m.group for m in inside if m.name == word}
    said = {m.group for m in inside if m.name == SAID}
    if "open" in said:
        return "open"
    if mine & {"present", "limb", "said"} or said & {"yes", "change"}:
        return "yes"
    if mine & {"normal", "absent"} or said & {"no", "normal", "fine"}:
        return "no"
    return "yes" if mine & {"topic", "object"} else None


def _box(note: Note, mention: Mention) -> re.Match[str] | None:
    """The box of a mention: before it where the first box stands before the first finding, else behind it."""
    segment = note.segments[mention.segment]
    first = _BOX.search(note.folded, segment.start, segment.end)
    if first is None:
        return None
    names = [
        m.start
        for m in note.among(mention.segment, *FINDINGS)
        if m.group in ("present", "limb", "topic")
        and (m == mention or not note.folded.startswith(":", m.end))
    ]
    if first.start() < min(names):
        return _TICK.search(note.folded, max(0, mention.start - 8), mention.start)
    behind = _BEHIND.match(note.folded, mention.end, segment.end)
    if behind is None or _CHOICE.match(note.folded, behind.end()):
        return None
    denied = _full(behind) and any(
        m.group in ("no", "normal") and m.start >= mention.end and m.start < behind.end()
        for m in note.within(mention.segment, SAID)
    )
    return None if denied else behind


def _is_field(scene: Scene, mention: Mention) -> bool:
    """Whether a thing that touches, with a blank behind it, is a field of an examination of the sense of touch."""
    segment = scene.note.segments[mention.segment]
    return any(
        (mention.name, group) in scene.titles.of(title)
        for title in (segment.label, segment.heading)
        for group in ("topic", "present")
    )


def _full(box: re.Match[str]) -> bool:
    return (box["square"] or box["round"] or "").strip() != "" or (box["sign"] or " ") in _FULL
