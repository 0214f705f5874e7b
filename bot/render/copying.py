"""Text to paste: shown letter by letter, line breaks included, so that nothing has to be put right after copying."""

from __future__ import annotations

from typing import Final

from bot.render import blockkit, limits, phrases
from bot.render.blockkit import Block
from bot.render.truncate import clip, one_line
from handlers.answer import Section

_TITLE: Final = 150


def blocks(section: Section) -> list[Block]:
    """Return the heading of `section` and each of its texts, in several blocks where one would be too long."""
    title = [blockkit.header(one_line(section.title))] if section.title else []
    return [*title, *(blockkit.preformatted(piece) for text in section.entries for piece in _pieces(text))]


def plain(section: Section) -> str:
    """Return the heading of `section` and its texts in one."""
    title = [phrases.headed(clip(one_line(section.title), _TITLE))] if section.title else []
    return "\n".join([*title, *section.entries])


def _pieces(text: str) -> list[str]:
    """Return `text` in pieces that fit a block, cut between lines, and within one only where it alone is too long."""
    pieces = [""]
    for line in text.split("\n"):
        if pieces[-1] and len(pieces[-1]) + len(line) + 1 > limits.RICH_TEXT:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]}\n{line}" if pieces[-1] else line
    return [
        piece[at : at + limits.RICH_TEXT] for piece in pieces for at in range(0, len(piece), limits.RICH_TEXT)
    ]
