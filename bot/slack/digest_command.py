"""/yrd-digest: its form, a test for the person alone, and what changes digests."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.digests.compose import Composer
from bot.slack import digest_modal
from bot.slack.delivery import deliver, tell
from bot.slack.digest_home import show_home
from bot.slack.digest_submission import Carried
from bot.slack.errors import code
from bot.slack.front import Asker, Front
from bot.slack.message import Message, sentence
from bot.slack.payloads import Click, SlashCall
from handlers import digest_change, digest_parse
from handlers.answer import Answer
from handlers.digest_names import Names, Wrong
from handlers.digest_rights import changeable, refusal
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
        tell(front, call, front.message(tested(front, replace(request, text=route.argument)), None))
        return
    answer = front.answer_to(request)
    # The answer to a confirmation's button stands in the place of the confirmation.
    is_private = isinstance(call, Click) and call.container.is_ephemeral
    tell(front, call, front.message(answer, None), replace=is_private)
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
        shown = digest_change.fresh(front.desk, request)
    metadata = Carried(id=shown.id, version=shown.version, channel=shown.channel).encode()
    view = digest_modal.form(front.desk.base, shown, metadata)
    try:
        front.outbox.open_view(call.trigger_id, view)
    except SlackApiError as error:
        if code(error) not in _TOO_LATE:
            raise
        deliver(front.outbox, call, sentence(NOT_OPENED))


def tested(front: Front, request: Request) -> Answer:
    """Send the digest that the text describes, or the saved one of that number, to the person alone."""
    spec = request.text
    read = digest_parse.read(front.base, spec)
    if isinstance(read, Wrong):
        return digest_change.wrong(read, "test", spec)
    wanted = read.on(digest_change.fresh(front.desk, request, front.tz))
    if spec.isdigit():
        kept = front.desk.subscriptions.get(request.team, spec) if front.desk.subscriptions else None
        wanted = replace(kept, id="") if kept else wanted
    return send_test(front, request.user, wanted)


def send_test(front: Front, user: str, wanted: Subscription) -> Answer:
    """Send a digest to the person alone, as it would be posted; the outcome says whether it was."""
    if not Names.of(wanted):
        return refusal("A test of what? Name topics, places or mechanisms, or the number of a digest.")
    digest = Composer(front.base, front.typeset, front.desk.arrivals)(wanted, (), front.now())
    front.outbox.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return Answer(headline=SENT, outcome="done")
