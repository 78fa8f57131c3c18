"""The reading log in words: what was read, by what, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.determine.model import DocumentRead, ReadingLog
from indicated.determine.reading_log import BUNDLE, SENDER
from indicated.report.memo import Block, Items, Paragraph, Section, Table

_HIDDEN = {
    "invisible": "cannot be seen on the page",
    "tiny": "too small to be read",
    "hidden run": "marked as hidden",
    "comment": "a comment",
    "metadata": "in the properties of the file",
    "outside the page": "outside the page",
}
_DATED_BY = {
    SENDER: "as sent",
    "letterhead": "from the letterhead",
    "service": "day of service on the page",
    "collected": "day of collection on the page",
    "written": "day on the page",
}


def reading_section(log: ReadingLog) -> Section:
    """The section of the log. Where space is short, one line tells all, and more only of what is not plain."""
    told = (*(remark for one in log.documents for remark in remarks(one)), *log.notices)
    short: list[Block] = [Paragraph(summary(log))]
    if told:
        short.append(Items(told))
    whole: list[Block] = [short[0]]
    if log.documents:
        head = ("Document", "What it is", "Date", "Pages", "How it was read")
        whole.append(Table("Documents that were read", head, tuple(map(_row, log.documents)), quiet=True))
    if told:
        whole += [Paragraph("Not read, or not as it should be:"), Items(told)]
    return Section("read", "What was read", tuple(whole), detail=True, brief=tuple(short))


def summary(log: ReadingLog) -> str:
    """All in one line: how many documents and pages, of which time, and what could not be read."""
    documents = [one for one in log.documents if one.kind != BUNDLE]
    coded = len(log.documents) - len(documents)
    pages = sum(len(one.pages) for one in documents)
    days = sorted(one.date for one in documents if one.date)
    parts = [_number(len(documents), "document")]
    parts += [_number(coded, "file of coded data", "files of coded data")] if coded else []
    parts += [_number(pages, "page")] if pages else []
    parts += [days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"] if days else []
    unread = sum(len(one.unreadable) for one in documents)
    aside = [_number(sum(len(one.pages) for one in log.set_aside), "page")]
    aside.append(_number(sum(not one.pages for one in log.set_aside), "document"))
    aside = [one for one in aside if not one.startswith("0 ")]
    text = f"Read: {', '.join(parts)}"
    text += f"; {_number(unread, 'page')} could not be read" if unread else ""
    text += f"; {' and '.join(aside)} set aside" if aside else ""
    return text + "."


def remarks(one: DocumentRead) -> Iterator[str]:
    """What is not plain about a document, a sentence each."""
    if one.how != "not read":  # a document of which nothing could be read has its notice
        for number, why in one.unreadable:
            yield f"{one.name}: page {number} could not be read: {why}."
    for page, why, count in one.hidden:
        where = f" on page {page}" if page else ""
        are = "is" if count == 1 else "are"
        how = _HIDDEN.get(why, why)
        how = how if how.startswith("cannot") else f"{are} {how}"
        was = "was" if count == 1 else "were"
        yield f"{one.name}: {_number(count, 'passage')}{where} {how} and {was} not used."
    if not one.date and one.kind != BUNDLE:
        yield f"{one.name}: no date was found."


def _row(one: DocumentRead) -> tuple[str, ...]:
    sure = "" if one.confidence is None else f", {one.confidence:.0%} sure"
    by = _DATED_BY.get(one.dated_by, one.dated_by)
    date = f"{one.date} ({by})" if one.date and one.dated_by != SENDER else one.date or "no date"
    pages = ", ".join(_runs(one.pages)) or "–"
    return (one.name, one.kind or "no kind given", date, pages, f"{one.how}{sure}")


def _runs(pages: tuple[int, ...]) -> list[str]:
    """Numbers of pages with neighbours together: 1-3, 7."""
    runs: list[list[int]] = []
    for number in pages:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]


def _number(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
