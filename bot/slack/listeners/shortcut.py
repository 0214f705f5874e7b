"""The message shortcut: looks up the places, pairings and mechanisms that a message names.

It is the way to ask inside threads, where Slack has no slash commands.
"""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from bot.render.button_value import LOOK_UP
from bot.render.clean import typed
from bot.slack.api.message import nothing, sentence
from bot.slack.api.payloads import ShortcutCall
from bot.slack.context import Asker, Front
from bot.slack.curation import command as curation_command
from bot.slack.sending.reply import deliver

CALLBACK: Final = "look_up"
UNKNOWN: Final = "I know no such shortcut. Type /yrd help to see what I can do."
NO_WORDS: Final = "That message has no words that I could look up."


def used(front: Front, call: ShortcutCall) -> BoltResponse:
    """Take a message shortcut and answer the person alone, in the thread where the message stands in one."""
    front.later(
        "shortcut",
        call,
        lambda: _look_up(front, call),
        lambda message: deliver(front.outbox, call, message),
    )
    return nothing()


def _look_up(front: Front, call: ShortcutCall) -> None:
    if call.callback_id == curation_command.SAVE and front.desk.contributions is not None:
        curation_command.saved(front, call)
        return
    if call.callback_id != CALLBACK:
        deliver(front.outbox, call, sentence(UNKNOWN))
        return
    asked, _ = front.question(LOOK_UP, typed(call.said.text, front.who().user))
    if asked is None or not asked.text:
        deliver(front.outbox, call, sentence(NO_WORDS))
        return
    answer = front.answer(asked, Asker(call.team, call.user, call.channel, call.thread))
    deliver(front.outbox, call, front.message(answer, asked, sharable=True))
