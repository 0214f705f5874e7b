"""`yrd map`: maps on the command line, written to a file or told in words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.ask import respond
from bot.cli.command import DONE, PROBLEMS, WRONG, Command, complain, usable, with_services, with_settings
from bot.map.drawing import draw
from bot.map.png import png
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from bot.settings import Settings
from handlers.answer import Picture
from handlers.request import MAP
from handlers.services import Services


@click.command("map", cls=Command)
@click.argument("text", nargs=-1, help="what the map is of; nothing is the whole delta")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="write the picture: FILE.svg or FILE.png; else it is told in words",
)
@with_settings
def command(settings: Settings, text: tuple[str, ...], out: Path | None) -> int:
    """Draw or tell."""
    if out is not None and out.suffix.lower() not in (".svg", ".png"):
        return complain(f"{out} must end in .svg or .png.", WRONG)
    return with_services(settings, lambda services: write(services, settings, " ".join(text), out))


def write(services: Services, settings: Settings, text: str, out: Path | None) -> int:
    """Draw the map of `text` to `out` (.svg or .png), or say in words what it shows; return the exit status."""
    answer = respond(services, settings, MAP, text, verb="")
    if out is None or answer.picture is None:
        said = plain(answer, fact_renderer(services.base))
        print(said, file=sys.stdout if answer.picture else sys.stderr)
        return DONE if answer.picture else PROBLEMS
    with usable(out):
        _save(answer.picture, out)
    print(f"{out}: {answer.headline}")
    return DONE


def _save(picture: Picture, out: Path) -> None:
    drawing = draw(picture)
    if out.suffix.lower() == ".svg":
        out.write_text(drawing.svg, "utf-8")
    else:
        out.write_bytes(png(drawing))
