"""Slack's newer blocks, and the older ones that say the same, for where Slack refuses them or shows none.

Which of them a workspace takes is learned from what it took: docs.slack.dev/reference/block-kit/blocks says of none when
it reaches whom.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.slack.api.message import Message

_NO_VALUE: Final = "–"
# Seconds for which blocks that were refused are left out.
RESTED: Final = 3600.0


def _of_table(block: Block) -> list[Block]:
    _, *rows = block["rows"]
    lines = [" · ".join(cell["text"] for cell in row if cell["text"] != _NO_VALUE) for row in rows]
    return [blockkit.bullets(lines)] if lines else []


def _of_carousel(block: Block) -> list[Block]:
    return [blockkit.actions([button for card in block["elements"] for button in card["actions"]])]


def _of_feedback(block: Block) -> list[Block]:
    return [
        blockkit.actions(
            [
                blockkit.button(said["text"]["text"], action, said["value"])
                for element in block["elements"]
                for action, said in (
                    ("helpful", element["positive_button"]),
                    ("unhelpful", element["negative_button"]),
                )
            ]
        )
    ]


_OLDER: Final[Mapping[str, Callable[[Block], list[Block]]]] = MappingProxyType(
    {"table": _of_table, "carousel": _of_carousel, "context_actions": _of_feedback}
)
"""By the type of the newer block."""
_NEWEST: Final = frozenset({"carousel", "context_actions"})


def older(blocks: Iterable[Block], kinds: Iterable[str] = tuple(_OLDER)) -> tuple[Block, ...]:
    """Return `blocks` with older ones in the place of those of the newer `kinds`; a view shows none of these."""
    return tuple(
        shown
        for block in blocks
        for shown in (_OLDER[block["type"]](block) if block["type"] in kinds else [block])
    )


@dataclass(slots=True)
class NewerBlocks:
    """What is known of the newer blocks in a workspace, by kind; for many threads. A refusal is forgotten after an hour."""

    _taken: set[str] = field(default_factory=set)
    _refused: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _now: Callable[[], float] = time.monotonic

    def fitting(self, message: Message) -> Message:
        """Return `message` as it is to be tried: with older blocks where the newer ones were refused of late."""
        with self._lock:
            refused = frozenset(kind for kind, until in self._refused.items() if until > self._now())
        return message.with_blocks(older(message.blocks, refused)) if refused else message

    def sure(self, message: Message) -> Message:
        """Return `message` with none of the newest blocks but those that were taken before: for where nobody says that one was
        refused, or for what.
        """
        with self._lock:
            untried = _NEWEST.difference(self._taken)
        fitted = self.fitting(message)
        return fitted.with_blocks(older(fitted.blocks, untried))

    def note(self, message: Message, *, taken: bool) -> None:
        """Remember whether Slack took the newer blocks of `message`."""
        kinds = {block["type"] for block in message.blocks if block["type"] in _OLDER}
        with self._lock:
            if taken:
                self._taken |= kinds
            else:
                self._taken -= kinds
                self._refused |= dict.fromkeys(kinds, self._now() + RESTED)


def has_newer(message: Message) -> bool:
    """Say whether Slack may refuse a message for its newer blocks."""
    return any(block["type"] in _OLDER for block in message.blocks)
