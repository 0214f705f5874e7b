"""Slash commands: questions are answered in the acknowledgement itself, for the person who typed alone.

Those need neither membership nor a scope, and recall no earlier question. A map has to be uploaded first, and what else a
command does may take longer than Slack waits: both are done after the acknowledgement.
"""

from __future__ import annotations

from slack_bolt import BoltResponse

from bot.render.blockkit import Block
from bot.render.clean import clean
from bot.render.slack_text import typed
from bot.render.truncate import clip
from bot.slack import maps
from bot.slack.api.message import in_ack, nothing, sentence
from bot.slack.api.payloads import SlashCall
from bot.slack.context import Actor, SlackContext
from bot.slack.listeners.acting import carry_out_later
from bot.slack.sending.reply import deliver
from handlers.answer import Answer
from handlers.say import say


def answer(slack: SlackContext, call: SlashCall) -> BoltResponse:
    """Return the answer to a slash command; to an unknown one a sentence, because Slack would show an error instead."""
    if not slack.knows(call.command):
        return in_ack(sentence(unknown(call.command)))
    said = typed(call.text).standing_in(call.channel_name, call.channel)
    asked, cut = slack.question(call.command, said)
    if asked is None:
        return in_ack(sentence(unknown(call.command)))
    request = slack.request_of(asked, Actor(call.team, call.user, call.channel), said)
    route = slack.route(request)
    if not route.is_question:
        carry_out_later(slack, call, request, route)
        return nothing()
    found = slack.answer(asked, request, route, cut=cut)
    slack.alerts.worked()
    if found.picture is None or slack.maps is None:
        return in_ack(slack.sender.sure(slack.message(found, asked, sharable=True)))

    async def speak(told: Answer, picture: Block | None) -> None:
        await deliver(slack.sender, call, slack.message(told, asked, sharable=True, picture=picture))

    slack.later(
        "map",
        call,
        lambda: maps.say_with_picture(slack, found, speak, call.user),
        lambda said: deliver(slack.sender, call, said),
    )
    return nothing()


def unknown(command: str) -> str:
    """Return what is said of a command that the bot has not."""
    name = clip(clean(command)[0], 40)
    if not name:
        return say("I know no command of that name. Type /yrd help to see what I can do.")
    return say("I know no command {name}. Type /yrd help to see what I can do.", name=name)
