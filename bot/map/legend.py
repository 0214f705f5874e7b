"""What stands beside the map: above it the legend of the kinds that are drawn, below it notes and sources; and the scale on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.map import svg
from bot.map.alt_text import of_the_team
from bot.map.fonts import width, wrapped
from bot.map.lettering import Lettering, lettering
from bot.map.styles import (
    CHINESE,
    DOUBTFUL,
    DOUBTFUL_CHINESE,
    DOUBTFUL_NAME,
    DOUBTFUL_SHORT,
    DOUBTFUL_SIGN,
    NAMES,
    STYLES,
    Style,
)
from bot.map.view import HEIGHT, WIDTH, Viewport
from handlers.answer import Picture
from handlers.lookups.maps.selection import is_area, is_on_map
from handlers.say import say, say_many
from knowledge.vocabulary import Level

_GAP: Final = 18.0
# Above and below what stands in a row.
_APART: Final = 9.0
_LEFT: Final = 20.0
_SCALES: Final = (200, 100, 50, 20, 10)
_LONGEST: Final = 130.0


def legend(picture: Picture, top: float) -> tuple[str, float]:
    """Return the legend from pixel `top` on, and how high it is: whoever sees no more than the upper part of a map is to know
    what its lines are.
    """
    rows, letters = _rows(_entries(picture)), lettering(picture)
    row, drawn = letters.key + _APART, []
    for number, entries in enumerate(rows):
        x = _LEFT
        for entry in entries:
            drawn.append(entry.drawn(x, top + letters.key + 2 + row * number))
            x += entry.width + _GAP
    return "".join(drawn), row * len(rows) + (2 if rows else 0)


def _rows(entries: list[_Entry]) -> list[list[_Entry]]:
    """Return the entries in rows, as many in each as find room."""
    rows: list[list[_Entry]] = []
    for entry in entries:
        taken = sum(one.width + _GAP for one in rows[-1]) if rows else WIDTH
        if taken + entry.width > WIDTH - 2 * _LEFT:
            rows.append([])
        rows[-1].append(entry)
    return rows


def notes(picture: Picture, top: float) -> tuple[str, float]:
    """Return notes and sources from pixel `top` on, and how high they are."""
    size = lettering(picture).note
    drawn, y = [], top + size + 7.5
    for line in _lines(picture):
        drawn.append(svg.text(_LEFT, y, line, size, colour=svg.QUIET))
        y += size + 4.5
    return "".join(drawn), y - top


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign and what it stands for."""

    style: Style
    name: str
    chinese: str
    size: float
    sign: str = ""

    @property
    def width(self) -> float:
        return 48 + width(self.name, self.size) + width(self.chinese, self.size - 0.5)

    def drawn(self, x: float, y: float) -> str:
        style, middle = self.style, y - self.size / 3
        if style.ring:
            sign = svg.circle(x + 16, middle, 8, "none", style.colour, 2.0, style.dashes)
        else:
            sign = svg.stroke(f"M{x:.1f} {middle:.1f}h34", style.colour, 2.6, style.dashes)
        return (
            sign
            + (svg.badge(x + 17, middle, self.sign, style.colour) if self.sign else "")
            + svg.text(x + 44, y, self.name, self.size)
            + (
                svg.text(
                    x + 48 + width(self.name, self.size), y, self.chinese, self.size - 0.5, colour=svg.QUIET
                )
                if self.chinese
                else ""
            )
        )


def _entries(picture: Picture) -> list[_Entry]:
    sure = {tie.pairing.arrangement for tie in picture.ties if len(tie.places) - len(tie.doubted) > 1}
    sure |= {tie.pairing.arrangement for tie in picture.ties if not tie.doubted}
    letters = lettering(picture)
    entries = [
        _Entry(style, NAMES[kind], CHINESE[kind] if letters.is_full else "", letters.key)
        for kind, style in STYLES.items()
        if kind in sure
    ]
    if any(tie.doubted for tie in picture.ties):
        entries.append(
            _Entry(DOUBTFUL, DOUBTFUL_NAME, DOUBTFUL_CHINESE, letters.key, DOUBTFUL_SIGN)
            if letters.is_full
            else _Entry(DOUBTFUL, DOUBTFUL_SHORT, "", letters.key, DOUBTFUL_SIGN)
        )
    return entries


def _lines(picture: Picture) -> list[str]:
    room, letters = WIDTH - 2 * _LEFT, lettering(picture)
    if not letters.is_full:
        return wrapped(
            say("Land and water: GSHHG 2.3.6 (LGPL). No boundaries are drawn."), letters.note, room, 2
        )
    notes = []
    if any(len(tie.places) > 2 for tie in picture.ties):
        notes.append(say("Lines of a tie of three or more places join neighbours."))
    if (own := of_the_team(picture)) is not None:
        notes.append(own)
    levels = {spot.place.level for spot in picture.spots if is_on_map(spot.place)}
    if Level.PROVINCE in levels:
        notes.append(say("Square: a province, drawn at its seat."))
    if any(is_area(spot.place) for spot in picture.spots if is_on_map(spot.place)):
        notes.append(say("Dashed circle: a region."))
    if any(spot.facts for spot in picture.spots):
        notes.append(say("The larger a point, the more facts on this."))
    if picture.doubtful:
        notes.append(
            say_many(
                "{count} pairing is left out, of which a place is probably not meant.",
                "{count} pairings are left out, of each of which a place is probably not meant.",
                len(picture.doubtful),
            )
        )
    lines = wrapped(" ".join(notes), letters.note, room, 4) if notes else []
    return [*lines, *wrapped(_sources(picture), letters.note, room, 4)]


def _sources(picture: Picture) -> str:
    if not picture.documents:
        return say(
            "Coast, lakes, rivers: GSHHG 2.3.6 (LGPL). No boundaries are drawn.",
        )
    return say_many(
        "Source: {sources}. Coast, lakes, rivers: GSHHG 2.3.6 (LGPL). No boundaries are drawn.",
        "Sources: {sources}. Coast, lakes, rivers: GSHHG 2.3.6 (LGPL). No boundaries are drawn.",
        len(picture.documents),
        sources="; ".join(document.label for document in picture.documents),
    )


def scale(view: Viewport, letters: Lettering) -> str:
    """Return a bar of a round number of kilometres, in the lower left of the map."""
    long = next((km for km in _SCALES if km * WIDTH / view.kilometres(WIDTH) <= _LONGEST), _SCALES[-1])
    pixels = long * WIDTH / view.kilometres(WIDTH)
    x, y = 20.0, HEIGHT - 18
    return svg.stroke(f"M{x:g} {y - 4:.1f}v4h{pixels:.1f}v-4", svg.INK, 1.3) + svg.text(
        x + pixels / 2,
        y - 6,
        say("{kilometres} km", kilometres=long),
        letters.note,
        anchor="middle",
        halo=True,
    )
