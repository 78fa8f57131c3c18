"""Where a text changes its subject: headings, rows, list items, fields, sentences.

A segment is the largest piece that one statement can fill: a sentence of prose, a row of a table, an item of
a list, a field of a form. Each knows the heading and the field label that it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indicated.reading.patterns import lazy


class Segment(NamedTuple):
    """One statement's room: `text[start:end]`.

    `heading` is the section above it and `label` the field name before it, folded, without their colon;
    both may be empty; `title` is where the heading stands (start, end), (0, 0) without one. `paragraph` numbers the paragraphs or rows; a hard-wrapped sentence stays whole.
    """

    start: int
    end: int
    heading: str
    label: str
    paragraph: int
    row: bool
    title: tuple[int, int] = (0, 0)


_HEADING_LINE = lazy(r"^[ \t#*=_-]*((?:% ?[a-z]|[A-Z0-9])[A-Za-z0-9 /&,.'()+-]{1,58}?):?[ \t*=_-]*$")
_LABEL = lazy(
    r"^[ \t>#*•·-]*(?:\d{1,2}[.)][ \t]*)?"
    r"([A-Za-z](?:[A-Za-z0-9 /&'()+?-]|\.(?! )){0,44}?)[ \t]*(?:\([^()\n]{1,40}\))?[ \t]*(?::(?!\d)|[ \t]{2,}(?=\S)|[ \t]-[ \t])"
)
_DATED_ENTRY = lazy(
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[ \t]+[A-Za-z]+(?: [A-Za-z]+)?:"
    r"|(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)(?:\t|[ ]{2,})\S"
)
_CELL = lazy(r"[ \t]{3,}(?=[A-Z][A-Za-z /]{0,24}:(?!\d))")
_BULLET = lazy(r"^[ \t]*(?:[-*•·>o+]|\(?\d{1,2}[.)]|Q\d{1,2}[.):]?|\(?[a-z][.)]|\[[ xX]?\]|[☐☑☒✓])[ \t]+")
_COLUMNS = lazy(r"\S(?:[ ]{3,}|\t|[ ]*\|[ ]*)\S")
_GAPS = ("   ", "\t", "|")
"""What columns cannot do without: looked for first, as every line is asked."""
_ABBREVIATION = (
    "dr", "mr", "mrs", "ms", "st", "pt", "vs", "approx", "no", "nos", "e.g", "i.e", "eg", "ie", "cf", "fig", "hr",
    "hrs", "wk", "wks", "min", "mins", "yr", "yrs", "mo", "mos", "resp", "incl", "excl", "dept", "est", "prof",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "temp", "rt", "lt", "lat",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "a.m", "p.m", "bilat", "lumb", "symp",
    "max", "avg", "bud",
)  # fmt: skip
_LONG = max(map(len, _ABBREVIATION)) + 1
"""A word of so many letters is no abbreviation."""
_CAPITALS = lazy(r" (?:[RL]|ROM|AROM|PROM|DF|PF|LE|RLE|LLE)\b")
_GOES_ON = ("incl", "excl", "approx", "vs", "e.g", "i.e", "eg", "ie", "cf", "esp")
_STOP = lazy(r"[.!?]+[\"')\]]*(?=\s|$)|[;](?=\s)")


_BOX = r"(?:\[[ xX✓]?\]|\([ xX✓]?\)|[☐☑☒])"
_CHOICE = lazy(
    rf"(?:{_BOX}[ ]?(?:yes|no|y|n)\b[ ,/]*{_BOX}[ ]?(?:yes|no|y|n)\b|\b(?:yes|y|no|n)[ ]?{_BOX}[ ,/]*(?:yes|no|y|n)[ ]?{_BOX})"
    rf"(?:[ ,/]*{_BOX}[ ]?(?:unk\w*|unsure|n/a|na)\b)?[ ,;]*",
    re.IGNORECASE,
)
"""The boxes for yes and no of one question; on a crowded form several questions stand on a line."""


def segments(text: str) -> list[Segment]:
    """Cut a text into segments, in order. Every character that is not white space lies in at most one."""
    found: list[Segment] = []
    heading = ""
    place = (0, 0)
    paragraph = 0
    for start, end, row in _paragraphs(text):
        body = text[start:end]
        title = _HEADING_LINE.match(body) if "\n" not in body.strip() else None
        if title and _is_heading(title[1], body):
            heading, place = _plain(title[1]), (start, end)
            paragraph += 1
            continue
        inline = _LABEL.match(body)
        label = ""
        offset = start
        if inline and _is_label(inline[1], inline[0]):
            label = _plain(inline[1])
            if inline[1].isupper() and len(inline[1]) > 3 and not row:
                heading, place = label, (start, start + len(inline[0].rstrip()))
            offset = start + inline.end()
        if row:
            found.extend(_cells(text, start, end, heading, label, paragraph, place))
        else:
            pieces = (
                piece
                for span in _sentences(text, start if not label else offset, end)
                for piece in _questions(text, *span)
            )
            for at, (first, last) in enumerate(pieces):
                begin = start if at == 0 else first
                found.append(Segment(begin, last, heading, label, paragraph, False, place))
            if label and offset >= end:
                heading, place = label, (start, end)
        paragraph += 1
    return found


def _cells(
    text: str, start: int, end: int, heading: str, label: str, paragraph: int, place: tuple[int, int]
) -> Iterator[Segment]:
    """A row is one statement, unless it is several fields side by side, each with its own label, or several questions."""
    begin = start
    questions = list(_questions(text, start, end))
    if len(questions) > 1:
        for first, last in questions:
            yield Segment(first, last, heading, label if first == start else "", paragraph, True, place)
        return
    for gap in _CELL.finditer(text, start, end):
        yield Segment(begin, gap.start(), heading, label, paragraph, True, place)
        begin = gap.end()
        label = _plain(text[begin : text.index(":", begin)])
    yield Segment(begin, end, heading, label, paragraph, True, place)


def _questions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a statement behind the boxes of each of its questions, where it has several with boxes for yes and no."""
    if text.count("[", start, end) + text.count("(", start, end) + text.count("☐", start, end) < 2:
        yield start, end
        return
    choices = list(_CHOICE.finditer(text, start, end))
    begin = start
    for choice in choices[:-1]:
        yield begin, begin + len(text[begin : choice.end()].rstrip(" ,;"))
        begin = choice.end()
    yield begin, end


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" .:-*").lower()


def _is_heading(title: str, line: str) -> bool:
    words = title.split()
    if len(words) > (9 if line.rstrip().endswith(":") else 7) or _unfilled(line):
        return False
    if line.rstrip().endswith(":"):
        return True
    if line.rstrip().endswith("__") and not line.lstrip().startswith("__"):
        return False  # a field that is left blank
    letters = [c for c in title if c.isalpha()]
    return (
        len(letters) > 2
        and all(c.isupper() for c in letters)
        and not line.rstrip().endswith(".")
        and not re.search(r"\d", title)
    )


def _unfilled(line: str) -> bool:
    """Whether a line ends in a wildcard or a blank that nobody filled ("EDEMA ***"); the same on both sides adorns a heading."""
    return line.rstrip().endswith(("***", "__")) and not line.lstrip().startswith(("*", "_"))


def _is_label(title: str, whole: str) -> bool:
    if whole.rstrip().endswith(":"):
        return len(title.split()) <= 7
    return title.isupper() and len(title.split()) <= 4


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is a row): prose lines that belong together are joined, rows and items stand alone."""
    pending: tuple[int, int] | None = None
    position = wide = 0
    for line in text.splitlines(keepends=True):
        begin, position = position, position + len(line)
        wide, before = len(line.rstrip()), wide
        stripped = line.strip()
        end = begin + len(line.rstrip())
        begin += len(line) - len(line.lstrip())
        if not stripped:
            if pending:
                yield (*pending, False)
                pending = None
            continue
        columns = any(gap in stripped for gap in _GAPS) and bool(_COLUMNS.search(stripped))
        bullet = bool(_BULLET.match(line))
        starts_new = (
            bullet
            or columns
            or bool(
                (m := _LABEL.match(stripped))
                and _is_label(m[1], m[0])
                and not (pending and before >= _WRAPPED and _in_a_sentence(text[pending[1] - 1], stripped[0]))
            )
            or bool(_DATED_ENTRY.match(stripped))
            or bool((t := _HEADING_LINE.match(stripped)) and _is_heading(t[1], stripped))
        )
        if pending and columns and not bullet and _goes_on(text[pending[1] - 1], stripped[0]):
            # A question that runs over two lines has its answer in the columns of the second.
            yield pending[0], end, True
            pending = None
            continue
        if pending and (starts_new or _ended(text[pending[0] : pending[1]])):
            yield (*pending, False)
            pending = None
        if columns:
            yield begin, end, True
        elif pending:
            pending = (pending[0], end)
        else:
            pending = (begin, end)
    if pending:
        yield (*pending, False)


def _in_a_sentence(last: str, first: str) -> bool:
    """Whether a line that is as wide as the page breaks a sentence, so that a word with a colon below is no field."""
    return first.islower() and (last.islower() or last == ",")


_WRAPPED = 72


def _goes_on(last: str, first: str) -> bool:
    """Whether a line that ends and one that begins with these characters are one sentence."""
    return last == "," or (first.islower() and last not in ".!?:")


def _ended(before: str) -> bool:
    """A heading stands alone: what comes below it is not its continuation."""
    title = _HEADING_LINE.match(before) if "\n" not in before else None
    return bool(title and _is_heading(title[1], before))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    for stop in _STOP.finditer(text, start, end):
        if stop.start() == begin and stop[0][0] == "?":
            continue  # "? tarsal tunnel" is one statement
        if stop[0].startswith("...."):
            continue  # dots that lead the eye to a value
        if stop[0][0] == "." and _abbreviated(text, start, stop.start()):
            continue
        if stop.end() > begin:
            yield begin, stop.end()
        begin = stop.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def _abbreviated(text: str, start: int, dot: int) -> bool:
    if dot - start > _LONG and text[dot - _LONG : dot].isalpha():
        return False
    word_start = dot
    while word_start > start and (text[word_start - 1].isalnum() or text[word_start - 1] == "."):
        word_start -= 1
    word = text[word_start:dot].lower()
    if word.isdigit() and word_start == start:
        return True
    following = text[dot + 1 : dot + 3].strip()
    if word in _GOES_ON:
        return True
    if word in _ABBREVIATION and _CAPITALS.match(text, dot + 1):
        return True  # "dec. ROM", "temp. R 30"
    if word in _ABBREVIATION:
        return not (
            following[:1].isupper()
            and word not in ("dr", "mr", "mrs", "ms", "st", "prof", "no", "e.g", "i.e", "vs")
        )
    return len(word) == 1 and word.isalpha() and following[:1].islower()
