"""The chart of earlier blocks as SVG: one bar for each block, as long as the block helped.

A value that is a lower bound ends in an arrow and says "at least". What is not documented is a hollow, dashed
outline that says so, never a bar of length zero. The picture carries a title and a description, and a table
beside it says the same.
"""

from __future__ import annotations

from html import escape

from indicated.report.clean import one_line
from indicated.report.memo import Bar, BarChart

_WIDTH, _LEFT, _RIGHT, _ROW, _BAR, _TOP = 720, 176, 190, 40, 18, 8
_INK, _FILL, _QUIET, _GRID = "#1f2933", "#2f6f73", "#5b6770", "#d9dee2"
_STEPS = (1, 2, 5, 7, 14, 30, 60, 90, 180, 365)


def chart_svg(chart: BarChart, name: str = "chart") -> str:
    """Draw the chart. `name` makes the ids of title and description unique on the page."""
    longest = max((bar.days or 0 for bar in chart.bars), default=0) or 1
    scale = (_WIDTH - _LEFT - _RIGHT) / longest
    height = _TOP + _ROW * len(chart.bars) + 30
    bottom = _TOP + _ROW * len(chart.bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"',
        f' aria-labelledby="{name}-title {name}-desc" font-size="13">',
        f'<title id="{name}-title">{_safe(chart.title)}</title>',
        f'<desc id="{name}-desc">{_safe(chart.description)}</desc>',
        *_axis(longest, scale, bottom),
    ]
    for index, bar in enumerate(chart.bars):
        parts += _bar(bar, _TOP + index * _ROW, scale)
    return "\n".join([*parts, "</svg>"])


def _axis(longest: float, scale: float, bottom: int) -> list[str]:
    step = next((step for step in _STEPS if longest / step <= 6), max(round(longest / 5), 1))
    parts = []
    for day in range(0, int(longest) + 1, step):
        x = _LEFT + day * scale
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="{_GRID}"/>')
        parts.append(_text(x, bottom + 16, str(day), anchor="middle", small=True))
    parts.append(_text(_LEFT + longest * scale + 12, bottom + 16, "days", small=True))
    return parts


def _bar(bar: Bar, top: int, scale: float) -> list[str]:
    y = top + (_ROW - _BAR) // 2
    middle = y + _BAR / 2
    date, _, rest = bar.label.partition(", ")
    parts = [
        _text(_LEFT - 12, middle - 2, date, anchor="end"),
        _text(_LEFT - 12, middle + 12, rest, anchor="end", small=True),
    ]
    if bar.days is None:
        length = 64.0
        parts.append(
            f'<rect x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" rx="2" fill="none" stroke="{_QUIET}" '
            'stroke-dasharray="4 3"/>'
        )
    else:
        length = max(bar.days * scale, 2.0)
        parts.append(
            f'<rect x="{_LEFT}" y="{y}" width="{length:.1f}" height="{_BAR}" rx="2" fill="{_FILL}"/>'
        )
        if bar.censored:
            tip = _LEFT + length
            parts.append(
                f'<path d="M{tip:.1f} {y - 3} L{tip + 14:.1f} {middle:.1f} L{tip:.1f} {y + _BAR + 3} Z" '
                f'fill="{_FILL}"/>'
            )
            length += 14
    x = _LEFT + length + 8
    return [
        *parts,
        _text(x, middle - 2, bar.length, bold=True),
        _text(x, middle + 12, bar.relief, small=True),
    ]


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", small: bool = False, bold: bool = False
) -> str:
    look = f'fill="{_QUIET}" font-size="11"' if small else f'fill="{_INK}"'
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {look}{weight}>{_safe(text)}</text>'


def _safe(text: str) -> str:
    return escape(one_line(text))
