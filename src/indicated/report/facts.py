"""Facts for people as a table and for programs as one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indicated.facts.model import Evidence, Fact
from indicated.report.clean import printable


def fact_object(fact: Fact) -> dict[str, Any]:
    """The fact as plain data, in the order in which it is printed.

    `evidence` is the first place that says it; further places stand under its `also`.
    """
    first: dict[str, Any] | None = None
    if fact.evidence:
        first = evidence_object(fact.evidence[0])
        if len(fact.evidence) > 1:
            first["also"] = [evidence_object(piece) for piece in fact.evidence[1:]]
    attributes = {key: fact.attributes[key] for key in sorted(fact.attributes)}
    if fact.episode is not None:
        attributes["episode"] = fact.episode
    return {
        "word": fact.word,
        "status": fact.status.value,
        "value": fact.value,
        "unit": fact.unit,
        "side": fact.side,
        "limb": fact.limb,
        "date": fact.date.isoformat() if fact.date else None,
        "attributes": attributes,
        "evidence": first,
    }


def evidence_object(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as plain data: a span with its quote, or a resource with its element."""
    place: dict[str, Any]
    if piece.resource:
        place = {"document": piece.document, "resource": piece.resource, "element": piece.element}
    else:
        place = {"document": piece.document, "start": piece.start, "end": piece.end, "quote": piece.quote}
    page = {"page": piece.page} if piece.page else {}
    return place | {"date": piece.date.isoformat() if piece.date else None, "kind": piece.kind or None} | page


def facts_jsonl(chart: str, facts: Iterable[Fact]) -> bytes:
    """One fact a line, with the name of the chart first."""
    import orjson

    return b"".join(
        orjson.dumps({"chart": chart} | fact_object(fact), option=orjson.OPT_APPEND_NEWLINE) for fact in facts
    )


def facts_text(facts: Iterable[Fact], width: int = 100) -> str:
    """The facts as a table for people: what, how it stands, which limb, when, and the words of the chart."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for head, ratio in (("Fact", 3), ("Status", 2), ("Limb", 2), ("Date", 2), ("Words of the chart", 6)):
        table.add_column(head, ratio=ratio, no_wrap=head == "Date", overflow="fold", min_width=10)
    for fact in facts:
        value = "" if fact.value is None else f"{fact.value:g}" if _number(fact.value) else str(fact.value)
        what = " ".join(part for part in (value, fact.unit or "") if part)
        more = ", ".join(f"{key} {fact.attributes[key]}" for key in sorted(fact.attributes))
        cells = (
            "\n".join(part for part in (fact.word, what, more) if part),
            fact.status.value.replace("_", " "),
            " ".join(part for part in (fact.side, fact.limb) if part),
            fact.date.isoformat() if fact.date else "",
            "\n".join(_words(piece) for piece in fact.evidence),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _number(value: object) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _words(piece: Evidence) -> str:
    if piece.resource:
        return f"{piece.document}: {piece.resource} {piece.element}".rstrip()
    page = f", p. {piece.page}" if piece.page else ""
    return f"“{' '.join(piece.quote.split())}” ({piece.document}:{piece.start}{page})"
