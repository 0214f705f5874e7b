"""/yrd-digest: its form, a test for the person alone, and what changes digests."""

from __future__ import annotations

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
from bot.slack.sending.reply import deliver, tell
from handlers.answer import Answer, Refused
from handlers.digests import edit as digests_edit
from handlers.digests import parse as digests_parse
from handlers.digests.access import changeable, visible
from handlers.digests.subjects import ParseError, Subjects
from handlers.request import Request
from handlers.route import Route
from handlers.subscription import Subscription

DIGEST: Final = "/yrd-digest"
# A trigger lives three seconds. docs.slack.dev/reference/methods/views.open#errors
_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
NOT_OPENED: Final = "Slack did not let me open the form in time. Please try again, or type /yrd-digest help."
SENT: Final = "I sent you a test in our direct messages; nothing is saved by it."


def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form, send a test, or have the digest changed; tell the person how it went."""
    if route.effect == "opens a form":
        open_form(slack, call)
        return
    if route.verb.name == "test":
        tell(slack.sender, call, _tested(slack, replace(request, text=route.argument)))
        return
    answer = slack.answer_to(request)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    tell(slack.sender, call, slack.message(answer, None), replace=is_private)
    if answer.outcome == "done":
        show_home(slack, call.user)


def open_form(slack: SlackContext, call: SlashCall | Click, digest: str = "") -> None:
    """Show the form on the person's screen: a new digest, or that of `digest` if they may change it."""
    request = slack.request(DIGEST, digest, Actor(call.team, call.user, call.channel))
    shown: Subscription | Answer
    if digest:
        shown = changeable(slack.services, request, "edit")
        if isinstance(shown, Answer):
            deliver(slack.sender, call, slack.message(shown, None))
            return
    else:
        shown = digests_edit.new_subscription(slack.services, request)
    view = modal.form(slack.base, shown, carrying(shown).encode())
    try:
        slack.sender.open_view(call.trigger_id, view)
    except SlackApiError as error:
        if error_code(error) not in _TOO_LATE:
            raise
        deliver(slack.sender, call, sentence(NOT_OPENED))


def _tested(slack: SlackContext, request: Request) -> Message:
    """Send the digest that a button carries, a number names or the text describes; return what to say."""
    if request.digest is not None:
        return _sent(slack, request.user, request.digest.by(request.team, request.user))
    spec = request.text
    if spec.isdigit():
        kept = visible(slack.services, request, spec)
        if isinstance(kept, Refused):
            return slack.message(kept.answer, None)
        return _sent(slack, request.user, kept)
    read = digests_parse.read(slack.base, spec)
    if isinstance(read, ParseError):
        return slack.message(digests_edit.parse_error_answer(read, "test", spec), None)
    wanted = read.on(digests_edit.new_subscription(slack.services, request, slack.tz))
    if not Subjects.of(wanted):
        return sentence("A test of what? Name topics, places or mechanisms, or the number of a digest.")
    return _sent(slack, request.user, wanted)


def _sent(slack: SlackContext, user: str, wanted: Subscription) -> Message:
    refused = send_test(slack, user, wanted)
    return sentence(refused.sentence if refused else SENT)


def send_test(slack: SlackContext, user: str, wanted: Subscription) -> Refused | None:
    """Send `wanted` to the person alone, as it would be posted, or return why it cannot be."""
    if problem := digests_edit.unknown(slack.base, wanted):
        return problem
    composer = Composer(slack.base, slack.render_fact, slack.services.first_seen)
    digest = composer(replace(wanted, id=""), (), slack.now())
    slack.sender.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return None
