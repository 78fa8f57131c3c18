"""Whether function got better, stayed or fell after a block: two values of one measure, or words that say so."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.facts.findings.read import evidence
from indicated.facts.function.function_compare import WORD, Told, anchored, blank, compared, differences
from indicated.facts.function.function_options import by_assistance, ticked_change
from indicated.facts.function.measure_tables import in_tables
from indicated.facts.function.measured import phase_of
from indicated.facts.function.measures import is_loose
from indicated.facts.model import Fact, Status
from indicated.reading.context import Setting, setting
from indicated.reading.language import Language
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_PLANS = (
    "next",
    "next visit",
    "plan",
    "p",
    "a/p",
    "plans",
    "orders",
    "order",
    "recommendations",
    "recommendation",
    "plan of care",
)
_CHANGES = {
    "better": "better",
    "worse": "worse",
    "same": "same",
    "not measured": "not_remeasured",
    "can": "better",
    "cannot": "worse",
}
_GROUPS = (
    ("choice", Status.ASKED),
    ("if", Status.HYPOTHETICAL),
    ("goal", Status.PLANNED),
    ("plan", Status.PLANNED),
)
_YEAR = lazy(r"(?<![\d/.-])(?:0?[1-9]/|1[0-2]/)?((?:19|20)\d\d)(?![\d/-])")
_UNFILLED = lazy(r"[^.;:\n]{0,50}: ?(?:_{2,}|\*{3}|\?|$)")
_HAD = lazy(r"(?: \w+){0,2} (?:had|has had|got|underwent|received|after (?:his|her) own)\b")
_OPEN = (Status.ASKED, Status.HYPOTHETICAL, Status.PLANNED, Status.OTHER_PERSON)


def read_function_changes(note: Note, language: Language) -> Iterator[Fact]:
    """Yield what is said of function before and after a block; a note without a block says nothing of it."""
    if not note.named("block anchor") and not note.has_title("block anchor"):
        yield from _not_repeated(note, language)
        return
    tables = in_tables(note, language)
    ticked = list(ticked_change(note))
    told = ticked or [*compared(note, language, tables), *blank(note, tables)]
    told += [] if told else [*differences(note, language), *by_assistance(note)]
    done = {note.segments[one.segment].paragraph for one in told}
    for one in told:
        yield _fact(note, language, one, compared=True)
    for one in _in_words(note, done):
        done.add(note.segments[one.segment].paragraph)
        yield _fact(note, language, one, compared=False)
    for one in _not_taken_again(note, language, done):
        yield _fact(note, language, one, compared=False)
    if not done:
        yield from _open(note, language)


def _not_repeated(note: Note, language: Language) -> Iterator[Fact]:
    """A measure that is said not to have been taken again, though no block is named beside it."""
    for mention in note.named(WORD, "not measured"):
        named = [m for m in note.within(mention.segment, "measure") if not is_loose(language, m)]
        if named:
            told = Told("not_remeasured", mention.segment, mention, (evidence(note, mention),))
            yield _fact(note, language, told, compared=False)
            return


def _topics(note: Note, segment: int) -> list[Mention]:
    hidden = note.within(segment, WORD, "not")
    found = [
        *note.within(segment, "function"),
        *note.within(segment, "measure"),
        *note.within(segment, "activity"),
    ]
    return [m for m in found if not any(h.start <= m.start and m.end <= h.end for h in hidden)]


def _of_function(note: Note, mention: Mention) -> bool:
    """Whether the words of change speak of function and not of pain, sleep or the warmth of the foot."""
    segment = mention.segment
    here = _topics(note, segment)
    others = note.within(segment, "not function")
    if others:
        before = [m for m in (*here, *others) if m.end <= mention.start]
        if before and max(before, key=lambda m: (m.end, m.name != "not function")).name == "not function":
            behind = [m for m in (*here, *others) if mention.end <= m.start]
            return (
                bool(behind)
                and min(behind, key=lambda m: (m.start, m.name == "not function")).name != "not function"
                and min(m.start for m in behind) - mention.end < 14
            )
    if here:
        return True
    if note.above(segment, "function") or note.above(segment, "measure") or note.above(segment, "activity"):
        return True
    if (
        any(m.covers(mention) or (m.start >= mention.start and m.start < mention.end) for m in others)
        or others
    ):
        return False
    if note.within(segment, "drug") or "?" in note.text_of(segment):
        return False
    return any(_topics(note, at) and not note.within(at, "not function") for at in note.neighbours(segment))


def _in_words(note: Note, done: set[int]) -> Iterator[Told]:
    for group in ("not measured", "same", "worse", "better", "cannot", "can"):
        for mention in note.named(WORD, group):
            if group in ("can", "cannot") and not _after_block(note, mention):
                continue
            paragraph = note.segments[mention.segment].paragraph
            if paragraph in done or not anchored(note, mention.segment):
                continue
            if any(m.covers(mention) for m in note.within(mention.segment, WORD, "not")):
                continue
            if group in ("same", "worse") and _gives_way(note, mention):
                continue
            if _of_function(note, mention) or (group == "not measured" and _not_taken(note, mention)):
                done.add(paragraph)
                yield Told(_CHANGES[group], mention.segment, mention, (evidence(note, mention),))


def _gives_way(note: Note, mention: Mention) -> bool:
    """Whether the paragraph tells of a gain that was lost again, or of a gain after another block than this one."""
    paragraph = note.segments[mention.segment].paragraph
    gains = [m for m in note.named(WORD, "better") if note.segments[m.segment].paragraph == paragraph]
    gains = [m for m in gains if _of_function(note, m)]
    if any(_lost_again(note, m) for m in gains):
        return True
    own = note.within(mention.segment, "block anchor")
    return bool(own) and any(
        m.segment != mention.segment and note.within(m.segment, "block anchor") for m in gains
    )


def _lost_again(note: Note, gain: Mention) -> bool:
    """Whether it is told behind a gain, in its paragraph, that it is gone."""
    paragraph = note.segments[gain.segment].paragraph
    return any(
        m.start >= gain.start and note.segments[m.segment].paragraph == paragraph
        for m in note.named(WORD, "lost again")
    )


def _after_block(note: Note, mention: Mention) -> bool:
    """Whether what the patient can or cannot do is said of the time after a block."""
    cues = note.within(mention.segment, "phase")
    if not note.within(mention.segment, "block anchor") or not cues:
        return False
    nearest = min(cues, key=lambda m: _far(note, m, mention))
    return phase_of(nearest) == "after"


def _far(note: Note, cue: Mention, mention: Mention) -> int:
    """How far a cue stands from a mention; a comma between them sets them apart."""
    first, second = sorted((cue, mention), key=lambda m: m.start)
    return second.start - first.end + 40 * note.folded[first.end : second.start].count(",")


def _not_taken_again(note: Note, language: Language, done: set[int]) -> Iterator[Told]:
    """A measure of after the block that is denied or put off: "Post-LSB LEFS: not obtained"."""
    for mention in note.named(WORD, "untaken", "taking"):
        segment = mention.segment
        paragraph = note.segments[segment].paragraph
        if (
            paragraph in done
            or not note.within(segment, "phase.after")
            or not _names_measure(note, language, segment)
        ):
            continue
        if note.within(segment, WORD, "request", "plan", "if", "better", "worse", "same"):
            continue
        if mention.group == "untaken" or setting(note, language, mention).has("negated"):
            done.add(paragraph)
            yield Told("not_remeasured", segment, mention, (evidence(note, mention),))


def _said_after(note: Note, segment: int) -> bool:
    """Whether a statement, or the one before it in its paragraph, speaks of the time after a block."""
    if note.within(segment, "phase.after") and (
        note.within(segment, "block anchor") or note.above(segment, "block anchor")
    ):
        return True
    before = segment - 1
    return (
        before >= 0
        and note.segments[before].paragraph == note.segments[segment].paragraph
        and bool(note.within(before, "phase.after") and note.within(before, "block anchor"))
    )


def _names_measure(note: Note, language: Language, segment: int) -> bool:
    """Whether a statement names a measure or a score, and not only something that the patient does."""
    if note.within(segment, WORD, "measuring", "taking") and _topics(note, segment):
        return True
    named = [m for m in _topics(note, segment) if m.name.startswith("measure.")]
    return bool(note.within(segment, "measure noun")) or any(not is_loose(language, m) for m in named)


def _not_taken(note: Note, mention: Mention) -> bool:
    """Whether it is a measure that was not taken again, and not the block that was not repeated."""
    if any(
        word in note.folded[mention.start : mention.end]
        for word in ("measur", "assess", "score", "function", "test", "eval")
    ):
        return True
    if any(m.end <= mention.start for m in note.within(mention.segment, "block anchor")):
        return False
    return any(_topics(note, at) for at in note.neighbours(mention.segment, 2, 1))


def _open(note: Note, language: Language) -> Iterator[Fact]:
    """Nothing is told of a change: is it asked for, a condition or a plan?"""
    names = (
        *note.named(WORD, "measuring"),
        *note.named("function"),
        *note.named("measure"),
    )
    for sign in note.named(WORD, "choice", "blank"):
        above = note.above(sign.segment, "block anchor") and (
            note.above(sign.segment, "function")
            or any(m.group == "better" for m in note.above(sign.segment, WORD))
        )
        if above and not note.folded[sign.start].isalnum():
            yield Fact(
                WORD,
                Status.ASKED,
                (evidence(note, sign),),
                date=note.document.date,
                reader="function change",
                why=("left blank",),
            )
            return
    for mention in names:
        paragraph = note.segments[mention.segment].paragraph
        beside = [
            n
            for n in (mention.segment, *note.neighbours(mention.segment))
            if note.segments[n].paragraph == paragraph
        ]
        if not any(note.within(n, "block anchor") for n in beside) and not note.above(
            mention.segment, "block anchor"
        ):
            continue
        if mention.name != WORD and mention not in _topics(note, mention.segment):
            continue
        meant = _meant(note, language, mention)
        if meant.status in _OPEN:
            yield Fact(
                WORD,
                meant.status,
                (evidence(note, mention),),
                date=note.document.date,
                reader="function change",
                why=meant.why,
            )
            return


def _meant(note: Note, language: Language, mention: Mention) -> Setting:
    """How a change is meant; besides the common cues, a template's choice and an earlier episode count."""
    meant = setting(note, language, mention)
    own = {
        m.group
        for m in note.within(mention.segment, WORD, "if", "plan", "goal", "earlier", "choice", "corrected")
    }
    if meant.status is Status.OTHER_PERSON:
        return meant
    if _block_of_another(note, mention):
        return Setting(Status.OTHER_PERSON, meant.cues, (*meant.why, "other_person: the block was another's"))
    if "corrected" in own and meant.status is Status.HYPOTHETICAL:
        return Setting(Status.PRESENT, meant.cues, meant.why)
    if _is_choice(note, mention.segment):
        own.add("choice")
    if note.segments[mention.segment].heading in _PLANS and note.within(mention.segment, WORD, "taking"):
        own.add("plan")
    if any(m.group == "goal" for m in note.above(mention.segment, WORD)):
        own.add("goal")
    for group, status in _GROUPS:
        if group in own:
            return Setting(status, meant.cues, (*meant.why, f"{status.value}: {group}"))
    if "earlier" in own or _old(note, mention.segment):
        return Setting(Status.HISTORICAL, meant.cues, (*meant.why, "historical: an earlier episode"))
    return meant


def _block_of_another(note: Note, mention: Mention) -> bool:
    """Whether the block that a change followed was somebody else's ("her coworker had a block and was back at work")."""
    people = [m for m in note.within(mention.segment, "cue") if m.group == "other_person.before"]
    blocks = note.within(mention.segment, "block anchor")
    return any(
        p.end <= b.start <= mention.start and _HAD.match(note.folded, p.end, b.start)
        for p in people
        for b in blocks
    )


def _is_choice(note: Note, segment: int) -> bool:
    """Whether better, same and worse stand side by side to be chosen, and none is ticked."""
    found = note.within(segment, WORD, "better", "same", "worse")
    text = note.text_of(segment)
    ticked = any(sign in text for sign in ("[x", "(x", "x)", "x]", "\u2612", "\u2611"))
    return (
        not ticked
        and {m.group for m in found} == {"better", "same", "worse"}
        and found[-1].end - found[0].start < 60
    )


def _old(note: Note, segment: int) -> bool:
    on = note.document.date
    piece = note.segments[segment]
    if not on:
        return False
    years = [int(m[1]) for m in _YEAR.finditer(note.folded, piece.start, piece.end)]
    return (
        bool(years)
        and on.year - min(years) >= 2
        and bool(note.within(segment, "block anchor"))
        and "since 20" not in note.folded[piece.start : piece.end]
    )


def _fact(note: Note, language: Language, told: Told, *, compared: bool) -> Fact:
    meant = _meant(note, language, told.mention)
    status, change = meant.status, told.change
    if change == "not_remeasured":
        status = Status.ASKED if status is not Status.OTHER_PERSON else status
    elif status in (Status.ABSENT, Status.ASKED) and "choice" not in str(meant.why):
        question = "?" in note.text_of(told.segment) or bool(note.within(told.segment, WORD, "request"))
        question = question or bool(_UNFILLED.match(note.folded, told.mention.end))
        status = Status.ASKED if question and not compared else Status.PRESENT
    elif _is_told_now(note, told, meant, compared=compared) or _could_after(note, told, meant):
        status = Status.PRESENT
    if told.mention.group == "ticked" and status not in (Status.OTHER_PERSON, Status.HYPOTHETICAL):
        status = Status.PRESENT
    if status is Status.PRESENT and change == "better" and _lost_again(note, told.mention):
        status = Status.HISTORICAL
    if status is Status.ASKED and told.change != "not_remeasured":
        return Fact(
            WORD, status, told.proof, date=note.document.date, reader="function change", why=meant.why
        )
    if change in ("better", "worse") and meant.has("negated") and not compared:
        change = "same"
    return Fact(
        WORD,
        status,
        told.proof,
        date=note.document.date,
        attributes={"change": change},
        reader="function change",
        why=meant.why,
    )


def _could_after(note: Note, told: Told, meant: Setting) -> bool:
    """Whether a "could" tells what was possible after a block that was done ("after it he could dress himself")."""
    could = meant.status is Status.HYPOTHETICAL and all(
        "'could'" in why for why in meant.why if why.startswith("hypothetical")
    )
    return could and bool(note.within(told.segment, "phase.after")) and told.change == "better"


def _is_told_now(note: Note, told: Told, meant: Setting, *, compared: bool) -> bool:
    """Whether a change is of the series at hand, though a word of the past or of a plan stands near it."""
    if meant.status is Status.HISTORICAL:
        return not note.within(told.segment, WORD, "earlier") and not _old(note, told.segment)
    return meant.status is Status.PLANNED and compared and not note.within(told.segment, WORD, "plan", "if")
