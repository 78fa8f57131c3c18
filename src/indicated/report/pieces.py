"""Pieces that every report is made of: quotes, findings, the series of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise

from indicated.chart.model import Request
from indicated.determine.model import Block, CriterionResult, CriterionStatus, Determination, Line
from indicated.facts.model import Evidence, Fact
from indicated.report.memo import Bar, BarChart, Finding, Quote, Section, Table, TestLine
from indicated.report.words import PROCEDURES, STATUS, WHY, abbreviations_in


def quote(evidence: Evidence, facts: Iterable[Fact] = ()) -> Quote:
    """A piece of evidence as a quote. Characters are counted from 1, as people count.

    `facts` are those among which the reading of a coded entry is looked for.
    """
    if evidence.resource:
        place = evidence.resource + (f", {evidence.element}" if evidence.element else "")
    else:
        place = f"characters {evidence.start + 1} to {evidence.end}"
    day = evidence.date.isoformat() if evidence.date else ""
    reading = ""
    if not evidence.quote:
        reading = next((fact_words(fact) for fact in facts if evidence in fact.evidence), "")
    return Quote(evidence.quote, evidence.document, place, day, evidence.kind, reading, evidence.page)


def quotes(evidence: Iterable[Evidence], facts: Iterable[Fact] = ()) -> tuple[Quote, ...]:
    """Pieces of evidence as quotes, each once, in the order given."""
    known = tuple(facts)
    return tuple(quote(piece, known) for piece in dict.fromkeys(evidence))


def facts_of(lines: Iterable[Line]) -> Iterator[Fact]:
    """Every fact of the lines and of those below them."""
    for line in lines:
        yield from line.facts
        yield from facts_of(line.lines)


def fact_words(fact: Fact) -> str:
    """The fact in a few words: "INR 1.1", "active infection absent"."""
    if fact.value is None or isinstance(fact.value, bool):
        return f"{fact.word} {fact.status.value.replace('_', ' ')}"
    value = f"{fact.value:g}" if isinstance(fact.value, float | int) else fact.value
    return f"{fact.word} {value}" + (f" {fact.unit}" if fact.unit else "")


def numbers(determination: Determination, keys: Iterable[str]) -> tuple[int, ...]:
    """The numbers under which the report prints these sources."""
    known: Mapping[str, int] = {source.id: source.number for source in determination.sources}
    found = {known.get(key) or (int(key) if key.isdecimal() else None) for key in keys}
    return tuple(sorted(number for number in found if number is not None))


def test_line(line: Line) -> TestLine:
    """A line of the policy with everything below it."""
    found = line.found
    if line.status is CriterionStatus.UNKNOWN and not found and line.why_unknown and not line.lines:
        found = WHY[line.why_unknown].rstrip(".").lower()
    return TestLine(line.text, STATUS[line.status], found, tuple(test_line(below) for below in line.lines))


def finding(criterion: CriterionResult, determination: Determination) -> Finding:
    """A criterion as the reports show it."""
    facts = tuple(facts_of(criterion.lines))
    conflict = quotes(criterion.conflict, facts)
    said_below = set(conflict)
    return Finding(
        id=criterion.id,
        title=criterion.text,
        mark=STATUS[criterion.status],
        note=_note(criterion),
        lines=tuple(test_line(line) for line in criterion.lines),
        quotes=tuple(piece for piece in quotes(criterion.evidence, facts) if piece not in said_below),
        conflict=conflict,
        ask=criterion.ask or "",
        basis="" if criterion.status is CriterionStatus.NOT_APPLICABLE else criterion.basis,
        references=numbers(determination, criterion.sources),
    )


def _note(criterion: CriterionResult) -> str:
    if criterion.status is CriterionStatus.NOT_APPLICABLE:
        return "The policy does not ask this of this request."
    return WHY[criterion.why_unknown] if criterion.why_unknown else ""


def bar(block: Block) -> Bar:
    """A block as a bar of the chart."""
    label = ", ".join(part for part in (block.date, block.side, block.level) if part)
    return Bar(label, block.relief_days, block.censored, block.relief or "relief not documented")


def series_chart(series: tuple[Block, ...]) -> BarChart:
    """The chart of the series, with a description that says what can be seen in it."""
    bars = tuple(bar(block) for block in series)
    steps = [f"{bar_.label}: {bar_.length}" for bar_ in bars]
    steps += [compared(earlier, later) for earlier, later in pairwise(series)]
    return BarChart("How long each block helped", ". ".join(steps) + ".", bars)


def compared(earlier: Block, later: Block) -> str:
    """Say whether the later block helped longer. Lower bounds decide only where they can."""
    pair = f"{later.date} against {earlier.date}: "
    if earlier.relief_days is None or later.relief_days is None:
        return pair + "cannot be compared"
    if not earlier.censored and later.relief_days > earlier.relief_days:
        return pair + "longer"
    if not later.censored and earlier.relief_days > later.relief_days:
        return pair + "shorter"
    if not later.censored and earlier.censored and earlier.relief_days == later.relief_days:
        return pair + "not longer"
    if not later.censored and not earlier.censored:
        return pair + "equally long"
    return pair + "cannot be compared"


def series_table(series: tuple[Block, ...]) -> Table:
    """The table that says the same as the chart."""
    rows = []
    for index, block in enumerate(series):
        bar_ = bar(block)
        against = compared(series[index - 1], block).partition(": ")[2] if index else "first of the series"
        where = ", ".join(part for part in (block.side, block.level) if part) or "not documented"
        rows.append((block.date, where, block.relief or "not documented", bar_.length, against))
    return Table(
        "Earlier blocks of the series",
        ("Date", "Side and level", "Relief", "How long it helped", "Compared with the one before"),
        tuple(rows),
    )


def requested(request: Request) -> str:
    """What was requested, in one phrase that names no patient."""
    name = PROCEDURES.get(request.procedure, "procedure")
    side = f", {request.laterality} side" if request.laterality else ", side not given"
    return f"{name} (CPT {request.procedure}){side}"


def running_head(kind: str, determination: Determination) -> str:
    """The head of every page. It names the chart by its id and no patient."""
    request = determination.request
    side = f" {request.laterality}" if request.laterality else ""
    return (
        f"{kind} · chart {determination.chart} · CPT {request.procedure}{side} · {request.date.isoformat()}"
    )


def abbreviations(sections: Iterable[Section], *texts: str) -> tuple[Section, ...]:
    """A section that explains every abbreviation in our own text; quotes are the chart's."""
    known = abbreviations_in([*texts, *(text for section in sections for text in _own_text(section))])
    if not known:
        return ()
    table = Table("Abbreviations in this report", ("Abbreviation", "Meaning"), known, quiet=True)
    return (Section("abbreviations", "Abbreviations", (table,), detail=True),)


def _own_text(thing: object) -> Iterator[str]:
    """Every text of a piece of a memo but the quotes."""
    if isinstance(thing, Quote):
        return
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _own_text(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _own_text(getattr(thing, field.name))
