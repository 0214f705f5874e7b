"""What is offered beside a refusal: the facts that have to do with the question, and buttons for what is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from handlers.answer import NEAR_FACTS, Choice
from handlers.questions.refusing.missing import Asked
from handlers.questions.understood import names_something
from handlers.records import about
from handlers.records.lists import LISTS, PAIRINGS
from handlers.services import Services
from handlers.target import Target
from handlers.verdict import held
from handlers.verdict.denied import Denied
from knowledge.model import Fact, Named, Place
from knowledge.search.index import Hit
from knowledge.search.query import Query

_MOST_PAGES: Final = 2


def facts(services: Services, query: Query, hits: Iterable[Hit]) -> tuple[Fact, ...]:
    """Return the facts nearest to a question, closest first, that are on a name in it; without one those that are near."""
    found = [hit for hit in hits if isinstance(hit.entry, Fact)]
    names = Asked.of(services.base, query).names
    if names:
        on_them = frozenset[Fact]().union(*(held.speaking_of(services.base, name) for name in names))
        return tuple(hit.fact for hit in found if hit.fact in on_them)[:NEAR_FACTS]
    is_near = bool(found) and found[0].likely >= services.base.tuning.related
    return tuple(hit.fact for hit in found)[:NEAR_FACTS] if is_near or names_something(query) else ()


def choices(services: Services, query: Query, denied: Denied | None = None) -> tuple[Choice, ...]:
    """Return buttons for the pages of what a question names, and for the pairings where one is lacking; without either for
    the lists of what there is.
    """
    slugs = dict.fromkeys(
        slug for concept in query.concepts if len(concept.owners) == 1 for slug in concept.owners
    )
    records = [record for slug in slugs if (record := services.base.entity(slug))]
    offered = [*pages(services, records)]
    if denied is not None and denied.lacking == "pairing":
        places = [record for record in records if isinstance(record, Place)]
        offered += [*pairings(services, places), PAIRINGS]
    return tuple(offered) or LISTS


def pages(services: Services, records: Iterable[Named]) -> tuple[Choice, ...]:
    """Return buttons for the pages of those of `records` that have facts."""
    held_ = [record for record in records if services.base.facts_of(record)]
    return tuple(map(about.as_choice, held_[:_MOST_PAGES]))


def pairings(services: Services, places: Iterable[Place]) -> tuple[Choice, ...]:
    """Return buttons for the pairings of those of `places` that are in any."""
    paired = [place for place in places if held.pairings_of(services.base, place)]
    return tuple(
        Choice(
            f"pairings-{place.slug}",
            f"Pairings of {place.name}",
            "/yrd-pair",
            "",
            "",
            target=Target(id=place.slug),
        )
        for place in paired[:_MOST_PAGES]
    )
