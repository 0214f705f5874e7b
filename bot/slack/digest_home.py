"""The digests part of the Home tab: the person's own, when they come next, and how reliably they came."""

from __future__ import annotations

from typing import Final

from bot.render import elements
from bot.render.elements import Block
from bot.slack import curation_home
from bot.slack.front import Front
from bot.slack.home import home
from bot.slack.home_ask import NOTHING_ASKED, Recent
from handlers import digest_text
from handlers.digest_names import Names
from handlers.slots import label, next_slots
from handlers.subscription import Subscription

NONE_YET: Final = (
    "You have none yet. A digest posts facts on what you choose to a channel, at the times you set."
)
NOT_KNOWN: Final = (
    "Your digests and proposals are not shown: Slack cannot be reached just now to say who you are."
    " Open this tab again in a minute."
)
# Home has room for a hundred blocks; each digest takes three.
_SHOWN: Final = 15


def show_home(front: Front, user: str, recent: Recent = NOTHING_ASKED, *, is_known: bool = True) -> None:
    """Publish the Home tab of `user` as things stand, with what they asked there.

    Without `is_known` nothing that is theirs is shown, and why.
    """
    own: list[Block] = [elements.rich(elements.words(NOT_KNOWN))]
    if is_known:
        own = [*blocks(front, user), *curation_home.blocks(front, user)]
    front.outbox.publish_home(user, home(front.commands, front.base, own, recent))


def blocks(front: Front, user: str) -> list[Block]:
    """Return the digests of `user`; nothing where the bot keeps none."""
    desk = front.desk
    if desk.subscriptions is None:
        return []
    team = front.who().team
    mine = desk.subscriptions.listed(team, owner=user)
    shown: list[Block] = [elements.header("Your digests")]
    for kept in mine[:_SHOWN]:
        shown += _one(front, kept)
    if len(mine) > _SHOWN:
        shown.append(elements.context(f"… and {len(mine) - _SHOWN} more: /yrd-digest list"))
    if not mine:
        shown.append(elements.rich(elements.words(NONE_YET)))
    elif desk.deliveries is not None:
        found = desk.deliveries.reliability(team, tuple(kept.id for kept in mine))
        shown.append(elements.context(f"Reliability: {digest_text.reliability(found)}"))
    shown.append(elements.actions([elements.button("New digest", "digest_new", "new", primary=not mine)]))
    return shown


def _one(front: Front, kept: Subscription) -> list[Block]:
    about = digest_text.about(front.base, Names.of(kept))
    held = digest_text.state(kept)
    coming = next_slots(kept, front.now(), 1)
    after = held or (f"next {label(coming[0].local)}" if coming else "no run to come")
    runs = [
        elements.words(f"{kept.id}: {about}", bold=True),
        elements.words(f"\n{digest_text.when(kept)} in "),
        {"type": "channel", "channel_id": kept.channel},
        elements.words(f"; {after}"),
    ]
    is_held = bool(held)
    buttons = [
        elements.button("Settings", "digest_settings", kept.id),
        elements.button("Resume", "digest_resume", kept.id)
        if is_held
        else elements.button("Pause", "digest_pause", kept.id),
        elements.button("History", "digest_history", kept.id),
    ]
    line: Block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
    return [line, elements.actions(buttons)]
