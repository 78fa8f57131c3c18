"""The request for information: everything that is missing, asked for once, grouped by who can answer."""

from __future__ import annotations

from dataclasses import dataclass

from indicated.determine.model import CriterionResult, Determination, Line, Question
from indicated.report.forms import Form, forms_for, remark
from indicated.report.letter import request_fields
from indicated.report.memo import Block, Field, Fields, Items, Memo, Paragraph, Part, Quoted, Section
from indicated.report.pieces import abbreviations, quotes, requested, running_head
from indicated.report.words import WHY, title_case


@dataclass(frozen=True)
class _Item:
    """One thing to ask, with the criteria that wait for it."""

    question: Question
    criteria: tuple[CriterionResult, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        lines: list[Line] = [line for criterion in self.criteria for line in criterion.lines]
        return forms_for(lines)


def request_memo(determination: Determination) -> Memo:
    """Ask once for everything that is missing."""
    title = "Request for information"
    items = _items(determination)
    lead = f"{title_case(requested(determination.request))}."
    sections = [_address(determination, bool(items))]
    groups = list(dict.fromkeys(item.forms[0].who for item in items))
    counter = 0
    for index, who in enumerate(groups, 1):
        blocks: list[Block] = []
        for item in items:
            if item.forms[0].who == who:
                counter += 1
                blocks += _ask(counter, item)
        sections.append(Section(f"group-{index}", who, tuple(blocks)))
    sections += _unread(determination)
    sections.append(_after(bool(items)))
    sections += abbreviations(sections, lead)
    return Memo(title, running_head(title, determination), (Part(title, lead, tuple(sections)),))


def _items(determination: Determination) -> list[_Item]:
    """The questions, each text once, with all criteria that wait for it."""
    by_id = {criterion.id: criterion for criterion in determination.criteria}
    merged: dict[str, Question] = {}
    for question in determination.questions:
        before = merged.get(question.text)
        waiting = (before.criteria if before else ()) + question.criteria
        merged[question.text] = Question(question.text, tuple(dict.fromkeys(waiting)), question.why)
    return [
        _Item(question, tuple(by_id[id_] for id_ in question.criteria if id_ in by_id))
        for question in merged.values()
    ]


def _address(determination: Determination, asks: bool) -> Section:
    text = (
        "Please send what is listed below. It is everything that the policy asks for and the chart does not show. "
        "One answer for all of it is enough."
        if asks
        else "Nothing is missing that this policy asks for."
    )
    fields = (
        Field("To", hint="clinic, contact, fax or portal"),
        Field("From", hint="name, telephone"),
        Field("Case number", hint="case number"),
        Field("Answer by", hint="date"),
        *request_fields(determination),
    )
    return Section("about-request", "About this request", (Paragraph(text), Fields("The request", fields)))


def _ask(number: int, item: _Item) -> list[Block]:
    question = item.question
    needed = "; ".join(criterion.text.rstrip(".") for criterion in item.criteria)
    forms = "; or ".join(form.what for form in item.forms)
    entries = [f"Why it is needed: the policy asks for this: {needed}."] if needed else []
    entries.append(f"Why it is asked: {WHY[question.why][:1].lower()}{WHY[question.why][1:]}")
    entries.append(f"What will do: {forms}. {remark(question.why)}".rstrip())
    blocks: list[Block] = [Paragraph(f"{number}. {question.text}", strong=True), Items(tuple(entries))]
    conflict = quotes(piece for criterion in item.criteria for piece in criterion.conflict)
    if conflict:
        blocks += [Paragraph("These statements do not go together:"), Quoted(conflict)]
    return blocks


def _unread(determination: Determination) -> list[Section]:
    """Ask for a better copy of pages that could not be read, and for those of which it is not clear whose they are."""
    log = determination.reading
    entries = [
        f"{one.name}, page {number}: {why}." for one in log.documents for number, why in one.unreadable
    ]
    entries += [
        f"{one.document}{f', page {page}' if page else ''}: {one.why}."
        for one in log.set_aside
        if one.doubtful
        for page in one.pages or (0,)
    ]
    if not entries:
        return []
    text = "These came with the request and could not be used. Please send them again, or say what they are:"
    return [Section("unread", "Pages that could not be used", (Paragraph(text), Items(tuple(entries))))]


def _after(asks: bool) -> Section:
    if not asks:
        return Section("after", "What happens next", (Paragraph("A person decides on the request."),))
    return Section(
        "after",
        "What happens next",
        (
            Paragraph(
                "An added note counts when it is signed, dated, and says when what it describes was seen or done. "
                "Please leave out pages that are not needed for these points."
            ),
            Paragraph("When the answer is there, the request is looked at again, and a person decides."),
        ),
    )
