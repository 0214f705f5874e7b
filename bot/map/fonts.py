"""The fonts of the map and how wide words are in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Final

FAMILY: Final = "YRD Map Sans"
# What a browser takes for an SVG file, which brings no font along.
FALLBACKS: Final = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans, sans-serif"
_EM: Final = 1000
_FILES: Final = ("YRDMapSans-Regular.otf", "YRDMapSans-Bold.otf")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is set in `size` pixels; what is not Latin is as wide as high."""
    known = _widths()["Bold" if bold else "Regular"]
    return sum(known.get(char, _EM) for char in text) * size / _EM


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return `text` as far as it fits into `room` pixels, with an ellipsis where it does not; "" where nothing does."""
    if width(text, size, bold=bold) <= room:
        return text
    fitting = (text[:end].rstrip() for end in range(len(text) - 1, 0, -1))
    return next((f"{t}…" for t in fitting if width(f"{t}…", size, bold=bold) <= room), "")


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """Return `text` in at most `most` lines of `room` pixels, cut at spaces; what is left ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] += " …"
            break
        else:
            lines.append(word)
    return lines


def font_files() -> list[str]:
    """Return the paths of the fonts; the bot is installed as files, never zipped."""
    paths = []
    for name in _FILES:
        with as_file(files("bot.map") / "fonts" / name) as path:
            paths.append(str(path))
    return paths


@cache
def _widths() -> Mapping[str, Mapping[str, int]]:
    held: Mapping[str, Mapping[str, int]] = json.loads(
        (files("bot.map") / "fonts" / "widths.json").read_text("utf-8")
    )
    return held
