"""/yrd-digest: its form, a test for the person alone, and what changes digests."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.render.compose import Composer
from bot.slack.api.errors import code
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, SlashCall
from bot.slack.context import Asker, Front
from bot.slack.digests import modal
from bot.slack.digests.submission import carrying
from bot.slack.home.digests import show_home
from bot.slack.sending.reply import deliver, tell
from handlers.answer import Answer, Refused
from handlers.digests import edit as digests_edit
from handlers.digests import parse as digests_parse
from handlers.digests.access import changeable, visible
from handlers.digests.subjects import Names, Wrong
from handlers.request import Request
from handlers.route import Route
from handlers.subscription import Subscription

DIGEST: Final = "/yrd-digest"
# A trigger lives three seconds. docs.slack.dev/reference/methods/views.open#errors
_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
NOT_OPENED: Final = "Slack did not let me open the form in time. Please try again, or type /yrd-digest help."
SENT: Final = "I sent you a test in our direct messages; nothing is saved by it."


def act(front: Front, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form, send a test, or have the digest changed; tell the person how it went."""
    if front.desk.subscriptions is not None and route.effect == "opens a form":
        open_form(front, call)
        return
    if front.desk.subscriptions is not None and route.verb.name == "test":
        tell(front.outbox, call, _tested(front, replace(request, text=route.argument)))
        return
    answer = front.answer_to(request)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    tell(front.outbox, call, front.message(answer, None), replace=is_private)
    if answer.outcome == "done":
        show_home(front, call.user)


def open_form(front: Front, call: SlashCall | Click, digest: str = "") -> None:
    """Show the form on the person's screen: a new digest, or that of `digest` if they may change it."""
    request = front.request(DIGEST, digest, Asker(call.team, call.user, call.channel))
    shown: Subscription | Answer
    if digest:
        shown = changeable(front.desk, request, "edit")
        if isinstance(shown, Answer):
            deliver(front.outbox, call, front.message(shown, None))
            return
    else:
        shown = digests_edit.fresh(front.desk, request)
    view = modal.form(front.base, shown, carrying(shown).encode())
    try:
        front.outbox.open_view(call.trigger_id, view)
    except SlackApiError as error:
        if code(error) not in _TOO_LATE:
            raise
        deliver(front.outbox, call, sentence(NOT_OPENED))


def _tested(front: Front, request: Request) -> Message:
    """Send the digest that a button carries, a number names or the text describes; return what to say."""
    if request.digest is not None:
        return _sent(front, request.user, request.digest.by(request.team, request.user))
    spec = request.text
    if spec.isdigit():
        kept = visible(front.desk, request, spec)
        if isinstance(kept, Refused):
            return front.message(kept.answer, None)
        return _sent(front, request.user, kept)
    read = digests_parse.read(front.base, spec)
    if isinstance(read, Wrong):
        return front.message(digests_edit.wrong(read, "test", spec), None)
    wanted = read.on(digests_edit.fresh(front.desk, request, front.tz))
    if not Names.of(wanted):
        return sentence("A test of what? Name topics, places or mechanisms, or the number of a digest.")
    return _sent(front, request.user, wanted)


def _sent(front: Front, user: str, wanted: Subscription) -> Message:
    refused = send_test(front, user, wanted)
    return sentence(refused.sentence if refused else SENT)


def send_test(front: Front, user: str, wanted: Subscription) -> Refused | None:
    """Send `wanted` to the person alone, as it would be posted, or return why it cannot be."""
    if problem := digests_edit.unknown(front.base, wanted):
        return problem
    composer = Composer(front.base, front.typeset, front.desk.arrivals)
    digest = composer(replace(wanted, id=""), (), front.now())
    front.outbox.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return None
