"""/yrd-digest: its form, a test for the person alone, and what changes digests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.render.compose import Composer
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, SlashCall
from bot.slack.context import Actor, SlackContext
from bot.slack.digests import modal
from bot.slack.digests.submission import carrying
from bot.slack.home.publish import asked_before, show_home
from bot.slack.sending.reply import deliver, open_view, tell
from bot.slack.sending.runner import Work
from handlers.answer import Answer, Refused
from handlers.digests import edit as digests_edit
from handlers.digests.access import changeable
from handlers.digests.hindrance import unknown
from handlers.digests.preview import to_test
from handlers.request import DIGEST, Request
from handlers.route import Route
from handlers.say import say
from handlers.subscription import Subscription
from handlers.target import Target

SENT: Final = say("I sent you a test in our direct messages; nothing is saved by it.")


async def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form, send a test, or have the digest changed; tell the person how it went."""
    if done_here := DONE_HERE.get(route.verb.name):
        await done_here(slack, call, replace(request, text=route.argument, target=route.target))
        return
    answer = slack.answer_to(request, route)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    await tell(slack.sender, call, slack.message(answer, None), replace=is_private)
    if answer.outcome == "done":
        await show_home(slack, call.user, asked_before(call))


async def _form(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    await open_form(slack, call, request.target)


async def open_form(slack: SlackContext, call: SlashCall | Click, digest: Target | None = None) -> None:
    """Show the form on the person's screen: a new digest, or that of `digest` if they may change it."""
    request = slack.request(DIGEST, "", Actor(call.team, call.user, call.channel))
    shown: Subscription | Answer
    if digest is not None:
        shown = changeable(slack.services, replace(request, target=digest), "edit")
        if isinstance(shown, Answer):
            await deliver(slack.sender, call, slack.message(shown, None))
            return
    else:
        shown = digests_edit.new_subscription(slack.services, request)
    view = modal.form(slack.base, shown, carrying(shown).encode())
    await open_view(slack.sender, call, view)


async def _test(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    """Send the digest that a button carries, a number names or the text describes; tell the person how it went."""
    wanted = to_test(slack.services, request)
    if isinstance(wanted, Answer):
        await tell(slack.sender, call, slack.message(wanted, None))
        return
    slack.claim()
    refused = await send_test(slack, request.user, wanted)
    await tell(slack.sender, call, sentence(refused.sentence if refused else SENT))


async def send_test(slack: SlackContext, user: str, wanted: Subscription) -> Refused | None:
    """Send `wanted` to the person alone, as it would be posted, or return why it cannot be."""
    if problem := unknown(slack.base, wanted):
        return problem
    composer = Composer(slack.base, slack.render_fact, slack.services.first_seen)
    digest = composer(replace(wanted, id=""), (), slack.now())
    await slack.sender.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return None


# What the adapter does itself, by the name of the verb: a form opens and a test is sent in Slack alone.
DONE_HERE: Final[Mapping[str, Callable[[SlackContext, SlashCall | Click, Request], Work]]] = {
    "form": _form,
    "test": _test,
}
