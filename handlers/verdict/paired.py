"""Whom a place is tied to in the whole base, and what of that a question wants: any tie, or one as between twins."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Pairing, Place
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.search.stated import states_time
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import AS_TWINS, Arrangement, Kind

Arrangements = Collection[Arrangement]
_ANY: Final = frozenset(Arrangement)
_ASKS_WHETHER: Final = re.compile(
    r"^(?:(?:so|and|but),? )?(?:is|are|was|were|do|does|did|has|have|had)\b|吗|是否|是不是|有没有",
    re.IGNORECASE,
)


def pairings_of(base: FactBase, place: Place) -> tuple[Pairing, ...]:
    """Return the pairings that tie a place, or one in it, to another: what all are part of is no partner."""
    here = base.within(place)
    own = (pairing for pairing in base.seeds.pairings if not here.isdisjoint(pairing.members))
    return tuple(
        pairing
        for pairing in own
        if base.about(pairing.slug) and (_has_another(base, pairing, here) or _is_the_tie(pairing, place))
    )


def joined_by(base: FactBase, place: Place) -> tuple[Pairing, ...]:
    """Return what a place is part of, like a metropolitan area, without another place that it is tied to by it."""
    paired = pairings_of(base, place)
    return tuple(
        pairing
        for pairing in base.seeds.pairings
        if place.slug in pairing.members and base.about(pairing.slug) and pairing not in paired
    )


def tied_otherwise(base: FactBase, places: Sequence[Place]) -> tuple[Pairing, ...]:
    """Return the pairings of a place, or of two with each other, that are not as between twins."""
    one, *others = places
    there = [base.within(other) for other in others]
    return tuple(
        pairing
        for pairing in pairings_of(base, one)
        if pairing.arrangement not in AS_TWINS and not any(map(frozenset(pairing.members).isdisjoint, there))
    )


def _has_another(base: FactBase, pairing: Pairing, here: frozenset[str]) -> bool:
    others = frozenset(pairing.members) - here
    return not others.issubset(base.going_without_saying)


def _is_the_tie(pairing: Pairing, place: Place) -> bool:
    """Say whether a place is itself what ties, like a corridor."""
    return pairing.arrangement.value == place.level.value


def unpaired(base: FactBase, query: Query) -> tuple[Place, ...]:
    """Return the place whose pairing a question wants, or the two, where none is held of it, of both, as is wanted; else ()."""
    places = to_be_paired(base, query)
    if not places:
        return ()
    wanted = AS_TWINS if wants_twins(base, query) else _ANY
    one, *others = places
    is_held = _are_tied(base, one, others[0], wanted) if others else _is_tied(base, one, wanted)
    return () if is_held else places


def to_be_paired(base: FactBase, query: Query) -> tuple[Place, ...]:
    """Return the place whose pairing a question wants, or the two; () where it wants none."""
    says = (concept.corrected for concept in query.concepts)
    named = [place for mention in query.mentions if (place := mention.place)]
    named = [place for place in named if place.slug not in base.going_without_saying]
    # A province beside one of its cities says where that lies.
    around = {place.province for place in named}
    places = tuple(dict.fromkeys(place for place in named if place.slug not in around))
    wants = query.partners or not base.lexicon.of_ties.isdisjoint(says)
    return places if wants and len(places) in (1, 2) else ()


def wants_twins(base: FactBase, query: Query) -> bool:
    """Say whether a question wants a tie as between twins, by its own words for one, and nothing else."""
    return query.twins and asks_no_more(base, query)


def surely_unpaired(base: FactBase, query: Query) -> tuple[Place, ...]:
    """Return what `unpaired` does, two places only where a question asks whether they are a pair, or twins where they are tied
    otherwise, and no more: part of any other may be on one of them.
    """
    places = unpaired(base, query)
    if len(places) == 1:
        return places
    is_whether = bool(_ASKS_WHETHER.search(query.text.strip())) or are_tied_otherwise(base, query, places)
    return places if places and is_whether and asks_no_more(base, query) else ()


def are_tied_otherwise(base: FactBase, query: Query, places: Sequence[Place]) -> bool:
    """Say whether twins are wanted of places, and some other tie of them is held."""
    return bool(places) and wants_twins(base, query) and bool(tied_otherwise(base, places))


def partner_stated(base: FactBase, query: Query) -> frozenset[Fact]:
    """Return the facts that state a pairing, as it is wanted, of the one place whose partner a question wants, or of the two of
    which it asks whether they are a pair, where it wants nothing else of them but the time.
    """
    places = to_be_paired(base, query)
    if not places or query.years or not asks_no_more(base, query):
        return frozenset()
    one, *others = places
    wanted = AS_TWINS if query.twins else _ANY
    if others:
        between = base.between(one.slug, others[0].slug).facts
        stating = (fact for fact in between if _ties(base, fact, one, others[0], wanted))
    else:
        stating = (fact for fact in base.about(one.slug) if _states(base, fact, wanted))
    needs_time = query.answer_type is AnswerType.TIME
    return frozenset(fact for fact in stating if not needs_time or _has_time(base, fact))


def _has_time(base: FactBase, fact: Fact) -> bool:
    return bool(fact.date) or states_time(base.lexicon, fact.statement)


def are_said_to_be_paired(base: FactBase, query: Query) -> bool:
    """Say whether a question names two places of which a pairing is held as it is wanted, and wants nothing else of it."""
    is_open = query.answer_type is AnswerType.ANYTHING and not query.years
    is_of_two = len(to_be_paired(base, query)) == 2
    return is_open and is_of_two and not unpaired(base, query) and asks_no_more(base, query)


def all_doubted(base: FactBase, query: Query) -> tuple[Pairing, ...]:
    """Return the pairings, as they are wanted, of the one place whose partner a question wants, and nothing else of it, where of
    each a curator doubts that one of its members is meant; else ().
    """
    places = to_be_paired(base, query)
    if len(places) != 1 or query.years or not asks_no_more(base, query):
        return ()
    ties = _of(pairings_of(base, places[0]), AS_TWINS if query.twins else _ANY)
    return ties if all(tie.doubts for tie in ties) else ()


def states_another_tie(base: FactBase, query: Query, fact: Fact) -> bool:
    """Say whether twins alone are wanted, and a fact states a tie that is none of these."""
    return fact.kind is Kind.PAIRING and wants_twins(base, query) and not _states(base, fact, AS_TWINS)


def is_doubted(base: FactBase, query: Query, fact: Fact) -> bool:
    """Say whether a curator doubts that a member of a tie is meant which a fact states of the place whose partner is wanted."""
    here = frozenset[str]().union(*map(base.within, to_be_paired(base, query)))
    return any(pairing.doubts and not here.isdisjoint(pairing.members) for pairing in _listed(base, fact))


def _states(base: FactBase, fact: Fact, wanted: Arrangements) -> bool:
    """Say whether a fact states a pairing by one of `wanted`, or one that has no name: that may be any."""
    listed = _listed(base, fact)
    return fact.kind is Kind.PAIRING and (not listed or any(one.arrangement in wanted for one in listed))


def _listed(base: FactBase, fact: Fact) -> tuple[Pairing, ...]:
    return tuple(record for slug in fact.subjects if isinstance(record := base.entity(slug), Pairing))


def asks_no_more(base: FactBase, query: Query) -> bool:
    """Say whether a question says nothing beside names but that it is about ties."""
    others = (concept for concept in query.concepts if not concept.is_name)
    return all(_is_of_ties(base, concept) for concept in others)


def _is_of_ties(base: FactBase, concept: Concept) -> bool:
    said = normalize(concept.corrected or concept.surface)
    words = base.lexicon.slight | base.lexicon.of_ties
    # A word of Chinese may be taken from the midst of one for a tie.
    in_chinese = CHINESE.match(said) and any(said in word for word in base.lexicon.of_ties)
    return bool(in_chinese) or words.issuperset(tokenize(said))


def _is_tied(base: FactBase, place: Place, wanted: Arrangements) -> bool:
    """Say whether a pairing of a place is held by one of `wanted`, or a fact that states one without its name."""
    named = any(pairing.arrangement in wanted for pairing in pairings_of(base, place))
    return named or any(_states(base, fact, wanted) for fact in base.about(place.slug))


def _are_tied(base: FactBase, one: Place, other: Place, wanted: Arrangements) -> bool:
    """Say whether a pairing of two places is held by one of `wanted`, or a fact on both that states one."""
    there = base.within(other)
    named = (
        pairing for pairing in _of(pairings_of(base, one), wanted) if not there.isdisjoint(pairing.members)
    )
    return any(named) or any(
        _ties(base, fact, one, other, wanted) for fact in base.between(one.slug, other.slug).facts
    )


def _ties(base: FactBase, fact: Fact, one: Place, other: Place, wanted: Arrangements) -> bool:
    """Say whether a fact states that two places are paired: of several pairs that it lists one has to be theirs."""
    listed, here, there = _listed(base, fact), base.within(one), base.within(other)
    are_theirs = any(
        not (here.isdisjoint(pair.members) or there.isdisjoint(pair.members)) for pair in _of(listed, wanted)
    )
    return fact.kind is Kind.PAIRING and (are_theirs or not listed)


def _of(pairings: Iterable[Pairing], wanted: Arrangements) -> tuple[Pairing, ...]:
    return tuple(pairing for pairing in pairings if pairing.arrangement in wanted)
