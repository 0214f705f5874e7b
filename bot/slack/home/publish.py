"""The Home tab as things stand, published to its reader."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.map.cache import Map
from bot.render import blockkit
from bot.render.blockkit import Block
from bot.slack import maps
from bot.slack.api.payloads import Call, Click, Submission
from bot.slack.context import SlackContext, nobody
from bot.slack.home import curation, digests
from bot.slack.home.own import Own
from bot.slack.home.view import FrontPage, home_view
from bot.slack.recent import NOTHING_ASKED, Recent, recent_in
from bot.slack.sending.pictures import FileRefusedError, PictureRefusedError
from bot.slack.sending.views import Opened
from handlers.front_page.of_the_day import fact_of_the_day
from handlers.front_page.recent import recent as recent_facts
from handlers.say import say

_log = logging.getLogger(__name__)

NOT_KNOWN: Final = say(
    "Your digests and proposals are not shown: Slack cannot be reached just now to say who you are."
    " Open this tab again in a minute."
)
_NEWS: Final = 1


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
    tab = _Tab(_page(slack, user, is_known=is_known), recent, in_messages)
    drawn = slack.whole_map.of(slack.team, slack.services, slack.maps)
    # Of one person's tab alone: what Slack refuses of one is no reason to take the map from another.
    where = f"{slack.team}/home/{user}"
    wanted = drawn if drawn is not None and not slack.uploads.is_refused(where) else None
    at_hand = maps.image_at_hand(slack, wanted) if wanted is not None else None
    is_drawn = at_hand is None and wanted is not None
    try:
        # Nobody waits for the map to see the rest.
        stands = await _publish(slack, user, tab.showing(picture=at_hand, is_drawn=is_drawn))
    except PictureRefusedError:
        if wanted is not None:
            maps.forget_map(slack, wanted)
        slack.uploads.refuse(where)
        await _publish(slack, user, tab)
        return
    if is_drawn and wanted is not None and stands is not None:
        await _add_map(slack, user, replace(tab, still=stands.hash), wanted, where)


async def make_map_ready(slack: SlackContext) -> None:
    """Draw and upload the map of Home before anybody opens it. Nobody is told where that fails: Home tries again."""
    slack = slack.for_request(slack.identity().team)
    drawn = slack.whole_map.of(slack.team, slack.services, slack.maps)
    if drawn is None:
        return
    try:
        await maps.image(slack, drawn)
    except (FileRefusedError, OSError) as failure:
        _log.warning("the map of Home was not made ready", extra={"error": type(failure).__name__})


async def show_home_again(slack: SlackContext, call: Call) -> None:
    """Publish the Home tab of whoever made `call` from it, or from a view over it, as it is after that, with what was asked there.

    What was asked stands in the tab alone. To what is done elsewhere Slack does not send it along, and a tab published
    without would lose it; whoever opens the tab next has Slack say so, and it is published as things stand.
    """
    recent = asked_before(call)
    if recent is not None:
        await show_home(slack, call.user, recent)


def show_home_later(slack: SlackContext, call: Submission, recent: Recent) -> None:
    """Publish the Home tab as it is after a form over it was sent, as soon as that is acknowledged."""
    # The page in the place of the form tells how it went: nobody waits to hear of Home.
    slack.later("home", call, lambda: show_home(slack.renewed(), call.user, recent), nobody)


def asked_before(call: Call) -> Recent | None:
    """Return what stands as asked on the Home tab that `call` came from, or that lies under the view it came from; None where
    none does.
    """
    return recent_in(call.view.private_metadata) if isinstance(call, Click) and call.is_in_view else None


@dataclass(frozen=True, slots=True)
class _Tab:
    """What is published as one's tab: only in place of the one whose hash is `still`, if that is given."""

    page: FrontPage
    recent: Recent
    in_messages: str
    still: str = ""

    def showing(self, picture: Block | None, *, is_drawn: bool = False) -> _Tab:
        """Return the same with the map, or with its place kept while it `is_drawn`."""
        return replace(self, page=replace(self.page, picture=picture, is_drawn=is_drawn))


async def _add_map(slack: SlackContext, user: str, tab: _Tab, drawn: Map, where: str) -> None:
    """Publish the tab once more with the map, unless it was published anew meanwhile: that one gets its map itself.

    It stands without, so that nobody is told where that fails.
    """
    try:
        picture = await maps.image(slack, drawn)
        await _publish(slack, user, tab.showing(picture))
    except (FileRefusedError, PictureRefusedError, OSError) as failure:
        slack.trouble(failure.error if isinstance(failure, FileRefusedError) else failure, "map", None)
        slack.uploads.refuse(where)
        # Its place is not kept for ever.
        await _publish(slack, user, tab)


async def _publish(slack: SlackContext, user: str, tab: _Tab) -> Opened | None:
    view = home_view(tab.page, tab.recent, tab.in_messages)
    return await slack.sender.views.publish_home(user, view, still=tab.still)


def _page(slack: SlackContext, user: str, *, is_known: bool) -> FrontPage:
    own: tuple[Own, ...] = (Own(([blockkit.text_element(NOT_KNOWN)],)),)
    if is_known:
        own = (curation.own(slack, user), digests.own(slack, user))
    now = slack.now()
    return FrontPage(
        base=slack.base,
        render_fact=slack.render_fact,
        of_the_day=fact_of_the_day(slack.base, now.astimezone(ZoneInfo(slack.tz)).date()),
        news=recent_facts(slack.services, slack.team, now, _NEWS),
        own=own,
        admin=curation.curators(slack, user) if is_known else (),
    )
