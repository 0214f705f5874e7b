"""The digests part of the Home tab: the person's own, when they come next, and how reliably they came."""

from __future__ import annotations

from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.render.button_value import of_digest
from bot.slack.context import SlackContext
from bot.slack.home import curation
from bot.slack.home.ask_box import NOTHING_ASKED, Recent
from bot.slack.home.view import home_view
from handlers.digests import describe as digests_describe
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import next_slots, slot_label
from handlers.say import Said, say, say_many
from handlers.subscription import Subscription, UnreadableDigest

NONE_YET: Final = say(
    "You have none yet. A digest posts facts on what you choose to a channel, at the times you set."
)
NOT_KNOWN: Final = say(
    "Your digests and proposals are not shown: Slack cannot be reached just now to say who you are."
    " Open this tab again in a minute."
)
_BESIDE: Final = " · "
# Home has room for a hundred blocks; each digest takes three.
_SHOWN: Final = 15


async def show_home(
    slack: SlackContext, user: str, recent: Recent = NOTHING_ASKED, *, is_known: bool = True
) -> None:
    """Publish the Home tab of `user` as things stand, with what they asked there.

    Without `is_known` nothing that is theirs is shown, and why.
    """
    own: list[Block] = [blockkit.rich_text(blockkit.text_element(NOT_KNOWN))]
    if is_known:
        own = [*blocks(slack, user), *curation.blocks(slack, user)]
    await slack.sender.publish_home(
        user, home_view(slack.commands, slack.base, own, recent, slack.services.privacy)
    )


def blocks(slack: SlackContext, user: str) -> list[Block]:
    """Return the digests of `user`."""
    services, team = slack.services, slack.team
    mine = services.subscriptions.listed(team, owner=user)
    shown: list[Block] = [blockkit.header(say("Your digests"))]
    for kept in mine[:_SHOWN]:
        shown += _one(slack, kept)
    if len(mine) > _SHOWN:
        more = say_many(
            "… and {count} more: /yrd-digest list", "… and {count} more: /yrd-digest list", len(mine) - _SHOWN
        )
        shown.append(blockkit.context(more))
    lost = services.subscriptions.unreadable(team, owner=user)
    for one in lost[:_SHOWN]:
        shown.append(blockkit.rich_text(blockkit.text_element(_unreadable(one))))
    if not mine and not lost:
        shown.append(blockkit.rich_text(blockkit.text_element(NONE_YET)))
    elif mine:
        found = services.deliveries.reliability(team, tuple(kept.id for kept in mine))
        came = say("Reliability: {reliability}", reliability=digests_describe.reliability_text(found))
        shown.append(blockkit.context(came))
    shown.append(
        blockkit.actions([blockkit.button(say("New digest"), "digest_new", "new", primary=not mine)])
    )
    return shown


def _unreadable(lost: UnreadableDigest) -> Said:
    why, advice = digests_describe.unreadable_text(lost), digests_describe.unreadable_advice(lost)
    return say("{why} {advice}", why=why, advice=advice)


def _one(slack: SlackContext, kept: Subscription) -> list[Block]:
    about = digests_describe.subjects_text(slack.base, Subjects.of(kept))
    held = digests_describe.state_text(kept)
    coming = next_slots(kept, slack.now(), 1)
    after = say("next {slot}", slot=slot_label(coming[0].local)) if coming else say("no run to come")
    runs = [
        blockkit.text_element(say("{digest}: {subjects}", digest=kept.id, subjects=about), bold=True),
        blockkit.text_element("\n"),
        blockkit.text_element(digests_describe.schedule_text(kept)),
        blockkit.text_element(_BESIDE),
        {"type": "channel", "channel_id": kept.channel},
        blockkit.text_element(_BESIDE),
        blockkit.text_element(held or after),
    ]
    is_held = bool(held)
    value = of_digest(kept.id)
    buttons = [
        blockkit.button(say("Settings"), "digest_settings", value),
        blockkit.button(say("Resume"), "digest_resume", value)
        if is_held
        else blockkit.button(say("Pause"), "digest_pause", value),
        blockkit.button(say("History"), "digest_history", value),
    ]
    line: Block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
    return [line, blockkit.actions(buttons)]
