"""From degrees to pixels: an equirectangular view with its standard parallel in the middle of the delta."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Slack shows pictures in messages about this wide; everything is measured in such pixels.
WIDTH: Final = 720.0
HEIGHT: Final = 640.0
# The whole delta: Xuzhou, Lianyungang, Wenzhou and the sea before them, at pixels a degree of latitude.
_MIDDLE: Final = (119.05, 31.35)
_WHOLE: Final = 88.0
# Nearer than this the coast, simplified to 0.002 degrees, would look cut.
_NEAREST: Final = 210.0
_SQUEEZE: Final = math.cos(math.radians(31.0))
# The shapes end here (west, south, east, north); the view never shows beyond.
_SHAPES: Final = (113.1, 25.9, 125.4, 36.5)
_MARGIN: Final = 95.0
KILOMETRES_A_DEGREE: Final = 111.2


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window of WIDTH x HEIGHT pixels; `scale` is pixels a degree of latitude."""

    longitude: float
    latitude: float
    scale: float

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the pixel of a point; it may lie outside the window."""
        return (
            WIDTH / 2 + (longitude - self.longitude) * _SQUEEZE * self.scale,
            HEIGHT / 2 - (latitude - self.latitude) * self.scale,
        )

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a pixel is in the window and `margin` away from its edges."""
        return margin <= x <= WIDTH - margin and margin <= y <= HEIGHT - margin

    def kilometres(self, length: float) -> float:
        """Return how long `length` pixels are in the middle of the window."""
        return length / self.scale * KILOMETRES_A_DEGREE


def view_of(points: Sequence[tuple[float, float]]) -> Viewport:
    """Return the nearest view that holds the points (longitude, latitude): the whole delta for none or one."""
    if len(points) < 2:
        return Viewport(*_MIDDLE, _WHOLE)
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = (WIDTH - 2 * _MARGIN) / max((east - west) * _SQUEEZE, 0.01)
    up = (HEIGHT - 2 * _MARGIN) / max(north - south, 0.01)
    scale = min(across, up, _NEAREST)
    if scale <= _WHOLE * 1.15:
        return Viewport(*_MIDDLE, _WHOLE)
    half_x, half_y = WIDTH / 2 / scale / _SQUEEZE, HEIGHT / 2 / scale
    return Viewport(
        _within((west + east) / 2, _SHAPES[0] + half_x, _SHAPES[2] - half_x),
        _within((south + north) / 2, _SHAPES[1] + half_y, _SHAPES[3] - half_y),
        scale,
    )


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))
