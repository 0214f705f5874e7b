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
from bot.slack.home.ask_box import NOTHING_ASKED, Recent, ask_box, to_press
from bot.slack.home.coverage import menus
from bot.slack.home.pages import buttons
from handlers.front_page.recent import RecentFact
from handlers.records.about import command_of
from handlers.say import Said, say, say_many
from handlers.target import Target
from knowledge.base import FactBase
from knowledge.model import Fact

WHAT: Final = say("Cited facts on the Yangtze River Delta's cities, pairings and cooperation")
_NEWS: Final = {"new": say("New:"), "corrected": say("Corrected:")}


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What stands on the Home tab beside the box: facts from the base, and under them what is the reader's `own`.

    `picture` is the map, None where Slack shows none; `to_begin` are buttons for what is to be the reader's own.
    """

    base: FactBase
    render_fact: FactRenderer
    of_the_day: Fact | None = None
    news: Sequence[RecentFact] = ()
    picture: Block | None = None
    own: Sequence[Block] = ()
    to_begin: Sequence[Element] = ()


def home_view(page: FrontPage, recent: Recent = NOTHING_ASKED, in_messages: str = "") -> dict[str, Any]:
    """Return the view of the Home tab, within Slack's limits for views; it says which question is answered
    `in_messages` just now.
    """
    base = page.base
    answered = [blockkit.context(say("Answered in Messages: {question}", question=in_messages))]
    blocks: list[Block] = [
        blockkit.header(say("YRD Desk")),
        blockkit.context(say("{what}: {counts}", what=WHAT, counts=counts(base))),
        ask_box(recent),
        *(answered if in_messages else []),
        *to_press(recent),
        *([] if base.facts else [_NOTHING]),
        *_of_the_day(page),
        *_news(page),
        *page.own,
        *_map(page),
        *menus(base),
        blockkit.actions([*page.to_begin, *buttons()]),
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
        facts=say_many("{count} fact", "{count} facts", len(base.seeds.facts)),
        documents=say_many("{count} document", "{count} documents", len(base.documents)),
    )


def _of_the_day(page: FrontPage) -> list[Block]:
    if page.of_the_day is None:
        return []
    fact = page.render_fact(page.of_the_day)
    title = blockkit.text_element(say("A fact a day"), bold=True)
    said = blockkit.rich_text(title, blockkit.text_element(f"\n{fact.statement} ({fact.cited})"))
    # The first thing it is about is what most of it says.
    about = next((r for slug in fact.fact.subjects if (r := page.base.entity(slug))), None)
    value = about and carry(command_of(about), "", "", verb="", target=Target(id=about.slug))
    if not about or not value:
        return [said]
    more = blockkit.button(say("More on {record}", record=about), "choice:97", value.encode())
    return [said, blockkit.actions([more])]


def _news(page: FrontPage) -> list[Block]:
    if not page.news:
        return []
    title = blockkit.rich_text(blockkit.text_element(say("New in the fact base"), bold=True))
    lines = []
    for one in page.news:
        fact = page.render_fact(one.fact)
        lines.append(
            say(
                "{mark} {statement} ({source})",
                mark=_NEWS[one.what],
                statement=fact.statement,
                source=fact.cited,
            )
        )
    return [title, blockkit.bullets(lines)]


def _map(page: FrontPage) -> list[Block]:
    if page.picture is None:
        return []
    return [blockkit.rich_text(blockkit.text_element(say("Who is tied to whom"), bold=True)), page.picture]
