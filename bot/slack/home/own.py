"""What is the reader's own on Home: in a line each what it is and how it stands, and under them the buttons that lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render import blockkit
from bot.render.blockkit import Block, Element
from bot.render.button_value import carry
from handlers.target import Target


@dataclass(frozen=True, slots=True)
class Own:
    """Lines, each of runs of rich text, and the buttons that stand under them."""

    lines: tuple[Sequence[Element], ...] = ()
    buttons: tuple[Element, ...] = ()

    def __add__(self, other: Own) -> Own:
        return Own(self.lines + other.lines, self.buttons + other.buttons)

    def blocks(self) -> list[Block]:
        """Return both, nothing where there is neither."""
        lines = [blockkit.items(self.lines)] if self.lines else []
        return [*lines, *([blockkit.actions(self.buttons)] if self.buttons else [])]


def choice(label: str, at: int, word: str, verb: str, target: Target | None = None) -> Element:
    """Return a button that asks for what `word` and `verb` stand for; `at` tells it from others of the tab."""
    asked = carry(word, "", "", verb=verb, target=target)
    return blockkit.button(label, f"choice:{at}", asked.encode() if asked else "{}")


def titled(title: str, told: str) -> list[Element]:
    """Return a line that begins with what it is on."""
    return [blockkit.text_element(title, bold=True), blockkit.text_element(f" {told}")]
