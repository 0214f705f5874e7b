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
from bot.slack.digests.submission import DigestMetadata
from bot.slack.home.publish import asked_before, show_home_again
from bot.slack.sending.reply import deliver, open_view, tell
from bot.slack.sending.runner import Work
from handlers.answer import Answer, Refused
from handlers.digests.access import changeable
from handlers.digests.changing import edit as digests_edit
from handlers.digests.changing import wished
from handlers.digests.hindrance import unknown
from handlers.digests.preview import to_test
from handlers.digests.supply import standing
from handlers.request import DIGEST, Request
from handlers.routing.routed import Route
from handlers.say import say
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.target import Target

SENT: Final = say("I sent you a test in our direct messages; nothing is saved by it.")


async def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form, send a test, or have the digest changed; tell the person how it went."""
    is_in_view = isinstance(call, Click) and call.is_in_view
    ways = (*((FORMS,) if is_in_view else ()), DONE_HERE)
    done_here = next((way[route.verb.name] for way in ways if route.verb.name in way), None)
    if done_here is not None:
        await done_here(slack, call, replace(request, text=route.argument, target=route.target))
        is_changed = False
    else:
        is_changed = await _change(slack, call, request, route)
    if is_changed or is_in_view:
        await show_home_again(slack, call)


async def _change(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> bool:
    """Have the digest changed and tell the person how it went; say whether it was."""
    answer = slack.answer_to(request, route)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    await tell(slack.sender, call, slack.message(answer, None), replace=is_private)
    return answer.outcome == "done"


async def _form(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    await open_form(slack, call, request.target, request.digest)


async def open_form(
    slack: SlackContext,
    call: SlashCall | Click,
    digest: Target | None = None,
    filled: StoredDigest | None = None,
) -> None:
    """Show the form on the person's screen: a new digest, as `filled` if it can be, or that of `digest` if they may change it."""
    request = slack.request(DIGEST, "", Actor(call.team, call.user, call.channel))
    if digest is not None:
        shown = changeable(slack.services, replace(request, target=digest), "edit")
    else:
        shown = wished.filled(slack.services, request, filled)
    await _open(slack, call, shown)


async def _open(slack: SlackContext, call: SlashCall | Click, shown: Subscription | Answer) -> None:
    """Show the form filled in with a digest, or the answer that says why there is none."""
    if isinstance(shown, Answer):
        await deliver(slack.sender, call, slack.message(shown, None))
        return
    if not shown.channel:
        # Home is in no channel: where nobody says another, it is of the direct messages.
        ask = lambda: slack.services.channels.direct(call.team, call.user)  # noqa: E731
        shown = replace(shown, channel=await slack.sender.aside(f"conversations.open {call.user}", ask))
    kept = DigestMetadata.of(shown, asked_before(call))
    stands = standing(slack.services, shown, slack.now())
    await open_view(slack.sender, call, modal.form(slack.base, shown, kept.encode(), stands))


async def _form_of_wish(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    """Show the form filled in with what was typed or a button carries."""
    await _open(slack, call, digests_edit.wished(slack.services, request))


async def _form_of_edit(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    """Show the form of the digest named, filled in with the change that was typed."""
    await _open(slack, call, digests_edit.changed(slack.services, request))


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


# What is proposed by words in a conversation is so by a form where there is none, by the name of the verb.
FORMS: Final[Mapping[str, Callable[[SlackContext, SlashCall | Click, Request], Work]]] = {
    "subscribe": _form_of_wish,
    "edit": _form_of_edit,
}
# What the adapter does itself, by the name of the verb: a form opens and a test is sent in Slack alone.
DONE_HERE: Final[Mapping[str, Callable[[SlackContext, SlashCall | Click, Request], Work]]] = {
    "form": _form,
    "test": _test,
}
