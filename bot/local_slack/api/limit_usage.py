"""Which of Slack's limits a payload came nearest to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.local_slack.api.table import METHODS
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.blocks import measure_message, measure_view
from bot.local_slack.blockkit.json import Json

# https://docs.slack.dev/apis/web-api/rate-limits: calls a minute that each tier allows at least.
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(frozen=True, slots=True)
class Near:
    """`used` of `most`, and what is counted."""

    of: str
    used: float
    most: float

    @property
    def share(self) -> float:
        """1.0 is the limit itself."""
        return self.used / self.most if self.most else 0.0


def near_call(method: str, payload: Json, recent: int) -> Near | None:
    """The nearest limit of a call; `recent` counts the calls of its method in the last minute, this one too."""
    found = list(_content(payload))
    entry = METHODS.get(method)
    if entry is not None and entry.tier:
        most = PER_MINUTE[entry.tier]
        found.append(Near(f"calls of {method} a minute (tier {entry.tier})", recent, most))
    return _nearest(found)


def near_answer(seconds: float, reply: Any) -> Near | None:
    """The nearest limit of an acknowledgement: its time, or what it carries."""
    found = [Near("seconds to acknowledge", round(seconds, 3), limits.ACK_SECONDS)]
    if isinstance(reply, dict):
        found += _content(reply)
    return _nearest(found)


def _content(payload: Json) -> list[Near]:
    found = []
    text, blocks, view = payload.get("text"), payload.get("blocks"), payload.get("view")
    if isinstance(text, str):
        found.append(Near("characters of text that stay one message", len(text), limits.UPDATE_TEXT))
    if isinstance(blocks, list):
        found += [Near(*measured) for measured in measure_message(blocks)]
    if isinstance(view, dict):
        size = len(json.dumps(view, ensure_ascii=False).encode())
        found.append(Near("bytes of the view", size, limits.VIEW_BYTES))
        found += [Near(*measured) for measured in measure_view(view)]
    return found


def _nearest(found: list[Near]) -> Near | None:
    return max(found, key=lambda near: near.share, default=None)
