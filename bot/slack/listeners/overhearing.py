"""Replies in threads that do not mention the bot: which of them it may be meant by, where a channel has it so."""

from __future__ import annotations

from dataclasses import replace

from bot.render.slack_text import typed
from bot.slack.api.payloads import EventCall
from bot.slack.context import Actor, SlackContext
from handlers.request import QUESTION
from handlers.route import redraws
from handlers.threads.overheard import may_be_asked
from handlers.without_state import NoQuestions


def is_for_us(slack: SlackContext, call: EventCall) -> bool:
    """Say whether a message is a reply, in a thread where the bot has answered, that may ask it something.

    One that mentions the bot comes as a mention too, and one that begins with somebody else is for them.
    """
    event, words = call.event, call.event.words()
    me = slack.identity().user
    is_reply = bool(event.thread_ts) and event.thread_ts != event.ts and not event.channel.startswith("D")
    if not is_reply or f"<@{me}" in words or words.lstrip().startswith("<@"):
        return False
    if slack.services.threads.mode(call.team, event.channel) != "questions":
        return False
    before = slack.conversations.recall(call.team, event.channel, event.thread_ts, slack.now())
    if before is None:
        return False
    said = typed(words, me)
    request = slack.request(QUESTION, said.text, Actor(call.team, call.user), said)
    return may_be_asked(slack.services, request) or redraws(
        slack.services, replace(request, earlier=before.earlier)
    )


def unnoticed(slack: SlackContext) -> SlackContext:
    """Return the same parts with nobody to keep a question for: what the bot was not asked is no gap of the base."""
    return replace(slack, services=replace(slack.services, questions=NoQuestions()))
