"""Names of seas, lakes and rivers, and of large cities that a map is not about: only where there is room."""

from __future__ import annotations

from typing import Final

from bot.map import svg
from bot.map.fonts import width
from bot.map.labels import Box, LabelSpace
from bot.map.lettering import Lettering
from bot.map.view import Viewport

# Latin, Chinese, longitude, latitude of the middle of the name. Names of waters that the shapes show; where they
# stand was chosen by eye on the shapes.
WATERS: Final = (
    ("Yellow Sea", "黄海", 121.95, 33.75),
    ("East China Sea", "东海", 122.95, 29.1),
    ("Hangzhou Bay", "杭州湾", 121.35, 30.42),
    ("Lake Tai", "太湖", 120.15, 31.2),
    ("Lake Hongze", "洪泽湖", 118.65, 33.3),
    ("Lake Chao", "巢湖", 117.55, 31.55),
    ("Yangtze", "长江", 117.35, 30.72),
    ("Huai River", "淮河", 116.1, 32.55),
    ("Qiantang", "钱塘江", 119.75, 29.95),
)


def names_in_the_ground(view: Viewport, space: LabelSpace, letters: Lettering) -> str:
    """Return the names of waters that fit among what is on the map already."""
    named, size = [], letters.note
    for latin, in_chinese, longitude, latitude in WATERS:
        chinese = in_chinese if letters.is_full else ""
        x, y = view(longitude, latitude)
        first = width(latin, size)
        wide = first + 4 + width(chinese, size) if chinese else first
        if space.fits(Box(x - wide / 2, y - size / 2 - 1, x + wide / 2, y + size / 2 + 1)):
            left, base = x - wide / 2, y + size / 2 - 2
            named.append(svg.text(left, base, latin, size, colour=svg.WATER_INK))
            if chinese:
                named.append(svg.text(left + first + 4, base, chinese, size, colour=svg.WATER_INK))
    return "".join(named)
