"""From files to a Chart. Whatever is wrong is said at once, and never in words of the chart."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from indicated.chart.arrange import arrange
from indicated.chart.bundle import known_by, read_fhir
from indicated.chart.document import Found, found_of, joined
from indicated.chart.fhir_documents import TYPES
from indicated.chart.files import Archive, Files, Folder
from indicated.chart.folder import REQUEST_FILES, Listing, read_documents, read_listing
from indicated.chart.model import Bundle, Chart, Request
from indicated.chart.order import parts_of
from indicated.chart.patients import same_person
from indicated.chart.request import RequestParts, read_request
from indicated.errors import ChartError, Problem
from indicated.formats.detect import detect
from indicated.formats.plain_text import LARGEST_BUNDLE, decode
from indicated.formats.read import read_document
from indicated.formats.recognition import Progress


def read_chart(
    path: Path | str,
    parts: RequestParts | None = None,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Chart:
    """Read a chart: a folder, a ZIP archive, a FHIR Bundle, one document of any format, or `-` for `stdin`.

    `parts` holds what the caller says of the request; it goes before what the chart says. What is dated
    after the request is not read, and the chart's `notices` name it. `progress` is called while pages are
    recognised. Raises ChartError with every problem.
    """
    given = parts or RequestParts()
    if str(path) == "-":
        if stdin is None:
            raise ChartError(
                [Problem("-", "there is no standard input to read.", "Name a file or a folder.")]
            )
        data = stdin.read(LARGEST_BUNDLE + 1)
        return _single(data, "stdin", "stdin", given, progress)
    path = Path(path)
    if path.is_dir():
        return _files(Folder(path), given, progress)
    if not path.exists():
        what = "there is no such chart."
        raise ChartError(
            [Problem(path.name or str(path), what, "Name a folder, a FHIR Bundle or a document.")]
        )
    if path.name in REQUEST_FILES:
        return _files(Folder(path.parent), given, progress)
    data = Folder(path.parent).read(path.name, path.name, LARGEST_BUNDLE)
    return _single(data, path.name, path.stem, given, progress)


def _files(files: Files, given: RequestParts, progress: Progress | None) -> Chart:
    problems: list[Problem] = []
    listing: Listing | None = None
    found = Found()
    fhir: tuple[tuple[str, str], ...] = ()
    try:
        listing = read_listing(files)
    except ChartError as error:
        problems += error.problems
    parts = given.completed_by(listing.parts) if listing else given
    if not problems:
        try:
            found, fhir = read_documents(files, listing, progress)
        except ChartError as error:
            problems += error.problems
    place = listing.file if listing else files.name
    if fhir:
        try:
            found, parts = _with_fhir(found, fhir, parts, place if len(fhir) > 1 else fhir[0][0], progress)
        except ChartError as error:
            problems += error.problems
    elif not listing and not found.documents and not problems:
        what = "the folder holds no chart."
        instead = "A chart has request.yaml, and its texts in documents/ or a bundle.json."
        raise ChartError([Problem(files.name, what, instead)])
    if not problems or listing:
        request = read_request(parts, lambda name: listing.place("request", name) if listing else place)
        if isinstance(request, tuple):
            problems += request
    if problems:
        raise ChartError(problems)
    assert isinstance(request, Request)  # noqa: S101  # read_request gives problems or a request
    notices = listing.notices if listing else ()
    return _chart((listing.id if listing else None) or files.name, request, found, notices)


def _single(data: bytes, name: str, stem: str, given: RequestParts, progress: Progress | None) -> Chart:
    kind = detect(data, name)
    if kind == "zip":
        return _files(Archive(data, name), given, progress)
    if kind == "json":
        text = decode(data, name, largest=LARGEST_BUNDLE).text
        found, given = _with_fhir(Found(), ((name, text),), given, name, progress)
    else:
        found = found_of(read_document(data, name, progress=progress), name)
    request = read_request(given, lambda _: name)
    if isinstance(request, tuple):
        raise ChartError(request)
    return _chart(stem, request, found, ())


def _with_fhir(
    found: Found,
    fhir: tuple[tuple[str, str], ...],
    parts: RequestParts,
    place: str,
    progress: Progress | None,
) -> tuple[Found, RequestParts]:
    """Add what the FHIR files hold, and complete the request by what they say of it."""
    more = read_fhir(fhir, parts.patient, progress)
    files = {name for name, _ in fhir}
    resources = (r for bundle in more.bundles if bundle.name in files for r in bundle.resources)
    return joined([found, more]), parts.completed_by(parts_of(resources, place, parts.procedure))


def _chart(name: str, request: Request, found: Found, notices: tuple[str, ...]) -> Chart:
    """Put the parts together, without what is later than the request and without a document twice."""
    problems, told = same_person(found.people)
    if problems:
        raise ChartError(problems)
    notices += (*found.notices, *told)
    late = {document.name for document in found.documents if document.date and document.date > request.date}
    bundles: list[Bundle] = []
    for bundle in found.bundles:
        if bundle.name not in late:
            known, later = known_by(bundle, request.date)
            bundles.append(known)
            notices += tuple(
                f"{bundle.name}: {one} is dated after the request and was not read." for one in later
            )
            late |= {f"{bundle.name}#{one}" for one in later}
    early, texts = [], set()
    for document in found.documents:
        text = document.text.strip()
        if late & {document.name, _holder(document.name)}:
            notices += (f"{document.name}: dated after the request and not read.",)
        elif not (text and text in texts and "#" in document.name):
            texts.add(text)
            early.append(document)
    arranged = arrange(early, request, found.people)
    notices += arranged.notices
    aside = {one.document for one in arranged.set_aside if not one.pages}
    bundles = [bundle for bundle in bundles if bundle.name not in aside]
    documents = arranged.documents
    if not documents and not any(
        row["resourceType"] in TYPES for bundle in bundles for row in bundle.resources
    ):
        notices += ("The chart holds no document that could be read.",)
    return Chart(name, request, documents, tuple(bundles), notices, arranged.set_aside)


def _holder(document: str) -> str:
    """The resource that a document of a Bundle stands in; the name itself of any other document."""
    file, mark, inside = document.rpartition("#")
    return f"{file}{mark}{'/'.join(inside.split('/')[:2])}" if mark else document
