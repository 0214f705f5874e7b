"""Buttons of digests, by their action ids. Rights are checked when a button is pressed, not before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.render.button_value import ButtonValue, decode, digest_in
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import Actor, SlackContext
from bot.slack.digests import modal
from bot.slack.digests.command import carry_out, open_form, send_test
from bot.slack.digests.submission import DigestMetadata
from bot.slack.forms import UNREADABLE
from bot.slack.sending.reply import tell
from bot.slack.sending.runner import Work
from handlers.digests.access import is_reader
from handlers.digests.reading.regions import TAKEN_IN
from handlers.digests.selection import fact_of
from handlers.request import DIGEST
from handlers.route import DEAD
from handlers.say import say
from handlers.target import Target

THANKS: Final = say("Thank you. I keep this for the owner of the digest; a second press changes it.")
DEAD_BUTTON: Final = say("{dead} /yrd-digest list shows the digests there are.", dead=DEAD)
PREFIX: Final = "digest_"
Handler = Callable[[SlackContext, Click, Action], Work]


async def pressed(slack: SlackContext, click: Click, action: Action) -> None:
    """Do what a button of a digest is for."""
    handler = _HANDLERS.get(action.action_id)
    if handler is None:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
    else:
        await handler(slack, click, action)


async def _more(slack: SlackContext, click: Click, action: Action) -> None:
    """Show the first page of what there is more on a digest; what is no question on digests is none of this button."""
    asked = decode(action.value)
    if asked is None or asked.command != DIGEST:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    request = slack.request_of(asked, _actor(click))
    route = slack.route(request)
    if not route.is_question:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    answer = slack.answer(asked, request, route)
    await tell(slack.sender, click, slack.message(answer, asked, sharable=not click.channel.startswith("D")))


def _actor(click: Click) -> Actor:
    return Actor(click.team, click.user, click.channel, click.thread)


def _verb(verb: str, text: str = "", *, is_of_owner: bool = False) -> Handler:
    """Return what carries out `verb` with `text` said to it; where it `is_of_owner`, anybody else is shown the digest and what they may do."""

    async def handle(slack: SlackContext, click: Click, action: Action) -> None:
        found = digest_in(action.value)
        if found is None:
            await tell(slack.sender, click, sentence(DEAD_BUTTON))
            return
        asked = ButtonValue(command=DIGEST, verb=verb, text=text, target=Target(id=found[0]))
        request = slack.request_of(asked, _actor(click))
        if is_of_owner and is_reader(slack.services, request):
            request = slack.request_of(asked.model_copy(update={"verb": "show", "text": ""}), _actor(click))
        await carry_out(slack, click, request, slack.route(request))

    return handle


async def _follow(slack: SlackContext, click: Click, action: Action) -> None:
    """Propose the digest that a button carries, in the channel that it stands in."""
    asked = decode(action.value)
    if asked is None or asked.command != DIGEST or asked.verb != "subscribe" or asked.digest is None:
        await tell(slack.sender, click, sentence(DEAD_BUTTON))
        return
    request = slack.request_of(asked, _actor(click))
    await carry_out(slack, click, request, slack.route(request))


async def _new(slack: SlackContext, click: Click, action: Action) -> None:
    await open_form(slack, click)


def _vote(helpful: bool) -> Handler:
    async def handle(slack: SlackContext, click: Click, action: Action) -> None:
        found = digest_in(action.value)
        if found is None:
            await tell(slack.sender, click, sentence(DEAD_BUTTON))
            return
        slack.claim()
        digest, slot = found
        if not slack.services.deliveries.history(click.team, digest, 1):
            await tell(slack.sender, click, sentence(DEAD_BUTTON))
            return
        about = f"digest:{digest}:{slot}"
        slack.services.feedback.vote(click.team, click.user, about, helpful, slack.now())
        for fact in _shown(slack, click, digest):
            slack.services.feedback.vote(click.team, click.user, f"fact:{fact}", helpful, slack.now())
        await tell(slack.sender, click, sentence(THANKS))

    return handle


def _shown(slack: SlackContext, click: Click, digest: str) -> tuple[str, ...]:
    """Return the ids of the facts that the digest pressed under showed."""
    ts = click.container.message_ts
    posted = slack.services.deliveries.history(click.team, digest, 60) if ts else ()
    shown = (fact_of(key) for found in posted if found.ts == ts for key in found.facts)
    return tuple(filter(None, shown))


async def _test(slack: SlackContext, click: Click, action: Action) -> None:
    """Send a test of what a form's second page shows."""
    kept = DigestMetadata.read(click.view)
    if kept is None:
        await tell(slack.sender, click, sentence(UNREADABLE))
        return
    slack.claim()
    # The test itself stands in the direct messages; only what went wrong is said beside it.
    if refused := await send_test(slack, click.user, kept.digest.by(click.team, click.user)):
        await tell(slack.sender, click, sentence(refused.sentence))


_HANDLERS: Final[Mapping[str, Handler]] = {
    "digest_more": _more,
    "digest_pause": _verb("pause", is_of_owner=True),
    "digest_resume": _verb("resume", is_of_owner=True),
    "digest_unskip": _verb("unskip", is_of_owner=True),
    "digest_restart": _verb("restart", is_of_owner=True),
    "digest_options": _verb("show"),
    "digest_wider": _verb("edit", TAKEN_IN, is_of_owner=True),
    **{f"digest_follow_{at}": _follow for at in range(3)},
    "digest_history": _verb("history"),
    "digest_settings": _verb("form", is_of_owner=True),
    "digest_new": _new,
    "digest_helpful": _vote(True),
    "digest_unhelpful": _vote(False),
    modal.TEST: _test,
}
