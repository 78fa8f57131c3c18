"""A memo as one self-contained HTML page, without a script, for the screen, for screen readers and for print."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indicated.report.clean import printable
from indicated.report.memo import BarChart, Memo
from indicated.report.svg import chart_svg

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"


def html_bytes(memo: Memo) -> bytes:
    """The memo as an HTML page in UTF-8."""
    style = (_TEMPLATES / "memo.css").read_text("utf-8")
    page = _template().render(memo=memo, style=style)
    return (printable(page) + "\n").encode("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def svg(chart: BarChart, name: str) -> Markup:
        return Markup(chart_svg(chart, name))  # noqa: S704  every text in it is escaped by chart_svg

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["svg"] = svg
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment.get_template("memo.html.j2")
