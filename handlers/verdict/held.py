"""What the whole base holds: of a name, a word, a year. A refusal denies nothing without looking here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

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
        for fact in speaking_of(base, name, attribute)
        if (fact.figures or states_number(base.lexicon, fact.statement))
        and (_measures(base, fact, attribute) or _is_asked_for(base, fact, attribute))
        and not is_but_a_member(base, fact, name)
    )


def _measures(base: FactBase, fact: Fact, attribute: Concept) -> bool:
    """Say whether the statement of a fact, or what its figures are of, speaks of an attribute."""
    said = (fact.statement, *(figure.of for figure in fact.figures))
    terms = {term for text in said for term in index_terms(text, base.lexicon.stop)}
    return any(way and terms.issuperset(way) for way in _ways(base, attribute))


def _is_asked_for(base: FactBase, fact: Fact, attribute: Concept) -> bool:
    """Say whether an ask of a fact has the attribute's own word."""
    word = index_terms(attribute.corrected or attribute.surface, base.lexicon.stop)
    return any(set(word).issubset(index_terms(ask, base.lexicon.stop)) for ask in fact.asks)


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
    yield index_terms(concept.corrected or concept.surface, base.lexicon.stop)
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
    found = (base.index.entries[place] for place in texts.entries)
    return frozenset(entry for entry in found if isinstance(entry, Fact))
