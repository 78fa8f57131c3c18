"""Arranges what was read: files are cut into their documents, each gets its day, and other patients' pages go aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicated.chart.dates import day
from indicated.chart.identity import Identity, Patient, identity_of, the_patient, verdict
from indicated.chart.model import Document, Request, SetAside
from indicated.chart.names import read_name
from indicated.chart.parts_of_file import cut, file_of, parts, with_pages
from indicated.chart.patients import Person

NAME, BIRTH_DATE = "patient_name", "birth_date"
"""Where a request names its patient, in its `extra`."""
_WHY = {
    "another patient": "another patient is named",
    "set aside": "the patient's data do not agree with the chart's",
    "torn": "the chart names two patients, and the request does not say which of them it is for",
}
_DOUBT = "the patient's data differ a little from the chart's"


@dataclass(frozen=True)
class Arranged:
    """The documents as they are read from here on, the pages set aside, and what the log has to say of it."""

    documents: tuple[Document, ...]
    set_aside: tuple[SetAside, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Stretch:
    """Pages of a document in their order; `whose` is what each says of its patient."""

    document: Document
    whose: tuple[Identity, ...]


def arrange(documents: Iterable[Document], request: Request, people: Iterable[Person] = ()) -> Arranged:
    """Cut, date and sort documents. `people` are the patients whom coded data and headers of files name."""
    rows = [_stretch(with_pages(document), request.date) for document in documents]
    pages = [page for row in rows for page in row.whose if page.says_something]
    births = frozenset(found for page in pages for found in page.births)
    patient = the_patient(_named(request, people), pages)
    kept: list[Document] = []
    aside: list[SetAside] = []
    notices: list[str] = []
    for row in rows:
        for part in parts(row.document, request.date, births):
            mine, theirs = _sorted(part, _whose(part, row), patient)
            kept += mine
            aside += theirs
    late = [document for document in kept if document.date and document.date > request.date]
    notices += [f"{document.name}: dated after the request and not read." for document in late]
    notices += [_told(one) for one in aside]
    notices += [f"{document.name}: {doubt}." for document in kept for doubt in document.doubts]
    return Arranged(
        tuple(document for document in kept if document not in late), tuple(aside), tuple(notices)
    )


def _stretch(document: Document, latest: date) -> _Stretch:
    pages = document.map.pages
    texts = [document.text[page.start : page.end] for page in pages] or [document.text]
    return _Stretch(document, tuple(identity_of(text, latest) for text in texts))


def _whose(part: Document, row: _Stretch) -> tuple[Identity, ...]:
    """What the pages of a part say of their patient."""
    if not part.map.pages:
        return row.whose
    numbers = {page.number for page in part.map.pages}
    pairs = zip(row.document.map.pages, row.whose, strict=True)
    return tuple(one for page, one in pairs if page.number in numbers)


def _named(request: Request, people: Iterable[Person]) -> Patient:
    """Whom the request names, else whom coded data and headers name."""
    rows = [(request.extra.get(NAME), request.extra.get(BIRTH_DATE))]
    rows += [(person.name, person.birth_date) for person in people]
    for written, born in rows:
        name = read_name(str(written)) if written else None
        birth = day(str(born)) if born else None
        if name or birth:
            return Patient((name,) if name else (), frozenset({birth} if birth else ()))
    return Patient()


def _sorted(
    part: Document, whose: Sequence[Identity], patient: Patient | None
) -> tuple[list[Document], list[SetAside]]:
    """Divide a part into the pages that are used and those set aside. A page that names nobody goes with the one before."""
    verdicts: list[str] = []
    for one in whose:
        if one.says_something:
            verdicts.append(verdict(one, patient) if patient else "torn")
        else:
            verdicts.append(verdicts[-1] if verdicts else "ours")
    if not part.map.pages:
        if verdicts[0] in _WHY:
            return [], [SetAside(part.name, (), _WHY[verdicts[0]], verdicts[0] != "another patient")]
        return [_doubting(part, verdicts)], []
    mine: list[Document] = []
    theirs: list[SetAside] = []
    runs: list[list[int]] = []
    for number, found in enumerate(verdicts):
        if runs and _group(verdicts[runs[-1][0]]) == _group(found):
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        pages = [part.map.pages[number] for number in run]
        found = verdicts[run[0]]
        if found in _WHY:
            numbers = tuple(page.number for page in pages)
            theirs.append(SetAside(file_of(part), numbers, _WHY[found], found != "another patient"))
        else:
            document = part if len(runs) == 1 else cut(part, pages)
            mine.append(_doubting(document, [verdicts[number] for number in run]))
    return mine, theirs


def _group(found: str) -> str:
    return found if found in _WHY else "used"


def _doubting(document: Document, verdicts: Sequence[str]) -> Document:
    return replace(document, doubts=(_DOUBT,)) if "doubtful" in verdicts else document


def _told(one: SetAside) -> str:
    pages = f", page{'s' if len(one.pages) > 1 else ''} {', '.join(map(str, one.pages))}" if one.pages else ""
    return f"{one.document}{pages}: set aside and not read: {one.why}."
