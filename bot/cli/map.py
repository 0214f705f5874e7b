"""Maps on the command line: written to a file, or told in words."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.ask import respond
from bot.map.drawing import draw
from bot.map.png import png
from bot.render.plain import plain
from bot.settings import Settings
from handlers.desk import Desk
from handlers.map import NAME
from handlers.picture import Picture
from handlers.request import QUESTION

DONE, NOTHING, WRONG = 0, 1, 2


def write(desk: Desk, settings: Settings, text: str, out: Path | None) -> int:
    """Draw the map of `text` to `out` (.svg or .png), or say in words what it shows; return the exit status."""
    answer = respond(desk, settings, QUESTION, f"{NAME} {text}".strip())
    if out is None or answer.picture is None:
        print(plain(answer), file=sys.stdout if answer.picture else sys.stderr)
        return DONE if answer.picture else NOTHING
    try:
        _save(answer.picture, out)
    except OSError as error:
        print(f"{out} cannot be written: {error.strerror}.", file=sys.stderr)
        return WRONG
    print(f"{out}: {answer.headline}")
    return DONE


def _save(picture: Picture, out: Path) -> None:
    drawing = draw(picture)
    if out.suffix.lower() == ".svg":
        out.write_text(drawing.svg, "utf-8")
    else:
        out.write_bytes(png(drawing))
