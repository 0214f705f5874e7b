"""What the owner of a subscription is told when something about it needs a person. Once per event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.render.blockkit import actions, button, fallback, rich_text, text_element
from bot.render.channel_link import escaped, link, runs
from bot.render.content import Block, Content
from bot.state.digests.delivery_rows import DeliveryRow
from handlers.digests.describe import unreadable_advice, unreadable_text
from handlers.say import Said, say
from handlers.subscription import Subscription, UnreadableDigest

RESUME: Final = "digest_resume"
"""The action id of the button that resumes a subscription; its value is the subscription's id."""

_GONE: Final[Mapping[str, str]] = {
    "channel_not_found": say(
        "Slack no longer shows me that channel: it was deleted, or it is private and I was removed from it."
        " Invite me again with /invite, then resume the digest."
    ),
    "is_archived": say("The channel is archived. Bring it back in Slack, then resume the digest."),
    "not_in_channel": say(
        "I am no longer in the channel. Invite me again with /invite, then resume the digest."
    ),
    "missing_scope": say(
        "The app lacks a right that I need to post there. Ask an admin to reinstall it, then resume the digest."
    ),
}
"""What Slack says of a channel that digests cannot reach, and what a person can do about it."""


def paused(subscription: Subscription, reason: str) -> Content:
    """Return what says that the channel cannot be reached, and offers to go on; `reason` is Slack's word for why."""
    said = say(
        "I have paused digest {digest} for {channel}. {reason}",
        digest=subscription.id,
        channel=link(subscription.channel),
        reason=_GONE.get(reason) or _barred(reason),
    )
    return _about(subscription, said, (button(say("Resume"), RESUME, subscription.id, primary=True),))


def _barred(reason: str) -> Said:
    return say(
        "Slack does not let me post there ({reason}). Ask an admin of the workspace to allow it, or choose another"
        " channel, then resume the digest.",
        reason=reason,
    )


def unknown(subscription: Subscription, row: DeliveryRow, why: str) -> Content:
    """Return what says that nobody knows whether a digest was posted."""
    said = say(
        "I do not know whether digest {digest} of {run} was posted in {channel}: Slack did not answer, and I could not read"
        " it back ({why}). I will not post it again.",
        digest=subscription.id,
        run=row.label,
        channel=link(subscription.channel),
        why=why,
    )
    return _about(subscription, said)


def failed(subscription: Subscription, row: DeliveryRow, why: str) -> Content:
    """Return what says that a digest could not be posted."""
    said = say(
        "Digest {digest} of {run} was not posted in {channel}: {why}. The next one is planned as usual;"
        " /yrd-digest history {digest} shows the record.",
        digest=subscription.id,
        run=row.label,
        channel=link(subscription.channel),
        why=why,
    )
    return _about(subscription, said)


def unreadable(lost: UnreadableDigest) -> Content:
    """Return what says that a digest cannot be read, and what to do."""
    said = say(
        "{problem} It was to come to {channel}. {advice}",
        problem=unreadable_text(lost),
        channel=link(lost.channel),
        advice=unreadable_advice(lost),
    )
    return _about(lost, said)


def late(content: Content, row: DeliveryRow) -> Content:
    """Return a digest marked as late."""
    said = say("Late: this digest was due {run}.", run=row.label)
    return Content(
        text=f"{fallback(said)} {content.text}",
        blocks=(rich_text(text_element(said, italic=True)), *content.blocks),
    )


def _about(
    subscription: Subscription | UnreadableDigest, sentence: str, buttons: tuple[Block, ...] = ()
) -> Content:
    section = {"type": "rich_text_section", "elements": runs(sentence, subscription.channel)}
    said: Block = {"type": "rich_text", "elements": [section]}
    return Content(escaped(sentence, subscription.channel), (said, actions(buttons)) if buttons else (said,))
