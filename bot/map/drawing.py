"""A picture as SVG: the legend, below it ground, ties, places and labels, and below them the sources."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from bot.map import alt_text, arcs, legend
from bot.map import svg as map_svg
from bot.map.fonts import cut, width
from bot.map.ground_names import names_in_the_ground
from bot.map.labels import Box, LabelSpace, Placed, by_rank, nearest_on
from bot.map.lettering import FULL, Lettering, lettering
from bot.map.shapes import shapes
from bot.map.styles import DOUBTFUL, DOUBTFUL_SIGN, STYLES, Style
from bot.map.view import HEIGHT, WIDTH, Viewport, view_of
from handlers.answer import Picture, Spot, Tie
from handlers.lookups.maps.selection import is_area, is_on_map
from handlers.lookups.maps.told import ties_counted
from handlers.say import say
from knowledge.vocabulary import Arrangement, Level

Point = tuple[float, float]
_RING: Final = 19.0
_RIM: Final = 36
_LINE: Final = 2.4
# Half of the disc that a sign on a line has.
_SIGN: Final = 13.0
# From where letters stand to the lower edge of their box.
_BELOW: Final = 5.0


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A part of the picture: an SVG path, what it says, and the question that a click asks."""

    path: str
    words: str
    ask: str
    line: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG text of `width` x `height` pixels, and its hotspots in pixels of the map, which begins at `top`."""

    svg: str
    width: float
    height: float
    top: float
    title: str
    alt: str
    hotspots: tuple[Hotspot, ...]


@dataclass(slots=True)
class _Map:
    """The map while it is drawn: what is on it so far, and where there is no more room."""

    view: Viewport
    at: dict[str, Point]
    letters: Lettering = FULL
    space: LabelSpace = field(default_factory=LabelSpace)
    ties: list[str] = field(default_factory=list)
    spots: list[str] = field(default_factory=list)
    hotspots: list[Hotspot] = field(default_factory=list)


def draw(picture: Picture) -> Drawing:
    """Return the drawing of `picture`."""
    inside = [spot for spot in picture.spots if is_on_map(spot.place)]
    view, letters = view_of([_degrees(spot) for spot in inside]), lettering(picture)
    chart = _Map(view, {spot.place.slug: view(*_degrees(spot)) for spot in picture.spots}, letters)
    bends = arcs.Bends()
    for tie in picture.ties:
        _tie(chart, tie, bends)
    # Signs of provinces and regions lie under the cities they are drawn at.
    for spot in sorted(
        inside, key=lambda spot: not (is_area(spot.place) or spot.place.level is Level.PROVINCE)
    ):
        _mark(chart, spot)
    labels = _labels(chart, picture)
    ground = map_svg.ground(view, shapes().land, shapes().lakes, shapes().rivers)
    names = names_in_the_ground(view, chart.space, letters)
    key, taken = legend.legend(picture, letters.head)
    top = letters.head + taken
    foot, high = legend.notes(picture, top + HEIGHT)
    title, alt = alt_text.title(picture), alt_text.alt_text(picture)
    body = "".join(
        (
            f'<rect width="{WIDTH:g}" height="{top + HEIGHT + high:g}" fill="{map_svg.PAPER}"/>',
            _head(picture),
            key,
            f'<svg y="{top:g}" width="{WIDTH:g}" height="{HEIGHT:g}" overflow="hidden">',
            ground, names, *chart.ties, *labels.leads, *chart.spots, *labels.names, legend.scale(view, letters), "</svg>",
            foot,
        )
    )  # fmt: skip
    svg = map_svg.document(WIDTH, top + HEIGHT + high, title, alt, body)
    return Drawing(svg, WIDTH, top + HEIGHT + high, top, title, alt, tuple(chart.hotspots))


def _degrees(spot: Spot) -> Point:
    place = spot.place
    assert place.longitude is not None
    assert place.latitude is not None
    return place.longitude, place.latitude


def _head(picture: Picture) -> str:
    name = picture.title or say("The Yangtze River Delta")
    chinese = picture.chinese or ("" if picture.title else "长江三角洲")
    letters = lettering(picture)
    large = letters.title
    size = (
        large if width(name, large, bold=True) + width(chinese, large - 3) < WIDTH - 60 else letters.key + 3
    )
    # Several long names at once: the Chinese ones give way first.
    name = cut(name, size, WIDTH - 40, bold=True)
    after = 20 + width(name, size, bold=True) + 12
    chinese = cut(chinese, size - 3, WIDTH - 20 - after)
    return (
        map_svg.text(20, large + 5, name, size, bold=True)
        + map_svg.text(after, large + 5, chinese, size - 3)
        + map_svg.text(20, letters.head - 9, _drawn(picture), letters.key, colour=map_svg.QUIET)
    )


def _drawn(picture: Picture) -> str:
    if not picture.ties:
        return say("places named in the fact base")
    return say("{ties} of the fact base drawn", ties=ties_counted(picture))


def _tie(chart: _Map, tie: Tie, bends: arcs.Bends) -> None:
    inside = [place for place in tie.places if is_on_map(place)]
    strokes = [
        _Stroke(
            bends.arc(chart.at[inside[i].slug], chart.at[inside[j].slug]),
            inside[i] in tie.doubted or inside[j] in tie.doubted,
        )
        for i, j in arcs.joined([chart.at[place.slug] for place in inside])
    ]
    strokes += [
        _Stroke(
            arcs.beyond(chart.at[inside[0].slug], chart.at[place.slug]),
            inside[0] in tie.doubted or place in tie.doubted,
        )
        for place in tie.places
        if not is_on_map(place)
    ]
    style = STYLES[tie.pairing.arrangement]
    if style.ring:
        strokes += [_around(chart.at[place.slug], place in tie.doubted) for place in inside[:1]]
    # What is sure lies over what is not.
    ordered = sorted(strokes, key=lambda stroke: not stroke.doubted)
    body = "".join(_drawn_stroke(chart, stroke, style) for stroke in ordered)
    told = alt_text.of_tie(tie)
    chart.ties.append(map_svg.titled(told, "tie", body))
    path = "".join(stroke.arc.path for stroke in strokes)
    chart.hotspots.append(Hotspot(path, told, f"/yrd-pair {tie.pairing.name}", line=True))


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line of a tie; it is doubted where the place at one of its ends is."""

    arc: arcs.Arc
    doubted: bool


def _around(point: Point, doubted: bool) -> _Stroke:
    """A ring, with points along it for labels to keep off."""
    turns = [2 * math.pi * step / _RIM for step in range(_RIM)]
    rim = tuple((point[0] + _RING * math.cos(turn), point[1] + _RING * math.sin(turn)) for turn in turns)
    return _Stroke(arcs.Arc(_ring(point, _RING), rim, rim[0]), doubted)


def _drawn_stroke(chart: _Map, stroke: _Stroke, of_kind: Style) -> str:
    style, arc = DOUBTFUL if stroke.doubted else of_kind, stroke.arc
    chart.space.lines += arc.points
    line = _LINE * chart.letters.marks
    body = map_svg.stroke(arc.path, map_svg.LAND, line + 2.2)
    body += map_svg.stroke(arc.path, style.colour, line, style.dashes)
    if arc.arrow:
        body += _arrow(arc.end, arc.arrow, style.colour)
    if stroke.doubted:
        x, y = arc.points[len(arc.points) // 2]
        chart.space.taken.append(Box(x - _SIGN, y - _SIGN, x + _SIGN, y + _SIGN))
        body += map_svg.badge(x, y, DOUBTFUL_SIGN, style.colour)
    return body


def _ring(point: Point, radius: float) -> str:
    x, y = point
    return f"M{x - radius:.1f} {y:.1f}a{radius:g} {radius:g} 0 1 1 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 1 {-2 * radius:g} 0"


def _arrow(tip: Point, heading: Point, colour: str) -> str:
    (x, y), (dx, dy) = tip, heading
    left, right = (x - dx * 10 - dy * 5, y - dy * 10 + dx * 5), (x - dx * 10 + dy * 5, y - dy * 10 - dx * 5)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in ((x + dx * 4, y + dy * 4), left, right))
    return f'<polygon points="{points}" fill="{colour}"/>'


def _mark(chart: _Map, spot: Spot) -> None:
    x, y = chart.at[spot.place.slug]
    radius = _radius(spot) * chart.letters.marks
    if spot.place.level is Level.PROVINCE:
        shape = map_svg.square(x, y, radius + 2.5, map_svg.PAPER, map_svg.INK)
    elif is_area(spot.place):
        shape = map_svg.circle(x, y, radius + 3, map_svg.LAND, map_svg.INK, 1.3, "2.5 2.5")
    else:
        shape = map_svg.circle(x, y, radius, map_svg.INK if spot.asked else map_svg.PAPER, map_svg.INK, 1.6)
    told = alt_text.of_spot(spot)
    chart.spots.append(map_svg.titled(told, "spot", shape))
    chart.hotspots.append(
        Hotspot(_ring((x, y), radius + 4) + "z", told, f"/yrd-city {spot.place.name}", line=False)
    )
    chart.space.block(x, y, radius + 1)


def _radius(spot: Spot) -> float:
    """Larger where more facts are, by area."""
    if spot.facts:
        return float(min(3.0 + 1.3 * len(spot.facts) ** 0.5, 9.0))
    return 5.0 if spot.asked else 3.8


@dataclass(slots=True)
class _Labels:
    names: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    boxes: list[tuple[Box, Spot]] = field(default_factory=list)


def _labels(chart: _Map, picture: Picture) -> _Labels:
    """Name every place that is shown, those asked for first, then those with the most pairings."""
    many = {spot.place.slug: sum(spot.place in tie.places for tie in picture.ties) for spot in picture.spots}
    ranks = [
        (
            100.0 * spot.asked + 50.0 * (not is_on_map(spot.place)) + many[spot.place.slug] + len(spot.facts),
            index,
        )
        for index, spot in enumerate(picture.spots)
    ]
    rings = {
        chart.at[tie.places[0].slug]
        for tie in picture.ties
        if tie.pairing.arrangement is Arrangement.METROPOLITAN_AREA and is_on_map(tie.places[0])
    }
    drawn = _Labels()
    for index in by_rank(ranks):
        spot = picture.spots[index]
        point, radius = chart.at[spot.place.slug], _radius(spot) * chart.letters.marks
        if not is_on_map(spot.place):
            tip = _tip(chart, picture, spot)
            point, radius = tip, 10.0
        elif point in rings:
            radius = _RING
        elif spot.place.level is Level.PROVINCE or is_area(spot.place):
            radius += 4
        _label(chart, spot, point, radius, drawn)
    if chart.letters.is_full:
        _add_chinese(chart, drawn)
    return drawn


def _tip(chart: _Map, picture: Picture, spot: Spot) -> Point:
    tie = next(tie for tie in picture.ties if spot.place in tie.places)
    start = next(place for place in tie.places if is_on_map(place))
    return arcs.edge(chart.at[start.slug], chart.at[spot.place.slug])


def _label(chart: _Map, spot: Spot, point: Point, radius: float, drawn: _Labels) -> None:
    """Name a place where there is room: what is asked for with its Chinese name at once, the others once all have theirs."""
    letters = chart.letters
    size = letters.asked if spot.asked else letters.named
    latin, chinese = spot.place.name, spot.place.chinese if letters.is_full and spot.asked else ""
    gap = 4.0 if chinese else 0.0
    first = width(latin, size, bold=spot.asked)
    placed = chart.space.place(point, radius, (first + gap + width(chinese, size - 0.5), size + 2))
    if placed is None and chinese:
        chinese, placed = "", chart.space.place(point, radius, (first, size + 2))
    if placed is None:
        return
    if placed.led:
        drawn.leads.append(_lead(point, radius, placed))
    x, y = placed.box.left, placed.box.bottom - _BELOW
    drawn.names.append(map_svg.text(x, y, latin, size, bold=spot.asked, halo=True))
    if chinese:
        drawn.names.append(_in_chinese(x + first + gap, y, chinese, size))
    else:
        drawn.boxes.append((placed.box, spot))


def _add_chinese(chart: _Map, drawn: _Labels) -> None:
    """Write Chinese names behind or below the others, where nothing stands and no line is hidden."""
    size = chart.letters.named
    for box, spot in drawn.boxes:
        chinese = spot.place.chinese
        wide, high = width(chinese, size - 0.5), box.bottom - box.top
        beside = (
            Box(box.right + 5, box.top, box.right + 5 + wide, box.bottom),
            Box(box.left, box.bottom + 2, box.left + wide, box.bottom + 2 + high),
        )
        room = next((one for one in beside if chinese and chart.space.fits(one)), None)
        if room is not None:
            drawn.names.append(_in_chinese(room.left, room.bottom - _BELOW, chinese, size))


def _in_chinese(x: float, y: float, chinese: str, size: float) -> str:
    return map_svg.text(x, y, chinese, size - 0.5, colour="#3d4452", halo=True)


def _lead(point: Point, radius: float, placed: Placed) -> str:
    box: Box = placed.box
    end = nearest_on(box, point)
    return map_svg.stroke(f"M{point[0]:.1f} {point[1]:.1f}L{end[0]:.1f} {end[1]:.1f}", map_svg.QUIET, 0.8)
