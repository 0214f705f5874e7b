"""The Home tab as things stand, published to its reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.slack import maps
from bot.slack.api.payloads import Call, Click
from bot.slack.context import SlackContext
from bot.slack.home import curation, digests
from bot.slack.home.ask_box import NOTHING_ASKED, Recent, recent_in
from bot.slack.home.view import FrontPage, home_view
from bot.slack.sending.pictures import FileRefusedError, PictureRefusedError
from handlers.answer import Picture
from handlers.front_page.of_the_day import fact_of_the_day
from handlers.front_page.recent import recent as recent_facts
from handlers.lookups import map_selection
from handlers.say import say

NOT_KNOWN: Final = say(
    "Your digests and proposals are not shown: Slack cannot be reached just now to say who you are."
    " Open this tab again in a minute."
)
_NEWS: Final = 3
_NEW: Final = (digests.new_digest(), curation.propose())


async def show_home(
    slack: SlackContext,
    user: str,
    recent: Recent = NOTHING_ASKED,
    *,
    is_known: bool = True,
    in_messages: str = "",
) -> None:
    """Publish the Home tab of `user` as things stand, with what they asked there, and which question is answered
    `in_messages` just now.

    Without `is_known` nothing that is theirs is shown, and why.
    """
    page = _page(slack, user, is_known=is_known)
    shown = map_selection.picture(slack.services, ())
    # Of one person's tab alone: what Slack refuses of one is no reason to take the map from another.
    where = f"{slack.team}/home/{user}"
    takes_picture = bool(shown.spots) and not slack.uploads.is_refused(where)
    at_hand = maps.block_at_hand(slack, shown) if takes_picture else None
    try:
        # Nobody waits for the map to see the rest.
        await _publish(slack, user, replace(page, picture=at_hand), recent, in_messages)
    except PictureRefusedError:
        maps.forget(slack, shown)
        slack.uploads.refuse(where)
        await _publish(slack, user, page, recent, in_messages)
        return
    if at_hand is None and takes_picture:
        await _add_map(slack, user, page, recent, shown, where)


def asked_before(call: Call) -> Recent:
    """Return what stands as asked on the Home tab that `call` came from."""
    if isinstance(call, Click) and call.view.type == "home":
        return recent_in(call.view.private_metadata)
    return NOTHING_ASKED


async def _add_map(
    slack: SlackContext, user: str, page: FrontPage, recent: Recent, shown: Picture, where: str
) -> None:
    """Publish the tab once more with the map; it stands without, so that nobody is told where that fails."""
    try:
        picture = await maps.block(slack, shown)
        if picture is not None:
            await _publish(slack, user, replace(page, picture=picture), recent, "")
    except (FileRefusedError, PictureRefusedError, OSError) as failure:
        slack.trouble(failure.error if isinstance(failure, FileRefusedError) else failure, "map", None)
        slack.uploads.refuse(where)


async def _publish(slack: SlackContext, user: str, page: FrontPage, recent: Recent, in_messages: str) -> None:
    await slack.sender.publish_home(user, home_view(page, recent, in_messages))


def _page(slack: SlackContext, user: str, *, is_known: bool) -> FrontPage:
    own: list[Block] = [blockkit.rich_text(blockkit.text_element(NOT_KNOWN))]
    if is_known:
        own = [*digests.blocks(slack, user), *curation.blocks(slack, user)]
    now = slack.now()
    return FrontPage(
        base=slack.base,
        render_fact=slack.render_fact,
        of_the_day=fact_of_the_day(slack.base, now.astimezone(ZoneInfo(slack.tz)).date()),
        news=recent_facts(slack.services, slack.team, now, _NEWS),
        own=own,
        to_begin=_NEW if is_known else (),
    )
