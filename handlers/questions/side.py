"""Which side of a tie is asked: "what did A get out of B" is not what B got out of A, though its words are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from handlers.questions.giving import giver
from handlers.questions.values import printed
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Found
from knowledge.search.index import Hit
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize

# What stands between two that do something together.
_AND = r"\s*(?:and|&|和|与|跟|同|及)\s*"

Pairs = frozenset[tuple[str, str]]


def side_asked_first(services: Services, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with those near the best first whose statements have the same of two places give and the same get, then those
    whose asks put the two before and behind the words of the question.

    Only where nothing else tells them apart. Words count that are never searched for: they say who gives and who gets.
    """
    places = [mention for mention in query.mentions if mention.place]
    if not hits or len(places) != 2 or len(query.mentions) > 2 or _tells_more(services.base, query):
        return hits
    one, other = map(_written, places)
    if re.search(rf"{one}{_AND}{other}", normalize(query.text)):
        return hits
    tuning, by_verbs = services.base.tuning, _by_verbs(services.base, query, places)
    asked, names = _as_read(query), frozenset(word for place in places for word in _words(_name(place)))
    wanted = _in_order(asked, names)
    # What has the question among its asks comes first, whatever its score: the order of their words may differ.
    best = max(hit.score for hit in hits)
    least = min(best - tuning.beside_a_side, hits[0].score)
    # An ask of several tells of none that it is nearer than the others.
    near = [hit for hit in hits if hit.score >= least or hit.is_asked]
    near.sort(key=lambda hit: (not hit.is_asked, -by_verbs(hit), -_agreement(wanted, names, hit)))
    ordered = (*near, *(hit for hit in hits if hit not in near))
    if ordered[0].is_asked or by_verbs(ordered[0]) >= 0:
        return ordered
    # The other way round is no answer where what is asked is stated too.
    shown = (hit for hit in ordered if hit.score >= best - tuning.beside_the_best)
    first = [hit for hit in shown if by_verbs(hit) > 0][:1]
    return (*first, *(hit for hit in ordered if hit not in first))


def _tells_more(base: FactBase, query: Query) -> bool:
    """Say whether a question says more than its names and who gives or gets."""
    lexicon = base.lexicon
    verbs = lexicon.giving | lexicon.gaining
    words = (concept for concept in query.concepts if not (concept.is_name or concept.surface in verbs))
    return sum(concept.weight for concept in words) >= base.tuning.tells


def _by_verbs(base: FactBase, query: Query, places: Sequence[Mention]) -> Callable[[Hit], int]:
    """Return what says of a fact whether it has the same place give as the question (1), the other (-1), or neither (0)."""
    text, slugs = normalize(query.text), frozenset(one.place.slug for one in places if one.place)
    asked = giver(
        base.lexicon,
        text,
        (
            (*found.span(), one.place.slug)
            for one in places
            if one.place
            for found in re.finditer(_written(one), text)
        ),
    )

    def agreement(hit: Hit) -> int:
        statement = hit.fact.statement.lower()
        spots = ((one.start, one.end, one.record.slug) for one in printed.names(base.names, hit.fact))
        gives = giver(base.lexicon, statement, (spot for spot in spots if spot[2] in slugs))
        return (1 if gives == asked else -1) if gives and asked else 0

    return agreement


def _written(mention: Mention) -> str:
    """Return the pattern of a name, whatever marks stand between its words: "Suzhou (Anhui)", "Suzhou, Anhui"."""
    return r"\W{1,3}".join(map(re.escape, mention.typed.split()))


def _name(mention: Mention) -> str:
    """Return the name of a place as asks have it: in full, but where it is written in Chinese."""
    read = mention.resolution
    return read.record.name if isinstance(read, Found) and not CHINESE.search(read.typed) else mention.typed


def _agreement(wanted: Pairs, names: frozenset[str], hit: Hit) -> int:
    """Return how many of the ordered pairs of words the asks of an entry have (as in ROUGE-S, Lin 2004)."""
    return len(
        wanted
        & frozenset[tuple[str, str]]().union(*(_in_order(_words(ask), names) for ask in hit.entry.asks))
    )


def _as_read(query: Query) -> list[str]:
    """Return the words of a question, with each name as asks have it."""
    words = tokenize(normalize(query.text))
    for mention in sorted(query.mentions, key=lambda mention: -mention.start):
        if not CHINESE.search(mention.typed):
            words[mention.start : mention.end] = tokenize(normalize(_name(mention)))
    return _words(" ".join(words))


def _words(text: str) -> list[str]:
    """Return the stems of the words of a text, its Chinese by characters."""
    return [
        part
        for word in tokenize(normalize(text))
        for part in (word if CHINESE.match(word) else (stem(word),))
    ]


def _in_order(words: list[str], names: frozenset[str]) -> Pairs:
    """Return the pairs of a word and a name, in the order in which they stand."""
    return frozenset(pair for pair in combinations(words, 2) if not names.isdisjoint(pair))
