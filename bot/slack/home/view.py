"""The Home tab: a box to ask in, a fact of the day, the map, what is new, and what is the reader's own.

What is looked up once a year stands behind buttons. What one asked here stands in the tab itself; of that the bot
keeps what had no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.render.button_value import carry
from bot.render.fact_renderer import FactRenderer
from bot.slack.home import news
from bot.slack.home.ask_box import ask_box, to_press
from bot.slack.home.coverage import menus
from bot.slack.home.own import Own
from bot.slack.home.pages import buttons
from bot.slack.recent import NOTHING_ASKED, Recent
from handlers.front_page.recent import RecentFact
from handlers.records import counts as numbers
from handlers.records.about import command_of
from handlers.request import MAP
from handlers.say import Said, say
from handlers.target import Target
from knowledge.base import FactBase
from knowledge.model import Fact

WHAT: Final = say("Cited facts on the Yangtze River Delta's cities, pairings and cooperation")
_DRAWING: Final = say("The map is being drawn: it stands here in a moment.")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What stands on the Home tab beside the box: facts from the base, and under them what is the reader's `own`.

    `picture` is the map, None where there is none; its place is kept while it `is_drawn`. `own` is in groups, each of which ends in
    its buttons.
    """

    base: FactBase
    render_fact: FactRenderer
    of_the_day: Fact | None = None
    news: Sequence[RecentFact] = ()
    picture: Block | None = None
    is_drawn: bool = False
    own: Sequence[Own] = ()
    admin: Sequence[Element] = ()


def home_view(page: FrontPage, recent: Recent = NOTHING_ASKED, in_messages: str = "") -> dict[str, Any]:
    """Return the view of the Home tab, within Slack's limits for views; it says which question is answered
    `in_messages` just now.
    """
    base = page.base
    answered = [blockkit.context(say("Answered in Messages: {question}", question=in_messages))]
    blocks: list[Block] = [
        # Slack heads the tab with the app's name.
        blockkit.context(say("{what}: {counts}", what=WHAT, counts=counts(base))),
        ask_box(recent),
        *(answered if in_messages else []),
        *to_press(recent),
        *([] if base.facts else [_NOTHING]),
        *_of_the_day(page),
        *(block for group in page.own for block in group.blocks()),
        *_map(page),
        *_listed(page),
        blockkit.actions([*buttons(), *page.admin]),
    ]
    return {"type": "home", "blocks": blocks[: limits.BLOCKS_IN_VIEW], "private_metadata": recent.encode()}


_NOTHING: Final = blockkit.rich_text(
    blockkit.text_element(say("The base holds no facts yet: yrd build fills it from the seeds."))
)


def notice(text: str) -> dict[str, Any]:
    """Return a Home tab that says one sentence and shows nothing else."""
    return {"type": "home", "blocks": [blockkit.rich_text(blockkit.text_element(text))]}


def counts(base: FactBase) -> Said:
    """Return "412 facts from 5 documents" with the counts of `base`."""
    return say(
        "{facts} from {documents}",
        facts=numbers.facts(len(base.facts)),
        documents=numbers.documents(len(base.documents)),
    )


def _of_the_day(page: FrontPage) -> list[Block]:
    """Return the fact of the day and what is new, with the buttons that lead on from both."""
    said: list[Block] = []
    more: list[Element] = []
    if page.of_the_day is not None:
        fact = page.render_fact(page.of_the_day)
        title = blockkit.text_element(say("A fact a day:"), bold=True)
        said.append(blockkit.rich_text(title, blockkit.text_element(f" {fact.statement} ({fact.cited})")))
        # The first thing it is about is what most of it says.
        about = next((r for slug in fact.fact.subjects if (r := page.base.entity(slug))), None)
        value = about and carry(command_of(about), "", "", verb="", target=Target(id=about.slug))
        if about and value:
            more.append(blockkit.button(say("More on {record}", record=about), "choice:97", value.encode()))
    more += [news.all_of_it()] if page.base.facts else []
    return [*said, *news.newest(page.render_fact, page.news), *([blockkit.actions(more)] if more else [])]


def _map(page: FrontPage) -> list[Block]:
    if page.picture is None and not page.is_drawn:
        return []
    title = blockkit.rich_text(blockkit.text_element(say("Who is tied to whom"), bold=True))
    return [title, page.picture or blockkit.context(_DRAWING)]


def _listed(page: FrontPage) -> list[Block]:
    """Return what the map draws as a list, and the menus that look up a topic or a place."""
    has_map = page.picture is not None or page.is_drawn
    value = carry(MAP, "", "", verb="") if has_map else None
    listed = [blockkit.button(say("List what is drawn"), "choice:96", value.encode())] if value else []
    shown = [*listed, *menus(page.base)]
    return [blockkit.actions(shown)] if shown else []
