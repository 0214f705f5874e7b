"""What is new in the fact base: the newest of it on Home, and the button that lists all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block, Element
from bot.render.fact_renderer import FactRenderer
from bot.slack.home.own import choice
from handlers.front_page.recent import RecentFact
from handlers.lookups.lists import LIST
from handlers.say import Said, say
from knowledge.vocabulary import WordUse

_MARKS: Final = {"new": say("New:"), "corrected": say("Corrected:")}


def newest(render_fact: FactRenderer, news: Sequence[RecentFact]) -> list[Block]:
    """Return the newest of what is new, nothing where nothing is."""
    if not news:
        return []
    mark = blockkit.text_element(_MARKS[news[0].what], bold=True)
    return [blockkit.rich_text(mark, blockkit.text_element(f" {_told(render_fact, news[0])}"))]


def all_of_it() -> Element:
    """Return the button that lists what is new, and says so where nothing is."""
    return choice(say("What is new"), 93, LIST, str(WordUse.RECENT))


def _told(render_fact: FactRenderer, one: RecentFact) -> Said:
    fact = render_fact(one.fact)
    return say("{statement} ({source})", statement=fact.statement, source=fact.cited)
