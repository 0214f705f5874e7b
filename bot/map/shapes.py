"""Coast, lakes and rivers around the delta, as scripts/map_shapes.py wrote them. Holds no boundaries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Degrees: longitude, latitude.
Polyline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Closed lines (land with islands, lakes) and open ones (rivers)."""

    land: tuple[Polyline, ...]
    lakes: tuple[Polyline, ...]
    rivers: tuple[Polyline, ...]


@cache
def shapes() -> Shapes:
    """Return the shapes that are shipped with the bot, read anew."""
    held = json.loads((files("bot.map") / "shapes.json").read_text("utf-8"))
    scale = held["scale"]

    def lines(name: str) -> tuple[Polyline, ...]:
        return tuple(
            tuple(zip((x / scale for x in flat[::2]), (y / scale for y in flat[1::2]), strict=True))
            for flat in held[name]
        )

    return Shapes(lines("land"), lines("lakes"), lines("rivers"))
