"""Buttons: Share to channel, More, Back, Sources, Show passage, Map and choices.

Each carries its question, so a click is answered by whatever process is running, from the facts of now.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Literal

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.render.button_value import LOOK_UP, ButtonValue, decode
from bot.render.clean import clean
from bot.slack import maps
from bot.slack.api.errors import error_code, error_reason, is_barred
from bot.slack.api.exchange import was_not_sent
from bot.slack.api.message import Message, nothing, sentence, shared_message, sources
from bot.slack.api.payloads import Click
from bot.slack.context import Actor, SlackContext
from bot.slack.digests import actions as digests_actions
from bot.slack.home import actions as home_actions
from bot.slack.listeners.acting import carry_out
from bot.slack.sending.client import NotDeliveredError
from bot.slack.sending.reply import deliver, responded, tell
from bot.slack.sending.runner import Work
from handlers.answer import Answer
from handlers.lookups.passage import beside
from handlers.route import DEAD

_log = logging.getLogger(__name__)

DEAD_BUTTON: Final = f"{DEAD} Please ask again; /yrd help shows how."
CANNOT_SHARE: Final = (
    "I could not share this: I am not in that channel, and Slack lets this answer be shared for half an hour"
    " only. Ask again and share that answer, or invite me with /invite."
)
NO_FACTS: Final = "That answer states no facts by now, so there is no passage to show."
THANKS: Final = "Thank you. Curators see how many readers found a fact helpful, not who."
SHARED_ALREADY: Final = "That answer is being shared, or is shared already."
UNCLEAR_SHARE: Final = "Slack did not say whether this was shared. Look in the channel first; if it is not there, share it again."
Handler = Callable[[SlackContext, Click, ButtonValue, Answer], Work]
_ACTION: Final = re.compile(
    r"^(share|more|back|sources|passage|map|choice|helpful|unhelpful)(?::[0-9]{1,3})?$"
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
    message = shared_message(slack.message(answer, asked), click.user)
    sent = await _shared(slack, click, message)
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
    """Show another page, or what a choice stands for."""
    private = click.container.is_ephemeral or not _is_direct(click)
    message = slack.message(answer, asked, sharable=private)
    await tell(slack.sender, click, message, replace=click.container.is_ephemeral)


async def _sources(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """List the citations of the facts shown, in full."""
    await tell(slack.sender, click, sources(answer, slack.base))


async def _passage(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show what the documents print for the facts shown."""
    facts = (*(line.fact for line in answer.lines), *answer.near)
    if not facts:
        await tell(slack.sender, click, sentence(NO_FACTS))
        return
    await tell(slack.sender, click, slack.message(beside(slack.services, tuple(dict.fromkeys(facts))), None))


async def _chosen(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show what a choice stands for, and its picture where it is a map."""
    await _turn(slack, click, asked, maps.announced(slack, answer))
    await _picture(slack, click, answer)


async def _map(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Send the map of the places; what can no longer be drawn is answered in words."""
    if answer.picture is None or slack.maps is None:
        await _turn(slack, click, asked, answer)
        return
    await _picture(slack, click, answer)
    if not _is_direct(click):
        await tell(slack.sender, click, sentence(maps.SENT))


async def _picture(slack: SlackContext, click: Click, answer: Answer) -> None:
    if _is_direct(click):
        await maps.send(slack, answer, click.channel, click.thread)
    else:
        await maps.send(slack, answer, click.user)


def _vote(helpful: bool) -> Handler:
    async def vote(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
        """Count what the person thinks of the facts shown, one vote a fact; the latest counts."""
        if not answer.lines:
            await tell(slack.sender, click, sentence(DEAD_BUTTON))
            return
        slack.claim()
        for line in answer.lines:
            about = f"fact:{line.fact.id}"
            slack.services.feedback.vote(click.team, click.user, about, helpful, slack.now())
        said = THANKS if helpful else f"{THANKS} If it is wrong: /yrd fact {answer.lines[0].fact.id} correct"
        await tell(slack.sender, click, sentence(said))

    return vote


def _is_direct(click: Click) -> bool:
    return click.channel.startswith("D")


_HANDLERS: Final[Mapping[str, Handler]] = {
    "share": _share,
    "more": _turn,
    "back": _turn,
    "choice": _chosen,
    "map": _map,
    "sources": _sources,
    "passage": _passage,
    "helpful": _vote(True),
    "unhelpful": _vote(False),
}
