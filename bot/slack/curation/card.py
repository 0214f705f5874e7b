"""The card of a proposal as whoever pressed in it writes on it: by a response URL, while the notifier changes it too."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.slack.api.message import Message
from bot.slack.context import SlackContext
from handlers.curation import describe

_R = TypeVar("_R")
Write = Callable[[Message], Coroutine[Any, Any, _R]]


async def put(
    slack: SlackContext, team: str, number: int, message: Message, write: Write[_R], reader: str = ""
) -> _R:
    """Return what comes of writing `message` on a card; where its proposal was dealt with while that was on its way, the
    card as it stands by then is written over it. `reader` is as in `describe.card`.

    The two ways to write keep no order, so what the notifier wrote meanwhile may be hidden.
    """
    before = _version(slack, team, number)
    written = await write(message)
    if _version(slack, team, number) != before:
        kept = slack.services.team_bases.curation(team).contributions[number]
        shown = describe.card(slack.services.with_base_of(team), kept, reader=reader)
        written = await write(slack.message(shown, None))
    return written


def _version(slack: SlackContext, team: str, number: int) -> int:
    """Return the version of a proposal, 0 where there is none."""
    kept = slack.services.team_bases.curation(team).contributions.get(number)
    return kept.version if kept else 0
