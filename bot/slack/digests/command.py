"""/yrd-digest: its form, a test for the person alone, and what changes digests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.render.compose import Composer
from bot.slack.api.errors import error_code
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, SlashCall
from bot.slack.context import Actor, SlackContext
from bot.slack.digests import modal
from bot.slack.digests.submission import carrying
from bot.slack.home.digests import show_home
from bot.slack.sending.reply import deliver, open_view, tell
from handlers.answer import Answer, Refused
from handlers.digests import edit as digests_edit
from handlers.digests.access import changeable
from handlers.digests.hindrance import unknown
from handlers.digests.show import to_test
from handlers.request import DIGEST, Request
from handlers.route import Route
from handlers.subscription import Subscription
from handlers.target import Target

# A trigger lives three seconds. docs.slack.dev/reference/methods/views.open#errors
_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
NOT_OPENED: Final = "Slack did not let me open the form in time. Please try again, or type /yrd-digest help."
SENT: Final = "I sent you a test in our direct messages; nothing is saved by it."


def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form, send a test, or have the digest changed; tell the person how it went."""
    if done_here := DONE_HERE.get(route.verb.name):
        done_here(slack, call, replace(request, text=route.argument, target=route.target))
        return
    answer = slack.answer_to(request, route)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    tell(slack.sender, call, slack.message(answer, None), replace=is_private)
    if answer.outcome == "done":
        show_home(slack, call.user)


def _new(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    open_form(slack, call)


def open_form(slack: SlackContext, call: SlashCall | Click, digest: Target | None = None) -> None:
    """Show the form on the person's screen: a new digest, or that of `digest` if they may change it."""
    request = slack.request(DIGEST, "", Actor(call.team, call.user, call.channel))
    shown: Subscription | Answer
    if digest is not None:
        shown = changeable(slack.services, replace(request, target=digest), "edit")
        if isinstance(shown, Answer):
            deliver(slack.sender, call, slack.message(shown, None))
            return
    else:
        shown = digests_edit.new_subscription(slack.services, request)
    view = modal.form(slack.base, shown, carrying(shown).encode())
    try:
        open_view(slack.sender, call, view)
    except SlackApiError as error:
        if error_code(error) not in _TOO_LATE:
            raise
        deliver(slack.sender, call, sentence(NOT_OPENED))


def _test(slack: SlackContext, call: SlashCall | Click, request: Request) -> None:
    """Send the digest that a button carries, a number names or the text describes; tell the person how it went."""
    wanted = to_test(slack.services, request)
    if isinstance(wanted, Answer):
        tell(slack.sender, call, slack.message(wanted, None))
        return
    slack.claim()
    refused = send_test(slack, request.user, wanted)
    tell(slack.sender, call, sentence(refused.sentence if refused else SENT))


def send_test(slack: SlackContext, user: str, wanted: Subscription) -> Refused | None:
    """Send `wanted` to the person alone, as it would be posted, or return why it cannot be."""
    if problem := unknown(slack.base, wanted):
        return problem
    composer = Composer(slack.base, slack.render_fact, slack.services.first_seen)
    digest = composer(replace(wanted, id=""), (), slack.now())
    slack.sender.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return None


# What the adapter does itself, by the name of the verb: a form opens and a test is sent in Slack alone.
DONE_HERE: Final[Mapping[str, Callable[[SlackContext, SlashCall | Click, Request], None]]] = {
    "form": _new,
    "test": _test,
}
