"""SVG elements as text, escaped in this one place."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from bot.map.fonts import FALLBACKS, FAMILY
from bot.map.shapes import Polyline
from bot.map.view import HEIGHT, WIDTH, Viewport

INK: Final = "#1f2430"
QUIET: Final = "#5b6270"
WATER_INK: Final = "#4b7a94"
SEA: Final = "#e3eef4"
LAND: Final = "#fbf9f4"
COAST: Final = "#9db7c5"
RIVER: Final = "#c3dae6"
PAPER: Final = "#ffffff"
# Pixels beyond the window within which points are still drawn, so that lines run over the edge.
_BEYOND: Final = 60.0


def text(
    x: float, y: float, words: str, size: float, *, colour: str = INK, bold: bool = False, halo: bool = False,
    anchor: str = "start",
) -> str:  # fmt: skip
    """Return a line of text with its baseline at y; `halo` keeps it legible over lines."""
    weight = ' font-weight="700"' if bold else ""
    around = f' stroke="{LAND}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    at = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"'
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text {at} fill="{colour}"{weight}{place}{around}>{escape(words)}</text>'


def stroke(path: str, colour: str, width: float, dashes: str = "") -> str:
    """Return a line along `path`."""
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width:g}"{pattern}/>'


def circle(
    x: float, y: float, radius: float, fill: str, line: str = "none", width: float = 1.2, dashes: str = ""
) -> str:
    """Return a circle; `line` is the colour of its rim."""
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{line}" stroke-width="{width:g}"{pattern}/>'


def badge(x: float, y: float, sign: str, colour: str) -> str:
    """Return a sign in a disc, which stands on a line."""
    return circle(x, y, 12.5, PAPER, colour, 1.6) + text(
        x, y + 7.6, sign, 22.0, colour=colour, bold=True, anchor="middle"
    )


def square(x: float, y: float, half: float, fill: str, line: str) -> str:
    """Return a square around a point; `half` is half its side."""
    return (
        f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:g}" height="{2 * half:g}" rx="1.5"'
        f' fill="{fill}" stroke="{line}" stroke-width="1.3"/>'
    )


def titled(title: str, name: str, body: str) -> str:
    """Return a group of the class `name` that says `title` on hover."""
    return f'<g class="{name}"><title>{escape(title)}</title>{body}</g>'


def ground(
    view: Viewport, land: Iterable[Polyline], lakes: Iterable[Polyline], rivers: Iterable[Polyline]
) -> str:
    """Return sea, land, rivers and lakes in the window."""
    closed = " ".join(path for line in land if (path := _path(view, line, closed=True)))
    water = " ".join(path for line in lakes if (path := _path(view, line, closed=True)))
    flow = " ".join(path for line in rivers if (path := _path(view, line)))
    return (
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{SEA}"/>'
        f'<path d="{closed}" fill="{LAND}" stroke="{COAST}" stroke-width="0.9" stroke-linejoin="round"/>'
        f'<path d="{flow}" fill="none" stroke="{RIVER}" stroke-width="1.1" stroke-linejoin="round" stroke-linecap="round"/>'
        f'<path d="{water}" fill="{SEA}" stroke="{COAST}" stroke-width="0.7"/>'
    )


def _path(view: Viewport, line: Polyline, *, closed: bool = False) -> str:
    """The path of a line, without points that are less than half a pixel from the one before."""
    points = [view(*point) for point in line]
    if not any(view.holds(x, y, -_BEYOND) for x, y in points) and not closed:
        return ""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        x, y = max(-_BEYOND, min(x, WIDTH + _BEYOND)), max(-_BEYOND, min(y, HEIGHT + _BEYOND))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 0.6:
            kept.append((x, y))
    if len(kept) < (3 if closed else 2):
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else "")


def document(width: float, height: float, title: str, words: str, body: str) -> str:
    """Return the whole file: readable without a style sheet, with a title and description for screen readers."""
    family = escape(f"{FAMILY}, {FALLBACKS}", quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        f' role="img" aria-labelledby="t d" font-family="{family}" fill="none" stroke-linecap="round">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>{body}</svg>\n'
    )
