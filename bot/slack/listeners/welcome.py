"""The greeting in the bot's direct messages: to whoever opens them while nothing stands there, and once."""

from __future__ import annotations

from typing import Final

from bot.render.button_value import ButtonValue
from bot.slack.api.payloads import EventCall
from bot.slack.context import SlackContext
from handlers.lookups.welcome import welcome

# In place of the time of a message: all openings of one's messages bring the same.
_OPENED: Final = "opened"


async def greet(slack: SlackContext, call: EventCall) -> None:
    """Greet the person of `call` where it is their first look at the bot's messages.

    What became of it is kept as of an event; when that is gone, the greeting itself stands in the conversation.
    """
    channel, now = call.event.channel, slack.now()
    if slack.events.receive(call.team, call.event_id, channel, _OPENED, now) not in ("new", "again"):
        return
    try:
        if await slack.membership_of(call) == "own" and not await slack.sender.has_messages(channel):
            await slack.sender.post(channel, slack.message(welcome(slack.services), ButtonValue()))
        slack.events.answered(call.team, call.event_id, channel, _OPENED, now)
    finally:
        slack.events.release(call.team, call.event_id)
