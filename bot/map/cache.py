"""Pictures that were drawn, kept by version of the fact base: derived, safe to delete at any time."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from bot.map import alt_text
from bot.map.drawing import draw
from bot.map.png import png
from handlers.answer import Picture

_log = logging.getLogger(__name__)
# Raised whenever the drawing changes, so that no old picture is shown.
STYLE: Final = 7


@dataclass(frozen=True, slots=True)
class Map:
    """A picture ready to be sent: a file name, a title and what it shows in words. `key` tells it from others; its bytes are
    drawn, or read, when they are asked for.
    """

    key: str
    draw: Callable[[], bytes]
    name: str
    title: str
    alt: str

    @property
    def png(self) -> bytes:
        """Return the bytes of the picture."""
        return self.draw()


class MapCache:
    """Draws each map once for each version of the fact base; any thread may ask. `folder` need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawing = Lock()

    def __call__(self, picture: Picture) -> Map:
        """Return the map of `picture`, whose bytes are from the folder where it was drawn before."""
        key = _key(picture)
        path = self._folder / f"{picture.version[:16]}-{STYLE}" / f"{key}.png"
        return Map(
            f"{picture.version[:16]}-{STYLE}-{key}",
            lambda: self._drawn(path, picture),
            _name(picture),
            alt_text.title(picture),
            alt_text.alt_text(picture),
        )

    def _drawn(self, path: Path, picture: Picture) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            # Whoever asks for the same meanwhile waits for it, and draws nothing.
            with self._drawing:
                if path.is_file():
                    return path.read_bytes()
                held = png(draw(picture))
                self._keep(path, held)
                return held

    def _keep(self, path: Path, held: bytes) -> None:
        """Write aside and swap in; a disk that is full costs only the time of drawing again."""
        try:
            if not path.parent.exists():
                self._forget_others(path.parent)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(held)
            os.replace(aside, path)
        except OSError as error:
            _log.warning("a map was not kept", extra={"error": str(error)})

    def _forget_others(self, current: Path) -> None:
        for folder in self._folder.glob("*"):
            if folder != current and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)


def _key(picture: Picture) -> str:
    """What tells one picture from another: also what is on it, since a team's own facts share the base's version."""
    ties = [
        (alt_text.of_tie(tie), tie.fact.id, [place.slug for place in tie.places])
        for tie in (*picture.ties, *picture.doubtful)
    ]
    spots = [(spot.place.slug, spot.asked, [fact.id for fact in spot.facts]) for spot in picture.spots]
    return hashlib.sha256(repr((picture.key, ties, spots, picture.is_small)).encode()).hexdigest()[:20]


def _name(picture: Picture) -> str:
    """ "map-huainan.png": letters, digits and hyphens alone."""
    return f"map-{picture.key.replace('+', '-')[:60]}.png"
