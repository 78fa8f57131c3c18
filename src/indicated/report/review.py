"""The review: the memo that lays a determination out, in the shape in which such memos are read."""

from __future__ import annotations

from collections.abc import Sequence

from indicated.determine.model import CriterionStatus, Determination, Notice, Outcome
from indicated.report.memo import (
    Block,
    Callout,
    Items,
    Mark,
    Memo,
    Paragraph,
    Part,
    Quoted,
    Reference,
    Section,
    Table,
)
from indicated.report.pieces import (
    abbreviations,
    finding,
    numbers,
    quotes,
    requested,
    running_head,
    series_chart,
    series_table,
)
from indicated.report.reading import reading_section
from indicated.report.words import NOTICE, OUTCOME, OUTCOME_MEANS, STATUS, WHY, title_case


def review_memo(determination: Determination) -> Memo:
    """Lay a determination out as a memo. Sections that have nothing to say are left out."""
    title = "Medical necessity review"
    lead = f"{title_case(requested(determination.request))}. Policy: {determination.policy.title}."
    sections = tuple(
        section
        for section in (
            _conclusion(determination),
            _indications(determination),
            _requirements(determination),
            _questions(determination),
            _notices(
                "algorithm", "Position in the treatment algorithm", determination, determination.pathway
            ),
            _series(determination),
            _notices("technique", "How the block is planned", determination, determination.technique),
            _notices("pitfalls", "Pitfalls", determination, determination.pitfalls),
            _notices("documentation", "Documentation check", determination, determination.documentation),
            _changes(determination),
            _limits(determination),
            _references(determination),
            reading_section(determination.reading),
            _about(determination),
        )
        if section.blocks
    )
    sections += abbreviations(sections, lead)
    return Memo(title, running_head(title, determination), (Part(title, lead, sections),))


def _conclusion(determination: Determination) -> Section:
    outcome = determination.outcome
    counts = [
        f"{count} {STATUS[status].word}"
        for status in CriterionStatus
        if (count := sum(criterion.status is status for criterion in determination.criteria))
    ]
    means = OUTCOME_MEANS[outcome]
    if outcome is Outcome.OUT_OF_SCOPE:
        blocks: list[Block] = [Callout(OUTCOME[outcome], determination.reason or means), Paragraph(means)]
    else:
        blocks = [Callout(OUTCOME[outcome], means)]
    entries = tuple(
        f"{title_case(STATUS[criterion.status].word)}: {criterion.text}"
        + (f" {WHY[criterion.why_unknown]}" if criterion.why_unknown else "")
        for status in (CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN)
        for criterion in determination.criteria
        if criterion.status is status
    )
    if entries:
        blocks.append(Items(entries))
    if counts:
        blocks.append(Paragraph(f"Requirements: {', '.join(counts)}."))
    blocks.append(Paragraph("The program finds and lays out; a person decides."))
    return Section("conclusion", "Conclusion", tuple(blocks))


def _indications(determination: Determination) -> Section:
    blocks: list[Block] = [
        Paragraph(statement.text, numbers(determination, statement.sources))
        for statement in determination.statements
    ]
    rows = tuple(
        (
            f"[{source.number}]",
            source.what or source.design,
            source.size,
            source.grade,
            _sure(source.confidence),
        )
        for source in determination.sources
    )
    if rows:
        head = ("No.", "What it is", "Size", "Grade", "Is it the one meant?")
        blocks.append(Table("How strong the evidence is, for and against", head, rows))
    return Section("indications", "Indications and their evidence", tuple(blocks), detail=True)


def _requirements(determination: Determination) -> Section:
    return Section(
        "requirements",
        "Requirements",
        tuple(finding(criterion, determination) for criterion in determination.criteria),
    )


def _questions(determination: Determination) -> Section:
    texts = {criterion.id: criterion.text.rstrip(".") for criterion in determination.criteria}
    entries = tuple(
        f"{question.text} (For: {'; '.join(texts.get(id_, id_) for id_ in question.criteria)}.)"
        for question in determination.questions
    )
    return Section("questions", "Questions to the clinic", (Items(entries, ordered=True),) if entries else ())


def _notices(id_: str, heading: str, determination: Determination, notices: tuple[Notice, ...]) -> Section:
    """Notices as a table of their statuses, then the quotes that they rest on."""
    if not notices:
        return Section(id_, heading, ())
    rows = tuple(
        (
            NOTICE.get(notice.status, Mark(notice.status or "noted", "·", "-", "quiet")),
            _with_numbers(notice, determination),
        )
        for notice in notices
    )
    blocks: list[Block] = [Table(heading, ("Status", "What the policy says"), rows, quiet=True)]
    for notice in notices:
        if notice.evidence:
            blocks += [Paragraph(f"The chart on: {notice.text}"), Quoted(quotes(notice.evidence))]
    return Section(id_, heading, tuple(blocks), detail=True)


def _with_numbers(notice: Notice, determination: Determination) -> str:
    found = numbers(determination, notice.sources)
    return notice.text + (f" [{', '.join(map(str, found))}]" if found else "")


def _series(determination: Determination) -> Section:
    series = determination.series
    if not series:
        return Section("series", "Earlier blocks", ())
    pieces = quotes(piece for block in series for piece in block.evidence)
    blocks: list[Block] = [series_chart(series), series_table(series)]
    if pieces:
        blocks += [Paragraph("What the chart says about them:"), Quoted(pieces)]
    return Section("series", "Earlier blocks", tuple(blocks))


def _changes(determination: Determination) -> Section:
    outcomes = dict.fromkeys(change.outcome for change in determination.changes)
    entries = tuple(
        f"{text}. Then: {OUTCOME[outcome].word.lower()}."
        for outcome in outcomes
        for text in _together([change.facts for change in determination.changes if change.outcome is outcome])
    )
    blocks: tuple[Block, ...] = ()
    if entries:
        blocks = (
            Paragraph("Each of these, shown in the chart, would change the conclusion:"),
            Items(entries),
        )
    return Section("changes", "What would change the conclusion", blocks)


def _together(sets: Sequence[tuple[str, ...]]) -> list[str]:
    """Say sets of facts that differ in one fact only as one, so that what they share is said once."""
    shared = [fact for fact in sets[0] if all(fact in facts for facts in sets)]
    rest = [[fact for fact in facts if fact not in shared] for facts in sets]
    if len(sets) == 1 or any(len(facts) != 1 for facts in rest):
        return ["; ".join(f"“{fact}”" for fact in facts) for facts in sets]
    choice = "one of " + ", ".join(f"“{facts[0]}”" for facts in rest)
    if not shared:
        return [title_case(choice)]
    return ["; ".join(f"“{fact}”" for fact in shared) + f"; and {choice}"]


def _limits(determination: Determination) -> Section:
    blocks: list[Block] = [Items(determination.limits)] if determination.limits else []
    if determination.parameters:
        blocks.append(
            Table(
                "Where the policy leaves room, it is read like this",
                ("Choice", "Value", "Why"),
                determination.parameters,
            )
        )
    return Section("limits", "Limits", tuple(blocks), detail=True)


def _references(determination: Determination) -> Section:
    blocks: list[Block] = [
        Paragraph(
            "Sources that the policy cites, and evidence against the procedure whether it is cited or not. "
            "“The memo” is the text from which the policy was made."
        )
    ]
    for source in determination.sources:
        remarks = (
            ("Design and size", f"{source.design}; {source.size[:1].lower()}{source.size[1:]}"),
            ("Shows", source.shows),
            ("Does not show", source.does_not_show),
            ("Beside the memo", source.memo_says_more),
        )
        kept = tuple((label, text) for label, text in remarks if text)
        blocks.append(Reference(source.number, source.citation, kept))
    return Section("references", "References", tuple(blocks) if determination.sources else (), detail=True)


def _sure(confidence: str) -> str:
    return {"high": "yes", "medium": "probably", "low": "not certain", "unknown": "not known"}.get(
        confidence, confidence
    )


def _about(determination: Determination) -> Section:
    policy = determination.policy
    rows = (
        ("Policy", f"{policy.title} ({policy.id})"),
        ("Version", f"{policy.version}, in force from {policy.effective}"),
        ("Checksum of the policy (SHA-256)", policy.sha256),
        ("Engine", determination.engine),
        ("Request", f"{determination.request.date.isoformat()}; nothing later was taken into account"),
        ("Quotes", "Every quote was read again from its document, at its place, before this report was made"),
    )
    return Section(
        "about",
        "How this review was made",
        (Table("Policy and program", ("Item", "Value"), rows, quiet=True),),
        detail=True,
    )
