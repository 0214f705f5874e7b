"""A time and nothing else: what the base holds of it, or of it and a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.paging import page
from handlers.questions.understood import as_read, corrections
from handlers.records import counts
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.verdict.denied import listed
from knowledge.model import Fact
from knowledge.periods import WORDS, Period, periods
from knowledge.search.query import Concept, Query
from knowledge.vocabulary import Kind, Region

# How long dates are: "2019", "2019-05-22".
_YEAR_ALONE: Final = 4
_DAY: Final = 10


def by_date(services: Services, request: Request, query: Query) -> Answer | None:
    """Return the facts that speak of the time that is asked for, and of all that is named with it; None where more is asked,
    or no time. Where there are none, that is said of a time alone, and None returned of one with a name.
    """
    words = [word for concept in query.concepts if not concept.is_name for word in concept.surface.split()]
    if query.strangers or not all(word in WORDS or word.isdigit() for word in words):
        return None
    times = periods(query.text)
    if not times:
        return None
    names = [concept for concept in query.concepts if concept.is_name]
    spoken_of = tuple(dict.fromkeys(mention.shown for mention in query.mentions)) if names else ()
    asked = listed([time.shown for time in times])
    facts = _in_order(services, times, names)
    if not facts:
        return None if names else _nothing(asked)
    shown = page(facts, request.page, FACTS_PER_PAGE)
    return Answer(
        headline=_headline(asked, spoken_of, len(facts)),
        outcome="answer",
        match="search",
        lines=tuple(map(Line, shown.items)),
        read=corrections(query),
        asked=as_read(query),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
    )


def _headline(asked: str, names: Sequence[str], count: int) -> Said:
    """Return how many facts are on a time, or on some names and speak of it."""
    if not names:
        return say("{asked}: {facts}.", asked=asked[0].upper() + asked[1:], facts=counts.facts(count))
    return say_many(
        "{count} fact on {names} speaks of {time}.",
        "{count} facts on {names} speak of {time}.",
        count,
        names=listed(names),
        time=asked,
    )


def _in_order(services: Services, times: Sequence[Period], names: Sequence[Concept]) -> tuple[Fact, ...]:
    """Return the facts of one of `times` on all of `names`: the delta's before those from elsewhere, those on documents only
    where there are no others.

    Among each what has a day or a month comes first, then what has a year, then what only mentions the time; of each the events
    before what was said, as they came.
    """
    on_documents = services.base.about_documents

    def order(fact: Fact) -> tuple[bool, bool, bool, bool, str]:
        is_dated = any(time.dates(fact) for time in times)
        return (
            fact.region is Region.ELSEWHERE,
            not is_dated,
            len(fact.date) <= _YEAR_ALONE,
            fact.kind is not Kind.EVENT,
            # "May 2019" behind every day of it.
            fact.date.ljust(_DAY, "~"),
        )

    found = (
        fact
        for fact in services.base.facts
        if all(any(services.base.is_about(fact, owner) for owner in name.owners) for name in names)
        and any(time.is_spoken_of(fact) for time in times)
    )
    ordered = tuple(sorted(found, key=order))
    # Of documents nothing is asked; what is dated by them alone is better than nothing.
    return tuple(fact for fact in ordered if on_documents.isdisjoint(fact.topics)) or ordered


def _nothing(asked: str) -> Answer:
    return Answer(
        headline=say("The fact base holds nothing on {asked}.", asked=asked),
        outcome="unknown",
        notes=(say("help shows what can be asked."),),
    )
