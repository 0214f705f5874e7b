"""What the whole base holds: of a name, a word, a year. A refusal denies nothing without looking here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Final

from handlers.verdict.evidence import is_but_a_member
from knowledge.base import FactBase
from knowledge.model import Fact, Gap, Named, Place
from knowledge.search.features import speaks_of_year
from knowledge.search.holding import Texts
from knowledge.search.query import Concept
from knowledge.search.stated import states_number
from knowledge.search.terms import Alternative, index_terms, name_term
from knowledge.text.normalize import normalize

Facts = frozenset[Fact]
Ways = tuple[Alternative, ...]
# Words behind a number among which what is counted stands: "147 county-level units".
_MOST_BEHIND_A_NUMBER: Final = 5


def speaking_of(base: FactBase, *concepts: Concept) -> Facts:
    """Return the facts that speak of all of `concepts`, in statement, figures, subjects, what these are part of, topics,
    in whatever words, or in one of their asks.
    """
    return _facts(base, reduce(Texts.__and__, (_texts(base, concept) for concept in concepts)))


def stating(base: FactBase, *concepts: Concept) -> Facts:
    """Return the facts that speak of all of `concepts` themselves: in statement, figures, names and topics, and not by asks."""
    return _facts(base, reduce(Texts.__and__, (_stated(base, concept) for concept in concepts)))


def speaking_of_word(base: FactBase, word: str) -> Facts:
    """Return the facts that speak themselves, and not by their asks, of words as they were typed."""
    stating = base.holding.stating(index_terms(word, base.lexicon.stop))
    return _facts(base, base.holding.of_entries(stating))


def naming(base: FactBase, record: Named) -> Facts:
    """Return the facts that name a record, whatever they are about."""
    return _facts(base, base.holding.of_entries(base.holding.stating([name_term(record.slug)])))


def figures_of(base: FactBase, name: Concept, attribute: Concept) -> Facts:
    """Return the facts that may state a number of an attribute of what is named: no region's figure is its member's."""
    return frozenset(
        fact
        for fact in _measuring(base, speaking_of(base, name, attribute), attribute)
        if (fact.figures or states_number(base.lexicon, fact.statement))
        and not is_but_a_member(base, fact, name)
    )


def measuring(base: FactBase, attribute: Concept) -> Facts:
    """Return the facts that speak of an attribute as what a number may be of: an area is no region."""
    return _measuring(base, speaking_of(base, attribute), attribute)


def counts_of(base: FactBase, names: Iterable[Concept], counted: Concept) -> Facts:
    """Return the facts that may state how many there are of something, of all that is named."""
    speaking = speaking_of(base, *names, counted)
    ways = _telling_ways(base, counted)
    counting = frozenset(
        fact for fact in speaking if any(_speaks(base, text, ways) for text in _counted(base, fact))
    )
    return counting | _asked_how_many(base, speaking - counting, counted)


def measures(base: FactBase, fact: Fact, attribute: Concept) -> bool:
    """Say whether the statement of a fact, or what its figures are of, speaks of an attribute."""
    return _is_measured(base, fact, _telling_ways(base, attribute))


def _measuring(base: FactBase, facts: Facts, attribute: Concept) -> Facts:
    """Return those of some facts that measure an attribute, or are asked for it."""
    ways = _telling_ways(base, attribute)
    measured = frozenset(fact for fact in facts if _is_measured(base, fact, ways))
    return measured | _asked_for(base, facts - measured, attribute)


def _is_measured(base: FactBase, fact: Fact, ways: Ways) -> bool:
    said = " / ".join((fact.statement, *(figure.of for figure in fact.figures)))
    return _speaks(base, said, ways)


def _counted(base: FactBase, fact: Fact) -> Iterator[str]:
    """Yield what the figures of a fact are of, and what stands a few words behind each number of its statement."""
    yield from (f"{figure.of} {figure.unit}" for figure in fact.figures)
    words = fact.statement.split()
    for at, word in enumerate(words):
        if states_number(base.lexicon, word):
            yield " ".join(words[at : at + _MOST_BEHIND_A_NUMBER])


def _speaks(base: FactBase, text: str, ways: Ways) -> bool:
    """Say whether a text has all the index terms of one of the ways to speak of something."""
    said = frozenset(index_terms(text, base.lexicon.stop))
    return any(map(said.issuperset, ways))


def _telling_ways(base: FactBase, concept: Concept) -> Ways:
    """Return the ways to speak of a concept that tell what it is, its own words with the others: "region" is no area."""
    light = base.light_terms
    telling = (way for way, _ in concept.alternatives if not light.issuperset(way))
    return tuple(filter(None, (*telling, *_own(base, concept))))


def _asked_for(base: FactBase, facts: Facts, attribute: Concept) -> Facts:
    """Return those of some facts that have an ask with the attribute's own word."""
    return facts & _facts_at(base, base.holding.asking(_own_words(base, attribute)))


def _asked_how_many(base: FactBase, facts: Facts, counted: Concept) -> Facts:
    """Return those of some facts that have an ask with the own word of what is counted, and one that asks for a number."""
    words = set(_own_words(base, counted))

    def asks_how_many(ask: str) -> bool:
        said = normalize(ask)
        is_of_it = words.issubset(index_terms(ask, base.lexicon.stop))
        return is_of_it and any(sign in said for sign in base.lexicon.quantity)

    return frozenset(fact for fact in _asked_for(base, facts, counted) if any(map(asks_how_many, fact.asks)))


def _own_words(base: FactBase, concept: Concept) -> Alternative:
    return index_terms(concept.corrected or concept.surface, base.lexicon.stop)


def is_said(fact: Fact, concept: Concept, stop: frozenset[str]) -> bool:
    """Say whether the words of a statement alone have all those of a concept, or of another way to speak of it."""
    said = frozenset(index_terms(fact.statement, stop))
    return any(
        way and said.issuperset(way) for way in (concept.terms, *(way for way, _ in concept.alternatives))
    )


def of_year(base: FactBase, year: int) -> Facts:
    """Return the facts that speak of a year."""
    return frozenset(fact for fact in base.facts if speaks_of_year(fact, year))


def is_stated(base: FactBase, gap: Gap, concept: Concept) -> bool:
    """Say whether the statement of a gap, and not its asks, speaks of a concept, which may be what it is on; of what says
    little, in its own word.
    """
    if concept.is_name and not set(concept.owners).isdisjoint(gap.subjects[:1]):
        return True
    if concept.is_name:
        records = (record for slug in concept.owners if (record := base.entity(slug)))
        said = normalize(gap.statement)
        return any(normalize(spelling) in said for record in records for spelling in record.spellings())
    terms = set(index_terms(gap.statement, base.lexicon.stop))
    ways = _own(base, concept) if concept.surface in base.lexicon.slight else _ways(base, concept)
    return any(way and terms.issuperset(way) for way in ways)


def _texts(base: FactBase, concept: Concept) -> Texts:
    """Return the texts of entries that speak of a concept by any of its names and words, or are about what it names."""
    stated = _stated(base, concept)
    # Anything may stand in what people ask, and in another word they ask for what the fact does not say.
    own = () if concept.written_as_name else _own(base, concept)
    return reduce(Texts.__or__, map(base.holding.of_all, own), stated)


def _stated(base: FactBase, concept: Concept) -> Texts:
    """Return all texts of the entries that speak of a concept themselves, or are about what it names."""
    records = [record for slug in concept.owners if (record := base.entity(slug))]
    on_it = frozenset(fact for record in records for fact in _about(base, record))
    places = {base.places[fact.id] for fact in on_it}
    return base.holding.of_entries(places.union(*map(base.holding.stating, _ways(base, concept))))


def _ways(base: FactBase, concept: Concept) -> Iterable[Alternative]:
    """Yield the sets of index terms of which one is enough to speak of a concept."""
    yield from (way for way, _ in concept.alternatives)
    yield from _own(base, concept)


def _own(base: FactBase, concept: Concept) -> Iterable[Alternative]:
    """Yield the sets of index terms of a concept's own words and names."""
    yield _own_words(base, concept)
    for slug in concept.owners:
        record = base.entity(slug)
        here = base.within(record) if isinstance(record, Place) else (slug,)
        yield from ((name_term(one),) for one in here)


def _about(base: FactBase, record: Named) -> Iterable[Fact]:
    """Yield the facts on a record, and of a place those on what lies in it."""
    yield from base.facts_of(record)
    if isinstance(record, Place):
        for slug in base.within(record):
            yield from base.about(slug)


def _facts(base: FactBase, texts: Texts) -> Facts:
    return _facts_at(base, texts.entries)


def _facts_at(base: FactBase, places: Iterable[int]) -> Facts:
    found = (base.index.entries[place] for place in places)
    return frozenset(entry for entry in found if isinstance(entry, Fact))
