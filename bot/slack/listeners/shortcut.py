"""The message shortcut: looks up the places, pairings and mechanisms that a message names.

It is the way to ask inside threads, where Slack has no slash commands.
"""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from bot.render.button_value import LOOK_UP
from bot.render.slack_text import typed
from bot.slack.api.message import nothing, sentence
from bot.slack.api.payloads import ShortcutCall
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import command as curation_command
from bot.slack.sending.reply import deliver
from handlers.say import say

LOOK_UP_CALLBACK: Final = "look_up"
UNKNOWN: Final = say("I know no such shortcut. Type /yrd help to see what I can do.")
NO_WORDS: Final = say("That message has no words that I could look up.")


def used(slack: SlackContext, call: ShortcutCall) -> BoltResponse:
    """Take a message shortcut and answer the person alone, in the thread where the message stands in one.

    Return an empty acknowledgement.
    """
    slack.later(
        "shortcut",
        call,
        lambda: _look_up(slack, call),
        lambda message: deliver(slack.sender, call, message),
    )
    return nothing()


async def _look_up(slack: SlackContext, call: ShortcutCall) -> None:
    if call.callback_id == curation_command.SAVE_CALLBACK:
        await curation_command.saved(slack, call)
        return
    if call.callback_id != LOOK_UP_CALLBACK:
        await deliver(slack.sender, call, sentence(UNKNOWN))
        return
    asked, _ = slack.question(LOOK_UP, typed(call.said.all_words(), slack.identity().user))
    if asked is None or not asked.text:
        await deliver(slack.sender, call, sentence(NO_WORDS))
        return
    actor = Actor(call.team, call.user, call.channel, call.thread)
    answer = slack.answer(asked, slack.request_of(asked, actor))
    await deliver(slack.sender, call, slack.message(answer, asked, sharable=True))
