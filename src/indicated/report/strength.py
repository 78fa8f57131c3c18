"""How strong several sources are together, in one sentence that a reader without statistics understands."""

from __future__ import annotations

from collections.abc import Sequence

_ORDER = (
    "trial", "review", "diagnostic study", "guideline", "consensus", "cohort", "cases", "survey", "unverified",
)  # fmt: skip
_NAMES = {
    "trial": ("a randomized trial", "randomized trials"),
    "review": ("a review of the literature", "reviews of the literature"),
    "diagnostic study": ("a study of a diagnostic test", "studies of diagnostic tests"),
    "guideline": ("an expert guideline", "expert guidelines"),
    "consensus": ("a consensus of experts", "agreements among experts"),
    "cohort": ("a study without a control group", "studies without a control group"),
    "cases": ("reports of single patients", "reports of single patients"),
    "survey": ("a survey of what physicians do", "surveys of what physicians do"),
    "unverified": ("a source that could not be identified", "sources that could not be identified"),
}


def sentence(sources: Sequence[tuple[str, int, str]]) -> str:
    """Say how strong sources are. Each is its kind, its number and how sure we are that it is the one meant."""
    if not sources:
        return "The policy names no source for this requirement."
    kinds = {kind for kind, _, _ in sources}
    if kinds == {"unverified"}:
        return f"The source could not be identified {_numbers(sources)}, so its strength is not known."
    named = _and([_group(kind, sources) for kind in _ORDER if kind in kinds])
    weak = kinds - {"unverified"}
    if weak <= {"cases", "survey"}:
        lead = "Rests only on "
        tail = {
            frozenset({"cases"}): ", which cannot show that the treatment was the cause",
            frozenset({"survey"}): ", which is no evidence that it helps",
        }.get(frozenset(weak), ", which are no evidence that it helps")
    else:
        lead = "Rests on "
        tail = (
            ", that is on the opinion of experts more than on trials"
            if weak <= {"guideline", "consensus"}
            else ""
        )
    unsure = [source for source in sources if source[0] != "unverified" and source[2] != "high"]
    meant = "are the sources that were meant" if len(unsure) > 1 else "is the source that was meant"
    doubt = f"; it is not certain that {_numbers(unsure)} {meant}" if unsure else ""
    return f"{lead}{named}{tail}{doubt}."


def _group(kind: str, sources: Sequence[tuple[str, int, str]]) -> str:
    of_kind = [source for source in sources if source[0] == kind]
    return f"{_NAMES[kind][len(of_kind) > 1]} {_numbers(of_kind)}"


def _numbers(sources: Sequence[tuple[str, int, str]]) -> str:
    return "[" + ", ".join(str(number) for _, number, _ in sources) + "]"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
