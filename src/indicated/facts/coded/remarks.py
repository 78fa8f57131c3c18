"""Remarks on a coded block: what a nurse or physician typed there of the relief that it brought and how long it lasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from indicated.chart.fhir import Procedure
from indicated.chart.model import Document
from indicated.facts.blocks.read import read_blocks
from indicated.facts.coded.place import READER, Place, first_date
from indicated.facts.model import Fact
from indicated.reading.language import read_language
from indicated.reading.note import read_note

_YEAR = timedelta(364)
"""A day without a year in a remark without a date is the one that next follows the block."""
_OF_ITS_EFFECT = ("block relief", "block relief duration")


def remark_facts(procedure: Procedure, place: Place, name: str) -> Iterator[Fact]:
    """Yield what the remarks on a block that was done say of its effect. `name` is what the policy calls the block.

    A remark is read as a call about that block; its evidence is the resource.
    """
    if place.on is None:
        return
    for remark in procedure.note:
        told = first_date(remark.time)
        text = f"Procedure: {name} {place.on.isoformat()}\n\n{remark.text or ''}"
        note = read_note(
            Document(place.document, text, told or place.on + _YEAR, "phone note"), read_language()
        )
        for fact in read_blocks(note, note.language):
            if fact.word in _OF_ITS_EFFECT:
                which = {"block": place.on.isoformat()}
                yield replace(
                    fact, evidence=place.evidence("note"), date=told or place.on, attributes={**fact.attributes, **which}, reader=READER,
                )  # fmt: skip
