"""What the owner of a subscription is told when something about it needs a person. Once per event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.render.blockkit import actions, button, fallback, rich_text, text_element
from bot.render.content import Block, Content
from bot.state.digests.delivery_rows import DeliveryRow
from handlers.digests.describe import UNREADABLE_ADVICE, unreadable_text
from handlers.subscription import Subscription, UnreadableDigest

RESUME: Final = "digest_resume"
"""The action id of the button that resumes a subscription; its value is the subscription's id."""

GONE: Final[Mapping[str, str]] = {
    "channel_not_found": "Slack no longer shows me that channel: it was deleted, or it is private and I was removed"
    " from it. Invite me again with /invite",
    "is_archived": "The channel is archived. Bring it back in Slack",
    "not_in_channel": "I am no longer in the channel. Invite me again with /invite",
    "missing_scope": "The app lacks a right that I need to post there. Ask an admin to reinstall it",
}
"""What Slack says of a channel that digests cannot reach, and what a person can do about it."""
_BARRED: Final = "Slack does not let me post there ({reason}). Ask an admin of the workspace to allow it, or choose another channel"


def paused(subscription: Subscription, reason: str) -> Content:
    """Return what says that the channel cannot be reached, and offers to go on; `reason` is Slack's word for why."""
    what = f"I have paused digest {subscription.id} for"
    then = f". {GONE.get(reason) or _BARRED.format(reason=reason)}, then resume the digest."
    return _about(subscription, what, then, (button("Resume", RESUME, subscription.id, primary=True),))


def unknown(subscription: Subscription, row: DeliveryRow, why: str) -> Content:
    """Return what says that nobody knows whether a digest was posted."""
    what = f"I do not know whether digest {subscription.id} of {row.label} was posted in"
    then = f": Slack did not answer, and I could not read it back ({why}). I will not post it again."
    return _about(subscription, what, then)


def failed(subscription: Subscription, row: DeliveryRow, why: str) -> Content:
    """Return what says that a digest could not be posted."""
    what = f"Digest {subscription.id} of {row.label} was not posted in"
    then = (
        f": {why}. The next one is planned as usual; /yrd-digest history {subscription.id} shows the record."
    )
    return _about(subscription, what, then)


def unreadable(lost: UnreadableDigest) -> Content:
    """Return what says that a digest cannot be read, and what to do."""
    return _about(
        lost, f"{unreadable_text(lost)} It was to come to", f". {UNREADABLE_ADVICE.format(lost.id)}"
    )


def late(content: Content, row: DeliveryRow) -> Content:
    """Return a digest marked as late."""
    said = f"Late: this digest was due {row.label}."
    return Content(
        text=f"{fallback(said)} {content.text}",
        blocks=(rich_text(text_element(said, italic=True)), *content.blocks),
    )


def _about(
    subscription: Subscription | UnreadableDigest, what: str, then: str, buttons: tuple[Block, ...] = ()
) -> Content:
    channel = {"type": "channel", "channel_id": subscription.channel}
    runs = [text_element(f"{what} "), channel, text_element(then)]
    said: Block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
    text = f"{fallback(what)} <#{subscription.channel}>{fallback(then)}"
    return Content(text, (said, actions(buttons)) if buttons else (said,))
