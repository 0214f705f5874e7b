"""The lines of pairings: arcs between neighbours, arrows to what lies beyond the edge."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.map.view import HEIGHT, WIDTH

Point = tuple[float, float]
_BEND: Final = 0.16
_STEPS: Final = 40
# Pixels that an arrow stops before the edge, so that its label has room.
_EDGE: Final = 34.0


@dataclass(frozen=True, slots=True)
class Arc:
    """One stroke: `path` for SVG, `points` along it, its `end`, and `arrow`, the direction at its end if it leaves the map."""

    path: str
    points: tuple[Point, ...]
    end: Point
    arrow: Point | None = None


class Bends:
    """Gives each arc between the same two points a bend of its own, so that none hides another."""

    def __init__(self) -> None:
        self._drawn: Counter[tuple[Point, Point]] = Counter()

    def arc(self, one: Point, other: Point) -> Arc:
        """Return the next arc between two points, bent to the north first."""
        start, end = sorted((one, other))
        number = self._drawn[start, end]
        self._drawn[start, end] += 1
        bend = _BEND * (number // 2 + 1) * (1 if number % 2 == 0 else -1)
        dx, dy = end[0] - start[0], end[1] - start[1]
        middle = ((start[0] + end[0]) / 2 + dy * bend, (start[1] + end[1]) / 2 - dx * bend)
        path = f"M{_xy(start)}Q{_xy(middle)} {_xy(end)}"
        return Arc(path, tuple(_on(start, middle, end, step / _STEPS) for step in range(1, _STEPS)), end)


def beyond(one: Point, other: Point) -> Arc:
    """Return an arrow from a point on the map towards one beyond its edge."""
    end = edge(one, other)
    # Of a point at the very edge the line has no length, but a direction.
    length = math.hypot(other[0] - one[0], other[1] - one[1]) or 1.0
    heading = ((other[0] - one[0]) / length, (other[1] - one[1]) / length)
    points = tuple(
        (one[0] + (end[0] - one[0]) * step / _STEPS, one[1] + (end[1] - one[1]) * step / _STEPS)
        for step in range(1, _STEPS)
    )
    return Arc(f"M{_xy(one)}L{_xy(end)}", points, end, heading)


def edge(one: Point, other: Point) -> Point:
    """Return where the line from `one` on the map to `other` beyond it comes to the edge."""
    shares = []
    for start, end, most in ((one[0], other[0], WIDTH), (one[1], other[1], HEIGHT)):
        if end < _EDGE:
            shares.append((start - _EDGE) / (start - end))
        elif end > most - _EDGE:
            shares.append((most - _EDGE - start) / (end - start))
    share = max(0.0, min((*shares, 1.0)))
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def joined(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Return which points to join so that all hang together with the least line (Prim 1957)."""
    inside, joins = {0}, []
    while len(inside) < len(points):
        pair = min(
            ((i, j) for i in inside for j in range(len(points)) if j not in inside),
            key=lambda pair: math.dist(points[pair[0]], points[pair[1]]),
        )
        joins.append(pair)
        inside.add(pair[1])
    return joins


def _on(start: Point, middle: Point, end: Point, at: float) -> Point:
    a, b, c = (1 - at) ** 2, 2 * at * (1 - at), at**2
    return a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
