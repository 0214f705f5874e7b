"""A year and nothing else: what the base holds of it."""

from __future__ import annotations

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.paging import page
from handlers.records import about
from handlers.request import Request
from handlers.services import Services
from knowledge.model import Fact
from knowledge.search.features import speaks_of_year
from knowledge.vocabulary import Region


def by_year(services: Services, request: Request, years: tuple[int, ...]) -> Answer:
    """Return the facts that speak of all of `years`, or that there are none: the delta's first, then those dated so."""
    asked = " and ".join(map(str, years))
    facts = [fact for fact in services.base.facts if all(speaks_of_year(fact, year) for year in years)]
    if not facts:
        return Answer(
            headline=f"The fact base holds nothing on {asked}.",
            outcome="unknown",
            notes=("help shows what can be asked.",),
        )

    def order(fact: Fact) -> tuple[bool, bool, str]:
        return fact.region is Region.ELSEWHERE, not fact.date.startswith(str(years[0])), fact.date

    shown = page(sorted(facts, key=order), request.page, FACTS_PER_PAGE)
    return Answer(
        headline=f"Read as a question about {asked}: {about.counted(len(facts), 'fact')}.",
        outcome="answer",
        match="search",
        lines=tuple(Line(fact, bold=tuple(map(str, years))) for fact in shown.items),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
    )
