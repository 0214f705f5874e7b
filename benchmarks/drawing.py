"""Line charts as SVG, by hand: a few figures are not worth a plotting library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 80, 230, 50, 60
# Okabe and Ito 2008: colours that colour-blind readers can tell apart.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")


@dataclass(frozen=True, slots=True)
class Line:
    """Points to join; `marked` is the one in use. Beside it and both ends stand their `labels`, if any."""

    name: str
    points: Sequence[tuple[float, float]]
    labels: Sequence[str] = ()
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of lines over two axes, both linear or both logarithmic."""

    title: str
    across: str
    up: str
    lines: Sequence[Line]
    logarithmic: bool = False

    def svg(self) -> str:
        """Return the chart as an SVG document."""
        xs, ys = ([p[axis] for line in self.lines for p in line.points] for axis in (0, 1))
        to_x = self._scale(xs, LEFT, WIDTH - RIGHT)
        to_y = self._scale(ys, HEIGHT - BOTTOM, TOP)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            _text(LEFT, 26, self.title, size=16),
            _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, self.across, anchor="middle"),
            f'<g transform="rotate(-90 20 {HEIGHT / 2})">{_text(20, HEIGHT / 2, self.up, anchor="middle")}</g>',
        ]
        for tick in self._ticks(xs):
            x = to_x(tick)
            parts.append(_stroke(x, TOP, x, HEIGHT - BOTTOM, "#ddd"))
            parts.append(_text(x, HEIGHT - BOTTOM + 18, _number(tick), anchor="middle"))
        for tick in self._ticks(ys):
            y = to_y(tick)
            parts.append(_stroke(LEFT, y, WIDTH - RIGHT, y, "#ddd"))
            parts.append(_text(LEFT - 8, y + 4, _number(tick), anchor="end"))
        for number, line in enumerate(self.lines):
            parts += _drawn(line, number, to_x, to_y)
        return "\n".join((*parts, "</svg>", ""))

    def _scale(self, values: Sequence[float], start: float, end: float) -> _Scale:
        ticks = self._ticks(values)
        return _Scale(ticks[0], ticks[-1], start, end, self.logarithmic)

    def _ticks(self, values: Sequence[float]) -> list[float]:
        low, high = min(values), max(values)
        if self.logarithmic:
            first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
            return [10.0**power for power in range(first, max(last, first + 1) + 1)]
        step = 10 ** math.floor(math.log10(max(high - low, 1e-9)))
        step = next(s for s in (step / 5, step / 2, step, step * 2) if (high - low) / s <= 8)
        first, last = math.floor(low / step), math.ceil(high / step)
        return [n * step for n in range(first, max(last, first + 1) + 1)]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    start: float
    end: float
    logarithmic: bool

    def __call__(self, value: float) -> float:
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = math.log10(low), math.log10(high), math.log10(value)
        return self.start + (value - low) / (high - low) * (self.end - self.start)


def _drawn(line: Line, number: int, to_x: _Scale, to_y: _Scale) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    at = [(to_x(x), to_y(y)) for x, y in line.points]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    parts = [f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="1.6"/>']
    for place, (x, y) in enumerate(at):
        is_marked = place == line.marked
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{6 if is_marked else 2.8}" fill="{colour}"/>')
        if line.labels and (is_marked or place in (0, len(at) - 1)):
            parts.append(_text(x + 8, y - 7 + 12 * number, line.labels[place], colour=colour))
    beside = TOP + 12 + 20 * number
    parts.append(_stroke(WIDTH - RIGHT + 14, beside, WIDTH - RIGHT + 38, beside, colour))
    parts.append(_text(WIDTH - RIGHT + 44, beside + 4, line.name))
    return parts


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, colour: str = "#222"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.4g}"
