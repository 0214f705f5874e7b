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

from bot.render.button_value import LOOK_UP, Asked, decode
from bot.render.clean import clean
from bot.slack import maps
from bot.slack.api.errors import code, reason
from bot.slack.api.exchange import was_not_sent
from bot.slack.api.message import Message, nothing, sentence, shared, sources
from bot.slack.api.payloads import Click
from bot.slack.context import Asker, Front
from bot.slack.digests import actions as digests_actions
from bot.slack.home import actions as home_actions
from bot.slack.listeners.acting import act
from bot.slack.sending.client import NotDeliveredError
from bot.slack.sending.reply import ABSENT, deliver, responded, tell
from handlers.answer import Answer
from handlers.lookups.passage import beside

_log = logging.getLogger(__name__)

DEAD_BUTTON: Final = "That button no longer does anything. Please ask again; /yrd help shows how."
CANNOT_SHARE: Final = (
    "I could not share this: I am not in that channel, and Slack lets this answer be shared for half an hour"
    " only. Ask again and share that answer, or invite me with /invite."
)
NO_FACTS: Final = "That answer states no facts by now, so there is no passage to show."
THANKS: Final = "Thank you. Curators see how many readers found a fact helpful, not who."
SHARED_ALREADY: Final = "That answer is being shared, or is shared already."
UNCLEAR_SHARE: Final = "Slack did not say whether this was shared. Look in the channel first; if it is not there, share it again."
_ACTION: Final = re.compile(
    r"^(share|more|back|sources|passage|map|choice|helpful|unhelpful)(?::[0-9]{1,3})?$"
)


def pressed(front: Front, click: Click) -> BoltResponse:
    """Take a click; one that nobody knows gets a sentence."""
    front.later(
        "click", click, lambda: _handle(front, click), lambda message: tell(front.outbox, click, message)
    )
    return nothing()


def _handle(front: Front, click: Click) -> None:
    press = click.actions[0] if click.actions else None
    if press and press.action_id.startswith(digests_actions.PREFIX):
        digests_actions.pressed(front, click, press)
        return
    if press and press.action_id.startswith(home_actions.PREFIX):
        home_actions.pressed(front, click, press)
        return
    found = _ACTION.fullmatch(press.action_id) if press else None
    asked = decode(press.value) if press else None
    if found is None or asked is None or not (asked.command == LOOK_UP or front.knows(asked.command)):
        tell(front.outbox, click, sentence(DEAD_BUTTON))
        return
    # What comes back may have been written by anyone: it is cleaned like a question.
    asked = asked.model_copy(update={"text": clean(asked.text, len(asked.text) or 1)[0]})
    asker = Asker(click.team, click.user, click.channel, click.thread)
    if asked.command != LOOK_UP:
        request = front.request_of(asked, asker)
        route = front.route(request)
        if not route.is_question:
            # Nothing is changed by sharing an answer, or turning its pages.
            if found[1] == "choice":
                act(front, click, request, route)
            else:
                tell(front.outbox, click, sentence(DEAD_BUTTON))
            return
    _HANDLERS[found[1]](front, click, asked, front.answer(asked, asker))


def _share(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """Post the answer for everyone and take the private copy away; once, however often it is clicked."""
    once = f"share:{click.container.message_ts}:{answer.page}"
    if front.events.receive(click.team, once, click.channel, once, front.now()) not in ("new", "again"):
        tell(front.outbox, click, sentence(SHARED_ALREADY))
        return
    message = shared(front.message(answer, asked), click.user)
    sent = _shared(front, click, message)
    if sent == "unknown":
        # Not sent another way: it would be there twice. A click later on is the person's own decision.
        _say_unclear(front, click)
        return
    if sent == "no":
        deliver(front.outbox, click, sentence(CANNOT_SHARE))
        return
    front.events.answered(click.team, once, click.channel, once, front.now())
    front.note_shown(click.team, click.channel, click.thread, answer)


def _shared(front: Front, click: Click, message: Message) -> Literal["yes", "no", "unknown"]:
    try:
        sent = responded(front.outbox, click, message, public=True, thread=click.thread)
        if sent == "no":
            return "yes" if _posted(front, click, message) else "no"
    except OSError as error:
        if was_not_sent(error):
            raise
        _log.warning("Slack did not say whether an answer was shared", extra={"error": reason(error)})
        return "unknown"
    if sent == "yes":
        # The share is out; that the private copy stays where Slack no longer takes the URL harms nobody.
        with suppress(NotDeliveredError, OSError):
            front.outbox.withdraw(click.response_url)
    return sent


def _say_unclear(front: Front, click: Click) -> None:
    """Tell the person by another way than the one that just failed; an apology would ask them to share again."""
    try:
        front.outbox.tell(click.channel, click.user, sentence(UNCLEAR_SHARE))
    except (SlackApiError, OSError) as error:
        _log.warning("nobody was told of an unclear share", extra={"error": code(error) or reason(error)})


def _posted(front: Front, click: Click, message: Message) -> bool:
    try:
        front.outbox.post(click.channel, message, click.thread)
    except SlackApiError as error:
        if code(error) not in ABSENT:
            raise
        return False
    return True


def _turn(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """Show another page, or what a choice stands for."""
    private = click.container.is_ephemeral or not _is_direct(click)
    message = front.message(answer, asked, sharable=private)
    tell(front.outbox, click, message, replace=click.container.is_ephemeral)


def _sources(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """List the citations of the facts shown, in full."""
    tell(front.outbox, click, sources(answer, front.base))


def _passage(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """Show what the documents print for the facts shown."""
    facts = (*(line.fact for line in answer.lines), *answer.near)
    if not facts:
        tell(front.outbox, click, sentence(NO_FACTS))
        return
    tell(
        front.outbox,
        click,
        front.message(beside(front.desk_of(click.team), tuple(dict.fromkeys(facts))), None),
    )


def _chosen(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """Show what a choice stands for, and its picture where it is a map."""
    _turn(front, click, asked, maps.told(front, answer))
    _picture(front, click, answer)


def _map(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
    """Send the map of the places; what can no longer be drawn is answered in words."""
    if answer.picture is None or front.maps is None:
        _turn(front, click, asked, answer)
        return
    _picture(front, click, answer)
    if not _is_direct(click):
        tell(front.outbox, click, sentence(maps.SENT))


def _picture(front: Front, click: Click, answer: Answer) -> None:
    if _is_direct(click):
        maps.send(front, answer, click.channel, click.thread)
    else:
        maps.send(front, answer, click.user)


def _vote(helpful: bool) -> Callable[[Front, Click, Asked, Answer], None]:
    def vote(front: Front, click: Click, asked: Asked, answer: Answer) -> None:
        """Count what the person thinks of the facts shown, one vote a fact; the latest counts."""
        if front.desk.feedback is None or not answer.lines:
            tell(front.outbox, click, sentence(DEAD_BUTTON))
            return
        for line in answer.lines:
            about = f"fact:{line.fact.id}"
            front.desk.feedback.vote(click.team, click.user, about, helpful, front.now())
        said = THANKS if helpful else f"{THANKS} If it is wrong: /yrd fact {answer.lines[0].fact.id} correct"
        tell(front.outbox, click, sentence(said))

    return vote


def _is_direct(click: Click) -> bool:
    return click.channel.startswith("D")


_HANDLERS: Final[Mapping[str, Callable[[Front, Click, Asked, Answer], None]]] = {
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
