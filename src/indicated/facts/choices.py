"""What a form answers to a question about a diagnosis or device: the ticked, crossed or circled one of yes and no."""

from __future__ import annotations

import re
from typing import Literal

from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

Choice = Literal["yes", "no", "open", ""]
_REACH, _WORDS = 110, 2
_PIECE = lazy(
    r"\((?P<circled>yes|no|y|n)\)|\b(?P<word>yes|no|y|n)\b(?!')"
    r"|\[\s*(?P<square>[x✓✔*]?)\s*\]|\(\s*(?P<round>[x✓✔]?)\s*\)|_+\s*(?P<line>[x✓✔])\s*_*|(?<![a-z])(?P<cross>x)(?=\s(?:yes|no|y|n)\b)|(?P<blank>_{2,})|(?P<sign>[☐☑☒✓✔□■●○])"
)
_BOX = lazy(r"\[(?P<square>\s?|[x✓✔*])\]|\((?P<round>\s|[x✓✔])\)|(?P<sign>[☐☑☒✓✔□■])")
_BOX_BEFORE = lazy(rf"(?:{_BOX.pattern})\s*$")
_BOX_BEHIND = lazy(rf"\s{{0,3}}(?:{_BOX.pattern})")
_REPLY = lazy(
    r"[\s\"']*(?:(?:a|ans|answer|reply|response|dr [a-z]+) ?\d{0,2}\s*[:.]\s*)?[\"']?"
    r"(yes|no|y|n|(?:s?he|it|they|i|that|this) (?:does|did|is|has|do|was)(?: not|n't)?)(?=[\s\"']*(?:[.,;!\n-]|$))"
)
_PAIR = 2
_FULL = "☑☒✓✔■●"
_ENDS = lazy(r"\n\s*\n|[.;]\s|\?[^?]*\?|\s{3,}(?!yes\b)(?=[a-z]{3,})")


def choice_behind(note: Note, mention: Mention) -> Choice:
    """The answer of the yes and no that stand behind a mention; "open" when neither is marked, "" without a choice."""
    text = note.folded[mention.end : mention.end + _REACH]
    stop = _ENDS.search(text)
    text = text[: stop.start()] if stop else text
    first = _PIECE.search(text)
    if not first or not ("?" in text[: first.start()] or len(text[: first.start()].split()) <= _WORDS):
        return ""
    return chosen(text)


def reply_behind(note: Note, mention: Mention) -> Choice:
    """The plain yes or no that follows the question in which a mention stands: "Is it CRPS? A: No."."""
    mark = note.folded.find("?", mention.end, note.segments[mention.segment].end)
    if mark < 0 or re.search(r"[.;]\s", note.folded[mention.end : mark]):
        return ""
    reply = _REPLY.match(note.folded, mark + 1)
    return _meaning(reply[1]) if reply else ""


def box_of(note: Note, mention: Mention) -> Choice:
    """The box of a mention in a row of boxes, all before or all behind their names: "yes" ticked, "no" empty beside a ticked one, "open" all empty."""
    mine = _BOX_BEFORE.search(note.folded, max(0, mention.start - 8), mention.start)
    behind = _BOX_BEHIND.match(note.folded, mention.end)
    if not mine and not behind:
        return ""
    start = note.folded.rfind("\n", 0, mention.start) + 1
    stop = note.folded.find("\n", mention.end)
    line = note.folded[start : stop if stop >= 0 else len(note.folded)]
    boxes = list(_BOX.finditer(line))
    if re.search(r"[a-z]", line[: boxes[0].start()].rpartition(":")[2]):
        mine = behind if len(boxes) >= _PAIR else None
    if not mine or (len(boxes) < _PAIR and not _full_box(mine)):
        return ""
    if _full_box(mine):
        return "yes"
    return "no" if any(_full_box(b) for b in boxes) else "open"


def none_chosen(note: Note, at: int, stop: int) -> bool:
    """Whether the box of what stands at `at:stop` is empty, and in the same list of boxes the one of "none" is ticked."""
    start, end = _box_lines(note.folded, at)
    boxes = list(_BOX.finditer(note.folded, start, end))
    if len(boxes) < _PAIR:
        return False
    behind = not re.search(r"[a-z]{2}", note.folded[boxes[-1].end() : end].split("\n")[0])
    if behind:
        mine = next((b for b in boxes if 0 <= b.start() - stop <= _NEXT_BOX), None)
        ticked = any(_full_box(b) and _NONE_BEFORE.search(note.folded, start, b.start()) for b in boxes)
    else:
        mine = next((b for b in reversed(boxes) if b.end() <= at), None)
        ticked = any(_full_box(b) and _NONE.match(note.folded, b.end()) for b in boxes)
    return ticked and mine is not None and not _full_box(mine)


_NEXT_BOX = 14  # "ibuprofen, Aleve etc.) [ ]": a word may stand between a name and its box
_NONE_WORD = (
    r"(?:none|neither|nil|nothing|no (?:to|such|known|history|problems?)|denies|not applicable|n/a)\b"
)
_NONE = lazy(rf"[ \t]*{_NONE_WORD}")
_NONE_BEFORE = lazy(rf"{_NONE_WORD}[^\[(☐☑☒\n]{{0,24}}$")


def _box_lines(folded: str, at: int) -> tuple[int, int]:
    """The line of a place, with the lines above and below that hold boxes too."""
    start = folded.rfind("\n", 0, at) + 1
    end = _line_end(folded, at)
    while start > 0 and _BOX.search(folded, above := folded.rfind("\n", 0, start - 1) + 1, start):
        start = above
    while end < len(folded) and _BOX.search(folded, end + 1, below := _line_end(folded, end + 1)):
        end = below
    return start, end


def _line_end(folded: str, at: int) -> int:
    end = folded.find("\n", at)
    return end if end >= 0 else len(folded)


def _full_box(box: re.Match[str]) -> bool:
    return bool(
        (box["square"] or "").strip() or (box["round"] or "").strip() or (box["sign"] or "") in tuple(_FULL)
    )


def chosen(text: str) -> Choice:
    """The marked one of yes and no. Boxes stand before their words when the first box stands before the first word."""
    pieces = list(_PIECE.finditer(text))
    words = [p for p in pieces if p["circled"] or p["word"]]
    circled = [p["circled"] for p in words if p["circled"]]
    if len(words) > 1 and len(circled) == 1:
        return _meaning(circled[0])
    boxes = [p for p in pieces if not (p["circled"] or p["word"])]
    if not words or not boxes:
        return ""
    before = boxes[0].start() < words[0].start()
    answers = {_meaning(word) for box in boxes if _full(box) and (word := _of(box, words, before))}
    if len(answers) == 1:
        return answers.pop()
    return "open" if len(words) > 1 and not answers else ""


def _of(box: re.Match[str], words: list[re.Match[str]], before: bool) -> str:
    """The yes or no that a box belongs to."""
    if before:
        return next((w["word"] or w["circled"] for w in words if w.start() >= box.end()), "")
    return next((w["word"] or w["circled"] for w in reversed(words) if w.end() <= box.start()), "")


def _full(box: re.Match[str]) -> bool:
    return bool(
        box["square"] or box["round"] or box["line"] or box["cross"] or (box["sign"] and box["sign"] in _FULL)
    )


def _meaning(word: str) -> Choice:
    return "no" if word in ("no", "n") or word.endswith(("not", "n't")) else "yes"
