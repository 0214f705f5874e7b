"""/yrd-digest: what only shows is answered in the acknowledgement; the form, and what changes, right after it.

A change asks Slack who the person is and whether the bot is in the channel, and for that three seconds may be
too short.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.digests.compose import Composer
from bot.slack import digest_modal
from bot.slack.delivery import deliver
from bot.slack.digest_home import show_home
from bot.slack.digest_submission import carrying
from bot.slack.errors import code
from bot.slack.front import Asker, Front
from bot.slack.message import Message, nothing, sentence
from bot.slack.payloads import Click, SlashCall
from bot.slack.text import clean, words
from handlers import digest_change, digest_parse
from handlers.answer import Answer, Refused
from handlers.digest import CHANGES, verb_of
from handlers.digest_names import Names, Wrong
from handlers.digest_rights import changeable, visible
from handlers.subscription import Subscription

DIGEST: Final = "/yrd-digest"
# Twenty names and every option; a button must carry it.
LONGEST: Final = 1200
# A trigger lives three seconds. docs.slack.dev/reference/methods/views.open#errors
_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
NOT_OPENED: Final = "Slack did not let me open the form in time. Please try again, or type /yrd-digest help."
SENT: Final = "I sent you a test in our direct messages; nothing is saved by it."


def taken(front: Front, call: SlashCall) -> BoltResponse | None:
    """Take a command that needs Slack, to be answered later; None where it can be answered at once."""
    text, _ = clean(words(call.text), LONGEST)
    if front.desk.subscriptions is None:
        return None
    if not text.strip():
        front.later(
            "digest form",
            call,
            lambda: open_form(front, call),
            lambda said: deliver(front.outbox, call, said),
        )
        return nothing()
    if verb_of(text)[0] not in CHANGES:
        return None
    front.later(
        "digest", call, lambda: _answer(front, call, text), lambda said: deliver(front.outbox, call, said)
    )
    return nothing()


def _answer(front: Front, call: SlashCall, text: str) -> None:
    asker = Asker(call.team, call.user, call.channel)
    if verb_of(text)[0] == "test":
        deliver(front.outbox, call, tested(front, asker, text))
        return
    answer = front.answer_to(front.request(DIGEST, text, asker))
    deliver(front.outbox, call, front.message(answer, None))
    refresh_home(front, call.user, answer)


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
    view = digest_modal.form(front.base, shown, carrying(shown).encode())
    try:
        front.outbox.open_view(call.trigger_id, view)
    except SlackApiError as error:
        if code(error) not in _TOO_LATE:
            raise
        deliver(front.outbox, call, sentence(NOT_OPENED))


def tested(front: Front, asker: Asker, text: str) -> Message:
    """Send the digest that `text` describes to the person alone; return what to say."""
    request = front.request(DIGEST, text, asker)
    _, spec = verb_of(text)
    if spec.isdigit():
        kept = visible(front.desk, request, spec)
        if isinstance(kept, Refused):
            return front.message(kept.answer, None)
        return sent_test(front, asker.user, kept)
    read = digest_parse.read(front.base, spec)
    if isinstance(read, Wrong):
        return front.message(digest_change.wrong(read, "test", spec), None)
    wanted = read.on(digest_change.fresh(front.desk, request, front.tz))
    if not Names.of(wanted):
        return sentence("A test of what? Name topics, places or mechanisms, or the number of a digest.")
    return sent_test(front, asker.user, wanted)


def sent_test(front: Front, user: str, wanted: Subscription) -> Message:
    """Send `wanted` to the person alone, as it would be posted; return what to say."""
    refused = send_test(front, user, wanted)
    return sentence(refused.sentence if refused else SENT)


def send_test(front: Front, user: str, wanted: Subscription) -> Refused | None:
    """Send `wanted` to the person alone, as it would be posted, or return why it cannot be."""
    if problem := digest_change.unknown(front.base, wanted):
        return problem
    composer = Composer(front.base, front.typeset, front.desk.arrivals)
    digest = composer(replace(wanted, id=""), (), front.now())
    front.outbox.post_with_reply(
        user,
        Message(digest.text, digest.blocks),
        Message(digest.text, digest.thread_blocks) if digest.thread_blocks else None,
    )
    return None


def refresh_home(front: Front, user: str, answer: Answer) -> None:
    """Show the person's digests on their Home tab as they are now."""
    if answer.outcome == "answer":
        show_home(front, user)
