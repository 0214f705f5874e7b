"""The digests part of the Home tab: the person's own, when they come next, and how reliably they came."""

from __future__ import annotations

from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block, Element
from bot.render.button_value import of_digest
from bot.slack.context import SlackContext
from handlers.digests import describe as digests_describe
from handlers.digests.coming import coming
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import slot_label
from handlers.digests.supply import supply, supply_text
from handlers.say import Said, say, say_many
from handlers.subscription import Subscription, UnreadableDigest

_BESIDE: Final = " · "
# Home has room for a hundred blocks; each digest takes three.
_SHOWN: Final = 15


def blocks(slack: SlackContext, user: str) -> list[Block]:
    """Return the digests of `user`, nothing where there are none."""
    services, team = slack.services, slack.team
    mine = services.subscriptions.listed(team, owner=user)
    lost = services.subscriptions.unreadable(team, owner=user)
    if not mine and not lost:
        return []
    shown: list[Block] = [blockkit.header(say("Your digests"))]
    for kept in mine[:_SHOWN]:
        shown += _one(slack, kept)
    if len(mine) > _SHOWN:
        more = say_many(
            "… and {count} more: /yrd-digest list", "… and {count} more: /yrd-digest list", len(mine) - _SHOWN
        )
        shown.append(blockkit.context(more))
    for one in lost[:_SHOWN]:
        shown.append(blockkit.rich_text(blockkit.text_element(_unreadable(one))))
    if mine:
        found = services.deliveries.reliability(team, tuple(kept.id for kept in mine))
        came = say("Reliability: {reliability}", reliability=digests_describe.reliability_text(found))
        shown.append(blockkit.context(came))
    return shown


def new_digest() -> Element:
    """Return the button that sets up a digest."""
    return blockkit.button(say("New digest"), "digest_new", "new")


def _unreadable(lost: UnreadableDigest) -> Said:
    why, advice = digests_describe.unreadable_text(lost), digests_describe.unreadable_advice(lost)
    return say("{why} {advice}", why=why, advice=advice)


def _after(slack: SlackContext, kept: Subscription) -> Said:
    """Return the next run of a digest and how long its facts last."""
    services, now = slack.services, slack.now()
    found = supply(services, kept, now)
    lasts = supply_text(kept, found)
    runs = coming(services.deliveries, kept, now, 1)
    if not runs or found.is_resting:
        return lasts
    return say("next {slot}. {lasts}", slot=slot_label(runs[0].local), lasts=lasts)


def _one(slack: SlackContext, kept: Subscription) -> list[Block]:
    about = digests_describe.subjects_text(slack.base, Subjects.of(kept))
    held = digests_describe.state_text(kept)
    after = _after(slack, kept)
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
