"""Buttons: Share to channel, More, Back, what is opened below an answer, votes, Map and choices.

Each carries its question, so a click is answered by whatever process is running, from the facts of now. What is looked at
changes the message it was asked in: nobody gets another one for it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, Literal

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.render.blockkit import Block, context
from bot.render.button_value import LOOK_UP, ButtonValue, Vote, decode
from bot.render.clean import clean
from bot.slack import maps
from bot.slack.api.errors import error_code, error_reason, is_barred
from bot.slack.api.exchange import was_not_sent
from bot.slack.api.message import Message, nothing, sentence
from bot.slack.api.payloads import Click
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import actions as curation_actions
from bot.slack.digests import actions as digests_actions
from bot.slack.home import actions as home_actions
from bot.slack.home import answering
from bot.slack.listeners.acting import carry_out
from bot.slack.listeners.opening import OPENERS, map_below, open_below
from bot.slack.sending.client import NotDeliveredError
from bot.slack.sending.pictures import PictureRefusedError
from bot.slack.sending.reply import deliver, responded, tell
from bot.slack.sending.runner import Work
from handlers.answer import Answer
from handlers.lookups.fact import correcting
from handlers.request import MAP
from handlers.say import say

_log = logging.getLogger(__name__)

DEAD_BUTTON: Final = say("That no longer does anything. Please ask again; /yrd help shows how.")
CANNOT_SHARE: Final = say(
    "I could not share this: I am not in that channel, and Slack lets this answer be shared for half an hour"
    " only. Ask again and share that answer, or invite me with /invite."
)
THANKS: Final = say("Thank you. Curators see how many readers found that fact helpful, not who.")
SHARED_ALREADY: Final = say("That answer is being shared, or is shared already.")
UNCLEAR_SHARE: Final = say(
    "Slack did not say whether this was shared. Look in the channel first; if it is not there, share it again."
)
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
        await home_actions.pressed(slack, click, action)
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


async def _share(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
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


async def _turn(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show another page, or the answer without what was opened below it, where it stands."""

    async def speak(said: Answer, picture: Block | None) -> None:
        await _change(slack, click, slack.message(said, asked, sharable=_is_sharable(click), picture=picture))

    await maps.say_with_picture_at_hand(slack, answer, speak)


def _open(name: str) -> Handler:
    async def opens(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
        """Show what is asked for below the answer, in the same message."""
        opened = open_below(slack, name, answer)

        async def speak(said: Answer, picture: Block | None) -> None:
            message = slack.message(said, asked, sharable=_is_sharable(click), opened=opened, picture=picture)
            await _change(slack, click, message)

        await maps.say_with_picture_at_hand(slack, answer, speak)

    return opens


async def _change(slack: SlackContext, click: Click, message: Message) -> None:
    """Put `message` in place of the one that was clicked in; over Home, where the click was there."""
    if not click.is_in_view:
        await deliver(slack.sender, click, message, replace=True)
    elif not await answering.show(slack, click, message):
        await slack.sender.post(click.user, message)


def _is_sharable(click: Click) -> bool:
    return click.container.is_ephemeral


async def _chosen(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show what a choice stands for, with its picture where it is a map."""
    private = (click.container.is_ephemeral or not _is_direct(click)) and not click.is_in_view

    async def speak(said: Answer, picture: Block | None) -> None:
        message = slack.message(said, asked, sharable=private, picture=picture)
        if click.is_in_view:
            await _change(slack, click, message)
            return
        if not click.container.is_ephemeral and asked.text:
            # It stands below other messages: without the question nobody would know to what it is the answer.
            message = message.with_blocks((context(asked.text), *message.blocks))
        await tell(slack.sender, click, message, replace=click.container.is_ephemeral)

    place = click.channel if _is_direct(click) and not private else click.user
    await maps.say_with_picture(slack, answer, speak, place)


async def _map(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show the map of what an answer is on: below it, in its thread where others see it. What can no longer be drawn is
    answered in words.
    """
    drawn = answer if answer.picture is not None else _drawn(slack, click, answer)
    if drawn.picture is None or slack.maps is None:
        await _turn(slack, click, asked, drawn)
    elif _is_for_one(click):
        await _map_below(slack, click, asked, answer, drawn)
    else:
        await _map_in_thread(slack, click, drawn)


async def _map_below(
    slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer, drawn: Answer
) -> None:
    async def speak(said: Answer, picture: Block | None) -> None:
        opened = map_below(slack, said, picture)
        await _change(slack, click, slack.message(answer, asked, sharable=_is_sharable(click), opened=opened))

    place = click.channel if _is_direct(click) and not click.container.is_ephemeral else click.user
    await maps.say_with_picture(slack, drawn, speak, place)


async def _map_in_thread(slack: SlackContext, click: Click, drawn: Answer) -> None:
    thread = click.thread or click.container.message_ts

    async def speak(said: Answer, picture: Block | None) -> None:
        await slack.sender.post(click.channel, slack.message(said, None, picture=picture), thread)

    try:
        await maps.say_with_picture(slack, drawn, speak, click.channel, thread)
    except SlackApiError as error:
        if not is_barred(error):
            raise
        # The bot may not post where it was shared: whoever asked gets the map alone.

        async def whisper(said: Answer, picture: Block | None) -> None:
            await tell(slack.sender, click, slack.message(said, None, picture=picture))

        await maps.say_with_picture(slack, drawn, whisper, click.user)


def _drawn(slack: SlackContext, click: Click, answer: Answer) -> Answer:
    """Return what is answered to whoever asks for the map that `answer` offers."""
    on = ButtonValue(command=MAP, verb="", target=answer.map)
    request = slack.request_of(on, Actor(click.team, click.user, click.channel, click.thread))
    return slack.answer_to(request, slack.route(request))


async def _vote(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Count what the person thinks of the fact that leads; the latest counts. The button says that it is done."""
    if not answer.lines or not asked.voted:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    slack.claim()
    lead, is_helpful = answer.lines[0].fact, asked.voted == "helpful"
    slack.services.feedback.vote(click.team, click.user, f"fact:{lead.id}", is_helpful, slack.now())
    thanks = Answer(headline=THANKS, outcome="answer", choices=() if is_helpful else (correcting(lead),))
    if not _is_for_one(click):
        # What one person thinks of it is not for the channel.
        await tell(slack.sender, click, slack.message(thanks, ButtonValue()))
        return
    said = replace(answer, notes=(*answer.notes, THANKS), choices=thanks.choices or answer.choices)
    await _change(slack, click, slack.message(said, asked, sharable=_is_sharable(click)))


def _voting(vote: Vote) -> Handler:
    """Return what counts `vote`: of buttons that carry none, as version 0.1 posted them."""

    async def votes(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
        await _vote(slack, click, asked.model_copy(update={"voted": vote}), answer)

    return votes


def _is_for_one(click: Click) -> bool:
    """Say whether nobody else sees what was clicked in."""
    return click.container.is_ephemeral or _is_direct(click) or click.is_in_view


def _is_direct(click: Click) -> bool:
    return click.channel.startswith("D")


_HANDLERS: Final[Mapping[str, Handler]] = {
    "share": _share,
    "more": _turn,
    "back": _turn,
    "hide": _turn,
    "choice": _chosen,
    "map": _map,
    **{name: _open(name) for name in OPENERS},
    "rate": _vote,
    "helpful": _voting("helpful"),
    "unhelpful": _voting("unhelpful"),
}
