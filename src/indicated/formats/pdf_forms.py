"""What was filled into the fields of a PDF form. Runs in the worker."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indicated.formats.lines import Word
from indicated.formats.model import Box

_MARKS = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_VALUES = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
_LINE = 12.0
"""Points from line to line in a field of several lines."""


def field_words(page: pdfium.PdfPage) -> Iterator[Word]:
    """Yield the values of text fields where they stand, and `[x]` or `[ ]` for check boxes and radio buttons."""
    form = page.formenv
    if not form:
        return
    _, height = page.get_size()
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        try:
            kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            if kind not in _MARKS | _VALUES:
                continue
            rectangle = raw.FS_RECTF()
            if not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)):
                continue
            left, right = sorted((rectangle.left, rectangle.right))
            low, high = sorted((rectangle.bottom, rectangle.top))
            box: Box = (left, height - high, right, height - low)
            if kind in _MARKS:
                yield Word("[x]" if raw.FPDFAnnot_IsChecked(form, annotation) else "[ ]", box)
            else:
                yield from _spread(_value(form, annotation), box)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(form: pdfium.PdfFormEnv, annotation: raw.FPDF_ANNOTATION) -> str:
    length = raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    buffer = (raw.FPDF_WCHAR * (length // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", "replace").rstrip("\0")


def _spread(value: str, box: Box) -> Iterator[Word]:
    """Set the words of a value next to each other inside the box of the field, line under line."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    left, top, right, bottom = box
    step = min((bottom - top) / len(lines), _LINE) if len(lines) > 1 else bottom - top
    for number, line in enumerate(lines):
        width = (right - left) / max(len(line), 1)
        at = 0
        for word in line.split():
            at = line.index(word, at)
            x = left + at * min(width, 5.0)
            y = top + number * step
            yield Word(word, (x, y, x + len(word) * min(width, 5.0) * 0.98, y + step))
            at += len(word)
