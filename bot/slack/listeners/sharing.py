"""*Share to channel*: an answer that one person sees is posted for everybody, once."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Final, Literal

from slack_sdk.errors import SlackApiError

from bot.render.button_value import ButtonValue
from bot.slack import maps
from bot.slack.api.errors import error_code, error_reason, is_barred
from bot.slack.api.exchange import was_not_sent
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click
from bot.slack.context import SlackContext
from bot.slack.sending.pictures import PictureRefusedError
from bot.slack.sending.reply import deliver, responded, tell
from bot.slack.sending.response_urls import NotDeliveredError
from handlers.answer import Answer
from handlers.say import say

_log = logging.getLogger(__name__)

CANNOT_SHARE: Final = say(
    "I could not share this: I am not in that channel, and Slack lets this answer be shared for half an hour"
    " only. Ask again and share that answer, or invite me with /invite."
)
SHARED_ALREADY: Final = say("That answer is being shared, or is shared already.")
UNCLEAR_SHARE: Final = say(
    "Slack did not say whether this was shared. Look in the channel first; if it is not there, share it again."
)


async def share(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Post the answer for everyone and take the private copy away; once, however often it is clicked."""
    once = f"share:{click.container.message_ts}:{answer.page}"
    if slack.events.receive(click.team, once, click.channel, once, slack.now()) not in ("new", "again"):
        await tell(slack.sender, click, sentence(SHARED_ALREADY))
        return
    try:
        await _share_now(slack, click, asked, answer, once)
    finally:
        slack.events.release(click.team, once)


async def _share_now(
    slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer, once: str
) -> None:
    by_whom = asked.model_copy(update={"shared": click.user, "voted": ""})
    picture = await maps.block_if_taken(slack, answer.picture)
    try:
        sent = await _shared(slack, click, slack.message(answer, by_whom, picture=picture))
    except PictureRefusedError:
        maps.forget(slack, answer.picture)
        sent = await _shared(slack, click, slack.message(answer, by_whom))
    if sent == "unknown":
        # Not sent another way: it would be there twice. A click later on is the person's own decision.
        await _say_unclear(slack, click)
        return
    if sent == "no":
        await deliver(slack.sender, click, sentence(CANNOT_SHARE))
        return
    slack.events.answered(click.team, once, click.channel, once, slack.now())
    slack.note_shown(click.team, click.channel, click.thread, answer)


async def _shared(slack: SlackContext, click: Click, message: Message) -> Literal["yes", "no", "unknown"]:
    try:
        sent = await responded(slack.sender, click, message, public=True, thread=click.thread)
        if sent == "no":
            return "yes" if await _posted(slack, click, message) else "no"
    except OSError as error:
        if was_not_sent(error):
            raise
        _log.warning("Slack did not say whether an answer was shared", extra={"error": error_reason(error)})
        return "unknown"
    if sent == "yes":
        # The share is out; that the private copy stays where Slack no longer takes the URL harms nobody.
        with suppress(NotDeliveredError, OSError):
            await slack.sender.withdraw(click.response_url)
    return sent


async def _say_unclear(slack: SlackContext, click: Click) -> None:
    """Tell the person by another way than the one that just failed; an apology would ask them to share again."""
    try:
        await slack.sender.tell(click.channel, click.user, sentence(UNCLEAR_SHARE))
    except (SlackApiError, OSError) as error:
        _log.warning(
            "nobody was told of an unclear share", extra={"error": error_code(error) or error_reason(error)}
        )


async def _posted(slack: SlackContext, click: Click, message: Message) -> bool:
    try:
        await slack.sender.post(click.channel, message, click.thread)
    except SlackApiError as error:
        if not is_barred(error):
            raise
        return False
    return True
