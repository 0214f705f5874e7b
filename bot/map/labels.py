"""Where labels stand: beside their points, apart from each other, and off the lines where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.map.view import HEIGHT, WIDTH

Point = tuple[float, float]
# Pixels between a point's rim and its label; from the third on a thin line leads from one to the other.
_GAPS: Final = (4.0, 9.0, 18.0, 30.0, 46.0, 64.0)
LED: Final = 18.0
# Right first, as readers expect; then left, above, below, and the corners.
_SIDES: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_EDGE: Final = 6.0
# Pixels that a label must be nearer to its own point than to others, and what it costs if it is not.
_CLEARLY: Final = 5.0
_MISREAD: Final = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 1.0) -> bool:
        """Say whether the two come nearer to each other than `gap` pixels."""
        return (
            self.left - gap < other.right
            and other.left - gap < self.right
            and self.top - gap < other.bottom
            and other.top - gap < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Say whether `point` lies within, its edges included."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands; `led` says that a thin line should lead to it from its point."""

    box: Box
    led: bool


@dataclass(slots=True)
class LabelSpace:
    """What is taken on the map: boxes that no label may touch, and points of lines that it should not cover."""

    taken: list[Box] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    lines: list[Point] = field(default_factory=list)

    def block(self, x: float, y: float, radius: float) -> None:
        """Take the square around a point that a label may belong to."""
        self.points.append((x, y))
        self.taken.append(Box(x - radius, y - radius, x + radius, y + radius))

    def place(self, point: Point, radius: float, size: Point) -> Placed | None:
        """Take and return the best free box of `size` beside `point`; None where all of them touch something."""
        best: tuple[float, Placed] | None = None
        for cost, placed in _candidates(point, radius, size):
            if self._is_free(placed.box):
                cost += 1.1 * self._covered(placed.box) + _MISREAD * self._rivals(placed.box, point)
                if best is None or cost < best[0]:
                    best = (cost, placed)
        if best is None:
            return None
        self.taken.append(best[1].box)
        return best[1]

    def fits(self, box: Box, most_covered: int = 0) -> bool:
        """Take `box` if it is free and hides no more than so many points of lines; say whether it was taken."""
        if not self._is_free(box) or self._covered(box) > most_covered:
            return False
        self.taken.append(box)
        return True

    def _is_free(self, box: Box) -> bool:
        inside = box.left >= _EDGE and box.right <= WIDTH - _EDGE
        inside = inside and box.top >= _EDGE and box.bottom <= HEIGHT - _EDGE
        return inside and not any(box.meets(other) for other in self.taken)

    def _rivals(self, box: Box, point: Point) -> int:
        """How many other points are about as near to a box as its own, so that it may be read as theirs."""
        near = math.dist(nearest_on(box, point), point) + _CLEARLY
        others = (other for other in self.points if math.dist(other, point) > 1)
        return sum(math.dist(nearest_on(box, other), other) < near for other in others)

    def _covered(self, box: Box) -> int:
        return sum(map(box.holds, self.lines))


def _candidates(point: Point, radius: float, size: Point) -> Iterator[tuple[float, Placed]]:
    (x, y), (wide, high) = point, size
    for step, gap in enumerate(_GAPS):
        for order, (across, down) in enumerate(_SIDES):
            away = (radius + gap) * (0.75 if across and down else 1.0)
            left = x - wide / 2 if not across else x + away if across > 0 else x - away - wide
            top = y - high / 2 if not down else y + away if down > 0 else y - away - high
            yield step * 4.0 + order * 0.6, Placed(Box(left, top, left + wide, top + high), gap >= LED)


def nearest_on(box: Box, point: Point) -> Point:
    """Return the point of a box's rim that is nearest to a point outside it."""
    return min(max(point[0], box.left), box.right), min(max(point[1], box.top), box.bottom)


def by_rank(ranked: Iterable[tuple[float, int]]) -> Sequence[int]:
    """Return the indices of what is to be labelled, the highest rank first."""
    return [index for _, index in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))]
