"""Findings of the limb: temperature, color, sweating, swelling, touch, motion, strength, skin and nails.

One reader serves them all; how each is said stands in the vocabulary. Of an entry it uses the groups

    present   says by itself that the finding is there ("cooler than the left")
    limb      says so only where a limb is spoken of ("red", "wet", "weak")
    absent    says by itself that it is not ("symmetric temperature")
    topic     names it only ("skin temperature"); what is said of it sets the status
    object    what a quality belongs to, where it is no topic of its own ("sock", "nails")
    said      a quality that counts beside a topic or an object ("sparse" of hair)
    normal    the same for what is as it should be ("pink" of color)
    not       looks like it and is something else ("cold call"); hides what it covers

What holds for all of them ("none", "R > L", "not tested", "settled") is the entry "said of a finding".
"""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.findings.forms import chosen, fielded, opted, questioned, ticked, titled
from indicated.facts.findings.meaning import spoken
from indicated.facts.findings.measured import measured
from indicated.facts.findings.place import Places
from indicated.facts.findings.rows import rowed
from indicated.facts.findings.scales import circled, scaled
from indicated.facts.findings.scene import Scene, Spoken
from indicated.facts.findings.source import Titles, reported
from indicated.facts.findings.standing import standing
from indicated.facts.findings.tables import tabled
from indicated.facts.findings.touch import scored
from indicated.facts.findings.words import FINDINGS
from indicated.facts.model import Evidence, Fact, Status, Value
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note


def read_findings(note: Note, language: Language) -> Iterator[Fact]:
    """Yield a fact for each place where a finding of a limb is spoken of."""
    words = [word for word in FINDINGS if note.has(word)]
    titles = Titles(language)
    if not words and not any(note.has_title(word) for word in FINDINGS):
        return
    scene = Scene(note, titles, Places(note, titles), tuple(words))
    taken: set[tuple[str, int]] = set()
    for reader in (
        tabled,
        rowed,
        chosen,
        opted,
        scaled,
        circled,
        ticked,
        questioned,
        fielded,
        titled,
        measured,
        scored,
    ):
        mine: set[tuple[str, int]] = set()
        for found in reader(scene):
            place = (found.word, found.mention.segment)
            stands = standing(scene, found)
            if place not in taken and stands:
                mine.add(place)
                yield _fact(scene, stands)
        taken |= mine
    for found in spoken(scene):
        if (found.word, found.mention.segment) not in taken:
            yield _fact(scene, found)


def _fact(scene: Scene, found: Spoken) -> Fact:
    note, places = scene.note, scene.places
    attributes: dict[str, Value] = {}
    told = found.reported if found.reported is not None else reported(note, scene.titles, found.mention)
    if told is not None:
        attributes["reported"] = told
    return Fact(
        word=found.word,
        status=found.status,
        evidence=(evidence(note, found.mention),),
        side=found.side or places.side(found.mention, present=found.status is not Status.ABSENT),
        limb=places.limb(found.mention),
        date=note.document.date,
        attributes=attributes,
        reader="finding",
        why=found.why,
    )


def evidence(note: Note, mention: Mention) -> Evidence:
    """The whole statement in which a mention stands, as proof."""
    segment = note.segments[mention.segment]
    text = note.document.text
    end = max(segment.end, mention.end)
    return Evidence(
        note.document.name,
        segment.start,
        end,
        text[segment.start : end],
        date=note.document.date,
        kind=note.document.kind or "",
    )
