"""Reaching the person who clicked, by the best way that is left.

A response URL works everywhere but for thirty minutes and five times; chat.postEphemeral needs the bot in the
channel; a direct message always arrives.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from slack_sdk.errors import SlackApiError

from bot.slack.api.errors import UnknownOutcomeError, is_barred
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, OtherCall, ShortcutCall, SlashCall, Submission
from bot.slack.sending import answer_modal
from bot.slack.sending.client import SlackSender
from bot.slack.sending.response_urls import NotDeliveredError
from handlers.say import say

Pressed = Click | ShortcutCall | Submission | OtherCall | SlashCall

UNCLEAR_FORM: Final = say(
    "Slack did not say whether it opened the form. If you do not see it, please try again."
)
UNCLEAR: Final = say(
    "Slack did not say whether it showed you my answer. If you do not see it, please ask again."
)


async def tell(
    sender: SlackSender, call: Pressed, message: Message, *, replace: bool = False, channel: str = ""
) -> None:
    """Show `message` to whoever pressed, wherever they are; in a direct message as an ordinary message there.

    A form stands in no channel: `channel` is where it was opened. `replace` as in `deliver`.
    """
    if isinstance(call, Click) and call.channel.startswith("D") and not call.container.is_ephemeral:
        await sender.post(call.channel, message, call.thread)
    elif channel.startswith(("C", "G")):
        await sender.tell(channel, call.user, message)
    else:
        await deliver(sender, call, message, replace=replace)


async def deliver(sender: SlackSender, call: Pressed, message: Message, *, replace: bool = False) -> None:
    """Show `message` to the person of `call` alone; `replace` puts it in place of the one they clicked in. What was clicked in
    Home or in a modal is answered there, by direct message where that is too late.

    Where Slack did not say whether it did, they are told so.
    """
    if isinstance(call, Click) and call.is_in_view:
        if not await answer_modal.shown(sender.views, call, message):
            await sender.post(call.user, message)
        return
    thread = thread_of(call)
    sent = await responded(sender, call, message, replace=replace, thread=thread)
    if sent == "yes":
        return
    # Sent another way as well, the answer could stand there twice; this sentence stands for itself.
    said = message if sent == "no" else sentence(UNCLEAR)
    if not await _whispered(sender, call, said, thread):
        await sender.post(call.user, said)


async def open_view(
    sender: SlackSender, call: Click | SlashCall | ShortcutCall, view: dict[str, Any]
) -> None:
    """Open a modal on the screen of the person of `call`, over the one that they clicked in if it was one; where Slack did
    not say whether it did, they are told so.
    """
    is_over = isinstance(call, Click) and call.view.type == "modal"
    try:
        await (sender.views.push if is_over else sender.views.open)(call.trigger_id, view)
    except UnknownOutcomeError:
        await deliver(sender, call, sentence(UNCLEAR_FORM))


async def responded(
    sender: SlackSender,
    call: Pressed,
    message: Message,
    *,
    public: bool = False,
    replace: bool = False,
    thread: str = "",
    url: str = "",
) -> Literal["yes", "no", "unknown"]:
    """Post by the response URL, that of `call` or another `url`, and return whether it is there; "unknown" when Slack did
    not say.

    OSError when Slack was not reached.
    """
    try:
        is_there = await sender.respond(
            url or call.response_url, message, public=public, replace=replace, thread=thread
        )
    except NotDeliveredError:
        return "no"
    return "yes" if is_there else "unknown"


async def _whispered(sender: SlackSender, call: Pressed, message: Message, thread: str) -> bool:
    if not call.channel:
        return False
    try:
        await sender.whisper(call.channel, call.user, message, thread)
    except SlackApiError as error:
        if not is_barred(error):
            raise
        return False
    return True


def thread_of(call: Pressed) -> str:
    """Return the thread that the person is in, "" where they are in none."""
    return call.thread if isinstance(call, Click | ShortcutCall) else ""
