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
class LimitUsage:
    """`used` of `most`; `limit` says what is counted."""

    limit: str
    used: float
    most: float

    @property
    def share(self) -> float:
        """Return how much of the limit is used; 1.0 is the limit itself."""
        return self.used / self.most if self.most else 0.0


def usage_of_call(method: str, payload: Json, recent: int) -> LimitUsage | None:
    """Return the nearest limit of a call; `recent` counts the calls of its method in the last minute, this one too."""
    found = list(_content(payload))
    entry = METHODS.get(method)
    if entry is not None and entry.tier:
        most = PER_MINUTE[entry.tier]
        found.append(LimitUsage(f"calls of {method} a minute (tier {entry.tier})", recent, most))
    return _nearest(found)


def usage_of_acknowledgement(seconds: float, reply: Any) -> LimitUsage | None:
    """Return the nearest limit of an acknowledgement: its time, or what it carries."""
    found = [LimitUsage("seconds to acknowledge", round(seconds, 3), limits.ACK_SECONDS)]
    if isinstance(reply, dict):
        found += _content(reply)
    return _nearest(found)


def _content(payload: Json) -> list[LimitUsage]:
    found = []
    text, blocks, view = payload.get("text"), payload.get("blocks"), payload.get("view")
    if isinstance(text, str):
        found.append(LimitUsage("characters of text that stay one message", len(text), limits.UPDATE_TEXT))
    if isinstance(blocks, list):
        found += [LimitUsage(*measured) for measured in measure_message(blocks)]
    if isinstance(view, dict):
        size = len(json.dumps(view, ensure_ascii=False).encode())
        found.append(LimitUsage("bytes of the view", size, limits.VIEW_BYTES))
        found += [LimitUsage(*measured) for measured in measure_view(view)]
    return found


def _nearest(found: list[LimitUsage]) -> LimitUsage | None:
    return max(found, key=lambda usage: usage.share, default=None)
