"""What is remembered of a thread, of a person writing directly or of Home, and how readers are told to go on there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.ports import Conversation
from bot.render.button_value import ButtonValue, carry
from bot.slack.context import SlackContext
from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.request import DIGEST
from handlers.routing.routed import Route
from handlers.say import say

AGAIN: Final = say("Mention me again in this thread: I remember the city and the question.")
WITHOUT_MENTION: Final = say(
    "Ask on in this thread, without a mention: I remember the city and the question."
)


def after(answer: Answer, text: str, before: Conversation) -> Conversation:
    """Return what is remembered once `answer` to `text` was given: what says nothing of the base changes nothing."""
    if answer.follows is not None:
        return Conversation(answer.context or before.subjects, answer.follows)
    # Of the map of the whole delta, which is on nothing in particular, one may ask for less.
    if answer.context or answer.pages > 1 or answer.picture is not None:
        return Conversation(answer.context, Earlier(text, answer.page))
    return before


def after_no_question(route: Route, before: Conversation) -> Conversation:
    """Return what is remembered behind what is no question: behind a list of one's proposals or digests "more" is no page of what
    was asked before; behind a form or a change of a fact one may go on with that.
    """
    return Conversation() if route.command.name == DIGEST or route.effect == "reads" else before


def with_how_to_go_on(
    slack: SlackContext, channel: str, answer: Answer, before: Conversation | None, now: Conversation
) -> Answer:
    """Return the answer with how to ask on, where it is the first in a thread of a channel that can be followed."""
    is_first = before is None or before.earlier is None
    if channel.startswith("D") or not is_first or now.earlier is None:
        return answer
    mode = slack.services.threads.mode(slack.team, channel)
    line = WITHOUT_MENTION if mode == "questions" else AGAIN
    return replace(answer, read=(*answer.read, line))


def carried(asked: ButtonValue, route: Route) -> ButtonValue:
    """Return what the buttons of an answer ask: of a follow-up the whole question, which needs no thread."""
    whole = route.follows.request if route.follows else None
    if whole is None:
        return asked
    value = carry(whole.command, whole.text, asked.version, (), whole.verb, None, whole.target)
    return value.model_copy(update={"page": whole.page}) if value else asked
