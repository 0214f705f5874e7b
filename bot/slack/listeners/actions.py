"""Buttons: Share to channel, More, Back, what is opened below an answer, votes, Map and choices.

Each carries its question, so a click is answered by whatever process is running, from the facts of now. What is looked at
changes the message it was asked in: nobody gets another one for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from slack_bolt import BoltResponse

from bot.render.blockkit import Block, context
from bot.render.button_value import LOOK_UP, ButtonValue, Vote, decode
from bot.render.clean import clean
from bot.slack import maps
from bot.slack.api.message import nothing, sentence
from bot.slack.api.payloads import Click
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import actions as curation_actions
from bot.slack.digests import actions as digests_actions
from bot.slack.home import actions as home_actions
from bot.slack.listeners.acting import carry_out
from bot.slack.listeners.in_place import change, is_direct, is_for_one, is_sharable, turn
from bot.slack.listeners.map_button import remember_map, show_map
from bot.slack.listeners.opening import OPENERS, open_below
from bot.slack.listeners.sharing import share
from bot.slack.sending.reply import tell
from bot.slack.sending.runner import Work
from handlers.answer import Answer
from handlers.lookups.fact import correcting
from handlers.say import say

DEAD_BUTTON: Final = say("That no longer does anything. Please ask again; /yrd help shows how.")
THANKS: Final = say("Thank you. Curators see how many readers found that fact helpful, not who.")
Handler = Callable[[SlackContext, Click, ButtonValue, Answer], Work]
_ACTION: Final = re.compile(
    r"^(share|more|back|hide|sources|details|cite|passage|map|choice|rate|helpful|unhelpful)(?::[0-9]{1,3})?$"
)


def pressed(slack: SlackContext, click: Click) -> BoltResponse:
    """Take a click; one that nobody knows gets a sentence. Return an empty acknowledgement."""
    slack.later(
        "click", click, lambda: _handle(slack, click), lambda message: tell(slack.sender, click, message)
    )
    return nothing()


async def _handle(slack: SlackContext, click: Click) -> None:
    action = click.actions[0] if click.actions else None
    if action and action.action_id.startswith(digests_actions.PREFIX):
        await digests_actions.pressed(slack, click, action)
        return
    if action and action.action_id.startswith(curation_actions.PREFIX):
        await curation_actions.pressed(slack, click, action)
        return
    if action and action.action_id.startswith(home_actions.PREFIX):
        await home_actions.pressed(slack, click, action, carry_out)
        return
    found = _ACTION.fullmatch(action.action_id) if action else None
    asked = decode(action.value) if action else None
    if found is None or asked is None or not _is_known(slack, asked):
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    # What comes back may have been written by anyone: it is cleaned like a question.
    asked = asked.model_copy(update={"text": clean(asked.text, len(asked.text) or 1)[0]})
    request = slack.request_of(asked, Actor(click.team, click.user, click.channel, click.thread))
    route = None if asked.command == LOOK_UP else slack.route(request)
    if route is None or route.is_question:
        await _HANDLERS[found[1]](slack, click, asked, slack.answer(asked, request, route))
    elif found[1] == "choice":
        await carry_out(slack, click, request, route)
    else:
        # Nothing is changed by sharing an answer, or turning its pages.
        await tell(slack.sender, click, sentence(DEAD_BUTTON))


def _is_known(slack: SlackContext, asked: ButtonValue) -> bool:
    """Say whether `asked` may be asked at all; of what has a verb the route says so."""
    return asked.verb is not None or asked.command == LOOK_UP or slack.knows(asked.command)


def _open(name: str) -> Handler:
    async def opens(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
        """Show what is asked for below the answer, in the same message."""
        opened = open_below(slack, name, answer)

        async def speak(said: Answer, picture: Block | None) -> None:
            message = slack.message(
                said,
                asked,
                sharable=is_sharable(click),
                opened=opened,
                picture=picture,
                in_view=click.is_in_view,
            )
            await change(slack, click, message)

        await maps.say_with_picture_at_hand(slack, answer, speak)

    return opens


async def _chosen(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show what a choice stands for, with its picture where it is a map."""
    private = (click.container.is_ephemeral or not is_direct(click)) and not click.is_in_view

    async def speak(said: Answer, picture: Block | None) -> None:
        message = slack.message(said, asked, sharable=private, picture=picture, in_view=click.is_in_view)
        if click.is_in_view:
            await change(slack, click, message)
            return
        if not click.container.is_ephemeral and asked.text:
            # It stands below other messages: without the question nobody would know to what it is the answer.
            message = message.with_blocks((context(asked.text), *message.blocks))
        await tell(slack.sender, click, message, replace=click.container.is_ephemeral)

    place = click.channel if is_direct(click) and not private else click.user
    await maps.say_with_picture(slack, answer, speak, place)
    await remember_map(slack, click, asked, answer)


async def _vote(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Count what the person thinks of the fact that leads; the latest counts. The button says that it is done."""
    if not answer.lines or not asked.voted:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    slack.claim()
    lead, is_helpful = answer.lines[0].fact, asked.voted == "helpful"
    slack.services.feedback.vote(click.team, click.user, f"fact:{lead.id}", is_helpful, slack.now())
    thanks = Answer(headline=THANKS, outcome="answer", choices=() if is_helpful else (correcting(lead),))
    if not is_for_one(click):
        # What one person thinks of it is not for the channel.
        await tell(slack.sender, click, slack.message(thanks, ButtonValue()))
        return
    said = replace(answer, notes=(*answer.notes, THANKS), choices=thanks.choices or answer.choices)
    await change(
        slack, click, slack.message(said, asked, sharable=is_sharable(click), in_view=click.is_in_view)
    )


def _voting(vote: Vote) -> Handler:
    """Return what counts `vote`: of buttons that carry none, as version 0.1 posted them."""

    async def votes(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
        await _vote(slack, click, asked.model_copy(update={"voted": vote}), answer)

    return votes


_HANDLERS: Final[Mapping[str, Handler]] = {
    "share": share,
    "more": turn,
    "back": turn,
    "hide": turn,
    "choice": _chosen,
    "map": show_map,
    **{name: _open(name) for name in OPENERS},
    "rate": _vote,
    "helpful": _voting("helpful"),
    "unhelpful": _voting("unhelpful"),
}
