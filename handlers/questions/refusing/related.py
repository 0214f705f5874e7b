"""What is offered beside a refusal: the facts that have to do with the question, and buttons for what is held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handlers.answer import NEAR_FACTS, Choice
from handlers.questions.refusing.asked import Asked
from handlers.questions.understood import names_something
from handlers.questions.values import value_of
from handlers.questions.values.owner import says_it_of
from handlers.questions.values.wanted import wanted
from handlers.records import about
from handlers.records.lists import LISTS, PAIRINGS
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from handlers.verdict import held, paired
from handlers.verdict.articles import name_in_a_sentence
from handlers.verdict.denied import Denied
from knowledge.model import Fact, Named, Place
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.search.stated import states_number, states_time
from knowledge.vocabulary import Kind

_MOST_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """What a refusal goes by: what is known to be `denied`, the facts `near`, and the `nearest`, the first of these, where it
    speaks of all that is asked.
    """

    denied: Denied | None
    near: tuple[Fact, ...]
    nearest: Fact | None


def beside(services: Services, query: Query, hits: Iterable[Hit], denied: Denied | None) -> Beside:
    """Return what a refusal of a question goes by, of which `denied` is known to be missing."""
    near = facts(services, query, hits, denied)
    nearest = None if denied else covering(services, query, near)
    if nearest is not None:
        near = (nearest, *(fact for fact in near if fact != nearest))
    return Beside(denied, near, nearest)


def facts(
    services: Services, query: Query, hits: Iterable[Hit], denied: Denied | None = None
) -> tuple[Fact, ...]:
    """Return the facts nearest to a question, closest first, that are on a name in it; without one those that are near. Those on
    documents only where it speaks of them, or may well be answered by them.
    """
    found = [hit for hit in hits if isinstance(hit.entry, Fact)]
    if not query.on_documents:
        least, on_documents = services.base.tuning.likely_beside, services.base.about_documents
        found = [hit for hit in found if on_documents.isdisjoint(hit.fact.topics) or hit.likely >= least]
    asked = Asked.of(services.base, query)
    if asked.names:
        on_them = frozenset[Fact]().union(*(on(services, name) for name in asked.names))
        if denied is None:
            # What may well answer need not name the place, if it is asked for of that.
            least = services.base.tuning.likely_beside
            spoken = frozenset[Fact]().union(*(held.speaking_of(services.base, name) for name in asked.names))
            on_them |= {hit.fact for hit in found if hit.likely >= least and hit.fact in spoken}
        near = _tying(services, denied) or tuple(hit.fact for hit in found if hit.fact in on_them)
        if denied is not None and denied.lacking == "figure":
            # Beside a figure that is lacking others are nearest which are of the same, and not of its neighbour.
            near = tuple(sorted(near, key=lambda fact: fact.subjects[0] not in denied.slugs))
        return near[:NEAR_FACTS] or _joining(services, denied)
    is_near = bool(found) and (names_something(query) or _is_near(services, found[0]))
    return tuple(hit.fact for hit in found)[:NEAR_FACTS] if is_near else ()


def _tying(services: Services, denied: Denied | None) -> tuple[Fact, ...]:
    """Return a fact on each tie of places which are no twins, the one that states it; none where that is not what is denied."""
    if denied is None or denied.lacking != "twinning":
        return ()
    base = services.base
    places = [record for slug in denied.slugs if isinstance(record := base.entity(slug), Place)]
    ties = (
        tie for tie in paired.tied_otherwise(base, places) if name_in_a_sentence(base, tie) in denied.tied_by
    )

    def order(fact: Fact) -> tuple[bool, bool]:
        return fact.kind is not Kind.PAIRING, not frozenset(denied.slugs).issubset(fact.subjects)

    facts = (sorted(base.about(tie.slug), key=order)[:1] for tie in ties)
    return tuple(dict.fromkeys(fact for first in facts for fact in first))


def _joining(services: Services, denied: Denied | None) -> tuple[Fact, ...]:
    """Return the facts on what a place without a partner is part of; none where it is no partner that is denied."""
    if denied is None or denied.lacking != "pairing" or len(denied.slugs) != 1:
        return ()
    place = services.base.entity(denied.slugs[0])
    joined = paired.joined_by(services.base, place) if isinstance(place, Place) else ()
    return tuple(fact for pairing in joined for fact in services.base.facts_of(pairing))[:NEAR_FACTS]


def _is_near(services: Services, hit: Hit) -> bool:
    """Say whether a fact has to do with a question that names nothing: it may answer it and speaks of most of its words, or speaks
    of all itself.
    """
    tuning = services.base.tuning
    if not hit.missed and hit.feature("stated coverage") >= tuning.synonym:
        return True
    least = tuning.related if hit.stated >= tuning.related_words else tuning.likely_beside
    return hit.likely >= least


def on(services: Services, name: Concept) -> frozenset[Fact]:
    """Return the facts that speak of what is named: of a place themselves, for in what people ask anywhere may be named."""
    return (held.stating if name.binds else held.speaking_of)(services.base, name)


def covering(services: Services, query: Query, near: Iterable[Fact]) -> Fact | None:
    """Return the first of `near` that speaks of every name, year and telling word of a question, and states the number or time
    that it wants, of what it is wanted of, one that has what is wanted in it before others; None where none does, or nothing is
    named or asked.
    """
    base, asked = services.base, Asked.of(services.base, query)
    is_sort = query.answer_type in (AnswerType.QUANTITY, AnswerType.TIME)
    if not (asked.names or asked.words or query.years or is_sort):
        return None
    speaking = [on(services, name) for name in asked.names]
    speaking += [_on_the_word(asked, word) for word in asked.words]
    speaking += [held.of_year(base, year) for year in query.years]
    covering_ = [
        fact for fact in near if all(fact in those for those in speaking) and _states(services, query, fact)
    ]
    having = (fact for fact in covering_ if value_of(services, query, fact))
    return next(having, next(iter(covering_), None))


def _on_the_word(asked: Asked, word: Concept) -> frozenset[Fact]:
    of = held.measuring if word in asked.attributes else held.speaking_of
    return of(asked.base, word)


def _states(services: Services, query: Query, fact: Fact) -> bool:
    """Say whether a fact states a number or a time where one is wanted, and the time of that of which it is wanted."""
    base, lexicon = services.base, services.base.lexicon
    if query.answer_type is AnswerType.QUANTITY:
        return bool(fact.figures) or states_number(lexicon, fact.statement)
    if query.answer_type is not AnswerType.TIME:
        return True
    is_timed = bool(fact.date) or states_time(lexicon, fact.statement)
    return is_timed and says_it_of(base, query, wanted(lexicon, query), fact)


def choices(services: Services, query: Query, denied: Denied | None = None) -> tuple[Choice, ...]:
    """Return buttons for the pages of what a question names, and for the pairings where one is lacking; without either for
    the lists of what there is.
    """
    slugs = dict.fromkeys(
        slug for concept in query.concepts if len(concept.owners) == 1 for slug in concept.owners
    )
    records = [record for slug in slugs if (record := services.base.entity(slug))]
    offered = [*pages(services, records)]
    if denied is not None and denied.lacking in ("pairing", "twinning"):
        places = [record for record in records if isinstance(record, Place)]
        offered += [*pairings(services, places), PAIRINGS]
    return tuple(offered) or LISTS


def pages(services: Services, records: Iterable[Named]) -> tuple[Choice, ...]:
    """Return buttons for the pages of those of `records` that have facts."""
    held_ = [record for record in records if services.base.facts_of(record)]
    return tuple(map(about.as_choice, held_[:_MOST_PAGES]))


def pairings(services: Services, places: Iterable[Place]) -> tuple[Choice, ...]:
    """Return buttons for the pairings of those of `places` that are in any."""
    tied = [place for place in places if paired.pairings_of(services.base, place)]
    return tuple(
        Choice(
            f"pairings-{place.slug}",
            say("Pairings of {place}", place=place),
            "/yrd-pair",
            "",
            "",
            target=Target(id=place.slug),
        )
        for place in tied[:_MOST_PAGES]
    )
