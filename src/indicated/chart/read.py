"""From files to a Chart. Whatever is wrong is said at once, and never in words of the chart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from indicated.chart.bundle import ReadBundle, read_bundle
from indicated.chart.document import document_of
from indicated.chart.files import Archive, Files, Folder
from indicated.chart.folder import BUNDLE, REQUEST_FILES, Listing, read_documents, read_listing
from indicated.chart.model import Chart, Document, Request
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
    bundle: ReadBundle | None = None
    documents: tuple[Document, ...] = ()
    notices: tuple[str, ...] = ()
    try:
        listing = read_listing(files)
    except ChartError as error:
        problems += error.problems
    parts = given.completed_by(listing.parts) if listing else given
    if not problems:
        try:
            documents, notices = read_documents(files, listing, progress)
        except ChartError as error:
            problems += error.problems
    if BUNDLE in files.names():
        try:
            data = files.read(BUNDLE, BUNDLE, LARGEST_BUNDLE)
            text = decode(data, BUNDLE, largest=LARGEST_BUNDLE).text
            bundle = read_bundle(text, BUNDLE, parts.patient)
            parts = parts.completed_by(bundle.parts(parts.procedure))
        except ChartError as error:
            problems += error.problems
    elif not listing and not documents and not problems:
        what = "the folder holds no chart."
        instead = "A chart has request.yaml, and its texts in documents/ or a bundle.json."
        raise ChartError([Problem(files.name, what, instead)])
    place = listing.file if listing else files.name
    if not problems or listing:
        request = read_request(parts, lambda name: listing.place("request", name) if listing else place)
        if isinstance(request, tuple):
            problems += request
    if problems:
        raise ChartError(problems)
    assert isinstance(request, Request)  # noqa: S101  # read_request gives problems or a request
    notices = (listing.notices if listing else ()) + notices
    return _chart((listing.id if listing else None) or files.name, request, documents, bundle, notices)


def _single(data: bytes, name: str, stem: str, given: RequestParts, progress: Progress | None) -> Chart:
    found = detect(data, name)
    if found == "zip":
        return _files(Archive(data, name), given, progress)
    if found == "json":
        decoded = decode(data, name, largest=LARGEST_BUNDLE)
        bundle = read_bundle(decoded.text, name, given.patient)
        request = read_request(given.completed_by(bundle.parts(given.procedure)), lambda _: name)
        if isinstance(request, tuple):
            raise ChartError(request)
        return _chart(stem, request, (), bundle, ())
    reading = read_document(data, name, progress=progress)
    request = read_request(given, lambda _: name)
    if isinstance(request, tuple):
        raise ChartError(request)
    return _chart(stem, request, (document_of(reading, name),), None, reading.notices)


def _chart(
    name: str,
    request: Request,
    documents: Iterable[Document],
    bundle: ReadBundle | None,
    notices: tuple[str, ...],
) -> Chart:
    """Put the parts together, without what is later than the request and without a document twice."""
    kept = list(documents)
    if bundle:
        bundle = bundle.known_by(request.date)
        texts = {document.text.strip() for document in kept}
        kept += [document for document in bundle.documents if document.text.strip() not in texts]
        notices += bundle.notices
    early = tuple(d for d in kept if not d.date or d.date <= request.date)
    late = [d for d in kept if d.date and d.date > request.date]
    notices += tuple(f"{d.name}: dated after the request and not read." for d in late)
    if not early and not bundle:
        notices += ("The chart holds no document that could be read.",)
    return Chart(
        name,
        request,
        early,
        (bundle.bundle,) if bundle else (),
        notices,
    )
