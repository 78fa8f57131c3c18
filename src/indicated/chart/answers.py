"""A form that was filled in (QuestionnaireResponse) as a document: each question with its answer on a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from indicated.formats.model import Reading, TextBuilder

_YES_NO = {True: "Yes", False: "No"}
_KINDS = ("valueQuantity", "valueCoding", "valueReference", "valueAttachment")


def read_answers(items: tuple[dict[str, Any], ...], questions: Mapping[str, str]) -> Reading:
    """Set the answers of a form as text. A question without an answer is left out, for it says nothing.

    `questions` has the words of the questions by their link ids, for items that carry none.
    """
    out = TextBuilder()
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        link = item.get("linkId")
        place = f"item {link}" if isinstance(link, str) else "item"
        text = _words(item.get("text")) or questions.get(link if isinstance(link, str) else "", "")
        answers = _rows(item, "answer")
        said = [words for answer in answers if (words := _said(answer))]
        inside = [*(i for answer in answers for i in _rows(answer, "item")), *_rows(item, "item")]
        if said:
            mark = "" if not text or text[-1] in ":?" else ":"
            label = f"{text}{mark} " if text else ""
            out.add(f"{label}{'; '.join(said)}", path=place)
            out.add("\n")
        elif text and not answers and any(_has_answers(inside)):
            out.add("\n" if out.length else "")
            out.add(text if text.endswith(":") else f"{text}:", path=place)
            out.add("\n")
        waiting.extend(reversed(inside))
    return Reading(out.text, "FHIR form", out.map())


def questions_of(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """The words of the questions of a Questionnaire, by their link ids."""
    found: dict[str, str] = {}
    waiting = _rows(questionnaire, "item")
    while waiting:
        item = waiting.pop()
        link, text = item.get("linkId"), _words(item.get("text"))
        if isinstance(link, str) and text:
            found.setdefault(link, text)
        waiting += _rows(item, "item")
    return found


def attachments_in(items: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """The documents that were given as answers."""
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        answers = _rows(item, "answer")
        for answer in answers:
            if isinstance(answer.get("valueAttachment"), dict):
                yield answer["valueAttachment"]
        inside = [*(i for answer in answers for i in _rows(answer, "item")), *_rows(item, "item")]
        waiting.extend(reversed(inside))


def _has_answers(items: list[dict[str, Any]]) -> Iterator[bool]:
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        yield bool(_rows(item, "answer"))
        waiting += _rows(item, "item")


def _said(answer: Mapping[str, Any]) -> str:
    """The words of one answer."""
    for name, value in answer.items():
        if not name.startswith("value"):
            continue
        if isinstance(value, bool):
            return _YES_NO[value]
        if isinstance(value, str | int | float):
            return _words(str(value))
        if not isinstance(value, dict) or name not in _KINDS:
            continue
        if name == "valueQuantity":
            parts = (value.get("comparator"), value.get("value"), value.get("unit") or value.get("code"))
            return _words(" ".join(str(part) for part in parts if isinstance(part, str | int | float)))
        return _words(value.get("display")) or _words(value.get("code"))
    return ""


def _words(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _rows(value: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
